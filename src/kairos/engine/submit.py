"""A new client order: refusals in order of precedence, then what cannot fail."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.queries import report_status
from kairos.engine.routing import refuse_venue, request_route
from kairos.engine.terms import refuse_terms
from kairos.engine.users import refuse_user
from kairos.model.commands import SubmitOrder
from kairos.model.enums import HandlInst, OrdStatus
from kairos.model.events import OrderAccepted, OrderRefused
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Standing
from kairos.risk.gate import first_refusal
from kairos.risk.subject import Subject
from kairos.state.order import Order


def submit_order(core: Core, c: SubmitOrder) -> None:
    """Accept, record and, unless a person works it, route; or refuse by name."""
    first = core.desk.order_of_cl_ord_id(c.client_id, c.cl_ord_id)
    if first is not None:
        _repeated(core, c, first)
        return
    refusal = _refuse_at_door(core, c)
    if refusal is not None:
        _refuse(core, c, refusal, 0, Standing(OrdStatus.REJECTED, 0, 0, 0))
        return
    position = core.desk.find_position(c.account_id, c.instrument_id)
    subject = Subject(core.desk, position, c.side, c.terms, None, core.now_ns)
    refusal = first_refusal(subject)
    if refusal is not None:
        _refuse(core, c, refusal, 0, Standing(OrdStatus.REJECTED, 0, 0, 0))
        return
    order = _accept(core, c, subject)
    if not order.is_care():
        request_route(core, order, order.venue_id, c.terms, c.user_id)


def _repeated(core: Core, c: SubmitOrder, first: Order) -> None:
    """A known ClOrdID is never a second order: told where the first stands if it may be a resend, else refused."""
    same = (
        first.instrument_id() == c.instrument_id and first.side is c.side and first.terms.order_qty == c.terms.order_qty
    )
    if c.poss_resend and same:
        report_status(core, first, c.session, "")
        return
    context = (("cl_ord_id", c.cl_ord_id), ("order_id", str(first.order_id)))
    _refuse(core, c, Refusal(RefusalCode.DUPLICATE_CL_ORD_ID, context), first.order_id, first.standing())


def _refuse_at_door(core: Core, c: SubmitOrder) -> Refusal | None:
    """Whose order is it, what is it, where could it go?"""
    refusal = refuse_user(core.desk, c, c.user_id) or _refuse_parties(core, c)
    if refusal is not None:
        return refusal
    instrument = core.desk.instruments[c.instrument_id]
    refusal = refuse_terms(c.terms, instrument, core.now_ns)
    if refusal is not None or c.handl_inst is HandlInst.MANUAL:
        return refusal
    return refuse_venue(core.desk, _venue_of(core, c))


def _refuse_parties(core: Core, c: SubmitOrder) -> Refusal | None:
    desk = core.desk
    client = desk.clients.get(c.client_id)
    if client is None or not client.defined.active:
        return Refusal(RefusalCode.UNKNOWN_CLIENT, (("client", c.client_id),))
    account = desk.accounts.get(c.account_id)
    if account is None or not account.defined.active:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", c.account_id),))
    if account.defined.client_id != c.client_id:
        return Refusal(RefusalCode.ACCOUNT_OF_ANOTHER_CLIENT, (("account", c.account_id),))
    instrument = desk.instruments.get(c.instrument_id)
    if instrument is None:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", c.instrument_id),))
    if instrument.defined.currency != account.defined.currency:
        context = (("account", account.defined.currency), ("instrument", instrument.defined.currency))
        return Refusal(RefusalCode.CURRENCY_MISMATCH, context)
    return None


def _venue_of(core: Core, c: SubmitOrder) -> str:
    """The venue the client named, by id or MIC, else the instrument's own market's."""
    desk = core.desk
    if c.venue_id:
        return desk.venue_of_mic.get(c.venue_id, c.venue_id)
    return desk.venue_of_mic.get(desk.instruments[c.instrument_id].defined.mic, "")


def _refuse(core: Core, c: SubmitOrder, refusal: Refusal, order_id: int, standing: Standing) -> None:
    core.emit(
        OrderRefused(
            at_ns=core.now_ns,
            order_id=order_id,
            exec_id=core.exec_id(),
            session=c.session,
            client_id=c.client_id,
            cl_ord_id=c.cl_ord_id,
            account_id=c.account_id,
            instrument_id=c.instrument_id,
            side=c.side,
            terms=c.terms,
            code=refusal.code,
            context=refusal.context,
            standing=standing,
            text=c.text,
            user_id=c.user_id,
        )
    )


def _accept(core: Core, c: SubmitOrder, subject: Subject) -> Order:
    desk = core.desk
    order_id = desk.next_order_id
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
            terms=c.terms,
            venue_id=_venue_of(core, c),
            text=c.text,
            transact_time_ns=c.transact_time_ns,
            user_id=c.user_id,
            reserve_px=subject.reserve_px,
        )
    )
    order = desk.orders[order_id]
    core.timers.watch_order(order)
    return order
