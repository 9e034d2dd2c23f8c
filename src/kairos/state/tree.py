"""The tree: firm, desk and trader; firm, client, account and strategy; each crossed with what it trades.

A cell stands only where something hangs (`state.cells`). One that is made while the desk runs is filled by a walk over
the positions on its path, each of which then feeds it. Accounts have their positions in `Desk.positions`; a strategy
and a trader have a book of their own, where the executions of their orders are booked a second time.
"""

from __future__ import annotations

from sys import intern
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import NodeKind
from kairos.model.events import AccountDefined, DeskDefined
from kairos.model.values import Place
from kairos.state.cells import Cell, Changes, Sum
from kairos.state.entitlements import Entitlements
from kairos.state.order import Order
from kairos.state.places import FIRM, node_key, place_key, scope_key, scopes_of, strategy_node
from kairos.state.positions import Position
from kairos.state.rates import Rates
from kairos.state.reference import Account, Instrument

NO_CELLS: Final[dict[str, Cell]] = {}


class Book:
    """The positions of a strategy or a trader. `account` stands in for one: it takes their weight, and nobody asks."""

    def __init__(self, node: NodeKind, node_id: str) -> None:
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.account: Final[Account] = Account(AccountDefined(0, node_id, "", "", "", 0, True, ""))
        self.positions: Final[dict[str, Position]] = {}  # by instrument


