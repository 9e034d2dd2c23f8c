"""Limits where they hang, with what they count: a token bucket, or the times of like things within a window.

What a limit bounds by sums (exposure, open orders) is the cell's to know (`state.cells`); here is what only a limit
asks for, counted from the moment when it was placed.
"""

from __future__ import annotations

from sys import intern
from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import LimitKind, Severity, Side
from kairos.model.values import Limit, Terms

# The kinds as numbers, by which the gate branches: compiled, a comparison of words.
ORDER_QTY: Final = 0
ORDER_NOTIONAL: Final = 1
COLLAR_BPS: Final = 2
COLLAR_TICKS: Final = 3
RATE: Final = 4
REPEATED_EXECUTIONS: Final = 5
DUPLICATE_ORDER: Final = 6
OPEN_ORDERS: Final = 7
OPEN_NOTIONAL: Final = 8
POSITION: Final = 9
GROSS_EXPOSURE: Final = 10
NET_EXPOSURE: Final = 11
LONG_EXPOSURE: Final = 12
SHORT_EXPOSURE: Final = 13
CREDIT: Final = 14
DAY_NOTIONAL: Final = 15
CONCENTRATION_BPS: Final = 16
ADV_BPS: Final = 17
ORDER_TO_TRADE: Final = 18
SELF_MATCH: Final = 19
LOSS: Final = 20

SHRINKING: Final = (
    LimitKind.ORDER_QTY,
    LimitKind.ORDER_NOTIONAL,
    LimitKind.OPEN_ORDERS,
    LimitKind.OPEN_NOTIONAL,
    LimitKind.POSITION,
    LimitKind.GROSS_EXPOSURE,
    LimitKind.NET_EXPOSURE,
    LimitKind.LONG_EXPOSURE,
    LimitKind.SHORT_EXPOSURE,
    LimitKind.CREDIT,
    LimitKind.DAY_NOTIONAL,
    LimitKind.ADV_BPS,
)

NUMBER_OF: Final[dict[LimitKind, int]] = {
    LimitKind.ORDER_QTY: ORDER_QTY,
    LimitKind.ORDER_NOTIONAL: ORDER_NOTIONAL,
    LimitKind.COLLAR_BPS: COLLAR_BPS,
    LimitKind.COLLAR_TICKS: COLLAR_TICKS,
    LimitKind.RATE: RATE,
    LimitKind.REPEATED_EXECUTIONS: REPEATED_EXECUTIONS,
    LimitKind.DUPLICATE_ORDER: DUPLICATE_ORDER,
    LimitKind.OPEN_ORDERS: OPEN_ORDERS,
    LimitKind.OPEN_NOTIONAL: OPEN_NOTIONAL,
    LimitKind.POSITION: POSITION,
    LimitKind.GROSS_EXPOSURE: GROSS_EXPOSURE,
    LimitKind.NET_EXPOSURE: NET_EXPOSURE,
    LimitKind.LONG_EXPOSURE: LONG_EXPOSURE,
    LimitKind.SHORT_EXPOSURE: SHORT_EXPOSURE,
    LimitKind.CREDIT: CREDIT,
    LimitKind.DAY_NOTIONAL: DAY_NOTIONAL,
    LimitKind.CONCENTRATION_BPS: CONCENTRATION_BPS,
    LimitKind.ADV_BPS: ADV_BPS,
    LimitKind.ORDER_TO_TRADE: ORDER_TO_TRADE,
    LimitKind.SELF_MATCH: SELF_MATCH,
    LimitKind.LOSS: LOSS,
}

WHOLE_BPS: Final = 10_000  # basis points of a limit or a rate in force: all of it
# An hour times a million stays below 2**62, so a bucket's content is a word: see `Bound.tokens_now`.
MAX_WINDOW_NS: Final = 3_600_000_000_000
MAX_REQUESTS: Final = 1_000_000
LARGEST_DEBT: Final = 10_000 * MAX_WINDOW_NS  # a request at a rate of one basis point
# Times kept for one like thing: 80 KiB at most, and no throttle lets ten thousand repetitions pass.
MAX_REPEATS: Final = 10_000


def order_key(account_id: str, instrument_id: str, side: Side, terms: Terms) -> str:
    """What makes two orders the same to DUPLICATE_ORDER."""
    return f"{account_id} {instrument_id} {side.value} {terms.order_qty} {terms.price} {terms.stop_px}"


def execution_key(instrument_id: str, side: Side) -> str:
    """What makes two executions alike to REPEATED_EXECUTIONS."""
    return f"{instrument_id} {side.value}"


