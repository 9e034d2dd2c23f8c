"""The algo of the demo's systematic fund: it buys and sells at the market, and pays the spread every time.

Its losses are the market's honest ones; what slows and stops it is the house's ladder, not this code.
"""

from __future__ import annotations

import asyncio
from typing import Final

from kairos.demo.cast import ALGO_QTY, actions_a_second
from kairos.demo.setup import PRE_OPEN_S
from kairos.demo.trader import Trader
from kairos.model.enums import OrdType, Side, TimeInForce

TOO_MUCH = "MAX_ORDER_QTY"
# Share of the day that it lets pass first: quotes are wide at the open, and one order would climb the whole ladder.
WATCHES: Final = 0.1


async def trade_by_algo(trader: Trader) -> None:
    """Until canceled: buy when it holds nothing, else sell. Told that it asks for too much, it halves its orders; any
    other refusal changes nothing for it, and it tries again."""
    await asyncio.sleep(PRE_OPEN_S + WATCHES * trader.course.seconds)
    one = trader.pick()
    orders = trader.orders
    while True:
        await asyncio.sleep(trader.chance.expovariate(actions_a_second(trader.course.speed)))
        if trader.client.logged_on and not orders.working() and not orders.unanswered:
            held = orders.position(one.tape.symbol)
            most = max(ALGO_QTY >> orders.refused[TOO_MUCH], 1)
            side, qty = (Side.SELL, min(held, most)) if held > 0 else (Side.BUY, most)
            trader.enter(one, side, OrdType.MARKET, TimeInForce.DAY, qty=qty)
