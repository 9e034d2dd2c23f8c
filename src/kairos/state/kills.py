"""The kill switch: where it is engaged, since when, by whom and why, and what it still waits for.

A kill stops a place: a node of the tree, crossed with what is traded there or with a venue. What it found working is
taken back, and the kill knows of each order (of a venue's kill: each route) until it works no more.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.commands import EngageKill, ReleaseKill
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.events import KillEngaged, KillReleased, KillSnapshot
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.times import utc_text
from kairos.state.places import strategy_node
from kairos.state.reference import Account, Instrument, User

WHOLE_FIRM: Final = "firm"
NODE_OF_WORD: Final[dict[str, NodeKind]] = {
    "account": NodeKind.ACCOUNT,
    "client": NodeKind.CLIENT,
    "strategy": NodeKind.STRATEGY,
    "desk": NodeKind.DESK,
    "trader": NodeKind.TRADER,
}
SCOPE_OF_WORD: Final[dict[str, ScopeKind]] = {
    "instrument": ScopeKind.INSTRUMENT,
    "class": ScopeKind.ASSET_CLASS,
    "market": ScopeKind.MARKET,
    "currency": ScopeKind.CURRENCY,
}
VENUE: Final = "venue"


@mypyc_attr(acyclic=True)
class KillPlace:
    """Where a kill hangs."""

    def __init__(self, node: NodeKind, node_id: str, scope: ScopeKind, scope_id: str, venue_id: str) -> None:
        self.node: Final[NodeKind] = node
        self.node_id: Final[str] = node_id
        self.scope: Final[ScopeKind] = scope
        self.scope_id: Final[str] = scope_id
        self.venue_id: Final[str] = venue_id

    def account_id(self) -> str:
        return self.node_id if self.node is NodeKind.ACCOUNT else ""

    def spelling(self) -> str:
        """`firm`, `A1` (an account), `desk:D1`, `venue:XTAI`, `trader:T1+instrument:2330.XTAI`: its one name."""
        parts: list[str] = []
        if self.node is NodeKind.ACCOUNT and ":" not in self.node_id and self.node_id != WHOLE_FIRM:
            parts.append(self.node_id)
        elif self.node is not NodeKind.FIRM:
            parts += [f"{word}:{self.node_id}" for word, node in NODE_OF_WORD.items() if node is self.node]
        parts += [f"{word}:{self.scope_id}" for word, scope in SCOPE_OF_WORD.items() if scope is self.scope]
        if self.venue_id:
            parts.append(f"{VENUE}:{self.venue_id}")
        return "+".join(parts) if parts else WHOLE_FIRM


def place_of(said: EngageKill | ReleaseKill | KillEngaged | KillReleased | KillSnapshot) -> KillPlace:
    """The place that a command or an event names; the first kills named an account or nothing."""
    node, node_id = said.node, said.node_id
    if not isinstance(said, KillSnapshot) and said.account_id:
        node, node_id = NodeKind.ACCOUNT, said.account_id
    return KillPlace(node, node_id, said.scope, said.scope_id, said.venue_id)


def place_of_account(account_id: str) -> KillPlace:
    """All of an account; of the firm where it is empty."""
    node = NodeKind.ACCOUNT if account_id else NodeKind.FIRM
    return KillPlace(node, account_id, ScopeKind.ALL, "", "")


def parse_place(text: str) -> KillPlace:
    """The place that is spelled so; `ValueError` says what does not fit."""
    node, node_id, scope, scope_id, venue_id = NodeKind.FIRM, "", ScopeKind.ALL, "", ""
    for part in text.split("+"):
        word, _, named = part.partition(":")
        if word in NODE_OF_WORD and named and not node_id:
            node, node_id = NODE_OF_WORD[word], named
        elif word in SCOPE_OF_WORD and named and not scope_id:
            scope, scope_id = SCOPE_OF_WORD[word], named
        elif word == VENUE and named and not venue_id:
            venue_id = named
        elif part and not named and ":" not in part and not node_id:
            node, node_id = (NodeKind.FIRM, "") if part == WHOLE_FIRM else (NodeKind.ACCOUNT, part)
        else:
            raise ValueError(
                f"{part!r} in {text!r} is no place of a kill: {WHOLE_FIRM}, an account's id, or WORD:ID with a word of "
                f"{', '.join([*NODE_OF_WORD, *SCOPE_OF_WORD, VENUE])}; cross two of them with +"
            )
    return KillPlace(node, node_id, scope, scope_id, venue_id)


@mypyc_attr(acyclic=True)
class Kill:
    """A kill that is engaged.

    word:      to be typed at its release
    to_cancel: how many orders (of a venue: routes) it found working; `canceled` of them are, `ended` ended otherwise
    working:   the numbers of those that are still open
    """

    def __init__(self, place: KillPlace, engaged_at_ns: i64, user_id: str, text: str, word: str) -> None:
        self.place: Final[KillPlace] = place
        self.name: Final[str] = place.spelling()
        self.engaged_at_ns: Final[i64] = engaged_at_ns
        self.user_id: Final[str] = user_id
        self.text: Final[str] = text
        self.word: Final[str] = word or self.name
        self.to_cancel: i64 = 0
        self.canceled: i64 = 0
        self.ended: i64 = 0
        self.working: dict[int, bool] = {}

    def is_of_routes(self) -> bool:
        return self.place.venue_id != ""

    def covers(self, account: Account, instrument: Instrument, trader_id: str, desk_id: str, strategy_id: str) -> bool:
        """Whether its node and scope have it; `desk_id` is the trader's. A kill would rather stop too much: a desk's
        has what its traders do in others' accounts, too."""
        node, node_id = self.place.node, self.place.node_id
        if node is NodeKind.ACCOUNT:
            inside = account.account_id == node_id
        elif node is NodeKind.CLIENT:
            inside = account.defined.client_id == node_id
        elif node is NodeKind.TRADER:
            inside = trader_id == node_id
        elif node is NodeKind.DESK:
            inside = node_id in (account.defined.desk_id, desk_id)
        elif node is NodeKind.STRATEGY:
            inside = strategy_node(account.account_id, strategy_id) == node_id
        else:
            inside = True
        return inside and self._has(instrument)

    def _has(self, instrument: Instrument) -> bool:
        scope, scope_id = self.place.scope, self.place.scope_id
        if scope is ScopeKind.INSTRUMENT:
            return instrument.instrument_id == scope_id
        if scope is ScopeKind.ASSET_CLASS:
            return instrument.defined.cfi[:1] == scope_id
        if scope is ScopeKind.MARKET:
            return instrument.defined.mic == scope_id
        if scope is ScopeKind.CURRENCY:
            return instrument.defined.currency == scope_id
        return True

    def refusal(self) -> Refusal:
        """What is told of whatever it stops: where, who, when and why."""
        who = self.user_id or "the house"
        return Refusal(
            RefusalCode.KILL,
            (("scope", self.name), ("by", who), ("at", utc_text(self.engaged_at_ns)), ("why", self.text)),
        )


class Kills:
    """All that are engaged, by their names, in the order in which they were."""

    def __init__(self, users: dict[str, User]) -> None:
        self._users: Final[dict[str, User]] = users
        self.engaged: Final[dict[str, Kill]] = {}

    def over(
        self, account: Account, instrument: Instrument, trader_id: str, strategy_id: str, venue_id: str
    ) -> Kill | None:
        """The first kill that stops this; `venue_id` is empty of what goes to none."""
        if not self.engaged:
            return None
        desk_id = self.desk_of(trader_id)
        for kill in self.engaged.values():
            goes_there = not kill.place.venue_id or kill.place.venue_id == venue_id
            if goes_there and kill.covers(account, instrument, trader_id, desk_id, strategy_id):
                return kill
        return None

    def desk_of(self, trader_id: str) -> str:
        user = self._users.get(trader_id)
        return "" if user is None else user.defined.desk_id

    def is_engaged(self, account_id: str) -> bool:
        """Whether all of an account, or with no id all of the firm, is stopped by name."""
        return place_of_account(account_id).spelling() in self.engaged
