"""NautilusTrader 1's RiskEngine at the work of `bench.risk_gate_work`: its checks, and nobody behind it.

    python -m bench.peers.nautilus_1_gate clean|tenth check

It checks the order's own terms, quantity and value, the rate and the free balance of the cash account. It has no check
of losses, and reserves nothing: that is the portfolio's, when an execution engine has told it. So there is no `whole`.
Version 2 shows no RiskEngine of its own to Python.
"""

from __future__ import annotations

from nautilus_trader.cache.cache import Cache
from nautilus_trader.common.component import MessageBus, TestClock
from nautilus_trader.common.factories import OrderFactory
from nautilus_trader.config import RiskEngineConfig
from nautilus_trader.core.uuid import UUID4
from nautilus_trader.execution.messages import SubmitOrder
from nautilus_trader.model.currencies import USD
from nautilus_trader.model.enums import AccountType, OrderSide
from nautilus_trader.model.events import AccountState
from nautilus_trader.model.identifiers import AccountId, InstrumentId, StrategyId, Symbol, TraderId, Venue
from nautilus_trader.model.instruments import Equity
from nautilus_trader.model.objects import AccountBalance, Money, Price, Quantity
from nautilus_trader.portfolio.portfolio import Portfolio
from nautilus_trader.risk.engine import RiskEngine

from bench import risk_gate_work as given

VENUE, TRADER, STRATEGY = Venue("XNYS"), TraderId("BENCH-001"), StrategyId("S-001")


class Sink:
    """Where orders go that passed, and the events of those that did not."""

    def __init__(self) -> None:
        self.passed = 0

    def take(self, _command: object) -> None:
        self.passed += 1

    def hear(self, _event: object) -> None: ...


def make_engine(clock: TestClock, sink: Sink) -> RiskEngine:
    bus, cache = MessageBus(TRADER, clock), Cache()
    portfolio = Portfolio(bus, cache, clock)
    bus.register(endpoint="ExecEngine.execute", handler=sink.take)
    bus.register(endpoint="ExecEngine.process", handler=sink.hear)
    ids = [instrument_id(n) for n in range(given.SYMBOLS)]
    for each in ids:
        cache.add_instrument(
            Equity(
                instrument_id=each, raw_symbol=each.symbol, currency=USD, price_precision=2,
                price_increment=Price.from_str("0.01"), lot_size=Quantity.from_int(1),
                max_quantity=Quantity.from_int(given.MAX_QTY), ts_event=0, ts_init=0,
            )
        )  # fmt: skip
    all_free = AccountBalance(Money(given.CASH, USD), Money(0, USD), Money(given.CASH, USD))
    state = AccountState(
        account_id=AccountId("XNYS-001"), account_type=AccountType.CASH, base_currency=USD, reported=True,
        balances=[all_free], margins=[], info={}, event_id=UUID4(), ts_event=0, ts_init=0,
    )  # fmt: skip
    portfolio.update_account(state)
    config = RiskEngineConfig(
        max_order_submit_rate=f"{given.RATE}/00:00:01",
        max_order_modify_rate=f"{given.RATE}/00:00:01",
        max_notional_per_order={str(each): given.MAX_NOTIONAL for each in ids},
    )
    engine = RiskEngine(portfolio, bus, cache, clock, config)
    engine.start()
    return engine


def instrument_id(n: int) -> InstrumentId:
    return InstrumentId(Symbol(given.symbol(n)), VENUE)


def prepare(work: str, timed: str) -> given.Act:
    if timed != "check":
        raise SystemExit("there is no fill without an execution engine")
    clock, sink = TestClock(), Sink()
    engine = make_engine(clock, sink)
    factory = OrderFactory(TRADER, STRATEGY, clock)
    price = Price.from_str(f"{given.PRICE}.00")
    ready = []
    for n in range(given.ORDERS):
        order = factory.limit(
            instrument_id(n),
            OrderSide.BUY if given.is_buy(n) else OrderSide.SELL,
            Quantity.from_int(given.qty(n, work)),
            price,
        )
        ready.append(SubmitOrder(trader_id=TRADER, strategy_id=STRATEGY, order=order, command_id=UUID4(), ts_init=0))

    def check(n: int) -> bool:
        before = sink.passed
        engine.execute(ready[n])
        return sink.passed > before

    return check


if __name__ == "__main__":
    given.run(prepare)
