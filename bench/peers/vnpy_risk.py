"""vn.py 4 with its risk manager doing the work of `bench.in_process_work`: tick -> rules -> gateway -> position.

    python -m bench.peers.vnpy_risk fills|cancels

Its five rules: form of the request, size and notional, repeats, active orders, daily counts. There is no matching: the
gateway below answers each order at once, as vn.py's users do in their own tests; nor a check of cash, nor a journal.
Each tick is handed in when the one before has had its effect, so that the queue never grows.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import in_process_work as given
from bench.timing import Stopwatch, pin

FOLDER = tempfile.mkdtemp()
SETTINGS = Path(FOLDER, ".vntrader")
SETTINGS.mkdir()
(SETTINGS / "vt_setting.json").write_text(json.dumps({"log.active": False}))  # or it writes a line an order
os.chdir(FOLDER)  # vn.py keeps its settings in the folder that it is imported in

from vnpy.event import Event, EventEngine  # noqa: E402
from vnpy.trader.constant import Direction, Exchange, Offset, OrderType, Product, Status  # noqa: E402
from vnpy.trader.engine import MainEngine  # noqa: E402
from vnpy.trader.event import EVENT_ORDER, EVENT_POSITION, EVENT_TICK  # noqa: E402
from vnpy.trader.gateway import BaseGateway  # noqa: E402
from vnpy.trader.object import (  # noqa: E402
    CancelRequest,
    ContractData,
    OrderData,
    OrderRequest,
    PositionData,
    SubscribeRequest,
    TickData,
    TradeData,
)
from vnpy_riskmanager import RiskManagerApp  # noqa: E402

GATEWAY = "DUMMY"
NOW = datetime(2026, 11, 23, 9, 0)
MANY = 10**9
RULES = {
    "委托规模检查": {"order_volume_limit": 10_000, "order_value_limit": given.MAX_NOTIONAL},
    "活动委托检查": {"active_order_limit": MANY},
    "重复报单检查": {"duplicate_order_limit": MANY},
    "每日上限检查": {
        f"{scope}_{kind}_limit": MANY for scope in ("total", "contract") for kind in ("order", "cancel", "trade")
    },
}


class DummyGateway(BaseGateway):  # type: ignore[misc]
    """Fills each order at once, or lets it rest until it is canceled; keeps the positions that it reports."""

    default_name = GATEWAY
    exchanges = [Exchange.NYSE]  # noqa: RUF012  (vn.py reads a list)
    rests = False

    def __init__(self, event_engine: EventEngine, gateway_name: str) -> None:
        super().__init__(event_engine, gateway_name)
        self.orders: dict[str, OrderData] = {}
        self.held: dict[str, float] = {}

    def connect(self, setting: dict[str, Any]) -> None:
        for n in range(given.SYMBOLS):
            self.on_contract(
                ContractData(GATEWAY, given.symbol(n), Exchange.NYSE, given.symbol(n), Product.EQUITY, 1, 0.01)
            )

    def send_order(self, req: OrderRequest) -> str:
        number = str(len(self.orders))
        order = req.create_order_data(number, GATEWAY)
        self.orders[number] = order
        order.status = Status.NOTTRADED
        self.on_order(order)
        if not self.rests:
            self._fill(req, number)
        return str(order.vt_orderid)

    def _fill(self, req: OrderRequest, number: str) -> None:
        done = req.create_order_data(number, GATEWAY)
        done.status, done.traded = Status.ALLTRADED, req.volume
        self.on_order(done)
        self.on_trade(
            TradeData(
                GATEWAY, req.symbol, req.exchange, number, number, req.direction, req.offset, req.price, req.volume, NOW
            )
        )
        change = req.volume if req.direction is Direction.LONG else -req.volume
        held = self.held.get(req.symbol, 0) + change
        self.held[req.symbol] = held
        self.on_position(PositionData(GATEWAY, req.symbol, req.exchange, Direction.NET, held))

    def cancel_order(self, req: CancelRequest) -> None:
        was = self.orders[req.orderid]
        order = OrderData(
            GATEWAY, was.symbol, was.exchange, was.orderid, was.type, was.direction, was.offset, was.price, was.volume,
            0, Status.CANCELLED, NOW,
        )  # fmt: skip
        self.on_order(order)

    def close(self) -> None: ...
    def subscribe(self, req: SubscribeRequest) -> None: ...
    def query_account(self) -> None: ...
    def query_position(self) -> None: ...


class OneOrderATick:
    """Sends one limit order a tick; or a resting one, and cancels the one before."""

    def __init__(self, main: MainEngine, gateway: DummyGateway, work: str) -> None:
        self.main, self.gateway = main, gateway
        self.cancels = work == "cancels"
        self.count = given.ticks(work)
        self.ticks = [self._tick(n) for n in range(self.count)]
        self.next = 0
        self.last = ""
        self.over = threading.Event()

    def _tick(self, n: int) -> TickData:
        tick = TickData(GATEWAY, given.symbol(n), Exchange.NYSE, NOW)
        tick.bid_price_1, tick.ask_price_1 = float(given.BID), float(given.ASK)
        tick.bid_volume_1 = tick.ask_volume_1 = given.DEPTH
        return tick

    def advance(self, _: Event | None = None) -> None:
        n = self.next
        self.next = n + 1
        if n < self.count:
            self.gateway.on_tick(self.ticks[n])
        else:
            self.over.set()

    def on_tick(self, event: Event) -> None:
        n, tick = self.next - 1, event.data
        if self.cancels:
            if self.last:
                request = CancelRequest(self.last, tick.symbol, Exchange.NYSE)
                self.main.cancel_order(request, GATEWAY)
            if n < given.CANCELS:
                self.last = self._send(tick, True, float(given.RESTING))
        elif given.is_buy(n):
            self._send(tick, True, tick.ask_price_1)
        else:
            self._send(tick, False, tick.bid_price_1)

    def _send(self, tick: TickData, buys: bool, price: float) -> str:
        direction, offset = (Direction.LONG, Offset.OPEN) if buys else (Direction.SHORT, Offset.CLOSE)
        request = OrderRequest(tick.symbol, Exchange.NYSE, direction, OrderType.LIMIT, given.QTY, price, offset)
        return str(self.main.send_order(request, GATEWAY)).rpartition(".")[2]

    def on_order(self, event: Event) -> None:
        """The last answer to a tick of `cancels`: the new order rests, or the last cancel is done."""
        is_new = event.data.status is Status.NOTTRADED
        if is_new or self.next == self.count:
            self.advance()


def main() -> None:
    pin(1)
    work = sys.argv[1]
    (SETTINGS / "risk_manager_setting.json").write_text(json.dumps(RULES))
    engine = EventEngine()
    main_engine = MainEngine(engine)
    main_engine.add_app(RiskManagerApp)
    gateway = main_engine.add_gateway(DummyGateway)
    gateway.rests = work == "cancels"
    gateway.connect({})
    strategy = OneOrderATick(main_engine, gateway, work)
    engine.register(EVENT_TICK, strategy.on_tick)
    if work == "cancels":
        engine.register(EVENT_ORDER, strategy.on_order)
    else:
        engine.register(EVENT_POSITION, strategy.advance)
    with Stopwatch() as watch:
        strategy.advance()
        strategy.over.wait(300)
    orders = main_engine.get_all_orders()
    statuses = [order.status for order in orders]
    print(
        json.dumps(
            {
                "orders": len(orders), "filled": statuses.count(Status.ALLTRADED),
                "canceled": statuses.count(Status.CANCELLED),
                "positions": sum(1 for held in main_engine.get_all_positions() if held.volume),
                "wall_s": watch.wall_s, "cpu_s": watch.cpu_s,
            }
        )
    )  # fmt: skip
    main_engine.close()


if __name__ == "__main__":
    main()
