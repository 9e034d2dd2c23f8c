"""Logs: one entry a line, as JSON for machines or in columns for people, to standard error or a file.

Each entry has ts (UTC), level, component and event, then what the caller adds. Entries of libraries that use the
standard `logging` come out in the same shape. What looks like a secret is hidden, and long values are cut, so that
neither a password nor a flood reaches the disk.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from kairos.adapters.config import LogConfig

MEGABYTE: Final = 1_000_000
MAX_VALUE: Final = 4_096  # a FIX message of a mass of groups is shorter
HIDDEN: Final = "***"
SECRET_NAME: Final = re.compile(r"passw|secret|token|authorization|api_?key", re.IGNORECASE)
# Password(554), NewPassword(925), and RawData(96), in which some Logons carry one; SOH may be shown as | or ^A.
SECRET_TAG: Final = re.compile(r"(^|\x01|\||\^A)(554|925|96)=.*?(?=$|\x01|\||\^A)", re.DOTALL)


def configure_logs(config: LogConfig) -> None:
    """Send all logs of this process where the configuration says; calling it again replaces what was."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
        _name_component,
        structlog.processors.format_exc_info,
        _protect,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _handler(config)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, _renderer(config)]
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(config.level.upper())


def get_log(component: str) -> BoundLogger:
    """The log of a part of the house, as "engine" or "fix"; may be taken before `configure_logs`."""
    log: BoundLogger = structlog.stdlib.get_logger("kairos", component=component)
    return log


def _handler(config: LogConfig) -> logging.Handler:
    if config.file is None:
        return logging.StreamHandler(sys.stderr)
    config.file.parent.mkdir(parents=True, exist_ok=True)
    return _SharedRotatingFile(config.file, config.rotate_mb * MEGABYTE, config.keep)


class _SharedRotatingFile(RotatingFileHandler):
    """A file that the processes of a house, and logrotate, may rename: whoever did, the others follow.

    Should two rename at the same instant, one of the old files is short; nothing is lost.
    """

    def __init__(self, file: Path, max_bytes: int, keep: int) -> None:
        super().__init__(file, maxBytes=max_bytes, backupCount=keep, encoding="utf-8")

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        self._follow()
        return bool(super().shouldRollover(record))

    def _follow(self) -> None:
        """Open the file anew if another one, or none, has its name now."""
        if self.stream is None:  # closed; the next entry opens it
            return
        try:
            same = os.path.samestat(os.stat(self.baseFilename), os.fstat(self.stream.fileno()))
        except FileNotFoundError:
            same = False
        if not same:
            self.stream.close()
            self.stream = self._open()


def _renderer(config: LogConfig) -> Processor:
    if config.format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    colors = config.file is None and sys.stderr.isatty()
    return structlog.dev.ConsoleRenderer(colors=colors, timestamp_key="ts", pad_event_to=0)


def _name_component(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    """An entry of a library has the library's name."""
    if "component" not in entry:
        record: logging.LogRecord | None = entry.get("_record")
        entry["component"] = record.name if record else "kairos"
    return entry


def _protect(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    for name, value in entry.items():
        if SECRET_NAME.search(name):
            entry[name] = HIDDEN
        elif isinstance(value, bytes):
            entry[name] = _shown(value.decode("latin-1"))
        elif isinstance(value, str):
            entry[name] = _shown(value)
    return entry


def _shown(text: str) -> str:
    hidden = SECRET_TAG.sub(rf"\1\2={HIDDEN}", text)
    return hidden if len(hidden) <= MAX_VALUE else f"{hidden[:MAX_VALUE]}... ({len(hidden)} characters)"
