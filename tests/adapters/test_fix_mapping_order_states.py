"""What the order state change matrices ask of single fields, in FIX 4.4's and in 4.2's words."""

from __future__ import annotations

import pytest
from tests.adapters.mapping_desk import FIX_42, FIX_44, NOW_NS, DeskBook, MappingDesk, session_of, shown

from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.model.commands import DefineClient, DefineUser, RecordTrade, StartTradingDay, SubmitOrder
from kairos.model.enums import AckPolicy, HandlInst, OrdType, Role, SecondReplace, Side, TimeInForce
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Terms

Fields = dict[int, str]
ORDER = "21=1|55=2330|207=XTAI|54=1|60=20261122-08:00:00.000|40=2|44=1000"
VENUE = "37=V1|55=2330|54=1|6=0"


def fields_of(told: str) -> Fields:
    return {int(field.partition("=")[0]): field.partition("=")[2] for field in told.split(" ", 1)[1].split("|")}


class Desk:
    """A client in one version, its venue in FIX 4.4."""

    def __init__(self, begin_string: str = FIX_44, ack: AckPolicy = AckPolicy.ON_RECEIPT) -> None:
        self.begin_string = begin_string
        self.desk = MappingDesk()
        self.exec_ids = 0
        self.desk.do(DefineClient("C1", "Client", True, "", ack, SecondReplace.IN_TURN))

    def client(self, msg_type: str, fields: str) -> list[Fields]:
        return [fields_of(told) for told in self.desk.client(msg_type, fields, self.begin_string)]

    def venue(self, fields: str, route: str = "R1") -> list[Fields]:
        self.exec_ids += 1
        return [fields_of(told) for told in self.desk.venue("8", f"17=E{self.exec_ids}|11={route}|{VENUE}|{fields}")]

    def order(self, more: str = "38=10000") -> list[Fields]:
        return self.client("D", f"11=X|{ORDER}|{more}")


def tags(report: Fields, *wanted: int) -> tuple[str, ...]:
    return tuple(report.get(tag, "") for tag in wanted)


def test_the_days_figures_are_told_from_the_second_day_on() -> None:
    desk = Desk()
    desk.order("38=10000|59=1")
    (day_one,) = desk.venue("150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=1000")
    assert tags(day_one, 424, 425, 426) == ("", "", "")
    (done,) = desk.venue("150=3|39=3|38=10000|14=2000|151=8000")
    assert tags(done, 39, 151) == ("3", "8000")
    desk.desk.do(StartTradingDay(20261123))
    (restated,) = desk.venue("150=D|39=1|38=10000|14=2000|151=8000|378=1")
    assert tags(restated, 424, 425, 426) == ("8000", "0", "0")
    (traded,) = desk.venue("150=F|39=1|38=10000|14=3000|151=7000|32=1000|31=1010")
    assert tags(traded, 424, 425, 426) == ("8000", "1000", "1010")
    (corrected,) = desk.venue("150=G|39=1|38=10000|14=2500|151=7500|32=1500|31=1000|19=E1")
    assert tags(corrected, 424, 425, 426) == ("8500", "1000", "1010")


@pytest.mark.parametrize("begin_string", [FIX_44, FIX_42])
def test_a_split_is_a_restatement_of_reason_0(begin_string: str) -> None:
    desk = Desk(begin_string)
    desk.order("38=10000|59=1")
    desk.venue("150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=1000")
    desk.desk.do(StartTradingDay(20261123))
    (split,) = desk.venue("150=D|39=1|38=20000|14=4000|151=16000|378=0|44=500")
    assert tags(split, 150, 378, 38, 14, 151, 44, 6) == ("D", "0", "20000", "4000", "16000", "500", "500")
    assert tags(split, 424, 425) == ("16000", "0")


@pytest.mark.parametrize(("begin_string", "told"), [(FIX_44, "9"), (FIX_42, "4")])
def test_an_unsolicited_cancel_says_why(begin_string: str, told: str) -> None:
    """FIX 4.2 ends at 5: "broker option" stands for the rest."""
    desk = Desk(begin_string)
    desk.order()
    (canceled,) = desk.venue("150=4|39=4|38=10000|14=0|151=0|378=9")
    assert tags(canceled, 150, 378, 41) == ("4", told, "")


def test_a_cancel_that_was_asked_for_has_no_reason() -> None:
    desk = Desk()
    desk.order()
    desk.client("F", "11=Y|41=X|55=2330|207=XTAI|54=1|60=20261122-08:00:00.000|38=10000")
    (canceled,) = desk.venue("150=4|39=4|38=10000|14=0|151=0|378=9", route="R1-1")
    assert tags(canceled, 11, 41, 378) == ("Y", "X", "")


@pytest.mark.parametrize(("begin_string", "exec_type"), [(FIX_44, "7"), (FIX_42, "1")])
def test_a_guarantee_says_its_quantity_and_price(begin_string: str, exec_type: str) -> None:
    """D37 tells it with ExecType(150) 1; CumQty(14) says that nothing has traded."""
    desk = Desk(begin_string)
    desk.order()
    (stopped,) = desk.venue("150=7|39=7|38=10000|14=0|151=10000|32=1000|31=50.1")
    assert tags(stopped, 150, 39, 14, 151, 32, 31) == (exec_type, "7", "0", "10000", "1000", "50.1")


