"""What is asked of a source: which instrument, which day, and what to do with what it has beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """`instrument` is symbol and MIC; `zone` that of the source's local times (the format's own if empty); `lot` the
    shares of a board lot, where the source counts lots (0: the format's own)."""

    instrument: str
    date: date | None = None
    zone: str = ""
    lot: int = 0
    keeps_off_book: bool = False
    shift_ns: int = 0

    @property
    def symbol(self) -> str:
        symbol, _point, mic = self.instrument.rpartition(".")
        return symbol or mic

    @property
    def mic(self) -> str:
        symbol, _point, mic = self.instrument.rpartition(".")
        return mic if symbol else ""


def midnight_ns(day: date, zone: str) -> int:
    """The beginning of a local day, UTC."""
    local = datetime.combine(day, time(), ZoneInfo(zone))
    return int((local - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)) * SECOND_NS


def day_ns(day: date | None, zone: str) -> tuple[int, int]:
    """[from, to) of a local day, UTC; of all time without one."""
    if day is None:
        return 0, 2**63 - 1
    return midnight_ns(day, zone), midnight_ns(day + timedelta(days=1), zone)
