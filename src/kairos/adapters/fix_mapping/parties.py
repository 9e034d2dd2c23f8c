"""Parties(453) and what FIX 4.0 to 4.2 had in their stead: one field for each role.

ClearingAccount(440) became a PartySubID(523) of the clearing firm. Source: FIX 4.3 and 4.4, component Parties and
appendix 6-G, which name the fields that the roles replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kairos.adapters.fix_mapping.rejection import unsupported
from kairos.adapters.fix_mapping.writing import put_text
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.message import Message
from kairos.fix.specs import Group
from kairos.fix.writer import BodyWriter
from kairos.model.values import Party

EXECUTING_FIRM: Final = "1"
CLIENT_ID: Final = "3"
CLEARING_FIRM: Final = "4"
INVESTMENT_DECISION: Final = "122"
"""PartyRole(452)."""
CUSTOM_CODE: Final = "D"
"""PartyIDSource(447): a code that both sides know."""
SECURITIES_ACCOUNT: Final = "10"
"""PartySubIDType(803), which tells a clearing account from other sub ids."""

MAX_PARTIES: Final = 32
"""FIX names some eighty roles; the fullest orders seen (MiFID II) have eight parties."""
MAX_SUB_IDS: Final = 16
MAX_PARTY_ID: Final = 64
"""Longer than an LEI (20) or any account in use; it bounds what the journal keeps of each."""


class PartyTags:
    """The tags of one kind of party group."""

    __slots__ = ("count", "party_id", "role", "source", "sub_count", "sub_id", "sub_type")

    def __init__(
        self, count: int, party_id: int, source: int, role: int, sub_count: int, sub_id: int, sub_type: int
    ) -> None:
        self.count: Final = count
        self.party_id: Final = party_id
        self.source: Final = source
        self.role: Final = role
        self.sub_count: Final = sub_count
        self.sub_id: Final = sub_id
        self.sub_type: Final = sub_type

    def all(self) -> tuple[int, ...]:
        return self.count, self.party_id, self.source, self.role, self.sub_count, self.sub_id, self.sub_type


PARTIES: Final = PartyTags(453, 448, 447, 452, 802, 523, 803)
NESTED: Final = PartyTags(539, 524, 525, 538, 804, 545, 805)

_EXEC_BROKER: Final = 76
_CLIENT_ID: Final = 109
_CLEARING_FIRM: Final = 439
_CLEARING_ACCOUNT: Final = 440
OLD_PARTY_TAGS: Final = (_EXEC_BROKER, _CLIENT_ID, _CLEARING_FIRM, _CLEARING_ACCOUNT)
_OLD_FIELDS: Final = ((_EXEC_BROKER, EXECUTING_FIRM), (_CLIENT_ID, CLIENT_ID), (_CLEARING_FIRM, CLEARING_FIRM))


def read_parties(message: Message, group: Group | None) -> tuple[Party, ...]:
    """By the group of the message's version; by the old fields in a version without."""
    if group is None:
        return _read_old(message)
    if not message.has(PARTIES.count):
        return ()
    return parties_of(message, read_group(message, group), PARTIES)


def parties_of(message: Message, entries: list[GroupEntry], tags: PartyTags) -> tuple[Party, ...]:
    if len(entries) > MAX_PARTIES:
        raise unsupported(message, tags.count, f"at most {MAX_PARTIES} are taken")
    return tuple(_party(message, entry, tags) for entry in entries)


def strategy_of(parties: Sequence[Party]) -> str:
    """The strategy that an order is of: the party, an algorithm or a person, that decided on it."""
    for party in parties:
        if party.role == INVESTMENT_DECISION:
            return party.party_id
    return ""


def _party(message: Message, entry: GroupEntry, tags: PartyTags) -> Party:
    subs = entry.groups(tags.sub_count)
    if subs:
        sub_ids = tuple((sub.get(tags.sub_id), sub.get(tags.sub_type)) for sub in subs)
    else:  # FIX 4.3 has one sub id, and no type of it
        sub_ids = ((entry.get(tags.sub_id), ""),) if entry.has(tags.sub_id) else ()
    party = Party(entry.get(tags.party_id), entry.get(tags.source), entry.get(tags.role), sub_ids)
    longest = max(len(text) for text in (party.party_id, party.source, party.role, *(id for id, _ in sub_ids)))
    if longest > MAX_PARTY_ID or len(sub_ids) > MAX_SUB_IDS:
        raise unsupported(message, tags.count, f"ids have at most {MAX_PARTY_ID} characters, {MAX_SUB_IDS} sub ids")
    return party


def _read_old(message: Message) -> tuple[Party, ...]:
    parties: list[Party] = []
    for tag, role in _OLD_FIELDS:
        account = message.get(_CLEARING_ACCOUNT) if tag == _CLEARING_FIRM else ""
        party_id = message.get(tag)
        if len(party_id) > MAX_PARTY_ID or len(account) > MAX_PARTY_ID:
            raise unsupported(message, tag, f"at most {MAX_PARTY_ID} characters are taken")
        if party_id or account:
            sub_ids = ((account, SECURITIES_ACCOUNT),) if account else ()
            parties.append(Party(party_id, CUSTOM_CODE, role, sub_ids))
    return tuple(parties)


def put_parties(w: BodyWriter, parties: Sequence[Party], group: Group | None, tags: PartyTags = PARTIES) -> None:
    """As the group of this version says it; nothing in a version without."""
    if group is None or not parties:
        return
    w.put_int(tags.count, len(parties))
    for party in parties:
        put_text(w, tags.party_id, party.party_id)
        put_text(w, tags.source, party.source)
        put_text(w, tags.role, party.role)
        _put_sub_ids(w, party, group, tags)


def _put_sub_ids(w: BodyWriter, party: Party, group: Group, tags: PartyTags) -> None:
    if not party.sub_ids:
        return
    if group.members.find(tags.sub_count) is None:
        put_text(w, tags.sub_id, party.sub_ids[0][0])
        return
    w.put_int(tags.sub_count, len(party.sub_ids))
    for sub_id, sub_type in party.sub_ids:
        put_text(w, tags.sub_id, sub_id)
        put_text(w, tags.sub_type, sub_type)


def put_old_parties(w: BodyWriter, parties: Sequence[Party], has: frozenset[int]) -> None:
    """The roles that a version before FIX 4.3 had fields for; others can't be told in it."""
    for tag, role in _OLD_FIELDS:
        party = next((party for party in parties if party.role == role), None)
        if party is not None and tag in has:
            put_text(w, tag, party.party_id)
            if tag == _CLEARING_FIRM and party.sub_ids and _CLEARING_ACCOUNT in has:
                put_text(w, _CLEARING_ACCOUNT, party.sub_ids[0][0])
