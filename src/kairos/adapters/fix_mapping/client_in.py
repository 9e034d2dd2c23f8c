"""A client's message becomes a command, or is rejected by field and tag."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.details import read_details
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.parties import strategy_of
from kairos.adapters.fix_mapping.reading import (
    MAX_ID,
    NO_CODE,
    by_code,
    code_of,
    read_cash_qty,
    read_id,
    read_our_id,
    read_required,
    read_side,
    read_terms,
    read_text,
)
from kairos.adapters.fix_mapping.rejection import (
    RefusedField,
    Rejection,
    RejectionKind,
    missing_here,
    unsupported,
    unsupported_type,
)
from kairos.adapters.fix_mapping.rules import NO_AGREEMENT, Agreement, is_custom, refuse_fields
from kairos.adapters.fix_mapping.versions import VERSIONS, Dialect, dialect_of
from kairos.fix import tags as t
from kairos.fix.errors import FieldError, LocalError
from kairos.fix.message import Message
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
from kairos.model.enums import DKReason, HandlInst, MassCancelRequestType, MassStatusReqType, NodeKind, Side
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails

_HANDL_INSTS: Final = by_code(HandlInst)
_DK_REASONS: Final = {reason.value: reason for reason in DKReason}
_MASS_CANCELS: Final = {kind.value: kind for kind in MassCancelRequestType}
_MASS_STATUSES: Final = {kind.value: kind for kind in MassStatusReqType}
_SHORT: Final = frozenset((Side.SELL_SHORT, Side.SELL_SHORT_EXEMPT))
MAX_REASON: Final = 200
"""A sentence; it bounds what the journal keeps."""
_PARTIAL_CANCEL: Final = "P"
"""CxlType(125) of FIX 4.0."""
_IS_CUSTOM: Final = is_custom  # compiled, a function of another module is looked up by name whenever it is passed on
_EN_MASSE: Final = "all of a security (1) and all (7) are"


class ClientDoor:
    """Whom a session speaks for, in which version. `default_account` stands for an absent Account(1); "" for none.
    `mass_cancel` is for how much it may cancel at once: an ACCOUNT that it names, its CLIENT, or the FIRM."""

    __slots__ = ("agreement", "client_id", "default_account", "dialect", "mass_cancel", "session_id")

    def __init__(
        self,
        session_id: str,
        client_id: str,
        version: str,
        default_account: str,
        agreement: Agreement = NO_AGREEMENT,
        mass_cancel: NodeKind = NodeKind.CLIENT,
    ) -> None:
        dialect = dialect_of(version)
        if dialect is None:
            raise LocalError(f"session {session_id}: {version!r} has no mapping; use one of {', '.join(VERSIONS)}")
        self.session_id: Final = session_id
        self.client_id: Final = client_id
        self.dialect: Final[Dialect] = dialect
        self.default_account: Final = default_account
        self.agreement: Final = agreement
        self.mass_cancel: Final = mass_cancel


def command_of(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> Command | Rejection:
    """What the client asks for; never raises, whatever the message holds."""
    try:
        return _command_of(message, door, directory)
    except FieldError as error:
        return Rejection(RejectionKind.SESSION, error.reason, error.tag, error.text, message.get(t.CL_ORD_ID))
    except RefusedField as refused:
        return refused.rejection


def _command_of(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> Command | Rejection:
    msg_type = message.msg_type
    if msg_type == t.NEW_ORDER_SINGLE:
        return new_order(message, door, directory)
    if msg_type == t.ORDER_CANCEL_REQUEST:
        return cancellation(message, door, directory)
    if msg_type == t.ORDER_CANCEL_REPLACE_REQUEST:
        return replacement(message, door, directory)
    if msg_type == t.ORDER_STATUS_REQUEST:
        return _order_status(message, door, directory)
    if msg_type == t.DONT_KNOW_TRADE:
        return _dispute(message, door)
    if msg_type == t.ORDER_MASS_STATUS_REQUEST and not door.dialect.has_trans_type:
        return _mass_status(message, door, directory)
    if msg_type == t.ORDER_MASS_CANCEL_REQUEST and not door.dialect.has_trans_type:
        return _mass_cancel(message, door, directory)
    return unsupported_type(message)


def new_order(
    message: Message, door: ClientDoor, directory: InstrumentDirectory, instrument_id: str = ""
) -> SubmitOrder:
    """`instrument_id`: what it trades, where legs say that rather than Symbol(55)."""
    details = _details(message, door)
    instrument_id = instrument_id or directory.resolve(message)
    _check_currency(message, directory, instrument_id)
    return SubmitOrder(
        session=door.session_id,
        client_id=door.client_id,
        cl_ord_id=read_id(message, t.CL_ORD_ID),
        account_id=message.get(t.ACCOUNT) or door.default_account,
        instrument_id=instrument_id,
        side=read_side(message),
        handl_inst=_handl_inst(message),
        terms=read_terms(message, door.dialect, by_cash=True),
        venue_id=message.get(t.EX_DESTINATION),
        text=read_text(message),
        transact_time_ns=message.get_utc(t.TRANSACT_TIME),
        poss_resend=message.get_bool(t.POSS_RESEND),
        user_id="",
        cash_qty=read_cash_qty(message),
        details=details,
        strategy_id=_strategy(message, door.agreement, details),
        reason=_reason(message, door.agreement),
    )


def _strategy(message: Message, agreement: Agreement, details: OrderDetails) -> str:
    """By the agreement's field, else by the party that decided on the order."""
    named = message.get(agreement.strategy_tag)[:MAX_ID] if agreement.strategy_tag else ""
    return named or strategy_of(details.parties)


