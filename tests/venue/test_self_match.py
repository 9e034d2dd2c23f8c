"""Orders of one SelfMatchPreventionID(2362) never trade with each other; the aggressive one says what happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.venue.floor import Floor

from kairos.venue.orders import SelfMatch


@pytest.mark.parametrize(
    ("instruction", "heard", "asks", "bids"),
    [
        (SelfMatch.CANCEL_AGGRESSIVE, ["S1 10@10", "B1 10@10", "B1 CANCELED"], ["S2 10", "S3 10"], []),
        (
            SelfMatch.CANCEL_PASSIVE,
            ["S1 10@10", "B1 10@10", "S2 CANCELED", "S3 10@10", "B1 10@10"],
            [],
            ["B1 15"],
        ),
        (SelfMatch.CANCEL_BOTH, ["S1 10@10", "B1 10@10", "S2 CANCELED", "B1 CANCELED"], ["S3 10"], []),
    ],
)
def test_the_aggressive_order_says_who_is_canceled(
    instruction: SelfMatch, heard: list[str], asks: list[str], bids: list[str]
) -> None:
    floor = Floor().enter("S1 SELL 10 @ 10").enter("S2 SELL 10 @ 10", "house").enter("S3 SELL 10 @ 10", "other")
    floor.enter("B1 BUY 35 @ 10", "house", instruction)
    assert (floor.heard(), floor.asks(), floor.bids()) == (heard, asks, bids)


@pytest.mark.parametrize(
    ("instruction", "reasons"),
    [
        (SelfMatch.CANCEL_AGGRESSIVE, [("B1", "18")]),
        (SelfMatch.CANCEL_PASSIVE, [("S1", "19")]),
        (SelfMatch.CANCEL_BOTH, [("S1", "20"), ("B1", "20")]),
    ],
)
def test_the_reports_say_why(instruction: SelfMatch, reasons: list[tuple[str, str]]) -> None:
    """ExecRestatementReason(378) 18 to 20 of FIX 5.0 SP2, and the text names the id."""
    floor = Floor().enter("S1 SELL 10 @ 10", "house").enter("B1 BUY 10 @ 10", "house", instruction)
    reports = floor.reports()
    assert [(report.cl_ord_id, report.exec_restatement_reason) for report in reports] == reasons
    assert {report.text for report in reports} == {
        "self-match prevention: SelfMatchPreventionID(2362) house is on both sides"
    }


def test_without_an_id_one_may_trade_with_oneself() -> None:
    floor = Floor().enter("S1 SELL 10 @ 10").enter("B1 BUY 10 @ 10")
    assert floor.heard() == ["S1 10@10", "B1 10@10"]


def test_those_who_wait_for_the_tape_are_met_by_the_same_rule() -> None:
    floor = Floor(has_tape=True).quote("9.99", 10, "10.00", 10).enter("B1 BUY 30 @ 10.00", "house")
    floor.enter("S1 SELL 5 @ 10.00", "house", SelfMatch.CANCEL_PASSIVE)
    assert floor.heard() == ["B1 10@10", "B1 CANCELED"]


def test_fill_or_kill_counts_nothing_that_it_may_not_trade_with() -> None:
    floor = Floor().enter("S1 SELL 10 @ 10", "house").enter("S2 SELL 10 @ 10").enter("S3 SELL 10 @ 10.01")
    floor.enter("K1 BUY 20 @ 10.01 FOK", "house", SelfMatch.CANCEL_AGGRESSIVE)
    floor.enter("K2 BUY 21 @ 10.01 FOK", "house", SelfMatch.CANCEL_PASSIVE)
    assert floor.heard() == ["K1 CANCELED", "K2 CANCELED"]
    floor.enter("K3 BUY 20 @ 10.01 FOK", "house", SelfMatch.CANCEL_PASSIVE)
    assert floor.heard() == ["S1 CANCELED", "S2 10@10", "K3 10@10", "S3 10@10.01", "K3 10@10.01"]


def test_fill_or_kill_trusts_no_tape_behind_its_own_order() -> None:
    floor = Floor(has_tape=True).quote("9.99", 10, "10.02", 100)
    floor.enter("S1 SELL 10 @ 10.00").enter("S2 SELL 10 @ 10.01", "house")
    floor.enter("K1 BUY 50 @ 10.02 FOK", "house")
    assert floor.heard() == ["K1 CANCELED"]


orders = st.lists(
    st.tuples(
        st.sampled_from(["BUY", "SELL"]), st.integers(1, 50), st.integers(0, 4), st.sampled_from(["", "A", "B"]),
        st.sampled_from(SelfMatch), st.sampled_from(["DAY", "IOC", "FOK"]),
    ),
    min_size=2, max_size=40,
)  # fmt: skip


@given(entered=orders)
def test_nobody_ever_trades_with_himself_and_fill_or_kill_is_all_or_nothing(
    entered: list[tuple[str, int, int, str, SelfMatch, str]],
) -> None:
    floor = Floor()
    for number, (side, qty, cents, smp_id, smp, tif) in enumerate(entered):
        floor.enter(f"X{number} {side} {qty} @ 10.0{cents} {tif}", smp_id, smp)
        fills = [report for report in floor.reports() if report.last_qty]
        taker = floor.orders[f"X{number}"]
        makers = [floor.orders[report.cl_ord_id] for report in fills if report.cl_ord_id != f"X{number}"]
        assert not (smp_id and any(maker.smp_id == smp_id for maker in makers))
        assert tif != "FOK" or taker.cum_qty in (0, qty)
