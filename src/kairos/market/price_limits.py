"""How far a price may go: the limits of a day, and the bands whose touch interrupts trading.

A daily limit is a share of the reference price (as a rule the previous close), rounded as the market rounds: Taipei
inwards, so that a limit is never more than its 10 %; Shanghai to the nearest tick, half up. An interruption band is
reckoned the same way from a reference that moves with the market (the US LULD bands, Hong Kong's VCM).

Prices are scaled integers; shares are in basis points (10,000 are the whole price).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.market.ticks import TickTable

WHOLE_BPS: Final = 10_000


class LimitRounding(StrEnum):
    """What becomes of a limit between two ticks."""

    INWARDS = "inwards"
    NEAREST = "nearest"


@mypyc_attr(acyclic=True)
class PriceBounds:
    """The lowest and the highest price allowed, both included; 0 on a side without a bound."""

    __slots__ = ("high_px", "low_px")

    def __init__(self, low_px: i64, high_px: i64) -> None:
        self.low_px: Final = low_px
        self.high_px: Final = high_px

    def allows(self, px: i64) -> bool:
        """Whether a trade or an order may be at the price."""
        return px >= self.low_px and (self.high_px == 0 or px <= self.high_px)


UNBOUNDED: Final = PriceBounds(0, 0)


class PriceLimitRule:
    """A day's limits: `up_bps` and `down_bps` of the reference price, 0 for none.

    For its first `free_days` trading days a new listing has no limits. A share that comes out below one tick allows
    one tick.
    """

    def __init__(self, up_bps: i64, down_bps: i64, rounding: LimitRounding, free_days: i64 = 0) -> None:
        self.up_bps: Final = up_bps
        self.down_bps: Final = down_bps
        self.rounding: Final = rounding
        self.free_days: Final = free_days

    def bounds(self, reference_px: i64, ticks: TickTable, trading_day: i64 = 0) -> PriceBounds:
        """The limits of a day; `trading_day` counts from 1 for a new listing, 0 for one that is no longer new."""
        if 0 < trading_day <= self.free_days or reference_px <= 0:
            return UNBOUNDED
        high: i64 = 0
        low: i64 = 0
        if self.up_bps:
            high = self._round(int(reference_px) * (WHOLE_BPS + int(self.up_bps)), ticks, True)
            high = max(high, ticks.next_up(reference_px))
        if self.down_bps:
            low = self._round(int(reference_px) * (WHOLE_BPS - int(self.down_bps)), ticks, False)
            low = max(min(low, ticks.next_down(reference_px)), ticks.bands[0].tick)
        return PriceBounds(low, high)

    def _round(self, scaled: int, ticks: TickTable, is_high: bool) -> i64:
        """The limit of `scaled` / 10,000 on a tick."""
        below: i64 = ticks.round_down(scaled // WHOLE_BPS)
        if below * WHOLE_BPS == scaled:
            return below
        above: i64 = ticks.next_up(below)
        if self.rounding is LimitRounding.INWARDS:
            return below if is_high else above
        return above if 2 * scaled >= (int(below) + int(above)) * WHOLE_BPS else below


@mypyc_attr(acyclic=True)
class BandStep:
    """The band for reference prices above or at `from_px`: `bps` of the reference, at most `cap` (0: no cap)."""

    __slots__ = ("bps", "cap", "from_px")

    def __init__(self, from_px: i64, bps: i64, cap: i64 = 0) -> None:
        self.from_px: Final = from_px
        self.bps: Final = bps
        self.cap: Final = cap


class InterruptionRule:
    """A band around a reference that follows the market, and what happens when the market would leave it.

    The reference is of `look_back_ns` ago (Hong Kong: the last trade then) or the mean since (US LULD, Taipei); with 0
    it is the day's opening price. Once a price waits at the band's edge for `limit_state_ns`, trading stops for
    `pause_ns`, or goes on within the band if `trades_in_pause`; it resumes with an auction if `ends_in_auction`. A band
    is watched from `skip_first_ns` after continuous trading begins to `skip_last_ns` before it ends, and no longer once
    it has interrupted that stretch of trading where that may happen `once_a_session`; in the last `late_ns` the
    `late_steps` hold.
    """

    def __init__(
        self,
        steps: tuple[BandStep, ...],
        look_back_ns: i64,
        pause_ns: i64,
        limit_state_ns: i64,
        skip_first_ns: i64,
        skip_last_ns: i64,
        ends_in_auction: bool,
        trades_in_pause: bool,
        late_steps: tuple[BandStep, ...] = (),
        late_ns: i64 = 0,
        once_a_session: bool = False,
    ) -> None:
        self.steps: Final = steps
        self.look_back_ns: Final = look_back_ns
        self.pause_ns: Final = pause_ns
        self.limit_state_ns: Final = limit_state_ns
        self.skip_first_ns: Final = skip_first_ns
        self.skip_last_ns: Final = skip_last_ns
        self.ends_in_auction: Final = ends_in_auction
        self.trades_in_pause: Final = trades_in_pause
        self.late_steps: Final = late_steps
        self.late_ns: Final = late_ns
        self.once_a_session: Final = once_a_session

    def band(self, reference_px: i64, grid: i64, is_late: bool = False) -> PriceBounds:
        """The band around a reference, each edge rounded to the nearest multiple of `grid`, half up."""
        steps = self.late_steps if is_late and self.late_steps else self.steps
        step = steps[0]
        for next_step in steps:
            if reference_px >= next_step.from_px:
                step = next_step
        width = (int(reference_px) * int(step.bps) + WHOLE_BPS // 2) // WHOLE_BPS
        if step.cap and width > step.cap:
            width = step.cap
        low = (int(reference_px) - width + int(grid) // 2) // int(grid) * int(grid)
        high = (int(reference_px) + width + int(grid) // 2) // int(grid) * int(grid)
        return PriceBounds(max(low, 0), high)
