"""How FIX names an instrument, and how we do: Symbol(55), SecurityExchange(207) and ISIN against SYMBOL.MIC."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.events import InstrumentDefined
from kairos.model.values import Leg

ISIN: Final = "4"
"""SecurityIDSource(22)."""
NO_SYMBOL: Final = "[N/A]"
"""What FIX writes into Symbol(55) where there is none (FIX 4.4 volume 6, Symbol)."""


class Listing:
    """An instrument as FIX names it; `mic`, `isin` and `currency` are empty where unknown. A spread has `legs`."""

    __slots__ = ("currency", "isin", "legs", "mic", "symbol")

    def __init__(self, symbol: str, mic: str, isin: str, currency: str, legs: tuple[Leg, ...] = ()) -> None:
        self.symbol: Final = symbol
        self.mic: Final = mic
        self.isin: Final = isin
        self.currency: Final = currency
        self.legs: Final = legs


class InstrumentDirectory:
    """Reference data as the mapping needs it, kept by `note`ing each InstrumentDefined."""

    def __init__(self) -> None:
        self._listings: dict[str, Listing] = {}
        self._last: Listing | None = None  # that which was asked for last: one order asks for its own several times
        self._last_id: str = ""
        self._by_symbol: dict[str, list[str]] = {}
        self._by_isin: dict[str, list[str]] = {}

    def note(self, event: InstrumentDefined) -> None:
        self._forget(event.instrument_id)
        listing = Listing(event.symbol, event.mic, event.isin, event.currency, event.legs)
        self._listings[event.instrument_id] = listing
        self._last = None
        self._by_symbol.setdefault(event.symbol, []).append(event.instrument_id)
        if event.isin:
            self._by_isin.setdefault(event.isin, []).append(event.instrument_id)

    def listing(self, instrument_id: str) -> Listing:
        """Of an instrument that nobody defined: its id as the symbol, so that a refusal can repeat what was asked."""
        last = self._last
        if last is not None and self._last_id == instrument_id:
            return last
        known = self._listings.get(instrument_id)
        if known is None:
            return Listing(instrument_id or NO_SYMBOL, "", "", "")
        self._last, self._last_id = known, instrument_id
        return known

    def resolve(self, message: Message) -> str:
        """The id of the instrument that the message names; its own words when they fit none, or several."""
        symbol, mic, isin = _names_in(message)
        return self.resolve_names(symbol, mic, isin)

    def resolve_names(self, symbol: str, mic: str, isin: str) -> str:
        """The same, of names from elsewhere; "" for none."""
        named = self._named(symbol, isin)
        if named is not None and len(named) == 1:
            return named[0] if self._fits(named[0], mic, isin) else _as_given(symbol, mic, isin)
        found = self._fitting(named, mic, isin)
        return found[0] if len(found) == 1 else _as_given(symbol, mic, isin)

    def resolve_repeated(self, message: Message) -> str:
        """As `resolve`, where ids name the order already: words that fit several instruments say nothing against it."""
        symbol, mic, isin = _names_in(message)
        if symbol == NO_SYMBOL and not isin:
            return ""
        found = self._fitting(self._named(symbol, isin), mic, isin)
        if len(found) > 1:
            return ""
        return found[0] if found else _as_given(symbol, mic, isin)

    def spreads_of(self, legs: list[Leg]) -> list[str]:
        """The spreads that have just these legs, in any order."""
        wanted = _in_order(legs)
        return [name for name, listing in self._listings.items() if listing.legs and _in_order(listing.legs) == wanted]

    def _forget(self, instrument_id: str) -> None:
        before = self._listings.get(instrument_id)
        if before is not None:
            self._by_symbol[before.symbol].remove(instrument_id)
            if before.isin:
                self._by_isin[before.isin].remove(instrument_id)

    def _named(self, symbol: str, isin: str) -> list[str] | None:
        """The instruments of a symbol, which may be an id of ours; without one, of an ISIN."""
        if not symbol or symbol == NO_SYMBOL:
            return self._by_isin.get(isin)
        return [symbol] if symbol in self._listings else self._by_symbol.get(symbol)

    def _fitting(self, named: list[str] | None, mic: str, isin: str) -> list[str]:
        """Those of them that everything in the message fits."""
        found: list[str] = []
        if named is not None:
            for instrument_id in named:
                if self._fits(instrument_id, mic, isin):
                    found.append(instrument_id)
        return found

    def _fits(self, instrument_id: str, mic: str, isin: str) -> bool:
        listing = self.listing(instrument_id)
        if mic and mic != listing.mic:
            return False
        return not isin or not listing.isin or listing.isin == isin


def _in_order(legs: Iterable[Leg]) -> list[Leg]:
    return sorted(legs, key=lambda leg: (leg.instrument_id, leg.ratio, leg.side))


def _names_in(message: Message) -> tuple[str, str, str]:
    """Symbol, MIC, ISIN; "" where the message has none."""
    isin = message.get(t.SECURITY_ID) if message.get(t.SECURITY_ID_SOURCE) == ISIN else ""
    return message.get(t.SYMBOL), message.get(t.SECURITY_EXCHANGE), isin


def _as_given(symbol: str, mic: str, isin: str) -> str:
    named = f"{symbol}.{mic}" if symbol and mic else symbol
    return " ".join(filter(None, (named, isin)))
