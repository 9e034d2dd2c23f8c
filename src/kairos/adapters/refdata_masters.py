"""Instrument masters: CSV of any vendor, of which the columns with public codes are known by their usual headings.

Read as a stream, one line in memory and one entry a symbol; a name that ends in `.gz` is decompressed on the way.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from kairos.adapters.refdata_findings import Findings
from kairos.market.codes import (
    CodeError,
    parse_cfi,
    parse_currency,
    parse_cusip,
    parse_figi,
    parse_isin,
    parse_lei,
    parse_mic,
)
from kairos.market.mic_registry import refuse_unlisted

MAX_CELL: Final = 10_000  # characters; a cell longer than this is a quote that was never closed

PARSERS: Final[dict[str, Callable[[str], str]]] = {
    "isin": parse_isin,
    "cusip": parse_cusip,
    "figi": parse_figi,
    "composite_figi": parse_figi,
    "shareclass_figi": parse_figi,
    "lei": parse_lei,
    "cfi": parse_cfi,
    "currency": parse_currency,
    "mic": parse_mic,
}
SYMBOL_HEADINGS: Final = ("symbol", "ticker", "code", "stock code", "act symbol", "instrument_id")
MARKET_HEADINGS: Final = ("mic", "exchange", "board", "market")


def check_master(path: Path, findings: Findings) -> None:
    """Check the codes of each line, and that no symbol is there twice."""
    file = str(path)
    try:
        with _open(path) as text:
            _check(file, _rows(text), findings)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        findings.error(file, "file", "CSV", f"can't be read: {error}; is it a CSV file in UTF-8?")


def _open(path: Path) -> IO[str]:
    csv.field_size_limit(MAX_CELL)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(text: IO[str]) -> Iterator[tuple[str, list[str]]]:
    """The cells of each line that has any, and its place."""
    reader = csv.reader(text, strict=True)
    for row in reader:
        if row:
            yield f"line {reader.line_num}", row


def _check(file: str, rows: Iterator[tuple[str, list[str]]], findings: Findings) -> None:
    _, first_row = next(rows, ("", []))
    header = [name.strip().lower() for name in first_row]
    columns = {name: index for index, name in enumerate(header)}
    codes = [(name, columns[name], parse) for name, parse in PARSERS.items() if name in columns]
    symbol = next((columns[name] for name in SYMBOL_HEADINGS if name in columns), None)
    market = next((columns[name] for name in MARKET_HEADINGS if name in columns), None)
    if not codes and symbol is None:
        known = ", ".join((*PARSERS, *SYMBOL_HEADINGS))
        findings.error(file, "line 1", "header", f"names no column that is known; name one of {known}")
        return
    seen: dict[tuple[str, str], str] = {}
    for place, row in rows:
        if len(row) != len(header):
            findings.error(file, place, "cells", f"are {len(row)}, but the header has {len(header)}; a comma or quote?")
            continue
        for name, index, parse in codes:
            _check_cell(file, place, name, row[index].strip(), parse, findings)
        if symbol is not None:
            key = (row[symbol].strip(), row[market].strip() if market is not None else "")
            first = seen.setdefault(key, place)
            if first != place:
                shown = " of ".join(part for part in key if part)
                findings.error(file, place, header[symbol], f"{shown} is there twice, first in {first}; take one away")


def _check_cell(file: str, place: str, name: str, text: str, parse: Callable[[str], str], findings: Findings) -> None:
    if not text:
        return
    try:
        parse(text)
        if name == "mic":
            refuse_unlisted(text)
    except CodeError as error:
        findings.error(file, place, name, str(error))
