"""NautilusTrader 1 doing the work of `bench.in_process_work`: strategy -> risk engine -> simulated venue -> position.

    python -m bench.peers.nautilus_1 fills|cancels

The account is a cash account: on a margin account this version skips its balance checks. It keeps no journal.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal

from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import LoggingConfig, RiskEngineConfig
from nautilus_trader.model.currencies import USD
from nautilus_trader.model.data import QuoteTick
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide, OrderStatus
from nautilus_trader.model.identifiers import ClientOrderId, InstrumentId, Symbol, TraderId, Venue
from nautilus_trader.model.instruments import Equity
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.trading.strategy import Strategy

from bench import in_process_work as given
from bench.timing import Stopwatch, pin


class OneOrderATick(Strategy):  # type: ignore[misc]
    """Submits one limit order a tick; or a resting one, and cancels the one before."""

    def prepare(self, work: str, instruments: list[InstrumentId]) -> None:
        self.cancels = work == "cancels"
        self.instruments = instruments
        self.ticks = 0
        self.qty = Quantity.from_int(given.QTY)
        self.bid, self.ask = Price.from_str(given.BID), Price.from_str(given.ASK)
        self.resting = Price.from_str(given.RESTING)
        self.last = None

    def on_start(self) -> None:
        for instrument in self.instruments:
            self.subscribe_quote_ticks(instrument)

    def on_quote_tick(self, quote: QuoteTick) -> None:
        n = self.ticks
        self.ticks = n + 1
        if self.cancels:
            if n > 0:
                self.cancel_order(self.last)
            if n < given.CANCELS:
                self._submit(n, quote.instrument_id, OrderSide.BUY, self.resting)
        elif given.is_buy(n):
            self._submit(n, quote.instrument_id, OrderSide.BUY, self.ask)
        else:
            self._submit(n, quote.instrument_id, OrderSide.SELL, self.bid)

    def _submit(self, n: int, instrument: InstrumentId, side: OrderSide, price: Price) -> None:
        order = self.order_factory.limit(
            instrument_id=instrument,
            order_side=side,
            quantity=self.qty,
            price=price,
            client_order_id=ClientOrderId(f"O{n}"),
        )
        self.last = order
        self.submit_order(order)


def make_engine(work: str) -> BacktestEngine:
    venue = Venue("XNYS")
    ids = [InstrumentId(Symbol(given.symbol(n)), venue) for n in range(given.SYMBOLS)]
    risk = RiskEngineConfig(
        max_order_submit_rate="1000000/00:00:01",
        max_order_modify_rate="1000000/00:00:01",
        max_notional_per_order={str(instrument): given.MAX_NOTIONAL for instrument in ids},
    )
    engine = BacktestEngine(
        BacktestEngineConfig(
            trader_id=TraderId("BENCH-001"), run_analysis=False, risk_engine=risk,
            logging=LoggingConfig(bypass_logging=True),
        )
    )  # fmt: skip
    engine.add_venue(
        venue=venue,
        oms_type=OmsType.NETTING,
        account_type=AccountType.CASH,
        starting_balances=[Money(given.CASH, USD)],
        base_currency=USD,
        default_leverage=Decimal(1),
    )
    for instrument in ids:
        engine.add_instrument(
            Equity(
                instrument_id=instrument, raw_symbol=instrument.symbol, currency=USD, price_precision=2,
                price_increment=Price.from_str("0.01"), lot_size=Quantity.from_int(1),
                ts_event=given.START_NS, ts_init=given.START_NS,
            )
        )  # fmt: skip
    bid, ask, size = Price.from_str(given.BID), Price.from_str(given.ASK), Quantity.from_int(given.DEPTH)
    quotes = []
    for n in range(given.ticks(work)):
        at = given.START_NS + n * given.TICK_NS
        quotes.append(QuoteTick(ids[n % given.SYMBOLS], bid, ask, size, size, at, at))
    engine.add_data(quotes)
    strategy = OneOrderATick()
    strategy.prepare(work, ids)
    engine.add_strategy(strategy)
    return engine


def main() -> None:
    pin(1)
    engine = make_engine(sys.argv[1])
    with Stopwatch() as watch:
        engine.run()
    statuses = [order.status for order in engine.cache.orders()]
    print(
        json.dumps(
            {
                "orders": len(statuses), "filled": statuses.count(OrderStatus.FILLED),
                "canceled": statuses.count(OrderStatus.CANCELED), "positions": len(engine.cache.positions_open()),
                "wall_s": watch.wall_s, "cpu_s": watch.cpu_s,
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
