"""Rates of exchange, which are instruments: `USD/TWD` is what one USD costs in TWD, at its mark."""

from __future__ import annotations

from typing import Final

from kairos.model.numbers import PRICE_SCALE, magnitude
from kairos.state.reference import Instrument

RATE_CFI: Final = "IF"  # ISO 10962: spot, foreign exchange


class Rates:
    """`base` is the firm's currency: what has no rate of its own goes by way of it."""

    def __init__(self) -> None:
        self.base: str = ""
        self._rates: Final[dict[str, Instrument]] = {}

    def begin_with(self, currency: str) -> None:
        """Until the firm names its currency, it is the first account's."""
        if not self.base:
            self.base = currency

    def define(self, instrument: Instrument) -> None:
        """Take an instrument in, if it is a rate."""
        if instrument.defined.cfi.startswith(RATE_CFI):
            self._rates[instrument.defined.symbol] = instrument

    def has(self, instrument: Instrument) -> bool:
        """Whether it is a rate in use."""
        return self._rates.get(instrument.defined.symbol) is instrument

    def convert(self, money: int, of: str, into: str) -> int | None:
        """Money in another currency, its last 10**-8 rounded away from zero; None where there is no rate."""
        if of == into or money == 0:
            return money
        direct = self._by_one_rate(money, of, into)
        if direct is not None or not self.base or self.base in (of, into):
            return direct
        in_base = self._by_one_rate(money, of, self.base)
        return None if in_base is None else self._by_one_rate(in_base, self.base, into)

    def knows(self, of: str, into: str) -> bool:
        """Whether there is a way from one currency to another now."""
        return of == into or self.convert(PRICE_SCALE, of, into) is not None

    def _by_one_rate(self, money: int, of: str, into: str) -> int | None:
        rate = self._mark(f"{of}/{into}")
        if rate > 0:
            return _away_from_zero(money * rate, PRICE_SCALE)
        rate = self._mark(f"{into}/{of}")
        return _away_from_zero(money * PRICE_SCALE, rate) if rate > 0 else None

    def _mark(self, symbol: str) -> int:
        rate = self._rates.get(symbol)
        return 0 if rate is None else int(rate.mark_px())


def _away_from_zero(numerator: int, denominator: int) -> int:
    quotient = -(-magnitude(numerator) // denominator)
    return -quotient if numerator < 0 else quotient
