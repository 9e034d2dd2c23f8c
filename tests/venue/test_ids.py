"""Ids are their prefix and their number in plain digits, in whatever order they are asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.venue.ids import IdWriter


@given(numbers=st.lists(st.one_of(st.integers(0, 5000), st.integers(0, 10**12)), min_size=1, max_size=20))
def test_an_id_is_prefix_and_number(numbers: list[int]) -> None:
    ids = IdWriter("D-E")
    assert [ids.text(number) for number in numbers] == [f"D-E{number}" for number in numbers]
