"""The desk: everything that is, by its ids. Only `state.fold.apply` changes it.

Orders that are over fall asleep (`state.packed`) between two commands, the one that ended longest ago first. That
changes nothing but the memory that they take: whoever asks for one by a number or a name has it awake.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.state.approvals import Approvals
from kairos.state.check_plugins import CheckPlugins
from kairos.state.kills import Kills
from kairos.state.ladder import Ladder
from kairos.state.line_of_numbers import LineOfNumbers
from kairos.state.lists import Cross, OrderList
from kairos.state.order import Order
from kairos.state.packed import Found, Texts, is_gone, is_quiet, pack, unpack
from kairos.state.parties import Client, Venue
from kairos.state.positions import Position, Trade
from kairos.state.reference import Account, Instrument, User
from kairos.state.returns import Returns
from kairos.state.route import Route, number_in
from kairos.state.shelf import Shelf, Waker
from kairos.state.trading_rules import Market
from kairos.state.tree import Tree

# Some 10 MiB: the orders of the last moments, whose last reports are being written and of which a late word may come.
AWAKE_ORDERS: Final = 10_000


class SessionNumbers:
    """Where a FIX session stands: the next numbers, in and out, and what a restart must know of its hours.

    active_ns:    when a number last moved
    scheduled_ns: when its schedule last began the numbers anew
    logged_on:    it was, by the last Logon or Logout that we sent; a line that is cut leaves it so
    """

    def __init__(self) -> None:
        self.next_in: i64 = 1
        self.next_out: i64 = 1
        self.active_ns: i64 = 0
        self.scheduled_ns: i64 = 0
        self.logged_on: bool = False


@mypyc_attr(acyclic=True)
class AppliedAction:
    """A corporate action that was applied. `first_exec_id` is the first ExecID(17) in its units; 0 where they stay."""

    def __init__(self, instrument_id: str, ex_date: i64, first_exec_id: i64) -> None:
        self.instrument_id: Final[str] = instrument_id
        self.ex_date: Final[i64] = ex_date
        self.first_exec_id: Final[i64] = first_exec_id


class Desk(Waker):
    """All orders, positions and reference data, by their ids.

    awake_orders: as many that are over stay awake
    ended: orders that are over and awake, by when they ended or were last woken; some are named twice, or work again
    turns: of the day, since this desk began
    """

    def __init__(self) -> None:
        self.awake_orders: i64 = AWAKE_ORDERS
        self.ended: Final[LineOfNumbers] = LineOfNumbers()
        self.turns: i64 = 0
        self._texts: Final[Texts] = Texts()
        self.instruments: dict[str, Instrument] = {}
        self.clients: dict[str, Client] = {}
        self.accounts: dict[str, Account] = {}
        self.users: dict[str, User] = {}
        self.venues: dict[str, Venue] = {}
        self.venue_of_mic: dict[str, str] = {}
        self.markets: dict[str, Market] = {}  # by MIC
        self.sessions: dict[str, SessionNumbers] = {}
        self.positions: dict[str, dict[str, Position]] = {}  # by account, then instrument
        self.holders: dict[str, list[Position]] = {}  # by instrument
        self.tree: Final[Tree] = Tree(self.accounts, self.instruments, self.positions)
        self._last_position: Position | None = None  # of those kept, the one that was asked for last
        self._last_client: Client | None = None
        self.orders: Shelf[Order] = Shelf(self)
        self.routes: Shelf[Route] = Shelf(self)
        self.trades: Shelf[Trade] = Shelf(self)
        self.lists: dict[str, OrderList] = {}  # client|ListID(66)
        self.crosses: dict[str, Cross] = {}  # client|CrossID(548)
        self.actions: dict[str, AppliedAction] = {}  # corporate actions by their ids
        self.next_order_id: i64 = 1
        self.next_route_id: i64 = 1
        self.next_exec_id: i64 = 1
        self.day_exec_id: i64 = 1  # the first of the day
        self.returns: Final[Returns] = Returns()
        self.trading_date: i64 = 0
        self.kills: Final[Kills] = Kills(self.users)
        self.approvals: Final[Approvals] = Approvals()
        self.plugins: Final[CheckPlugins] = CheckPlugins()
        self.ladder: Final[Ladder] = Ladder()

    def position(self, account_id: str, instrument_id: str) -> Position:
        """The position of an account in an instrument, made when it is first asked for."""
        position = self._known_position(account_id, instrument_id)
        if position is None:
            position = Position(self.accounts[account_id], self.instruments[instrument_id])
            position.day_from = self.day_exec_id
            self.positions.setdefault(account_id, {})[instrument_id] = position
            self.holders.setdefault(instrument_id, []).append(position)
            self.tree.attach(position)
        return position

    def find_position(self, account_id: str, instrument_id: str) -> Position:
        """The position, or a flat one that is not kept: a question changes nothing."""
        position = self._known_position(account_id, instrument_id)
        if position is None:
            position = Position(self.accounts[account_id], self.instruments[instrument_id], is_kept=False)
            self.tree.attach(position)
        return position

    def _known_position(self, account_id: str, instrument_id: str) -> Position | None:
        """One order asks for its position several times in a row. A position that is kept is kept for good."""
        last = self._last_position
        if last is not None and last.is_of(account_id, instrument_id):
            return last
        of_account = self.positions.get(account_id)
        position = None if of_account is None else of_account.get(instrument_id)
        if position is not None:
            self._last_position = position
        return position

    def all_positions(self) -> list[Position]:
        """Those of accounts, then those of books."""
        of_accounts = [position for held in self.positions.values() for position in held.values()]
        return of_accounts + self.tree.book_positions()

    def client(self, client_id: str) -> Client:
        """The client, who must be there."""
        client = self.find_client(client_id)
        if client is None:
            raise KeyError(client_id)
        return client

    def find_client(self, client_id: str) -> Client | None:
        """As with positions: one order asks for its client several times in a row, and who is a client stays one."""
        last = self._last_client
        if last is not None and last.client_id == client_id:
            return last
        client = self.clients.get(client_id)
        if client is not None:
            self._last_client = client
        return client

    def order_of_cl_ord_id(self, client_id: str, cl_ord_id: str) -> Order | None:
        """The client's order that this ClOrdID(11) names or named."""
        client = self.find_client(client_id)
        return None if client is None else client.orders.get(cl_ord_id)

    def route_of_cl_ord_id(self, cl_ord_id: str) -> Route | None:
        """The route that a ClOrdID(11) which we sent to a venue names."""
        route = self.routes.get(number_in(cl_ord_id))
        return route if route is not None and route.has_used(cl_ord_id) else None

    def is_known_execution(self, venue_id: str, exec_id: str) -> bool:
        """Whether a venue has reported this ExecID(17) before."""
        venue = self.venues.get(venue_id)
        return venue is not None and exec_id in venue.trades

    def shared_venue_id(self, venue_id: str, likely: str = "") -> str:
        """The same text, kept once, for all that names the venue; looked for no further where it is the likely one."""
        if venue_id == likely:
            return likely
        venue = self.venues.get(venue_id)
        return venue_id if venue is None else venue.venue_id

    def working_orders(self, position: Position) -> list[Order]:
        """The orders that work in an account's position. The first question looks at all, later ones at these alone."""
        if not position.knows_working():
            awake = [order for order in self.orders.awake() if order.working > 0 and order.position is position]
            position.keep_working([int(order.order_id) for order in awake])
        return [self.orders[order_id] for order_id in position.working_ids()]

    # Orders that are over

    def note_all_ends(self) -> None:
        """The same for all orders of a snapshot, when all of it is there."""
        for order in self.orders.awake():
            self.note_end(order)

    def note_end(self, order: Order) -> None:
        """An order may have ended: let it sleep when so many others have ended after it."""
        if not order.may_trade():
            self.ended.add(order.order_id)

    def rest(self) -> None:
        """Let orders sleep that ended long ago; two at most of those noted, so that this is work of a bounded size."""
        for _ in range(2):
            if self.ended.count() <= self.awake_orders:
                return
            order = self.orders.if_awake(self.ended.take())
            if order is not None:
                self._lay_down(order)

    def _lay_down(self, order: Order) -> None:
        if not is_quiet(order):
            self.note_end(order)
            return
        record = pack(order, self.turns, self._texts)
        self.orders.lay(order.order_id, record)
        for route in order.routes:
            self.routes.lay(route.route_id, record)
        for trade in order.trades:
            self.trades.lay(trade.trade_id, record)

    def wake(self, record: bytes) -> None:
        order = self.unpacked(record)
        self.orders[order.order_id] = order
        for route in order.routes:
            self.routes[route.route_id] = route
        for trade in order.trades:
            self.trades[trade.trade_id] = trade
        self.ended.add(order.order_id)

    def is_gone(self, record: bytes) -> bool:
        return is_gone(record, self.turns)

    def unpacked(self, record: bytes) -> Order:
        """What sleeps in these bytes, and sleeps on."""
        found = Found(record, self._texts)
        position = self.position(found.account_id, found.instrument_id)
        order = unpack(record, self.turns, self._texts, found, position)
        self.tree.enter_books(order, order.strategy_id, order.trader_id)
        return order

    def look_at(self, order_id: i64) -> Order:
        """An order as it is, asleep or not; one that sleeps is a copy."""
        record = self.orders.record(order_id)
        return self.orders[order_id] if record is None else self.unpacked(record)

    def look_at_route(self, route_id: i64) -> Route:
        record = self.routes.record(route_id)
        if record is None:
            return self.routes[route_id]
        return next(route for route in self.unpacked(record).routes if route.route_id == route_id)

    def look_at_trade(self, trade_id: i64) -> Trade:
        record = self.trades.record(trade_id)
        if record is None:
            return self.trades[trade_id]
        return next(trade for trade in self.unpacked(record).trades if trade.trade_id == trade_id)

    def may_trade(self, order_id: i64) -> bool:
        """Of an order by its number, if there is one; nobody is woken for it."""
        if self.orders.record(order_id) is not None:
            return False
        order = self.orders.get(order_id)
        return order is not None and order.may_trade()

    def used_exec_id(self, exec_id: i64) -> None:
        if exec_id >= self.next_exec_id:
            self.next_exec_id = exec_id + 1
