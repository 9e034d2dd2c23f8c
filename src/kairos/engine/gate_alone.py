"""The risk gate by itself, without an engine around it: for studies and measurements of the gate alone."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.engine.terms import refuse_terms
from kairos.model.refusals import Refusal
from kairos.risk.gate import first_refusal
from kairos.risk.subject import Subject
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.watch import saw_accepted


def check_and_reserve(desk: Desk, order: Order, now_ns: i64) -> Refusal | None:
    """Check the terms and ask the whole gate. An order that passes weighs on its position, its account's money and
    every watched place from then on, and is counted, as the engine does when it accepts one."""
    position = order.position
    refusal = refuse_terms(order.terms, order.side, position, now_ns)
    if refusal is None:
        refusal = would_refuse(desk, order, now_ns)
    position.account.take_token(now_ns)
    if refusal is None:
        order.weigh()
        saw_accepted(desk, order, now_ns)
    return refusal


def would_refuse(desk: Desk, order: Order, now_ns: i64) -> Refusal | None:
    """What the gate says to an order that does not weigh yet; nothing comes of it."""
    return first_refusal(
        Subject(
            desk,
            order.position,
            order.side,
            order.terms,
            None,
            now_ns,
            order.strategy_id,
            order.trader_id,
            order.user_id,
            order.session,
        )
    )
