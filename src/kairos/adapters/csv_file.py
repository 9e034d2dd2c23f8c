"""A CSV file (RFC 4180, UTF-8) as rows: headed by field names; an empty cell is none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from kairos.adapters.file_errors import Problems
from kairos.adapters.file_rows import Row
from kairos.adapters.toml_file import read_text


def read_csv(path: Path, problems: Problems) -> list[Row]:
    """Every line but the header; errors go to `problems`."""
    text = read_text(path, problems)
    if text is None:
        return []
    lines = _cells(str(path), text, problems)
    _, header = next(lines, (1, []))
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    if not all(header) or twice:
        problems.add(str(path), "line 1", "header", f"must name each column once; it is {','.join(header)!r}")
        return []
    return [row for line, cells in lines if (row := _row(path, header, line, cells, problems))]


def _row(path: Path, header: list[str], line: int, cells: list[str], problems: Problems) -> Row | None:
    if len(cells) != len(header):
        problems.add(
            str(path), f"line {line}", "cells", f"are {len(cells)}, but the header has {len(header)}; a comma or quote?"
        )
        return None
    values = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
    return Row(str(path), values, problems, {(): line})


def _cells(file: str, text: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that has any, with the number of the line on which they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(file, f"line {line}", "CSV", str(error))
