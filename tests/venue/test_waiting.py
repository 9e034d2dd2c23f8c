"""Those who wait for the tape's next offer: each hears of it in its turn, and who can't be concerned is not asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.venue.desk import Desk, px

from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.venue.orders import VenueOrder
from kairos.venue.waiting import WaitingLine


def waiter(is_buy: bool, price: str, number: int) -> VenueOrder:
    kind = OrdType.LIMIT if price else OrdType.MARKET
    side = Side.BUY if is_buy else Side.SELL
    return VenueOrder(str(number), "", "", "A", side, kind, TimeInForce.DAY, 100, px(price), 0, 0, 0, number)


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["", "9.98", "9.99", "10.01"])), max_size=12),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_a_line_knows_of_its_sides_never_less_than_is_there_and_joins_in_order(
    found: list[tuple[bool, str]], parted: int, leaves: int
) -> None:
    orders = [waiter(is_buy, price, number) for number, (is_buy, price) in enumerate(found)]
    line, behind = WaitingLine(), WaitingLine()
    for number, order in enumerate(orders):
        (line if number < parted else behind).add(order)
    line.join(behind)
    for order in orders[:leaves]:
        line.remove(order)
    left = orders[leaves:]
    assert line.orders() == left
    for is_buy in (True, False):
        side = line.side(is_buy)
        limits = [order.price for order in left if order.is_buy is is_buy and not order.at_market]
        assert side.count == sum(order.is_buy is is_buy for order in left)
        assert side.limits() == len(limits)
        if limits:
            least, most = (side.shyest_px, side.boldest_px) if is_buy else (side.boldest_px, side.shyest_px)
            assert least <= min(limits) and max(limits) <= most


def test_what_is_newly_offered_goes_down_the_line_as_far_as_it_reaches() -> None:
    desk = Desk().quote("10.00", 100, "10.01", 10)
    for number in range(1, 6):
        desk.order(f"B{number} BUY 10 @ 10.0{number}")
    desk.quote("10.00", 100, "10.01", 25)
    assert desk.fills() == ["B1 10@10.01", "B2 10@10.01", "B3 5@10.01"]
    desk.quote("10.00", 100, "10.04", 7)  # beyond the limit of B3, which rests; in reach of B4
    assert desk.fills() == ["B4 7@10.04"]
    desk.order("S1 SELL 5 @ 10.03", client="D")
    assert desk.fills() == ["B4 3@10.04", "S1 3@10.04", "B5 2@10.04", "S1 2@10.04"]


def test_a_limit_of_the_line_rests_though_another_of_it_would_go_on() -> None:
    desk = Desk().quote("10.00", 100, "10.01", 10)
    desk.order("B1 BUY 20 @ 10.05").order("B2 BUY 20 @ 10.01").order("B3 BUY 20 MKT")
    desk.quote("10.00", 100, "10.03", 1)
    desk.order("S1 SELL 60 @ 10.01 IOC", client="D")
    assert desk.fills() == [
        "B1 10@10.01", "B1 1@10.03", "B1 9@10.03", "S1 9@10.03", "B3 20@10.03", "S1 20@10.03", "B2 20@10.01",
        "S1 20@10.01",
    ]  # fmt: skip
