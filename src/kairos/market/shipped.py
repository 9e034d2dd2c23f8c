"""The tapes that ship inside the package: extracts of real markets, listed in `tapes/index.csv`.

They are data under their own licence; see `tapes/NOTICE` for the source, the licence and what was changed.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import NumberError, parse_price, parse_qty

INDEX_FIELDS = (
    "symbol", "mic", "currency", "date", "tick", "lot", "has_quotes",
    "open_ns", "first_ns", "last_ns", "events", "file", "description",
)  # fmt: skip


class ShippedTape:
    """One tape of the package. Times are as recorded (UTC); `open_ns` is when its market opened for trading that day.

    A tape without quotes (`has_quotes` false) shows prints only: its liquidity is its prints.
    """

    def __init__(self, row: dict[str, str], folder: Path) -> None:
        self.symbol = row["symbol"]
        self.mic = row["mic"]
        self.currency = row["currency"]
        self.date = row["date"]
        self.tick = parse_price(row["tick"])
        self.lot = parse_qty(row["lot"])
        self.has_quotes = row["has_quotes"] == "1"
        self.open_ns = parse_qty_ns(row["open_ns"])
        self.first_ns = parse_qty_ns(row["first_ns"])
        self.last_ns = parse_qty_ns(row["last_ns"])
        self.events = parse_qty(row["events"])
        self.path = folder / row["file"]
        self.description = row["description"]

    @property
    def instrument(self) -> str:
        """The instrument's name in Kairos: symbol and MIC."""
        return f"{self.symbol}.{self.mic}"


def parse_qty_ns(text: str) -> int:
    """Read a time in nanoseconds."""
    if not (text.isascii() and text.isdigit()):
        raise NumberError(f"{text!r} is not a time in nanoseconds")
    return int(text)


def tapes_folder() -> Path:
    """Where the shipped tapes, their index and their NOTICE lie."""
    return Path(str(files("kairos.market"))) / "tapes"


def shipped_tapes(folder: Path | None = None) -> list[ShippedTape]:
    """List the tapes of the package (or of another folder laid out in the same way)."""
    where = tapes_folder() if folder is None else folder
    index = where / "index.csv"
    tapes: list[ShippedTape] = []
    with index.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != INDEX_FIELDS:
            raise ReferenceDataError(str(index), "line 1", "header", f"must be {','.join(INDEX_FIELDS)}")
        for row in reader:
            try:
                tapes.append(ShippedTape(row, where))
            except (NumberError, TypeError) as problem:
                raise ReferenceDataError(str(index), f"line {reader.line_num}", "row", str(problem)) from problem
    return tapes
