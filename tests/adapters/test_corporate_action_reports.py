"""What a client reads of a corporate action: RESTATED or CANCELED, ExecRestatementReason(378) 0, in two versions."""

from __future__ import annotations

import pytest
from tests.adapters.mapping_desk import FIX_42, FIX_44, MappingDesk, complaint, framed, session_of

from kairos.model.commands import ApplyCorporateAction, DefineClient, RecordTrade, StartTradingDay
from kairos.model.enums import AckPolicy, SecondReplace
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.numbers import PRICE_SCALE

STORY = ("11", "41", "150", "39", "38", "44", "99", "14", "151", "6", "378", "58", "424", "425")
WHO = "21=3|55=2330|207=XTAI|60=20261122-08:00:00|59=1"
EX_DATE = 20261123


def action(kind: CorporateActionKind, new: int, old: int, cash: int, orders: OrderTreatment) -> ApplyCorporateAction:
    px = cash * PRICE_SCALE
    return ApplyCorporateAction(
        "C1", "2330.XTAI", kind, EX_DATE, new, old, px, "TWD", orders, 0, 0, False, "TSMC acts", ""
    )


class Carried:
    """A desk on the morning of an ex date: orders of the day before that nobody works at a venue."""

    def __init__(self, begin_string: str) -> None:
        self.begin_string = begin_string
        self.desk = MappingDesk()
        self.desk.do(DefineClient("C1", "Client", True, "", AckPolicy.ON_RECEIPT, SecondReplace.IN_TURN))
        for fields in (
            "11=B|54=1|38=1000|40=2|44=1000",
            "11=S|54=2|38=500|40=3|99=900",
            "11=N|54=1|38=100|40=2|44=1000|18=F",
            "11=O|54=2|38=100|40=2|44=1100",
        ):
            self.desk.client("D", f"{fields}|{WHO}", begin_string)
        self.desk.do(RecordTrade(1, 301, 990 * PRICE_SCALE, "BANK", ""))
        self.desk.do(StartTradingDay(EX_DATE))

    def told(self, command: ApplyCorporateAction) -> list[str]:
        before = len(self.desk.to_client)
        self.desk.do(command)
        return [self._gist(*report) for report in self.desk.to_client[before:]]

    def _gist(self, session: str, msg_type: str, body: bytes) -> str:
        assert (session, msg_type) == (session_of(self.begin_string), "8")
        assert complaint(framed(self.begin_string, msg_type, body), self.begin_string) == ""
        fields = [field.split("=", 1) for field in body.decode().rstrip("\x01").split("\x01")]
        values = dict(fields)
        return "|".join(f"{tag}={values[tag]}" for tag in STORY if tag in values)


@pytest.mark.parametrize("begin_string", [FIX_44, FIX_42])
def test_a_split_restates_units_and_price(begin_string: str) -> None:
    told = Carried(begin_string).told(action(CorporateActionKind.SPLIT, 3, 2, 0, OrderTreatment.ADJUST))
    assert told == [
        "11=B|150=D|39=1|38=1499|44=666|14=451|151=1048|6=660.73170732|378=0|58=TSMC acts|424=1048|425=0",
        "11=S|150=D|39=0|38=750|99=600|14=0|151=750|6=0|378=0|58=TSMC acts|424=750|425=0",
        "11=N|150=D|39=0|38=150|44=666|14=0|151=150|6=0|378=0|58=TSMC acts|424=150|425=0",
    ]


@pytest.mark.parametrize("begin_string", [FIX_44, FIX_42])
def test_a_dividend_restates_the_price_unless_the_order_says_not_to(begin_string: str) -> None:
    told = Carried(begin_string).told(action(CorporateActionKind.CASH_DIVIDEND, 1, 1, 5, OrderTreatment.ADJUST))
    assert told == [
        "11=B|150=D|39=1|38=1000|44=995|14=301|151=699|6=990|378=0|58=TSMC acts|424=699|425=0",
        "11=S|150=D|39=0|38=500|99=895|14=0|151=500|6=0|378=0|58=TSMC acts|424=500|425=0",
    ]


def test_a_house_may_cancel_instead() -> None:
    told = Carried(FIX_44).told(action(CorporateActionKind.REVERSE_SPLIT, 1, 10, 0, OrderTreatment.CANCEL))
    assert [report.split("|")[0] for report in told] == ["11=B", "11=S", "11=N", "11=O"]
    assert told[0] == "11=B|150=4|39=4|38=1000|44=1000|14=301|151=0|6=990|378=0|58=TSMC acts|424=699|425=0"


def test_a_house_may_leave_them() -> None:
    assert Carried(FIX_44).told(action(CorporateActionKind.SPLIT, 3, 2, 0, OrderTreatment.LEAVE)) == []
