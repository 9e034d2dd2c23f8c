"""One simulated exchange: tapes, clock, matching, order entry and market data, tied together for a composition root.

The root gives it the writer of the exchange's own journal, a way to make lines, and listens for them. After a restart
the FIX numbers go on; orders are gone, as after a day's end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.fix_market_data.face import MarketDataFace
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.fix.session_config import SessionConfig
from kairos.market.tape_merge import TapeMerge
from kairos.model.errors import ReferenceDataError
from kairos.ports import Writer
from kairos.simulator.boards import ExchangeBoards
from kairos.simulator.exchange_face import ExchangeFace
from kairos.simulator.market_clock import MarketClock, Moment
from kairos.simulator.market_rules import moved
from kairos.simulator.player import TapePlayer
from kairos.simulator.tape_source import TapeSource
from kairos.venue.exchange import Exchange
from kairos.venue.faults import FaultPlan, Faults
from kairos.venue.listing import SECOND_NS, Listing, TradingRules
from kairos.venue.tape_rules import TapeRules

MINUTE_NS: Final = 60 * SECOND_NS
CLOSING_WAIT_NS: Final = 600 * SECOND_NS


class Simulation:
    """Plays `sources` from `start_ns` (None: a second before the first event) for `minutes` of the market's time (None:
    to the tapes' end). Tapes of other days are shifted so that all markets open together with the first.

    speed: market seconds in a second. waits_for_logon: the market stands still until the first client has logged on.
    lines: by session id, for the acceptor. finished: the market has closed and everything about it has been reported.
    """

    def __init__(
        self,
        sources: Sequence[TapeSource],
        writer: Writer,
        make_line: Callable[[SessionConfig, Application], FixLine],
        order_sessions: Sequence[SessionConfig],
        data_sessions: Sequence[SessionConfig] = (),
        *,
        start_ns: int | None = None,
        minutes: int | None = None,
        speed: Fraction | int = 1,
        waits_for_logon: bool = False,
        faults: FaultPlan | None = None,
        seed: int = 0,
        market_data_interval_ms: int = 100,
        turn_percent: int = 25,
        prevents_self_match: bool = False,
        tape_rules: TapeRules | None = None,
    ) -> None:
        played = aligned(sources)
        starts_ns = min(source.first_ns for source in played) - SECOND_NS if start_ns is None else start_ns
        ends_ns = max(source.last_ns for source in played) + 1
        if minutes is not None:
            ends_ns = min(ends_ns, starts_ns + minutes * MINUTE_NS)
        self.listings: Final = [listing_of(source, ends_ns, turn_percent, tape_rules) for source in played]
        self.clock: Final = MarketClock(starts_ns, speed, writer.now_ns())
        # No two runs share an OrderID(37) or ExecID(17): each begins with when it began.
        self.exchange: Final = Exchange(self.listings, f"{writer.now_ns() // 1_000_000:X}", prevents_self_match)
        self._writer: Final = writer
        self._waits_for_logon: Final = waits_for_logon
        names = [source.instrument for source in played]
        self.symbols: Final = Symbols(names)
        shown = ExchangeBoards(self.exchange)
        self.shown: Final = shown
        self.market_data: Final = MarketDataFace(
            shown.boards, self.symbols, market_data_interval_ms, refresh=shown.refresh
        )
        shown.changed = self.market_data.changed
        self.player: Final = TapePlayer(
            TapeMerge([source.batches() for source in played]),
            self.exchange,
            self.clock,
            max(listing.ends_ns for listing in self.listings),
            shown.see,
            self._after,
            writer.now_ns,
        )
        self.orders: Final = ExchangeFace(
            self.exchange, self.symbols, Faults(faults or FaultPlan(), seed), writer, self.player.reach, self._on_logon
        )
        made = [make_line(config, self.orders) for config in order_sessions]
        made += [make_line(config, self.market_data) for config in data_sessions]
        self.lines: Final = {line.session_id: line for line in made}
        self.finished: Final = self.player.finished
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Bring the market to its start, and let it go on from there."""
        await self.player.prime()
        if not self._waits_for_logon:
            self.begin()
        self._task = asyncio.create_task(self.player.run(), name="tape player")

    def begin(self) -> None:
        """Let the market's time run, if it stands."""
        self.clock.begin(self._writer.now_ns())

    async def stop(self) -> None:
        """Stop the market where it is; the lines are the root's to end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def failure(self) -> ReferenceDataError | None:
        """Why a tape ended early, if one did."""
        return self.player.failure

    def now(self) -> Moment:
        """Bring the market to the present."""
        return self.player.reach(self._writer.now_ns())

    def act(self, do: Callable[[int], str]) -> str:
        """Let an operator do something at the market's present. Returns why not, or "" when it is done."""
        now = self.now()
        why_not = do(now.market_ns)
        self._after(now)
        return why_not

    def bust(self, exec_id: str) -> str:
        """The operator takes a trade back, on both sides. Returns why not, or "" when it is done."""
        return self.act(lambda now_ns: self.exchange.bust(exec_id, now_ns))

    def correct(self, exec_id: str, qty: int, px: int) -> str:
        """The operator changes a trade's quantity and price. Returns why not, or "" when it is done."""
        return self.act(lambda now_ns: self.exchange.correct(exec_id, qty, px, now_ns))

    def _after(self, now: Moment) -> None:
        self.orders.flush(now)
        self.shown.hear(now.market_ns)
        self.market_data.flush(now.wall_ns)

    def _on_logon(self) -> None:
        if self._task is not None:
            self.begin()


def aligned(sources: Sequence[TapeSource]) -> list[TapeSource]:
    """The tapes, each shifted so that its market opens when the first one's does."""
    if not sources:
        raise ValueError("a simulated exchange needs at least one tape or instrument")
    return [source.shifted(sources[0].open_ns - source.open_ns) for source in sources]


def listing_of(source: TapeSource, ends_ns: int, turn_percent: int, tape_rules: TapeRules | None = None) -> Listing:
    """It trades from its open to its own close, or to the end of what is played if that comes first."""
    has_tape = source.path is not None
    closes_itself = source.close_ns is not None and source.close_ns < ends_ns
    close_ns = source.close_ns if closes_itself and source.close_ns is not None else ends_ns
    terms = source.terms
    return Listing(
        source.instrument,
        source.tick,
        source.lot,
        source.open_ns,
        close_ns,
        source.has_quotes,
        turn_percent,
        closing_wait_ns=CLOSING_WAIT_NS if closes_itself and has_tape else 0,
        spans=() if terms is None else moved(terms.spans, source.shift_ns, ends_ns),
        ticks=None if terms is None else terms.ticks,
        rules=TradingRules(tape_auctions=has_tape) if terms is None else terms.rules,
        tape_rules=tape_rules,
        has_tape=has_tape,
    )
