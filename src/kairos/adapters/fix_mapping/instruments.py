"""How FIX names an instrument, and how we do: Symbol(55), SecurityExchange(207) and ISIN against SYMBOL.MIC."""

from __future__ import annotations

from typing import Final

from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.events import InstrumentDefined

ISIN: Final = "4"
"""SecurityIDSource(22)."""
NO_SYMBOL: Final = "[N/A]"
"""What FIX writes into Symbol(55) where there is none (FIX 4.4 volume 6, Symbol)."""


class Listing:
    """An instrument as FIX names it; `mic`, `isin` and `currency` are empty where unknown."""

    __slots__ = ("currency", "isin", "mic", "symbol")

    def __init__(self, symbol: str, mic: str, isin: str, currency: str) -> None:
        self.symbol: Final = symbol
        self.mic: Final = mic
        self.isin: Final = isin
        self.currency: Final = currency


class InstrumentDirectory:
    """Reference data as the mapping needs it, kept by `note`ing each InstrumentDefined."""

    def __init__(self) -> None:
        self._listings: dict[str, Listing] = {}
        self._by_symbol: dict[str, list[str]] = {}
        self._by_isin: dict[str, list[str]] = {}

    def note(self, event: InstrumentDefined) -> None:
        self._forget(event.instrument_id)
        self._listings[event.instrument_id] = Listing(event.symbol, event.mic, event.isin, event.currency)
        self._by_symbol.setdefault(event.symbol, []).append(event.instrument_id)
        if event.isin:
            self._by_isin.setdefault(event.isin, []).append(event.instrument_id)

    def listing(self, instrument_id: str) -> Listing:
        """Of an instrument that nobody defined: its id as the symbol, so that a refusal can repeat what was asked."""
        known = self._listings.get(instrument_id)
        return known if known is not None else Listing(instrument_id or NO_SYMBOL, "", "", "")

    def resolve(self, message: Message) -> str:
        """The id of the instrument that the message names; its own words when they name none, or two."""
        symbol = message.get(t.SYMBOL)
        mic = message.get(t.SECURITY_EXCHANGE)
        isin = message.get(t.SECURITY_ID) if message.get(t.SECURITY_ID_SOURCE) == ISIN else ""
        found = self._find(symbol, mic, isin)
        if found and self._agrees(found, mic, isin):
            return found
        return self._as_given(symbol, mic, isin)

    def _forget(self, instrument_id: str) -> None:
        before = self._listings.get(instrument_id)
        if before is not None:
            self._by_symbol[before.symbol].remove(instrument_id)
            if before.isin:
                self._by_isin[before.isin].remove(instrument_id)

    def _find(self, symbol: str, mic: str, isin: str) -> str:
        if not symbol or symbol == NO_SYMBOL:
            return self._only(self._by_isin, isin, mic)
        if symbol in self._listings:
            return symbol
        return self._only(self._by_symbol, symbol, mic)

    def _only(self, index: dict[str, list[str]], key: str, mic: str) -> str:
        """The one instrument under a key, at that market if one is named; "" when there is none, or a choice."""
        found = index.get(key, [])
        if mic:
            found = [instrument_id for instrument_id in found if self._listings[instrument_id].mic == mic]
        return found[0] if len(found) == 1 else ""

    def _agrees(self, instrument_id: str, mic: str, isin: str) -> bool:
        """Whether nothing else in the message says another instrument."""
        listing = self._listings[instrument_id]
        return mic in ("", listing.mic) and (not isin or listing.isin in ("", isin))

    def _as_given(self, symbol: str, mic: str, isin: str) -> str:
        named = f"{symbol}.{mic}" if symbol and mic else symbol
        if not named:
            return isin
        return f"{named} {isin}" if isin else named
