"""What traders do all day, and how often; and the mistakes of people, for which their orders are honestly refused.

One action in six is a mistake, until each kind was made once; from then on people are more careful.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from kairos.demo import requests
from kairos.demo.cast import actions_a_second
from kairos.demo.setup import PRE_OPEN_S
from kairos.demo.trader import Trader
from kairos.fix import tags as t
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.values import Terms

Habit = Callable[[Trader], None]

MISTAKE_EVERY: Final = 6
CAREFUL: Final = 3  # times rarer
# An order that its trader wants to see traded crosses the last price by so many basis points.
CROSS_BPS: Final = 8
# A trader whose line is down keys in few orders; they wait in its session.
KEEN_SHARE: Final = 0.2
LIMIT, MARKET, STOP, STOP_LIMIT = OrdType.LIMIT, OrdType.MARKET, OrdType.STOP, OrdType.STOP_LIMIT
DAY, GTC, GTD = TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE
IOC, FOK = TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL


async def trade(trader: Trader) -> None:
    """A trader's day, until canceled: orders for the auctions, orders that rest until the open, then all habits."""
    trader.enter(trader.pick(), trader.side(), LIMIT, TimeInForce.AT_THE_OPENING, away_bps=-3 * CROSS_BPS)
    trader.enter(trader.pick(), trader.side(), MARKET, TimeInForce.AT_THE_CLOSE)
    opens_at = asyncio.get_running_loop().time() + PRE_OPEN_S
    first = trader.number * 2 % len(MISTAKES)  # who trades beside others begins with other mistakes
    mistakes = [OWN_MISTAKES[trader.member.weakness], *MISTAKES[first:], *MISTAKES[:first]]
    made = 0
    until_next = MISTAKE_EVERY
    while True:
        await asyncio.sleep(trader.chance.expovariate(actions_a_second(trader.course.speed)))
        if asyncio.get_running_loop().time() < opens_at:
            _rest(trader)
        elif trader.client.logged_on or trader.chance.random() < KEEN_SHARE:
            until_next -= 1
            if until_next:
                _habit_of_chance(trader)(trader)
                continue
            mistakes[made % len(mistakes)](trader)
            made += 1
            until_next = MISTAKE_EVERY if made < len(mistakes) else MISTAKE_EVERY * CAREFUL


def _habit_of_chance(trader: Trader) -> Habit:
    habits, weights = zip(*HABITS, strict=True)
    habit: Habit = trader.chance.choices(habits, weights)[0]
    return habit


def _rest(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), LIMIT, DAY, away_bps=trader.chance.randint(0, 12))


def _take(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), LIMIT, IOC, away_bps=-CROSS_BPS)


def _take_all_or_nothing(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), LIMIT, FOK, away_bps=-CROSS_BPS)


def _take_at_market(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), MARKET, DAY)


def _stop(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), STOP, DAY, stop_bps=trader.chance.randint(3, 15))


def _stop_limit(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), STOP_LIMIT, DAY, away_bps=-25, stop_bps=trader.chance.randint(3, 15))


def _iceberg(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), LIMIT, DAY, away_bps=trader.chance.randint(0, 4), shows=4)


def _good_till_cancel(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), LIMIT, GTC, away_bps=trader.chance.randint(5, 40))


def _good_till_date(trader: Trader) -> None:
    trader.enter(trader.pick(), trader.side(), LIMIT, GTD, away_bps=trader.chance.randint(5, 20))


def _hand_over(trader: Trader) -> None:
    """An order for a person of the desk to work."""
    trader.enter(trader.pick(), trader.side(), LIMIT, DAY, away_bps=-CROSS_BPS, by_hand=True)


def _replace(trader: Trader) -> None:
    """Move a waiting order to where the market is now, or change how much."""
    order = trader.one_of_mine()
    if order is None or order.terms.ord_type is not LIMIT:
        return
    one = trader.listed(order.symbol)
    terms = order.terms
    qty = max(terms.order_qty + trader.chance.choice((-25, 0, 25, 50)), order.cum_qty + 1, terms.max_floor)
    price = trader.price(one, order.side, trader.chance.randint(-4, 8))
    order.request = trader.next_id()
    new = Terms(qty, LIMIT, price, 0, terms.time_in_force, terms.expire_at_ns, terms.max_floor)
    body = requests.replace(order, order.request, new, trader.dialect, time.time_ns())
    trader.send(t.ORDER_CANCEL_REPLACE_REQUEST, body)


