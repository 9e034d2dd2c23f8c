"""Who may trade where: places of the tree granted to persons and to FIX sessions.

Whoever has been granted nothing may trade as ever: a session what its own client has, a person what the role allows.
"""

from __future__ import annotations

from typing import Final

from kairos.model.enums import NodeKind
from kairos.model.events import EntitlementSet
from kairos.model.values import Place
from kairos.state.places import FIRM, node_key, place_key, scopes_of, strategy_node
from kairos.state.reference import Account, Instrument


class Entitlements:
    """`granted`: the places of each holder, in the order in which they were granted."""

    def __init__(self) -> None:
        self.granted: Final[dict[str, dict[str, EntitlementSet]]] = {}

    def set(self, event: EntitlementSet) -> None:
        holder = _holder(event.holder_id, event.session)
        places = self.granted.setdefault(holder, {})
        if event.granted:
            places[place_key(event.place)] = event
            return
        places.pop(place_key(event.place), None)
        if not places:
            del self.granted[holder]

    def has(self, user_id: str, session: str, place: Place) -> bool:
        """Whether just this place was granted."""
        return place_key(place) in self.granted.get(_holder(user_id, session), {})

    def all(self) -> list[EntitlementSet]:
        return [event for places in self.granted.values() for event in places.values()]

    def allow(
        self, user_id: str, session: str, account: Account, instrument: Instrument, strategy_id: str, trader_id: str
    ) -> bool:
        """Whether an order of theirs may trade there. Both the person and the session must be allowed to."""
        if not self.granted:
            return True
        for holder in (_holder(user_id, ""), _holder("", session)):
            places = self.granted.get(holder)
            if places is not None and not _covers(places, account, instrument, strategy_id, trader_id):
                return False
        return True


def _holder(user_id: str, session: str) -> str:
    return f"U{user_id}" if user_id else f"S{session}"


def _covers(
    places: dict[str, EntitlementSet], account: Account, instrument: Instrument, strategy_id: str, trader_id: str
) -> bool:
    scopes = scopes_of(instrument)
    for node in _nodes(account, strategy_id, trader_id):
        for scope in scopes:
            if f"{node}\n{scope}" in places:
                return True
    return False


def _nodes(account: Account, strategy_id: str, trader_id: str) -> list[str]:
    """The keys of all nodes above an order."""
    defined = account.defined
    nodes = [FIRM, node_key(NodeKind.CLIENT, defined.client_id), node_key(NodeKind.ACCOUNT, account.account_id)]
    if defined.desk_id:
        nodes.append(node_key(NodeKind.DESK, defined.desk_id))
    if strategy_id:
        nodes.append(node_key(NodeKind.STRATEGY, strategy_node(account.account_id, strategy_id)))
    if trader_id:
        nodes.append(node_key(NodeKind.TRADER, trader_id))
    return nodes
