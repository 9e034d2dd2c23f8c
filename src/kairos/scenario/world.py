"""The world that a scenario plays in: an engine, a clock, the journal so far, and what the file's labels name."""

from __future__ import annotations

from typing import Final

from kairos.engine.engine import Engine
from kairos.engine.timers import NEVER
from kairos.model.commands import AdvanceTime, Command, RefuseRequest
from kairos.model.enums import VenueKind
from kairos.model.events import Event, OrderAccepted, OrderCancelPending, OrderReplacePending, OrderReplaceQueued
from kairos.model.nested import encode_commands
from kairos.model.refusals import RefusalCode
from kairos.model.values import Limits
from kairos.model.wire import decode_events, encode_events
from kairos.scenario.errors import Mismatch
from kairos.scenario.moments import parse_moment
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.positions import Trade
from kairos.state.route import Route
from kairos.state.snapshot import snapshot

MONEY: Final = 100_000_000  # one unit of currency, as money is scaled
START_NS: Final = parse_moment("2026-11-23T09:00:00").resolve(0)
FIRST_DAY: Final = 20261123
CLIENT, ACCOUNT, INSTRUMENT, VENUE, SESSION = "ACME", "A1", "2330.XTAI", "XTAI", "CLIENT1"
ACK_TIMEOUT_NS: Final = 5_000_000_000
GENEROUS: Final = Limits(
    max_order_qty=100_000,
    max_order_notional=100_000_000 * MONEY,
    collar_bps=1_000,
    max_position=200_000,
    max_gross_exposure=1_000_000_000 * MONEY,
    max_net_exposure=1_000_000_000 * MONEY,
    rate_per_s=100,
    rate_burst=200,
)
KIND_OF_VENUE: Final = {"exchange": VenueKind.EXCHANGE, "broker": VenueKind.BROKER}
MAX_TIMERS_A_STEP: Final = 10_000  # a clock step that fires more than this has found a timer that never ends


class World:
    """Plays commands and remembers what they were about."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.now_ns = START_NS
        self.batches: list[bytes] = []
        self.commands: list[Command] = []
        self.labels: dict[str, int] = {}
        self.fills = 0
        self.door = RefusalCode.NONE  # why the door refuses what is asked now

    @property
    def desk(self) -> Desk:
        return self.engine.desk

    def give(self, *commands: Command) -> list[Event]:
        """Hand commands to the engine at the present time; the events go to the journal as bytes."""
        events: list[Event] = []
        for command in commands:
            asked = self._through_door(command)
            self.commands.append(asked)
            events += self.engine.handle(asked, self.now_ns)
        self.batches.append(encode_events(events))
        for event in events:
            if isinstance(event, (OrderAccepted, OrderCancelPending, OrderReplacePending, OrderReplaceQueued)):
                self.labels[event.cl_ord_id] = event.order_id
        return events

    def _through_door(self, command: Command) -> Command:
        if self.door is RefusalCode.NONE:
            return command
        return RefuseRequest(encode_commands([command]), self.door, ())

    def move_clock(self, to_ns: int) -> list[Event]:
        """Let time go by, stopping at every deadline that the engine asks for."""
        events: list[Event] = []
        for _ in range(MAX_TIMERS_A_STEP):
            deadline = self.engine.next_deadline_ns()
            if deadline == NEVER or deadline > to_ns:
                self.now_ns = max(to_ns, self.now_ns)
                return events
            self.now_ns = max(deadline, self.now_ns)
            events += self.give(AdvanceTime())
        raise Mismatch("time to pass", f"more than {MAX_TIMERS_A_STEP} deadlines")

    def order(self, label: str) -> Order:
        """The order that a ClOrdID or OrderID(37) names, also after its day."""
        order = self.desk.orders.get(self.order_id(label))
        if order is None:
            raise Mismatch(f"an order called {label}", "no such order")
        return order

    def order_id(self, label: str) -> int:
        """The OrderID(37) of a ClOrdID; a number stands for itself; 0 for an unknown order."""
        return int(label) if label.isdigit() else self.labels.get(label, 0)

    def route(self, label: str) -> Route | None:
        """The route that one of its ClOrdIDs names."""
        return self.desk.route_of_cl_ord_id(label)

    def trade(self, label: str) -> Trade | None:
        """The execution of a venue's ExecID(17), or of ours: `F1`, `E5`."""
        for trade in self.desk.trades.values():
            if label in trade.venue_exec_ids or label == f"E{trade.trade_id}":
                return trade
        return None

    def label_of(self, order_id: int) -> str:
        """What to call an order: the ClOrdID that names it now, `-` when it came by phone and has none."""
        order = self.desk.orders.get(order_id)
        if order is not None:
            return order.cl_ord_id or "-"
        return next((label for label, known in self.labels.items() if known == order_id), "")

    def next_exec_id(self) -> str:
        self.fills += 1
        return f"F{self.fills}"

    def replayed(self) -> Engine:
        """An engine recovered from the journal's bytes."""
        engine = Engine()
        for batch in self.batches:
            engine.recover(decode_events(batch))
        return engine

    def from_snapshot(self) -> Engine:
        """An engine recovered from a snapshot of the desk."""
        engine = Engine()
        engine.recover(decode_events(encode_events(snapshot(self.desk, self.now_ns))))
        return engine

    def picture(self, engine: Engine) -> list[Event]:
        """A desk as events, to be compared."""
        return snapshot(engine.desk, self.now_ns)
