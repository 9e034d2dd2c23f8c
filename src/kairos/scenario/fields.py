"""The fields of events by name, and their values as text: prices and money in decimals, enumerations by their names."""

from __future__ import annotations

from enum import Enum
from typing import Final

from kairos.model.indicators import UNIT_OF, Indicator, IndicatorUnit
from kairos.model.limit_units import IN_MONEY
from kairos.model.numbers import NumberError, format_money, format_price, parse_money
from kairos.model.values import Limit, Place
from kairos.model.wire_types import Record
from kairos.scenario.places import spell_place

NOWHERE: Final = object()  # the event has no such field
QTY_AT_PRICE: Final = ("qty@", "@px")  # of `2000 @ 1005`: what traded, else what is ordered
ALIASES: Final = {"qty@": ("last_qty", "order_qty"), "@px": ("last_px", "price")}
# Values whose fields may be named without a prefix.
NESTED: Final = ("terms", "standing", "limits", "details", "new_details")
OF_A_KIND: Final = ("value", "seen", "threshold")
SCALED: Final = frozenset(
    (
        "price",
        "tick_size",
        "cash",
        "cash_qty",
        "cost",
        "realized",
        "max_order_notional",
        "max_gross_exposure",
        "max_net_exposure",
        *ALIASES["@px"],
    )
)


def find(record: Record, name: str) -> object:
    """A field of an event, of its terms, standing, limits or details, or a word of its refusal's context."""
    for alias in ALIASES.get(name, (name,)):
        value = _find_one(record, alias)
        if value is not NOWHERE:
            return value
    return NOWHERE


def _find_one(record: Record, name: str) -> object:
    prefix, dot, rest = name.partition(".")
    names = record.names()
    if dot and prefix in names:
        inner = getattr(record, prefix)
        return _find_one(inner, rest) if isinstance(inner, Record) else NOWHERE
    if name in names:
        return _in_its_unit(record, name, getattr(record, name))
    for nested in NESTED:
        if nested in names and name in getattr(record, nested).names():
            return getattr(getattr(record, nested), name)
    for key, text in getattr(record, "context", ()):
        if key == name:
            return text
    return NOWHERE


def _in_its_unit(record: Record, name: str, value: object) -> object:
    """Money as text, where only the limit's or the indicator's kind says that it is money."""
    if not isinstance(value, int) or name not in OF_A_KIND:
        return value
    of_limit = isinstance(record, Limit) and record.kind in IN_MONEY
    indicator = getattr(record, "indicator", None)
    of_indicator = isinstance(indicator, Indicator) and UNIT_OF[indicator] is IndicatorUnit.MONEY
    return format_money(value) if of_limit or of_indicator else value


def spell(value: object, name: str) -> str:
    """A field's value as the language writes it."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Place):
        return spell_place(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return format_price(value) if is_scaled(name) else str(value)
    text = str(value)
    return f'"{text}"' if " " in text or not text else text


def spelled_as(value: object, text: str, name: str) -> bool:
    """Whether a value is what the file says; a price may be written with zeros behind."""
    if isinstance(value, int) and not isinstance(value, bool) and is_scaled(name):
        try:
            return value == parse_money(text)
        except NumberError:
            return False
    if isinstance(value, Enum):
        return text in (value.name, value.value)
    return value is not NOWHERE and spell(value, name).strip('"') == text


def is_scaled(name: str) -> bool:
    """Whether an integer field holds a price or money."""
    last = name.rpartition(".")[2]
    return last in SCALED or last.endswith(("_px", "@px"))
