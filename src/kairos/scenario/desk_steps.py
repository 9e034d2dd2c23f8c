"""What people of the desk do with orders: route, cancel a route, record, bust, correct, resolve, finish."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import (
    BustTrade,
    CancelRoute,
    CorrectTrade,
    FinishOrder,
    RecordTrade,
    ResolveRoute,
    RestateOrder,
    RouteOrder,
)
from kairos.model.enums import OrdStatus
from kairos.model.events import Event
from kairos.scenario.steps import BY, TERMS, TEXT, Action, StepParser, new_terms
from kairos.scenario.words import Option, Words, member, name, price, qty, read_options, whole
from kairos.scenario.world import World

ROUTE: Final[dict[str, Option]] = {**TERMS, "to": ("venue_id", name), **BY}
RECORD: Final[dict[str, Option]] = {"contra": ("contra", name), **BY}
AMEND: Final[dict[str, Option]] = {**BY, **TEXT}


def route(words: Words) -> Action:
    """route CLORDID QTY [@ PRICE] [to VENUE] ..."""
    label = name(words, "the ClOrdID of the order")
    route_qty = qty(words)
    o = read_options(words, ROUTE)

    def play(world: World) -> list[Event]:
        terms = new_terms(o, route_qty, world.now_ns)
        return world.give(RouteOrder(world.order_id(label), o.get("venue_id", ""), terms, o.get("user_id", "")))

    return play


def cancel_route(words: Words) -> Action:
    """cancel route R1 ..."""
    label = name(words, "a route, as R1")
    o = read_options(words, BY)

    def play(world: World) -> list[Event]:
        return world.give(CancelRoute(_route_id(world, label), o.get("user_id", "")))

    return play


def _route_id(world: World, label: str) -> int:
    known = world.route(label)
    return 0 if known is None else int(known.route_id)


def record(words: Words) -> Action:
    """record CLORDID QTY @ PRICE [contra NAME] ..."""
    label = name(words, "the ClOrdID of the order")
    last_qty = qty(words)
    words.require("@")
    last_px = price(words)
    o = read_options(words, RECORD)

    def play(world: World) -> list[Event]:
        contra, user = o.get("contra", ""), o.get("user_id", "")
        return world.give(RecordTrade(world.order_id(label), last_qty, last_px, contra, user))

    return play


def bust(words: Words) -> Action:
    """bust TRADE ..."""
    label = name(words, "an execution, as F1 or E5")
    o = read_options(words, AMEND)

    def play(world: World) -> list[Event]:
        return world.give(BustTrade(_trade_id(world, label), o.get("text", ""), o.get("user_id", "")))

    return play


def correct(words: Words) -> Action:
    """correct TRADE QTY @ PRICE ..."""
    label = name(words, "an execution, as F1 or E5")
    last_qty = qty(words)
    words.require("@")
    last_px = price(words)
    o = read_options(words, AMEND)

    def play(world: World) -> list[Event]:
        text, user = o.get("text", ""), o.get("user_id", "")
        return world.give(CorrectTrade(_trade_id(world, label), last_qty, last_px, text, user))

    return play


def _trade_id(world: World, label: str) -> int:
    known = world.trade(label)
    return 0 if known is None else int(known.trade_id)


def resolve(words: Words) -> Action:
    """resolve R1 STATE ..."""
    label = name(words, "a route, as R1")
    state = member(words, OrdStatus)
    o = read_options(words, AMEND)

    def play(world: World) -> list[Event]:
        return world.give(ResolveRoute(_route_id(world, label), state, o.get("text", ""), o.get("user_id", "")))

    return play


def finish(words: Words) -> Action:
    """finish CLORDID ..."""
    label = name(words, "the ClOrdID of the order")
    o = read_options(words, AMEND)

    def play(world: World) -> list[Event]:
        return world.give(FinishOrder(world.order_id(label), o.get("text", ""), o.get("user_id", "")))

    return play


def split(words: Words) -> Action:
    """split CLORDID NEW for OLD [@ PRICE] ...: a corporate action."""
    label = name(words, "the ClOrdID of the order")
    numerator = whole(words)
    words.require("for")
    denominator = whole(words)
    o = read_options(words, {"@": ("price", price), **AMEND})

    def play(world: World) -> list[Event]:
        order_id, text, user = world.order_id(label), o.get("text", ""), o.get("user_id", "")
        return world.give(RestateOrder(order_id, numerator, denominator, o.get("price", 0), text, user))

    return play


DESK_STEPS: Final[dict[str, StepParser]] = {
    "route": route,
    "cancel route": cancel_route,
    "record": record,
    "bust": bust,
    "correct": correct,
    "resolve": resolve,
    "finish": finish,
    "split": split,
}
