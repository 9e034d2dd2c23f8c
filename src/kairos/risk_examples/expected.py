"""What must come of an example, as `refused MAX_POSITION`, `accepted`, or `not routed`.

A line is an expectation of the scenario language about one event, which must be among those that came, behind the one
of the line before. `not` in front says that no event may be so. Behind a refusal by a limit that was placed in the tree
stands where, as `at FIRM`, `at DESK EQ` or `at ACCOUNT ACME-1 INSTRUMENT 2330.XTAI`; so behind what a rule did.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.events import Event
from kairos.model.values import Place
from kairos.model.wire_types import Pairs
from kairos.risk.places import at_place
from kairos.scenario.expectations import Expected, parse_expectations, tell
from kairos.scenario.words import split
from kairos.scenario.world import World

NODES: Final = "|".join(kind for kind in NodeKind.__members__ if kind != NodeKind.FIRM.name)
SCOPES: Final = "|".join(kind for kind in ScopeKind.__members__ if kind != ScopeKind.ALL.name)
AT_PLACE: Final = re.compile(rf"\s+at (?:(FIRM)|({NODES}) (\S+))(?: ({SCOPES}) (\S+))?$")


class Wanted(NamedTuple):
    """One line. `place` holds the pairs of a refusal's context that name where the limit hangs."""

    text: str
    event: Expected
    is_unwanted: bool
    place: Pairs

    def is_met_by(self, event: Event, world: World) -> bool:
        if not self.event.matches(event, world):
            return False
        place = getattr(event, "place", None)
        told: Pairs = at_place(place) if isinstance(place, Place) else getattr(event, "context", ())
        return set(self.place) <= set(told)


def parse_wanted(line: str, number: int) -> Wanted:
    """Raises `SyntaxProblem`."""
    text = line.removeprefix("not ")
    place = AT_PLACE.search(text)
    words = split(text if place is None else text[: place.start()], number)
    listed = parse_expectations(words).listed
    if len(listed) != 1:
        raise words.problem("one thing that must come of it; put each on a line of its own")
    return Wanted(line, listed[0], text != line, () if place is None else _pairs_of(place))


def _pairs_of(place: re.Match[str]) -> Pairs:
    """As the gate tells a place: `node=DESK node_id=EQ scope=INSTRUMENT:2330.XTAI`."""
    firm, node, node_id, scope, scope_id = place.groups()
    of_node = (("node", firm),) if firm else (("node", node), ("node_id", node_id))
    return (*of_node, ("scope", f"{scope}:{scope_id}")) if scope else of_node


def what_differs(wanted: list[Wanted], events: list[Event], world: World) -> str:
    """The first line that is not met; empty when all are."""
    start = 0
    for want in wanted:
        if want.is_unwanted:
            if any(want.is_met_by(event, world) for event in events):
                return want.text
            continue
        met = next((at for at in range(start, len(events)) if want.is_met_by(events[at], world)), -1)
        if met < 0:
            return want.text
        start = met + 1
    return ""


def told(events: list[Event], world: World) -> str:
    """What came, in the same words."""
    return "; ".join(tell(event, world) for event in events) or "nothing"
