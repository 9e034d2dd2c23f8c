"""Steps that look: an order, a route, a position, an account, an indicator, a limit. They take no arrow; what is said
must be so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kairos.model.enums import LimitKind, OrdStatus
from kairos.model.events import Event
from kairos.model.indicators import UNIT_OF, Indicator, IndicatorUnit
from kairos.model.limit_units import IN_BPS, IN_MONEY
from kairos.model.numbers import format_money, format_price
from kairos.risk.indicators import value_of
from kairos.scenario.errors import Mismatch
from kairos.scenario.places import place, spell_place
from kairos.scenario.rule_steps import indicator_value
from kairos.scenario.steps import Action, StepParser
from kairos.scenario.tree_steps import limit_value
from kairos.scenario.words import Option, Words, constant, member, money, name, price, qty, read_options, whole
from kairos.scenario.world import World
from kairos.state.reference import Account, Purse

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
CASH: Final[dict[str, Option]] = {"reserved": ("reserved", money), "in": ("currency", name)}
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
    """cash ACCOUNT MONEY [reserved MONEY] [in CURRENCY]"""
    account_id = name(words, "an account")
    left = money(words)
    o = read_options(words, CASH)
    expected = {"cash": left, **({"reserved": o.get("reserved", 0)} if o.has("reserved") else {})}

    def look(world: World) -> list[Event]:
        known = world.desk.accounts.get(account_id)
        if known is None:
            raise Mismatch(f"an account called {account_id}", "no such account")
        present = _money_of(known, o.get("currency", known.defined.currency))
        if any(present[key] != value for key, value in expected.items()):
            raise Mismatch(_cash_text(account_id, expected), _cash_text(account_id, present))
        return []

    return look


def _money_of(account: Account, currency: str) -> dict[str, int]:
    """Nothing, where it never had any: a look makes no purse."""
    purse: Purse | None = account if currency == account.defined.currency else account.foreign.get(currency)
    return {"cash": 0, "reserved": 0} if purse is None else {"cash": purse.cash, "reserved": purse.reserved}


def _cash_text(account_id: str, values: Mapping[str, object]) -> str:
    figures = {key: format_money(value) for key, value in values.items() if isinstance(value, int)}
    reserved = f" reserved {figures['reserved']}" if "reserved" in figures else ""
    return f"cash {account_id} {figures['cash']}{reserved}"


def indicator(words: Words) -> Action:
    """indicator PLACE NAME = VALUE|unknown; the place must be watched"""
    at = place(words)
    which = member(words, Indicator)
    words.require("=")
    expected = None if words.take("unknown") else indicator_value(words, which)
    words.end()
    subject = f"indicator {spell_place(at)} {which.name} ="

    def look(world: World) -> list[Event]:
        cell = world.desk.tree.find(at)
        if cell is None:
            raise Mismatch(f"{subject} ...", "nobody watches this place")
        present = value_of(world.desk, cell, which, world.now_ns)
        if present != expected:
            raise Mismatch(f"{subject} {_spell_value(expected, which)}", f"{subject} {_spell_value(present, which)}")
        return []

    return look


def _spell_value(value: int | None, which: Indicator) -> str:
    if value is None:
        return "unknown"
    unit = UNIT_OF[which]
    return format_money(value) if unit is IndicatorUnit.MONEY else f"{value}{'bps' * (unit is IndicatorUnit.BPS)}"


def limit(words: Words) -> Action:
    """check limit PLACE KIND VALUE|none: as it is in force"""
    at = place(words)
    kind = member(words, LimitKind)
    expected = None if words.take("none") else limit_value(words, kind)
    words.end()

    def look(world: World) -> list[Event]:
        cell = world.desk.tree.find(at)
        bound = None if cell is None else cell.bound(kind)
        present = None if bound is None else bound.placed.value
        if present != expected:
            subject = f"check limit {spell_place(at)} {kind.name}"
            raise Mismatch(f"{subject} {_spell_limit(expected, kind)}", f"{subject} {_spell_limit(present, kind)}")
        return []

    return look


def _spell_limit(value: int | None, kind: LimitKind) -> str:
    if value is None:
        return "none"
    return format_money(value) if kind in IN_MONEY else f"{value}{'bps' * (kind in IN_BPS)}"


CHECK_STEPS: Final[dict[str, StepParser]] = {
    "order": order,
    "check route": route,
    "position": position,
    "cash": cash,
    "indicator": indicator,
    "check limit": limit,
}
