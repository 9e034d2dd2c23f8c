"""Each limit refuses at each place of the tree, and only there; what binds is told in the order of precedence."""

from __future__ import annotations

import itertools

import pytest
from tests.scenarios.refusal_scripts import ELSEWHERE, HOUSE, NODES, OTHER_MARKET, SCOPES, SCRIPTS, Script

from kairos.model.enums import LimitKind, NodeKind, ScopeKind
from kairos.model.limit_units import IN_BPS
from kairos.model.refusals import RefusalCode
from kairos.scenario.runner import run_text
from kairos.scenario.tree_steps import TIMED

PLACES = list(itertools.product(NODES, SCOPES))
IDS = [f"{node.name}-{scope.name}" for node, scope in PLACES]


def play(*lines: str) -> None:
    outcome = run_text("\n".join((HOUSE, *lines)), "table.scn")
    assert outcome.passed, outcome.problem


def place_of(node: NodeKind, scope: ScopeKind) -> str:
    return f"{NODES[node]} {SCOPES[scope]}".strip()


def told_at(node: NodeKind, scope: ScopeKind) -> str:
    """The place as a refusal tells it."""
    told = [f"node={node.name}"]
    if node is not NodeKind.FIRM:
        told.append(f"node_id={NODES[node].split()[1]}")
    if scope is not ScopeKind.ALL:
        told.append(f"scope={scope.name}:{SCOPES[scope].split()[1]}")
    return " ".join(told)


def of_strategy(lines: str) -> str:
    return "\n".join(f"{line} strategy ALPHA" if line.startswith("submit") else line for line in lines.splitlines())


def test_each_kind_has_a_script() -> None:
    assert set(SCRIPTS) == set(LimitKind)


@pytest.mark.parametrize(("node", "scope"), PLACES, ids=IDS)
@pytest.mark.parametrize("kind", SCRIPTS, ids=lambda kind: kind.name)
def test_it_refuses_at_its_place(kind: LimitKind, node: NodeKind, scope: ScopeKind) -> None:
    """Up to the limit orders pass; the one beyond it is told the place, what was seen, and the limit."""
    script = SCRIPTS[kind]
    play(
        f"limit {place_of(node, scope)} {kind.name} {script.limit}",
        of_strategy(script.before),
        f"submit Y {script.order} strategy ALPHA -> Y refused {script.seen} {told_at(node, scope)}",
    )


@pytest.mark.parametrize(("node", "scope"), PLACES[1:], ids=IDS[1:])
@pytest.mark.parametrize("kind", SCRIPTS, ids=lambda kind: kind.name)
def test_it_refuses_nowhere_else(kind: LimitKind, node: NodeKind, scope: ScopeKind) -> None:
    """The same orders of another account, or in another market, pass."""
    script = SCRIPTS[kind]
    elsewhere = [OTHER_MARKET if scope is not ScopeKind.ALL else "2330.XTAI"]
    if node is not NodeKind.FIRM:
        elsewhere.append(ELSEWHERE)
    words = " ".join(elsewhere)
    before = script.before.replace("2330.XTAI", elsewhere[0])
    moved = [moved_to(line, words) for line in before.splitlines()]
    play(
        f"limit {place_of(node, scope)} {kind.name} {script.limit}",
        *moved,
        f"{moved_to(f'submit Y {script.order}', words)} -> Y accepted ...",
    )


def moved_to(line: str, where: str) -> str:
    """An order of other words behind its quantity: `submit X BUY 1000 TXF.XTAF for B1 @ 1000`."""
    return line.replace(" @ ", f" {where} @ ") if line.startswith("submit") else line


@pytest.mark.parametrize("kind", SCRIPTS, ids=lambda kind: kind.name)
def test_the_highest_level_is_told_first(kind: LimitKind) -> None:
    """The same limit hangs at every place of the path; whichever refused is taken away, and the next one refuses."""
    script = SCRIPTS[kind]
    code = script.seen.split()[0]
    places = [place_of(node, scope) for node, scope in PLACES]
    lines = [of_strategy(script.before)]
    lines += [f"limit {place} {kind.name} {just_below(script, kind)}" for place in reversed(places)]
    for number, (node, scope) in enumerate(PLACES):
        lines.append(
            f"submit Y{number} {script.order} strategy ALPHA -> Y{number} refused {code} {told_at(node, scope)}"
        )
        lines.append(f"remove limit {place_of(node, scope)} {kind.name}")
    play(*lines)


def just_below(script: Script, kind: LimitKind) -> str:
    """Counts begin when a limit is placed: with nothing counted, nothing may pass."""
    return nothing_of(kind) if kind in (*TIMED, LimitKind.ORDER_TO_TRADE) else script.limit


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.name)
def test_the_first_code_is_told_first(node: NodeKind) -> None:
    """An order passes every limit of a place; whichever refused is taken away, and the next code refuses."""
    kinds = sorted((kind for kind in SCRIPTS if kind is not LimitKind.SHORT_EXPOSURE), key=precedence)
    place = NODES[node]
    lines = [
        "submit W BUY 1000 @ 1000 strategy ALPHA",
        "venue fill R1 1000 @ 1000",
        "submit X SELL 1000 @ 1000 strategy ALPHA",
        "mark 2330.XTAI last 995",
    ]
    lines += [f"limit {place} {kind.name} {nothing_of(kind)}" for kind in reversed(kinds)]
    for number, kind in enumerate(kinds):
        code = SCRIPTS[kind].seen.split()[0]
        refused = f"Y{number} refused {code} {told_at(node, ScopeKind.ALL)}"
        lines.append(f"submit Y{number} BUY 1000 @ 1000 strategy ALPHA -> {refused}")
        lines.append(f"remove limit {place} {kind.name}")
    play(*lines, "submit Z BUY 1000 @ 1000 strategy ALPHA -> Z accepted ...")


def precedence(kind: LimitKind) -> tuple[int, int]:
    """Of one code, the kind that was placed first is told first: here the last of the enumeration."""
    code = RefusalCode[SCRIPTS[kind].seen.split()[0]]
    return list(RefusalCode).index(code), -list(LimitKind).index(kind)


def nothing_of(kind: LimitKind) -> str:
    """The limit that lets nothing pass."""
    if kind in IN_BPS:
        return "0bps"
    return "0 window 10s" if kind in TIMED else "0"
