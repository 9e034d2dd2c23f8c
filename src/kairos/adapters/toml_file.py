"""A TOML file as a tree of `Row`s: numbers with a point kept as text, each value with the line where it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from kairos.adapters.file_errors import Problems
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import PointNumber
from kairos.adapters.toml_places import find_places

MAX_FILE_BYTES: Final = 64 * 1024 * 1024  # every listed share of the world in one file takes half of it
AT_LINE: Final = re.compile(r" \(at (line \d+), column \d+\)$| \(at end of document\)$")


def read_toml(path: Path, problems: Problems) -> Row | None:
    """The file's top table, or None when it is no TOML at all; what is wrong goes to `problems`."""
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        document = tomllib.loads(text, parse_float=PointNumber)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, and brackets as deep
        where = AT_LINE.search(str(error))
        place = (where[1] if where else None) or f"line {text.count(chr(10)) + 1}"
        problems.add(str(path), place, "TOML", AT_LINE.sub("", str(error)))
        return None
    return Row(str(path), document, problems, find_places(text))


def read_text(path: Path, problems: Problems) -> str | None:
    """The file's text; None when it can't be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problems.add(str(path), "file", "path", f"can't be read: {error.strerror or error}")
        return None
    if len(data) > MAX_FILE_BYTES:
        problems.add(str(path), "file", "size", f"is above {MAX_FILE_BYTES} bytes; split it")
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(
            str(path), f"line {line}", "text", f"byte 0x{data[error.start]:02x} is not UTF-8; save it as UTF-8"
        )
        return None
