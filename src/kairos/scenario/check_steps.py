"""Steps that look: an order, a route, a position, an account. They take no arrow; what is said must be so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kairos.model.enums import OrdStatus
from kairos.model.events import Event
from kairos.model.numbers import format_money, format_price
from kairos.scenario.errors import Mismatch
from kairos.scenario.steps import Action, StepParser
from kairos.scenario.words import Option, Words, constant, money, name, price, qty, read_options, whole
from kairos.scenario.world import World

STATES: Final[dict[str, Option]] = {state.name: ("state", constant(state.name)) for state in OrdStatus}
QUANTITIES: Final[dict[str, Option]] = {"qty": ("qty", qty), "cum": ("cum", qty), "leaves": ("leaves", qty)}
ORDER: Final[dict[str, Option]] = {**STATES, **QUANTITIES, "avg": ("avg", price), "@": ("@", price)}
ROUTE: Final[dict[str, Option]] = {**STATES, **QUANTITIES, "@": ("@", price)}
POSITION: Final[dict[str, Option]] = {
    "avg": ("avg", price),
    "realized": ("realized", money),
    "unrealized": ("unrealized", money),
    "buying": ("buying", whole),
    "selling": ("selling", whole),
}
PRICES: Final = frozenset(("avg", "@", "realized", "unrealized"))


def _compare(subject: str, expected: Mapping[str, object], present: Mapping[str, object]) -> list[Event]:
    """Raise `Mismatch` unless each expected value is the present one."""
    if any(present[key] != value for key, value in expected.items()):
        got = {key: present[key] for key in expected}
        raise Mismatch(f"{subject} {_spell(expected)}", f"{subject} {_spell(got)}")
    return []


def _spell(values: Mapping[str, object]) -> str:
    return " ".join(_spell_one(key, value) for key, value in values.items())


def _spell_one(key: str, value: object) -> str:
    text = format_price(value) if key in PRICES and isinstance(value, int) else str(value)
    return text if key in ("state", "") else f"{key} {text}"


def order(words: Words) -> Action:
    """order CLORDID [STATE] [qty N] [cum N] [leaves N] [avg PRICE] [@ PRICE]"""
    label = name(words, "the ClOrdID of the order")
    expected = read_options(words, ORDER).values

    def look(world: World) -> list[Event]:
        known = world.order(label)
        present = {
            "state": known.ord_status().name,
            "qty": known.terms.order_qty,
            "cum": known.cum_qty,
            "leaves": known.leaves_qty(),
            "avg": known.avg_px(),
            "@": known.terms.price,
        }
        return _compare(f"order {label}", expected, present)

    return look


def route(words: Words) -> Action:
    """check route ROUTE [STATE] [qty N] [cum N] [leaves N] [@ PRICE]"""
    label = name(words, "a route, as R1")
    expected = read_options(words, ROUTE).values

    def look(world: World) -> list[Event]:
        known = world.route(label)
        if known is None:
            raise Mismatch(f"a route called {label}", "no such route")
        present = {
            "state": known.ord_status().name,
            "qty": known.terms.order_qty,
            "cum": known.cum_qty,
            "leaves": known.leaves_qty(),
            "@": known.terms.price,
        }
        return _compare(f"check route {label}", expected, present)

    return look


def position(words: Words) -> Action:
    """position ACCOUNT INSTRUMENT UNITS [avg PRICE] [realized MONEY] [unrealized MONEY] [buying N] [selling N]"""
    account_id, instrument_id = name(words, "an account"), name(words, "an instrument")
    units = whole(words)
    expected = {"": units, **read_options(words, POSITION).values}

    def look(world: World) -> list[Event]:
        subject = f"position {account_id} {instrument_id}"
        if account_id not in world.desk.accounts or instrument_id not in world.desk.instruments:
            raise Mismatch(f"{subject} {units}", "no such account or instrument")
        known = world.desk.find_position(account_id, instrument_id)
        present = {
            "": known.qty,
            "avg": known.avg_px(),
            "realized": known.realized,
            "unrealized": known.unrealized(),
            "buying": known.open_buy,
            "selling": known.open_sell,
        }
        return _compare(subject, expected, present)

    return look


def cash(words: Words) -> Action:
    """cash ACCOUNT MONEY [reserved MONEY]"""
    account_id = name(words, "an account")
    expected = {"cash": money(words), **read_options(words, {"reserved": ("reserved", money)}).values}

    def look(world: World) -> list[Event]:
        known = world.desk.accounts.get(account_id)
        if known is None:
            raise Mismatch(f"an account called {account_id}", "no such account")
        present = {"cash": known.cash, "reserved": known.reserved}
        if any(present[key] != value for key, value in expected.items()):
            raise Mismatch(_cash_text(account_id, expected), _cash_text(account_id, present))
        return []

    return look


def _cash_text(account_id: str, values: Mapping[str, object]) -> str:
    figures = {key: format_money(value) for key, value in values.items() if isinstance(value, int)}
    reserved = f" reserved {figures['reserved']}" if "reserved" in figures else ""
    return f"cash {account_id} {figures['cash']}{reserved}"


CHECK_STEPS: Final[dict[str, StepParser]] = {
    "order": order,
    "check route": route,
    "position": position,
    "cash": cash,
}
