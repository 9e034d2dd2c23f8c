"""Lean's ticks: rows in pairs, prints judged, and the oddities of the real days counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tapes.samples import oddities, read, shown, zipped

from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.formats import read_source
from kairos.tapes.wanted import Wanted

WANTED = Wanted("BAC.XNYS")
QUOTES = """\
34200000,0,0,139500,500,Q,1,0
34200001,139400,700,0,0,P,1,0
34200001,0,0,139500,2000,P,1,0
34200002,139600,100,0,0,P,1,0
34200002,0,0,139500,100,P,1,0
34200003,139500,100,0,0,P,1,0
34200003,0,0,139500,100,P,1,1
34200004,139400,0,0,0,P,1,0
34200004,0,0,139500,300,P,1,0
34200005,139400,100,0,0,P,1,0
"""
TRADES = """\
34200000,139450,1200,N,40,0
34200000,139460,50,Q,20200040,0
34200001,139450,100,D,1,0
34200001,139450,100,P,20000020,0
34200002,139450,100,P,4000000,0
34200002,139450,100,P,100000,0
34200003,139450,100,P,1,1
34200003,0,100,P,1,0
57600000,139450,900,N,80,0
"""


def day(folder: Path, quotes: str = QUOTES, trades: str = TRADES) -> Path:
    zipped(folder / "20131008_trade.zip", t__csv=trades)
    return zipped(folder / "20131008_quote.zip", q__csv=quotes)


def test_rows_are_paired_and_prints_judged_and_each_oddity_is_counted(tmp_path: Path) -> None:
    events, report = read("lean", day(tmp_path), WANTED)
    assert [shown(event) for event in events] == [
        ("T", 13.945, 1200, "OPENING_AUCTION"),
        ("T", 13.945, 100, "REGULAR"),
        ("Q", 13.94, 700, 13.95, 2000),
        ("Q", 13.96, 100, 13.95, 100),
        ("Q", 0, 0, 13.95, 300),
        ("T", 13.945, 900, "CLOSING_AUCTION"),
    ]
    assert events[0].time_ns == 1381239000_000000000  # 09:30 in New York
    assert oddities(report) == {
        "unpaired ask rows": 1,
        "unpaired bid rows": 1,
        "suspicious quotes": 1,
        "sides without price or size": 1,
        "crossed quotes": 1,
        "suspicious trades": 1,
        "trades without price or size": 1,
        "official opens and closes (they repeat a trade)": 1,
        "prints off the exchanges (venue D)": 1,
        "prints at a price not of the moment": 1,
        "auctions of other venues than the listing one": 1,
        "opening auction prints": 1,
        "closing auction prints": 1,
    }
    assert (report.rows, report.events) == (19, 6)


def test_prints_off_the_book_are_kept_and_marked_when_asked_for(tmp_path: Path) -> None:
    events, _report = read("lean", day(tmp_path), Wanted("BAC.XNYS", keeps_off_book=True))
    assert [shown(event)[2:] for event in events if shown(event)[-1] == "OFF_BOOK"] == [
        (50, "OFF_BOOK"),
        (100, "OFF_BOOK"),
        (100, "OFF_BOOK"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "1,2,3",
        "1,2,3,4,5,Q,1,0,9",
        "x,0,0,139500,500,Q,1,0",
        "1,0,0,13.5,500,Q,1,0",
        "1,0,0,99999999999999999999,500,Q,1,0",
        "1,0,0,139500,,Q,1,0",
    ],
)
def test_a_garbled_row_is_refused_with_its_number(tmp_path: Path, row: str) -> None:
    path = day(tmp_path, QUOTES + row + "\n")
    with pytest.raises(ReferenceDataError, match=r"20131008_quote\.zip.*#11|expected 8 columns, got 3"):
        read("lean", path, WANTED)


def test_a_condition_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="condition: is 'zz', not a hexadecimal number"):
        read("lean", day(tmp_path, trades=TRADES + "57600001,1,1,N,zz,0\n"), WANTED)


def test_a_name_without_a_date_asks_for_one(tmp_path: Path) -> None:
    path = zipped(tmp_path / "quote.zip", q__csv=QUOTES)
    with pytest.raises(ReferenceDataError, match="give --date"):
        read("lean", path, WANTED)


def test_a_zip_cut_off_is_refused(tmp_path: Path) -> None:
    path = day(tmp_path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ReferenceDataError, match="can't be read"):
        read("lean", path, WANTED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "quotes", "unpaired", "off_exchange", "rows"),
    [
        ("bac/20131007", 238_427, 1, 37_205, 476_855 + 88_172),
        ("bac/20131008", 288_048, 0, 50_793, 576_096 + 125_872),
        ("ibm/20131007", 54_532, 1, 7_458, 109_067 + 24_293),
    ],
)
def test_the_real_days_have_the_oddities_that_their_source_tells(
    shared_data: Callable[[str], Path], name: str, quotes: int, unpaired: int, off_exchange: int, rows: int
) -> None:
    """2013-10-07 begins with an unpaired ask row; each day has one opening and one closing print of its own market."""
    path = shared_data("lean_us_equity_ticks") / "tick" / f"{name}_quote.zip"
    report = TapeReport()
    batches = list(read_source("lean", [path], Wanted("X.XNYS"), report))
    counted = oddities(report)
    assert counted.get("unpaired ask rows", 0) == unpaired
    assert counted["prints off the exchanges (venue D)"] == off_exchange
    assert (counted["opening auction prints"], counted["closing auction prints"]) == (1, 1)
    made = sum(batch.kind_at(row) == 1 for batch in batches for row in range(batch.count))
    assert made == quotes
    assert report.rows in (rows, rows - 1)
