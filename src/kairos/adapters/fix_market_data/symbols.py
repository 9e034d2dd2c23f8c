"""How FIX names what is listed: Symbol(55) and SecurityExchange(207) against SYMBOL.MIC."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final, Protocol

from kairos.adapters.fix_mapping.instruments import InstrumentDirectory

MIC_LENGTH: Final = 4  # ISO 10383


class Names(Protocol):
    """Who knows which instruments there are, and how FIX names them."""

    def is_listed(self, instrument: str) -> bool: ...

    def instrument(self, symbol: str, mic: str) -> str:
        """The instrument that is meant; what isn't listed keeps the words it came in."""


class Symbols:
    """The instruments of one exchange process, which may hold several markets."""

    def __init__(self, instruments: Iterable[str]) -> None:
        self._listed: Final = tuple(instruments)
        self._by_symbol: Final[dict[str, list[str]]] = {}
        for instrument in self._listed:
            self._by_symbol.setdefault(parted(instrument)[0], []).append(instrument)

    def is_listed(self, instrument: str) -> bool:
        return instrument in self._listed

    def instrument(self, symbol: str, mic: str) -> str:
        """The instrument that is meant; what isn't listed, or is listed twice, keeps the words it came in."""
        if mic:
            return symbol if symbol.endswith(f".{mic}") else f"{symbol}.{mic}"
        if symbol in self._listed:
            return symbol
        found = self._by_symbol.get(symbol, [])
        return found[0] if len(found) == 1 else symbol


class DirectoryNames:
    """The instruments of a house's reference data of which there is market data."""

    def __init__(self, directory: InstrumentDirectory, listed: Container[str]) -> None:
        self._directory: Final = directory
        self._listed: Final = listed

    def is_listed(self, instrument: str) -> bool:
        return instrument in self._listed

    def instrument(self, symbol: str, mic: str) -> str:
        return self._directory.resolve_names(symbol, mic, "")


def parted(instrument: str) -> tuple[str, str]:
    """Symbol and MIC; the latter empty where the name has none."""
    symbol, _point, mic = instrument.rpartition(".")
    return (symbol, mic) if symbol and len(mic) == MIC_LENGTH else (instrument, "")
