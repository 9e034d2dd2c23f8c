"""The phases of a market's trading day: when it takes orders and cancels, and when its auctions uncross.

A day is a row of spans without overlap; between two spans, before the first and after the last the market is closed.
An auction may be several spans (Hong Kong: order input, no cancellation, random matching); the last one `uncrosses`.
What trades beside the main board at the same hours (odd lots, after-hours fixed price) is a day of its own `board`.
Times are nanoseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

import datetime
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.errors import invariant
from kairos.model.market_enums import TradingPhase

MAIN_BOARD: Final = "main"


@mypyc_attr(acyclic=True)
class PhaseSpan:
    """One stretch of a day, [starts_ns, ends_ns): its phase, and what the market takes meanwhile.

    `takes_orders` is for new orders and changes, `takes_cancels` for cancels. An auction that `uncrosses` does so at
    its end; if `random_end_ns` is not 0, at an instant that nobody knows within that long before its end. `name` tells
    spans of one phase apart, as "no_cancel"; profiles say by it which kinds of order are taken. Orders may be priced at
    most `limit_bps` away from the phase's reference price (0: any), beside the limits of the day. With `every_ns` an
    auction uncrosses again and again, so long apart, from its begin to its end.
    """

    __slots__ = (
        "ends_ns",
        "every_ns",
        "limit_bps",
        "name",
        "phase",
        "random_end_ns",
        "starts_ns",
        "takes_cancels",
        "takes_orders",
        "uncrosses",
    )

    def __init__(
        self,
        phase: TradingPhase,
        starts_ns: i64,
        ends_ns: i64,
        takes_orders: bool,
        takes_cancels: bool,
        random_end_ns: i64 = 0,
        uncrosses: bool = False,
        name: str = "",
        limit_bps: i64 = 0,
        every_ns: i64 = 0,
    ) -> None:
        self.phase: Final = phase
        self.starts_ns: Final = starts_ns
        self.ends_ns: Final = ends_ns
        self.takes_orders: Final = takes_orders
        self.takes_cancels: Final = takes_cancels
        self.random_end_ns: Final = random_end_ns
        self.uncrosses: Final = uncrosses
        self.name: Final = name
        self.limit_bps: Final = limit_bps
        self.every_ns: Final = every_ns


class MarketDay:
    """The spans of one board of a market on one trading day, in order of time."""

    def __init__(self, mic: str, date: datetime.date, spans: tuple[PhaseSpan, ...], board: str = MAIN_BOARD) -> None:
        invariant(len(spans) > 0, "MARKET_DAY_EMPTY", mic=mic, date=date, board=board)
        self.mic: Final = mic
        self.date: Final = date
        self.board: Final = board
        self.spans: Final = spans
        self.opens_ns: Final = spans[0].starts_ns
        self.closes_ns: Final = spans[-1].ends_ns
        ended: i64 = self.opens_ns
        for span in spans:
            in_order = ended <= span.starts_ns < span.ends_ns
            invariant(in_order, "MARKET_DAY_SPANS", mic=mic, date=date, board=board, span=span.name)
            ended = span.ends_ns

    def span_at(self, now_ns: i64) -> PhaseSpan | None:
        """The span that holds the instant; None while the market is closed."""
        for span in self.spans:
            if now_ns < span.starts_ns:
                return None
            if now_ns < span.ends_ns:
                return span
        return None

    def next_span(self, now_ns: i64) -> PhaseSpan | None:
        """The first span that begins after the instant; None when there is none left today."""
        for span in self.spans:
            if span.starts_ns > now_ns:
                return span
        return None
