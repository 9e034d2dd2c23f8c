"""Tables agree with the desk and with each other, in every format, to the last digit."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.history.journals import simulated, write

from kairos.cli.journal_export import export_command
from kairos.history import writers
from kairos.history.columns import TableRow, columns
from kairos.history.span import Span
from kairos.history.tables import ORDER_COLUMNS, TRADE_COLUMNS, order_rows, trade_rows
from kairos.model.events import Event, LimitsSet, OrderAccepted, TradeBooked, TradeBusted, TradeCorrected
from kairos.model.numbers import format_money, format_price
from kairos.model.values import Limits
from kairos.model.wire import encode_events


@pytest.fixture
def journal(tmp_path: Path) -> tuple[Path, list[Event]]:
    path = tmp_path / "journal.db"
    return path, simulated(path)


def export(path: Path, *options: str) -> str:
    done = CliRunner().invoke(export_command, [str(path), *options])
    assert done.exit_code == 0, done.output
    return done.output


def column(rows: list[TableRow], table: Any, name: str) -> list[Any]:
    at = [column.name for column in table].index(name)
    return [row[at] for row in rows]


def test_every_order_has_one_row_also_those_that_the_desk_has_forgotten(journal: tuple[Path, list[Event]]) -> None:
    path, events = journal
    accepted = [event.order_id for event in events if isinstance(event, OrderAccepted)]
    rows = list(order_rows(path, Span()))
    assert sorted(column(rows, ORDER_COLUMNS, "order_id")) == accepted
    assert len(accepted) > 30


def test_cum_qty_of_orders_is_what_their_trades_sum_to(journal: tuple[Path, list[Event]]) -> None:
    """An order's last standing, and its executions as amended by busts and corrections: one figure, two ways."""
    path, events = journal
    assert any(isinstance(event, TradeBusted) for event in events), "choose a seed with busts"
    trades: dict[int, tuple[int, int]] = {}
    rows = list(trade_rows(path, Span()))
    names = [c.name for c in TRADE_COLUMNS]
    for row in rows:
        told = dict(zip(names, row, strict=True))
        qty = 0 if told["exec_type"] == "TRADE_CANCEL" else told["last_qty"]
        trades[int(told["trade_id"])] = (int(told["order_id"]), int(qty))
    by_order: dict[int, int] = {}
    for order_id, qty in trades.values():
        by_order[order_id] = by_order.get(order_id, 0) + qty
    orders = list(order_rows(path, Span()))
    ids = column(orders, ORDER_COLUMNS, "order_id")
    cum = column(orders, ORDER_COLUMNS, "cum_qty")
    assert {o: c for o, c in zip(ids, cum, strict=True) if c} == {o: q for o, q in by_order.items() if q}


def test_a_span_takes_its_ends_in_and_nothing_else(journal: tuple[Path, list[Event]]) -> None:
    path, events = journal
    lines = [json.loads(line) for line in export(path, "--from", "10", "--to", "20", "--all").splitlines()]
    assert [line["seq"] for line in lines] == list(range(10, 21))
    at = lines[0]["at_ns"]
    count = sum(str(event.at_ns) == at for event in events)
    moment = f"{lines[0]['at'].replace(' ', 'T')}{int(at) % 1000:03d}Z"
    assert len(export(path, "--from", moment, "--to", moment, "--all").splitlines()) == count
    reports = [event for event in events[99:200] if isinstance(event, (TradeBooked, TradeBusted, TradeCorrected))]
    assert len(list(trade_rows(path, Span(100, 200)))) == len(reports)


@pytest.mark.parametrize("what", ["events", "orders", "trades"])
def test_csv_json_and_parquet_say_the_same(journal: tuple[Path, list[Event]], tmp_path: Path, what: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    path, _ = journal
    export(path, "--what", what, "--out", str(tmp_path / "t.parquet"))
    export(path, "--what", what, "--out", str(tmp_path / "t.csv"))
    table = parquet.read_table(tmp_path / "t.parquet")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == table.num_rows > 0
    for name in table.schema.names:
        kind = str(table.schema.field(name).type)
        cells = table.column(name)
        for row, cell in zip(rows, cells, strict=True):
            told = row[name]
            if not cell.is_valid:
                assert told == ""
            elif kind.startswith("decimal128"):
                assert Decimal(told) == cell.as_py()
            elif kind.startswith("timestamp"):
                assert told.endswith(f"{cell.value % 10**9:09d}Z")
            else:
                assert told == str(cell.as_py())
    if what != "events":
        lines = [json.loads(line) for line in export(path, "--what", what).splitlines()]
        assert [line["order_id"] for line in lines] == [int(row["order_id"]) for row in rows]


def test_prices_and_money_are_exact_to_the_last_of_38_digits(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    money, price = 10**37 + 1, -(10**16) - 1
    table = columns("m:money p:price t:time")
    writers.write_parquet(tmp_path / "t.parquet", table, iter([(money, price, 1_795_348_800_000_000_001)]))
    read = parquet.read_table(tmp_path / "t.parquet")
    assert str(read.schema.field("m").type) == "decimal128(38, 8)"
    assert (str(read["m"][0]), str(read["p"][0])) == (format_money(money), format_price(price))
    assert read["t"][0].value == 1_795_348_800_000_000_001


def test_rows_are_written_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    monkeypatch.setattr(writers, "PIECE_ROWS", 10)
    writers.write_parquet(tmp_path / "t.parquet", columns("n:count"), iter([(n,) for n in range(35)]))
    assert parquet.ParquetFile(tmp_path / "t.parquet").num_row_groups == 4


def test_without_pyarrow_the_package_is_named(
    journal: tuple[Path, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(writers, "import_module", missing)
    done = CliRunner().invoke(export_command, [str(journal[0]), "--out", str(tmp_path / "t.parquet")])
    assert done.exit_code == 1
    assert "pip install 'kairos-oms[data]'" in done.output
    assert list(tmp_path.glob("t.parquet*")) == []


def test_a_text_with_anything_in_it_survives_csv_and_json(tmp_path: Path) -> None:
    text = 'a "quoted", line\r\nand 中文'
    path = tmp_path / "journal.db"
    write(path, [encode_events([LimitsSet(1, "A", Limits(0, 0, 0, 0, 0, 0, 0, 0), text)])])
    export(path, "--out", str(tmp_path / "t.csv"))
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["event"], row["user_id"]) == ("LimitsSet", text)
    assert json.loads(export(path))["user_id"] == text


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--from", "noon"], "'noon' is not a moment; write it as 2026-11-22T09:30:00Z"),
        (["--format", "parquet"], "name a file by --out"),
    ],
)
def test_what_can_not_be_meant_is_told(journal: tuple[Path, list[Event]], options: list[str], why: str) -> None:
    done = CliRunner().invoke(export_command, [str(journal[0]), *options])
    assert done.exit_code == 2
    assert why in " ".join(done.output.split())
