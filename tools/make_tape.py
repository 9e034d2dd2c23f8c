"""Make the tapes that ship in src/kairos/market/tapes from the NYSE TAQ sample of the R package highfrequency.

    python tools/make_tape.py SOURCE_FOLDER [OUT_FOLDER]

SOURCE_FOLDER holds the package's data sets as parquet files (see tapes/NOTICE for the package and its commit). Needs
pyarrow, a development tool only. Prints how many rows of each oddity it met, and writes the tapes and their index,
the same bytes each time. Codes are those of the NYSE Daily TAQ specification: COND (sale condition), CORR (trade
correction), EX (venue).
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from kairos.market.shipped import INDEX_FIELDS
from kairos.market.tape_file import HEADER

NEW_YORK = ZoneInfo("America/New_York")
CENTRAL_EUROPE = ZoneInfo("Europe/Paris")
OUT = Path(__file__).resolve().parent.parent / "src" / "kairos" / "market" / "tapes"
ROUND_LOT = 100  # BIDSIZ and OFRSIZ count round lots
OFF_EXCHANGE = "D"  # FINRA's trade reporting facility: traded off the exchanges, so no liquidity of theirs
NOT_A_TRADE = "QM"  # a venue's official open and close: they repeat a trade that is on the tape already
# Prices not made by the market at that moment: derivatively priced, qualified contingent, contingent, average price,
# cash, next day and seller settlement, sold out of sequence (Z, U), prior reference price, extended hours.
NOT_THE_MARKET = "4" "7" "V" "B" "C" "N" "R" "Z" "U" "P" "T"  # fmt: skip
Row = dict[str, Any]


class Extract(NamedTuple):
    """One tape to make: which rows, from where, until when, and what the index says of it."""

    file: str
    source: str
    symbol: str
    mic: str
    currency: str
    zone: ZoneInfo
    open: str
    first: str
    last: str
    tick: str
    resolution_ns: int
    local_times: bool
    description: str


MS, US = 1_000_000, 1_000  # nanoseconds
TAQ_2018 = ("XNYS", "USD", NEW_YORK, "2018-01-02 09:30", "2018-01-02 09:25", "2018-01-02 10:45", "0.01", MS, False)
TAQ_2014 = ("XNYS", "USD", NEW_YORK, "2014-09-17 09:30", "2014-09-17 09:30", "2014-09-17 11:00", "0.01", US, True)
EUROPE = ("XPAR", "EUR", CENTRAL_EUROPE, "2013-06-08 09:00", "2013-06-08 09:00", "2013-06-08 10:30", "0.005", US, True)
EXTRACTS = (
    Extract("xxx.csv.gz", "sampleTDataRaw", "XXX", *TAQ_2018, "a NYSE stock under a pseudonym; quotes of all venues"),
    Extract("etf.csv.gz", "sampleMultiTradeData", "ETF", *TAQ_2014, "a fund under a pseudonym; trades only"),
    Extract(
        "aaa.csv.gz", "sampleMultiTradeData", "AAA", *TAQ_2014, "a component of ETF under a pseudonym; trades only"
    ),
    Extract(
        "bbb.csv.gz", "sampleMultiTradeData", "BBB", *TAQ_2014, "a component of ETF under a pseudonym; trades only"
    ),
    Extract("abc.csv.gz", "sampleTDataEurope", "ABC", *EUROPE, "a European stock under a pseudonym; trades only"),
)


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) == 2 else OUT
    out.mkdir(parents=True, exist_ok=True)
    index = [make(extract, source, out) for extract in EXTRACTS]
    with (out / "index.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, INDEX_FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(index)
    print(f"all tapes: {sum((out / extract.file).stat().st_size for extract in EXTRACTS):,} bytes")
    return 0


def make(extract: Extract, source: Path, out: Path) -> dict[str, str | int]:
    """Write one tape and return its row of the index."""
    counts: Counter[str] = Counter()
    first_ns, last_ns = (local_ns(text, extract.zone) for text in (extract.first, extract.last))
    events = trade_lines(extract, source, last_ns, counts)
    has_quotes = extract.symbol == "XXX"
    if has_quotes:
        events += quote_lines(source / "sampleQDataRaw.parquet", extract, last_ns, counts)
    # Where the clock can't tell, the trade goes first: the quote after it shows what the trade left.
    events.sort(key=lambda event: (event[0], event[1][0] == "Q"))
    events = [event for event in events if event[0] >= first_ns]
    text = "\n".join([HEADER, *(line for _, line in events)]) + "\n"
    (out / extract.file).write_bytes(gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0))
    print(f"{extract.symbol}: {len(events):,} events; " + ", ".join(f"{k} {n:,}" for k, n in sorted(counts.items())))
    return dict(zip(INDEX_FIELDS, (
        extract.symbol, extract.mic, extract.currency, extract.open[:10], extract.tick, 1, int(has_quotes),
        local_ns(extract.open, extract.zone), events[0][0], events[-1][0], len(events),
        extract.file, extract.description,
    ), strict=True))  # fmt: skip


def local_ns(text: str, zone: ZoneInfo) -> int:
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone).timestamp()) * 1_000_000_000


def read_rows(path: Path) -> list[Row]:
    """The rows of a parquet file in their order, DT as integer nanoseconds."""
    table = pq.read_table(path)
    place = table.schema.get_field_index("DT")
    rows: list[Row] = table.set_column(place, "DT", table["DT"].cast(pa.timestamp("ns")).cast(pa.int64())).to_pylist()
    return rows


def row_time(row: Row, extract: Extract) -> int:
    """The row's time in UTC, rounded to the source's own resolution: R kept it as a double, which added noise."""
    step = extract.resolution_ns
    time_ns: int = (row["DT"] + step // 2) // step * step
    if extract.local_times:
        wall = datetime.fromtimestamp(time_ns // 1_000_000_000, UTC).replace(tzinfo=extract.zone)
        offset = wall.utcoffset()
        time_ns -= int(offset.total_seconds()) * 1_000_000_000 if offset else 0
    return time_ns


def exact(value: float) -> str:
    """The decimal text that a double stood for: at most four decimals, the finest that US and European tapes print."""
    text = Decimal(repr(value)).quantize(Decimal("0.0001"))
    if abs(float(text) - value) > 1e-9:
        raise ValueError(f"{value!r} is not a price of four decimals")
    return f"{text.normalize():f}"


def trade_lines(extract: Extract, source: Path, last_ns: int, counts: Counter[str]) -> list[tuple[int, str]]:
    lines = []
    for row in read_rows(source / f"{extract.source}.parquet"):
        time_ns = row_time(row, extract)
        if row["SYMBOL"] != extract.symbol or time_ns >= last_ns:
            continue
        oddity = trade_oddity(row)
        if oddity:
            counts[f"trades left out ({oddity})"] += 1
            continue
        flag = trade_flag(row)
        counts["auction prints" if flag else "trades"] += 1
        lines.append((time_ns, f"T,{time_ns},{exact(row['PRICE'])},{int(row['SIZE'])},{flag}"))
    return lines


def trade_oddity(row: Row) -> str:
    """Why the row is not a trade that an order on the exchanges could have met; empty where it is one."""
    condition = row.get("COND", "")
    if row.get("CORR", 0) != 0:
        return "corrected or canceled"
    if row["SIZE"] <= 0 or row["PRICE"] <= 0:
        return "no size or price"
    if row.get("EX", "") == OFF_EXCHANGE:
        return "off exchange"
    if any(code in condition for code in NOT_A_TRADE):
        return "official open or close"
    if any(code in condition for code in NOT_THE_MARKET):
        return "price not of the moment"
    return ""


def trade_flag(row: Row) -> str:
    """O or C for an auction's print. The European file has no conditions: its opening is the print of many trades at
    once.
    """
    condition = row.get("COND", "")
    if "O" in condition or row.get("NUMTRADES", 0) >= 500:
        return "O"
    return "C" if "6" in condition else ""


class VenueSide(NamedTuple):
    """One side of one venue's quote, and when the venue last said it."""

    order: int
    px: str
    size: int


