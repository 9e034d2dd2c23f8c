"""Of which strategy an order is, and why it may pass soft limits: said over FIX."""

from __future__ import annotations

import pytest
from tests.adapters.mapping_desk import FIX_42, FIX_44, MappingDesk

from kairos.adapters.fix_mapping.parties import strategy_of
from kairos.adapters.fix_mapping.rules import Agreement
from kairos.model.values import Party
from kairos.state.order import Order

AT = "60=20261122-08:00:00"
ORDER = f"11=A1|21=1|55=2330|207=XTAI|54=1|{AT}|38=1000|40=2|44=1005|59=0"
REPLACE = f"11=A2|41=A1|21=1|55=2330|207=XTAI|54=1|{AT}|38=1000|40=2|44=1000|59=0"
AGREED = Agreement(strategy_tag=5847, reason_tag=5848)


def order_of(desk: MappingDesk) -> Order:
    return desk.engine.desk.orders[1]


@pytest.mark.parametrize("version", [FIX_42, FIX_44])
def test_fields_of_the_agreement_name_the_strategy_and_the_reason(version: str) -> None:
    desk = MappingDesk(agreement=AGREED)
    (new,) = desk.client("D", f"{ORDER}|5847=MOMENTUM|5848=block trade", version)
    order = order_of(desk)
    assert (order.strategy_id, order.reason) == ("MOMENTUM", "block trade")
    assert "|5847=MOMENTUM|5848=block trade" in new


def test_without_them_an_order_is_of_no_strategy() -> None:
    desk = MappingDesk(agreement=AGREED)
    desk.client("D", ORDER)
    assert (order_of(desk).strategy_id, order_of(desk).reason) == ("", "")


def test_what_was_not_agreed_is_refused_by_its_tag() -> None:
    with pytest.raises(AssertionError, match=r"tag\(5847\) 'MOMENTUM' is not supported: no meaning was agreed"):
        MappingDesk().client("D", f"{ORDER}|5847=MOMENTUM")


def test_a_replace_may_repeat_the_strategy_but_not_change_it() -> None:
    desk = MappingDesk(agreement=AGREED)
    desk.client("D", f"{ORDER}|5847=MOMENTUM")
    desk.venue("8", "37=V1|11=R1|17=E1|150=0|39=0|55=2330|54=1|38=1000|151=1000|14=0|6=0")
    (refused,) = desk.client("G", f"{REPLACE}|5847=OTHER")
    assert refused.startswith("9 ") and "NOT_CHANGEABLE" in refused and "strategy OTHER" in refused
    (pending,) = desk.client("G", f"{REPLACE.replace('A2', 'A3')}|5847=MOMENTUM")
    assert "|39=E|" in pending


def test_a_name_that_could_be_another_accounts_is_refused() -> None:
    desk = MappingDesk(agreement=AGREED)
    (refused,) = desk.client("D", f"{ORDER}|5847=A/B")
    assert "INVALID_VALUE" in refused


def test_the_party_that_decided_on_an_order_is_its_strategy() -> None:
    firm, algo = Party("FIRM", "D", "1", ()), Party("MOMENTUM", "D", "122", ())
    assert strategy_of((firm, algo)) == "MOMENTUM"
    assert strategy_of((firm,)) == ""
