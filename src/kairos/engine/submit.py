"""A new client order: refusals in order of precedence, then what cannot fail."""

from __future__ import annotations

from kairos.engine.approvals import hold_order
from kairos.engine.cash import ordered_terms
from kairos.engine.core import Core
from kairos.engine.details import refuse_at_venue, refuse_details
from kairos.engine.entitled import refuse_not_entitled
from kairos.engine.market_controls import tell_watchers
from kairos.engine.queries import report_status
from kairos.engine.routing import refuse_venue, request_route
from kairos.engine.terms import refuse_terms
from kairos.engine.users import refuse_user
from kairos.model.commands import SubmitOrder
from kairos.model.enums import AckPolicy, HandlInst, OrdStatus
from kairos.model.events import OrderAccepted, OrderRefused, SoftLimitPassed
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Standing
from kairos.risk.gate import NO_REFUSALS, Admission, admit
from kairos.risk.subject import Subject, reserve_price
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.parties import Client
from kairos.state.places import SEPARATOR
from kairos.state.reference import Instrument


def submit_order(core: Core, c: SubmitOrder) -> None:
    """Accept, record and, unless a person works it, route; or refuse by name."""
    first = core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id)
    if first is not None:
        _repeated(core, c, first)
        return
    _take(core, c, admit_new(core, c))


def submit_response(core: Core, c: SubmitOrder) -> Refusal | None:
    """The desk's own answer to a breach: an order that closes passes what the breach has forbidden."""
    admission = admit_new(core, c, is_response=True)
    _take(core, c, admission)
    return admission.refusal


def _take(core: Core, c: SubmitOrder, admission: Admission) -> None:
    if admission.refusal is not None:
        refuse_order(core, c, admission.refusal)
        return
    order = accept_admitted(core, c, admission)
    if admission.approval is None and not order.is_care():
        request_route(core, order, order.venue_id, order.terms, c.user_id)


def refuse_submitted(core: Core, c: SubmitOrder, refusal: Refusal) -> None:
    """Refuse an order that the door does not let in; a repeat is told what it repeats."""
    first = core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id)
    if first is not None:
        _repeated(core, c, first)
    else:
        refuse_order(core, c, refusal)


def admit_new(core: Core, c: SubmitOrder, is_response: bool = False, to_market: bool = True) -> Admission:
    """What the door and the gate say to a new order, its ClOrdID(11) aside."""
    refusal = refuse_at_door(core, c)
    if refusal is not None:
        return Admission(refusal, None, NO_REFUSALS)
    return admit(subject_of_new(core, c, is_response, to_market))


def subject_of_new(core: Core, c: SubmitOrder, is_response: bool = False, to_market: bool = True) -> Subject:
    """A new order that has passed the door, as the gate looks at it."""
    desk = core.desk
    position = desk.find_position(c.account_id, c.instrument_id)
    is_care = c.handl_inst is HandlInst.MANUAL
    return Subject(
        desk=desk,
        position=position,
        side=c.side,
        terms=ordered_terms(desk, c),
        order=None,
        now_ns=core.now_ns,
        strategy_id=c.strategy_id,
        trader_id=position.account.trader_of(c.user_id),
        user_id=c.user_id,
        session=c.session,
        reason=c.reason,
        to_market=to_market and not is_care,
        is_response=is_response,
        venue_id="" if is_care else _venue_of(desk, c, position.instrument),
    )


def refuse_new(core: Core, c: SubmitOrder) -> Refusal | None:
    """What refuses a new order that can't wait for a second person: a side of a cross."""
    return admit_new(core, c).refusal_at_once()


def _repeated(core: Core, c: SubmitOrder, first: Order) -> None:
    """A known ClOrdID is never a second order: told where the first stands if it may be a resend, else refused."""
    same = first.instrument_id() == c.instrument_id and first.side is c.side and first.cash_qty == c.cash_qty
    same = same and (c.cash_qty > 0 or first.terms.order_qty == c.terms.order_qty)
    if c.poss_resend and same:
        report_status(core, first, c.session, "", c.cl_ord_id)
        return
    context = (("cl_ord_id", c.cl_ord_id), ("order_id", str(first.order_id)))
    refuse_order(core, c, Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, context), first=first)


def refuse_at_door(core: Core, c: SubmitOrder) -> Refusal | None:
    """Whose order is it, what is it, where could it go?"""
    desk = core.desk
    client, instrument = desk.find_client(c.client_id), desk.instruments.get(c.instrument_id)
    refusal = refuse_user(desk, c, c.user_id) or _refuse_parties(desk, c, client, instrument)
    if refusal is None and client is not None:
        refusal = _refuse_verbal(c, client)
    if refusal is not None or instrument is None:
        return refusal
    terms = ordered_terms(desk, c)
    position = desk.find_position(c.account_id, c.instrument_id)
    refusal = refuse_terms(terms, c.side, position, core.now_ns)
    if refusal is None:
        refusal = refuse_details(desk, c.details, terms, c.client_id, instrument)
    if refusal is not None or c.handl_inst is HandlInst.MANUAL:
        return refusal
    venue_id = _venue_of(desk, c, instrument)
    refusal = refuse_venue(desk, venue_id)
    return refusal if refusal is not None else refuse_at_venue(desk.venues[venue_id], c.details)


