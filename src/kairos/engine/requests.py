"""What requests on an order share: when they are refused, and how a refusal is told."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.model.commands import CancelOrder, ReplaceOrder
from kairos.model.enums import CxlRejResponseTo, OrdStatus
from kairos.model.events import RequestRefused
from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.transitions import Happening, refusal_of


def refuse_state(order: Order, happening: Happening) -> Refusal | None:
    code = refusal_of(order.base, happening)
    if code is not RefusalCode.NONE:
        return Refusal(code, (("ord_status", order.base.name),))
    if order.cancel is not None:
        return Refusal(RefusalCode.ALREADY_PENDING, (("pending", order.cancel.cl_ord_id),))
    return None


def refuse_inactive(desk: Desk, order: Order) -> Refusal | None:
    """Nothing more goes to the market for a client or an account that was closed; what works there may be canceled."""
    if not desk.clients[order.client_id].defined.active:
        return Refusal(RefusalCode.UNKNOWN_CLIENT, (("client", order.client_id),))
    if not order.position.account.defined.active:
        return Refusal(RefusalCode.UNKNOWN_ACCOUNT, (("account", order.account_id()),))
    return None


def refuse_request(core: Core, c: CancelOrder | ReplaceOrder, order: Order | None, refusal: Refusal) -> None:
    """Tell that a cancel or replace did not even become pending."""
    to = CxlRejResponseTo.ORDER_CANCEL_REQUEST
    if isinstance(c, ReplaceOrder):
        to = CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST
    core.emit(
        RequestRefused(
            at_ns=core.now_ns,
            order_id=0 if order is None else order.order_id,
            session=c.session,
            client_id=c.client_id,
            cl_ord_id=c.cl_ord_id,
            orig_cl_ord_id=c.orig_cl_ord_id if order is None else order.cl_ord_id,
            response_to=to,
            code=refusal.code,
            context=refusal.context,
            ord_status=OrdStatus.REJECTED if order is None else order.ord_status(),
            user_id=c.user_id,
        )
    )
