"""One seed drives clients, people, a venue with faults, time, restarts and the turn of days.

All that happens follows from the seed, so a failure's seed replays it: `python -m tests.simulation.simulation SEED`.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from random import Random

from tests.simulation.auditor import Auditor
from tests.simulation.likeness import likeness, unlike
from tests.simulation.toy_venue import CALM, ROUGH, Profile, ToyVenue

from kairos.model.commands import (
    AdvanceTime,
    CancelOrder,
    Command,
    DefineClient,
    EngageKill,
    FinishOrder,
    MassCancel,
    RecordTrade,
    ReleaseKill,
    ReplaceOrder,
    RequestOrderStatus,
    RouteOrder,
    SetVenueState,
    StartTradingDay,
    SubmitOrder,
    UpdateMark,
)
from kairos.model.enums import (
    AckPolicy,
    HandlInst,
    MassCancelRequestType,
    OrdType,
    SecondReplace,
    Side,
    TimeInForce,
)
from kairos.model.events import RouteEvent
from kairos.model.values import Terms
from kairos.scenario.invariants import check_step
from kairos.scenario.market import open_market
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, SESSION, VENUE, World
from kairos.state.order import Order

PX = 10**8


class Simulation:
    """A desk under load. `rough`: the venue loses, doubles, changes and takes back; and the engine restarts."""

    def __init__(self, seed: int, rough: bool) -> None:
        self.chance = Random(seed)
        self.rough = rough
        profile: Profile = ROUGH if rough else CALM
        self.world = World()
        open_market(self.world)
        self.venue = ToyVenue(VENUE, self.chance, profile)
        self.auditor = Auditor()
        self.read_batches = 0
        self.numbers = 0
        self.day = 20261123
        self.world.give(self.agreement())

    def agreement(self) -> DefineClient:
        """How the client's orders are acknowledged and its second replaces taken: the seed's choice."""
        ack = self.chance.choice(tuple(AckPolicy))
        return DefineClient(CLIENT, CLIENT, True, "", ack, self.chance.choice(tuple(SecondReplace)))

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.step()
        self.wind_down()

    def step(self) -> None:
        roll = self.chance.randrange(100)
        if roll < 22:
            self.give(self.submit())
        elif roll < 40:
            self.ask_about_an_order()
        elif roll < 65:
            self.venue.work()
        elif roll < 88:
            self.deliver()
        elif roll < 94:
            self.world.now_ns += self.chance.randrange(3_000_000_000)
            self.give(AdvanceTime())
        else:
            self.happen()

    def give(self, command: Command) -> None:
        events = self.world.give(command)
        for event in events:
            if isinstance(event, RouteEvent):
                self.venue.receive(event)
        check_step(self.world, events)
        while self.read_batches < len(self.world.batches):
            self.auditor.read(self.world.batches[self.read_batches])
            self.read_batches += 1

    def deliver(self) -> None:
        if self.venue.answers:
            self.give(self.venue.answers.popleft())

    def next_id(self) -> str:
        self.numbers += 1
        return f"C{self.numbers}"

    def submit(self) -> SubmitOrder:
        """Now and then by phone, or for an amount of money."""
        care = self.chance.randrange(8) == 0
        phoned = self.chance.randrange(20) == 0
        cash = self.chance.randrange(20) == 0
        handl = HandlInst.MANUAL if care else HandlInst.AUTOMATED_NO_INTERVENTION
        side = self.chance.choice((Side.BUY, Side.SELL))
        now = self.world.now_ns
        return SubmitOrder(
            SESSION, CLIENT, "" if phoned else self.next_id(), ACCOUNT, INSTRUMENT, side, handl, self.terms(), "", "",
            now, False, "tina" if phoned else "", cash_qty=self.chance.randint(1, 40) * 1_000_000 * PX if cash else 0,
        )  # fmt: skip

    def terms(self) -> Terms:
        qty, px = self.chance.randint(1, 40) * 1000, self.chance.randint(190, 210) * 5 * PX
        tif = self.chance.choice((TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE))
        until = self.world.now_ns + self.chance.randrange(1, 30_000_000_000) if tif is TimeInForce.GOOD_TILL_DATE else 0
        return Terms(qty, OrdType.LIMIT, px, 0, tif, until, 0)

    def ask_about_an_order(self) -> None:
        orders = list(self.world.desk.orders.values())
        if not orders:
            return
        order = self.chance.choice(orders[-12:])
        roll = self.chance.randrange(10)
        now = self.world.now_ns
        if roll < 4:
            self.replace(order)
        elif roll < 7:
            self.give(CancelOrder(SESSION, CLIENT, self.next_id(), order.cl_ord_id, 0, "", "", now, ""))
        elif roll < 8:
            self.give(RequestOrderStatus(SESSION, CLIENT, order.cl_ord_id, 0, INSTRUMENT, order.side, ""))
        else:
            self.work_by_hand(order)

    def replace(self, order: Order) -> None:
        """Once or several times in a row, each naming the one before it."""
        orig = order.cl_ord_id
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            cl_ord_id, order_id = self.next_id(), 0 if orig else int(order.order_id)
            now, terms = self.world.now_ns, self.terms()
            self.give(
                ReplaceOrder(SESSION, CLIENT, cl_ord_id, orig, order_id, INSTRUMENT, order.side, terms, "", now, "")
            )
            orig = cl_ord_id

    def work_by_hand(self, order: Order) -> None:
        if self.chance.randrange(4):
            px = order.terms.price
            terms = Terms(self.chance.randint(1, 10) * 1000, OrdType.LIMIT, px, 0, TimeInForce.DAY, 0, 0)
            self.give(RouteOrder(order.order_id, VENUE, terms, "tina"))
        elif self.chance.randrange(3):
            self.give(RecordTrade(order.order_id, self.chance.randint(1, 3000), order.terms.price, "BANK", "tina"))
        else:
            self.give(FinishOrder(order.order_id, "", "tina"))

    def happen(self) -> None:
        """What is rare: marks, kills, mass cancels; and in rough weather sessions, days and restarts."""
        roll = self.chance.randrange(10)
        now = self.world.now_ns
        if roll == 0:
            self.give(MassCancel(SESSION, CLIENT, self.next_id(), MassCancelRequestType.ALL_ORDERS, "", now, ""))
        elif roll == 1:
            self.give(EngageKill(ACCOUNT, "", "rita"))
            self.give(ReleaseKill(ACCOUNT, "", "ada", word=ACCOUNT))
        elif self.rough and roll == 2:
            self.give(UpdateMark(INSTRUMENT, 0, 0, self.chance.randint(195, 205) * 5 * PX))
        elif self.rough and roll == 3:
            self.give(SetVenueState(VENUE, False))
            self.give(SetVenueState(VENUE, True))
        elif self.rough and roll == 4:
            self.next_day()
        elif self.rough:
            self.restart(from_snapshot=roll % 2 == 0)

    def next_day(self) -> None:
        """The venue has said all that it had to say when the day turns; DAY orders end there too."""
        self.quiet()
        self.day += 1
        self.world.now_ns += 60_000_000_000
        self.give(StartTradingDay(self.day))
        for route in self.world.desk.routes.values():
            held = self.venue.routes.get(int(route.route_id))
            if held is not None and not route.is_live():
                held.live = False

    def restart(self, from_snapshot: bool) -> None:
        recovered = self.world.from_snapshot() if from_snapshot else self.world.replayed()
        difference = unlike(likeness(self.world.desk), likeness(recovered.desk))
        assert not difference, difference
        self.world.engine = recovered

    def quiet(self) -> None:
        """Every request dealt with, every answer delivered."""
        while self.venue.inbox or self.venue.answers:
            self.venue.drain()
            self.deliver()

    def wind_down(self) -> None:
        """Cancel all until nothing works; then all books must agree and nothing may be held."""
        for _ in range(12):
            self.world.now_ns += 10_000_000_000
            self.give(AdvanceTime())
            self.quiet()
            self.give(SetVenueState(VENUE, False))
            self.give(SetVenueState(VENUE, True))
            self.quiet()
            now = self.world.now_ns
            self.give(MassCancel(SESSION, CLIENT, self.next_id(), MassCancelRequestType.ALL_ORDERS, "", now, ""))
            self.quiet()
        self.restart(from_snapshot=False)
        self.restart(from_snapshot=True)
        self.check_books()

    def check_books(self) -> None:
        desk = self.world.desk
        self.auditor.agree_with(desk)
        doubtful = {exec_id.split("*")[0] for exec_id in self.auditor.refused}
        theirs = {name: told for name, told in self.venue.executions.items() if name not in doubtful}
        assert {name: told for name, told in self.auditor.by_venue().items() if name not in doubtful} == theirs
        working = [order.cl_ord_id for order in desk.orders.values() if order.is_open() or order.replaces()]
        assert working == []
        account = desk.accounts[ACCOUNT]
        position = desk.find_position(ACCOUNT, INSTRUMENT)
        assert (account.reserved, position.open_buy, position.open_sell) == (0, 0, 0)

    def digest(self) -> str:
        """A digest of the journal's bytes."""
        return sha256(b"".join(self.world.batches)).hexdigest()


def main() -> None:
    seed = int(sys.argv[1])
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    simulation = Simulation(seed, rough="calm" not in sys.argv)
    simulation.run(steps)
    print(simulation.digest())


if __name__ == "__main__":
    main()
