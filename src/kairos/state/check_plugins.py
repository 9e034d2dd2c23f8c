"""The firm's own checks: which ones the gate asks, and what each of them is shown.

A check is a pure function of an `OrderView`: it reads no clock, file, network or chance, keeps nothing between two
calls, and so decides the same in the engine, in a what-if and in a test. Its functions live in this process only; the
journal keeps which ones decided, by name and version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import Side
from kairos.model.events import AccountDefined, InstrumentDefined
from kairos.model.refusals import Refusal
from kairos.model.values import CheckPlugin, Terms


@mypyc_attr(acyclic=True)
class OrderView:
    """An order before the gate, as a check of the firm's own sees it: facts, none of which can be changed.

    instrument, account: as they were last defined
    terms:        what the order asks for; of a replace, the new terms; of a route, those of the part
    is_replace:   whether the order works already: it is replaced, or part of it goes to a venue
    leaves_qty:   units left to execute
    reserve_px:   the price at which it weighs: its limit or stop, else the market's; 0 when there is none
    notional:     their value at that price
    position_qty: units held, negative when short; open_buy and open_sell work in the market, this order's included
    cash, reserved: of the account
    bid_px, ask_px, last_px: the market; 0 for none. mark_px: what positions are valued at
    strategy_id, trader_id: whose books the order is in; empty for none
    user_id:      who entered it; empty for a client's own session
    """

    def __init__(
        self,
        instrument: InstrumentDefined,
        account: AccountDefined,
        side: Side,
        terms: Terms,
        is_replace: bool,
        leaves_qty: i64,
        reserve_px: i64,
        notional: int,
        position_qty: i64,
        open_buy: i64,
        open_sell: i64,
        cash: int,
        reserved: int,
        bid_px: i64,
        ask_px: i64,
        last_px: i64,
        mark_px: i64,
        trading_date: i64,
        now_ns: i64,
        strategy_id: str = "",
        trader_id: str = "",
        user_id: str = "",
    ) -> None:
        self.instrument: Final[InstrumentDefined] = instrument
        self.account: Final[AccountDefined] = account
        self.side: Final[Side] = side
        self.terms: Final[Terms] = terms
        self.is_replace: Final[bool] = is_replace
        self.leaves_qty: Final[i64] = leaves_qty
        self.reserve_px: Final[i64] = reserve_px
        self.notional: Final[int] = notional
        self.position_qty: Final[i64] = position_qty
        self.open_buy: Final[i64] = open_buy
        self.open_sell: Final[i64] = open_sell
        self.cash: Final[int] = cash
        self.reserved: Final[int] = reserved
        self.bid_px: Final[i64] = bid_px
        self.ask_px: Final[i64] = ask_px
        self.last_px: Final[i64] = last_px
        self.mark_px: Final[i64] = mark_px
        self.trading_date: Final[i64] = trading_date
        self.now_ns: Final[i64] = now_ns
        self.strategy_id: Final[str] = strategy_id
        self.trader_id: Final[str] = trader_id
        self.user_id: Final[str] = user_id


CheckFunction = Callable[[OrderView], Refusal | None]


class CheckPlugins:
    """known: those that the journal says decide here, by name; functions: those that this process has.

    One that is known and has no function here refuses every order: a control that can't be asked does not wave through.
    """

    def __init__(self) -> None:
        self.known: Final[dict[str, CheckPlugin]] = {}
        self.functions: Final[dict[str, CheckFunction]] = {}
