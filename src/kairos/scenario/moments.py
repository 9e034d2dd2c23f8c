"""Times and durations in scenarios: `10:30:00` today, `+5s` from now, `2026-11-24T10:30` on a date; all UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

NANOS: Final = 1_000_000_000
UNITS: Final = {
    "ns": 1,
    "us": 1_000,
    "ms": 1_000_000,
    "s": NANOS,
    "m": 60 * NANOS,
    "h": 3600 * NANOS,
    "d": 86_400 * NANOS,
}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class MomentError(ValueError):
    """The text is no time."""


class Moment:
    """A time that may lean on the scenario's clock: a date (empty: today) and nanoseconds of the day, or a distance."""

    def __init__(self, day: date | None, offset_ns: int, from_now: bool) -> None:
        self.day: Final = day
        self.offset_ns: Final = offset_ns
        self.from_now: Final = from_now

    def resolve(self, now_ns: int) -> int:
        """Nanoseconds since the epoch."""
        if self.from_now:
            return now_ns + self.offset_ns
        day = self.day if self.day is not None else day_of(now_ns)
        return midnight_ns(day) + self.offset_ns


def parse_moment(text: str) -> Moment:
    if text.startswith("+"):
        return Moment(None, parse_duration(text[1:]), True)
    day_text, _, time_text = text.rpartition("T")
    match = re.fullmatch(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?", time_text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or "0") > 59:
        raise MomentError(text)
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or "0")
    try:
        day = date.fromisoformat(day_text) if day_text else None
    except ValueError:
        raise MomentError(text) from None
    return Moment(day, seconds * NANOS + int((match[4] or "").ljust(9, "0")), False)


def parse_duration(text: str) -> int:
    match = re.fullmatch(r"(\d{1,9})(ns|us|ms|s|m|h|d)", text)
    if match is None:
        raise MomentError(text)
    return int(match[1]) * UNITS[match[2]]


def day_of(now_ns: int) -> date:
    return (EPOCH + timedelta(seconds=now_ns // NANOS)).date()


def midnight_ns(day: date) -> int:
    return (day - EPOCH.date()).days * UNITS["d"]
