"""All that a client may send: messages about one order (`client_in`), about several, and what we refuse as such."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping import client_in
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.crosses_in import read_cross, read_cross_cancel, read_cross_replace
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.lists_in import read_list, read_list_request
from kairos.adapters.fix_mapping.multileg_in import read_multileg, read_multileg_replace
from kairos.adapters.fix_mapping.reading import read_our_id, read_required, read_text
from kairos.adapters.fix_mapping.rejection import (
    UNSUPPORTED_MESSAGE_TYPE,
    RefusedField,
    Rejection,
    RejectionKind,
    unsupported,
)
from kairos.adapters.fix_mapping.rules_groups import NOT_TAKEN
from kairos.fix import tags as t
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.model.commands import AcknowledgeTrade, Command, DisputeTrade
from kairos.model.enums import DKReason, ExecAckStatus

_ID_OF: Final = {
    t.NEW_ORDER_LIST: t.LIST_ID,
    t.LIST_EXECUTE: t.LIST_ID,
    t.LIST_CANCEL_REQUEST: t.LIST_ID,
    t.LIST_STATUS_REQUEST: t.LIST_ID,
    t.NEW_ORDER_CROSS: t.CROSS_ID,
    t.CROSS_ORDER_CANCEL_REPLACE_REQUEST: t.CROSS_ID,
    t.CROSS_ORDER_CANCEL_REQUEST: t.CROSS_ID,
    t.EXECUTION_ACKNOWLEDGEMENT: t.EXEC_ID,
    t.NEW_ORDER_MULTILEG: t.CL_ORD_ID,
    t.MULTILEG_ORDER_CANCEL_REPLACE: t.CL_ORD_ID,
}
"""What a refusal of the whole names as BusinessRejectRefID(379); that of one order names its ClOrdID(11)."""
_DK_REASONS: Final = {reason.value: reason for reason in DKReason}
_ACK_STATUSES: Final = {status.value: status for status in ExecAckStatus}
_DOES_NOT_KNOW: Final = "2"


def command_of(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> Command | Rejection:
    """What the client asks for; never raises, whatever the message holds."""
    msg_type = message.msg_type
    if msg_type == t.NEW_ORDER_SINGLE:  # nearly all are
        return client_in.command_of(message, door, directory)
    if msg_type in NOT_TAKEN:
        text = f"MsgType(35) {msg_type!r} is not supported: {NOT_TAKEN[msg_type]}"
        ref_id = message.get(t.CL_ORD_ID)
        return Rejection(RejectionKind.BUSINESS, UNSUPPORTED_MESSAGE_TYPE, t.MSG_TYPE, text, ref_id)
    if msg_type not in _ID_OF:
        return client_in.command_of(message, door, directory)
    ref_id = message.get(_ID_OF[msg_type])
    try:
        return _group_command_of(message, door, directory)
    except FieldError as error:
        return Rejection(RejectionKind.SESSION, error.reason, error.tag, error.text, ref_id)
    except RefusedField as refused:
        found = refused.rejection
        return Rejection(found.kind, found.reason, found.ref_tag, found.text, found.ref_id or ref_id)


def _group_command_of(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> Command:
    msg_type = message.msg_type
    if msg_type == t.NEW_ORDER_LIST:
        return read_list(message, door, directory)
    if msg_type == t.NEW_ORDER_CROSS:
        return read_cross(message, door, directory)
    if msg_type == t.CROSS_ORDER_CANCEL_REPLACE_REQUEST:
        return read_cross_replace(message, door, directory)
    if msg_type == t.CROSS_ORDER_CANCEL_REQUEST:
        return read_cross_cancel(message, door, directory)
    if msg_type == t.NEW_ORDER_MULTILEG:
        return read_multileg(message, door, directory)
    if msg_type == t.MULTILEG_ORDER_CANCEL_REPLACE:
        return read_multileg_replace(message, door, directory)
    if msg_type == t.EXECUTION_ACKNOWLEDGEMENT:
        return _acknowledgement(message, door)
    return read_list_request(message, door)


def _acknowledgement(message: Message, door: ClientDoor) -> Command:
    """One that does not know the trade is a DontKnowTrade(Q) in other words."""
    code = read_required(message, t.EXEC_ACK_STATUS)
    order_id, exec_id = read_our_id(message, t.ORDER_ID), read_our_id(message, t.EXEC_ID)
    if code == _DOES_NOT_KNOW:
        reason = _DK_REASONS.get(message.get(t.DK_REASON), DKReason.OTHER)
        return DisputeTrade(door.session_id, order_id, exec_id, reason, read_text(message))
    status = _ACK_STATUSES.get(code)
    if status is None:
        raise unsupported(message, t.EXEC_ACK_STATUS, "received (0), accepted (1) and not known (2) are")
    return AcknowledgeTrade(door.session_id, order_id, exec_id, status, read_text(message))
