"""Daily returns of instruments, side by side by date: the scenarios of historical value at risk.

A scenario is a day of the past: what each instrument did on it. Days are those on which any instrument has a return;
one that has none that day (its market was closed) stands still. Who has too few days of its own says nothing of risk:
whoever holds it has no value at risk until its returns are there, rather than one that is too low.
"""

from __future__ import annotations

from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64

from kairos.model.events import ReturnsSet

# A year of trading days, the least history that supervisors take from banks with models of their own: a calm quarter
# does not stand for a year, and the market of two years ago does not speak for today's.
SCENARIOS: Final = 250
# One day in a hundred must be among them for a level of 99 %.
LEAST_DAYS: Final = 100


class Returns:
    """dates: of the scenarios, the oldest first; `version` grows with every change."""

    def __init__(self) -> None:
        self.set_by: dict[str, ReturnsSet] = {}
        self.dates: list[int] = []
        self._scenarios: dict[str, vec[i64]] = {}

    def put(self, event: ReturnsSet) -> None:
        """An instrument has these returns, and no others."""
        self.set_by[event.instrument_id] = event
        days = {one.date for known in self.set_by.values() for one in known.returns}
        dates = sorted(days)[-SCENARIOS:]
        if dates == self.dates:
            self._scenarios[event.instrument_id] = aligned(event, dates)
            return
        self.dates = dates
        self._scenarios = {name: aligned(known, dates) for name, known in self.set_by.items()}

    def has(self, instrument_id: str) -> bool:
        """Whether enough is known of it."""
        known = self.set_by.get(instrument_id)
        return known is not None and len(known.returns) >= LEAST_DAYS

    def scenarios(self, instrument_id: str) -> vec[i64]:
        """Its return in each scenario, in millionths."""
        return self._scenarios[instrument_id]


def aligned(event: ReturnsSet, dates: list[int]) -> vec[i64]:
    by_date = {one.date: one.ppm for one in event.returns}
    line = vec[i64]()
    for date in dates:
        line = append(line, by_date.get(date, 0))
    return line
