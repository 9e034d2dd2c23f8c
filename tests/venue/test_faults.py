"""Faults on demand: each does what its name says, none happens unasked, and a seed repeats them."""

from __future__ import annotations

import pytest
from tests.venue.desk import SECOND, Desk, line, px

from kairos.model.enums import Side
from kairos.venue.chance import SplitMix64
from kairos.venue.faults import FaultPlan, Faults
from kairos.venue.listing import NEVER
from kairos.venue.reports import Report

LATER = 10 * SECOND


def run(plan: FaultPlan, status: bool = False, cancel: bool = False, seed: int = 7) -> list[tuple[int, str]]:
    """(0 at once or 1 later, report) of an order that is acknowledged, half filled, perhaps asked for or canceled."""
    desk = Desk().quote("9.00", 100, "10.00", 50).order("A1 BUY 100 @ 10.00")
    if status:
        desk.exchange.status("C", "A1", "A", Side.BUY, desk.now)
    if cancel:
        desk.cancel("A2", "A1")
    faults = Faults(plan, seed)
    faults.pass_on(desk.exchange.drain(), desk.now)
    now = [(0, line(message)) for message in faults.due(desk.now)]
    return now + [(1, line(message)) for message in faults.due(desk.now + LATER)]


ACK = "A1 NEW cum 0 leaves 100 NEW"
FILL = "A1 TRADE 50@10 cum 50 leaves 50 PARTIALLY_FILLED"
STATUS = "A1 ORDER_STATUS cum 50 leaves 50 PARTIALLY_FILLED"
CANCELED = "A2 CANCELED cum 50 leaves 0 CANCELED"


@pytest.mark.parametrize(
    ("plan", "heard"),
    [
        (FaultPlan(), [(0, ACK), (0, FILL), (0, CANCELED)]),
        (FaultPlan(late_ack=1000), [(1, ACK), (1, FILL), (1, CANCELED)]),
        (FaultPlan(fill_before_ack=1000), [(0, FILL), (0, CANCELED), (1, ACK)]),
        (FaultPlan(late_fill=1000), [(0, ACK), (0, CANCELED), (1, FILL)]),
        (FaultPlan(duplicate=1000), [(0, ACK)] * 2 + [(0, FILL)] * 2 + [(0, CANCELED)] * 2),
        (FaultPlan(silent=1000), [(0, ACK), (0, FILL), (0, CANCELED)]),
    ],
)
def test_each_fault_does_what_its_name_says(plan: FaultPlan, heard: list[tuple[int, str]]) -> None:
    assert run(plan, cancel=True) == heard


def test_a_fill_after_cancel_is_counted_by_its_own_report_and_not_by_the_cancel_s() -> None:
    assert run(FaultPlan(fill_after_cancel=1000), cancel=True) == [
        (0, ACK), (0, "A2 CANCELED cum 0 leaves 0 CANCELED"), (1, "A1 TRADE 50@10 cum 50 leaves 0 CANCELED"),
    ]  # fmt: skip
    assert run(FaultPlan(fill_after_cancel=1000)) == [(0, ACK), (1, FILL)], "without a cancel it is only late"
    assert run(FaultPlan(fill_after_cancel=1000), status=True) == [(0, ACK), (0, FILL), (0, STATUS)]


def test_fills_that_a_cancel_overtakes_come_in_their_order_and_what_was_told_before_stays_told() -> None:
    desk = Desk().quote("9.00", 100, "10.00", 50).order("A1 BUY 100 @ 10.00")
    faults = Faults(FaultPlan(), 1)
    faults.pass_on(desk.exchange.drain(), desk.now)
    assert [line(message) for message in faults.due(desk.now)] == [ACK, FILL]
    faults.plan = FaultPlan(fill_after_cancel=1000)
    desk.quote("9.00", 100, "10.00", 60).quote("9.00", 100, "9.98", 30).cancel("A2", "A1")
    faults.pass_on(desk.exchange.drain(), desk.now)
    (canceled,) = faults.due(desk.now)
    assert line(canceled) == "A2 CANCELED cum 50 leaves 0 CANCELED"
    assert isinstance(canceled, Report) and canceled.avg_px == px("10.00")
    assert faults.due(faults.next_deadline_ns() - 1) == []
    assert [line(message) for message in faults.due(faults.next_deadline_ns())] == [
        "A1 TRADE 10@10 cum 60 leaves 0 CANCELED",
        "A1 TRADE 30@9.98 cum 90 leaves 0 CANCELED",
    ]
    assert faults.next_deadline_ns() == NEVER


def test_a_silent_order_says_nothing_until_it_is_asked_and_then_everything() -> None:
    assert run(FaultPlan(silent=1000)) == []
    assert run(FaultPlan(silent=1000), status=True) == [(0, ACK), (0, FILL), (0, STATUS)]


def test_orders_are_refused_or_lost_on_their_way_in() -> None:
    assert Faults(FaultPlan(reject=1000), 1).refuses_order() and not Faults(FaultPlan(), 1).refuses_order()
    assert Faults(FaultPlan(lose=1000), 1).loses_order() and not Faults(FaultPlan(), 1).loses_order()


def test_a_fill_to_be_busted_is_named_when_its_time_comes_and_once() -> None:
    desk = Desk().quote("9.00", 100, "10.00", 50).order("A1 BUY 100 @ 10.00")
    faults = Faults(FaultPlan(bust=1000), 1)
    faults.pass_on(desk.exchange.drain(), desk.now)
    faults.due(desk.now)
    assert faults.due_busts(desk.now) == []
    due_ns = faults.next_deadline_ns()
    (exec_id,) = faults.due_busts(due_ns)
    assert desk.exchange.bust(exec_id, due_ns) == ""
    assert faults.due_busts(due_ns + LATER) == []


def test_a_seed_repeats_its_faults_and_another_gives_others() -> None:
    def drawn(seed: int) -> list[bool]:
        faults = Faults(FaultPlan(lose=500), seed)
        return [faults.loses_order() for _ in range(64)]

    assert drawn(1) == drawn(1) != drawn(2)


def test_the_generator_is_splitmix64() -> None:
    """The first numbers for seed 1234567, from the generator's published reference code."""
    chance = SplitMix64(1234567)
    assert [chance.next() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_a_share_out_of_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1000"):
        FaultPlan(lose=1001)
