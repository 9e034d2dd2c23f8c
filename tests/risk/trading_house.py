"""A house under load, driven by chance: two desks, traders, clients, accounts, strategies, three markets and
currencies; orders, replaces, cancels, fills, busts, corrections, days, corporate actions; limits hung and taken away
while it runs. An auditor reads its journal."""

from __future__ import annotations

from random import Random

from tests.risk.auditor import UNIT, Auditor, Figures, Node
from tests.simulation.toy_venue import CALM, Profile, ToyVenue

from kairos.model.commands import (
    AdvanceTime,
    ApplyCorporateAction,
    BustTrade,
    CancelOrder,
    Command,
    CorrectTrade,
    DefineAccount,
    DefineDesk,
    PlaceLimit,
    RecordTrade,
    RemoveLimit,
    ReplaceOrder,
    SetVenueState,
    StartTradingDay,
    SubmitOrder,
    UpdateMark,
    WatchPlace,
)
from kairos.model.enums import (
    HandlInst,
    LimitKind,
    NodeKind,
    OrdType,
    ScopeKind,
    Severity,
    Side,
    TimeInForce,
)
from kairos.model.events import Event, RouteEvent
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.values import Limit, Place, Terms
from kairos.model.wire import decode_events
from kairos.scenario.expectations import check_not_refused
from kairos.scenario.parser import parse_scenario
from kairos.scenario.world import World
from kairos.state.cells import Cell
from kairos.state.desk import Desk
from kairos.state.order import Order

PX = 10**8
FIRST_DAY = 20261123
DEFINITIONS = f"""
day {FIRST_DAY}
firm in TWD
desk EQ
desk FI in USD
venue XTAI
venue XNYS
venue XTAF
instrument 2330.XTAI ref 1000 tick 5 lot 1 in TWD
instrument 2317.XTAI ref 100 tick 0.5 lot 1 in TWD
instrument IBM.XNYS ref 250 tick 0.01 lot 1 in USD
instrument TXF.XTAF ref 20000 tick 1 lot 1 in TWD multiplier 200 cfi FFICSX
instrument USD/TWD.XFXS ref 31.5 tick 0.001 lot 1 in TWD cfi IFXXXP
client ACME
client BOLT
user tina TRADER desk EQ
user tom TRADER desk FI
user rita RISK
account A1 of ACME cash 900000000 in TWD desk EQ
account A2 of ACME cash 90000000 in USD desk FI trader tom
account B1 of BOLT cash 900000000 in TWD desk EQ trader tina
limits A1 collar 90% gross 90000000000 net 90000000000
limits A2 collar 90% gross 90000000000 net 90000000000
limits B1 collar 90% gross 90000000000 net 90000000000
"""
ACCOUNTS = {"A1": "ACME", "A2": "ACME", "B1": "BOLT"}
PRICES = {"2330.XTAI": 1000, "2317.XTAI": 100, "IBM.XNYS": 250, "TXF.XTAF": 20000}
SPLITS = "2317.XTAI"  # in the morning, when nothing of it works
NODES = [
    (NodeKind.FIRM, ""), (NodeKind.DESK, "EQ"), (NodeKind.DESK, "FI"), (NodeKind.CLIENT, "ACME"),
    (NodeKind.CLIENT, "BOLT"), (NodeKind.ACCOUNT, "A1"), (NodeKind.ACCOUNT, "A2"), (NodeKind.ACCOUNT, "B1"),
    (NodeKind.TRADER, "tina"), (NodeKind.TRADER, "tom"), (NodeKind.STRATEGY, "A1/ALPHA"),
    (NodeKind.STRATEGY, "B1/ALPHA"), (NodeKind.STRATEGY, "A2/BETA"),
]  # fmt: skip
SCOPES = [
    *[(ScopeKind.ALL, "")] * 4, (ScopeKind.INSTRUMENT, "2330.XTAI"), (ScopeKind.INSTRUMENT, "IBM.XNYS"),
    (ScopeKind.ASSET_CLASS, "E"), (ScopeKind.ASSET_CLASS, "F"), (ScopeKind.MARKET, "XTAI"),
    (ScopeKind.CURRENCY, "TWD"), (ScopeKind.CURRENCY, "USD"),
]  # fmt: skip


MENDING = Profile(lose=3, duplicate=4, reject=5, amend=25, restate=3)


