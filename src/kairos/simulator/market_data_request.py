"""Reads MarketDataRequest(V): which instruments, and which figures of each."""

from __future__ import annotations

from typing import Final

from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.message import Message
from kairos.simulator.market_data_snapshot import FIGURES
from kairos.simulator.symbols import Symbols

SNAPSHOT: Final = "0"
SUBSCRIBE: Final = "1"
UNSUBSCRIBE: Final = "2"
"""SubscriptionRequestType(263)."""
FULL_REFRESH: Final = "0"
"""MDUpdateType(265)."""
TOP_OF_BOOK: Final = "1"
"""MarketDepth(264)."""

UNKNOWN_SYMBOL: Final = "0"
UNSUPPORTED_MARKET_DEPTH: Final = "5"
UNSUPPORTED_MD_UPDATE_TYPE: Final = "6"
UNSUPPORTED_MD_ENTRY_TYPE: Final = "8"
"""MDReqRejReason(281)."""


class MarketDataRequest:
    """What is asked for; `kinds` are MDEntryType(269)s."""

    __slots__ = ("instruments", "kind", "kinds", "md_req_id")

    def __init__(self, md_req_id: str, kind: str, instruments: tuple[str, ...], kinds: tuple[str, ...]) -> None:
        self.md_req_id: Final = md_req_id
        self.kind: Final = kind
        self.instruments: Final = instruments
        self.kinds: Final = kinds


class Refused:
    """Why not: MDReqRejReason(281), empty where FIX has no code, and Text(58)."""

    __slots__ = ("reason", "text")

    def __init__(self, reason: str, text: str) -> None:
        self.reason: Final = reason
        self.text: Final = text


def read_request(message: Message, version: str, symbols: Symbols) -> MarketDataRequest | Refused:
    """The request, or why it is refused; FieldError where it is malformed."""
    md_req_id, kind = message.get(t.MD_REQ_ID), message.get(t.SUBSCRIPTION_REQUEST_TYPE)
    if kind == UNSUBSCRIBE:
        return MarketDataRequest(md_req_id, kind, (), ())
    if message.get(t.MARKET_DEPTH) != TOP_OF_BOOK:
        return Refused(UNSUPPORTED_MARKET_DEPTH, "MarketDepth(264) must be 1: the top of the book is what there is")
    if message.has(t.MD_UPDATE_TYPE) and message.get(t.MD_UPDATE_TYPE) != FULL_REFRESH:
        return Refused(UNSUPPORTED_MD_UPDATE_TYPE, "MDUpdateType(265) must be 0 (full refresh)")
    kinds = tuple(e.get(t.MD_ENTRY_TYPE) for e in entries(message, version, t.NO_MD_ENTRY_TYPES))
    for entry_type in kinds:
        if entry_type not in FIGURES:
            return Refused(UNSUPPORTED_MD_ENTRY_TYPE, f"MDEntryType(269) {entry_type}: {', '.join(FIGURES)} are known")
    instruments = tuple(
        symbols.instrument(e.get(t.SYMBOL), e.get(t.SECURITY_EXCHANGE))
        for e in entries(message, version, t.NO_RELATED_SYM)
    )
    for instrument in instruments:
        if not symbols.is_listed(instrument):
            return Refused(UNKNOWN_SYMBOL, f"Symbol(55) {instrument} is not listed here")
    return MarketDataRequest(md_req_id, kind, instruments, kinds)


def entries(message: Message, version: str, count_tag: int) -> list[GroupEntry]:
    spec = load_dictionary(version).message(t.MARKET_DATA_REQUEST)
    group = None if spec is None else spec.group(count_tag)
    return [] if group is None else read_group(message, group)
