"""Tick tables: which prices may be quoted, as the price climbs from band to band.

A band reaches from its `from_px` to its `to_px` (0: without end) and has one tick. Which of its two ends belongs to it
is the market's rule: Taipei's bands are [from, to), Hong Kong's (from, to]. That decides the tick *at* a boundary, so
also the step up or down from it; it never decides whether the boundary itself may be quoted, since it is a multiple of
both ticks (`TickTable` insists on that).

Prices are scaled integers (`kairos.model.numbers`).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.numbers import MAX_PRICE, format_price


class TickTableError(ValueError):
    """Bands that are no tick table; the message says which one and why."""


@mypyc_attr(acyclic=True)
class TickBand:
    """Prices from `from_px` to `to_px` move by `tick`; `to_px` 0 has no end."""

    __slots__ = ("from_px", "tick", "to_px")

    def __init__(self, from_px: i64, to_px: i64, tick: i64) -> None:
        self.from_px: Final = from_px
        self.to_px: Final = to_px
        self.tick: Final = tick


class TickTable:
    """Bands from the lowest price up, without gap or overlap. `includes_to`: a band holds its upper end, not its lower.

    A price below the first band moves by the first tick, one above the last band by the last tick; whether it may be
    quoted at all is for `covers` to say.
    """

    def __init__(self, bands: tuple[TickBand, ...], includes_to: bool = False) -> None:
        _refuse_bad_bands(bands)
        self.bands: Final = bands
        self.includes_to: Final = includes_to

    def covers(self, px: i64) -> bool:
        """Whether the table has a band for the price."""
        first = self.bands[0]
        last = self.bands[len(self.bands) - 1]
        below_end = last.to_px == 0 or px < last.to_px or (self.includes_to and px == last.to_px)
        return px > 0 and px >= first.from_px and below_end

    def tick_at(self, px: i64) -> i64:
        """The tick of the band that holds the price: the step that a quote at this price is held to."""
        return self._tick(px, self.includes_to)

    def is_on_tick(self, px: i64) -> bool:
        """Whether the price may be quoted: a multiple of its tick, above 0 and within the table."""
        return self.covers(px) and px % self.tick_at(px) == 0

    def round_down(self, px: i64) -> i64:
        """The highest price on tick that is not above `px`; 0 when there is none."""
        if px <= 0:
            return 0
        return px - px % self.tick_at(px)

    def round_up(self, px: i64) -> i64:
        """The lowest price on tick that is not below `px`."""
        if px <= 0:
            return self.bands[0].tick
        tick = self.tick_at(px)
        return (px + tick - 1) // tick * tick

    def next_up(self, px: i64) -> i64:
        """The lowest price on tick above `px`."""
        if px <= 0:
            return self.bands[0].tick
        tick = self._tick(px, False)  # a boundary is left upwards by the tick above it
        return px - px % tick + tick

    def next_down(self, px: i64) -> i64:
        """The highest price on tick below `px`; 0 when there is none."""
        if px <= 0:
            return 0
        tick = self._tick(px, True)  # and downwards by the tick below it
        return (px - 1) // tick * tick

    def move(self, px: i64, ticks: i64) -> i64:
        """The price on tick that lies so many steps above a price on tick (below, if negative); 0 if there is none."""
        steps: i64 = ticks
        at: i64 = px
        while steps > 0:
            at = self.next_up(at)
            steps -= 1
        while steps < 0 and at > 0:
            at = self.next_down(at)
            steps += 1
        return at

    def _tick(self, px: i64, includes_to: bool) -> i64:
        for band in self.bands:
            if band.to_px == 0 or px < band.to_px or (includes_to and px == band.to_px):
                return band.tick
        return self.bands[len(self.bands) - 1].tick


def single_tick(tick: i64) -> TickTable:
    """The table of an instrument with one tick at every price."""
    return TickTable((TickBand(0, 0, tick),))


def _refuse_bad_bands(bands: tuple[TickBand, ...]) -> None:
    if not bands:
        raise TickTableError("a tick table needs at least one band")
    before: TickBand | None = None
    for band in bands:
        place = f"the band from {format_price(band.from_px)} to {format_price(band.to_px) if band.to_px else 'no end'}"
        if not 0 < band.tick <= MAX_PRICE:
            raise TickTableError(f"{place} has the tick {format_price(band.tick)}; it must be more than 0")
        if band.to_px and band.to_px <= band.from_px:
            raise TickTableError(f"{place} ends before it begins")
        if before is not None:
            if before.to_px != band.from_px:
                end = format_price(before.to_px) if before.to_px else "without end"
                raise TickTableError(f"{place} does not begin where the one before ends ({end})")
            if band.from_px % before.tick or band.from_px % band.tick:
                raise TickTableError(f"{place} begins at a price that is not on the ticks of both its neighbours")
        before = band