@mypyc_attr(acyclic=True)
class Times:
    """When a like thing happened, the last `kept` times, in order."""

    def __init__(self, kept: i64) -> None:
        self._kept: Final[i64] = kept
        self._times: vec[i64] = vec[i64]()

    def add(self, at_ns: i64) -> None:
        if len(self._times) >= 2 * self._kept:
            self._times = self._times[len(self._times) - self._kept :]
        self._times = append(self._times, at_ns)

    def since(self, at_ns: i64) -> i64:
        """How many of those kept happened after `at_ns`."""
        times = self._times
        low: i64 = max(len(times) - self._kept, 0)
        high: i64 = len(times)
        while low < high:
            middle = (low + high) // 2
            if times[middle] > at_ns:
                high = middle
            else:
                low = middle + 1
        return len(times) - low

    def last_ns(self) -> i64:
        return self._times[len(self._times) - 1] if len(self._times) else 0

    def all(self) -> list[int]:
        """Those kept."""
        times = self._times
        return [times[at] for at in range(max(len(times) - self._kept, 0), len(times))]


class Bound:
    """A limit at its place.

    shrinks: whether a response may put a share of it in force: limits of quantity and money
    bar:     what is compared with what the gate sees: its value, but of a rate the requests at once
    tokens:  of a rate, what is in the bucket: a request takes `window_ns` of them, a nanosecond brings `value`
    """

    def __init__(self, placed: Limit, currency: str, at_ns: i64) -> None:
        self.placed: Final[Limit] = placed
        self.kind: Final[LimitKind] = placed.kind
        self.number: Final[i64] = NUMBER_OF[placed.kind]
        self.shrinks: Final[bool] = placed.kind in SHRINKING
        self.severity: Final[Severity] = placed.severity
        self.hard: Final[bool] = placed.severity is Severity.HARD
        self.spares_closing: Final[bool] = placed.exempt_closing
        self.currency: str = intern(currency)
        self.window_ns: Final[i64] = placed.window_ns
        self.bar: Final[int] = int(placed.burst) if self.number == RATE else placed.value
        self.tokens: i64 = placed.burst * placed.window_ns if self.number == RATE else 0
        self.tokens_at_ns: i64 = at_ns if self.number == RATE else 0
        self._of_what: Final[dict[str, Times]] = {}

    def take_over(self, before: Bound) -> None:
        """What the limit before it has counted: changing a limit forgives nothing."""
        if self.number == RATE:
            used = int(before.requests_with(self.tokens_at_ns) - 1) * int(self.window_ns)
            self.tokens = max(int(self.full()) - used, -LARGEST_DEBT)
        for what, times in before.noted():
            self.restore_times(what, times)

    # A token bucket

    def full(self) -> i64:
        return self.placed.burst * self.window_ns

    def tokens_now(self, now_ns: i64) -> i64:
        elapsed = now_ns - self.tokens_at_ns
        full = self.full()
        rate: i64 = self.placed.value
        if elapsed <= 0 or rate == 0:
            return self.tokens
        if elapsed > MAX_WINDOW_NS and elapsed > (full - self.tokens) // rate:
            return full
        return min(self.tokens + elapsed * rate, full)

    def has_token(self, now_ns: i64) -> bool:
        """Whether one request more may pass."""
        return self.tokens_now(now_ns) >= self.window_ns

    def requests_with(self, now_ns: i64) -> i64:
        """Requests that the bucket would have given out, with one more."""
        return (self.full() - self.tokens_now(now_ns) + self.window_ns - 1) // self.window_ns + 1

    def take_token(self, at_ns: i64, share_bps: i64) -> None:
        """Count a request. Where a response lets only a share of the rate through, each one counts for more; what the
        bucket then lacks must come in before the next."""
        if share_bps > 0:
            self.tokens = max(self.tokens_now(at_ns) - self.window_ns * WHOLE_BPS // share_bps, -LARGEST_DEBT)
            self.tokens_at_ns = max(at_ns, self.tokens_at_ns)

    # Repetitions

    def repeats_with(self, what: str, now_ns: i64) -> i64:
        """How often this would have happened within the window, with one more."""
        times = self._of_what.get(what)
        return 1 if times is None else times.since(now_ns - self.window_ns) + 1

    def note(self, what: str, at_ns: i64) -> None:
        """It happened. What was noted last stands last, so that what is out of the window is found at the front."""
        times = self._of_what.pop(what, None)
        if times is None:
            times = Times(min(int(self.placed.value), MAX_REPEATS))
        times.add(at_ns)
        self._of_what[what] = times
        for _ in range(2):
            oldest = next(iter(self._of_what))
            if self._of_what[oldest].last_ns() > at_ns - self.window_ns:
                return
            del self._of_what[oldest]

    def restore_times(self, what: str, at_ns: list[int]) -> None:
        """As a snapshot has them."""
        times = Times(min(int(self.placed.value), MAX_REPEATS))
        for one in at_ns:
            times.add(one)
        self._of_what[what] = times

    def noted(self) -> list[tuple[str, list[int]]]:
        return [(what, times.all()) for what, times in self._of_what.items()]
