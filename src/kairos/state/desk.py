"""The desk: everything that is, by its ids. Only `state.fold.apply` changes it."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.state.lists import Cross, OrderList
from kairos.state.order import Order
from kairos.state.parties import Client, Venue
from kairos.state.positions import Position, Trade
from kairos.state.reference import Account, Instrument, User
from kairos.state.route import Route, number_in
from kairos.state.shelf import Shelf


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


class Desk:
    """All orders, positions and reference data, by their ids."""

    def __init__(self) -> None:
        self.instruments: dict[str, Instrument] = {}
        self.clients: dict[str, Client] = {}
        self.accounts: dict[str, Account] = {}
        self.users: dict[str, User] = {}
        self.venues: dict[str, Venue] = {}
        self.venue_of_mic: dict[str, str] = {}
        self.sessions: dict[str, SessionNumbers] = {}
        self.positions: dict[str, dict[str, Position]] = {}  # by account, then instrument
        self.holders: dict[str, list[Position]] = {}  # by instrument
        self.orders: Shelf[Order] = Shelf()
        self.routes: Shelf[Route] = Shelf()
        self.trades: Shelf[Trade] = Shelf()
        self.lists: dict[str, OrderList] = {}  # client|ListID(66)
        self.crosses: dict[str, Cross] = {}  # client|CrossID(548)
        self.next_order_id: i64 = 1
        self.next_route_id: i64 = 1
        self.next_exec_id: i64 = 1
        self.day_exec_id: i64 = 1  # the first of the day
        self.trading_date: i64 = 0
        self.killed: bool = False

    def position(self, account_id: str, instrument_id: str) -> Position:
        """The position of an account in an instrument, made when it is first asked for."""
        of_account = self.positions.get(account_id)
        if of_account is None:
            of_account = {}
            self.positions[account_id] = of_account
        position = of_account.get(instrument_id)
        if position is None:
            position = Position(self.accounts[account_id], self.instruments[instrument_id])
            of_account[instrument_id] = position
            self.holders.setdefault(instrument_id, []).append(position)
        return position

    def find_position(self, account_id: str, instrument_id: str) -> Position:
        """The position, or a flat one that is not kept: a question changes nothing."""
        of_account = self.positions.get(account_id)
        position = None if of_account is None else of_account.get(instrument_id)
        if position is None:
            position = Position(self.accounts[account_id], self.instruments[instrument_id])
        return position

    def order_of_cl_ord_id(self, client_id: str, cl_ord_id: str) -> Order | None:
        """The client's order that this ClOrdID(11) names or named."""
        client = self.clients.get(client_id)
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

    def used_exec_id(self, exec_id: i64) -> None:
        if exec_id >= self.next_exec_id:
            self.next_exec_id = exec_id + 1
