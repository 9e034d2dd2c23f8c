"""What people ask to be reckoned: the indicators of places, and past returns, the scenarios of value at risk."""

from __future__ import annotations

from typing import Final

from kairos.engine.core import Core
from kairos.engine.places import refuse_place
from kairos.model.commands import SetReturns, WatchPlace
from kairos.model.events import PlaceWatched, ReturnsSet
from kairos.model.refusals import Refusal, RefusalCode

# Three years of days: a year of them is used, and a file of five years is a mistake or should be cut by who sends it.
MAX_DAYS: Final = 750
# Ten times the price in a day: beyond it a return is a split that nobody told us of, not a market's move.
MAX_PPM: Final = 10_000_000
MIN_PPM: Final = -1_000_000  # nothing is lost beyond all; a spread that trades around 0 has no returns


def watch_place(core: Core, c: WatchPlace) -> Refusal | None:
    """Reckon a place's indicators from now on; once is enough."""
    refusal = refuse_place(core.desk, c.place)
    if refusal is not None:
        return refusal
    cell = core.desk.tree.find(c.place)
    if cell is None or cell.indicators is None:
        core.emit(PlaceWatched(core.now_ns, c.place, c.user_id))
    return None


def set_returns(core: Core, c: SetReturns) -> Refusal | None:
    """Take an instrument's daily returns."""
    if c.instrument_id not in core.desk.instruments:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", c.instrument_id),))
    if len(c.returns) > MAX_DAYS:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "returns"), ("bound", f"{MAX_DAYS} days")))
    latest = 0
    for one in c.returns:
        if one.date <= latest:
            return Refusal(RefusalCode.INVALID_VALUE, (("field", "returns must be in order"), ("date", str(one.date))))
        if not MIN_PPM <= one.ppm <= MAX_PPM:
            return Refusal(RefusalCode.INVALID_VALUE, (("field", "returns"), ("ppm", str(one.ppm))))
        latest = one.date
    core.emit(ReturnsSet(core.now_ns, c.instrument_id, c.returns, c.text, c.user_id))
    return None
