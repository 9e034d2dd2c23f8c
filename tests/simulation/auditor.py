"""An independent auditor: positions, cash and CumQty from executions alone, by arithmetic of its own.

It reads only who ordered what (OrderAccepted) and what traded (TradeBooked, TradeBusted, TradeCorrected), from the
journal's bytes, and shares no code with the desk beyond the classes of those events.
"""

from __future__ import annotations

from collections import Counter

from kairos.model.enums import Side
from kairos.model.events import (
    AccountDefined,
    CorporateActionApplied,
    Event,
    InstrumentDefined,
    OrderAccepted,
    OrderSplit,
    PositionRestated,
    TradeBooked,
    TradeBusted,
    TradeCorrected,
    VenueReportRefused,
)
from kairos.model.wire import decode_events
from kairos.state.desk import Desk


class Auditor:
    """Keeps a ledger of executions."""

    def __init__(self) -> None:
        self.orders: dict[int, tuple[str, str, int]] = {}  # account, instrument, +1 for a buy
        self.split: Counter[int] = Counter()  # units that corporate actions added to an order's CumQty
        self.ratios: dict[str, tuple[int, int]] = {}  # of corporate actions
        self.restated: Counter[tuple[str, str]] = Counter()  # units that they added to a position
        self.in_lieu: Counter[str] = Counter()  # money owed for fractions
        self.executions: dict[int, tuple[int, int, int]] = {}  # trade -> order, quantity, price
        self.venue_ids: dict[int, str] = {}
        self.refused: set[str] = set()  # the venue's ExecIDs of reports that did not fit
        self.deposited: dict[str, int] = {}
        self.multipliers: dict[str, int] = {}

    def read(self, batch: bytes) -> None:
        for event in decode_events(batch):
            self.note(event)

    def note(self, event: Event) -> None:
        if isinstance(event, OrderAccepted):
            sign = 1 if event.side is Side.BUY else -1
            self.orders[event.order_id] = (event.account_id, event.instrument_id, sign)
        elif isinstance(event, TradeBooked):
            assert event.exec_id not in self.executions, "an ExecID(17) is used once"
            self.executions[event.exec_id] = (event.order_id, event.last_qty, event.last_px)
            self.venue_ids[event.exec_id] = event.venue_exec_id
        elif isinstance(event, VenueReportRefused):
            self.refused.add(event.exec_id)
        elif isinstance(event, TradeBusted):
            taken_back = (event.order_id, event.last_qty, event.last_px)
            assert self.executions[event.trade_id] == taken_back, "busts say what they take back"
            self.executions[event.trade_id] = (event.order_id, 0, 0)
        elif isinstance(event, TradeCorrected):
            self.executions[event.trade_id] = (event.order_id, event.last_qty, event.last_px)
        elif isinstance(event, OrderSplit):
            before = self.cum_qty()[event.order_id]
            self.split[event.order_id] += before * event.numerator // event.denominator - before
        elif isinstance(event, CorporateActionApplied):
            self.ratios[event.action_id] = (event.numerator, event.denominator)
        elif isinstance(event, PositionRestated):
            self._restated(event)
        elif isinstance(event, AccountDefined):
            self.deposited[event.account_id] = event.cash
        elif isinstance(event, InstrumentDefined):
            self.multipliers[event.instrument_id] = event.multiplier

    def _restated(self, event: PositionRestated) -> None:
        numerator, denominator = self.ratios[event.action_id]
        before = self.positions()[event.account_id, event.instrument_id]
        whole = abs(before) * numerator // denominator
        assert abs(event.qty) == whole and event.qty * before >= 0, "a position keeps its whole new units"
        self.restated[event.account_id, event.instrument_id] += event.qty - before
        self.in_lieu[event.account_id] += event.cash

    def cum_qty(self) -> Counter[int]:
        """Of each order: its executions, and what corporate actions made of them."""
        total: Counter[int] = Counter(self.split)
        for order_id, qty, _ in self.executions.values():
            total[order_id] += qty
        return total

    def positions(self) -> Counter[tuple[str, str]]:
        total: Counter[tuple[str, str]] = Counter(self.restated)
        for order_id, qty, _ in self.executions.values():
            account, instrument, sign = self.orders[order_id]
            total[account, instrument] += sign * qty
        return total

    def cash(self) -> dict[str, int]:
        left = dict(self.deposited)
        for order_id, qty, px in self.executions.values():
            account, instrument, sign = self.orders[order_id]
            left[account] -= sign * qty * px * self.multipliers[instrument]
        return left

    def by_venue(self) -> dict[str, tuple[int, int]]:
        """Quantity and price of each execution that a venue reported, by its ExecID."""
        return {name: self.executions[trade][1:] for trade, name in self.venue_ids.items() if name}

    def agree_with(self, desk: Desk) -> None:
        """The desk's figures are those of the ledger."""
        cum = self.cum_qty()
        assert {o.order_id: o.cum_qty for o in desk.orders.values()} == {i: cum[i] for i in desk.orders}
        positions = self.positions()
        held = {
            (p.account.account_id, p.instrument.instrument_id): p for of in desk.positions.values() for p in of.values()
        }
        assert {key: int(p.qty) for key, p in held.items()} == {key: positions[key] for key in held}
        assert {key for key, qty in positions.items() if qty} <= set(held)
        assert {a.account_id: a.cash for a in desk.accounts.values()} == self.cash()
        self._profit_agrees(desk)

    def _profit_agrees(self, desk: Desk) -> None:
        """Money spent is what open units cost, less the profit made: cash moved, or owed in lieu of fractions,
        = realized - cost, exactly."""
        cash = self.cash()
        for account_id, account in desk.accounts.items():
            positions = desk.positions.get(account_id, {}).values()
            moved = cash[account_id] - self.deposited[account_id] + self.in_lieu[account_id]
            assert moved == sum(p.realized - p.cost for p in positions), account.account_id
