"""Timers: deadlines come in the order of time, kind and number, whether they stand in a line or in the heap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.engine.timers import ACK, EXPIRY, NEVER, PASSED, Timers
from kairos.model.enums import OrdType, Side, TimeInForce, VenueKind
from kairos.model.events import VenueDefined
from kairos.model.values import Terms
from kairos.state.desk import Desk
from kairos.state.parties import Venue
from kairos.state.route import Route

TERMS = Terms(1, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0)
TIMEOUTS = {"FAST": 3, "SLOW": 7, "SAME": 3}


def desk() -> Desk:
    made = Desk()
    for name, timeout in TIMEOUTS.items():
        made.venues[name] = Venue(
            VenueDefined(0, name, VenueKind.EXCHANGE, name, name, timeout, ""), made.routes, made.trades
        )
    return made


def drain(timers: Timers, now_ns: int) -> list[tuple[int, int, int]]:
    found = []
    while (due := timers.pop_due(now_ns)) is not None:
        found.append((int(due.at_ns), int(due.kind), int(due.subject_id)))
    return found


@given(st.lists(st.tuples(st.sampled_from([*TIMEOUTS, "EXPIRY"]), st.integers(0, 20)), max_size=40), st.integers(0, 30))
def test_deadlines_come_as_from_one_heap(asked: list[tuple[str, int]], now_ns: int) -> None:
    """Also when routes were not sent in the order of time, as in a snapshot that somebody wrote by hand."""
    timers, of = Timers(), desk()
    expected = []
    for number, (name, at_ns) in enumerate(asked, 1):
        if name == "EXPIRY":
            timers.add(at_ns, EXPIRY, number)
            expected.append((at_ns, EXPIRY, number))
        else:
            timers.watch_route(of, Route(number, number, name, Side.BUY, TERMS, at_ns))
            expected.append((at_ns + TIMEOUTS[name], ACK, number))
    expected.sort()
    assert timers.next_deadline_ns() == (expected[0][0] if expected else NEVER)
    assert drain(timers, now_ns) == [due for due in expected if due[0] <= now_ns]
    assert drain(timers, NEVER) == [due for due in expected if due[0] > now_ns]


def test_a_line_keeps_no_more_than_what_waits_and_as_much_again() -> None:
    timers, of = Timers(), desk()
    for number in range(1, 20 * PASSED):
        timers.watch_route(of, Route(number, number, "FAST", Side.BUY, TERMS, number))
        drain(timers, number)
        assert len(timers.lines[0].numbers) <= PASSED + len(TIMEOUTS)
    assert timers.heap == []
