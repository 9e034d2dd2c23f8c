"""The columns of a table, and how a value of each kind is told: exactly, in every format."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from kairos.history.moments import moment_text
from kairos.model.numbers import format_money, format_price


class Kind(Enum):
    """`PRICE` and `MONEY` are integers scaled by 10**8, `TIME` nanoseconds since 1970 UTC."""

    COUNT = auto()
    TEXT = auto()
    PRICE = auto()
    MONEY = auto()
    TIME = auto()


class Column(NamedTuple):
    name: str
    kind: Kind


Value = int | str | None
TableRow = tuple[Value, ...]


def columns(text: str) -> tuple[Column, ...]:
    """From a list such as "seq:count event at:time"; what says no kind is text."""
    pairs = (word.partition(":") for word in text.split())
    return tuple(Column(name, Kind[kind.upper()] if kind else Kind.TEXT) for name, _, kind in pairs)


def plain(column: Column, value: Value) -> Value:
    """For JSON and CSV: prices and money as decimal text, times as ISO 8601 with nanoseconds."""
    if value is None or isinstance(value, str):
        return value
    if column.kind is Kind.PRICE:
        return format_price(value)
    if column.kind is Kind.MONEY:
        return format_money(value)
    return moment_text(value) if column.kind is Kind.TIME else value
