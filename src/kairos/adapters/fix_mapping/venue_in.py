"""A venue's message becomes a command, in FIX 4.4's words whatever the venue speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_mapping.reading import read_line, read_price, read_qty, read_required, read_text
from kairos.adapters.fix_mapping.rejection import (
    RefusedField,
    Rejection,
    RejectionKind,
    missing_here,
    unsupported,
    unsupported_type,
)
from kairos.adapters.fix_mapping.trade_details import read_trade_details
from kairos.adapters.fix_mapping.versions import FIX_4_0, FIX_4_1, FIX_4_2, version_of_message
from kairos.fix import tags as t
from kairos.fix.errors import FieldError
from kairos.fix.layout import ABSENT
from kairos.fix.message import Message
from kairos.model.commands import Command, ReportCancelReject, ReportExecution, ReportVenueRefusal
from kairos.model.enums import CxlRejResponseTo, ExecType, OrdStatus
from kairos.model.values import NO_TRADE_DETAILS

SentLookup = Callable[[int], tuple[str, bytes] | None]
"""MsgSeqNum(34) of a message that we sent the venue -> its MsgType(35) and body; None of one that was not kept."""

_EXEC_TYPES: Final = {exec_type.value: exec_type for exec_type in ExecType}
_TRANS_TYPES_42: Final = {"1": ExecType.TRADE_CANCEL, "2": ExecType.TRADE_CORRECT, "3": ExecType.ORDER_STATUS}
_FILL_42: Final = "2"
_FILLS_42: Final = frozenset(("1", _FILL_42))
_ENDED: Final = frozenset("348C")
"""OrdStatus(39) done for day, canceled, rejected, expired."""
_CALCULATED: Final = "B"
_REPLACED_42: Final = "5"
_ACCEPTED_FOR_BIDDING: Final = "D"
_ON_A_LEG: Final = "2"
_ORD_STATUSES: Final = {status.value: status for status in OrdStatus if status is not OrdStatus.UNKNOWN}
_RESPONSES: Final = {response.value: response for response in CxlRejResponseTo}
_ANY_REQUEST: Final = "1"
_ASKS_FOR_WORK: Final = frozenset((t.NEW_ORDER_SINGLE, t.ORDER_CANCEL_REQUEST, t.ORDER_CANCEL_REPLACE_REQUEST))
"""Requests whose refusal changes what we believe of a route; a status request that is refused says nothing of it."""


def copied_command_of(message: Message, venue_id: str, version: str = "") -> Command | Rejection | None:
    """What a drop copy of the venue says: only its ExecutionReports(8) tell something. Never raises either."""
    if message.msg_type in (t.ORDER_CANCEL_REJECT, t.BUSINESS_MESSAGE_REJECT, t.REJECT):
        return None
    return command_of(message, venue_id, lambda seq: None, version, copied=True)


def command_of(
    message: Message, venue_id: str, sent: SentLookup, version: str = "", copied: bool = False
) -> Command | Rejection | None:
    """What the venue says; None when it changes nothing. Never raises, whatever the message holds.

    `version` is what the session carries over FIXT.1.1 where a message itself doesn't say: "FIX.5.0SP1".
    """
    try:
        return _command_of(message, venue_id, sent, version, copied)
    except FieldError as error:
        return Rejection(RejectionKind.SESSION, error.reason, error.tag, error.text, message.get(t.CL_ORD_ID))
    except RefusedField as refused:
        return refused.rejection


def _command_of(
    message: Message, venue_id: str, sent: SentLookup, version: str, copied: bool
) -> Command | Rejection | None:
    msg_type = message.msg_type
    if msg_type == t.EXECUTION_REPORT:
        return _execution(message, venue_id, version_of_message(message, version), copied)
    if msg_type == t.ORDER_CANCEL_REJECT:
        return _cancel_reject(message, venue_id)
    if msg_type in (t.BUSINESS_MESSAGE_REJECT, t.REJECT):
        return _refusal(message, venue_id, sent)
    return unsupported_type(message)


def _execution(message: Message, venue_id: str, version: str, copied: bool) -> ReportExecution | None:
    exec_type = _exec_type(message, version)
    if exec_type is None:
        return None
    is_fill = exec_type in (ExecType.TRADE, ExecType.TRADE_CORRECT)
    if is_fill:
        _require_fill(message)
    if exec_type in (ExecType.TRADE_CANCEL, ExecType.TRADE_CORRECT) and message.find(t.EXEC_REF_ID) == ABSENT:
        raise missing_here(message, t.EXEC_REF_ID, "in a bust or correction")
    cum_qty = read_qty(message, t.CUM_QTY)
    return ReportExecution(
        venue_id=venue_id,
        exec_type=exec_type,
        ord_status=_ord_status(message, cum_qty),
        cl_ord_id=message.get(t.CL_ORD_ID),
        orig_cl_ord_id=message.get(t.ORIG_CL_ORD_ID),
        venue_order_id=read_required(message, t.ORDER_ID),
        exec_id=read_line(message, t.EXEC_ID),
        exec_ref_id=message.get(t.EXEC_REF_ID),
        last_qty=read_qty(message, t.LAST_QTY),
        last_px=read_price(message, t.LAST_PX),
        cum_qty=cum_qty,
        leaves_qty=read_qty(message, t.LEAVES_QTY) if version != FIX_4_0 else _leaves_qty_40(message, cum_qty),
        order_qty=read_qty(message, t.ORDER_QTY),
        price=read_price(message, t.PRICE),
        rej_reason=message.get(t.ORD_REJ_REASON) or message.get(t.EXEC_RESTATEMENT_REASON),
        text=read_text(message),
        transact_time_ns=message.get_utc(t.TRANSACT_TIME),
        poss_dup=message.get_bool(t.POSS_DUP_FLAG) or message.get_bool(t.POSS_RESEND),
        details=read_trade_details(message, version) if is_fill else NO_TRADE_DETAILS,
        copied=copied,
        of_leg=message.get(t.MULTI_LEG_REPORTING_TYPE) == _ON_A_LEG,
        status_req_id=message.get(t.ORD_STATUS_REQ_ID),
    )


def _exec_type(message: Message, version: str) -> ExecType | None:
    """None: "calculated", which says only that the venue is done with its sums."""
    code = _exec_type_40(message) if version == FIX_4_0 else read_required(message, t.EXEC_TYPE)
    if version in (FIX_4_0, FIX_4_1, FIX_4_2):
        trans_type = _TRANS_TYPES_42.get(message.get(t.EXEC_TRANS_TYPE))
        if trans_type is not None:
            return trans_type
        if code in _FILLS_42:
            return ExecType.TRADE
    if code == _CALCULATED:
        return None
    exec_type = _EXEC_TYPES.get(code)
    if exec_type is None:
        raise unsupported(message, t.EXEC_TYPE, "it is none of this version's")
    return exec_type


def _exec_type_40(message: Message) -> str:
    """FIX 4.0 leaves it to OrdStatus(39) and LastShares(32): a report with shares is a fill, whatever pends."""
    return _FILL_42 if read_qty(message, t.LAST_QTY) else read_required(message, t.ORD_STATUS)


def _leaves_qty_40(message: Message, cum_qty: int) -> int:
    """What FIX 4.0 leaves to be reckoned."""
    if message.get(t.ORD_STATUS) in _ENDED:
        return 0
    return max(0, read_qty(message, t.ORDER_QTY) - cum_qty)


def _ord_status(message: Message, cum_qty: int) -> OrdStatus:
    """FIX 4.2's "replaced", and "accepted for bidding", leave open whether part of it has traded."""
    code = read_required(message, t.ORD_STATUS)
    if code in (_REPLACED_42, _ACCEPTED_FOR_BIDDING):
        return OrdStatus.PARTIALLY_FILLED if cum_qty > 0 else OrdStatus.NEW
    status = _ORD_STATUSES.get(code)
    if status is None:
        raise unsupported(message, t.ORD_STATUS, "it is none of this version's")
    return status