def _refuse_parties(desk: Desk, c: SubmitOrder, client: Client | None, instrument: Instrument | None) -> Refusal | None:
    if client is None or not client.defined.active:
        return Refusal(RefusalCode.UNKNOWN_CLIENT, (("client", c.client_id),))
    account = desk.accounts.get(c.account_id)
    if account is None or not account.defined.active:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", c.account_id),))
    if account.defined.client_id != c.client_id:
        return Refusal(RefusalCode.ACCOUNT_OF_ANOTHER_CLIENT, (("account", c.account_id),))
    if instrument is None:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", c.instrument_id),))
    if not desk.tree.rates.knows(instrument.defined.currency, account.defined.currency):
        context = (("account", account.defined.currency), ("instrument", instrument.defined.currency))
        return Refusal(RefusalCode.CURRENCY_MISMATCH, context)
    if c.strategy_id and SEPARATOR in c.strategy_id:
        return Refusal(RefusalCode.INVALID_VALUE, (("strategy", c.strategy_id), ("why", f"{SEPARATOR} in a name")))
    if not desk.tree.entitlements.granted:
        return None
    trader_id = account.trader_of(c.user_id)
    return refuse_not_entitled(desk, c.session, c.user_id, account, instrument, c.strategy_id, trader_id)


def _refuse_verbal(c: SubmitOrder, client: Client) -> Refusal | None:
    """An order without a ClOrdID(11) came by phone: a person keyed it. Its electronic copy is refused when it comes
    late; when it came first, it is the order."""
    if not c.cl_ord_id and not c.user_id:
        return Refusal(RefusalCode.CL_ORD_ID_REQUIRED)
    expected = client.verbal_ids
    order_id = expected.get(c.cl_ord_id) if expected else None
    if order_id is not None:
        return Refusal(RefusalCode.DUPLICATE_OF_VERBAL, (("order_id", str(order_id)),))
    copy = c.verbal_cl_ord_id
    if copy and (copy in expected or copy in client.orders):
        return Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, (("cl_ord_id", copy),))
    return None


def _venue_of(desk: Desk, c: SubmitOrder, instrument: Instrument) -> str:
    """The venue the client named, by id or MIC, else the instrument's own market's."""
    if c.venue_id:
        return desk.venue_of_mic.get(c.venue_id, c.venue_id)
    return desk.venue_of_mic.get(instrument.defined.mic, "")


def refuse_order(
    core: Core, c: SubmitOrder, refusal: Refusal, list_id: str = "", cross_id: str = "", first: Order | None = None
) -> None:
    """Tell that an order was refused; `first` is the one whose ClOrdID(11) it repeats."""
    core.emit(
        OrderRefused(
            at_ns=core.now_ns,
            order_id=0 if first is None else first.order_id,
            exec_id=core.exec_id(),
            session=c.session,
            client_id=c.client_id,
            cl_ord_id=c.cl_ord_id,
            account_id=c.account_id,
            instrument_id=c.instrument_id,
            side=c.side,
            terms=ordered_terms(core.desk, c),
            code=refusal.code,
            context=refusal.context,
            standing=Standing(OrdStatus.REJECTED, 0, 0, 0) if first is None else first.standing(),
            text=c.text,
            user_id=c.user_id,
            list_id=list_id,
            cross_id=cross_id,
            cash_qty=c.cash_qty,
            details=c.details,
            strategy_id=c.strategy_id,
        )
    )


def _waits_for_venue(core: Core, c: SubmitOrder) -> bool:
    """What a person works is the desk's from the moment that we have it."""
    policy = core.desk.client(c.client_id).defined.ack
    return policy is AckPolicy.ON_VENUE_ACK and c.handl_inst is not HandlInst.MANUAL


def accept_admitted(core: Core, c: SubmitOrder, admission: Admission) -> Order:
    """Record an order that nothing refuses, on the terms on which it passed."""
    order = accept_order(core, c, admission.approval is not None)
    for passed in admission.reasons:
        core.emit(SoftLimitPassed(core.now_ns, order.order_id, passed.code, passed.context, c.reason, c.user_id))
    if admission.approval is not None:
        hold_order(core, order, admission.approval, c.user_id)
    return order


def accept_order(core: Core, c: SubmitOrder, waits: bool = False) -> Order:
    """Record an order that nothing refuses."""
    desk = core.desk
    order_id = desk.next_order_id
    terms = ordered_terms(desk, c)
    position = desk.find_position(c.account_id, c.instrument_id)
    instrument = position.instrument
    core.emit(
        OrderAccepted(
            at_ns=core.now_ns,
            order_id=order_id,
            exec_id=core.exec_id(),
            session=c.session,
            client_id=c.client_id,
            cl_ord_id=c.cl_ord_id,
            account_id=c.account_id,
            instrument_id=c.instrument_id,
            side=c.side,
            handl_inst=c.handl_inst,
            terms=terms,
            venue_id=_venue_of(desk, c, instrument),
            text=c.text,
            transact_time_ns=c.transact_time_ns,
            user_id=c.user_id,
            reserve_px=reserve_price(instrument, c.side, terms),
            pending=waits or _waits_for_venue(core, c),
            cash_qty=c.cash_qty,
            verbal_cl_ord_id=c.verbal_cl_ord_id,
            details=c.details,
            strategy_id=c.strategy_id,
            trader_id=position.account.trader_of(c.user_id),
            reason=c.reason,
        )
    )
    order = desk.orders[order_id]
    core.timers.watch_order(order)
    tell_watchers(core, order)
    return order
