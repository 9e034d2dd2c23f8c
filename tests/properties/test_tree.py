"""The tree's sums are what a walk over orders, executions and positions comes to, whatever happened before."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.simulation.likeness import likeness, unlike

from kairos.model.commands import (
    ApplyCorporateAction,
    BustTrade,
    CancelOrder,
    Command,
    CorrectTrade,
    DefineAccount,
    DefineDesk,
    DefineInstrument,
    PlaceLimit,
    RemoveLimit,
    ReplaceOrder,
    ReportExecution,
    SetVenueState,
    StartTradingDay,
    SubmitOrder,
    UpdateMark,
)
from kairos.model.enums import (
    ExecType,
    HandlInst,
    LimitKind,
    NodeKind,
    OrdStatus,
    OrdType,
    ScopeKind,
    Severity,
    Side,
    TimeInForce,
)
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.numbers import notional_of
from kairos.model.values import Limit, Place, Terms
from kairos.scenario.runner import run_text
from kairos.scenario.world import SESSION, World
from kairos.state.cells import Cell, Figures
from kairos.state.order import Order
from kairos.state.positions import Position, Trade

PX = 10**8
SETUP = """
instrument AAPL.XNAS tick 0.01 lot 1 ref 200 in USD
client OTHER
account B1 of ACME cash 900000000 in TWD
account C1 of OTHER cash 900000000 in USD
limits B1 {limits}
limits C1 {limits}
venue XNAS
"""
LIMITS = "qty 100000 notional 100000000 collar 90% position 200000 gross 1000000000 net 1000000000 rate 1000 burst 2000"
INSTRUMENTS = ("2330.XTAI", "AAPL.XNAS")
ACCOUNTS = {"A1": "ACME", "B1": "ACME", "C1": "OTHER"}
PRICES = {"2330.XTAI": (950, 1000, 1050), "AAPL.XNAS": (190, 200, 210)}
NODES = (
    (NodeKind.FIRM, ""), (NodeKind.DESK, "EQ"), (NodeKind.DESK, "ALGO"), (NodeKind.CLIENT, "ACME"),
    (NodeKind.CLIENT, "OTHER"), (NodeKind.ACCOUNT, "A1"), (NodeKind.ACCOUNT, "C1"), (NodeKind.STRATEGY, "A1/ALPHA"),
    (NodeKind.STRATEGY, "C1/ALPHA"), (NodeKind.TRADER, "tina"), (NodeKind.TRADER, "ada"),
)  # fmt: skip
SCOPES = (
    (ScopeKind.ALL, ""), (ScopeKind.INSTRUMENT, "2330.XTAI"), (ScopeKind.ASSET_CLASS, "E"), (ScopeKind.MARKET, "XNAS"),
    (ScopeKind.CURRENCY, "TWD"),
)  # fmt: skip


class Play:
    """Turns numbers into commands that mostly make sense."""

    def __init__(self) -> None:
        outcome = run_text(SETUP.format(limits=LIMITS), "setup")
        assert outcome.passed, outcome.problem
        self.world: World = outcome.world
        self.world.give(
            DefineDesk("", "the firm", True, "", "TWD"),
            DefineDesk("EQ", "equities", True, "", ""),
            DefineDesk("ALGO", "algos", True, "", "USD"),
            SetVenueState("XNAS", True),
            DefineInstrument(
                "USD/TWD.RATE", "USD/TWD", "RATE", "", "TWD", "", "IFXXXP", PX // 10_000, 1, 1, 32 * PX, ""
            ),
        )
        self.count = 0

    def step(self, kind: int, choice: int) -> None:
        acts = (
            self.submit, self.submit, self.submit, self.fill, self.fill, self.fill, self.bust, self.correct,
            self.cancel, self.replace, self.mark, self.place, self.place, self.remove, self.move, self.turn, self.split,
        )  # fmt: skip
        self.count += 1
        for command in acts[kind % len(acts)](choice):
            self.world.give(command)

    def submit(self, n: int) -> Iterator[Command]:
        account = ("A1", "B1", "C1")[n % 3]
        instrument = INSTRUMENTS[n // 3 % 2]
        price = PRICES[instrument][n // 6 % 3] * PX
        tif = TimeInForce.GOOD_TILL_CANCEL if n % 5 == 0 else TimeInForce.DAY
        yield SubmitOrder(
            session=SESSION,
            client_id=ACCOUNTS[account],
            cl_ord_id=f"O{self.count}",
            account_id=account,
            instrument_id=instrument,
            side=Side.BUY if n % 2 else Side.SELL,
            handl_inst=HandlInst.AUTOMATED_NO_INTERVENTION,
            terms=Terms(1000 * (n % 4 + 1), OrdType.LIMIT, price, 0, tif, 0, 0),
            venue_id="",
            text="",
            transact_time_ns=0,
            poss_resend=False,
            user_id=("", "tina", "ada")[n // 7 % 3],
            strategy_id=("", "ALPHA")[n // 11 % 2],
        )

    def fill(self, n: int) -> Iterator[Command]:
        live = [order for order in self.orders() if order.live_routes()]
        if live:
            order = live[n % len(live)]
            route = order.live_routes()[0]
            yield report(route.venue_id, route.cl_ord_id, f"F{self.count}", 100 * (n % 30 + 1), order.terms.price)

    def bust(self, n: int) -> Iterator[Command]:
        trades = self.trades()
        if trades:
            yield BustTrade(trades[n % len(trades)].last_report_id, "", "")

    def correct(self, n: int) -> Iterator[Command]:
        trades = self.trades()
        if trades:
            trade = trades[n % len(trades)]
            yield CorrectTrade(trade.last_report_id, max(trade.last_qty - 100, 1), trade.last_px + PX, "", "")

    def cancel(self, n: int) -> Iterator[Command]:
        live = [order for order in self.orders() if order.live_routes()]
        if live:
            order = live[n % len(live)]
            route = order.live_routes()[0]
            yield CancelOrder(SESSION, order.client_id, f"X{self.count}", order.cl_ord_id, 0, "", "", 0, "")
            yield ReportExecution(
                route.venue_id, ExecType.CANCELED, OrdStatus.CANCELED, route.cl_ord_id, "", "V", f"C{self.count}", "",
                0, 0, route.cum_qty, 0, 0, 0, "", "", 0, False,
            )  # fmt: skip

    def replace(self, n: int) -> Iterator[Command]:
        live = [order for order in self.orders() if order.live_routes()]
        if live:
            order = live[n % len(live)]
            terms = Terms(
                order.terms.order_qty + 1000, OrdType.LIMIT, order.terms.price, 0, order.terms.time_in_force, 0, 0
            )
            yield ReplaceOrder(
                SESSION, order.client_id, f"P{self.count}", order.cl_ord_id, 0, "", order.side, terms, "", 0, ""
            )

    def mark(self, n: int) -> Iterator[Command]:
        instrument = INSTRUMENTS[n % 2]
        yield UpdateMark(instrument, 0, 0, PRICES[instrument][n // 2 % 3] * PX)

    def place(self, n: int) -> Iterator[Command]:
        node, node_id = NODES[n % len(NODES)]
        scope, scope_id = SCOPES[n // len(NODES) % len(SCOPES)]
        limit = Limit(LimitKind.OPEN_ORDERS, Severity.HARD, 10**6, "", 0, 0, False)
        yield PlaceLimit(Place(node, node_id, scope, scope_id), limit, "", "")

    def remove(self, n: int) -> Iterator[Command]:
        cells = list(self.world.desk.tree.cells.values())
        if cells:
            yield RemoveLimit(cells[n % len(cells)].place, LimitKind.OPEN_ORDERS, "", "")

    def move(self, n: int) -> Iterator[Command]:
        account = ("A1", "B1", "C1")[n % 3]
        known = self.world.desk.accounts[account].defined
        desk = ("", "EQ", "ALGO")[n // 3 % 3]
        trader = ("", "tina")[n // 9 % 2]
        yield DefineAccount(account, known.client_id, "", known.currency, known.cash, True, "", desk, trader)

    def turn(self, n: int) -> Iterator[Command]:
        if n % 3 == 0:
            yield StartTradingDay(self.world.desk.trading_date + 1)

    def split(self, n: int) -> Iterator[Command]:
        yield ApplyCorporateAction(
            f"S{self.count}", INSTRUMENTS[n % 2], CorporateActionKind.SPLIT, self.world.desk.trading_date, 2, 1, 0, "",
            OrderTreatment.CANCEL, 0, 0, True, "", "",
        )  # fmt: skip

    def orders(self) -> list[Order]:
        return list(self.world.desk.orders.values())

    def trades(self) -> list[Trade]:
        return [trade for trade in self.world.desk.trades.values() if not trade.busted]


def report(venue_id: str, cl_ord_id: str, exec_id: str, qty: int, px: int) -> ReportExecution:
    return ReportExecution(
        venue_id, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, cl_ord_id, "", "V", exec_id, "", qty, px, 0, 0, 0, 0, "",
        "", 0, False,
    )  # fmt: skip


def walked(play: Play, cell: Cell) -> dict[str, tuple[int, ...]]:
    """The sums of a cell from scratch, by currency."""
    found: dict[str, Figures] = {}
    for position, orders in positions_of(play):
        if covers(cell.place, position):
            currency = position.instrument.defined.currency
            found.setdefault(currency, Figures()).add(figures(play, position, orders))
    return {currency: total.rows() for currency, total in found.items() if any(total.rows())}


def positions_of(play: Play) -> Iterator[tuple[Position, list[Order]]]:
    """Each position of an account or a book, with the orders that weigh on it."""
    desk = play.world.desk
    orders = play.orders()
    for held in desk.positions.values():
        for position in held.values():
            yield position, [order for order in orders if order.position is position]
    for book in desk.tree.books.values():
        for position in book.positions.values():
            yield position, [order for order in orders if position in (order.trader_position, order.strategy_position)]


def figures(play: Play, position: Position, orders: list[Order]) -> Figures:
    """Of one position, by its orders and their executions."""
    mark, multiplier = position.instrument.mark_px(), position.instrument.multiplier
    buys = sum(order.working for order in orders if order.side is Side.BUY)
    sells = sum(order.working for order in orders if order.side is not Side.BUY)
    today = [
        (order.side, trade)
        for order in orders
        for trade in order.trades
        if trade.trade_id >= max(play.world.desk.day_exec_id, position.instrument.units_exec_id) and not trade.busted
    ]
    total = Figures()
    total.gross = notional_of(max(abs(position.qty + buys), abs(position.qty - sells)), mark, multiplier)
    total.net = notional_of(position.qty + buys - sells, mark, multiplier)
    total.net_high = notional_of(position.qty + buys, mark, multiplier)
    total.net_low = notional_of(position.qty - sells, mark, multiplier)
    total.long = notional_of(max(position.qty + buys, 0), mark, multiplier)
    total.short = notional_of(max(sells - position.qty, 0), mark, multiplier)
    total.cost, total.realized = position.cost, position.realized
    total.unrealized = notional_of(position.qty, mark, multiplier) - position.cost
    total.open_notional = sum(order.worth for order in orders)
    total.reserved = sum(order.worth for order in orders if order.side is Side.BUY)
    total.open_orders = sum(1 for order in orders if order.working)
    total.day_bought = sum(notional_of(t.last_qty, t.last_px, multiplier) for side, t in today if side is Side.BUY)
    total.day_sold = sum(notional_of(t.last_qty, t.last_px, multiplier) for side, t in today if side is not Side.BUY)
    return total


def covers(place: Place, position: Position) -> bool:
    """Whether a position is below a place, by the words of its definition alone."""
    instrument, account = position.instrument.defined, position.account.defined
    scoped = {
        ScopeKind.ALL: True,
        ScopeKind.INSTRUMENT: instrument.instrument_id == place.scope_id,
        ScopeKind.ASSET_CLASS: instrument.cfi[:1] == place.scope_id,
        ScopeKind.MARKET: instrument.mic == place.scope_id,
        ScopeKind.CURRENCY: instrument.currency == place.scope_id,
    }[place.scope]
    if position.book_key:
        return scoped and position.book_key == place.node.value + place.node_id
    owner = {
        NodeKind.FIRM: "",
        NodeKind.DESK: account.desk_id,
        NodeKind.CLIENT: account.client_id,
        NodeKind.ACCOUNT: account.account_id,
    }.get(place.node)
    return scoped and owner == place.node_id


def check_sums(play: Play) -> None:
    for cell in play.world.desk.tree.cells.values():
        kept = {of_currency.currency: of_currency.rows() for of_currency in cell.sums if any(of_currency.rows())}
        assert kept == walked(play, cell), cell.key


def check_books(play: Play) -> None:
    """A strategy's and a trader's books hold together what accounts do of the orders that named them."""
    desk = play.world.desk
    for key, of in (("S", "strategy_position"), ("T", "trader_position")):
        for book in desk.tree.books.values():
            if book.node.value == key and not desk.actions:
                for position in book.positions.values():
                    traded = [t for o in play.orders() if getattr(o, of) is position for t in o.trades]
                    gone = position.start_qty + sum(q for _, q, _ in position.executions.gone(desk.trades))
                    assert position.qty == gone + sum(trade.signed_qty() for trade in traded)


STEPS = st.lists(st.tuples(st.integers(0, 16), st.integers(0, 9999)), min_size=5, max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_every_sum_is_what_a_walk_comes_to(steps: list[tuple[int, int]]) -> None:
    play = Play()
    for kind, choice in steps:
        play.step(kind, choice)
        check_sums(play)
        check_books(play)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_tree_is_rebuilt_from_the_journal_and_from_a_snapshot(steps: list[tuple[int, int]]) -> None:
    play = Play()
    for kind, choice in steps:
        play.step(kind, choice)
    world = play.world
    for again in (world.replayed(), world.from_snapshot()):
        assert not unlike(likeness(world.desk), likeness(again.desk))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, STEPS)
def test_a_cell_that_is_made_late_equals_one_that_was_always_there(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    early, late = Play(), Play()
    for n in range(len(NODES) * len(SCOPES)):
        early.step(11, n)
        late.count += 1
    for play in (early, late):
        for kind, choice in before:
            play.step(kind, choice)
    for n in range(len(NODES) * len(SCOPES)):
        late.step(11, n)
        early.count += 1
    for play in (early, late):
        for kind, choice in after:
            play.step(kind, choice)
        check_sums(play)
    ours = {key: sums_of(cell) for key, cell in early.world.desk.tree.cells.items()}
    assert ours == {key: sums_of(cell) for key, cell in late.world.desk.tree.cells.items()}


def sums_of(cell: Cell) -> dict[str, tuple[int, ...]]:
    return {of_currency.currency: of_currency.rows() for of_currency in cell.sums if any(of_currency.rows())}