def _reason(message: Message, agreement: Agreement) -> str:
    """Why it may pass soft limits, where the agreement has a field for that."""
    return message.get(agreement.reason_tag)[:MAX_REASON] if agreement.reason_tag else ""


def _details(message: Message, door: ClientDoor) -> OrderDetails:
    """What the order says beside its terms, its fields having been allowed."""
    has_details = refuse_fields(message, door.agreement)
    if door.agreement.needs_locate and read_side(message) in _SHORT and not message.has(t.LOCATE_REQD):
        raise missing_here(message, t.LOCATE_REQD, "in a short sale: N says that you have located the stock")
    return read_details(message, door.dialect.version, _IS_CUSTOM) if has_details else NO_ORDER_DETAILS


def replacement(
    message: Message,
    door: ClientDoor,
    directory: InstrumentDirectory,
    names_order: bool = True,
    instrument_id: str = "",
) -> ReplaceOrder:
    """`names_order`: whether it must name its order; a side of a cross may leave that to the cross. `instrument_id` is
    as in `new_order`."""
    details = _details(message, door)
    instrument_id = instrument_id or directory.resolve_repeated(message)
    _check_currency(message, directory, instrument_id)
    return ReplaceOrder(
        session=door.session_id,
        client_id=door.client_id,
        cl_ord_id=read_id(message, t.CL_ORD_ID),
        orig_cl_ord_id=read_id(message, t.ORIG_CL_ORD_ID) if names_order else message.get(t.ORIG_CL_ORD_ID)[:MAX_ID],
        order_id=read_our_id(message, t.ORDER_ID),
        instrument_id=instrument_id,
        side=read_side(message),
        terms=read_terms(message, door.dialect),
        text=read_text(message),
        transact_time_ns=message.get_utc(t.TRANSACT_TIME),
        user_id="",
        details=details,
        account_id=message.get(t.ACCOUNT),
        handl_inst=message.get(t.HANDL_INST),
        venue_id=message.get(t.EX_DESTINATION),
        reason=_reason(message, door.agreement),
        strategy_id=_strategy(message, door.agreement, details),
    )


