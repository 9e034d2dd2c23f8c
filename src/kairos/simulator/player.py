"""Plays a tape into the exchange as the market's clock reaches its events.

The exchange's time never runs ahead of an event that has yet to be played: what is due is played in batches, and while
some is left the market is where the last event was. Orders take their turn between batches, so a tape that is faster
than this machine makes the market late, not the answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Final

from kairos.market.tape import Quote, TapeEvent
from kairos.model.errors import ReferenceDataError
from kairos.simulator.market_clock import MarketClock, Moment
from kairos.venue.exchange import Exchange

# Some milliseconds of work where nothing is compiled: no order waits longer than that for the tape.
BATCH: Final = 200
# Events closer together than this are played together; a tape of thousands a second must not wake us for each.
SHORTEST_NAP_S: Final = 0.001
# Whatever else waits for time to pass (expiries, late reports, market data held back) is looked at this often.
LONGEST_NAP_S: Final = 0.05


class TapePlayer:
    """Plays `events` up to `end_ns`, where `finished` is set; the market's time goes on after it.

    `see` is shown each event after the exchange; `after` is called when a batch is played, and when time has passed.
    `failure` says why the tape ended early, if it did.
    """

    def __init__(
        self,
        events: Iterator[TapeEvent],
        exchange: Exchange,
        clock: MarketClock,
        end_ns: int,
        see: Callable[[TapeEvent], None],
        after: Callable[[Moment], None],
        wall_now: Callable[[], int],
    ) -> None:
        self.finished: Final = asyncio.Event()
        self.failure: ReferenceDataError | None = None
        self.reached_ns = 0
        self._events: Final = events
        self._exchange: Final = exchange
        self._clock: Final = clock
        self._end_ns: Final = end_ns
        self._see: Final = see
        self._after: Final = after
        self._wall_now: Final = wall_now
        self._next = self._pull()

    def reach(self, wall_ns: int) -> Moment:
        """Play what is due by now, at most a batch, and tell where the market has come to."""
        due_ns = self._clock.market_ns(wall_ns)
        for _ in range(BATCH):
            event = self._next
            if event is None or event.time_ns > due_ns:
                self.reached_ns = max(self.reached_ns, due_ns)
                self._exchange.advance(self.reached_ns)
                break
            self._play(event)
        return self._clock.moment(self.reached_ns, wall_ns)

    def is_behind(self, wall_ns: int) -> bool:
        """Whether something is due that has not been played."""
        return self._next is not None and self._next.time_ns <= self._clock.market_ns(wall_ns)

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

    def _play(self, event: TapeEvent) -> None:
        if isinstance(event, Quote):
            self._exchange.on_quote(event)
        else:
            self._exchange.on_trade(event)
        self._see(event)
        self.reached_ns = max(self.reached_ns, event.time_ns)
        self._next = self._pull()

    def _pull(self) -> TapeEvent | None:
        """The next event before the end, None when there is none, or none that can be read."""
        try:
            event = next(self._events, None)
        except ReferenceDataError as error:
            self.failure = error
            return None
        return event if event is not None and event.time_ns < self._end_ns else None

    def _nap_s(self, wall_ns: int) -> float:
        if self.is_behind(wall_ns):
            return 0
        if self._next is None or not self._clock.running:
            return LONGEST_NAP_S
        until_next_s = (self._clock.wall_ns(self._next.time_ns) - wall_ns) / 1e9
        return min(max(until_next_s, SHORTEST_NAP_S), LONGEST_NAP_S)
