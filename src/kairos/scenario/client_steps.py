"""What clients ask for: submit, replace, cancel, status, mass cancel, mass status, dispute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.model.commands import (
    CancelOrder,
    CancelSessionOrders,
    DisputeTrade,
    MassCancel,
    ReplaceOrder,
    RequestMassStatus,
    RequestOrderStatus,
    SubmitOrder,
)
from kairos.model.enums import DKReason, HandlInst, MassCancelRequestType, MassStatusReqType, Side
from kairos.model.events import Event
from kairos.scenario.details import DETAILS, read_details, says_details
from kairos.scenario.steps import (
    ASKER,
    BY,
    INSTRUMENT_WORD,
    NO_TERMS,
    ORDER_ID,
    TERMS,
    TEXT,
    Action,
    StepParser,
    changed_terms,
    new_terms,
    optional_name,
    side,
)
from kairos.scenario.words import Option, Words, constant, member, money, name, qty, quoted, read_options
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, World

SUBMIT: Final[dict[str, Option]] = {
    **TERMS,
    "for": ("account_id", name),
    "to": ("venue_id", name),
    "auto": ("handl_inst", constant(HandlInst.AUTOMATED_NO_INTERVENTION)),
    "watched": ("handl_inst", constant(HandlInst.AUTOMATED_INTERVENTION_OK)),
    "care": ("handl_inst", constant(HandlInst.MANUAL)),
    "resend": ("poss_resend", constant(True)),
    "cash": ("cash_qty", money),
    "copy": ("verbal_cl_ord_id", name),
    "strategy": ("strategy_id", name),
    "reason": ("reason", quoted),
    **DETAILS,
    **ASKER,
    **BY,
    **TEXT,
}
REPLACE: Final[dict[str, Option]] = {
    **TERMS,
    **DETAILS,
    "for": ("account_id", name),
    "to": ("venue_id", name),
    "handl_inst": ("handl_inst", name),
    "reason": ("reason", quoted),
    **{member.name: ("side", constant(member)) for member in Side},
    **INSTRUMENT_WORD,
    **ORDER_ID,
    **ASKER,
    **BY,
    **TEXT,
}
CANCEL: Final[dict[str, Option]] = {**INSTRUMENT_WORD, **ORDER_ID, **ASKER, **BY, **TEXT}
STATUS: Final[dict[str, Option]] = {"id": ("request_id", name), **ORDER_ID, **INSTRUMENT_WORD, **ASKER}
MASS_CANCEL: Final[dict[str, Option]] = {**INSTRUMENT_WORD, **ASKER, **BY}
MASS_STATUS: Final[dict[str, Option]] = {"id": ("request_id", name), **INSTRUMENT_WORD, **ASKER}
SESSION_LOST: Final[dict[str, Option]] = {
    "via": ("session", name),
    "outliving": ("outliving", constant(True)),
    **TEXT,
}
DISPUTE: Final[dict[str, Option]] = {"via": ("session", name), **TEXT}


def new_order(words: Words) -> Callable[[World], SubmitOrder]:
    """The words of a new order."""
    cl_ord_id = name(words, "the order's ClOrdID")
    order_side, order_qty = side(words), qty(words)
    instrument_id = optional_name(words, SUBMIT, INSTRUMENT)
    o = read_options(words, SUBMIT)

    def make(world: World) -> SubmitOrder:
        return SubmitOrder(
            session=o.get("session", SESSION),
            client_id=o.get("client_id", CLIENT),
            cl_ord_id=without_dash(cl_ord_id),
            account_id=o.get("account_id", ACCOUNT),
            instrument_id=instrument_id,
            side=order_side,
            handl_inst=o.get("handl_inst", HandlInst.AUTOMATED_NO_INTERVENTION),
            terms=new_terms(o, order_qty, world.now_ns),
            venue_id=o.get("venue_id", ""),
            text=o.get("text", ""),
            transact_time_ns=world.now_ns,
            poss_resend=o.get("poss_resend", False),
            user_id=o.get("user_id", ""),
            cash_qty=o.get("cash_qty", 0),
            verbal_cl_ord_id=o.get("verbal_cl_ord_id", ""),
            details=read_details(o),
            strategy_id=o.get("strategy_id", ""),
            reason=o.get("reason", ""),
        )

    return make


def submit(words: Words) -> Action:
    """submit CLORDID SIDE QTY [INSTRUMENT] [@ PRICE] ...; `-` for CLORDID is an order by phone."""
    make = new_order(words)
    return lambda world: world.give(make(world))


def replacement(words: Words) -> Callable[[World], ReplaceOrder]:
    """The words of a replace."""
    orig = name(words, "the ClOrdID of the order")
    words.require("as")
    cl_ord_id = name(words, "the request's ClOrdID")
    o = read_options(words, REPLACE)

    def make(world: World) -> ReplaceOrder:
        order_id = world.order_id(o.get("order_id", "0"))
        order = world.desk.orders.get(order_id or world.order_id(orig))
        return ReplaceOrder(
            session=o.get("session", SESSION),
            client_id=o.get("client_id", CLIENT),
            cl_ord_id=without_dash(cl_ord_id),
            orig_cl_ord_id=without_dash(orig),
            order_id=order_id,
            instrument_id=o.get("instrument_id", INSTRUMENT if order is None else order.instrument_id()),
            side=o.get("side", Side.BUY if order is None else order.side),
            terms=changed_terms(o, NO_TERMS if order is None else order.terms, world.now_ns),
            text=o.get("text", ""),
            transact_time_ns=world.now_ns,
            user_id=o.get("user_id", ""),
            details=read_details(o),
            keep_details=not says_details(o),
            account_id=o.get("account_id", ""),
            handl_inst=o.get("handl_inst", ""),
            venue_id=o.get("venue_id", ""),
            reason=o.get("reason", ""),
        )

    return make


def replace(words: Words) -> Action:
    """replace ORIG as CLORDID ...: what is not said stays as the order has it."""
    make = replacement(words)
    return lambda world: world.give(make(world))


def without_dash(label: str) -> str:
    """`-` leaves the id out."""
    return "" if label == "-" else label


def cancellation(words: Words) -> Callable[[World], CancelOrder]:
    """The words of a cancel."""
    orig = name(words, "the ClOrdID of the order")
    words.require("as")
    cl_ord_id = name(words, "the request's ClOrdID")
    o = read_options(words, CANCEL)

    def make(world: World) -> CancelOrder:
        return CancelOrder(
            session=o.get("session", SESSION),
            client_id=o.get("client_id", CLIENT),
            cl_ord_id=cl_ord_id,
            orig_cl_ord_id=without_dash(orig),
            order_id=world.order_id(o.get("order_id", "0")),
            instrument_id=o.get("instrument_id", ""),
            text=o.get("text", ""),
            transact_time_ns=world.now_ns,
            user_id=o.get("user_id", ""),
        )

    return make


def cancel(words: Words) -> Action:
    """cancel ORIG as CLORDID ..."""
    make = cancellation(words)
    return lambda world: world.give(make(world))


def status(words: Words) -> Action:
    """status CLORDID ..."""
    cl_ord_id = name(words, "the ClOrdID of the order")
    o = read_options(words, STATUS)

    def play(world: World) -> list[Event]:
        command = RequestOrderStatus(
            session=o.get("session", SESSION),
            client_id=o.get("client_id", CLIENT),
            cl_ord_id=without_dash(cl_ord_id),
            order_id=world.order_id(o.get("order_id", "0")),
            instrument_id=o.get("instrument_id", INSTRUMENT),
            side=Side.BUY,
            request_id=o.get("request_id", ""),
        )
        return world.give(command)

    return play


def mass_cancel(words: Words) -> Action:
    """mass cancel as CLORDID [of INSTRUMENT] ..."""
    words.require("as")
    cl_ord_id = name(words, "the request's ClOrdID")
    o = read_options(words, MASS_CANCEL)
    kind = MassCancelRequestType.SECURITY if o.has("instrument_id") else MassCancelRequestType.ALL_ORDERS

    def play(world: World) -> list[Event]:
        session, client = o.get("session", SESSION), o.get("client_id", CLIENT)
        instrument, user = o.get("instrument_id", ""), o.get("user_id", "")
        return world.give(MassCancel(session, client, cl_ord_id, kind, instrument, world.now_ns, user))

    return play


def mass_status(words: Words) -> Action:
    """mass status [id REQUEST] [of INSTRUMENT] ..."""
    o = read_options(words, MASS_STATUS)
    kind = MassStatusReqType.SECURITY if o.has("instrument_id") else MassStatusReqType.ALL_ORDERS

    def play(world: World) -> list[Event]:
        session, client = o.get("session", SESSION), o.get("client_id", CLIENT)
        request_id, instrument = o.get("request_id", "M1"), o.get("instrument_id", "")
        return world.give(RequestMassStatus(session, client, request_id, kind, instrument))

    return play


def dispute(words: Words) -> Action:
    """dispute TRADE of CLORDID REASON ..."""
    trade_label = name(words, "an execution, as F1 or E5")
    words.require("of")
    label = name(words, "the ClOrdID of the order")
    reason = member(words, DKReason)
    o = read_options(words, DISPUTE)

    def play(world: World) -> list[Event]:
        trade = world.trade(trade_label)
        trade_id = 0 if trade is None else int(trade.trade_id)
        session, text = o.get("session", SESSION), o.get("text", "")
        return world.give(DisputeTrade(session, world.order_id(label), trade_id, reason, text))

    return play


def session_lost(words: Words) -> Action:
    """session lost [outliving] ..."""
    o = read_options(words, SESSION_LOST)

    def play(world: World) -> list[Event]:
        session, outliving = o.get("session", SESSION), o.get("outliving", False)
        return world.give(CancelSessionOrders(session, outliving, o.get("text", "session lost")))

    return play


CLIENT_STEPS: Final[dict[str, StepParser]] = {
    "submit": submit,
    "replace": replace,
    "cancel": cancel,
    "status": status,
    "mass cancel": mass_cancel,
    "mass status": mass_status,
    "dispute": dispute,
    "session lost": session_lost,
}
