"""Moments as people write them, to the nanosecond: what Kairos prints is read again, and other zones by their name."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MOMENT: Final = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.(?P<fraction>\d{1,9}))?)?"
    r" ?(?P<zone>Z|[+-]\d\d:\d\d|[A-Za-z]+(?:/[\w+-]+)*)?"
)
_HOW: Final = (
    "write it as 2026-11-22T09:30:00Z, 2026-11-22 09:30:00.5 (UTC), 2026-11-22T17:30:00+08:00"
    " or 2026-11-22 17:30 Asia/Taipei"
)


def parse_moment(text: str) -> int:
    """Nanoseconds since 1970 UTC; UTC is meant where no zone is said, a day alone is its first moment. Raises
    `ValueError` with what is wrong and how to write it."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a moment; {_HOW}")
    try:
        wall = datetime.fromisoformat(f"{match['date']} {match['time'] or '00:00'}")
        at = _in_zone(wall, match["zone"] or "Z")
    except ValueError as error:
        raise ValueError(f"{text!r} is not a moment ({error}); {_HOW}") from error
    return int(at.timestamp()) * 1_000_000_000 + int((match["fraction"] or "0").ljust(9, "0"))


def _in_zone(wall: datetime, zone: str) -> datetime:
    if zone == "Z" or zone[0] in "+-":
        return datetime.fromisoformat(f"{wall.isoformat()}{'+00:00' if zone == 'Z' else zone}")
    try:
        at = wall.replace(tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"{zone} is no time zone of the IANA database") from error
    if at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != wall:
        raise ValueError("the clocks were put forward over it, so there was no such time; write it in UTC")
    if at.utcoffset() != at.replace(fold=1).utcoffset():
        raise ValueError("the clocks were put back, so it was twice; write it in UTC")
    return at


def moment_text(at_ns: int) -> str:
    """`2026-11-22T09:30:00.123456789Z`."""
    second = datetime.fromtimestamp(at_ns // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{second}.{at_ns % 1_000_000_000:09d}Z"
