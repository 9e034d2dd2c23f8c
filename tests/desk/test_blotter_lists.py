"""The blotter shows which orders wait with their list, live and from a snapshot."""

from __future__ import annotations

from kairos.desk.blotter import Blotter
from kairos.model.wire import decode_events
from kairos.scenario.runner import run_text
from kairos.scenario.world import World
from kairos.state.snapshot import snapshot

WAITING = "list P1 wait with X BUY 1000 @ 1000; Y BUY 1000 @ 1000\n"


def rows_of(world: World) -> list[tuple[str, str, bool]]:
    blotter = Blotter()
    for event in snapshot(world.desk, world.now_ns):
        blotter.apply(event)
    return [(row.cl_ord_id, row.list_id, row.waits_in_list) for row in blotter.rows.values()]


def live_rows_of(text: str) -> tuple[World, list[tuple[str, str, bool]]]:
    outcome = run_text(text, "blotter")
    assert outcome.passed, outcome.problem
    blotter = Blotter()
    for event in (event for batch in outcome.world.batches for event in decode_events(batch)):
        blotter.apply(event)
    return outcome.world, [(row.cl_ord_id, row.list_id, row.waits_in_list) for row in blotter.rows.values()]


def test_orders_of_a_list_wait_until_it_is_executed() -> None:
    world, live = live_rows_of(WAITING)
    assert live == rows_of(world) == [("X", "P1", True), ("Y", "P1", True)]
    world, live = live_rows_of(WAITING + "execute list P1\n")
    assert live == rows_of(world) == [("X", "P1", False), ("Y", "P1", False)]