def _cancel(trader: Trader) -> None:
    order = trader.one_of_mine()
    if order is not None:
        trader.cancel(order)


def _ask(trader: Trader) -> None:
    order = trader.one_of_mine()
    if order is not None:
        trader.send(t.ORDER_STATUS_REQUEST, requests.status(order))


# Mistakes


def _too_dear(trader: Trader) -> None:
    dearest = max(trader.traded, key=lambda one: one.start_px)
    trader.enter(dearest, trader.side(), LIMIT, DAY, away_bps=20, qty=trader.max_qty(dearest) * 9 // 10)


def _too_much_held(trader: Trader) -> None:
    cheapest = min(trader.traded, key=lambda one: one.start_px)
    side = Side.BUY if trader.orders.position(cheapest.tape.symbol) >= 0 else Side.SELL_SHORT
    trader.enter(cheapest, side, LIMIT, DAY, away_bps=20, qty=trader.max_qty(cheapest) * 19 // 20)


def _more_than_it_has(trader: Trader) -> None:
    dearest = max(trader.traded, key=lambda one: one.start_px)
    trader.enter(dearest, Side.BUY, LIMIT, DAY, away_bps=20, qty=trader.max_qty(dearest))


def _too_fast(trader: Trader) -> None:
    """A program lets all of its orders go at once."""
    one = trader.pick()
    account = trader.member.account(one.tape.currency)
    assert account is not None
    for _ in range(account.limits.rate_burst + 6):
        trader.enter(one, Side.BUY, LIMIT, IOC, away_bps=30, qty=10)


def _off_tick(trader: Trader) -> None:
    one = trader.pick()
    price = trader.price(one, Side.BUY, 10) + one.tape.tick // 5
    trader.submit(trader.order(one, Side.BUY, Terms(100, LIMIT, price, 0, DAY, 0, 0)), one)


def _used_id(trader: Trader) -> None:
    """The last order is sent again as a new one."""
    if trader.orders.by_cl_ord_id:
        order = next(reversed(trader.orders.by_cl_ord_id.values()))
        trader.submit(order, trader.listed(order.symbol))


def _far_away(trader: Trader) -> None:
    """A slip of the finger in the price."""
    trader.enter(trader.pick(), Side.BUY, LIMIT, DAY, away_bps=-1_000, qty=50)


def _too_many(trader: Trader) -> None:
    """A zero too many in the quantity."""
    one = trader.pick()
    trader.enter(one, trader.side(), LIMIT, DAY, qty=trader.max_qty(one) * 10)


def _unknown(trader: Trader) -> None:
    one = trader.pick()
    order = trader.order(one, Side.BUY, Terms(100, MARKET, 0, 0, DAY, 0, 0))
    order.symbol = f"{one.tape.symbol}Q"
    trader.submit(order, one)


def _forbidden(trader: Trader) -> None:
    trader.enter(trader.restricted, trader.side(), LIMIT, DAY)


HABITS: Final[tuple[tuple[Habit, int], ...]] = (
    (_rest, 24),
    (_take, 10),
    (_take_all_or_nothing, 4),
    (_take_at_market, 8),
    (_stop, 5),
    (_stop_limit, 4),
    (_iceberg, 6),
    (_good_till_cancel, 4),
    (_good_till_date, 5),
    (_hand_over, 2),
    (_replace, 13),
    (_cancel, 9),
    (_ask, 4),
)
"""What a trader does, and how often beside the rest."""

MISTAKES: Final[tuple[Habit, ...]] = (_off_tick, _used_id, _far_away, _too_many, _unknown, _forbidden)
OWN_MISTAKES: Final[dict[str, Habit]] = {
    "MAX_ORDER_NOTIONAL": _too_dear,
    "MAX_POSITION": _too_much_held,
    "BUYING_POWER": _more_than_it_has,
    "RATE": _too_fast,
}
"""By the refusal that a client's limits invite (`cast.Member.weakness`)."""
