"""A client's messages: what becomes of each field, and one row for each refusal, in FIX 4.2 and FIX 4.4."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters import mapping_events as ev
from tests.adapters.mapping_desk import FIX_42, FIX_44, complaint, framed, session_of, written

from kairos.adapters.fix_mapping.client_in import ClientDoor, command_of
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.rejection import Rejection, label
from kairos.adapters.fix_mapping.rules import HEADER_AND_TRAILER, RULES, Treatment, rule_of
from kairos.adapters.fix_mapping.venue_out import VenueRequests
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import GarbledError
from kairos.model.commands import (
    CancelOrder,
    Command,
    DisputeTrade,
    MassCancel,
    ReplaceOrder,
    RequestMassStatus,
    RequestOrderStatus,
    SubmitOrder,
)
from kairos.model.enums import (
    DKReason,
    HandlInst,
    MassCancelRequestType,
    MassStatusReqType,
    NodeKind,
    OrdType,
    Side,
    TimeInForce,
)
from kairos.model.events import RouteRequested
from kairos.model.numbers import MAX_PRICE, MAX_QTY, PRICE_SCALE
from kairos.model.values import OrderDetails, Party, Terms

VERSIONS = [FIX_42, FIX_44]
AT = "60=20261122-08:00:00.000"
ORDER = f"11=A1|21=1|55=2330|207=XTAI|54=1|{AT}|38=1000|40=2|44=1005|59=0"
REPLACE = f"{ORDER}|41=A0"


def directory() -> InstrumentDirectory:
    known = InstrumentDirectory()
    known.note(ev.INSTRUMENT)
    return known


def door(begin_string: str) -> ClientDoor:
    return ClientDoor(session_of(begin_string), "C1", begin_string, "DEFAULT")


def read(msg_type: str, fields: str, begin_string: str = FIX_44, header: str = "") -> Command | Rejection:
    return command_of(written(begin_string, msg_type, fields, header), door(begin_string), directory())


def changed(fields: str, **values: str) -> str:
    """The message with these tags set, or left out where the value is empty."""
    pairs = dict(field.split("=", 1) for field in fields.split("|"))
    pairs.update({name.lstrip("t"): value for name, value in values.items()})
    return "|".join(f"{tag}={value}" for tag, value in pairs.items() if value)


@pytest.mark.parametrize("begin_string", VERSIONS)
def test_a_new_order_keeps_every_field_that_decides(begin_string: str) -> None:
    fields = (
        f"{ORDER}|1=ACC|100=XTAI|111=100|58=care|109=MINE"
        if begin_string == FIX_42
        else (f"{ORDER}|1=ACC|100=XTAI|111=100|58=care|528=A")
    )
    fields = changed(fields, t21="3")
    assert complaint(written(begin_string, "D", fields), begin_string) == ""
    assert read("D", fields, begin_string, "97=Y") == SubmitOrder(
        session_of(begin_string), "C1", "A1", "ACC", "2330.XTAI", Side.BUY, HandlInst.MANUAL,
        Terms(1000, OrdType.LIMIT, 1005 * PRICE_SCALE, 0, TimeInForce.DAY, 0, 100),
        "XTAI", "care", ev.NOW_NS, True, "",
        details=OrderDetails(parties=(Party("MINE", "D", "3", ()),)) if begin_string == FIX_42
        else OrderDetails(order_capacity="A"),
    )  # fmt: skip


def test_what_a_new_order_may_leave_out() -> None:
    command = read("D", f"11=A1|55=2330|54=5|{AT}|38=7.0|40=1")
    assert command == SubmitOrder(
        session_of(FIX_44), "C1", "A1", "DEFAULT", "2330.XTAI", Side.SELL_SHORT, HandlInst.AUTOMATED_NO_INTERVENTION,
        Terms(7, OrdType.MARKET, 0, 0, TimeInForce.DAY, 0, 0), "", "", ev.NOW_NS, False, "",
    )  # fmt: skip


def terms_read(fields: str, begin_string: str = FIX_44) -> Terms:
    command = read("D", fields, begin_string)
    assert isinstance(command, SubmitOrder), command
    return command.terms


@pytest.mark.parametrize(("code", "ord_type"), [("5", OrdType.MARKET), ("B", OrdType.LIMIT)])
def test_fix_4_2_says_on_close_by_ord_type(code: str, ord_type: OrdType) -> None:
    for tif in ("0", ""):
        terms = terms_read(changed(ORDER, t40=code, t59=tif), FIX_42)
        assert (terms.ord_type, terms.time_in_force) == (ord_type, TimeInForce.AT_THE_CLOSE)


def test_expire_date_is_the_last_moment_of_that_day_and_expire_time_goes_first() -> None:
    end_of_day_ns = (ev.NOW_NS // 86_400_000_000_000 + 1) * 86_400_000_000_000 - 1
    dated = changed(ORDER, t59="6", t432="20261122")
    assert terms_read(dated).expire_at_ns == end_of_day_ns
    assert terms_read(f"{dated}|126=20261122-08:00:00").expire_at_ns == ev.NOW_NS


def test_the_largest_price_and_quantity_are_read_exactly() -> None:
    terms = terms_read(changed(ORDER, t38=str(MAX_QTY), t44=str(MAX_PRICE // PRICE_SCALE)))
    assert (terms.order_qty, terms.price) == (MAX_QTY, MAX_PRICE)


@pytest.mark.parametrize("begin_string", VERSIONS)
def test_replace_cancel_status_and_dispute(begin_string: str) -> None:
    session = session_of(begin_string)
    terms = Terms(1000, OrdType.LIMIT, 1005 * PRICE_SCALE, 0, TimeInForce.DAY, 0, 0)
    assert read("G", f"{REPLACE}|37=12", begin_string) == ReplaceOrder(
        session, "C1", "A1", "A0", 12, "2330.XTAI", Side.BUY, terms, "", ev.NOW_NS, "", handl_inst="1"
    )
    assert read("F", f"11=A1|41=A0|37=12|55=2330|54=1|38=5|{AT}", begin_string) == CancelOrder(
        session, "C1", "A1", "A0", 12, "2330.XTAI", "", ev.NOW_NS, ""
    )
    assert read("H", "11=A1|37=12|55=2330|54=2", begin_string) == RequestOrderStatus(
        session, "C1", "A1", 12, "2330.XTAI", Side.SELL, ""
    )
    assert read("Q", "37=12|17=99|127=B|55=2330|54=1|58=why", begin_string) == DisputeTrade(
        session, 12, 99, DKReason.WRONG_SIDE, "why"
    )


@pytest.mark.parametrize("order_id", ["V-77", "NONE", "-1", "99999999999999999999"])
def test_an_order_id_that_cant_be_ours_leaves_it_to_the_cl_ord_ids(order_id: str) -> None:
    command = read("F", f"11=A1|41=A0|37={order_id}|55=2330|54=1|{AT}")
    assert isinstance(command, CancelOrder)
    assert (command.order_id, command.orig_cl_ord_id) == (0, "A0")


def test_requests_for_many_orders_in_fix_4_4() -> None:
    session = session_of(FIX_44)
    assert read("AF", "584=M1|585=7") == RequestMassStatus(session, "C1", "M1", MassStatusReqType.ALL_ORDERS, "")
    assert read("AF", "584=M1|585=1|55=2330") == RequestMassStatus(
        session, "C1", "M1", MassStatusReqType.SECURITY, "2330.XTAI"
    )
    assert read("q", f"11=MC|530=7|{AT}") == MassCancel(
        session, "C1", "MC", MassCancelRequestType.ALL_ORDERS, "", ev.NOW_NS, ""
    )


@pytest.mark.parametrize(
    ("mass_cancel", "named", "account_id"),
    [
        (NodeKind.ACCOUNT, "", "DEFAULT"),
        (NodeKind.ACCOUNT, "1=A2|", "A2"),
        (NodeKind.CLIENT, "", ""),
        (NodeKind.CLIENT, "1=A2|", "A2"),
        (NodeKind.FIRM, "", ""),
    ],
)
def test_a_mass_cancel_is_for_the_account_that_it_names_and_says_what_was_agreed(
    mass_cancel: NodeKind, named: str, account_id: str
) -> None:
    agreed = ClientDoor(session_of(FIX_44), "C1", FIX_44, "DEFAULT", mass_cancel=mass_cancel)
    command = command_of(written(FIX_44, "q", f"{named}11=MC|530=7|{AT}"), agreed, directory())
    assert isinstance(command, MassCancel)
    assert (command.account_id, command.entitled) == (account_id, mass_cancel)


REFUSALS = [
    # version, message, fields, answer, reason, tag, what the text says
    (FIX_44, "D", changed(ORDER, t18="1 5"), "j", 0, 18, "ExecInst(18) '1 5' is not supported: an order is held"),
    (FIX_44, "D", changed(ORDER, t110="1.5"), "j", 0, 110, "MinQty(110) '1.5' is not supported"),
    (FIX_44, "D", changed(ORDER, t526="x" * 65), "j", 0, 526, "SecondaryClOrdID(526)"),
    (FIX_44, "D", f"{ORDER}|9001=house", "j", 0, 9001, "tag(9001) 'house' is not supported: no meaning was agreed"),
    (FIX_44, "D", changed(ORDER, t152="100000"), "j", 0, 152, "CashOrderQty(152)"),
    (FIX_44, "D", changed(ORDER, t38=""), "j", 5, 38, "OrderQty(38) is required"),
    (FIX_44, "D", changed(ORDER, t38="100.5"), "j", 0, 38, "'100.5' is not supported: quantities are whole"),
    (FIX_44, "D", changed(ORDER, t38="1e3"), "3", 6, 38, "OrderQty(38) is '1e3'"),
    (FIX_44, "D", changed(ORDER, t38="9" * 30), "3", 6, 38, "more than 18 digits"),
    (FIX_44, "D", changed(ORDER, t111="0.5"), "j", 0, 111, "MaxFloor(111)"),
    (FIX_44, "D", changed(ORDER, t44="1000000000"), "j", 0, 44, "'1000000000' is not supported: prices go up to"),
    (FIX_44, "D", changed(ORDER, t44="1.000000001"), "3", 6, 44, "Price(44) is '1.000000001': too many decimals"),
    (FIX_44, "D", changed(ORDER, t99="x"), "3", 6, 99, "StopPx(99)"),
    (FIX_44, "D", changed(ORDER, t54="3"), "j", 0, 54, "Side(54) '3' is not supported"),
    (FIX_44, "D", changed(ORDER, t54=""), "3", 1, 54, "Side(54) is required"),
    (FIX_44, "D", changed(ORDER, t40="P"), "j", 0, 40, "OrdType(40) 'P' is not supported: market (1)"),
    (FIX_44, "D", changed(ORDER, t40="5"), "j", 0, 40, "OrdType(40) '5'"),
    (FIX_42, "D", changed(ORDER, t40="A"), "j", 0, 40, "OrdType(40) 'A'"),
    (FIX_42, "D", changed(ORDER, t40="5", t59="3"), "j", 0, 59, "'3' is not supported: an order on close"),
    (FIX_44, "D", changed(ORDER, t40=""), "3", 1, 40, "OrdType(40) is required"),
    (FIX_44, "D", changed(ORDER, t59="5"), "j", 0, 59, "TimeInForce(59) '5'"),
    (FIX_44, "D", changed(ORDER, t21="9"), "j", 0, 21, "HandlInst(21) '9'"),
    (FIX_44, "D", changed(ORDER, t11=""), "3", 1, 11, "ClOrdID(11) is required"),
    (FIX_44, "D", changed(ORDER, t11="A" * 65), "j", 0, 11, "it has 65 characters, at most 64"),
    (FIX_44, "D", changed(ORDER, t15="USD"), "j", 0, 15, "'USD' is not supported: 2330.XTAI trades in TWD"),
    (FIX_44, "D", changed(ORDER, t64="20261201"), "j", 0, 64, "SettlDate(64) '20261201' is not supported: it goes"),
    (FIX_44, "D", changed(ORDER, t63="3", t64="20261201"), "j", 0, 64, "SettlDate(64)"),
    (FIX_44, "D", f"{ORDER}|78=1|79=SUB|80=1.5", "j", 0, 80, "AllocQty(80) '1.5' is not supported: quantities"),
    (FIX_44, "D", f"{ORDER}|78=2|79=SUB|80=10", "3", 16, 78, "NoAllocs(78) is 2, but 1 entries follow"),
    (FIX_44, "D", f"{ORDER}|347=ISO-2022-JP|354=2|355=\xff", "j", 0, 355, "it is not text in ISO-2022-JP"),
    (FIX_44, "D", f"{ORDER}|347=KOI8|354=1|355=x", "j", 0, 355, "it is not text in KOI8"),
    (FIX_44, "D", f"{ORDER}|211=0.5", "j", 0, 211, "PegOffsetValue(211)"),
    (FIX_44, "D", f"{ORDER}|388=0", "j", 0, 388, "DiscretionInst(388)"),
    (FIX_44, "D", f"{ORDER}|386=1|336=AM", "j", 0, 386, "NoTradingSessions(386)"),
    (FIX_44, "D", f"{ORDER}|847=1", "j", 0, 847, "TargetStrategy(847)"),
    (FIX_44, "D", f"{ORDER}|168={AT[3:]}", "j", 0, 168, "EffectiveTime(168)"),
    (FIX_44, "D", f"{ORDER}|200=202612", "j", 0, 200, "MaturityMonthYear(200)"),
    (FIX_44, "D", f"{ORDER}|210=10", "j", 0, 210, "MaxShow(210) '10' is not supported: use MaxFloor(111)"),
    (FIX_44, "D", f"{ORDER}|494=x", "j", 0, 494, "Designation(494) 'x' is not supported: terms of bonds"),
    (FIX_44, "D", f"{ORDER}|1385=1", "j", 0, 1385, "(1385) '1' is not supported: we do not offer it"),
    (FIX_44, "D", changed(ORDER, t60="2026"), "3", 6, 60, "TransactTime(60)"),
    (FIX_44, "D", changed(ORDER, t126="soon"), "3", 6, 126, "ExpireTime(126)"),
    (FIX_44, "D", changed(ORDER, t432="20261340"), "3", 6, 432, "ExpireDate(432)"),
    (FIX_44, "G", changed(REPLACE, t388="1"), "j", 0, 388, "DiscretionInst(388)"),
    (FIX_44, "G", changed(REPLACE, t41=""), "3", 1, 41, "OrigClOrdID(41) is required"),
    (FIX_44, "F", f"11=A1|55=2330|54=1|{AT}", "3", 1, 41, "OrigClOrdID(41) is required"),
    (FIX_44, "H", "11=A1|55=2330|54=9", "j", 0, 54, "Side(54) '9'"),
    (FIX_44, "q", f"11=M|530=7|54=1|{AT}", "j", 0, 54, "Side(54) '1' is not supported: both sides"),
    (FIX_44, "q", f"11=M|530=3|{AT}", "j", 0, 530, "MassCancelRequestType(530) '3'"),
    (FIX_44, "AF", "584=M|585=6", "j", 0, 585, "MassStatusReqType(585) '6'"),
    (FIX_44, "q", f"11=M|530=1|{AT}", "j", 5, 55, "Symbol(55) is required in a request for all of a security"),
    (FIX_44, "AF", "584=M|585=1", "j", 5, 55, "Symbol(55) is required"),
    (FIX_44, "AF", "584=M|585=7|1=ACC", "j", 0, 1, "Account(1)"),
    (FIX_42, "AF", "584=M|585=7", "j", 3, 35, "MsgType(35) 'AF' is not supported"),
    (FIX_42, "q", "11=M|530=7", "j", 3, 35, "MsgType(35) 'q'"),
    (FIX_44, "E", "66=L1", "j", 3, 35, "MsgType(35) 'E'"),
]  # fmt: skip


@pytest.mark.parametrize(("version", "msg_type", "fields", "kind", "reason", "tag", "text"), REFUSALS)
def test_a_field_that_we_do_not_take_is_refused_by_name(
    version: str, msg_type: str, fields: str, kind: str, reason: int, tag: int, text: str
) -> None:
    rejection = read(msg_type, fields, version)
    assert isinstance(rejection, Rejection), rejection
    assert (rejection.kind.value, rejection.reason, rejection.ref_tag) == (kind, reason, tag)
    assert text in rejection.text


def test_a_refused_field_is_told_with_the_cl_ord_id_of_its_message() -> None:
    rejection = read("D", changed(ORDER, t388="0"))
    assert isinstance(rejection, Rejection)
    assert rejection.ref_id == "A1"


def test_an_id_of_two_lines_is_refused() -> None:
    """Lists of ids are kept a line each."""
    rejection = read("D", changed(ORDER, t11="A\nB"))
    assert isinstance(rejection, Rejection)
    assert (rejection.kind.value, rejection.ref_tag) == ("3", 11) and "ClOrdID(11)" in rejection.text


HARMLESS = ["110=0", "63=0", "121=N", "423=2", "78=0", "15=TWD", "114=N", "528=A", "461=ESXXXX", "167=CS"]


@pytest.mark.parametrize("field", [*HARMLESS, "453=1|448=X|447=D|452=3"])
def test_a_field_that_changes_nothing_passes(field: str) -> None:
    assert isinstance(read("D", f"{ORDER}|{field}"), SubmitOrder)


@pytest.mark.parametrize("begin_string", VERSIONS)
@pytest.mark.parametrize("msg_type", sorted(RULES))
def test_no_field_of_the_dictionary_is_dropped_in_silence(begin_string: str, msg_type: str) -> None:
    """Each is in the table as honoured or informational, or refused by its name."""
    spec = load_dictionary(begin_string).message(msg_type)
    for tag in [] if spec is None else spec.allowed_tags():
        if rule_of(msg_type, tag).treatment in (Treatment.HONOURED, Treatment.INFORMATIONAL):
            continue
        rejection = read(msg_type, f"{tag}=~", begin_string)
        assert isinstance(rejection, Rejection)
        if begin_string == FIX_44 or msg_type in "DG":
            assert rejection.text.startswith(f"{label(tag)} '~' is not supported")


@pytest.mark.parametrize("begin_string", VERSIONS)
def test_the_sessions_fields_are_those_of_the_dictionary(begin_string: str) -> None:
    spec = load_dictionary(begin_string)
    assert {*spec.header_tags(), *spec.trailer_tags()} <= HEADER_AND_TRAILER


PRICES = st.integers(1, MAX_PRICE)
TERMS = st.builds(
    Terms,
    st.integers(1, MAX_QTY),
    st.sampled_from([OrdType.LIMIT, OrdType.STOP_LIMIT]),
    PRICES,
    st.integers(0, MAX_PRICE),
    st.sampled_from(list(TimeInForce)),
    st.integers(0, 10**6).map(lambda ms: ev.NOW_NS + ms * 1_000_000),
    st.integers(0, MAX_QTY),
)


@given(TERMS, st.sampled_from(list(Side)), st.sampled_from(VERSIONS))
def test_what_we_write_as_an_order_we_read_as_the_same_order(terms: Terms, side: Side, begin_string: str) -> None:
    if begin_string == FIX_42 and terms.time_in_force is TimeInForce.AT_THE_CLOSE:
        terms = Terms(terms.order_qty, OrdType.LIMIT, terms.price, 0, terms.time_in_force, 0, terms.max_floor)
    known = directory()
    requests = VenueRequests(ev.OneOrderBook("", terms), known, lambda venue_id: begin_string)
    event = RouteRequested(ev.NOW_NS, 1, 1, "XTAI", "R1", "2330.XTAI", side, "ACC", terms, False, "")
    request = requests.request_of(event)
    assert request is not None
    message = framed(begin_string, request[1], request[2])
    assert complaint(message, begin_string) == ""
    command = command_of(message, door(begin_string), known)
    assert isinstance(command, SubmitOrder), command
    assert (command.terms, command.side, command.instrument_id) == (terms, side, "2330.XTAI")


VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=255), min_size=1, max_size=24)


@given(st.sampled_from("DFGHQ"), st.dictionaries(st.integers(1, 1000), VALUES, max_size=8), st.sampled_from(VERSIONS))
def test_whatever_a_message_holds_the_door_answers_with_a_command_or_a_rejection(
    msg_type: str, values: dict[int, str], begin_string: str
) -> None:
    pairs = dict(field.split("=", 1) for field in f"{REPLACE}|37=1|17=2|127=A".split("|"))
    pairs.update({str(tag): value for tag, value in values.items() if tag not in (8, 9, 10, 35)})
    body = "".join(f"{tag}={value}\x01" for tag, value in pairs.items() if tag not in ("34", "49", "52", "56"))
    try:
        message = framed(begin_string, msg_type, body.encode("iso-8859-1"))
    except GarbledError:  # a data field shorter than its length says: the parser's to refuse
        return
    assert isinstance(command_of(message, door(begin_string), directory()), Command | Rejection)
