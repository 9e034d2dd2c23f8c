"""The mapping in every version of FIX: what it writes is valid by the version, what it reads is understood."""

from __future__ import annotations

import pytest
from tests.adapters import mapping_events as ev
from tests.adapters.test_fix_mapping_client_out import QTY, every_event, standing

from kairos.adapters.fix_mapping import client_in, venue_in
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.fitting import Fitting
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.venue_out import VenueRequests
from kairos.adapters.fix_mapping.versions import VERSIONS, dialect_of, version_of_message
from kairos.fix import tags as t
from kairos.fix.appl_versions import appl_ver_id_of, session_dictionary
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.writer import BodyWriter, encode_frame
from kairos.model.commands import (
    CancelOrder,
    Command,
    ReplaceOrder,
    ReportCancelReject,
    ReportExecution,
    RequestOrderStatus,
    SubmitOrder,
)
from kairos.model.enums import DKReason, ExecType, OrdStatus, Side
from kairos.model.events import (
    Event,
    RouteCancelRequested,
    RouteReplaceRequested,
    RouteRequested,
    RouteStatusRequested,
    VenueReportRefused,
)
from kairos.model.refusals import REFUSAL_RULES, RefusalCode

SESSION = "S1"
OLD = ("FIX.4.0", "FIX.4.1")
STRICT = ValidationRules(allow_user_defined=False)


def begin_string_of(version: str) -> str:
    return "FIXT.1.1" if version.startswith("FIX.5") else version


def framed(version: str, msg_type: str, body: bytes) -> Message:
    """A body as the peer gets it, judged by its dictionary."""
    begin_string = begin_string_of(version)
    message = parse(encode_frame(begin_string, msg_type, 7, "A", "B", b"20261122-08:00:00", body))
    violation = validate(message, session_dictionary(begin_string, appl_ver_id_of(version)), STRICT)
    assert violation is None, (message, violation.text, violation.ref_tag)
    return message


def directory() -> InstrumentDirectory:
    known = InstrumentDirectory()
    known.note(ev.INSTRUMENT)
    return known


def told(event: Event, version: str) -> Message:
    reports = ClientReports(ev.OneOrderBook(SESSION, ev.terms_of(QTY)), directory(), lambda session: version)
    report = reports.reports_of(event)
    assert report is not None, event
    assert report[0] == SESSION
    return framed(version, report[1], report[2])


