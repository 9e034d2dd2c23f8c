"""Taiwan's tapes: TWSE's official files and levels, TAIFEX's time and sales."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from tests.tapes.samples import oddities, parquet, read, shown

from kairos.market import tape_batch as b
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.formats import read_source
from kairos.tapes.wanted import Wanted

WANTED = Wanted("2330.XTAI")
DATE = "20241111"


def order(what: str, price: str, size: str, time: str = "090000000001", side: str = "B", **fields: str) -> str:
    code, board, ticket = fields.get("code", "2330  "), fields.get("board", "0"), fields.get("ticket", "a0001")
    tail = f"0I2{fields.get('force', '0')}B I{fields.get('broker', '1234')}"
    return f"{DATE}{code}{side}{board}{time}{ticket}{what}{price}{size}{tail}"


def trade(number: str, price: str, size: str, time: str, side: str = "B", board: str = "0") -> str:
    return f"{DATE}2330  {side}{board}{time}{number}a0001{price}{size}20  0I1234"


def snapshot(time: str, marks: str, px: str, volume: str, bids: str, asks: str) -> str:
    return f"2330  {time}{marks}{px}{volume}5 {bids:0<70}5 {asks:0<70}{DATE}AA"


def write(folder: Path, *records: str, end: str = "\r\n") -> Path:
    path = folder / f"file{DATE}"
    path.write_bytes("".join(record + end for record in records).encode("ascii"))
    return path


def test_orders_are_entered_reduced_deleted_and_repriced(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        order("1", "1085.00", "+0000002000"),
        order("1", "0000.00", "+0000001000", ticket="a0002", force="3"),
        order("2", "1085.00", "-0000000500"),
        order("7", "1086.00", "+0000001500"),
        order("3", "1086.00", "-0000001500"),
        order("3", "1086.00", "-0000001500"),
        order("1", "1085.00", "+0000000001", board="2"),
        order("1", "1085.00", "+0000002000", code="2317  "),
        order("1", "10x5.00", "+0000002000"),
    )
    events, report = read("twse-order", path, WANTED)
    found = [(event[0], *event[2:]) for event in map(shown, events)]
    assert found == [
        ("ENTER", "B", 1085.0, 2000, False),
        ("ENTER", "B", 0.0, 1000, False),
        ("REDUCE", "B", 1085.0, 500, False),
        ("DELETE", "B", 1085.0, 1500, True),
        ("ENTER", "B", 1086.0, 1500, False),
        ("DELETE", "B", 1086.0, 1500, False),
    ]
    assert events[0].time_ns == 1731286800_000001000  # 09:00 in Taipei
    assert oddities(report) == {
        "records of other securities": 1,
        "records that can't be read": 1,
        "orders of other boards (block, odd lot)": 1,
        "changes of orders that were never entered": 1,
        "changes of price": 1,
        "orders at the market": 1,
    }
    immediate = next(read_source("twse-order", [path], WANTED, TapeReport()))
    assert immediate.flags_at(1) == b.BUY | b.IMMEDIATE


def test_a_trade_is_told_once_and_auctions_and_other_boards_are_known(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        trade("00000001", "1085.00", "000005000", "090000000000"),
        trade("00000001", "1085.00", "000005000", "090000000000", "S"),
        trade("00000002", "1085.00", "000001000", "090000000000"),
        trade("00000003", "1086.00", "000001000", "090000500000"),
        trade("00000004", "1086.00", "000000007", "091000000000", board="2"),
        trade("00000005", "1080.00", "000900000", "091000000000", board="1"),
        trade("00000006", "1090.00", "000800000", "133000000000"),
        trade("00000007", "1090.00", "000003000", "143000000000"),
    )
    events, report = read("twse-trade", path, WANTED)
    assert [shown(event) for event in events] == [
        ("T", 1085.0, 5000, "OPENING_AUCTION"),
        ("T", 1085.0, 1000, "OPENING_AUCTION"),
        ("T", 1086.0, 1000, "REGULAR"),
        ("T", 1090.0, 800000, "CLOSING_AUCTION"),
    ]
    assert oddities(report) == {
        "second sides of a trade": 1,
        "odd lots (a board of their own)": 1,
        "block trades": 1,
        "trades at the fixed price after hours": 1,
        "auction prints (the first moment and price; 13:30)": 3,
    }


def test_snapshots_tell_what_changed_and_what_traded(tmp_path: Path) -> None:
    bid, ask = "10850000000012", "10860000000034"
    path = write(
        tmp_path,
        snapshot("085959000000", "T   ", "000000", "00000000", bid.replace("1085", "9999"), ask),
        snapshot("090000000000", "  Y ", "108500", "00000020", "10850000000012", ask),
        snapshot("090001000000", "    ", "108500", "00000020", "10850000000012", ask),
        snapshot("090002000000", " CY ", "108600", "00000025", "", ""),
        snapshot("090002000001", "  Y ", "108700", "00000026", "10860000000002", "10870000000009"),
        snapshot("133000000000", "  Y ", "108800", "00000126", "10860000000002", "10870000000009"),
        end="\n",
    )
    events, report = read("twse-snapshot", path, WANTED)
    assert [shown(event) for event in events] == [
        ("T", 1085.0, 20000, "OPENING_AUCTION"),
        ("L", "B", 1085.0, 12000, True),
        ("L", "S", 1086.0, 34000, False),
        ("T", 1086.0, 5000, "REGULAR"),
        ("T", 1087.0, 1000, "REGULAR"),
        ("L", "B", 1085.0, 0, True),
        ("L", "B", 1086.0, 2000, True),
        ("L", "S", 1086.0, 0, True),
        ("L", "S", 1087.0, 9000, False),
        ("T", 1088.0, 100000, "CLOSING_AUCTION"),
    ]
    assert oddities(report) == {
        "trial calculations before an auction": 1,
        "intermediate prices (levels shown as 0)": 1,
        "snapshots that change no level": 2,
        "auction prints (the first volume; 13:30)": 2,
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("cut", [1, 3, 30, 62])
def test_a_record_cut_off_is_refused(tmp_path: Path, cut: int, end: str) -> None:
    path = write(tmp_path, order("1", "1085.00", "+0000002000"), order("1", "1085.00", "+0000002000"), end=end)
    path.write_bytes(path.read_bytes()[: -len(end) - cut])
    with pytest.raises(ReferenceDataError, match="record 2: record: is cut off"):
        read("twse-order", path, WANTED)


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: text + "0"])
def test_a_record_of_another_length_is_refused_with_its_number(tmp_path: Path, spoil: Callable[[str], str]) -> None:
    good = order("1", "1085.00", "+0000002000")
    with pytest.raises(ReferenceDataError, match="record 2: length: is not 63"):
        read("twse-order", write(tmp_path, good, spoil(good), good, good), WANTED)


def test_a_last_line_without_its_end_is_whole(tmp_path: Path) -> None:
    path = write(tmp_path, order("1", "1085.00", "+0000002000"), order("4", "1085.00", "+0000002000"))
    path.write_bytes(path.read_bytes().rstrip())
    assert len(read("twse-order", path, WANTED)[0]) == 2


def test_another_file_or_day_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, order("1", "1085.00", "+0000002000"))
    with pytest.raises(ReferenceDataError, match="length: is 63, not 186 or 190"):
        read("twse-snapshot", path, WANTED)
    with pytest.raises(ReferenceDataError, match="date: is 2024-11-11, not 2024-11-12"):
        read("twse-order", path, Wanted("2330.XTAI", datetime.date(2024, 11, 12)))


def test_the_official_samples_are_read_whole(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("twse_official_samples")
    orders, report = read("twse-order", folder / "order_odr", Wanted("0050.XTAI"))
    assert (len(orders), report.rows, oddities(report)) == (29, 29, {})
    assert shown(orders[0])[2:] == ("S", 78.35, 1000, False)
    trades, report = read("twse-trade", folder / "transaction_mth", Wanted("9945.XTAI"))
    assert (len(trades), report.rows) == (18, 33)
    assert oddities(report)["second sides of a trade"] == 15
    levels, report = read("twse-snapshot", folder / "snapshot_Sample_new", Wanted("9958.XTAI"))
    assert oddities(report)["trial calculations before an auction"] == 19
    assert shown(levels[0]) == ("T", 185.0, 345_000, "CLOSING_AUCTION")  # 9,836 lots less 9,491 before


def test_levels_in_parquet_become_changes(tmp_path: Path) -> None:
    row = {
        f"{side}{level}": [10.0 + sign * level / 100] * 2
        for side, sign in (("bid", -1), ("ask", 1))
        for level in range(1, 6)
    }
    row |= {f"{side}sz{level}": [level, level] for side in ("bid", "ask") for level in range(1, 6)}
    row["bidsz1"] = [1, 7]
    times = pa.array([1_778_809_800_000_000, 1_778_809_805_000_000], pa.timestamp("us", tz="Asia/Taipei"))
    path = parquet(tmp_path / "l.parquet", {"ts": times, "symbol": ["2330"] * 2, **row})
    events, _report = read("levels", path, WANTED)
    assert len(events) == 11
    assert shown(events[-1]) == ("L", "B", 9.99, 7000, False)


def test_the_real_levels_are_never_crossed(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("twse_l5_snapshots_20260515") / "twse_l5_5s.parquet"
    rows = 0
    for symbol in ("2330", "2317", "2344"):
        events, report = read("levels", path, Wanted(f"{symbol}.XTAI"))
        rows += report.rows
        book: dict[str, set[float]] = {"B": set(), "S": set()}
        for _kind, side, px, size, more in map(shown, events):
            assert isinstance(px, float) and isinstance(side, str)
            (book[side].add if size else book[side].discard)(px)
            if not more:
                assert len(book["B"]) <= 5 and max(book["B"], default=0) < min(book["S"], default=1e9)
    assert rows == 9_913


HEADER = "成交日期,商品代號,到期月份(週別),成交時間,成交價格,成交數量(B+S),近月價格,遠月價格,開盤集合競價 \n"
ROWS = """\
20210723,TX     ,202108     ,150000,17409,68,-,-,*
20210724,TX     ,202108     ,010000,17410.5,2,-,-,\x20
20210726,TX     ,202108     ,084500,17500,3,-,-,*
20210726,TX     ,202109     ,084500,17490,2,-,-,*
20210726,TX     ,202108/202109,084531,-10,40,88.2,88.19,\x20
"""


def taifex(folder: Path, text: str) -> Path:
    path = folder / "Daily_2021_07_26.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Daily_2021_07_26.csv", text.encode("cp950"))
    return path


def test_taifex_quantities_are_halved_and_the_evening_belongs_to_the_day(tmp_path: Path) -> None:
    events, report = read("taifex", taifex(tmp_path, HEADER + ROWS), Wanted("TX202108.XTAF"))
    assert [shown(event) for event in events] == [
        ("T", 17409.0, 34, "OPENING_AUCTION"),
        ("T", 17410.5, 1, "REGULAR"),
        ("T", 17500.0, 1, "OPENING_AUCTION"),
    ]
    assert events[0].time_ns == 1627023600_000000000  # 2021-07-23 15:00 in Taipei
    assert oddities(report) == {
        "rows of other contracts": 2,
        "odd quantities (both sides counted should be even)": 1,
        "opening auction prints (*)": 2,
    }


def test_a_spread_below_zero_has_no_place_on_a_tape(tmp_path: Path) -> None:
    events, report = read("taifex", taifex(tmp_path, HEADER + ROWS), Wanted("TX202108/202109.XTAF"))
    assert events == []
    assert oddities(report)["spreads at a price of 0 or less"] == 1


@pytest.mark.parametrize(
    "row",
    ["20210726,TX,202108,240000,1,2,-,-,", "2021072x,TX,202108,084500,1,2,-,-,", "20210726,TX,202108,084500,x,2,-,-,"],
)
def test_a_garbled_row_of_taifex_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(ReferenceDataError, match="Daily_2021_07_26"):
        read("taifex", taifex(tmp_path, HEADER + ROWS + row + "\n"), Wanted("TX202108.XTAF"))


def test_a_file_without_taifexs_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="line 1: header"):
        read("taifex", taifex(tmp_path, ROWS), Wanted("TX202108.XTAF"))


@pytest.mark.slow
def test_the_real_taifex_day_has_its_rows(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("taifex_futures_20210726") / "Daily_2021_07_26.zip"
    events, report = read("taifex", path, Wanted("CDF202108.XTAF"))
    assert (report.rows, len(events)) == (449_454, 1_584)
    assert oddities(report) == {"rows of other contracts": 447_870, "opening auction prints (*)": 1}
