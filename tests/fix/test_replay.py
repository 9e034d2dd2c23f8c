"""One request of the peer at a time, and what was passed over: the small memories of a session, each bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairos.fix.outputs import ResendNeeded
from kairos.fix.passed_over import MAX_RANGES, PassedOver
from kairos.fix.replay import Replay

RANGES = st.tuples(st.integers(1, 20), st.integers(0, 20)).map(lambda pair: (pair[0], pair[1] and sum(pair)))


def shown(request: ResendNeeded | None) -> tuple[int, int] | None:
    return None if request is None else (int(request.begin), int(request.end))


def test_the_first_request_is_given_at_once_and_the_next_when_it_is_answered() -> None:
    replay = Replay()
    assert shown(replay.ask(5, 7, 0, 0)) == (5, 7)
    assert replay.ask(8, 9, 0, 0) is None
    assert shown(replay.answered(0, 0)) == (8, 9)
    assert replay.answered(0, 0) is None
    assert shown(replay.ask(1, 0, 0, 0)) == (1, 0)


@given(RANGES, st.lists(RANGES, max_size=10))
def test_all_that_is_asked_for_is_covered_by_two_answers(first: tuple[int, int], later: list[tuple[int, int]]) -> None:
    """However often the peer asks during an answer, one more covers it all."""
    replay = Replay()
    replay.ask(*first, 0, 0)
    given_at_once = [replay.ask(*each, 0, 0) for each in later]
    assert not any(given_at_once)
    second = shown(replay.answered(0, 0))
    assert replay.answered(0, 0) is None
    answers = [each for each in (first, second) if each is not None]
    for begin, end in later:
        assert any(low <= begin and (high == 0 or (end or begin) <= high) for low, high in answers)


def test_a_new_connection_begins_with_nothing_asked() -> None:
    replay = Replay()
    replay.ask(5, 7, 0, 0)
    replay.ask(1, 2, 0, 0)
    replay.clear()
    assert replay.answered(1, 0) is None


PASSED_OVER = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), max_size=8)


@given(PASSED_OVER, st.lists(st.integers(1, 70), max_size=30))
def test_each_number_that_was_passed_over_is_taken_once(ranges: list[tuple[int, int]], wanted: list[int]) -> None:
    """As many times as it was passed over, which in a session is once."""
    passed = PassedOver()
    numbers: list[int] = []
    for first, length in ranges:
        passed.add(first, first + length - 1)
        numbers.extend(range(first, first + length))
    for seq in wanted:
        assert passed.take(seq) == (seq in numbers)
        if seq in numbers:
            numbers.remove(seq)


def test_of_too_many_ranges_the_oldest_is_forgotten() -> None:
    passed = PassedOver()
    for n in range(MAX_RANGES + 1):
        passed.add(10 * n, 10 * n + 1)
    assert not passed.take(0)
    assert passed.take(10)
    assert passed.take(10 * MAX_RANGES)
