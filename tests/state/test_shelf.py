"""The shelf: a dict by number in the order of its numbers, whose memory follows what stands on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.state.shelf import PAGE, Shelf, Waker

NUMBERS = st.integers(1, 6 * PAGE)


@given(st.lists(st.tuples(st.booleans(), NUMBERS), max_size=300))
def test_a_shelf_is_a_dict_in_the_order_of_its_numbers(steps: list[tuple[bool, int]]) -> None:
    shelf: Shelf[str] = Shelf(Waker())
    like: dict[int, str] = {}
    for put, number in steps:
        if put:
            shelf[number] = like[number] = f"thing {number}"
        elif number in like:
            del shelf[number], like[number]
        else:
            with pytest.raises(KeyError):
                del shelf[number]
        assert (number in shelf) is (number in like)
        assert shelf.get(number) == like.get(number)
    assert shelf.items() == sorted(like.items())
    assert list(shelf) == sorted(like)
    assert shelf.values() == [like[number] for number in sorted(like)]
    assert len(shelf) == len(like)


def test_what_is_not_there_is_none_or_a_key_error() -> None:
    shelf: Shelf[str] = Shelf(Waker())
    for number in (-1, 0, 7, 10**12):
        assert shelf.get(number) is None
        with pytest.raises(KeyError):
            shelf[number]


def test_a_shelf_whose_things_come_and_go_stays_small() -> None:
    """Ten million orders that open and close leave one page, wherever the numbers have got to."""
    shelf: Shelf[str] = Shelf(Waker())
    for number in range(10**6, 10**6 + 50 * PAGE):
        shelf[number] = "open"
        if number >= 10**6 + 10:
            del shelf[number - 10]
        assert len(shelf._pages) <= 2
    assert len(shelf) == 10
