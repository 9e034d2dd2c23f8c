"""A tape played from columns is the same market as the tape played from objects."""

from __future__ import annotations

import pytest

from kairos.market.shipped import shipped_tapes
from kairos.market.tape import Quote
from kairos.market.tape_file import read_batches, read_tape
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing
from kairos.venue.reports import Report

TAPES = [one for one in shipped_tapes() if one.symbol in ("XXX", "ETF")]
MINUTE_NS = 60_000_000_000


def exchange(tape_index: int) -> Exchange:
    tape = TAPES[tape_index]
    listing = Listing(tape.instrument, tape.tick, tape.lot, tape.open_ns, tape.last_ns + 1, tape.has_quotes)
    made = Exchange([listing], "X")
    px = next(event.px for event in read_tape(tape.path, tape.instrument) if not isinstance(event, Quote))
    px -= px % tape.tick
    for number in range(40):  # before the open: they rest on both sides of the day's first price
        side = Side.BUY if number % 2 else Side.SELL
        price = px + (10 - number % 20) * tape.tick
        made.submit(
            "C",
            f"o{number}",
            tape.instrument,
            side,
            OrdType.LIMIT,
            TimeInForce.DAY,
            300,
            tape.open_ns - MINUTE_NS,
            price,
        )
    return made


def told(made: Exchange) -> list[tuple[object, ...]]:
    return [
        (one.cl_ord_id, one.exec_type, one.exec_id, one.last_qty, one.last_px, one.cum_qty, one.transact_time_ns)
        for one in made.drain()
        if isinstance(one, Report)
    ]


@pytest.mark.parametrize("tape_index", range(len(TAPES)))
def test_columns_and_objects_make_the_same_reports(tape_index: int) -> None:
    tape = TAPES[tape_index]
    by_rows, by_objects = exchange(tape_index), exchange(tape_index)
    for batch in read_batches(tape.path, tape.instrument):
        middle = batch.count // 2
        by_rows.on_rows(batch, 0, middle)
        by_rows.on_rows(batch, middle, batch.count)
    for event in read_tape(tape.path, tape.instrument):
        if isinstance(event, Quote):
            by_objects.on_quote(event)
        else:
            by_objects.on_trade(event)
    reports = told(by_rows)
    assert reports == told(by_objects)
    assert sum(one[3] != 0 for one in reports) > 5, "too few fills to tell the two apart"
