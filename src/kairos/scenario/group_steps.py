"""Several orders at once: lists and crosses, and what is asked of them. Orders stand behind `with`, `;` between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from kairos.model.commands import (
    AcknowledgeTrade,
    CancelCross,
    CancelList,
    ExecuteCross,
    ExecuteList,
    ReplaceCross,
    RequestListStatus,
    SubmitCross,
    SubmitList,
)
from kairos.model.enums import ExecAckStatus, ListExecInstType
from kairos.model.events import Event
from kairos.model.nested import by_hand, encode_commands
from kairos.scenario.client_steps import cancellation, new_order, replacement
from kairos.scenario.steps import ASKER, BY, TEXT, Action, StepParser
from kairos.scenario.words import Option, Words, constant, member, name, price, read_options, whole
from kairos.scenario.world import CLIENT, SESSION, World

T = TypeVar("T")

LIST: Final[dict[str, Option]] = {
    "wait": ("exec_inst_type", constant(ListExecInstType.WAIT_FOR_EXECUTE)),
    "total": ("tot_no_orders", whole),
    "last": ("last_fragment", constant(True)),
    "resend": ("poss_resend", constant(True)),
    **ASKER,
    **BY,
    **TEXT,
}
ASK: Final[dict[str, Option]] = {**ASKER, **BY, **TEXT}
EXECUTE_CROSS: Final[dict[str, Option]] = {"from": ("client_id", name), **BY}


def _before_with(words: Words) -> Words:
    """The step's own words; those of its orders are left."""
    at = next((i for i in range(words.at, len(words.words)) if words.words[i].text == "with"), None)
    if at is None:
        words.at = len(words.words)
        raise words.problem("'with' and the orders")
    own = Words(words.words[words.at : at], words.line, words.words[at].column)
    words.at = at + 1
    return own


def _each(words: Words, read: Callable[[Words], T]) -> list[T]:
    """What stands between semicolons."""
    found: list[T] = []
    while words.peek() is not None:
        stop = next((i for i in range(words.at, len(words.words)) if words.words[i].text == ";"), len(words.words))
        part = Words(words.words[words.at : stop], words.line, words.end_column)
        found.append(read(part))
        part.end()
        words.at = min(stop + 1, len(words.words))
    return found


def submit_list(words: Words) -> Action:
    """list LISTID [wait] [total N] [last] [resend] with ORDER; ORDER; ..."""
    list_id = name(words, "the list's ListID")
    o = read_options(_before_with(words), LIST)
    orders = _each(words, new_order)

    def play(world: World) -> list[Event]:
        command = SubmitList(
            list_id=list_id,
            client_id=o.get("client_id", CLIENT),
            session=o.get("session", SESSION),
            tot_no_orders=o.get("tot_no_orders", len(orders)),
            exec_inst_type=o.get("exec_inst_type", ListExecInstType.IMMEDIATE),
            text=o.get("text", ""),
            orders=encode_commands([make(world) for make in orders]),
            last_fragment=o.get("last_fragment", False),
            poss_resend=o.get("poss_resend", False),
            user_id=o.get("user_id", ""),
        )
        return world.give(command)

    return play


def execute_list(words: Words) -> Action:
    """execute list LISTID ..."""
    list_id = name(words, "the list's ListID")
    o = read_options(words, ASK)
    client, session = o.get("client_id", CLIENT), o.get("session", SESSION)
    command = ExecuteList(list_id, client, session, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def cancel_list(words: Words) -> Action:
    """cancel list LISTID ..."""
    list_id = name(words, "the list's ListID")
    o = read_options(words, ASK)
    client, session = o.get("client_id", CLIENT), o.get("session", SESSION)
    command = CancelList(list_id, client, session, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def list_status(words: Words) -> Action:
    """list status LISTID ..."""
    list_id = name(words, "the list's ListID")
    o = read_options(words, ASKER)
    command = RequestListStatus(list_id, o.get("client_id", CLIENT), o.get("session", SESSION))
    return lambda world: world.give(command)


def submit_cross(words: Words) -> Action:
    """cross CROSSID with ORDER; ORDER"""
    cross_id = name(words, "the cross's CrossID")
    o = read_options(_before_with(words), {**ASKER, **BY})
    sides = _each(words, new_order)

    def play(world: World) -> list[Event]:
        orders = encode_commands([by_hand(make(world)) for make in sides])
        client, session = o.get("client_id", CLIENT), o.get("session", SESSION)
        return world.give(SubmitCross(cross_id, client, session, orders, o.get("user_id", "")))

    return play


def replace_cross(words: Words) -> Action:
    """replace cross ORIG as CROSSID with REPLACE; REPLACE"""
    orig = name(words, "the cross's CrossID")
    words.require("as")
    cross_id = name(words, "the request's CrossID")
    o = read_options(_before_with(words), {**ASKER, **BY})
    sides = _each(words, replacement)

    def play(world: World) -> list[Event]:
        requests = encode_commands([make(world) for make in sides])
        client, session = o.get("client_id", CLIENT), o.get("session", SESSION)
        return world.give(ReplaceCross(cross_id, client, session, orig, requests, o.get("user_id", "")))

    return play


def cancel_cross(words: Words) -> Action:
    """cancel cross ORIG as CROSSID with CANCEL; CANCEL"""
    orig = name(words, "the cross's CrossID")
    words.require("as")
    cross_id = name(words, "the request's CrossID")
    o = read_options(_before_with(words), {**ASKER, **BY})
    sides = _each(words, cancellation)

    def play(world: World) -> list[Event]:
        requests = encode_commands([make(world) for make in sides])
        client, session = o.get("client_id", CLIENT), o.get("session", SESSION)
        return world.give(CancelCross(cross_id, client, session, orig, requests, o.get("user_id", "")))

    return play


def execute_cross(words: Words) -> Action:
    """execute cross CROSSID @ PRICE ..."""
    cross_id = name(words, "the cross's CrossID")
    words.require("@")
    last_px = price(words)
    o = read_options(words, EXECUTE_CROSS)
    command = ExecuteCross(cross_id, o.get("client_id", ""), last_px, o.get("user_id", ""))
    return lambda world: world.give(command)


def acknowledge(words: Words) -> Action:
    """acknowledge TRADE of CLORDID STATUS ..."""
    trade_label = name(words, "an execution, as F1 or E5")
    words.require("of")
    label = name(words, "the ClOrdID of the order")
    status = member(words, ExecAckStatus)
    o = read_options(words, {"via": ("session", name), **TEXT})

    def play(world: World) -> list[Event]:
        trade = world.trade(trade_label)
        trade_id = 0 if trade is None else int(trade.trade_id)
        session, text = o.get("session", SESSION), o.get("text", "")
        return world.give(AcknowledgeTrade(session, world.order_id(label), trade_id, status, text))

    return play


GROUP_STEPS: Final[dict[str, StepParser]] = {
    "list": submit_list,
    "execute list": execute_list,
    "cancel list": cancel_list,
    "list status": list_status,
    "cross": submit_cross,
    "replace cross": replace_cross,
    "cancel cross": cancel_cross,
    "execute cross": execute_cross,
    "acknowledge": acknowledge,
}
