"""What a value of a file must be: each function returns it exact and typed, or raises ValueError with the remedy.

Values come from TOML (typed) or CSV (always text), so a number may be either. A TOML number with a point would become a
binary float, which holds few prices exactly: it is refused where an exact number is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Final, TypeVar

from kairos.model.numbers import NumberError, format_price, parse_decimal, parse_money, parse_price

EnumT = TypeVar("EnumT", bound=Enum)
TextT = TypeVar("TextT", bound=str)

# As far as FIX peers store identifiers, without a space (column ends) and without "|" (joins ids in keys of the desk).
ID: Final = re.compile(r"[!-{}~]{1,64}")
DURATION: Final = re.compile(r"(\d{1,9})(ms|s|m|h|d)")
UNITS_NS: Final = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3_600 * 10**9, "d": 86_400 * 10**9}
MAX_TEXT: Final = 200  # a name on a screen; the wire holds more
MAX_SHOWN: Final = 60


class PointNumber:
    """A TOML number with a point or an exponent, as it was written."""

    def __init__(self, text: str) -> None:
        self.text: Final = text


def show(raw: object) -> str:
    """The value as a person wrote it, cut where it is long."""
    shown = raw.text if isinstance(raw, PointNumber) else repr(raw)
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}..."


def a_text(raw: object) -> str:
    """Any text on one line."""
    if not isinstance(raw, str):
        raise ValueError(f"{show(raw)} is not a text; put it in quotes")
    if len(raw) > MAX_TEXT or not raw.isprintable():
        raise ValueError(f"{show(raw)} must be at most {MAX_TEXT} characters, all printable, on one line")
    return raw


def an_id(raw: object) -> str:
    """An identifier: short, printable ASCII, no space."""
    text = a_text(raw)
    if not ID.fullmatch(text):
        raise ValueError(f"{show(raw)} must be 1 to 64 printable ASCII characters without a space or a '|'")
    return text


def a_flag(raw: object) -> bool:
    """True or false."""
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return raw == "true"
    raise ValueError(f"{show(raw)} must be true or false")


def decimal_text(raw: object) -> str:
    """The text of an exact number."""
    if isinstance(raw, PointNumber):
        raise ValueError(f'{raw.text} would be a binary float, which is not exact; write it in quotes: "{raw.text}"')
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    raise ValueError(f'{show(raw)} is not a number; write a whole number, or a decimal one in quotes, as "28.41"')


def a_price(raw: object) -> int:
    """A price of 0 or more, scaled."""
    return _not_negative(parse_price(decimal_text(raw)))


def a_price_above_0(raw: object) -> int:
    """A price step, scaled."""
    value = parse_price(decimal_text(raw))
    if value <= 0:
        raise NumberError(f"{format_price(value)} must be more than 0")
    return value


def some_money(raw: object) -> int:
    """Money of 0 or more, scaled."""
    return _not_negative(parse_money(decimal_text(raw)))


def _not_negative(value: int) -> int:
    if value < 0:
        raise NumberError(f"{format_price(value)} must not be negative")
    return value


def a_count(low: int, high: int) -> Callable[[object], int]:
    """A whole number within bounds, both included."""

    def parse(raw: object) -> int:
        value = parse_decimal(decimal_text(raw), 0)
        if not low <= value <= high:
            raise NumberError(f"{value} must be from {low} to {high}")
        return value

    return parse


def a_code(parse_code: Callable[[str], str]) -> Callable[[object], str]:
    """A public code, as judged by a function of `kairos.market.codes`."""
    return lambda raw: parse_code(a_text(raw))


def one_of(*allowed: TextT) -> Callable[[object], TextT]:
    """One of a few words."""

    def parse(raw: object) -> TextT:
        for word in allowed:
            if raw == word:
                return word
        raise ValueError(f"{show(raw)} must be {' or '.join(repr(word) for word in allowed)}")

    return parse


def a_member(members: type[EnumT]) -> Callable[[object], EnumT]:
    """A member of an enumeration by its name in small letters."""
    by_name = {member.name.lower(): member for member in members}
    named = one_of(*by_name)
    return lambda raw: by_name[named(raw)]


def a_duration(raw: object) -> int:
    """`500ms`, `5s`, `10m`, `2h`, `1d`, in nanoseconds."""
    found = DURATION.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise ValueError(f'{show(raw)} must be a time, as "500ms", "5s", "10m", "2h" or "1d"')
    return int(found[1]) * UNITS_NS[found[2]]
