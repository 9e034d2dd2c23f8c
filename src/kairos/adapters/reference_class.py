"""What an instrument's class says of it: an instrument that names one (`class = "stock"`) leaves out currency, tick and
lot where the profile of its market has them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Final

from kairos.adapters.file_errors import FileErrors
from kairos.adapters.file_rows import Row
from kairos.adapters.profiles import UnknownMarketError, load_profile
from kairos.market.dated import NoRowError
from kairos.market.profile import MarketProfile


@dataclass(frozen=True, slots=True)
class ClassDefaults:
    """What may be left out; 0 or "" is not known and must be given."""

    currency: str = ""
    tick_size: int = 0
    lot_size: int = 0


AFTER_ERROR: Final = ClassDefaults("XXX", 1, 1)  # one error is enough: what it would have given is not missed, too


def class_defaults(row: Row, name: str, mic: str, reference_px: int) -> ClassDefaults:
    """What the row's class gives; nothing without a class, or after an error."""
    if not name or not mic:
        return ClassDefaults()
    try:
        profile = _profile(mic)
    except (FileErrors, UnknownMarketError) as error:
        row.problem("class", f"needs the profile of its market: {error}")
        return AFTER_ERROR
    today = datetime.datetime.now(datetime.UTC).date()
    try:
        tick = finest_tick(profile, name, today, reference_px)
        lots = profile.lots_at(name, today).value
        return ClassDefaults(profile.currency, tick, lots.step)
    except NoRowError as error:
        row.problem("class", str(error))
        return AFTER_ERROR


def finest_tick(profile: MarketProfile, name: str, date: datetime.date, reference_px: int) -> int:
    """The one tick that every price of the day is a multiple of: the finest within the day's limits, without limits
    from half to twice the reference price, without that of the whole table.

    The engine knows one tick an instrument and refuses what no band could take; the exchange holds each price to its
    own band.
    """
    ticks = profile.ticks_at(name, date).value
    limits = profile.price_limits_at(name, date).value.bounds(reference_px, ticks)
    low = limits.low_px or reference_px // 2
    high = limits.high_px or reference_px * 2
    reachable = [
        band.tick
        for band in ticks.bands
        if (band.to_px == 0 or band.to_px >= low) and (high == 0 or band.from_px <= high)
    ]
    return min(reachable or [band.tick for band in ticks.bands])


@cache
def _profile(mic: str) -> MarketProfile:
    return load_profile(mic)
