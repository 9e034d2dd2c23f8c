"""Bars made into prints, and Bitstamp's orders."""

from __future__ import annotations

import datetime
import lzma
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from tests.tapes.samples import oddities, parquet, read, shown

from kairos.model.errors import ReferenceDataError
from kairos.tapes.wanted import Wanted

START = 1_704_067_200  # 2024-01-01 00:00 UTC


def bars(folder: Path) -> Path:
    return parquet(
        folder / "bars.parquet",
        {
            "symbol": ["A", "A", "A", "A", "B"],
            "ts": pa.array([(START + 300 * bar) * 1_000_000 for bar in range(5)], pa.timestamp("us", tz="UTC")),
            "open": [10.0, 11.0, 10.0, 10.0, 1.0],
            "high": [12.0, 11.0, 10.0, 9.0, 1.0],
            "low": [9.0, 8.0, 10.0, 9.0, 1.0],
            "close": [11.0, 10.0, 10.0, 9.0, 1.0],
            "volume": [10, 3, 0, 8, 8],
        },
    )


def test_a_bar_is_four_prints_of_its_whole_volume(tmp_path: Path) -> None:
    events, report = read("bars", bars(tmp_path), Wanted("A.XNAS"))
    assert [(event.time_ns // 10**9 - START, *shown(event)[1:3]) for event in events] == [
        (0, 10.0, 2),
        (100, 9.0, 2),
        (200, 12.0, 2),
        (299, 11.0, 4),
        (599, 10.0, 3),
    ]
    assert oddities(report) == {
        "bars": 1,
        "bars of less than four units": 1,
        "bars without volume": 1,
        "bars whose open or close is outside high and low": 1,
    }


def test_daily_bars_last_their_local_day(tmp_path: Path) -> None:
    day = datetime.date(2024, 1, 2)
    columns = {name: [10.0] for name in ("open", "high", "low", "close")}
    path = parquet(tmp_path / "d.parquet", {"date": [day], **columns, "volume": [8]})
    events, _report = read("bars", path, Wanted("A.XNAS", zone="America/New_York"))
    assert events[0].time_ns // 10**9 == START + 86_400 + 5 * 3600
    assert events[-1].time_ns - events[0].time_ns == 86_400 * 10**9 - 1


def test_a_table_that_is_none_of_bars_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="bars have ts or date"):
        read("bars", parquet(tmp_path / "a.parquet", {"symbol": ["A"]}), Wanted("A.XNAS"))


def test_the_real_bars_lack_their_opening_volume(shared_data: Callable[[str], Path]) -> None:
    """SOURCE: the 09:00 bar has volume 0 on 92 % of the days."""
    path = shared_data("twse_5min_bars") / "twse_5min.parquet"
    _events, report = read("bars", path, Wanted("2330.XTAI", datetime.date(2024, 3, 1), "Asia/Taipei"))
    assert (oddities(report)["bars"], oddities(report)["bars without volume"]) == (52, 1)


HEADER = "id,timestamp,exchange.timestamp,price,volume,action,direction\n"
ROWS = """\
1,1000,1000,236.50,500000000,created,ask
2,1001,1001,236.50,200000000,created,bid
1,1002,1001,236.50,300000000,changed,ask
2,1003,1001,236.50,0,deleted,bid
3,1004,1004,236.40,150,created,bid
1,1005,1005,236.50,300000000,deleted,ask
9,1006,1006,236.50,1,deleted,ask
"""


def orders(folder: Path, text: str) -> Path:
    path = folder / "orders.csv.xz"
    path.write_bytes(lzma.compress(text.encode()))
    return path


def test_a_taker_makes_no_second_trade(tmp_path: Path) -> None:
    events, report = read("bitstamp", orders(tmp_path, HEADER + ROWS), Wanted("BTCUSD.BITS"))
    assert [shown(event) for event in events] == [
        ("ADD", 1, "S", 236.5, 5_000_000, False),
        ("ADD", 2, "B", 236.5, 2_000_000, False),
        ("EXECUTE", 1, "S", 236.5, 2_000_000, False),
        ("REDUCE", 2, "B", 236.5, 2_000_000, False),
        ("ADD", 3, "B", 236.4, 1, False),
        ("DELETE", 1, "S", 236.5, 3_000_000, False),
    ]
    assert oddities(report) == {
        "changes of orders that were never created": 1,
        "sizes finer than a millionth of a bitcoin": 2,
        "orders that came in at a price of the other side": 1,
    }


@pytest.mark.parametrize(
    "text", [ROWS, HEADER + "1,1,1,1,1,made,ask\n", HEADER + "1,1,1,1,1,created,up\n", HEADER + "1,1,1\n"]
)
def test_a_garbled_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReferenceDataError, match=r"orders\.csv\.xz"):
        read("bitstamp", orders(tmp_path, text), Wanted("BTCUSD.BITS"))


def test_a_compressed_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = orders(tmp_path, HEADER + ROWS)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ReferenceDataError):
        read("bitstamp", path, Wanted("BTCUSD.BITS"))


def test_the_real_orders_have_their_rows(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("bitstamp_obAnalytics") / "orders.csv.xz"
    events, report = read("bitstamp", path, Wanted("BTCUSD.BITS"))
    assert (report.rows, len(events)) == (50_414, 50_180)
    assert oddities(report)["changes of orders that were never created"] == 213
