"""Seeded simulations: whatever clients, venue, time and restarts do, the books agree and nothing is left behind.

A failure names its seed; `python -m tests.simulation.simulation SEED STEPS` replays it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.simulation.auditor import Auditor
from tests.simulation.likeness import likeness, unlike
from tests.simulation.simulation import Simulation

from kairos.model.commands import Command, DefineAccount, SetLimits
from kairos.model.events import TradeBooked
from kairos.model.values import Limits
from kairos.scenario.world import ACCOUNT, CLIENT, GENEROUS, INSTRUMENT, MONEY

REPO = Path(__file__).resolve().parents[2]
STEPS = 250
TIGHT = Limits(
    max_order_qty=40_000,
    max_order_notional=60_000_000 * MONEY,
    collar_bps=500,
    max_position=60_000,
    max_gross_exposure=55_000_000 * MONEY,
    max_net_exposure=50_000_000 * MONEY,
    rate_per_s=GENEROUS.rate_per_s,
    rate_burst=GENEROUS.rate_burst,
)


@pytest.mark.parametrize("seed", range(8))
def test_rough_weather(seed: int) -> None:
    """Losses, duplicates, rejects, busts, restarts and days: the auditor and the venue agree with the desk."""
    Simulation(seed, rough=True).run(STEPS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_more_rough_weather(seed: int) -> None:
    Simulation(seed, rough=True).run(2 * STEPS)


class Watched(Simulation):
    """Looks at the account after every command: no limit is passed, whatever crosses whatever."""

    def give(self, command: Command) -> None:
        super().give(command)
        desk = self.world.desk
        account, position = desk.accounts[ACCOUNT], desk.find_position(ACCOUNT, INSTRUMENT)
        limits = account.limits
        assert position.qty + position.open_buy <= limits.max_position
        assert position.open_sell - position.qty <= limits.max_position
        assert account.gross <= limits.max_gross_exposure
        assert account.cash - account.reserved >= 0


@pytest.mark.parametrize("seed", range(6))
def test_limits_are_never_passed_under_any_interleaving(seed: int) -> None:
    """With a venue that does only what it was asked: position, exposure and money stay inside after every command."""
    simulation = Watched(seed, rough=False)
    simulation.give(DefineAccount(ACCOUNT, CLIENT, "", "TWD", 30_000_000 * MONEY, True, ""))
    simulation.give(SetLimits(ACCOUNT, TIGHT, ""))
    simulation.run(STEPS)
    assert simulation.auditor.executions, "something traded"


def test_a_seed_replays_itself() -> None:
    first, second, other = Simulation(3, rough=True), Simulation(3, rough=True), Simulation(4, rough=True)
    for simulation in (first, second, other):
        simulation.run(60)
    assert first.digest() == second.digest() != other.digest()


def test_the_auditor_is_independent_and_finds_a_wrong_book() -> None:
    simulation = Simulation(5, rough=False)
    simulation.run(STEPS)
    desk = simulation.world.desk
    simulation.auditor.agree_with(desk)
    position = desk.find_position(ACCOUNT, INSTRUMENT)
    position.qty += 1
    with pytest.raises(AssertionError):
        simulation.auditor.agree_with(desk)
    position.qty -= 1
    desk.accounts[ACCOUNT].cash += 1
    with pytest.raises(AssertionError):
        simulation.auditor.agree_with(desk)


def test_the_auditor_refuses_an_execution_told_twice() -> None:
    simulation = Simulation(5, rough=False)
    simulation.run(STEPS)
    auditor = Auditor()
    auditor.executions = dict(simulation.auditor.executions)
    trade_id, (order_id, qty, px) = next(iter(auditor.executions.items()))
    order = simulation.world.desk.orders[order_id]
    with pytest.raises(AssertionError, match="used once"):
        auditor.note(TradeBooked(0, order_id, trade_id, 0, "", "", qty, px, order.terms, order.standing(), "", 0, ""))


def test_likeness_sees_a_difference_that_a_snapshot_does_not_show() -> None:
    simulation = Simulation(6, rough=False)
    for _ in range(40):
        simulation.step()
    ours, theirs = likeness(simulation.world.desk), likeness(simulation.world.replayed().desk)
    assert unlike(ours, theirs) == ""
    simulation.world.desk.accounts[ACCOUNT].reserved += 1
    assert unlike(likeness(simulation.world.desk), theirs).startswith(f"desk.accounts.{ACCOUNT}.reserved")


@pytest.mark.slow
def test_compiled_and_interpreted_give_the_same_journal_bytes() -> None:
    """The same seed in two processes, one interpreted and one as it was built."""
    digests = [_digest_of(seed, pure) for seed in ("11", "12") for pure in ("1", "0")]
    assert digests[0] == digests[1]
    assert digests[2] == digests[3]


def _digest_of(seed: str, pure: str) -> str:
    environment = {**os.environ, "KAIROS_PURE": pure, "PYTHONPATH": f"{REPO / 'src'}{os.pathsep}{REPO}"}
    if pure == "0":
        how = _run(["-c", "import kairos; print(kairos.COMPILED)"], environment)
        if how != "True":
            pytest.skip("Kairos was not compiled here: `make build` compiles it")
    return _run(["-m", "tests.simulation.simulation", seed, "400"], environment)


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=REPO, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout.strip()
