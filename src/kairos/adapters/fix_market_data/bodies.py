"""The bodies of MarketDataSnapshotFullRefresh(W), MarketDataIncrementalRefresh(X) and MarketDataRequestReject(Y).

Prices of a market that is stale carry QuoteCondition(276)=B, closed or inactive; all others none. In an X every entry
has an MDEntryID(278) by which a later one changes or deletes it, and where the version has it a RptSeq(83): the
instrument's changes as this subscriber was told them, counted from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kairos.adapters.fix_mapping.versions import FIX_4_2
from kairos.adapters.fix_mapping.writing import put_text
from kairos.adapters.fix_market_data.changes import DELETE, Change
from kairos.adapters.fix_market_data.entries import BID, OFFER, VOLUME, Entry
from kairos.adapters.fix_market_data.symbols import parted
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.market.board import MarketBoard
from kairos.model.numbers import PRICE_DECIMALS

INACTIVE: Final = "B"
TOTAL_VOLUME_TRADED: Final = 387
"""How FIX 4.2, which has no MDEntryType(269) B, tells the day's volume."""
WITHOUT_RPT_SEQ: Final = frozenset({"FIX.4.2", "FIX.4.3", "FIX.4.4"})
"""Versions whose group NoMDEntries(268) has no RptSeq(83): there the session's own numbers are all there is."""


def snapshot_body(md_req_id: str, board: MarketBoard, entries: Sequence[Entry], version: str) -> bytes:
    """W."""
    told = [entry for entry in entries if entry.kind != VOLUME or version != FIX_4_2]
    symbol, mic = parted(board.instrument)
    w = BodyWriter()
    w.put_str(t.SYMBOL, symbol)
    put_text(w, t.SECURITY_EXCHANGE, mic)
    w.put_str(t.MD_REQ_ID, md_req_id)
    w.put_int(t.NO_MD_ENTRIES, len(told))
    for entry in told:
        w.put_str(t.MD_ENTRY_TYPE, entry.kind)
        _put_figures(w, entry)
        _put_conditions(w, entry, board)
    if version == FIX_4_2 and board.top.volume:
        w.put_int(TOTAL_VOLUME_TRADED, board.top.volume)
    return w.body()


def changes_body(
    md_req_id: str, board: MarketBoard, changes: Sequence[Change], version: str, first_rpt_seq: int
) -> bytes:
    """X, for one instrument."""
    symbol, mic = parted(board.instrument)
    w = BodyWriter()
    w.put_str(t.MD_REQ_ID, md_req_id)
    w.put_int(t.NO_MD_ENTRIES, len(changes))
    for number, (action, entry) in enumerate(changes):
        w.put_str(t.MD_UPDATE_ACTION, action)
        w.put_str(t.MD_ENTRY_TYPE, entry.kind)
        w.put_str(t.MD_ENTRY_ID, entry.entry_id)
        w.put_str(t.SYMBOL, symbol)
        put_text(w, t.SECURITY_EXCHANGE, mic)
        if action != DELETE:
            _put_figures(w, entry)
        elif entry.px:
            w.put_decimal(t.MD_ENTRY_PX, entry.px, PRICE_DECIMALS)
        _put_conditions(w, entry, board)
        if version not in WITHOUT_RPT_SEQ:
            w.put_int(t.RPT_SEQ, first_rpt_seq + number)
    return w.body()


def reject_body(md_req_id: str, reason: str, text: str) -> bytes:
    """Y; MDReqRejReason(281) is left out where FIX has no code for it."""
    w = BodyWriter()
    w.put_str(t.TEXT, text)
    w.put_str(t.MD_REQ_ID, md_req_id)
    put_text(w, t.MD_REQ_REJ_REASON, reason)
    return w.body()


def _put_figures(w: BodyWriter, entry: Entry) -> None:
    if entry.px:
        w.put_decimal(t.MD_ENTRY_PX, entry.px, PRICE_DECIMALS)
    if entry.size:
        w.put_int(t.MD_ENTRY_SIZE, entry.size)


def _put_conditions(w: BodyWriter, entry: Entry, board: MarketBoard) -> None:
    if board.stale_since_ns and entry.kind in (BID, OFFER):
        w.put_str(t.QUOTE_CONDITION, INACTIVE)
    put_text(w, t.TRADE_CONDITION, entry.condition)