def quote_lines(path: Path, extract: Extract, last_ns: int, counts: Counter[str]) -> list[tuple[int, str]]:
    """The consolidated best bid and offer, from each venue's latest quote; a line only where it changes."""
    lines: list[tuple[int, str]] = []
    bids: dict[str, VenueSide] = {}
    asks: dict[str, VenueSide] = {}
    shown = ""
    for number, row in enumerate(read_rows(path)):
        time_ns = row_time(row, extract)
        if time_ns >= last_ns:
            break
        set_side(bids, row["EX"], number, row["BID"], row["BIDSIZ"], counts)
        set_side(asks, row["EX"], number, row["OFR"], row["OFRSIZ"], counts)
        best = best_quote(bids, asks, counts)
        if best != shown:
            shown = best
            counts["quotes"] += 1
            lines.append((time_ns, f"Q,{time_ns},{best}"))
        else:
            counts["venue quotes that changed nothing"] += 1
    return lines


def set_side(sides: dict[str, VenueSide], venue: str, number: int, px: float, size: int, counts: Counter[str]) -> None:
    if px > 0 and size > 0:
        sides[venue] = VenueSide(number, exact(px), size * ROUND_LOT)
    else:
        counts["venue sides without price or size"] += 1
        sides.pop(venue, None)


def best_quote(bids: dict[str, VenueSide], asks: dict[str, VenueSide], counts: Counter[str]) -> str:
    """The best prices and the sizes of all venues at them.

    Where two venues lock or cross, the older quote is stale: it is left out until its venue speaks again.
    """
    while bids and asks:
        bid_venue = max(bids, key=lambda venue: (Decimal(bids[venue].px), bids[venue].order))
        ask_venue = min(asks, key=lambda venue: (Decimal(asks[venue].px), -asks[venue].order))
        if Decimal(bids[bid_venue].px) < Decimal(asks[ask_venue].px):
            break
        counts["stale venue sides left out (locked or crossed)"] += 1
        if bids[bid_venue].order < asks[ask_venue].order:
            del bids[bid_venue]
        else:
            del asks[ask_venue]
    return f"{total_at_best(bids, max)},{total_at_best(asks, min)}"


def total_at_best(sides: dict[str, VenueSide], best: Any) -> str:
    if not sides:
        return "0,0"
    px = best((side.px for side in sides.values()), key=Decimal)
    return f"{px},{sum(side.size for side in sides.values() if side.px == px)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
