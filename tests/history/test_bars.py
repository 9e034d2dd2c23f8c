"""Bars on disk: what is written is read back exactly, and asked for in any interval."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import pytest

from kairos.history.bar_queries import BarHistory, NoBars
from kairos.history.bars import write_bars
from kairos.market.bars import MINUTE_NS, Bar, BarBuilder
from kairos.market.tape import Trade
from kairos.model.numbers import parse_price as px

pytest.importorskip("duckdb", reason="the package duckdb is not installed")

DAY_NS = 86_400 * 1_000_000_000
NINE = 1_700_000_000 * 1_000_000_000 // DAY_NS * DAY_NS + 9 * 60 * MINUTE_NS  # 09:00 UTC of 2023-11-14
AAA = "AAA.XNYS"
EVER = ("1970-01-01", "2100-01-01")


def bars_of(*prints: tuple[int, str, int], instrument: str = AAA) -> list[Bar]:
    """Bars of a minute from (minute, price, size)."""
    builder = BarBuilder(instrument)
    trades = [Trade(instrument, NINE + minute * MINUTE_NS, px(price), size) for minute, price, size in prints]
    found = [builder.on_trade(trade) for trade in trades]
    return [bar for bar in [*found, builder.bar_before(1 << 62)] if bar is not None]


def test_bars_are_read_back_exactly(tmp_path: Path) -> None:
    bars = bars_of((0, "10.01", 100), (0, "10.03", 50), (1, "9.99999999", 7))
    (file,) = write_bars(tmp_path, bars)
    assert file.parent.name == "date=2023-11-14"
    with BarHistory(tmp_path) as history:
        names, rows = history.bars(AAA, 60, *EVER)
        first = dict(zip(names, rows[0], strict=True))
    prices = [first[name] for name in ("open_px", "high_px", "low_px", "close_px")]
    assert prices == [Decimal("10.01"), Decimal("10.03"), Decimal("10.01"), Decimal("10.03")]
    assert (first["volume"], first["turnover"], first["trade_count"]) == (150, Decimal("1502.5"), 2)
    assert rows[1][5] == Decimal("9.99999999") and str(first["start"]) == "2023-11-14 09:00:00"


def test_minutes_become_any_longer_bar(tmp_path: Path) -> None:
    write_bars(tmp_path, bars_of((0, "10", 1), (3, "12", 2), (4, "9", 3), (5, "11", 4), (9, "8", 5)))
    with BarHistory(tmp_path) as history:
        _, rows = history.bars(AAA, 300, *EVER)
        assert [row[2:7] for row in rows] == [(10, 12, 9, 9, 6), (11, 11, 8, 8, 9)]
        with pytest.raises(NoBars, match="bars of 90 s can't be made"):
            history.bars(AAA, 90, *EVER)


def test_a_bar_that_was_recorded_twice_counts_once_and_the_fuller_one(tmp_path: Path) -> None:
    """A recorder that began in the middle of a minute has less of it."""
    write_bars(tmp_path, bars_of((0, "10", 5)))
    write_bars(tmp_path, bars_of((0, "9", 1), (0, "10", 5)))
    write_bars(tmp_path, bars_of((0, "10", 5)))
    with BarHistory(tmp_path) as history:
        ((_, _, open_px, *_),) = history.bars(AAA, 60, *EVER)[1]
        assert open_px == Decimal(9)


def test_figures_of_the_last_days(tmp_path: Path) -> None:
    day = 24 * 60
    prints = [(0, "100", 10), (day, "110", 30), (2 * day, "99", 20), (3 * day, "99", 40)]
    write_bars(tmp_path, bars_of(*prints))
    with BarHistory(tmp_path) as history:
        names, (row,) = history.figures([AAA], 3, "UTC")
    found = dict(zip(names, row, strict=True))
    assert (found["days"], found["average_volume"], found["first_day"]) == (3, 30, "2023-11-15")
    assert found["average_turnover"] == Decimal(30 * 110 + 20 * 99 + 40 * 99) / 3 // Decimal("0.01") * Decimal("0.01")
    returns = [math.log(1.1), math.log(99 / 110), 0.0]
    mean = sum(returns) / 3
    deviation = math.sqrt(sum((value - mean) ** 2 for value in returns) / 2 * 252)
    assert found["volatility"] == pytest.approx(deviation) and found["range_volatility"] == 0.0


def test_a_day_is_that_of_the_market(tmp_path: Path) -> None:
    """23:30 UTC is the next morning in Taipei."""
    write_bars(tmp_path, bars_of((0, "10", 1), (14 * 60 + 30, "10", 1)))
    with BarHistory(tmp_path) as history:
        assert history.figures([AAA], 9, "UTC")[1][0][1] == 1
        assert history.figures([AAA], 9, "Asia/Taipei")[1][0][1] == 2


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoBars, match=r"no bars in .*record some with"):
        BarHistory(tmp_path)
    write_bars(tmp_path, bars_of((0, "10", 1)))
    with BarHistory(tmp_path) as history, pytest.raises(NoBars, match=r"no bars of 'ZZZ.XNYS'; there are: AAA.XNYS"):
        history.bars("ZZZ.XNYS", 60, *EVER)


def test_any_question_may_be_asked_of_the_bars(tmp_path: Path) -> None:
    write_bars(tmp_path, [*bars_of((0, "10", 1)), *bars_of((0, "5", 2), instrument="B'B.XNYS")])
    with BarHistory(tmp_path) as history:
        assert history.query("select sum(volume) from bars")[1] == [(3,)]
        assert history.instruments() == [AAA, "B'B.XNYS"]
