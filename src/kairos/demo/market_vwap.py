"""What the market traded in the time that was played, by instrument: the measure for our average prices."""

from __future__ import annotations

from collections.abc import Iterable

from kairos.demo.setup import Listed
from kairos.market.tape import Trade
from kairos.market.tape_file import read_tape
from kairos.model.numbers import average_price


def market_vwap(listed: Listed, open_ns: int, windows: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """(VWAP, units) of the tape's prints inside the windows of market time; a print in two of them was played twice.

    Tapes of other days open together with the first, at `open_ns`.
    """
    spans = list(windows)
    last_ns = max((until for _since, until in spans), default=0)
    turnover = volume = 0
    for event in read_tape(listed.tape.path, listed.instrument_id, open_ns - listed.tape.open_ns):
        if event.time_ns > last_ns:
            break
        if isinstance(event, Trade):
            times = sum(since <= event.time_ns <= until for since, until in spans)
            turnover += event.px * event.size * times
            volume += event.size * times
    return average_price(turnover, volume), volume
