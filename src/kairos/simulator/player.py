"""Plays tapes into the exchange as the market's clock reaches their rows.

The exchange's time never runs ahead of a row that has yet to be played: what is due is played in stretches, and while
some is left the market is where the last row was. Orders take their turn between stretches, so a tape that is faster
than this machine makes the market late, not the answers. A moment that a tape tells in several rows is never divided:
nobody meets a book that is half changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from kairos.market.tape_batch import MORE, TapeBatch
from kairos.market.tape_merge import TapeMerge, TapeSpan
from kairos.model.errors import ReferenceDataError
from kairos.simulator.market_clock import MarketClock, Moment
from kairos.venue.exchange import Exchange

# Some milliseconds of work where nothing is compiled: no order waits longer than that for the tape.
BATCH: Final = 200
# Rows closer together than this are played together; a tape of thousands a second must not wake us for each.
SHORTEST_NAP_S: Final = 0.001
# Whatever else waits for time to pass (expiries, late reports, market data held back) is looked at this often.
LONGEST_NAP_S: Final = 0.05


class TapePlayer:
    """Plays `tapes` up to `end_ns`, where `finished` is set; the market's time goes on after it.

    `see` is shown the rows [start, stop) of a batch after the exchange; `after` is called when a stretch is played, and
    when time has passed. `failure` says why the tapes ended early, if they did.
    """

    def __init__(
        self,
        tapes: TapeMerge,
        exchange: Exchange,
        clock: MarketClock,
        end_ns: int,
        see: Callable[[TapeBatch, int, int], None],
        after: Callable[[Moment], None],
        wall_now: Callable[[], int],
    ) -> None:
        self.finished: Final = asyncio.Event()
        self.failure: ReferenceDataError | None = None
        self.reached_ns = 0
        self._tapes: Final = tapes
        self._exchange: Final = exchange
        self._clock: Final = clock
        self._end_ns: Final = end_ns
        self._see: Final = see
        self._after: Final = after
        self._wall_now: Final = wall_now
        self._span = self._pull()
        self._row = self._first_row()

    def reach(self, wall_ns: int) -> Moment:
        """Play what is due by now, at most a stretch, and tell where the market has come to."""
        due_ns = self._clock.market_ns(wall_ns)
        left, is_whole = BATCH, True
        while left > 0 or not is_whole:
            span = self._span
            stop = self._stop(span, due_ns, max(left, 1))
            if span is None or stop == self._row:
                self.reached_ns = max(self.reached_ns, due_ns)
                self._exchange.advance(self.reached_ns)
                break
            left -= stop - self._row
            is_whole = not span.batch.flags_at(stop - 1) & MORE
            self._play(span, stop)
        return self._clock.moment(self.reached_ns, wall_ns)

    def is_behind(self, wall_ns: int) -> bool:
        """Whether something is due that has not been played."""
        next_ns = self._next_ns()
        return next_ns is not None and next_ns <= self._clock.market_ns(wall_ns)

    async def prime(self) -> None:
        """Play all that came before the start, so that the market stands there as it stood."""
        wall_ns = self._wall_now()
        self.reach(wall_ns)
        while self.is_behind(wall_ns):
            await asyncio.sleep(0)
            self.reach(wall_ns)

    async def run(self) -> None:
        """Play until canceled."""
        while True:
            wall_ns = self._wall_now()
            self._after(self.reach(wall_ns))
            if self.reached_ns >= self._end_ns or self.failure is not None:
                self.finished.set()
            await asyncio.sleep(self._nap_s(wall_ns))

    def _play(self, span: TapeSpan, stop: int) -> None:
        """Play the span's next rows, to before `stop`."""
        self._exchange.on_rows(span.batch, self._row, stop)
        self._see(span.batch, self._row, stop)
        self.reached_ns = max(self.reached_ns, int(span.batch.time_at(stop - 1)))
        self._row = stop
        if stop >= span.stop:
            self._span = self._pull()
            self._row = self._first_row()

    def _stop(self, span: TapeSpan | None, due_ns: int, most: int) -> int:
        """Where to stop among the span's rows: after all that is due and before the end, `most` of them; but not
        within a moment."""
        stop = self._row
        if span is None:
            return stop
        batch, last_ns = span.batch, min(due_ns, self._end_ns - 1)
        while stop < span.stop and batch.time_at(stop) <= last_ns:
            if stop - self._row >= most and not batch.flags_at(stop - 1) & MORE:
                break
            stop += 1
        return stop

    def _pull(self) -> TapeSpan | None:
        """The next rows; None when there are none, or none that can be read."""
        try:
            return self._tapes.next_span()
        except ReferenceDataError as error:
            self.failure = error
            return None

    def _first_row(self) -> int:
        return 0 if self._span is None else int(self._span.start)

    def _next_ns(self) -> int | None:
        """When the next row is due; None where none is before the end."""
        if self._span is None:
            return None
        next_ns = int(self._span.batch.time_at(self._row))
        return next_ns if next_ns < self._end_ns else None

    def _nap_s(self, wall_ns: int) -> float:
        if self.is_behind(wall_ns):
            return 0
        next_ns = self._next_ns()
        if next_ns is None or not self._clock.running:
            return LONGEST_NAP_S
        until_next_s = (self._clock.wall_ns(next_ns) - wall_ns) / 1e9
        return min(max(until_next_s, SHORTEST_NAP_S), LONGEST_NAP_S)
