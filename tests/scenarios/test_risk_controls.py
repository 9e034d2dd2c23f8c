"""Kills, soft limits, rules' responses and lists at each place of the tree: they hold there, and nowhere else."""

from __future__ import annotations

import pytest
from tests.scenarios.refusal_scripts import ELSEWHERE, NODES, OTHER_MARKET, SCOPES
from tests.scenarios.test_risk_refusals import IDS, PLACES, place_of, play, told_at

from kairos.model.enums import NodeKind, ScopeKind

MINE = "submit {} BUY 1000 @ 1000 strategy ALPHA"
THEIRS = "submit {} BUY 1000 {} @ 1000"
PEOPLE = "user rosa RISK"


def elsewhere(cl_ord_id: str, node: NodeKind, scope: ScopeKind) -> list[str]:
    """An order of another account, or in another market; none of those is elsewhere for the whole firm."""
    instrument = OTHER_MARKET if scope is not ScopeKind.ALL else "2330.XTAI"
    whose = ELSEWHERE if node is not NodeKind.FIRM else ""
    if not whose and instrument == "2330.XTAI":
        return []
    return [f"{THEIRS.format(cl_ord_id, instrument)} {whose} -> {cl_ord_id} accepted ..."]


def spelled(node: NodeKind, scope: ScopeKind) -> str:
    """As a kill's place is told: `firm`, `A1`, `desk:EQ+market:XTAI`."""
    words = "" if node is NodeKind.FIRM and scope is not ScopeKind.ALL else NODES[node]
    parts = [part.replace(" ", ":") for part in (words, SCOPES[scope]) if part]
    return "+".join(part.removeprefix("account:") for part in parts)


@pytest.mark.parametrize(("node", "scope"), PLACES, ids=IDS)
def test_a_kill_stops_its_place_until_another_person_types_its_word(node: NodeKind, scope: ScopeKind) -> None:
    place, name = place_of(node, scope), spelled(node, scope)
    play(
        PEOPLE,
        f"{MINE.format('X')} -> X accepted; R1 routed",
        f'kill {place} text "drill" by rita -> {name} kill engaged; X cancel pending; R1-1 cancel sent',
        f"{MINE.format('Y')} -> Y refused KILL scope={name} by=rita why=drill",
        *elsewhere("E", node, scope),
        "venue canceled R1-1 -> X canceled; kill completed",
        f'release {place} word "please" by rosa -> refused WRONG_WORD',
        f"{MINE.format('Y')} -> Y refused KILL",
        f"release {place} by rosa -> {name} kill released",
        f"{MINE.format('Y')} -> Y accepted ...",
    )


@pytest.mark.parametrize(("node", "scope"), PLACES, ids=IDS)
def test_a_soft_limit_asks_at_its_place(node: NodeKind, scope: ScopeKind) -> None:
    place, told = place_of(node, scope), told_at(node, scope)
    play(
        PEOPLE,
        f"limit {place} ORDER_QTY 500 reason",
        f"limit {place} ORDER_NOTIONAL 500000 approval",
        f"{MINE.format('X')} -> X refused MAX_ORDER_QTY severity=REASON {told}",
        f'{MINE.format("X")} reason "told by phone" -> X accepted; soft limit passed {told}; '
        f"X held MAX_ORDER_NOTIONAL severity=APPROVAL {told}; approval requested",
        *elsewhere("E", node, scope),
        "approve 1 by rosa -> approval decided; X acknowledged to client; routed",
    )


RESPONSES = {
    "HALT": "RULE_HALTED",
    "PAUSE": "RULE_PAUSED",
    "REDUCE_ONLY": "RULE_REDUCE_ONLY",
    "PASSIVE": "RULE_PASSIVE",
    "SLOW 1h": "RULE_SLOWED",
}


@pytest.mark.parametrize(("node", "scope"), PLACES, ids=IDS)
@pytest.mark.parametrize("response", RESPONSES)
def test_a_response_holds_at_its_place(response: str, node: NodeKind, scope: ScopeKind) -> None:
    place, told = place_of(node, scope), told_at(node, scope)
    play(
        "mark 2330.XTAI bid 995 ask 1000",
        "mark TXF.XTAF bid 995 ask 1005",
        f"rule R GROSS above {place} at 1 {response} back 0 person by rita",
        f"{MINE.format('X')} -> X accepted; R1 routed; response taken level=1 ...",
        f"{MINE.format('Y')} -> Y refused {RESPONSES[response]} {told}",
        *elsewhere("E", node, scope),
        *([] if response == "HALT" else ["cancel X as Z -> Z cancel pending; R1-1 cancel sent"]),
        "venue canceled R1-1 -> canceled CANCELED",
        f"release rule R at {place} by rita -> response released",
        f"{MINE.format('Y')} -> Y accepted ...",
    )


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.name)
def test_a_list_binds_its_node(node: NodeKind) -> None:
    play(
        f"restrict 2330.XTAI for {NODES[node]} by rita",
        f"{MINE.format('X')} -> X refused RESTRICTED",
        *elsewhere("E", node, ScopeKind.ALL),
        f"unrestrict 2330.XTAI for {NODES[node]} by rita",
        f"{MINE.format('X')} -> X accepted ...",
    )
