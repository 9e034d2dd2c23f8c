"""Values that only a configuration has: time zones, times of day, addresses, ports, paths. As in `file_values`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kairos.adapters.config import Network
from kairos.adapters.file_values import PointNumber, a_text, decimal_text, show

TIME_OF_DAY: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
MIN_SPEED: Final = 0.01
MAX_SPEED: Final = 100_000.0  # a trading day in a quarter of a second; "max" is for more


def a_time_zone(raw: object) -> str:
    """A name of the IANA time zone database."""
    name = a_text(raw)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone; use a name as Asia/Taipei, America/New_York or UTC") from error
    return name


def a_time_of_day(raw: object) -> time:
    """A time as 08:00 or 08:00:30."""
    if isinstance(raw, time):
        return raw
    if not isinstance(raw, str) or not TIME_OF_DAY.fullmatch(raw):
        raise ValueError(f'{show(raw)} is not a time of day; write it as "08:00"')
    return time.fromisoformat(raw)


def a_network(raw: object) -> Network:
    """An IP address, or a network as 10.1.0.0/16."""
    try:
        return ip_network(a_text(raw))
    except ValueError as error:
        raise ValueError(f"{show(raw)} is not an IP address or network, as 10.1.2.3 or 10.1.0.0/16: {error}") from error


def a_host(raw: object) -> str:
    """A host's name or address."""
    host = a_text(raw)
    if not host or any(char.isspace() for char in host):
        raise ValueError(f"{show(raw)} is not a host; write a name or an IP address")
    return host


def a_path_from(folder: Path) -> Callable[[object], Path]:
    """A file or folder; a relative one starts at `folder`."""

    def parse(raw: object) -> Path:
        text = a_text(raw)
        if not text:
            raise ValueError("is empty; write a path")
        return (folder / Path(text).expanduser()).absolute()

    return parse


def a_speed(raw: object) -> float | None:
    """Times real time; None for "max"."""
    if raw == "max":
        return None
    try:
        speed = float(raw.text if isinstance(raw, PointNumber) else decimal_text(raw))
    except ValueError as error:
        raise ValueError(f'{show(raw)} is not a speed; write a number as 10 or 0.5, or "max"') from error
    if not MIN_SPEED <= speed <= MAX_SPEED:
        raise ValueError(f'{show(raw)} must be from {MIN_SPEED} to {MAX_SPEED:.0f}, or "max"')
    return speed
