"""Names: a dict by id that keeps no id, asks what it finds, and goes in two turns of the day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.model.enums import Side
from kairos.state.names import FEW, Table, TradeNames
from kairos.state.positions import Trade
from kairos.state.shelf import Shelf, Waker

IDS = st.integers(0, 400).map(lambda n: f"id-{n}")


class Named:
    """Executions on a shelf, and their names."""

    def __init__(self) -> None:
        self.shelf: Shelf[Trade] = Shelf(Waker())
        self.names = TradeNames(self.shelf)

    def put(self, name: str) -> int:
        trade = Trade(len(self.shelf) + 1, 1, 1, "V", Side.BUY, 1, 1)
        trade.venue_exec_ids = (name,)
        self.shelf[trade.trade_id] = trade
        self.names[name] = trade
        return int(trade.trade_id)

    def number_of(self, name: str) -> int | None:
        trade = self.names.get(name)
        return None if trade is None else int(trade.trade_id)


@given(st.lists(IDS, max_size=300), st.lists(IDS, max_size=20))
def test_names_are_a_dict_of_which_the_last_said_counts(put: list[str], asked: list[str]) -> None:
    named, like = Named(), {}
    for name in put:
        like[name] = named.put(name)
        assert named.number_of(name) == like[name]
    assert {name: trade.trade_id for name, trade in named.names.items()} == like
    for name in asked:
        assert named.number_of(name) == like.get(name)
        assert (name in named.names) is (name in like)


def test_what_denies_its_name_is_not_named_and_the_name_is_free() -> None:
    named = Named()
    named.put("A")
    named.shelf[1].venue_exec_ids = ()
    assert "A" not in named.names
    assert named.put("A") == 2
    assert named.number_of("A") == 2


def test_what_is_on_no_shelf_is_not_named() -> None:
    named = Named()
    named.put("A")
    del named.shelf[1]
    assert "A" not in named.names


def test_a_name_goes_with_the_second_turn() -> None:
    named = Named()
    named.put("A")
    named.names.turn()
    named.put("B")
    assert named.number_of("A") == 1
    named.names.turn()
    assert named.number_of("A") is None
    assert named.number_of("B") == 2


def test_ids_of_one_code_are_told_apart() -> None:
    """A table finds all that have a code, one behind the other, and grows without losing one."""
    table = Table()
    for number in range(1, 4 * FEW):
        at = table.find(5, 5)
        while table.slots[at]:
            at = table.find(5, at + 1)
        table.fill(at, 5, number)
    assert sorted(table.numbers()) == list(range(1, 4 * FEW))
    assert len(table.slots) * 2 >= 3 * table.count
