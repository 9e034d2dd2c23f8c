"""Reference data as the desk holds it: instruments with their marks, accounts, users."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.events import AccountDefined, HaltChanged, InstrumentDefined, UserDefined
from kairos.model.market_enums import ReferencePrice
from kairos.model.values import Limits
from kairos.state.trading_rules import NO_FIGURES, Figures, Listed, Market, TradingRules

NOTHING_ALLOWED: Final = Limits(0, 0, 0, 0, 0, 0, 0, 0)
TOKEN: Final = 1_000_000_000  # one request in the token bucket; a bucket refills rate * nanoseconds


@mypyc_attr(acyclic=True)
class Instrument:
    """What can be traded, and where its market stands. A spread is one with legs: it trades at a net price of its own,
    which may be 0 or negative, and its position is held in it, not in its legs.

    units_exec_id: the first ExecID(17) since a corporate action changed its units; executions before are in old ones
    restricted:    it is on the restricted list of the whole firm; `listed` are all other lists that it is on
    rules:         its market's for the day, where they are known; `market`, that market's hours
    fell, fell_before: today, and on the day before, its price fell as far as the rule of short sales asks
    """

    def __init__(self, defined: InstrumentDefined) -> None:
        self.instrument_id: Final[str] = defined.instrument_id
        self.defined: InstrumentDefined = defined
        self.restricted: bool = False
        self.bid_px: i64 = 0
        self.ask_px: i64 = 0
        self.last_px: i64 = 0
        self.marked_at_ns: i64 = 0
        self.units_exec_id: i64 = 0
        self.listed: tuple[Listed, ...] = ()
        self.market: Market = Market(defined.mic)
        self.rules: TradingRules | None = None
        self.halt: HaltChanged | None = None
        self.history: Figures = NO_FIGURES
        self.fell: bool = False
        self.fell_before: bool = False
        self.define(defined)

    def define(self, defined: InstrumentDefined) -> None:
        """A new reference price (of an ex date) is the later word on the previous close."""
        if defined.reference_px != self.defined.reference_px:
            self.history = Figures(0, self.history.adv, self.history.volatility_bps)
        self.defined = defined
        self.tick_size: i64 = defined.tick_size
        self.lot_size: i64 = defined.lot_size
        self.multiplier: i64 = defined.multiplier
        self.is_spread: bool = len(defined.legs) > 0

    def trades_at(self, px: i64) -> bool:
        """Whether an execution can have this price."""
        return px > 0 or self.is_spread

    def mid_px(self) -> i64:
        """The middle of the quote, else the mark."""
        if self.bid_px and self.ask_px:
            return (self.bid_px + self.ask_px) // 2
        return self.mark_px()

    def close_px(self) -> i64:
        """Of the day before; 0 when unknown."""
        return self.history.close_px if self.history.close_px else self.defined.reference_px

    def collar_px(self) -> i64:
        """What prices are held against, as the rules say, else the mark; 0 when there is none."""
        rules = self.rules
        if rules is None or rules.given.reference is ReferencePrice.LAST:
            return self.mark_px()
        if rules.given.reference is ReferencePrice.CLOSE:
            return self.close_px()
        if self.bid_px and self.ask_px:
            return (self.bid_px + self.ask_px) // 2
        return self.mark_px()

    def mark_px(self) -> i64:
        """The price positions are valued at: last trade, else the middle of the quote, else the reference; 0 for
        none."""
        if self.last_px:
            return self.last_px
        if self.bid_px and self.ask_px:
            return (self.bid_px + self.ask_px) // 2
        return self.defined.reference_px


@mypyc_attr(acyclic=True)
class Purse:
    """An account's money in one currency, and what its working orders and positions weigh in it.

    cash:     what it may spend, after all trades (money)
    reserved: what working buy orders hold of it (money)
    gross:    sum over positions of the worst case of position and working orders at the mark (money)
    net:      sum over positions of the signed exposure with all working orders (money)
    net_high, net_low: the same with only those orders that raise it, and only those that lower it
    """

    def __init__(self, cash: int) -> None:
        self.cash: int = cash
        self.reserved: int = 0
        self.gross: int = 0
        self.net: int = 0
        self.net_high: int = 0
        self.net_low: int = 0


@mypyc_attr(acyclic=True)
class Account(Purse):
    """An account and its limits; it is itself the purse of its own currency.

    foreign: its purses of other currencies; what is bought in one of them is owed in it
    """

    def __init__(self, defined: AccountDefined) -> None:
        super().__init__(defined.cash)
        self.account_id: Final[str] = defined.account_id
        self.defined: AccountDefined = defined
        self.foreign: dict[str, Purse] = {}
        self.limits: Limits = NOTHING_ALLOWED
        self.tokens: i64 = 0
        self.tokens_at_ns: i64 = 0

    def trader_of(self, user_id: str) -> str:
        """Whose book its order goes into: that of the person who entered it, else of the one who covers the account."""
        return user_id if user_id else self.defined.trader_id

    def purse(self, currency: str) -> Purse:
        """Its money in a currency."""
        if currency == self.defined.currency:
            return self
        purse = self.foreign.get(currency)
        if purse is None:
            purse = Purse(0)
            self.foreign[currency] = purse
        return purse

    def find_purse(self, currency: str) -> Purse:
        """The same, or an empty one that is not kept."""
        if currency == self.defined.currency:
            return self
        purse = self.foreign.get(currency)
        return Purse(0) if purse is None else purse

    def tokens_now(self, now_ns: i64) -> i64:
        """The bucket's content at `now_ns`, in billionths of a request."""
        full = self.limits.rate_burst * TOKEN
        elapsed = now_ns - self.tokens_at_ns
        if elapsed <= 0:
            return min(self.tokens, full)
        if elapsed > 60 * TOKEN:  # a minute fills any bucket that we accept; keeps the product far below 2**63
            return full
        return min(self.tokens + elapsed * self.limits.rate_per_s, full)

    def fill_bucket(self, now_ns: i64) -> None:
        """Start with a full bucket."""
        self.tokens = self.limits.rate_burst * TOKEN
        self.tokens_at_ns = now_ns

    def take_token(self, now_ns: i64) -> None:
        """Count one request against the rate. What a response has taken beyond that (`state.counts`) stays owed."""
        there = self.tokens_now(now_ns)
        self.tokens = max(there - TOKEN, min(there, 0))
        self.tokens_at_ns = max(now_ns, self.tokens_at_ns)


@mypyc_attr(acyclic=True)
class User:
    """A person of the desk."""

    def __init__(self, defined: UserDefined) -> None:
        self.user_id: Final[str] = defined.user_id
        self.defined: Final[UserDefined] = defined
