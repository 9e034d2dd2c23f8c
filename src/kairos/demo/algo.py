"""The algo of the demo's systematic fund: it follows each move too late, buys and sells at the market, and pays the
spread every time. Its losses are the market's honest ones; what stops it is the house's ladder, not this code.
"""

from __future__ import annotations

import asyncio
from typing import Final

from kairos.demo.cast import actions_a_second
from kairos.demo.setup import PRE_OPEN_S
from kairos.demo.trader import Trader
from kairos.model.enums import OrdType, Side, TimeInForce

# Times as often as a person acts.
HASTE: Final = 1
QTY: Final = 900


async def trade_by_algo(trader: Trader) -> None:
    """Until canceled: buy when it has none, sell what it has. A refusal changes nothing for it: it tries again."""
    await asyncio.sleep(PRE_OPEN_S)
    one = trader.pick()
    while True:
        await asyncio.sleep(trader.chance.expovariate(HASTE * actions_a_second(trader.course.speed)))
        if trader.client.logged_on and not trader.orders.working() and not trader.orders.unanswered:
            held = trader.orders.position(one.tape.symbol)
            side = Side.SELL if held > 0 else Side.BUY
            trader.enter(one, side, OrdType.MARKET, TimeInForce.DAY, qty=held if held > 0 else QTY)
