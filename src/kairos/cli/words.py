"""Events as people and programs read them: a line of words, or JSON with exact numbers as strings."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

from kairos.evidence.spelling import action_text, indicator_text, level_text, place_text
from kairos.model.commands import Command
from kairos.model.events import Event
from kairos.model.indicators import Indicator
from kairos.model.numbers import format_money, format_price
from kairos.model.refusals import RefusalCode, describe
from kairos.model.values import (
    NO_ORDER_DETAILS,
    NO_TRADE_DETAILS,
    Limits,
    OrderDetails,
    Place,
    Standing,
    Terms,
    TradeDetails,
)
from kairos.model.wire_types import Record

EMPTY = ("", 0, (), NO_ORDER_DETAILS, NO_TRADE_DETAILS)
PRICES = {
    "price",
    "stop_px",
    "last_px",
    "avg_px",
    "bid_px",
    "ask_px",
    "reserve_px",
    "guaranteed_px",
    "tick_size",
    "reference_px",
    "low_px",
    "high_px",
    "close_px",
    "from_px",
    "to_px",
    "tick",
}
MONEY = {
    "cash",
    "cash_qty",
    "earlier_notional",
    "cost",
    "realized",
    "notional",
    "max_order_notional",
    "max_gross_exposure",
    "max_net_exposure",
}

OF_INDICATOR = ("seen", "threshold")


def when(at_ns: int) -> str:
    """`2026-11-22 09:30:00.123456` UTC."""
    return (
        datetime.fromtimestamp(at_ns // 1_000_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
        + f".{at_ns // 1000 % 1_000_000:06d}"
    )


def _value(name: str, value: object) -> object:
    if isinstance(value, (OrderDetails, TradeDetails)):
        return details_as_json(value)
    if isinstance(value, Record):
        return {n: _value(n, getattr(value, n)) for n in value.names()}
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, bytes):
        return value.decode("latin-1").replace("\x01", "|")
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if name in PRICES:
            return format_price(value)
        return format_money(value) if name in MONEY else value
    if isinstance(value, tuple):
        records = [_value("", item) for item in value if isinstance(item, Record)]
        return records or dict(value)
    return value


def details_as_json(details: OrderDetails | TradeDetails) -> dict[str, object]:
    """What they say, leaving out what they don't."""
    said = {name: getattr(details, name) for name in details.names()}
    return {name: _value(name, value) for name, value in said.items() if value not in EMPTY}


def command_as_json(command: Command) -> dict[str, object]:
    """Kind and every field, as of an event."""
    return {
        "command": type(command).__name__,
        **{name: _value(name, getattr(command, name)) for name in command.names()},
    }


def event_as_json(event: Event) -> dict[str, object]:
    """Kind, time and every field; prices and money as decimal strings, enumerations by their FIX meaning."""
    fields = {name: _value(name, getattr(event, name)) for name in event.names()}
    if "indicator" in fields:
        fields.update({name: _of_rule(event, name, getattr(event, name)) for name in OF_INDICATOR if name in fields})
    return {"event": type(event).__name__, "at": when(event.at_ns), "at_ns": str(event.at_ns), **fields}


def event_in_words(event: Event) -> str:
    """The event's name and what it says, leaving out what is empty, and bytes, which are for machines."""
    parts = [type(event).__name__]
    code = getattr(event, "code", RefusalCode.NONE)
    if isinstance(code, RefusalCode) and code is not RefusalCode.NONE:
        parts.append(describe(code, getattr(event, "context", ())))
    for name in event.names():
        value = getattr(event, name)
        if name not in ("code", "context") and value not in EMPTY and not isinstance(value, bytes):
            of_rule = _of_rule(event, name, value)
            parts.append(f"{name}={of_rule}" if of_rule else _field_in_words(name, value))
    return "  ".join(parts)


def _of_rule(event: Event, name: str, value: object) -> str:
    """A place, and what only the event's indicator gives a unit; empty for any other field."""
    if isinstance(value, Place):
        return place_text(value)
    indicator = getattr(event, "indicator", None)
    if not isinstance(indicator, Indicator):
        return ""
    if isinstance(value, int) and name in OF_INDICATOR:
        return indicator_text(indicator, value)
    if name == "levels" and isinstance(value, tuple):
        return "; ".join(level_text(indicator, level) for level in value)
    return ", ".join(action_text(action) for action in value) if name == "actions" and isinstance(value, tuple) else ""


def _field_in_words(name: str, value: object) -> str:
    if isinstance(value, Terms):
        return terms_in_words(value)
    if isinstance(value, Standing):
        return standing_in_words(value)
    if isinstance(value, (OrderDetails, TradeDetails)):
        return " ".join(f"{n}={text}" for n, text in details_as_json(value).items())
    if isinstance(value, Limits):
        return " ".join(f"{n}={_value(n, getattr(value, n))}" for n in value.names())
    return f"{name}={_value(name, value)}"


def terms_in_words(terms: Terms) -> str:
    """`300 LIMIT @ 28.41 DAY`."""
    words = [str(terms.order_qty), terms.ord_type.name]
    words += [f"@ {format_price(terms.price)}"] if terms.price else []
    words += [f"stop {format_price(terms.stop_px)}"] if terms.stop_px else []
    words.append(terms.time_in_force.name)
    words += [f"shows {terms.max_floor}"] if terms.max_floor else []
    words += [f"until {when(terms.expire_at_ns)}"] if terms.expire_at_ns else []
    return " ".join(words)


def standing_in_words(standing: Standing) -> str:
    """`PARTIALLY_FILLED cum 200 leaves 100 avg 28.4`."""
    words = f"{standing.ord_status.name} cum {standing.cum_qty} leaves {standing.leaves_qty}"
    return words + (f" avg {format_price(standing.avg_px)}" if standing.avg_px else "")
