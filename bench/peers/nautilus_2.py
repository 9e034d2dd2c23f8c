"""NautilusTrader 2 doing the work of `bench.in_process_work`: strategy -> risk engine -> simulated venue -> position.

    python -m bench.peers.nautilus_2 fills|cancels

Its checks: price and quantity of the instrument, the notional limit, the free balance of the cash account, the rate.
It keeps no journal.
"""

from __future__ import annotations

import json
import sys

from nautilus_trader.backtest import BacktestEngine, BacktestEngineConfig
from nautilus_trader.common import LoggerConfig
from nautilus_trader.execution import FixedFeeModel
from nautilus_trader.model import (
    AccountType,
    ClientOrderId,
    Currency,
    Equity,
    InstrumentId,
    Money,
    OmsType,
    OrderSide,
    Price,
    Quantity,
    QuoteTick,
    Symbol,
    TraderId,
    Venue,
)
from nautilus_trader.risk import RiskEngineConfig
from nautilus_trader.trading import Strategy

from bench import in_process_work as given
from bench.timing import Stopwatch, pin

USD = Currency.from_str("USD")


class OneOrderATick(Strategy):  # type: ignore[misc]
    """Submits one limit order a tick; or a resting one, and cancels the one before."""

    def prepare(self, work: str, instruments: list[InstrumentId]) -> None:
        self.cancels = work == "cancels"
        self.instruments = instruments
        self.ticks = 0
        self.qty = Quantity.from_str(str(given.QTY))
        self.bid, self.ask = Price.from_str(given.BID), Price.from_str(given.ASK)
        self.resting = Price.from_str(given.RESTING)

    def on_start(self) -> None:
        for instrument in self.instruments:
            self.subscribe_quotes(instrument)

    def on_quote(self, quote: QuoteTick) -> None:
        n = self.ticks
        self.ticks = n + 1
        if self.cancels:
            if n > 0:
                self.cancel_order(ClientOrderId(f"O{n - 1}"))
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
        self.submit_order(order)


def make_engine(work: str) -> BacktestEngine:
    venue = Venue("XNYS")
    ids = [InstrumentId(Symbol(given.symbol(n)), venue) for n in range(given.SYMBOLS)]
    risk = RiskEngineConfig(
        max_order_submit_rate="1000000/00:00:01",
        max_order_modify_rate="1000000/00:00:01",
        max_notional_per_order={str(instrument): str(given.MAX_NOTIONAL) for instrument in ids},
    )
    engine = BacktestEngine(
        BacktestEngineConfig(
            trader_id=TraderId("BENCH-001"), bypass_logging=True, run_analysis=False, risk_engine=risk,
            logging=LoggerConfig(bypass_logging=True),
        )
    )  # fmt: skip
    engine.add_venue(
        venue=venue,
        oms_type=OmsType.NETTING,
        account_type=AccountType.CASH,
        starting_balances=[Money(given.CASH, USD)],
        base_currency=USD,
        fee_model=FixedFeeModel(Money(0, USD)),
    )
    for instrument in ids:
        engine.add_instrument(
            Equity(instrument, instrument.symbol, USD, 2, Price.from_str("0.01"), given.START_NS, given.START_NS)
        )
    bid, ask, size = Price.from_str(given.BID), Price.from_str(given.ASK), Quantity.from_str(str(given.DEPTH))
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
    work = sys.argv[1]
    engine = make_engine(work)
    with Stopwatch() as watch:
        engine.run()
    orders = engine.cache.orders()
    statuses = [str(order.status).rsplit(".", 1)[-1] for order in orders]
    print(
        json.dumps(
            {
                "orders": len(orders), "filled": statuses.count("FILLED"), "canceled": statuses.count("CANCELED"),
                "positions": len(engine.cache.positions_open()), "wall_s": watch.wall_s, "cpu_s": watch.cpu_s,
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
