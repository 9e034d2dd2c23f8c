"""NYSE TAQ: one best bid and offer of all venues, and prints judged by their conditions."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.tapes.samples import oddities, parquet, read, shown

from kairos.model.errors import ReferenceDataError
from kairos.tapes.wanted import Wanted

NS = 1_000_000_000
NINE_THIRTY = 1_514_903_400 * NS  # 2018-01-02 14:30 UTC
WANTED = Wanted("XXX.XNYS")


def at(*seconds: float) -> Any:
    return pa.array([NINE_THIRTY + round(second * NS) for second in seconds], pa.timestamp("ns"))


def quotes(folder: Path) -> Path:
    return parquet(
        folder / "q.parquet",
        {
            "DT": at(0, 1, 2, 3, 4, 5),
            "EX": ["N", "P", "P", "T", "T", "N"],
            "BID": [10.0, 10.0, 10.01, 10.05, 10.0, 0.0],
            "BIDSIZ": [1, 2, 1, 1, 1, 0],
            "OFR": [10.05, 10.06, 10.06, 10.07, 10.07, 10.05],
            "OFRSIZ": [3, 1, 1, 1, 1, 3],
            "SYMBOL": ["XXX"] * 6,
        },
    )


def trades(folder: Path) -> Path:
    return parquet(
        folder / "t.parquet",
        {
            "DT": at(0, 1, 1.000000400, 2, 3, 4, 5, 6),
            "EX": ["N", "D", "P", "N", "N", "N", "P", "P"],
            "SYMBOL": ["XXX"] * 7 + ["YYY"],
            "COND": ["O", "@", "@F", "Q", "4", "6", "@", "@"],
            "SIZE": [500, 100, 100, 100, 100, 900, 100, 1],
            "PRICE": [10.02, 10.02, 10.020000000001, 10.02, 10.0, 10.03, 10.02, 1.0],
            "CORR": [0, 0, 0, 0, 0, 0, 8, 0],
        },
    )


def test_venues_are_made_one_market_and_prints_are_judged(tmp_path: Path) -> None:
    events, report = read("taq", [quotes(tmp_path), trades(tmp_path)], WANTED)
    assert [shown(event) for event in events] == [
        ("T", 10.02, 500, "OPENING_AUCTION"),
        ("Q", 10.0, 100, 10.05, 300),
        ("T", 10.02, 100, "REGULAR"),
        ("Q", 10.0, 300, 10.05, 300),
        ("Q", 10.01, 100, 10.05, 300),
        ("Q", 10.05, 100, 10.06, 100),
        ("T", 10.03, 900, "CLOSING_AUCTION"),
        ("Q", 10.01, 100, 10.06, 100),
        ("Q", 10.01, 100, 10.05, 300),
    ]
    assert oddities(report) == {
        "prints off the exchanges (venue D)": 1,
        "official opens and closes (they repeat a trade)": 1,
        "prints at a price not of the moment": 1,
        "trades corrected or canceled (CORR)": 1,
        "auction prints": 2,
        "stale venue sides (they lock or cross a newer one)": 1,
        "venue sides without price or size": 1,
    }


def test_a_price_that_is_no_decimal_is_counted_and_rounded(tmp_path: Path) -> None:
    path = parquet(tmp_path / "t.parquet", {"DT": at(0, 1), "PRICE": [10.00003, 10.0], "SIZE": [1, 1]})
    events, report = read("taq", path, WANTED)
    assert [shown(event)[1] for event in events] == [10.0, 10.0]
    assert oddities(report) == {"prices that are no decimal of 4 places": 1}


def test_local_times_are_made_utc_by_their_zone(tmp_path: Path) -> None:
    path = parquet(tmp_path / "t.parquet", {"DT": at(0), "PRICE": [10.0], "SIZE": [1]})
    wanted = Wanted("XXX.XNYS", datetime.date(2018, 1, 2), "America/New_York")
    events, _report = read("taq", path, wanted)
    assert events[0].time_ns == NINE_THIRTY + 5 * 3600 * NS


def test_rows_without_a_value_and_other_columns_are_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path / "t.parquet", {"DT": at(0), "PRICE": [10.0], "SIZE": pa.array([None], pa.int64())})
    with pytest.raises(ReferenceDataError, match="SIZE: has 1 rows without a value"):
        read("taq", path, WANTED)
    with pytest.raises(ReferenceDataError, match="columns: are A"):
        read("taq", parquet(tmp_path / "a.parquet", {"A": [1]}), WANTED)


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1nothing")
    with pytest.raises(ReferenceDataError, match="can't be read"):
        read("taq", path, WANTED)


@pytest.mark.slow
def test_the_real_day_never_locks_or_crosses_once_consolidated(shared_data: Callable[[str], Path]) -> None:
    """XXX 2018-01-02: the counts of two full days, one of them wanted."""
    folder = shared_data("taq_highfrequency_R")
    paths = [folder / "sampleQDataRaw.parquet", folder / "sampleTDataRaw.parquet"]
    events, report = read("taq", paths, Wanted("XXX.XNYS", datetime.date(2018, 1, 2)))
    assert report.rows == 131_401 + 77_263
    quotes_made = [shown(event) for event in events if shown(event)[0] == "Q"]
    assert all(bid < ask for _q, bid, bid_size, ask, ask_size in quotes_made if bid_size and ask_size)
    counted = oddities(report)
    assert counted["rows of other days"] == 102_509
    assert counted["prints off the exchanges (venue D)"] == 12_614
    assert counted["auction prints"] == 2