class TradingHouse:
    """`rough`: venues bust, correct, lose, double and change; days turn and the engine restarts."""

    def __init__(self, chance: Random, rough: bool) -> None:
        self.chance = chance
        self.rough = rough
        self.world = World()
        for step in parse_scenario("empty\n" + DEFINITIONS).steps:
            check_not_refused(step.action(self.world), self.world)
        profile = MENDING if rough else CALM
        self.venues = {name: ToyVenue(name, self.chance, profile) for name in ("XTAI", "XNYS", "XTAF")}
        self.auditor = Auditor()
        self.numbers = 0
        self.day = FIRST_DAY
        self.actions = 0
        self.read_batches = 0
        self._read()

    @property
    def desk(self) -> Desk:
        return self.world.desk

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.step()
        self.wind_down()

    def step(self) -> None:
        roll = self.chance.randrange(100)
        if roll < 15:
            self.give(self.submit())
        elif roll < 27:
            self.ask_about_an_order()
        elif roll < 60:
            self.chance.choice(list(self.venues.values())).work()
        elif roll < 90:
            self.deliver()
        elif roll < 95:
            self.give(self.tree_command())
        else:
            self.happen()

    def give(self, command: Command) -> list[Event]:
        events = self.world.give(command)
        for event in events:
            route = self.desk.routes.get(getattr(event, "route_id", 0)) if isinstance(event, RouteEvent) else None
            if route is not None:
                self.venues[route.venue_id].receive(event)
        self._read()
        return events

    def _read(self) -> None:
        while self.read_batches < len(self.world.batches):
            self.auditor.read(decode_events(self.world.batches[self.read_batches]))
            self.read_batches += 1

    def deliver(self) -> None:
        venue = self.chance.choice(list(self.venues.values()))
        if venue.answers:
            self.give(venue.answers.popleft())

    def next_id(self) -> str:
        self.numbers += 1
        return f"C{self.numbers}"

    # What people ask for

    def submit(self) -> SubmitOrder:
        account = self.chance.choice(list(ACCOUNTS))
        instrument = self.chance.choice(list(PRICES))
        care = self.chance.randrange(6) == 0
        return SubmitOrder(
            session=f"S{ACCOUNTS[account]}",
            client_id=ACCOUNTS[account],
            cl_ord_id=self.next_id(),
            account_id=account,
            instrument_id=instrument,
            side=self.chance.choice((Side.BUY, Side.SELL)),
            handl_inst=HandlInst.MANUAL if care else HandlInst.AUTOMATED_NO_INTERVENTION,
            terms=self.terms(instrument),
            venue_id="",
            text="",
            transact_time_ns=self.world.now_ns,
            poss_resend=False,
            user_id=self.chance.choice(("", "", "tina", "tom")),
            strategy_id=self.chance.choice(("", "ALPHA", "BETA")),
        )

    def terms(self, instrument: str) -> Terms:
        px = PRICES[instrument] * self.chance.randint(95, 105) * PX // 100
        tif = self.chance.choice((TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL))
        tif = TimeInForce.DAY if instrument == SPLITS else tif
        return Terms(self.chance.randint(1, 40), OrdType.LIMIT, px // (5 * PX) * 5 * PX, 0, tif, 0, 0)

    def ask_about_an_order(self) -> None:
        orders = list(self.desk.orders.values())
        if not orders:
            return
        order = self.chance.choice(orders[-15:])
        client, session = order.client_id, order.session
        now, roll = self.world.now_ns, self.chance.randrange(10)
        if roll < 5:
            terms = self.terms(order.instrument_id())
            self.give(
                ReplaceOrder(
                    session, client, self.next_id(), order.cl_ord_id, 0, order.instrument_id(), order.side, terms, "",
                    now, "",
                )
            )  # fmt: skip
        elif roll < 8:
            self.give(CancelOrder(session, client, self.next_id(), order.cl_ord_id, 0, "", "", now, ""))
        else:
            self.work_by_hand(order)

    def work_by_hand(self, order: Order) -> None:
        """A trade by phone; one that is taken back, or corrected."""
        if order.is_care():
            qty, px = self.chance.randint(1, 20), order.terms.price + self.chance.randint(-3, 3) * PX
            self.give(RecordTrade(order.order_id, qty, px, "BANK", "tina"))
        elif order.trades:
            trade = self.chance.choice(order.trades)
            qty, px = self.chance.randint(1, 20), trade.last_px + self.chance.randint(-5, 5)
            corrects = self.chance.randrange(2)
            self.give(CorrectTrade(trade.trade_id, qty, px, "", "") if corrects else BustTrade(trade.trade_id, "", ""))

    def place(self) -> Place:
        node, node_id = self.chance.choice(NODES)
        scope, scope_id = self.chance.choice(SCOPES)
        return Place(node, node_id, scope, scope_id)

    def tree_command(self) -> Command:
        """Something is watched from now on, or no more: what a cell knows must not depend on when it was made."""
        roll = self.chance.randrange(9)
        if roll == 8:
            cash = self.chance.randint(800_000_000, 900_000_000) * PX
            return DefineAccount("A1", "ACME", "", "TWD", cash, True, "", self.chance.choice(("EQ", "FI", "")), "tom")
        if roll == 0:
            return DefineDesk("EQ", "", True, "", self.chance.choice(("", "USD")))
        if roll == 1:
            return RemoveLimit(self.place(), LimitKind.GROSS_EXPOSURE, "", "rita")
        if roll == 2:
            return WatchPlace(self.place(), "rita")
        wide = Limit(LimitKind.GROSS_EXPOSURE, Severity.HARD, 10**18 * PX, "", 0, 0, False)
        return PlaceLimit(self.place(), wide, "", "rita")

    # What happens

    def happen(self) -> None:
        roll = self.chance.randrange(8)
        if roll < 3:
            instrument = self.chance.choice([*PRICES, "USD/TWD.XFXS"])
            base = PRICES.get(instrument, 31) * PX
            last = base * self.chance.randint(96, 104) // 100 + self.chance.randint(0, 99)
            self.give(UpdateMark(instrument, last - 1, last + 2, self.chance.choice((0, last))))
        elif roll < 5:
            self.world.now_ns += self.chance.randrange(3_000_000_000)
            self.give(AdvanceTime())
        elif self.rough and roll < 7:
            self.next_day()
        elif self.rough:
            self.restart(self.chance.randrange(2) == 0)

    def next_day(self) -> None:
        """Now and then with a split in the morning."""
        self.quiet()
        self.day += 1
        self.world.now_ns += 60_000_000_000
        self.give(StartTradingDay(self.day))
        for venue in self.venues.values():
            for route_id, held in venue.routes.items():
                known = self.desk.routes.get(route_id)
                held.live = held.live and known is not None and (known.is_live() or known.is_asleep())
        if self.chance.randrange(3):
            self.give(self.corporate_action())

    def corporate_action(self) -> ApplyCorporateAction:
        self.actions += 1
        kind = self.chance.choice((CorporateActionKind.SPLIT, CorporateActionKind.REVERSE_SPLIT))
        numerator, denominator = (3, 2) if kind is CorporateActionKind.SPLIT else (1, 2)
        return ApplyCorporateAction(
            f"CA{self.actions}", SPLITS, kind, self.day, numerator, denominator, 0, "TWD", OrderTreatment.CANCEL,
            0, 0, False, "", "",
        )  # fmt: skip

    def restart(self, from_snapshot: bool) -> None:
        self.world.engine = self.world.from_snapshot() if from_snapshot else self.world.replayed()

    def quiet(self) -> None:
        """Every request dealt with, every answer delivered."""
        for _ in range(1_000):
            busy = [venue for venue in self.venues.values() if venue.inbox or venue.answers]
            if not busy:
                return
            for venue in busy:
                venue.drain()
                if venue.answers:
                    self.give(venue.answers.popleft())

    def wind_down(self) -> None:
        """Cancel until nothing works."""
        for _ in range(12):
            self.world.now_ns += 10_000_000_000
            self.give(AdvanceTime())
            self.quiet()
            for order in [order for order in self.desk.orders.values() if order.may_trade()]:
                now = self.world.now_ns
                ids = (order.session, order.client_id, self.next_id(), order.cl_ord_id)
                self.give(CancelOrder(*ids, 0, "", "", now, ""))
            self.quiet()
            for venue_id in self.venues:
                self.give(SetVenueState(venue_id, False))
                self.give(SetVenueState(venue_id, True))
            self.quiet()


def agree(auditor: Auditor, desk: Desk) -> None:
    """Every figure of the desk is the auditor's, to the last unit."""
    for account in desk.accounts.values():
        purses = [(account.defined.currency, account), *account.foreign.items()]
        of_account = auditor.figures(Node("A", account.account_id))
        for currency, purse in purses:
            figures = of_account.get(currency, Figures())
            ours = (purse.cash, purse.reserved, purse.gross, purse.net)
            cash = auditor.cash(account.account_id, currency)
            theirs = (cash, figures.reserved, figures.gross, figures.net)
            assert ours == tuple(value * UNIT for value in theirs), (account.account_id, currency, ours, theirs)
    for held in desk.positions.values():
        for position in held.values():
            node = Node("A", position.account.account_id, "I", position.instrument.instrument_id)
            figures = auditor.figures(node).get(position.instrument.defined.currency, Figures())
            ours = (position.cost, position.realized, position.unrealized())
            theirs = (figures.cost, figures.realized, figures.unrealized)
            assert ours == tuple(value * UNIT for value in theirs), (node, ours, theirs)
    for cell in desk.tree.cells.values():
        agree_on_cell(auditor, cell)


def agree_on_cell(auditor: Auditor, cell: Cell) -> None:
    at = cell.place
    found = auditor.figures(Node(at.node.value, at.node_id, at.scope.value, at.scope_id))
    ours = {of_currency.currency: of_currency.rows() for of_currency in cell.sums if not of_currency.is_nothing()}
    theirs = {}
    for currency, figures in found.items():
        row = tuple(int(v) if name == "open_orders" else v * UNIT for name, v in vars(figures).items())
        if any(row):
            theirs[currency] = row
    assert ours == theirs, (at, ours, {c: tuple(map(str, r)) for c, r in theirs.items()})