def _require_fill(message: Message) -> None:
    for tag in (t.LAST_QTY, t.LAST_PX):
        if message.find(tag) == ABSENT:
            raise missing_here(message, tag, "in a fill or correction")


def _cancel_reject(message: Message, venue_id: str) -> ReportCancelReject:
    """FIX 4.0 and 4.1 don't say what was asked, 4.0 neither where the order stands: the route knows by ClOrdID(11)."""
    is_first = message.get(t.BEGIN_STRING) in (FIX_4_0, FIX_4_1)
    response_to = _RESPONSES.get(_ANY_REQUEST if is_first else read_required(message, t.CXL_REJ_RESPONSE_TO))
    if response_to is None:
        raise unsupported(message, t.CXL_REJ_RESPONSE_TO, "1 and 2 are")
    return ReportCancelReject(
        venue_id=venue_id,
        cl_ord_id=read_required(message, t.CL_ORD_ID),
        orig_cl_ord_id=message.get(t.ORIG_CL_ORD_ID),
        venue_order_id=message.get(t.ORDER_ID),
        ord_status=OrdStatus.UNKNOWN if is_first and not message.has(t.ORD_STATUS) else _ord_status(message, 0),
        rej_reason=message.get(t.CXL_REJ_REASON),
        response_to=response_to,
        text=read_text(message),
    )


def _refusal(message: Message, venue_id: str, sent: SentLookup) -> ReportVenueRefusal | None:
    """Reject(3) names what it refuses by RefSeqNum(45) alone; BusinessMessageReject(j) may name the ClOrdID(11) too."""
    found = sent(message.get_int(t.REF_SEQ_NUM)) if message.has(t.REF_SEQ_NUM) else None
    msg_type = found[0] if found is not None else message.get(t.REF_MSG_TYPE)
    if msg_type not in _ASKS_FOR_WORK:
        return None
    cl_ord_id = _cl_ord_id_in(found[1]) if found is not None else message.get(t.BUSINESS_REJECT_REF_ID)
    return ReportVenueRefusal(venue_id, cl_ord_id, _refusal_text(message))


def _cl_ord_id_in(body: bytes) -> str:
    """ClOrdID(11) of a body that we wrote."""
    fields = b"\x01" + body
    start = fields.find(b"\x0111=")
    if start < 0:
        return ""
    return fields[start + 4 : fields.index(b"\x01", start + 4)].decode("iso-8859-1")


def _refusal_text(message: Message) -> str:
    """`Reject(3) SessionRejectReason(373) 5, RefTagID(371) 38: Value is incorrect`."""
    if message.msg_type == t.REJECT:
        said = [f"SessionRejectReason(373) {message.get(t.SESSION_REJECT_REASON) or '-'}"]
        if message.has(t.REF_TAG_ID):
            said.append(f"RefTagID(371) {message.get(t.REF_TAG_ID)}")
        return f"Reject(3) {', '.join(said)}: {read_text(message)}"
    reason = message.get(t.BUSINESS_REJECT_REASON) or "-"
    return f"BusinessMessageReject(j) BusinessRejectReason(380) {reason}: {read_text(message)}"
