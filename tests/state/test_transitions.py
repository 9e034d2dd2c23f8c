"""The one transition table: every pair of state and happening is decided, and decided well."""

from __future__ import annotations

import pytest

from kairos.model.enums import OrdStatus
from kairos.model.refusals import RefusalCode
from kairos.state.transitions import (
    TABLE,
    TABLE_TEXT,
    Happening,
    Move,
    cell_of,
    is_open,
    next_state,
    refusal_of,
    state_by_qty,
)

PENDING = {OrdStatus.PENDING_CANCEL, OrdStatus.PENDING_REPLACE}  # they lie over a state, they are none
STATES = [state for state in OrdStatus if state not in PENDING]
OPEN = {s for s in STATES if is_open(s)}
TERMINAL = {OrdStatus.CANCELED, OrdStatus.EXPIRED, OrdStatus.REJECTED}
QUANTITIES = [(10, 0), (10, 4), (10, 10), (10, 12)]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("happening", list(Happening))
def test_every_pair_is_decided(state: OrdStatus, happening: Happening) -> None:
    cell = cell_of(state, happening)
    assert (cell.move is Move.REFUSE) is (refusal_of(state, happening) is not RefusalCode.NONE)
    for order_qty, cum_qty in QUANTITIES:
        after = next_state(state, happening, order_qty, cum_qty)
        assert after in STATES
        if cell.move is Move.REFUSE:
            assert after is state


def test_the_table_is_whole_and_nothing_more() -> None:
    assert set(TABLE) == set(STATES)
    assert all(list(row) == list(Happening) for row in TABLE.values())
    lines = TABLE_TEXT.strip().splitlines()
    assert [len(line.split()) for line in lines] == [len(Happening) + 1] * (len(STATES) + 1)


def test_only_open_orders_can_be_acted_on() -> None:
    for state in STATES:
        legal = refusal_of(state, Happening.CANCEL_REQUESTED) is RefusalCode.NONE
        assert legal is (state in OPEN | {OrdStatus.DONE_FOR_DAY})
        if not legal:
            assert refusal_of(state, Happening.CANCEL_REQUESTED) is RefusalCode.TOO_LATE


def test_nothing_but_a_venue_opens_an_ended_order_again() -> None:
    """A cancel, expiry or reject is final: later fills, busts and corrections keep it closed."""
    for state in TERMINAL:
        for happening in Happening:
            for order_qty, cum_qty in QUANTITIES:
                assert next_state(state, happening, order_qty, cum_qty) not in OPEN


def test_a_rejected_order_never_trades() -> None:
    assert refusal_of(OrdStatus.REJECTED, Happening.TRADED) is RefusalCode.ILLEGAL_STATE
    assert all(
        refusal_of(state, Happening.REJECTED) is not RefusalCode.NONE
        for state in (OrdStatus.PARTIALLY_FILLED, OrdStatus.FILLED, OrdStatus.CANCELED)
    )


def test_the_quantities_name_the_state() -> None:
    assert [state_by_qty(10, cum) for cum in (0, 4, 10, 12)] == [
        OrdStatus.NEW,
        OrdStatus.PARTIALLY_FILLED,
        OrdStatus.FILLED,
        OrdStatus.FILLED,
    ]


def test_fills_go_on_in_every_state_where_a_venue_may_still_execute() -> None:
    for state in OPEN | {OrdStatus.CANCELED, OrdStatus.EXPIRED, OrdStatus.DONE_FOR_DAY}:
        assert refusal_of(state, Happening.TRADED) is RefusalCode.NONE
        assert next_state(state, Happening.TRADED, 10, 10) is OrdStatus.FILLED
