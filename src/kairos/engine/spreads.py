"""Spreads: instruments that an exchange lists with legs, each so many units of another instrument, bought or sold."""

from __future__ import annotations

from kairos.model.commands import DefineInstrument
from kairos.model.enums import Side
from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.desk import Desk


def refuse_legs(desk: Desk, c: DefineInstrument) -> Refusal | None:
    """The first thing wrong with the legs of an instrument, or None."""
    if not c.legs:
        return None
    if len(c.legs) < 2 or len({leg.instrument_id for leg in c.legs}) < len(c.legs):
        return _wrong("legs: a spread has two or more, each of another instrument")
    for instrument in desk.instruments.values():
        if any(leg.instrument_id == c.instrument_id for leg in instrument.defined.legs):
            return _wrong(f"legs: {instrument.instrument_id} has this instrument as a leg, so it is no spread")
    for leg in c.legs:
        known = desk.instruments.get(leg.instrument_id)
        if known is None:
            return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", leg.instrument_id),))
        if known.is_spread or leg.instrument_id == c.instrument_id:
            return _wrong("legs: a leg is no spread itself")
        if leg.ratio < 1:
            return _wrong("legs: the ratio is 1 or more")
        if leg.side is not Side.BUY and leg.side is not Side.SELL:
            return _wrong("legs: the side is buy or sell")
    return None


def _wrong(why: str) -> Refusal:
    return Refusal(RefusalCode.INVALID_VALUE, (("field", why),))
