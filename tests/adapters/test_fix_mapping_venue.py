"""What venues are asked, and how what they say is read, in FIX 4.2 and FIX 4.4."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.mapping_desk import FIX_42, FIX_44, MappingDesk, complaint, framed, shown, written
from tests.fix.wire import frame

from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.venue_in import command_of
from kairos.fix.errors import GarbledError
from kairos.fix.parser import parse
from kairos.model.commands import Command, ReportCancelReject, ReportExecution, ReportVenueRefusal
from kairos.model.enums import CxlRejResponseTo, ExecType, OrdStatus
from kairos.model.numbers import PRICE_SCALE

VERSIONS = [FIX_42, FIX_44]
NEW = (
    "11=A1|21=1|55=2330|207=XTAI|54=5|114=N|60=20261122-08:00:00|38=1000|40=4|44=1005|99=1010|111=100|59=6|432=20261123"
)
SENT = {
    3: ("D", b"1=ACC\x0111=R1\x0121=1\x01"),
    4: ("F", b"11=R1-1\x0141=R1\x01"),
    5: ("G", b"11=R1-2\x0141=R1\x01"),
    6: ("H", b"11=R1\x0154=1\x01"),
    7: ("Q", b"17=E1\x01"),
}


def read(msg_type: str, fields: str, begin_string: str = FIX_44, header: str = "") -> Command | Rejection | None:
    return command_of(written(begin_string, msg_type, fields, header), "XTAI", SENT.get)


def execution(fields: str, begin_string: str = FIX_44, header: str = "") -> ReportExecution:
    command = read("8", f"37=V1|17=E1|11=R1|55=2330|54=1|{fields}", begin_string, header)
    assert isinstance(command, ReportExecution), command
    return command


def valid_requests(desk: MappingDesk, begin_string: str) -> list[str]:
    for msg_type, body in desk.to_venue:
        assert complaint(framed(begin_string, msg_type, body), begin_string) == ""
    return [f"{msg_type} {shown(body)}" for msg_type, body in desk.to_venue]


def test_golden_requests_of_a_routes_life() -> None:
    desk = MappingDesk(FIX_44)
    desk.client("D", NEW)
    desk.venue("8", "37=V1|11=R1|17=E1|150=0|39=0|55=2330|54=5|151=1000|14=0|6=0")
    desk.client("G", NEW.replace("11=A1", "11=A2|41=A1").replace("38=1000", "38=1200"))
    desk.client("F", "11=A3|41=A1|55=2330|207=XTAI|54=5|60=20261122-08:00:00")
    desk.venue("9", "37=V1|11=R1-1|41=R1|39=0|434=2|102=1")
    desk.venue("8", "37=V1|11=R1|17=E2|150=F|39=1|55=2330|54=5|151=0|14=0|6=0|32=5000|31=1004")
    who = "48=TW0002330008|54=5|55=2330"
    assert valid_requests(desk, FIX_44) == [
        f"D 1=ACC|11=R1|21=1|22=4|38=1000|40=4|44=1005|{who}|59=6|60=20261122-08:00:00.000|99=1010|111=100|114=N|"
        "126=20261123-23:59:59.999|207=XTAI",
        f"G 1=ACC|11=R1-1|21=1|22=4|37=V1|38=1200|40=4|41=R1|44=1005|{who}|59=6|60=20261122-08:00:00.000|99=1010|"
        "111=100|114=N|126=20261123-23:59:59.999|207=XTAI",
        f"F 1=ACC|11=R1-2|22=4|37=V1|38=1000|41=R1-1|{who}|60=20261122-08:00:00.000|207=XTAI",
        f"H 1=ACC|11=R1|22=4|37=V1|{who}|207=XTAI|790=S1-1795334400000000000",
        f"Q 17=E2|22=4|31=1004|32=5000|37=V1|38=1000|{who}|58=OVERFILL: LastQty(32) is above LeavesQty(151) "
        "(last_qty 5000, open_qty 1000)|127=C|207=XTAI",
    ]


def test_the_same_requests_are_valid_in_fix_4_2() -> None:
    desk = MappingDesk(FIX_42)
    desk.client("D", NEW.replace("40=4|44=1005|99=1010|111=100|59=6|432=20261123", "40=2|44=1005|59=7"))
    desk.client("G", NEW.replace("11=A1", "11=A2|41=A1").replace("38=1000", "38=1200"))
    desk.client("F", "11=A3|41=A1|55=2330|207=XTAI|54=5|60=20261122-08:00:00")
    desk.venue("9", "37=V1|11=R1-1|41=R1|39=0|434=2|102=1")
    desk.venue("8", "37=V1|11=QQ|17=E2|20=0|150=2|39=2|55=2330|54=5|151=0|14=0|6=0|32=5000|31=1004")
    requests = valid_requests(desk, FIX_42)
    assert [request[0] for request in requests] == ["D", "G", "F", "H", "Q"]
    assert "|40=B|44=1005|" in requests[0]
    assert "|59=" not in requests[0]
    assert "|790=" not in requests[3]
    assert requests[4] == (
        "Q 17=E2|31=1004|32=5000|37=V1|54=1|55=[N/A]|58=UNKNOWN_ORDER: order is unknown|127=D"
    )  # nothing is known of an order that is not ours


def test_a_trade_that_came_twice_is_no_dispute() -> None:
    desk = MappingDesk(FIX_44)
    desk.client("D", NEW)
    fill = "37=V1|11=R1|17=E2|150=F|39=1|55=2330|54=5|151=900|14=100|6=0|32=100|31=1004"
    assert len(desk.venue("8", fill)) == 1
    assert desk.venue("8", fill) == []
    assert [msg_type for msg_type, _body in desk.to_venue] == ["D"]


def test_an_execution_keeps_every_field() -> None:
    fields = "41=R0|150=F|39=1|32=400|31=1004.5|14=400|151=600|38=1000|44=1005|60=20261122-08:00:00|58=ok|103=0|19=E0"
    assert execution(fields, header="43=Y|122=20261122-08:00:00") == ReportExecution(
        "XTAI", ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, "R1", "R0", "V1", "E1", "E0", 400, 100_450_000_000,
        400, 600, 1000, 1005 * PRICE_SCALE, "0", "ok", 1_795_334_400_000_000_000, True,
    )  # fmt: skip


FILL = "32=400|31=1004|14=400|151=600"
WORDS_OF_FIX_4_2 = [
    # ExecTransType, ExecType, OrdStatus -> FIX 4.4's
    ("20=0|150=0|39=0", ExecType.NEW, OrdStatus.NEW),
    (f"20=0|150=1|39=1|{FILL}", ExecType.TRADE, OrdStatus.PARTIALLY_FILLED),
    (f"20=0|150=2|39=2|{FILL}", ExecType.TRADE, OrdStatus.FILLED),
    (f"20=0|150=1|39=6|{FILL}", ExecType.TRADE, OrdStatus.PENDING_CANCEL),
    ("20=1|150=1|39=1|19=E0", ExecType.TRADE_CANCEL, OrdStatus.PARTIALLY_FILLED),
    (f"20=2|150=1|39=1|19=E0|{FILL}", ExecType.TRADE_CORRECT, OrdStatus.PARTIALLY_FILLED),
    ("20=3|150=1|39=1", ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED),
    ("20=0|150=4|39=4", ExecType.CANCELED, OrdStatus.CANCELED),
    ("20=0|150=5|39=5|14=0", ExecType.REPLACED, OrdStatus.NEW),
    ("20=0|150=5|39=5|14=7", ExecType.REPLACED, OrdStatus.PARTIALLY_FILLED),
    ("20=0|150=8|39=8", ExecType.REJECTED, OrdStatus.REJECTED),
    ("20=0|150=C|39=C", ExecType.EXPIRED, OrdStatus.EXPIRED),
    ("20=0|150=D|39=0", ExecType.RESTATED, OrdStatus.NEW),
    ("20=0|150=3|39=3", ExecType.DONE_FOR_DAY, OrdStatus.DONE_FOR_DAY),
]


@pytest.mark.parametrize(("fields", "exec_type", "ord_status"), WORDS_OF_FIX_4_2)
def test_fix_4_2_in_the_words_of_fix_4_4(fields: str, exec_type: ExecType, ord_status: OrdStatus) -> None:
    command = execution(fields, FIX_42)
    assert (command.exec_type, command.ord_status) == (exec_type, ord_status)


@pytest.mark.parametrize("exec_type", list(ExecType))
def test_fix_4_4_is_taken_as_it_is(exec_type: ExecType) -> None:
    assert execution(f"150={exec_type}|39=1|19=E0|{FILL}").exec_type is exec_type


def test_calculated_changes_nothing() -> None:
    assert read("8", "37=V1|17=E1|11=R1|150=B|39=B") is None


def test_a_restatement_tells_its_reason_and_a_possible_resend_is_a_possible_duplicate() -> None:
    command = execution("150=D|39=1|378=5", header="97=Y")
    assert (command.rej_reason, command.poss_dup) == ("5", True)
    assert not execution("150=D|39=1|378=5").poss_dup


def test_a_cancel_reject() -> None:
    fields = "37=V1|11=R1-1|41=R1|39=2|434=1|102=0|58=filled"
    assert read("9", fields) == ReportCancelReject(
        "XTAI", "R1-1", "R1", "V1", OrdStatus.FILLED, "0", CxlRejResponseTo.ORDER_CANCEL_REQUEST, "filled"
    )


REFUSED_BY_VENUE = [
    ("3", "45=3|372=D|371=38|373=5|58=no", "R1", "Reject(3) SessionRejectReason(373) 5, RefTagID(371) 38: no"),
    ("3", "45=4", "R1-1", "Reject(3) SessionRejectReason(373) -: "),
    ("j", "45=5|372=G|380=3|58=closed", "R1-2", "BusinessMessageReject(j) BusinessRejectReason(380) 3: closed"),
    ("j", "372=D|379=R9|380=0|58=x", "R9", "BusinessMessageReject(j) BusinessRejectReason(380) 0: x"),
    ("j", "45=99|372=F|380=0|58=x", "", "BusinessMessageReject(j) BusinessRejectReason(380) 0: x"),
]


@pytest.mark.parametrize(("msg_type", "fields", "cl_ord_id", "text"), REFUSED_BY_VENUE)
def test_a_refused_request_is_found_by_what_we_sent_else_by_what_the_venue_names(
    msg_type: str, fields: str, cl_ord_id: str, text: str
) -> None:
    assert read(msg_type, fields) == ReportVenueRefusal("XTAI", cl_ord_id, text)


@pytest.mark.parametrize(
    ("msg_type", "fields"), [("j", "45=6|372=H|380=3"), ("3", "45=7|372=Q"), ("3", "45=99|372=0"), ("3", "45=99")]
)
def test_a_refusal_of_anything_but_an_order_or_request_changes_nothing(msg_type: str, fields: str) -> None:
    """Above all a status request: its order may well be live."""
    assert read(msg_type, fields) is None


REJECTIONS = [
    ("8", "17=E1|150=0|39=0", "3", 1, 37),
    ("8", "37=V1|150=0|39=0", "3", 1, 17),
    ("8", "37=V1|17=E1|39=0", "3", 1, 150),
    ("8", "37=V1|17=E1|150=0", "3", 1, 39),
    ("8", "37=V1|17=E1|150=Z|39=0", "j", 0, 150),
    ("8", "37=V1|17=E1|150=0|39=Z", "j", 0, 39),
    ("8", "37=V1|17=E1|150=0|39=?", "j", 0, 39),
    ("8", "37=V1|17=E1|150=F|39=1|31=5", "j", 5, 32),
    ("8", "37=V1|17=E1|150=F|39=1|32=5", "j", 5, 31),
    ("8", "37=V1|17=E1|150=H|39=1", "j", 5, 19),
    ("8", "37=V1|17=E1|150=F|39=1|32=5.5|31=5", "j", 0, 32),
    ("8", "37=V1|17=E1|150=F|39=1|32=5|31=five", "3", 6, 31),
    ("9", "37=V1|11=R1|41=R0|39=0", "3", 1, 434),
    ("9", "37=V1|41=R0|39=0|434=1", "3", 1, 11),
    ("6", "23=x", "j", 3, 35),
]


@pytest.mark.parametrize(("msg_type", "fields", "kind", "reason", "tag"), REJECTIONS)
def test_what_is_missing_or_malformed_is_named(msg_type: str, fields: str, kind: str, reason: int, tag: int) -> None:
    rejection = read(msg_type, fields)
    assert isinstance(rejection, Rejection), rejection
    assert (rejection.kind.value, rejection.reason, rejection.ref_tag) == (kind, reason, tag)
    assert f"({tag})" in rejection.text


VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=255), min_size=1, max_size=24)


@given(st.sampled_from("89j3"), st.dictionaries(st.integers(11, 500), VALUES, max_size=12), st.sampled_from(VERSIONS))
def test_whatever_a_venue_sends_is_a_command_a_rejection_or_nothing(
    msg_type: str, values: dict[int, str], begin_string: str
) -> None:
    pairs = {11: "R1", 17: "E1", 37: "V1", 39: "0", 45: "3", 150: "0", 434: "1", **values}
    text = "".join(f"{tag}={value}|" for tag, value in pairs.items() if tag != 35 and "|" not in value)
    try:
        message = parse(frame(f"35={msg_type}|{text}", begin_string))
    except GarbledError:  # a data field shorter than its length says: the parser's to refuse
        return
    assert isinstance(command_of(message, "XTAI", SENT.get), Command | Rejection | None)
