"""Values that only a configuration has: time zones, times of day, addresses, ports, paths. As in `file_values`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kairos.adapters.config_fix import Network
from kairos.adapters.file_errors import did_you_mean
from kairos.adapters.file_values import PointNumber, a_text, decimal_text, show
from kairos.adapters.fix_mapping.rules import is_custom
from kairos.adapters.fix_mapping.venue_details import PASSABLE
from kairos.model.numbers import parse_decimal

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


def a_date(raw: object) -> date:
    """`2026-11-23`, as text or as TOML's own date."""
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(a_text(raw))
    except ValueError:
        raise ValueError(f"{show(raw)} must be a date such as 2026-11-23") from None


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


def a_custom_tag(raw: object) -> int:
    """A tag of an agreement's field."""
    tag = parse_decimal(decimal_text(raw), 0)
    if not is_custom(tag):
        raise ValueError(f"{tag} is a tag of the standard's; agreements have those from 5000 to 39999")
    return tag


def a_custom_pair(raw: object) -> tuple[int, int]:
    """A client's tag, as 9001, or with the venue's, as "9001=9101"."""
    ours, _, theirs = decimal_text(raw).partition("=")
    return a_custom_tag(ours), a_custom_tag(theirs or ours)


def a_passable(raw: object) -> str:
    """The name of a field that can be passed on to a venue."""
    name = a_text(raw)
    if name not in PASSABLE:
        raise ValueError(f"{show(raw)} is not passed on to venues; {did_you_mean(name, PASSABLE)}")
    return name


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


def a_file_from(folder: Path) -> Callable[[object], Path]:
    """A file that must be there; a relative path starts at `folder`."""
    a_path = a_path_from(folder)

    def parse(raw: object) -> Path:
        path = a_path(raw)
        if not path.is_file():
            raise ValueError(f"{str(path)!r} is no file; write the path of one")
        return path

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
