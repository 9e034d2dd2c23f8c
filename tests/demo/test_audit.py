"""The audit passes when clients, engine and exchange agree, and each way of differing is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.demo.desk_events import PX, accepted, canceled, routed, traded

from kairos.adapters.journal_verify import VerifyReport
from kairos.demo.audit import checks_of, sums_of
from kairos.demo.orders import ClientOrders, Fill
from kairos.demo.records import EngineRecord, Execution

WHOLE = VerifyReport(ok=True, batches=1, events=1, first_seq=1, last_seq=1, last_hash="")


class Day:
    """Order 1 of ALDER traded 40 at the exchange and 10 by phone, order 2 of BIRCH 5; all three records say so."""

    def __init__(self) -> None:
        self.engine = EngineRecord()
        for event in (
            *(accepted(1), routed(1), traded(1, 11, 40, 40), traded(1, 12, 10, 50, by_hand=True), canceled(1, 50)),
            *(accepted(2, "BIRCH"), routed(2), traded(2, 21, 5, 5), canceled(2, 5)),
        ):
            self.engine.take(event)
        self.exchange = [Execution(1, 40, PX), Execution(2, 5, PX)]
        self.clients = {"ALDER": ClientOrders(), "BIRCH": ClientOrders()}
        self.clients["ALDER"].fills = {"11": Fill("1", 40, PX), "12": Fill("1", 10, PX)}
        self.clients["BIRCH"].fills = {"21": Fill("2", 5, PX)}
        self.journal = WHOLE

    def failed(self) -> set[str]:
        checks = checks_of(self.clients, self.engine, self.exchange, self.journal)
        return {check.name for check in checks if not check.holds}


def test_three_records_that_agree_pass_every_check() -> None:
    assert Day().failed() == set()


def test_what_was_done_by_phone_is_not_expected_of_the_exchange() -> None:
    day = Day()
    alder = sums_of(day.clients, day.engine, day.exchange)[0]
    assert (alder.cum_qty_by_fix, alder.cum_qty_of_engine) == (50, 50)
    assert (alder.by_hand_qty, alder.cum_qty_of_exchange) == (10, 40)


def lose_a_fill_on_the_way_to_the_client(day: Day) -> None:
    del day.clients["ALDER"].fills["12"]


def tell_another_price(day: Day) -> None:
    day.clients["BIRCH"].fills["21"] = Fill("2", 5, PX + 1)


def lose_a_fill_of_the_exchange(day: Day) -> None:
    day.exchange.append(Execution(2, 7, PX))


def swap_two_fills(day: Day) -> None:
    """Sums agree; orders do not."""
    day.engine.take(accepted(3))
    day.engine.take(canceled(3, 0))
    day.exchange[0] = Execution(3, 40, PX)


def trade_for_nobody(day: Day) -> None:
    day.exchange.append(Execution(0, 7, PX))


def leave_an_order_unanswered(day: Day) -> None:
    day.clients["ALDER"].unanswered["A9"] = (0, 1)


def tell_twice(day: Day) -> None:
    day.clients["ALDER"].told_twice.append("11")


def leave_an_order_open(day: Day) -> None:
    day.engine.take(accepted(3))


def damage_the_journal(day: Day) -> None:
    day.journal = VerifyReport(False, 0, 0, 1, 0, "", "hash differs", 1)


ORDER_BY_ORDER = "order by order, all three agree"


@pytest.mark.parametrize(
    ("go_wrong", "names"),
    [
        (
            lose_a_fill_on_the_way_to_the_client,
            {"clients' fills = engine's CumQty", "clients' notional = engine's", ORDER_BY_ORDER},
        ),
        (tell_another_price, {"clients' notional = engine's"}),
        (lose_a_fill_of_the_exchange, {"engine's CumQty = exchange's + by hand", ORDER_BY_ORDER}),
        (swap_two_fills, {ORDER_BY_ORDER}),
        (trade_for_nobody, {ORDER_BY_ORDER}),
        (leave_an_order_unanswered, {"every order was answered"}),
        (tell_twice, {"no execution was told twice"}),
        (leave_an_order_open, {"every order has ended"}),
        (damage_the_journal, {"journal verified"}),
    ],
)
def test_each_way_of_differing_is_seen(go_wrong: Callable[[Day], None], names: set[str]) -> None:
    day = Day()
    go_wrong(day)
    assert day.failed() == names
