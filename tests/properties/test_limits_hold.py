"""No interleaving of orders, fills, cancels, replaces, restarts and changed limits lets a limit of the tree be passed.

What is used at a place is reckoned by the independent auditor from the journal. A limit that is set below what is used
lets it only shrink.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.risk.auditor import UNIT, Auditor, Figures, Node
from tests.risk.trading_house import PRICES, TradingHouse
from tests.simulation.toy_venue import Profile

import kairos
from kairos.model.commands import AdvanceTime, Command, PlaceLimit
from kairos.model.enums import LimitKind, Severity, Side
from kairos.model.events import Event
from kairos.model.limit_units import IN_MONEY
from kairos.model.refusals import RefusalCode
from kairos.model.values import Limit, Place
from kairos.scenario.invariants import check_step
from kairos.state.order import Order
from kairos.state.positions import Position

FAULTS = Profile(lose=6, duplicate=8, reject=12, amend=0, restate=0)  # all that leaves executions as they were
STEPS, SHORT = 120, 40
SCALES = {  # what a limit of the kind may be, so that it is reached now and then, and not by the first order
    LimitKind.POSITION: (20, 200),
    LimitKind.GROSS_EXPOSURE: (20_000, 100_000_000),
    LimitKind.NET_EXPOSURE: (20_000, 100_000_000),
    LimitKind.LONG_EXPOSURE: (20_000, 100_000_000),
    LimitKind.SHORT_EXPOSURE: (20_000, 100_000_000),
    LimitKind.OPEN_ORDERS: (1, 8),
    LimitKind.OPEN_NOTIONAL: (20_000, 100_000_000),
    LimitKind.CREDIT: (20_000, 100_000_000),
    LimitKind.DAY_NOTIONAL: (20_000, 100_000_000),
}
OF_LIMITS = (
    RefusalCode.MAX_POSITION, RefusalCode.MAX_EXPOSURE, RefusalCode.MAX_OPEN_ORDERS, RefusalCode.MAX_OPEN_NOTIONAL,
    RefusalCode.CREDIT, RefusalCode.MAX_DAY_NOTIONAL,
)  # fmt: skip
USD_IN_TWD = Fraction(63, 2)  # the rate's reference; no mark moves it


def used(auditor: Auditor, place: Place, kind: LimitKind) -> Fraction:
    """How much of a limit is used: in TWD where it is money, working orders in the worst direction."""
    node = Node(place.node.value, place.node_id, place.scope.value, place.scope_id)
    if kind is LimitKind.POSITION:
        return worst_position(auditor, node)
    total = Figures()
    for currency, figures in auditor.figures(node).items():
        rate = USD_IN_TWD if currency == "USD" else Fraction(1)
        total.add(Figures(**{name: value * rate for name, value in vars(figures).items() if name != "open_orders"}))
        total.open_orders += figures.open_orders
    return {
        LimitKind.GROSS_EXPOSURE: total.gross,
        LimitKind.NET_EXPOSURE: max(abs(total.net_high), abs(total.net_low)),
        LimitKind.LONG_EXPOSURE: total.long,
        LimitKind.SHORT_EXPOSURE: total.short,
        LimitKind.OPEN_ORDERS: Fraction(total.open_orders),
        LimitKind.OPEN_NOTIONAL: total.open_notional,
        LimitKind.CREDIT: total.cost - total.realized + total.reserved,
        LimitKind.DAY_NOTIONAL: total.day_bought + total.day_sold + total.open_notional,
    }[kind]


def worst_position(auditor: Auditor, node: Node) -> Fraction:
    """Of the instrument that has most, every order of one side filled."""
    worst = Fraction(0)
    for instrument in PRICES:
        high, low = auditor.reach(node, instrument)
        worst = max(worst, Fraction(high), Fraction(-low))
    return worst


class LimitedHouse(TradingHouse):
    """Limits hang anywhere and change; venues lose, double and refuse, but trade only what was ordered, at its price;
    no mark moves."""

    def __init__(self, chance: Random) -> None:
        self.limits: dict[tuple[str, LimitKind], tuple[Place, Fraction]] = {}
        self.most: dict[tuple[str, LimitKind], Fraction] = {}
        self.refused = 0
        super().__init__(chance, rough=False)
        for venue in self.venues.values():
            venue.profile = FAULTS
        for _ in range(self.chance.randint(1, 6)):
            self.give(self.tree_command())

    def tree_command(self) -> Command:
        kind = self.chance.choice(list(SCALES))
        least, most = SCALES[kind]
        value = int(least * (most / least) ** self.chance.random())
        currency = "TWD" if kind in IN_MONEY else ""
        scaled = value * UNIT if kind in IN_MONEY else value
        return PlaceLimit(self.place(), Limit(kind, Severity.HARD, scaled, currency, 0, 0, False), "", "rita")

    def work_by_hand(self, order: Order) -> None:
        """What is traded stays, at the price of its order."""

    def happen(self) -> None:
        roll = self.chance.randrange(4)
        if roll == 0:
            self.restart(self.chance.randrange(2) == 0)
        else:
            self.world.now_ns += self.chance.randrange(3_000_000_000)
            self.give(AdvanceTime())

    def give(self, command: Command) -> list[Event]:
        events = super().give(command)
        if isinstance(command, PlaceLimit):
            key = (repr(command.place), command.limit.kind)
            value = Fraction(command.limit.value, UNIT if command.limit.kind in IN_MONEY else 1)
            self.limits[key] = command.place, value
            self.most[key] = max(value, used(self.auditor, command.place, command.limit.kind))
        self.refused += sum(1 for event in events if getattr(event, "code", None) in OF_LIMITS)
        self.check()
        return events

    def check(self) -> None:
        for key, (place, value) in self.limits.items():
            now = used(self.auditor, place, key[1])
            assert now <= self.most[key], f"{key[1].name} at {place}: {float(now)} used, limit {float(value)}"
            self.most[key] = max(value, min(now, self.most[key]))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.randoms(use_true_random=False))
def test_no_limit_is_passed(chance: Random) -> None:
    LimitedHouse(chance).run(SHORT)


@pytest.mark.parametrize("seed", range(8))
def test_no_limit_is_passed_in_the_long_run(seed: int) -> None:
    house = LimitedHouse(Random(seed))
    house.run(STEPS)
    check_step(house.world, [])
    assert house.refused, "a limit was reached"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_no_limit_is_passed_for_longer(seed: int) -> None:
    LimitedHouse(Random(seed)).run(3 * STEPS)


@pytest.mark.skipif(kairos.COMPILED, reason="compiled code can't be patched; the same mistake is made interpreted")
def test_a_limit_that_is_passed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders that count only half of what works: in some run a limit must be passed."""
    weigh = Position.work

    def half(position: Position, side: Side, qty: int, worth: int, orders: int) -> None:
        weigh(position, side, int(qty / 2), int(worth / 2), orders)

    monkeypatch.setattr(Position, "work", half)
    with pytest.raises(AssertionError, match="used, limit"):
        for seed in range(8):
            for_a_while(LimitedHouse(Random(seed)))


def for_a_while(house: LimitedHouse) -> None:
    for _ in range(STEPS):
        house.step()
