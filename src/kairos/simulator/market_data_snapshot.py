"""Writes MarketDataSnapshotFullRefresh(W): one instrument's top of book and figures of its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_mapping.versions import FIX_4_2
from kairos.adapters.fix_mapping.writing import put_text
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.market.book import TopOfBook
from kairos.model.numbers import PRICE_DECIMALS
from kairos.simulator.symbols import parted

FIGURES: Final[dict[str, Callable[[TopOfBook], tuple[int, int]]]] = {
    "0": lambda top: (top.bid_px, top.bid_size),
    "1": lambda top: (top.ask_px, top.ask_size),
    "2": lambda top: (top.last_px, top.last_size),
    "4": lambda top: (top.open_px, 0),
    "7": lambda top: (top.high_px, 0),
    "8": lambda top: (top.low_px, 0),
    "9": lambda top: (top.vwap(), 0),
    "B": lambda top: (0, top.volume),
}
"""By MDEntryType(269): bid, offer, trade, open, high, low, VWAP, volume; each a price and a size, 0 for none."""

TOTAL_VOLUME_TRADED: Final = 387
"""How FIX 4.2, which has no MDEntryType(269) B, tells the day's volume."""


def snapshot(md_req_id: str, kinds: tuple[str, ...], top: TopOfBook, version: str) -> bytes:
    """The figures that are known, of those asked for."""
    found = [(kind, *FIGURES[kind](top)) for kind in kinds]
    known = [(kind, px, size) for kind, px, size in found if px or size]
    symbol, mic = parted(top.instrument)
    w = BodyWriter()
    w.put_str(t.SYMBOL, symbol)
    put_text(w, t.SECURITY_EXCHANGE, mic)
    w.put_str(t.MD_REQ_ID, md_req_id)
    w.put_int(t.NO_MD_ENTRIES, len(known))
    for kind, px, size in known:
        w.put_str(t.MD_ENTRY_TYPE, kind)
        if px:
            w.put_decimal(t.MD_ENTRY_PX, px, PRICE_DECIMALS)
        if size:
            w.put_int(t.MD_ENTRY_SIZE, size)
    if version == FIX_4_2 and top.volume:
        w.put_int(TOTAL_VOLUME_TRADED, top.volume)
    return w.body()