@pytest.mark.parametrize(("begin_string", "named"), [(FIX_44, "X"), (FIX_42, "Y")])
def test_a_bust_after_a_cancel_names_the_order_as_each_edition_does(begin_string: str, named: str) -> None:
    """J.1.b by the order's own ClOrdID(11), D35 by the cancel's."""
    desk = Desk(begin_string)
    desk.order()
    desk.venue("150=F|39=1|38=10000|14=5000|151=5000|32=5000|31=50")
    desk.client("F", "11=Y|41=X|55=2330|207=XTAI|54=1|60=20261122-08:00:00.000|38=10000")
    desk.venue("150=4|39=4|38=10000|14=5000|151=0", route="R1-1")
    (busted,) = desk.venue("150=H|39=4|38=10000|14=0|151=0|19=E1", route="R1-1")
    assert tags(busted, 11, 39, 14, 151) == (named, "4", "0", "0")


def test_an_order_that_waits_for_its_venue_is_told_when_the_venue_has_it() -> None:
    desk = Desk(ack=AckPolicy.ON_VENUE_ACK)
    assert desk.order() == []
    (status,) = desk.client("H", "11=X|55=2330|207=XTAI|54=1")
    assert tags(status, 150, 39, 151) == ("I", "A", "10000")
    (pending,) = desk.client("F", "11=Y|41=X|55=2330|207=XTAI|54=1|60=20261122-08:00:00.000|38=10000")
    assert tags(pending, 11, 41, 39) == ("Y", "X", "6")
    (new,) = desk.venue("150=0|39=0|38=10000|14=0|151=10000")
    assert tags(new, 11, 41, 150, 39, 151) == ("X", "", "0", "0", "10000")


def test_the_acknowledgement_that_a_replace_implies_names_the_order_as_it_was() -> None:
    desk = Desk(ack=AckPolicy.ON_VENUE_ACK)
    desk.order()
    desk.client("G", f"11=Y|41=X|{ORDER}|38=12000")
    new, replaced = desk.venue("150=5|39=0|38=12000|14=0|151=12000", route="R1-1")
    assert tags(new, 11, 150, 38) == ("X", "0", "10000")
    assert tags(replaced, 11, 41, 150, 38) == ("Y", "X", "5", "12000")


def test_an_amount_of_money_is_told_beside_the_units_that_it_bought() -> None:
    desk = Desk()
    (new,) = desk.order("152=10000.50")
    assert tags(new, 38, 151, 152) == ("10", "10", "10000.5")
    (traded,) = desk.venue("150=F|39=1|38=10|14=4|151=6|32=4|31=1000")
    assert tags(traded, 38, 14, 152) == ("10", "4", "10000.5")
    (refused,) = desk.client("D", f"11=Y|{ORDER}|152=999")
    assert tags(refused, 39, 103, 38, 152) == ("8", "13", "0", "999")


def test_a_status_under_an_old_id_is_tied_to_the_request() -> None:
    desk = Desk()
    desk.order()
    desk.client("G", f"11=Y|41=X|{ORDER}|38=12000")
    desk.venue("150=5|39=0|38=12000|14=0|151=12000", route="R1-1")
    (of_old,) = desk.client("H", "11=X|55=2330|207=XTAI|54=1")
    (of_new,) = desk.client("H", "11=Y|55=2330|207=XTAI|54=1")
    assert (tags(of_old, 11, 41), tags(of_new, 11, 41)) == (("Y", "X"), ("Y", ""))
    assert of_new[58] == "Nothing Done"


@pytest.mark.parametrize("begin_string", [FIX_44, FIX_42])
def test_an_order_by_phone_is_told_over_its_clients_session_without_a_cl_ord_id(begin_string: str) -> None:
    desk = Desk(begin_string).desk
    desk.reports = ClientReports(
        DeskBook(desk.engine), desk.directory, session_of_client={"C1": session_of(begin_string)}.__getitem__
    )
    terms = Terms(10_000, OrdType.LIMIT, 1000 * PRICE_SCALE, 0, TimeInForce.DAY, 0, 0)
    order = SubmitOrder(
        "LINK:tina", "C1", "", "ACC", "2330.XTAI", Side.BUY, HandlInst.MANUAL, terms, "", "", NOW_NS, False, "tina",
        verbal_cl_ord_id="X",
    )  # fmt: skip
    desk.do(DefineUser("tina", "Tina", Role.TRADER, True, ""))
    desk.do(order)
    desk.do(RecordTrade(1, 2000, 1000 * PRICE_SCALE, "BANK", "tina"))
    (session_new, _, _), (session_trade, _, _) = desk.to_client
    assert session_new == session_trade == session_of(begin_string)
    new, traded = (fields_of(f"8 {shown(body)}") for _, _, body in desk.to_client)
    assert (11 in new, 11 in traded) == (False, False)
    assert tags(traded, 39, 14, 151, 32) == ("1", "2000", "8000", "2000")
    (refused,) = desk.client("D", f"11=X|{ORDER}|38=10000", begin_string)
    assert tags(fields_of(refused), 39, 103, 38, 14) == ("8", "7", "10000", "0")
