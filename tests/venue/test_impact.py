"""With an impact, what clients take pushes the price away from who comes next, and it comes back by half-lives."""

from __future__ import annotations

import pytest
from tests.venue.desk import SECOND, Desk

from kairos.venue.tape_impact import MICRO, Impact, Push
from kairos.venue.tape_rules import TapeRules

RULES = TapeRules(impact=Impact(4, 10 * SECOND))


def test_who_comes_next_pays_the_push_and_it_is_half_gone_after_a_half_life() -> None:
    desk = Desk(rules=RULES).quote("10.00", 400, "10.02", 400).order("A1 BUY 200 MKT IOC")
    desk.order("A2 BUY 10 MKT IOC").order("A3 BUY 10 @ 10.03 IOC").order("S1 SELL 10 MKT IOC")
    assert desk.fills() == ["A1 200@10.02", "A2 10@10.04", "S1 10@10"]
    assert desk.at(170).order("A4 BUY 10 MKT IOC").fills() == ["A4 10@10.03"]
    assert desk.at(400).order("A5 BUY 10 MKT IOC").fills() == ["A5 10@10.02"]


def test_what_was_taken_stays_taken_and_a_resting_limit_waits_for_the_price_to_come_back() -> None:
    desk = Desk(rules=RULES).quote("10.00", 400, "10.02", 400).order("A1 BUY 400 MKT IOC").order("B1 BUY 50 @ 10.03")
    assert desk.quote("10.00", 400, "10.02", 450).fills() == ["A1 400@10.02"]
    assert desk.at(185).quote("10.00", 400, "10.02", 450).fills() == ["B1 50@10.02"]


def test_fill_or_kill_counts_at_the_pushed_price() -> None:
    desk = Desk(rules=RULES).quote("10.00", 400, "10.02", 400).order("A1 BUY 200 MKT IOC")
    desk.order("K1 BUY 100 @ 10.03 FOK").order("K2 BUY 200 @ 10.04 FOK")
    assert desk.fills() == ["A1 200@10.02", "K2 200@10.04"]


def test_a_push_is_exact_at_half_lives_straight_between_and_forgotten_in_the_end() -> None:
    push = Push(Impact(8, 100))
    push.add(50, 50, 1000)
    assert [push.left(1000 + elapsed) for elapsed in (0, 50, 100, 200, 250, 6000)] == [
        8 * MICRO, 6 * MICRO, 4 * MICRO, 2 * MICRO, 3 * MICRO // 2, 0,
    ]  # fmt: skip


def test_without_an_impact_the_price_stays() -> None:
    desk = Desk().quote("10.00", 400, "10.02", 400).order("A1 BUY 200 MKT IOC").order("A2 BUY 10 MKT IOC")
    assert desk.fills() == ["A1 200@10.02", "A2 10@10.02"]


@pytest.mark.parametrize("terms", [(0, 1), (1001, 1), (1, 0)])
def test_an_impact_that_makes_no_sense_is_refused(terms: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="ticks from 1 to 1000"):
        Impact(*terms)
