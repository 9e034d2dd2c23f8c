"""Steps of the world itself: time, the trading day, a restart."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import StartTradingDay
from kairos.model.events import Event
from kairos.scenario.invariants import check_recovered
from kairos.scenario.steps import Action, StepParser
from kairos.scenario.words import Words, moment, read_options, whole
from kairos.scenario.world import World


def clock(words: Words) -> Action:
    """clock TIME: time goes by, and every deadline on the way is handled at its time."""
    to = moment(words)
    words.end()
    return lambda world: world.move_clock(to.resolve(world.now_ns))


def day(words: Words) -> Action:
    """day YYYYMMDD: the desk begins a trading day (the clock is another matter)."""
    trading_date = whole(words)
    words.end()
    return lambda world: world.give(StartTradingDay(trading_date))


def restart(words: Words) -> Action:
    """restart [from snapshot]: the engine goes on from the journal's bytes, or a snapshot, as it stood."""
    from_snapshot = words.take("from")
    if from_snapshot:
        words.require("snapshot")
    read_options(words, {})

    def play(world: World) -> list[Event]:
        recovered = world.from_snapshot() if from_snapshot else world.replayed()
        check_recovered(world, recovered, "the snapshot" if from_snapshot else "the journal")
        world.engine = recovered
        return []

    return play


WORLD_STEPS: Final[dict[str, StepParser]] = {"clock": clock, "day": day, "restart": restart}
