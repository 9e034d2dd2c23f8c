"""What must hold after every step of every scenario, said or not."""

from __future__ import annotations

from kairos.engine.engine import Engine
from kairos.model.events import Event, OrderEvent, OrderRefused, OrderReplaceQueued, RequestRejected
from kairos.model.values import Standing
from kairos.scenario.errors import Mismatch
from kairos.scenario.places import spell_place
from kairos.scenario.world import World
from kairos.state.cells import Cell, Figures
from kairos.state.order import Order
from kairos.state.positions import Position
from kairos.state.reference import Account, Purse


def check_step(world: World, events: list[Event]) -> None:
    """Quantities conserved, reservations exact, and every report true."""
    for order in world.desk.orders.values():
        _check_order(order)
    for account in world.desk.accounts.values():
        _check_account(world, account)
    for cell in world.desk.tree.cells.values():
        _check_cell(world, cell)
    _check_reports(world, events)


def check_end(world: World) -> None:
    """The journal's bytes and a snapshot both rebuild the desk."""
    check_recovered(world, world.replayed(), "the journal")
    check_recovered(world, world.from_snapshot(), "the snapshot")


def check_recovered(world: World, recovered: Engine, source: str) -> None:
    """A recovered engine stands where the live one stands."""
    live, again = world.picture(world.engine), world.picture(recovered)
    for ours, theirs in zip(live, again, strict=False):
        if ours != theirs:
            raise Mismatch(f"from {source} the desk as it was: {ours!r}", repr(theirs))
    if len(live) != len(again):
        raise Mismatch(f"from {source} {len(live)} facts about the desk", str(len(again)))


def _require(condition: bool, what: str, got: str) -> None:
    if not condition:
        raise Mismatch(f"invariant: {what}", got)


def _check_order(order: Order) -> None:
    cum, leaves, qty = int(order.cum_qty), int(order.leaves_qty()), int(order.terms.order_qty)
    seen = f"order {order.cl_ord_id} {order.ord_status().name} qty {qty} cum {cum} leaves {leaves}"
    _require(cum >= 0, "cum is never negative", seen)
    if order.is_open():
        _require(qty == cum + leaves, "qty = cum + leaves while open", seen)
    traded = sum(int(trade.last_qty) for trade in order.trades if not trade.busted)
    split = int(order.split_qty)
    _require(cum == traded + split, "cum is the sum of the executions, and of splits", f"{seen}, executions {traded}")
    _require(not order.queue or order.replace is not None, "what is queued waits for a pending replace", seen)
    _require(not order.queue or order.cancel is None, "nothing is queued behind a cancel", seen)
    if not order.may_trade() and order.replace is None:
        _require(order.working == 0 and order.held == 0, "an ended order holds nothing", seen)


def _check_account(world: World, account: Account) -> None:
    of_account = [order for order in world.desk.orders.values() if order.position.account is account]
    for currency, purse in _purses(account):
        held = sum(order.held for order in of_account if order.position.purse is purse)
        seen = f"account {account.account_id} reserved {purse.reserved} {currency}, its orders hold {held}"
        _require(purse.reserved == held, "what is reserved is what orders hold", seen)
    for position in world.desk.positions.get(account.account_id, {}).values():
        _check_position(position, [order for order in of_account if order.position is position])
    for book in world.desk.tree.book_positions():
        _check_position(book, [order for order in world.desk.orders.values() if book in order.books()])


def _purses(account: Account) -> list[tuple[str, Purse]]:
    return [(account.defined.currency, account), *account.foreign.items()]


def _check_position(position: Position, orders: list[Order]) -> None:
    working = sum(int(order.working) for order in orders)
    open_qty = int(position.open_buy + position.open_sell)
    node = position.book_key or position.account.account_id
    seen = f"position {node} {position.instrument.instrument_id} {open_qty}, its orders {working}"
    _require(open_qty == working, "what works in a position is what orders work", seen)


def _check_cell(world: World, cell: Cell) -> None:
    """What a watched place was told bit by bit is what its positions come to now."""
    for of_currency in cell.sums:
        total = Figures()
        for position in world.desk.tree.positions_of(cell):
            if position.instrument.defined.currency == of_currency.currency:
                total.add(position.figures())
        seen = f"{spell_place(cell.place)} {of_currency.currency} {of_currency.rows()}, its positions {total.rows()}"
        _require(of_currency.rows() == total.rows(), "a watched place is the sum of its positions", seen)


def _check_reports(world: World, events: list[Event]) -> None:
    """The last report of a step about an order says where the order now stands."""
    told: dict[int, Standing] = {}
    for event in events:
        standing = getattr(event, "standing", None)
        if isinstance(event, (OrderRefused, OrderReplaceQueued)):
            continue  # a refused order has no standing, a queued replace tells what it will find
        if isinstance(event, RequestRejected) and event.order_id in told:
            before = told[event.order_id]
            told[event.order_id] = Standing(event.ord_status, before.cum_qty, before.leaves_qty, before.avg_px)
        elif isinstance(event, OrderEvent) and isinstance(standing, Standing):
            told[getattr(event, "order_id", 0)] = standing
    for order_id, standing in told.items():
        order = world.desk.orders.get(order_id)
        if order is not None:
            _require(standing == order.standing(), "reports are true", f"{standing!r}, order: {order.standing()!r}")
