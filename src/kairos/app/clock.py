"""The machine's clock, and the trading date that it means."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kairos.ports import Clock

NANOS = 1_000_000_000


class SystemClock(Clock):
    """Fulfils `ports.Clock`."""

    def now_ns(self) -> int:
        return time.time_ns()


def trading_date(now_ns: int, zone: str, start_minute: int) -> int:
    """YYYYMMDD of the desk's day at a time: a day begins `start_minute` minutes after midnight in its zone."""
    local = datetime.fromtimestamp(now_ns // NANOS, UTC).astimezone(ZoneInfo(zone))
    day = (local - timedelta(minutes=start_minute)).date()
    return day.year * 10_000 + day.month * 100 + day.day
