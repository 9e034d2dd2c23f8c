"""The values of a market profile's file: times of day, order kinds, bands. Each raises ValueError with the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from kairos.adapters.file_values import a_count, a_price, a_price_above_0, a_text, one_of, show
from kairos.market.price_limits import BandStep
from kairos.market.ticks import TickBand
from kairos.market.timetable import OrderKind
from kairos.model.enums import OrdType, TimeInForce
from kairos.model.numbers import MAX_QTY

T = TypeVar("T")

TIME: Final = re.compile(r"([0-4]\d):([0-5]\d)(?::([0-5]\d))?")
MAX_TIME_S: Final = 48 * 3600  # a stretch reaches into the next morning at most
ORD_TYPES: Final = {member.name.lower(): member for member in OrdType}
TIMES_IN_FORCE: Final = {member.name.lower(): member for member in TimeInForce}
MAX_BPS: Final = 10_000
MAX_BAND_BPS: Final = 100_000  # ten times the price: US bands of the cheapest shares are wider than the price


def a_time_of_day(raw: object) -> int:
    """Seconds after midnight, of "09:00" or "09:00:30"; "29:00" is five in the next morning."""
    found = TIME.fullmatch(a_text(raw))
    seconds = 0 if found is None else int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    if found is None or seconds > MAX_TIME_S:
        raise ValueError(f'{show(raw)} is not a time of day; write it as "09:00", up to "48:00" for the next day')
    return seconds


def an_order_kind(raw: object) -> OrderKind:
    """An order type and a time in force, as "limit/day"."""
    ord_type, slash, time_in_force = a_text(raw).partition("/")
    if not slash:
        raise ValueError(f'{show(raw)} must be an order type and a time in force, as "limit/day"')
    return OrderKind(ORD_TYPES[one_of(*ORD_TYPES)(ord_type)], TIMES_IN_FORCE[one_of(*TIMES_IN_FORCE)(time_in_force)])


def a_tick_band(raw: object) -> TickBand:
    """[from, to, tick] as texts; the last band's `to` may be ""."""
    from_px, to_px, tick = _three(raw, '["0.01", "0.25", "0.001"]')
    return TickBand(a_price(from_px), 0 if to_px == "" else a_price_above_0(to_px), a_price_above_0(tick))


def a_band_step(raw: object) -> BandStep:
    """[from price, basis points, cap]; a cap of 0 is none."""
    from_px, bps, cap = _three(raw, '["3", 500, 0]')
    return BandStep(a_price(from_px), a_count(1, MAX_BAND_BPS)(bps), a_price(cap))


def a_lot_tier(raw: object) -> tuple[int, int]:
    """[from price, round lot]."""
    if not isinstance(raw, list) or len(raw) != 2:
        raise ValueError(f'{show(raw)} must be a lowest price and a lot, as ["250.01", 40]')
    return a_price(raw[0]), a_count(1, MAX_QTY)(raw[1])


def an_array_of(parse: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """An array whose items are parsed one by one; an error names the item."""

    def parse_all(raw: object) -> tuple[T, ...]:
        if not isinstance(raw, list):
            raise ValueError(f"{show(raw)} must be an array in square brackets")
        items = []
        for number, item in enumerate(raw, 1):
            try:
                items.append(parse(item))
            except ValueError as error:
                raise ValueError(f"item {number}: {error}") from error
        return tuple(items)

    return parse_all


def _three(raw: object, example: str) -> tuple[object, object, object]:
    if not isinstance(raw, list) or len(raw) != 3:
        raise ValueError(f"{show(raw)} must be an array of three, as {example}")
    return raw[0], raw[1], raw[2]
