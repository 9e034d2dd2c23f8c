"""Journals with days of real trading in them, from the seeded simulation."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.simulation.simulation import Simulation

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.model.events import Event
from kairos.model.wire import decode_events
from kairos.ports import Batch

STEPS = 250


@cache
def _batches(seed: int) -> list[bytes]:
    simulation = Simulation(seed, rough=True)
    simulation.run(STEPS)
    return simulation.world.batches


def simulated(path: Path, seed: int = 7, days_old: int = 0) -> list[Event]:
    """Write a journal of four days of a rough market, with a bust; returns its events in order."""
    return write(path, _batches(seed), days_old)


def write(path: Path, bodies: Iterable[bytes], days_old: int = 0) -> list[Event]:
    """A journal of these batches, written so many days ago."""
    age_ns = days_old * 86_400 * 10**9
    journal = SqliteJournal.open(path, synchronous="OFF", clock_ns=lambda: time.time_ns() - age_ns)
    all_events: list[Event] = []
    for body in bodies:
        events = decode_events(body)
        if events:
            journal.append(Batch(journal.next_seq(), len(events), body))
            all_events += events
    journal.close()
    return all_events
