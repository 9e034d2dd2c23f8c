"""What is missing, what came twice, what was resent, by session and direction."""

from __future__ import annotations

from tests.fix_tools.samples import admin, logon

from kairos.fix_tools.fields import FieldList
from kairos.fix_tools.sequences import MAX_GAPS, Run, Sequences


def runs(*frames: bytes) -> list[Run]:
    sequences = Sequences()
    for frame in frames:
        sequences.take("S", FieldList(frame))
    return sequences.directions["S"]


def beats(*numbers: int) -> list[bytes]:
    return [admin("0", number) for number in numbers]


def told(run: Run) -> tuple[int, int, list[tuple[int, int]], int, int]:
    return run.first, run.last, run.gaps, run.repeated, run.resent


def test_a_log_may_begin_anywhere() -> None:
    (run,) = runs(*beats(17, 18, 19))
    assert told(run) == (17, 19, [], 0, 0)


def test_what_is_missing_and_what_is_twice_is_told() -> None:
    (run,) = runs(*beats(1, 2, 5, 6, 6, 9))
    assert told(run) == (1, 9, [(3, 4), (7, 8)], 1, 0)
    assert run.missing() == 4 and run.count == 6


def test_resent_messages_and_gap_fills_close_gaps() -> None:
    (run,) = runs(*beats(1, 9), admin("0", 3, "43=Y|"), admin("4", 4, "43=Y|123=Y|36=7|"), admin("0", 3, "43=Y|"))
    assert told(run) == (1, 9, [(2, 2), (7, 8)], 0, 3)


def test_a_gap_fill_moves_the_count_on() -> None:
    (run,) = runs(*beats(1, 2), admin("4", 3, "123=Y|36=10|"), *beats(10, 11))
    assert told(run) == (1, 11, [], 0, 0)


def test_a_reset_begins_a_new_run() -> None:
    by_logon = runs(logon(7), *beats(8), logon(1, "141=Y|"), *beats(2, 4))
    assert [told(run) for run in by_logon] == [(7, 8, [], 0, 0), (1, 4, [(3, 3)], 0, 0)]
    by_reset = runs(*beats(5, 6), admin("4", 7, "36=100|"), *beats(100, 101))
    assert [told(run) for run in by_reset] == [(5, 7, [], 0, 0), (100, 101, [], 0, 0)]


def test_numbers_that_are_none_are_passed_over() -> None:
    sequences = Sequences()
    for text in ("x", "", "-1", "9" * 40):
        sequences.take("S", FieldList(b"8=FIX.4.4\x0135=0\x0134=%b\x01" % text.encode()))
    assert not sequences.directions


def test_what_is_remembered_is_bounded() -> None:
    (run,) = runs(*beats(*range(1, 3 * MAX_GAPS, 2)))
    assert len(run.gaps) == MAX_GAPS and run.lost_gaps > 0
