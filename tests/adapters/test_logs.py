"""Every log entry is one line of one shape, tells no secret, and never floods the disk."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from kairos.adapters.config import LogConfig
from kairos.adapters.logs import MAX_VALUE, configure_logs, get_log


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def entries(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_an_entry_has_time_level_component_and_event_then_what_the_caller_adds(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "new" / "k.log"))
    get_log("fix").info("logged on", session="FIX.4.4:K->C", next_in=7)
    (entry,) = entries(tmp_path / "new" / "k.log")
    moment = datetime.fromisoformat(str(entry.pop("ts")))
    assert moment.tzinfo == UTC
    assert entry == {
        "level": "info", "component": "fix", "event": "logged on", "session": "FIX.4.4:K->C", "next_in": 7
    }  # fmt: skip


def test_a_log_taken_before_the_configuration_obeys_it(tmp_path: Path) -> None:
    log = get_log("engine")
    configure_logs(LogConfig(level="warning", file=tmp_path / "k.log"))
    log.info("not told")
    log.warning("told")
    assert [entry["event"] for entry in entries(tmp_path / "k.log")] == ["told"]


def test_a_library_logs_in_the_same_shape_under_its_own_name(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "k.log"))
    logging.getLogger("asyncio").warning("slow %s", "callback")
    (entry,) = entries(tmp_path / "k.log")
    assert (entry["component"], entry["level"], entry["event"]) == ("asyncio", "warning", "slow callback")


def test_an_exception_is_one_line_with_its_traceback(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "k.log"))
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        get_log("engine").exception("halted")
    (entry,) = entries(tmp_path / "k.log")
    assert "RuntimeError: broken" in str(entry["exception"])


def test_secrets_are_hidden_by_name_and_by_fix_tag(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "k.log"))
    get_log("fix").info(
        "logon", password="hunter2", api_key="hunter2", raw=b"35=A\x01553=u\x01554=hunter2\x0110=000\x01",
        shown="35=A|554=hunter2|925=hunter2|10=000|",
    )  # fmt: skip
    (entry,) = entries(tmp_path / "k.log")
    assert "hunter2" not in json.dumps(entry)
    assert (entry["password"], entry["raw"]) == ("***", "35=A\x01553=u\x01554=***\x0110=000\x01")
    assert entry["shown"] == "35=A|554=***|925=***|10=000|"


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "k.log"))
    get_log("fix").info("garbage", raw=b"x" * (MAX_VALUE + 1))
    (entry,) = entries(tmp_path / "k.log")
    assert entry["raw"] == "x" * MAX_VALUE + f"... ({MAX_VALUE + 1} characters)"


def test_a_value_of_any_type_is_told(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "k.log"))
    get_log("engine").info("odd", value={1}, path=Path("x"), nothing=None)
    assert len(entries(tmp_path / "k.log")) == 1


def test_the_file_is_rotated_at_its_bound_and_old_ones_are_dropped(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "k.log", rotate_mb=1, keep=1))
    log = get_log("engine")
    for _ in range(750):
        log.info("much", text="x" * 4_000)
    sizes = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert sizes.keys() == {"k.log", "k.log.1"}
    assert max(sizes.values()) <= 1_000_000


@pytest.mark.parametrize("rotate_mb", [0, 1])
def test_a_file_renamed_by_another_process_is_followed(tmp_path: Path, rotate_mb: int) -> None:
    file = tmp_path / "k.log"
    configure_logs(LogConfig(file=file, rotate_mb=rotate_mb))
    log = get_log("engine")
    log.info("first")
    file.rename(tmp_path / "k.log.old")
    log.info("second")
    assert [entry["event"] for entry in entries(file)] == ["second"]


def test_without_a_file_entries_go_to_standard_error_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogConfig(format="console"))
    get_log("fix").warning("line lost", session="S")
    out, err = capsys.readouterr()
    assert out == ""
    assert all(word in err for word in ("warning", "line lost", "component=fix", "session=S"))
    assert "\x1b" not in err  # no colours where no terminal is


def test_configuring_again_replaces_the_former_destination(tmp_path: Path) -> None:
    configure_logs(LogConfig(file=tmp_path / "a.log"))
    configure_logs(LogConfig(file=tmp_path / "b.log"))
    get_log("engine").info("once")
    assert (len(entries(tmp_path / "a.log")), len(entries(tmp_path / "b.log"))) == (0, 1)