class Tree:
    """
    day_from: the first ExecID(17) of the day
    version: counts up when a cell is made or moves; what was derived from the cells of a path is stale then
    cells:   by the keys of their places
    desks:   as they were defined, by id
    books:   of strategies and traders, by the keys of their nodes
    holders: their positions, by instrument
    """

    def __init__(
        self,
        accounts: dict[str, Account],
        instruments: dict[str, Instrument],
        positions: dict[str, dict[str, Position]],
    ) -> None:
        self._accounts: Final[dict[str, Account]] = accounts
        self._instruments: Final[dict[str, Instrument]] = instruments
        self._positions: Final[dict[str, dict[str, Position]]] = positions
        self.version: i64 = 0
        self.day_from: i64 = 1
        self.cells: Final[dict[str, Cell]] = {}
        self._of_node: Final[dict[str, dict[str, Cell]]] = {}  # the cells of a node, by the keys of their scopes
        self.desks: Final[dict[str, DeskDefined]] = {}
        self.books: Final[dict[str, Book]] = {}
        self.holders: Final[dict[str, list[Position]]] = {}
        self.rates: Final[Rates] = Rates()
        self.entitlements: Final[Entitlements] = Entitlements()
        self.changes: Final[Changes] = Changes()

    def is_bare(self) -> bool:
        """Nothing is watched anywhere."""
        return len(self.cells) == 0

    # Cells

    def find(self, place: Place) -> Cell | None:
        """The cell of a place, if anything hangs there."""
        return self.cells.get(place_key(place))

    def cell(self, place: Place) -> Cell:
        """The cell of a place; made now, and filled, if nothing hung there before."""
        key = place_key(place)
        cell = self.cells.get(key)
        if cell is None:
            cell = Cell(place, key, self.currency_of(place.node, place.node_id), self.changes)
            self.cells[key] = cell
            of_node = self._of_node.setdefault(node_key(place.node, place.node_id), {})
            of_node[scope_key(place.scope, place.scope_id)] = cell
            self.version += 1
            for position in self._below(place):
                self.attach(position)
        return cell

    def currency_of(self, node: NodeKind, node_id: str) -> str:
        """The currency in which a node is read: an account's own, for a desk that has one its own, else the firm's."""
        if node is NodeKind.ACCOUNT or node is NodeKind.STRATEGY:
            account = self._accounts.get(node_id.split("/", 1)[0])
            return self.rates.base if account is None else account.defined.currency
        desk = self.desks.get(node_id) if node is NodeKind.DESK else None
        return desk.currency if desk is not None and desk.currency else self.rates.base

    def touch_foreign(self) -> None:
        """A rate moved, and with it the value of what cells hold in other currencies than their own."""
        for cell in self.cells.values():
            if any(of_currency.currency != cell.currency for of_currency in cell.sums):
                cell.touch()

    def price_cells(self) -> None:
        """The currencies of cells, anew: an account, a desk or the firm was defined."""
        for cell in self.cells.values():
            cell.currency = self.currency_of(cell.place.node, cell.place.node_id)
            for bound in cell.bounds:
                if not bound.placed.currency:
                    bound.currency = intern(cell.currency)

    def _below(self, place: Place) -> list[Position]:
        """The positions that may be on the path of a place."""
        if place.node is NodeKind.STRATEGY or place.node is NodeKind.TRADER:
            book = self.books.get(node_key(place.node, place.node_id))
            return [] if book is None else list(book.positions.values())
        if place.node is NodeKind.ACCOUNT:
            return list(self._positions.get(place.node_id, {}).values())
        return [position for held in self._positions.values() for position in held.values()]

    # The cells of a position

    def attach(self, position: Position) -> None:
        """Let a position feed the cells on its path, and no others."""
        if self.cells or position.sums:
            position.watch(self._sums_of(position))

    def attach_account(self, account_id: str) -> None:
        """An account moved to another desk."""
        self.version += 1
        for position in self._positions.get(account_id, {}).values():
            self.attach(position)

    def attach_instrument(self, positions: list[Position], instrument_id: str) -> None:
        """An instrument is in other scopes now."""
        self.version += 1
        for position in [*positions, *self.holders.get(instrument_id, [])]:
            self.attach(position)

    def _sums_of(self, position: Position) -> list[Sum]:
        """Those of the cells on its path, the highest node and the widest scope first."""
        sums: list[Sum] = []
        scopes: list[str] = []
        for node in self._nodes_of(position):
            of_node = self._of_node.get(node)
            if of_node is not None:
                scopes = scopes if scopes else scopes_of(position.instrument)
                for scope in scopes:
                    cell = of_node.get(scope)
                    if cell is not None:
                        sums.append(cell.sum_of(position.instrument.defined.currency))
        return sums

    def _nodes_of(self, position: Position) -> list[str]:
        account = position.account
        if position.book_key:
            return [position.book_key]
        defined = account.defined
        path = [FIRM, NodeKind.DESK.value + defined.desk_id] if defined.desk_id else [FIRM]
        return [*path, NodeKind.CLIENT.value + defined.client_id, NodeKind.ACCOUNT.value + account.account_id]

    # Books

    def book_position(self, node: NodeKind, node_id: str, instrument: Instrument) -> Position:
        """A book's position in an instrument, made when it is first asked for."""
        key = node_key(node, node_id)
        book = self.books.get(key)
        if book is None:
            book = Book(node, node_id)
            self.books[key] = book
        position = book.positions.get(instrument.instrument_id)
        if position is None:
            position = Position(book.account, instrument, key)
            position.day_from = self.day_from
            book.positions[instrument.instrument_id] = position
            self.holders.setdefault(instrument.instrument_id, []).append(position)
            self.attach(position)
        return position

    def find_book_position(self, node: NodeKind, node_id: str, instrument: Instrument) -> Position:
        """The same, or a flat one that is not kept: a question changes nothing."""
        key = node_key(node, node_id)
        book = self.books.get(key)
        position = None if book is None else book.positions.get(instrument.instrument_id)
        if position is None:
            account = Book(node, node_id).account if book is None else book.account
            position = Position(account, instrument, key, is_kept=False)
            self.attach(position)
        return position

    def enter_books(self, order: Order, strategy_id: str, trader_id: str) -> None:
        """Put an order, before it weighs or trades, into the books of its strategy and its trader, if it has any."""
        if not strategy_id and not trader_id:
            return
        extras = order.more()
        instrument = order.position.instrument
        if strategy_id:
            node_id = strategy_node(order.account_id(), strategy_id)
            extras.strategy_id = strategy_id
            extras.strategy_position = self.book_position(NodeKind.STRATEGY, node_id, instrument)
        if trader_id:
            extras.trader_id = trader_id
            extras.trader_position = self.book_position(NodeKind.TRADER, trader_id, instrument)

    def book_positions(self) -> list[Position]:
        return [position for book in self.books.values() for position in book.positions.values()]

    def legs(self, position: Position, strategy_id: str, trader_id: str) -> list[Position]:
        """The account's position, then the trader's and the strategy's: where an order will weigh. None is made."""
        found = [position]
        if trader_id:
            found.append(self.find_book_position(NodeKind.TRADER, trader_id, position.instrument))
        if strategy_id:
            node_id = strategy_node(position.account.account_id, strategy_id)
            found.append(self.find_book_position(NodeKind.STRATEGY, node_id, position.instrument))
        return found

    def positions_of(self, cell: Cell) -> list[Position]:
        """What feeds a cell; of one that is in no tree, what would."""
        below = self._below(cell.place)
        if self.cells.get(cell.key) is cell:
            return [position for position in below if feeds(position, cell)]
        node, scope = cell.key.split("\n")
        return [p for p in below if node in self._nodes_of(p) and scope in scopes_of(p.instrument)]


def cells_of(position: Position) -> list[Cell]:
    """The watched cells on a position's path, the highest first."""
    return [of_currency.cell for of_currency in position.sums]


def feeds(position: Position, cell: Cell) -> bool:
    """Whether a cell is on a position's path."""
    for of_currency in position.sums:  # noqa: SIM110 -- a generator would cost more than what it looks at
        if of_currency.cell is cell:
            return True
    return False


def cells_of_order(order: Order) -> list[Cell]:
    """Those of its account's path, then of its trader, then of its strategy."""
    cells = cells_of(order.position)
    extras = order.extras
    if extras is not None:
        if extras.trader_position is not None:
            cells += cells_of(extras.trader_position)
        if extras.strategy_position is not None:
            cells += cells_of(extras.strategy_position)
    return cells