def cancellation(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> CancelOrder:
    if message.get(t.CXL_TYPE) == _PARTIAL_CANCEL:
        raise unsupported(message, t.CXL_TYPE, "to cancel a part, replace the order by one of a smaller OrderQty(38)")
    return CancelOrder(
        session=door.session_id,
        client_id=door.client_id,
        cl_ord_id=read_id(message, t.CL_ORD_ID),
        orig_cl_ord_id=read_id(message, t.ORIG_CL_ORD_ID),
        order_id=read_our_id(message, t.ORDER_ID),
        instrument_id=directory.resolve_repeated(message),
        text=read_text(message),
        transact_time_ns=message.get_utc(t.TRANSACT_TIME),
        user_id="",
    )


def _order_status(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> RequestOrderStatus:
    return RequestOrderStatus(
        session=door.session_id,
        client_id=door.client_id,
        cl_ord_id=read_id(message, t.CL_ORD_ID),
        order_id=read_our_id(message, t.ORDER_ID),
        instrument_id=directory.resolve(message),
        side=read_side(message),
        request_id=message.get(t.ORD_STATUS_REQ_ID),
    )


def _mass_status(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> RequestMassStatus:
    refuse_fields(message, door.agreement)
    kind = _MASS_STATUSES.get(read_required(message, t.MASS_STATUS_REQ_TYPE))
    if kind is None:
        raise unsupported(message, t.MASS_STATUS_REQ_TYPE, _EN_MASSE)
    return RequestMassStatus(
        session=door.session_id,
        client_id=door.client_id,
        request_id=read_id(message, t.MASS_STATUS_REQ_ID),
        request_type=kind,
        instrument_id=_security_of(message, directory, kind is MassStatusReqType.SECURITY),
    )


def _mass_cancel(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> MassCancel:
    refuse_fields(message, door.agreement)
    kind = _MASS_CANCELS.get(read_required(message, t.MASS_CANCEL_REQUEST_TYPE))
    if kind is None:
        raise unsupported(message, t.MASS_CANCEL_REQUEST_TYPE, _EN_MASSE)
    return MassCancel(
        session=door.session_id,
        client_id=door.client_id,
        cl_ord_id=read_id(message, t.CL_ORD_ID),
        request_type=kind,
        instrument_id=_security_of(message, directory, kind is MassCancelRequestType.SECURITY),
        transact_time_ns=message.get_utc(t.TRANSACT_TIME),
        user_id="",
        account_id=message.get(t.ACCOUNT) or (door.default_account if door.mass_cancel is NodeKind.ACCOUNT else ""),
        entitled=door.mass_cancel,
    )


def _security_of(message: Message, directory: InstrumentDirectory, of_one: bool) -> str:
    """The instrument of a request for all of a security; "" of a request for all."""
    if not of_one:
        return ""
    instrument_id = directory.resolve(message)
    if not instrument_id:
        raise missing_here(message, t.SYMBOL, "in a request for all of a security")
    return instrument_id


def _dispute(message: Message, door: ClientDoor) -> DisputeTrade:
    return DisputeTrade(
        session=door.session_id,
        order_id=read_our_id(message, t.ORDER_ID),
        exec_id=read_our_id(message, t.EXEC_ID),
        reason=_DK_REASONS.get(message.get(t.DK_REASON), DKReason.OTHER),
        text=read_text(message),
    )


def _handl_inst(message: Message) -> HandlInst:
    code = code_of(message, t.HANDL_INST)
    if code == NO_CODE:
        return HandlInst.AUTOMATED_NO_INTERVENTION
    handl_inst = _HANDL_INSTS[code]
    if handl_inst is None:
        raise unsupported(message, t.HANDL_INST, "1, 2 and 3 are")
    return handl_inst


def _check_currency(message: Message, directory: InstrumentDirectory, instrument_id: str) -> None:
    """An order is in its instrument's currency; of an unknown instrument the engine says so."""
    currency = message.get(t.CURRENCY)
    own = directory.listing(instrument_id).currency
    if currency and own and currency != own:
        raise unsupported(message, t.CURRENCY, f"{instrument_id} trades in {own}")
