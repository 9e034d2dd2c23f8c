"""A desk made of events alone, for tests of what is reckoned from them: two accounts of a client, some instruments."""

from __future__ import annotations

from collections.abc import Callable

from kairos.model.enums import (
    HandlInst,
    NodeKind,
    OrdStatus,
    OrdType,
    ScopeKind,
    Side,
    TimeInForce,
)
from kairos.model.events import (
    AccountDefined,
    ClientDefined,
    Event,
    InstrumentDefined,
    MarkUpdated,
    OrderAccepted,
    PlaceWatched,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
    TradingDayStarted,
)
from kairos.model.values import Place, Standing, Terms
from kairos.state.cells import Cell
from kairos.state.desk import Desk
from kairos.state.fold import apply
from kairos.state.snapshot import snapshot

ONE = 10**8  # of money or price
SECOND = 1_000_000_000
FIRM = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")
ACCOUNT = Place(NodeKind.ACCOUNT, "A1", ScopeKind.ALL, "")
STANDING = Standing(OrdStatus.NEW, 0, 0, 0)  # nothing is reckoned from it


class SmallDesk:
    """Each call is an event a second after the one before."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.now_ns = SECOND
        self.add(lambda at: ClientDefined(at, "ACME", "", True, ""))
        for account_id in ("A1", "A2"):
            self.add(lambda at, a=account_id: AccountDefined(at, a, "ACME", "", "TWD", 0, True, ""))
        self.instrument("2330", "TWD")
        self.instrument("TXF", "TWD", multiplier=200)
        self.instrument("AAPL", "USD")
        self.instrument("USD/TWD", "TWD", cfi="IFXXXX")

    def add(self, event: Callable[[int], Event]) -> None:
        self.now_ns += SECOND
        apply(self.desk, event(self.now_ns))

    def instrument(self, symbol: str, currency: str, multiplier: int = 1, cfi: str = "ESVUFR") -> None:
        self.add(
            lambda at: InstrumentDefined(
                at, symbol, symbol, "XTAI", "", currency, "", cfi, 1, 1, multiplier, 0, "", legs=()
            )
        )

    def mark(self, instrument_id: str, px: float, spread: float = 0) -> None:
        """The last trade; with a spread, a quote around it."""
        last, half = round(px * ONE), round(spread * ONE / 2)
        quote = (last - half, last + half) if half else (0, 0)
        self.add(lambda at: MarkUpdated(at, instrument_id, *quote, last))

    def order(
        self,
        side: Side,
        qty: int,
        instrument_id: str = "2330",
        account_id: str = "A1",
        strategy: str = "",
        trader: str = "",
    ) -> int:
        """An order that is accepted; gives its number."""
        number = self.desk.next_order_id
        terms = Terms(qty, OrdType.LIMIT, ONE, 0, TimeInForce.DAY, 0, 0)
        self.add(
            lambda at: OrderAccepted(
                at, number, self.desk.next_exec_id, "S", "ACME", f"C{number}", account_id, instrument_id, side,
                HandlInst.MANUAL, terms, "", "", at, "", ONE, strategy_id=strategy, trader_id=trader,
            )
        )  # fmt: skip
        return number

    def fill(self, order_id: int, qty: int, px: float) -> int:
        """An execution; gives its number."""
        trade_id, terms = self.desk.next_exec_id, self.desk.orders[order_id].terms
        self.add(
            lambda at: TradeBooked(at, order_id, trade_id, 0, "", "", qty, round(px * ONE), terms, STANDING, "", at, "")
        )
        return int(trade_id)

    def trade(self, side: Side, qty: int, px: float, instrument_id: str = "2330", account_id: str = "A1") -> int:
        """An order that trades at once; gives the execution's number."""
        return self.fill(self.order(side, qty, instrument_id, account_id), qty, px)

    def buy(self, qty: int, px: float, instrument_id: str = "2330", account_id: str = "A1") -> int:
        return self.trade(Side.BUY, qty, px, instrument_id, account_id)

    def sell(self, qty: int, px: float, instrument_id: str = "2330", account_id: str = "A1") -> int:
        return self.trade(Side.SELL, qty, px, instrument_id, account_id)

    def bust(self, trade_id: int) -> None:
        trade = self.desk.trades[trade_id]
        terms, report = self.desk.orders[trade.order_id].terms, self.desk.next_exec_id
        self.add(
            lambda at: TradeBusted(
                at, trade.order_id, report, trade_id, trade_id, "", trade.last_qty, trade.last_px, terms, STANDING,
                "", "",
            )
        )  # fmt: skip

    def correct(self, trade_id: int, qty: int, px: float) -> None:
        trade = self.desk.trades[trade_id]
        terms, report = self.desk.orders[trade.order_id].terms, self.desk.next_exec_id
        self.add(
            lambda at: TradeCorrected(
                at, trade.order_id, report, trade_id, trade_id, "", qty, round(px * ONE), terms, STANDING, "", ""
            )
        )

    def new_day(self) -> None:
        self.add(lambda at: TradingDayStarted(at, self.desk.trading_date + 1))

    def watch(self, place: Place = ACCOUNT) -> Cell:
        self.add(lambda at: PlaceWatched(at, place, ""))
        return self.desk.tree.cell(place)

    def from_snapshot(self) -> Desk:
        desk = Desk()
        for event in snapshot(self.desk, self.now_ns):
            apply(desk, event)
        return desk
