"""MinQty(110): so much trades at once when the order enters, or nothing does and it is canceled."""

from __future__ import annotations

from tests.venue.floor import Floor


def sellers() -> Floor:
    return Floor().enter("S1 SELL 30 @ 10.00").enter("S2 SELL 30 @ 10.01 show 5")


def test_an_order_that_gets_its_minimum_takes_all_it_can_and_its_rest_lives_on() -> None:
    floor = sellers().enter("B1 BUY 100 @ 10.00 min 30")
    assert floor.heard() == ["S1 30@10", "B1 30@10"]
    assert floor.bids() == ["B1 70"]


def test_an_order_that_does_not_is_canceled_untouched() -> None:
    floor = sellers().enter("B1 BUY 100 @ 10.00 min 31").enter("B2 BUY 100 @ 10.01 min 61 IOC")
    reports = floor.reports()
    assert [(report.cl_ord_id, report.exec_type.name, report.text) for report in reports] == [
        ("B1", "CANCELED", "MinQty(110) 31 could not be filled at once"),
        ("B2", "CANCELED", "MinQty(110) 61 could not be filled at once"),
    ]
    assert floor.asks() == ["S1 30", "S2 30"]


def test_what_an_iceberg_hides_counts() -> None:
    floor = sellers().enter("B1 BUY 60 @ 10.01 min 60 IOC")
    assert floor.orders["B1"].cum_qty == 60


def test_the_minimum_is_met_once() -> None:
    """The rest of the order trades in any size."""
    floor = sellers().enter("B1 BUY 40 @ 10.00 min 30").enter("S3 SELL 1 @ 10.00")
    assert floor.heard()[-2:] == ["B1 1@10", "S3 1@10"]


def test_a_market_order_among_clients_alone_goes_as_far_as_the_limits_and_its_rest_is_canceled() -> None:
    floor = sellers()
    floor.book.high_px = 1_000_000_000
    floor.enter("B1 BUY 100 MKT")
    assert floor.heard() == ["S1 30@10", "B1 30@10", "B1 CANCELED"]
    assert floor.asks() == ["S2 30"]
