"""Whether whoever asks may trade there: what was granted to a person or a session (`state.entitlements`)."""

from __future__ import annotations

from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.places import strategy_node
from kairos.state.reference import Account, Instrument


def refuse_not_entitled(
    desk: Desk, session: str, user_id: str, account: Account, instrument: Instrument, strategy_id: str, trader_id: str
) -> Refusal | None:
    """Who may trade what for whom (SEC 15c3-5(c)(2)(iii); MiFID II RTS 6 article 15(2))."""
    if desk.tree.entitlements.allow(user_id, session, account, instrument, strategy_id, trader_id):
        return None
    who = ("user", user_id) if user_id else ("session", session)
    whom = ("account", account.account_id)
    if strategy_id:
        whom = ("strategy", strategy_node(account.account_id, strategy_id))
    return Refusal(RefusalCode.NOT_ENTITLED, (who, whom, ("instrument", instrument.instrument_id)))


def refuse_on_order(desk: Desk, order: Order, session: str, user_id: str) -> Refusal | None:
    """The same of an order that is there: what is asked now may come from somebody else."""
    position = order.position
    return refuse_not_entitled(
        desk, session, user_id, position.account, position.instrument, order.strategy_id, order.trader_id
    )
