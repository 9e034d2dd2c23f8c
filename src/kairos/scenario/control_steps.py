"""What people decide: the kill switch and its release, the second person, what needs one; and the firm's own checks."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import (
    AskWhatIf,
    DecideApproval,
    DefinePolicy,
    EngageKill,
    LoadCheckPlugins,
    ReleaseKill,
)
from kairos.model.enums import ApprovalKind
from kairos.model.events import Event
from kairos.model.nested import encode_commands
from kairos.model.values import ApprovalRule, CheckPlugin
from kairos.scenario.client_steps import new_order, replacement
from kairos.scenario.places import place_of_kill
from kairos.scenario.steps import BY, SAID, Action, StepParser
from kairos.scenario.words import Option, Words, duration, member, money, name, read_options, whole
from kairos.scenario.world import World

WITH_WORD: Final[dict[str, Option]] = {"word": ("word", name), **SAID}
EXPIRES_NS: Final = 600_000_000_000  # of a policy that does not say


def kill(words: Words) -> Action:
    """kill PLACE [venue VENUE] [word WORD] [text "why"] ..."""
    at = place_of_kill(words)
    o = read_options(words, WITH_WORD)
    command = EngageKill(
        "", o.get("text", ""), o.get("user_id", ""), at.node, at.node_id, at.scope, at.scope_id, at.venue_id,
        o.get("word", ""),
    )  # fmt: skip
    return lambda world: world.give(command)


def release(words: Words) -> Action:
    """release PLACE [venue VENUE] [word WORD] ...; without a word the right one is typed."""
    at = place_of_kill(words)
    o = read_options(words, WITH_WORD)

    def play(world: World) -> list[Event]:
        engaged = world.desk.kills.engaged.get(at.spelling())
        word = o.get("word", at.spelling() if engaged is None else engaged.word)
        return world.give(
            ReleaseKill(
                "",
                o.get("text", ""),
                o.get("user_id", ""),
                at.node,
                at.node_id,
                at.scope,
                at.scope_id,
                at.venue_id,
                word,
            )
        )

    return play


def decision(approve: bool) -> StepParser:
    """approve N ... and decline N ...: the Nth that waits for a second person, counted from 1."""

    def parse(words: Words) -> Action:
        approval_id = whole(words)
        o = read_options(words, WITH_WORD)
        command = DecideApproval(approval_id, approve, o.get("word", ""), o.get("text", ""), o.get("user_id", ""))
        return lambda world: world.give(command)

    return parse


def policy(words: Words) -> Action:
    """policy KIND [above MONEY] [expires 10m] KIND ... : what needs a second person; all else needs none."""
    rules: list[ApprovalRule] = []
    while words.ahead(1) in ApprovalKind.__members__:
        kind = member(words, ApprovalKind)
        notional = money(words) if words.take("above") else 0
        expires_ns = duration(words) if words.take("expires") else EXPIRES_NS
        rules.append(ApprovalRule(kind, expires_ns, notional))
    o = read_options(words, {**{kind.name: ("", name) for kind in ApprovalKind}, **SAID})
    command = DefinePolicy(tuple(rules), o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def what_if_new(words: Words) -> Action:
    """what if submit ...: every check's verdict on a new order, which is not sent."""
    make = new_order(words)

    def play(world: World) -> list[Event]:
        order = make(world)
        return world.give(AskWhatIf(encode_commands([order]), order.cl_ord_id, order.user_id))

    return play


def what_if_replaced(words: Words) -> Action:
    """what if replace ...: the same of new terms."""
    make = replacement(words)

    def play(world: World) -> list[Event]:
        request = make(world)
        return world.give(AskWhatIf(encode_commands([request]), request.cl_ord_id, request.user_id))

    return play


def checks(words: Words) -> Action:
    """checks NAME@VERSION ...: the engine starts with these checks of the firm's own, and no others; `checks none`."""
    plugins: list[CheckPlugin] = []
    if not words.take("none"):
        while words.ahead(1) and words.ahead(1) not in BY:
            plugin, _, version = name(words, "a check, as SECTOR@1").partition("@")
            plugins.append(CheckPlugin(plugin, version, "", ""))
    o = read_options(words, BY)
    command = LoadCheckPlugins(tuple(plugins), o.get("user_id", ""))
    return lambda world: world.give(command)


CONTROL_STEPS: Final[dict[str, StepParser]] = {
    "kill": kill,
    "release": release,
    "approve": decision(True),
    "decline": decision(False),
    "policy": policy,
    "what if submit": what_if_new,
    "what if replace": what_if_replaced,
    "checks": checks,
}