@pytest.mark.parametrize("version", VERSIONS)
def test_every_report_is_valid_by_its_dictionary(version: str) -> None:
    for event in every_event(SESSION):
        told(event, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_report_says_what_the_version_says(version: str) -> None:
    """ExecTransType(20) up to FIX 4.2, ExecType(150) from 4.1 on, LeavesQty(151) likewise."""
    trade = told(
        ev.execution("F", SESSION, standing(OrdStatus.PARTIALLY_FILLED, 400, 600), ev.terms_of(QTY), "", "", 400),
        version,
    )
    assert trade.has(t.EXEC_TRANS_TYPE) == (version in (*OLD, "FIX.4.2"))
    assert trade.has(t.LEAVES_QTY) == trade.has(t.EXEC_TYPE) == (version != "FIX.4.0")
    expected = {"FIX.4.0": "", "FIX.4.1": "1", "FIX.4.2": "1"}
    assert trade.get(t.EXEC_TYPE) == expected.get(version, "F")
    assert (trade.get_int(t.LAST_QTY), trade.get(t.LAST_PX), trade.get_int(t.CUM_QTY)) == (400, "1004", 400)


@pytest.mark.parametrize("version", OLD)
def test_a_restatement_is_a_status_where_the_version_has_no_word_for_it(version: str) -> None:
    restated = told(ev.execution("D", SESSION, standing(OrdStatus.NEW), ev.terms_of(QTY), "", ""), version)
    assert (restated.get(t.EXEC_TRANS_TYPE), restated.get(t.ORD_STATUS), restated.get(t.LAST_QTY)) == ("3", "0", "0")
    pending = told(ev.execution("E", SESSION, standing(OrdStatus.PENDING_REPLACE), ev.terms_of(QTY), "Y", "X"), version)
    assert pending.get(t.ORD_STATUS) == "6"
    assert pending.get(t.EXEC_TYPE) == ("6" if version == "FIX.4.1" else "")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_mass_cancel_is_reported_where_there_is_a_message_for_it(version: str) -> None:
    event = ev.mass_canceled(SESSION, True)
    if version in (*OLD, "FIX.4.2"):
        reports = ClientReports(ev.OneOrderBook(SESSION, ev.terms_of(QTY)), directory(), lambda session: version)
        assert reports.reports_of(event) is None
    else:
        report = told(event, version)
        assert report.has(1369) == (version in ("FIX.5.0SP1", "FIX.5.0SP2"))


EXEC_TYPES = "034567C8FGHI"
UNSAID = {"7": OrdStatus.STOPPED}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("exec_type", EXEC_TYPES)
def test_what_we_tell_a_client_we_understand_of_a_venue(version: str, exec_type: str) -> None:
    statuses = {"0": "0", "3": "3", "4": "4", "5": "0", "6": "6", "7": "7", "C": "C", "8": "8"}
    cum, leaves = (400, 600) if exec_type in "FGHI" else (0, QTY)
    status = OrdStatus(statuses.get(exec_type, "1"))
    event = ev.execution(exec_type, SESSION, standing(status, cum, leaves), ev.terms_of(QTY), "Y", "X", 400)
    command = venue_in.command_of(told(event, version), "XTAI", lambda seq: None, version)
    assert isinstance(command, ReportExecution), command
    if version != "FIX.4.0" or exec_type not in "5":
        assert command.exec_type is ExecType(exec_type)
    assert (command.cum_qty, command.venue_order_id) == (cum, "1")
    if exec_type not in "348C":
        assert command.leaves_qty == leaves
    if exec_type in "FG":
        assert command.last_qty == 400


@pytest.mark.parametrize("version", VERSIONS)
def test_a_refused_cancel_is_understood_of_a_venue(version: str) -> None:
    refusal = told(ev.request_rejected(SESSION, "Y", RefusalCode.TOO_LATE), version)
    command = venue_in.command_of(refusal, "XTAI", lambda seq: None, version)
    assert isinstance(command, ReportCancelReject), command
    assert command.cl_ord_id == "Y"
    assert (
        command.ord_status is OrdStatus.UNKNOWN if version == "FIX.4.0" else command.ord_status is not OrdStatus.UNKNOWN
    )


def read(version: str, msg_type: str, fields: str) -> Command | Rejection:
    """A client's message; what the version lacks is left out of it."""
    writer = BodyWriter()
    for field in fields.split("|"):
        tag, value = field.split("=", 1)
        writer.put_str(int(tag), value)
    body = Fitting(version).fit(msg_type, writer.body())
    door = ClientDoor(SESSION, "C1", version, "ACC")
    return client_in.command_of(framed(version, msg_type, body), door, directory())


TERMS = "21=1|55=2330|54=1|60=20261122-08:00:00|38=1000|40=2|44=1005|59=0"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_client_may_order_replace_cancel_and_ask(version: str) -> None:
    order = read(version, "D", f"11=A1|{TERMS}")
    assert isinstance(order, SubmitOrder), order
    assert (order.cl_ord_id, order.terms.order_qty, order.account_id) == ("A1", 1000, "ACC")
    replace = read(version, "G", f"41=A1|11=A2|{TERMS}")
    assert isinstance(replace, ReplaceOrder), replace
    assert (replace.orig_cl_ord_id, replace.cl_ord_id) == ("A1", "A2")
    cancel = read(version, "F", "41=A2|11=A3|125=F|55=2330|54=1|38=1000|60=20261122-08:00:00")
    assert isinstance(cancel, CancelOrder), cancel
    status = read(version, "H", "11=A3|55=2330|54=1")
    assert isinstance(status, RequestOrderStatus), status


def test_a_cancel_of_a_part_is_refused_by_name() -> None:
    refused = read("FIX.4.0", "F", "41=A2|11=A3|125=P|55=2330|54=1|38=1000")
    assert isinstance(refused, Rejection)
    assert (refused.ref_tag, "CxlType(125) 'P'" in refused.text) == (t.CXL_TYPE, True)


@pytest.mark.parametrize("version", OLD)
def test_on_close_is_an_ord_type_up_to_fix_42(version: str) -> None:
    order = read(version, "D", f"11=A1|{TERMS}".replace("40=2", "40=B"))
    assert isinstance(order, SubmitOrder), order
    assert (order.terms.ord_type, order.terms.time_in_force) == ("2", "7")


class Route:
    """A `RouteView` of order 1."""

    route_id = 5
    order_id = 1
    venue_id = "XTAI"
    cl_ord_id = "K5"
    venue_order_id = "V5"
    side = Side.BUY
    terms = ev.terms_of(QTY)
    base = OrdStatus.NEW


class RoutedBook(ev.OneOrderBook):
    def route(self, route_id: int) -> Route:
        return Route()


ASKED: list[Event] = [
    RouteRequested(ev.NOW_NS, 5, 1, "XTAI", "K5", "2330.XTAI", Side.BUY, "ACC", ev.terms_of(QTY), False, ""),
    RouteRequested(ev.NOW_NS, 5, 1, "XTAI", "K5", "2330.XTAI", Side.SELL_SHORT, "ACC", ev.terms_of(QTY), False, ""),
    RouteCancelRequested(ev.NOW_NS, 5, "K6", "K5"),
    RouteReplaceRequested(ev.NOW_NS, 5, "K6", "K5", ev.terms_of(QTY)),
    RouteStatusRequested(ev.NOW_NS, 5, "R1"),
    VenueReportRefused(
        ev.NOW_NS, "XTAI", 5, "K5", "V5", "901", ExecType.TRADE, "2330.XTAI", Side.BUY, 100, 1,
        RefusalCode.ILLEGAL_STATE, (), DKReason.OTHER, "",
    ),
]  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("event", ASKED, ids=lambda event: type(event).__name__)
def test_every_request_to_a_venue_is_valid_by_its_dictionary(event: Event, version: str) -> None:
    requests = VenueRequests(RoutedBook(SESSION, ev.terms_of(QTY)), directory(), lambda venue_id: version)
    request = requests.request_of(event)
    assert request is not None
    message = framed(version, request[1], request[2])
    if request[1] == t.ORDER_CANCEL_REQUEST:
        assert message.get(t.CXL_TYPE) == ("F" if version == "FIX.4.0" else "")


def test_the_version_of_a_message_is_its_own_word_or_the_sessions() -> None:
    plain = framed("FIX.4.1", t.HEARTBEAT, b"")
    assert version_of_message(plain, "FIX.4.4") == "FIX.4.1"
    fixt = framed("FIX.5.0", t.HEARTBEAT, b"")
    assert version_of_message(fixt, "FIX.5.0SP1") == "FIX.5.0SP1"
    assert version_of_message(fixt, "") == "FIX.5.0SP2"
    header = b"1128=4\x01"
    raw = encode_frame("FIXT.1.1", "8", 7, "A", "B", b"20261122-08:00:00", b"37=1\x01", extra_header=header)
    assert version_of_message(parse(raw), "FIX.5.0SP1") == "FIX.4.2"


def test_there_is_a_dialect_for_every_version_and_for_no_other() -> None:
    assert all(dialect_of(version) is not None for version in VERSIONS)
    assert (dialect_of("FIXT.1.1"), dialect_of("FIX.4.9")) == (None, None)
    with pytest.raises(LocalError, match=r"'FIXT\.1\.1' has no mapping; use one of FIX\.4\.0"):
        ClientDoor(SESSION, "C1", "FIXT.1.1", "")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_codes_of_reasons_are_those_of_the_version(version: str) -> None:
    dialect, dictionary = dialect_of(version), load_dictionary(version)
    assert dialect is not None
    for reason in range(100):
        for tag, code in [(103, dialect.ord_rej_reason(str(reason))), (102, dialect.cxl_rej_reason(str(reason)))]:
            ours = str(reason) in session_codes(tag)
            assert not ours or code.encode() in {*dictionary.field_values(tag), b""}, (tag, reason)
        restated = dialect.restatement_reason(str(reason)).encode()
        assert restated in (dictionary.field_values(378) or {restated})


def session_codes(tag: int) -> set[str]:
    """The reasons that the engine gives, FIX 4.4's."""
    rules = REFUSAL_RULES.values()
    return {rule.ord_rej_reason for rule in rules} if tag == 103 else {rule.cxl_rej_reason for rule in rules}


def test_fitting_leaves_out_what_a_message_lacks_and_keeps_what_was_agreed() -> None:
    """A data field goes with its length field, whatever is in it."""
    fitting = Fitting("FIX.4.0")
    assert fitting.fit("D", b"11=A\x01150=0\x015001=x\x0155=Y\x01") == b"11=A\x015001=x\x0155=Y\x01"
    assert fitting.fit("D", b"354=5\x01355=a\x0111=\x0111=A\x01") == b"11=A\x01"
    assert Fitting("FIX.4.3").fit("D", b"354=5\x01355=a\x0111=\x0111=A\x01") == b"354=5\x01355=a\x0111=\x0111=A\x01"
    assert (
        Fitting("FIX.4.3").fit("D", b"453=1\x01448=X\x01802=1\x01523=a\x01803=1\x01") == b"453=1\x01448=X\x01523=a\x01"
    )
    with pytest.raises(LocalError, match=r"FIX\.4\.0 has no MsgType\(35\) 'r'"):
        fitting.fit("r", b"11=A\x01")
