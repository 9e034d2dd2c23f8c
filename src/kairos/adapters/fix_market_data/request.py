"""Reads MarketDataRequest(V): which instruments, which figures of each, how deep, and how changes are told."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_market_data.entries import KINDS
from kairos.adapters.fix_market_data.symbols import Names
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.message import Message

SNAPSHOT: Final = "0"
SUBSCRIBE: Final = "1"
UNSUBSCRIBE: Final = "2"
"""SubscriptionRequestType(263)."""
FULL_REFRESH: Final = "0"
INCREMENTAL: Final = "1"
"""MDUpdateType(265)."""

UNKNOWN_SYMBOL: Final = "0"
UNSUPPORTED_SUBSCRIPTION: Final = "4"
UNSUPPORTED_MARKET_DEPTH: Final = "5"
UNSUPPORTED_MD_UPDATE_TYPE: Final = "6"
UNSUPPORTED_MD_ENTRY_TYPE: Final = "8"
"""MDReqRejReason(281)."""


class MarketDataRequest:
    """What is asked for; `kinds` are MDEntryType(269)s, `depth` the levels a side (0: all)."""

    __slots__ = ("depth", "instruments", "is_incremental", "kind", "kinds", "md_req_id")

    def __init__(
        self,
        md_req_id: str,
        kind: str,
        instruments: tuple[str, ...],
        kinds: tuple[str, ...],
        depth: int,
        is_incremental: bool,
    ) -> None:
        self.md_req_id: Final = md_req_id
        self.kind: Final = kind
        self.instruments: Final = instruments
        self.kinds: Final = kinds
        self.depth: Final = depth
        self.is_incremental: Final = is_incremental


class Refused:
    """Why not: MDReqRejReason(281), empty where FIX has no code, and Text(58)."""

    __slots__ = ("reason", "text")

    def __init__(self, reason: str, text: str) -> None:
        self.reason: Final = reason
        self.text: Final = text


def read_request(message: Message, version: str, symbols: Names) -> MarketDataRequest | Refused:
    """The request, or why it is refused; FieldError where it is malformed."""
    md_req_id, kind = message.get(t.MD_REQ_ID), message.get(t.SUBSCRIPTION_REQUEST_TYPE)
    if kind == UNSUBSCRIBE:
        return MarketDataRequest(md_req_id, kind, (), (), 0, False)
    if kind not in (SNAPSHOT, SUBSCRIBE):
        return Refused(UNSUPPORTED_SUBSCRIPTION, f"SubscriptionRequestType(263) {kind}: 0, 1 and 2 are known")
    depth = message.get_int(t.MARKET_DEPTH)
    if depth < 0:
        return Refused(UNSUPPORTED_MARKET_DEPTH, f"MarketDepth(264) {depth} must be 0 (the whole book) or more")
    update = message.get(t.MD_UPDATE_TYPE) or FULL_REFRESH
    if update not in (FULL_REFRESH, INCREMENTAL):
        text = f"MDUpdateType(265) {update} must be 0 (full refresh) or 1 (incremental refresh)"
        return Refused(UNSUPPORTED_MD_UPDATE_TYPE, text)
    kinds = tuple(e.get(t.MD_ENTRY_TYPE) for e in _entries(message, version, t.NO_MD_ENTRY_TYPES))
    for entry_type in kinds:
        if entry_type not in KINDS:
            return Refused(UNSUPPORTED_MD_ENTRY_TYPE, f"MDEntryType(269) {entry_type}: {', '.join(KINDS)} are known")
    instruments = tuple(
        symbols.instrument(e.get(t.SYMBOL), e.get(t.SECURITY_EXCHANGE))
        for e in _entries(message, version, t.NO_RELATED_SYM)
    )
    for instrument in instruments:
        if not symbols.is_listed(instrument):
            return Refused(UNKNOWN_SYMBOL, f"Symbol(55) {instrument} has no market data here")
    return MarketDataRequest(md_req_id, kind, instruments, kinds, depth, update == INCREMENTAL)


def _entries(message: Message, version: str, count_tag: int) -> list[GroupEntry]:
    spec = load_dictionary(version).message(t.MARKET_DATA_REQUEST)
    group = None if spec is None else spec.group(count_tag)
    return [] if group is None else read_group(message, group)
