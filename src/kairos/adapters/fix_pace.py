"""The pace agreed with a client's session: how many requests a second, and how old one may be when its turn comes.

Only what adds risk has a pace: new orders, lists, crosses and replaces. Cancels and status requests are never counted
and never refused. What is over the pace waits with its sender (the line stops reading) or is refused at once by name,
which takes next to no time: then whatever stands behind it, a cancel above all, is soon reached.

How old a message is tells its SendingTime(52), of a resent one OrigSendingTime(122): when the client's engine let it
go. TransactTime(60) does not tell that: it is when somebody decided, which for an order that a desk staged in the
morning is hours ago and no sign of a queue.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.adapters.config_fix import OnExcess, PaceConfig
from kairos.fix import tags as t
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.model.refusals import Refusal, RefusalCode

PACED: Final = frozenset(
    (
        t.NEW_ORDER_SINGLE,
        t.NEW_ORDER_MULTILEG,
        t.NEW_ORDER_LIST,
        t.NEW_ORDER_CROSS,
        t.ORDER_CANCEL_REPLACE_REQUEST,
        t.MULTILEG_ORDER_CANCEL_REPLACE,
        t.CROSS_ORDER_CANCEL_REPLACE_REQUEST,
    )
)
NANOS: Final = 1_000_000_000
MILLI: Final = 1_000_000


class TokenBucket:
    """`per_s` messages a second, and up to `burst` at once after a pause. Kept as the one moment at which the bucket
    will be full again, so that it takes no timer and no rounding adds up."""

    def __init__(self, per_s: int, burst: int) -> None:
        self._each_ns: Final[i64] = NANOS // per_s
        self._depth_ns: Final[i64] = self._each_ns * burst
        self._full_at_ns: i64 = 0

    def room(self, now_ns: int) -> int:
        """How many messages may pass now."""
        return max((now_ns + self._depth_ns - self._full_at(now_ns)) // self._each_ns, 0)

    def wait_ns(self, now_ns: int) -> int:
        """How long until there is room for one; 0 when there is."""
        return max(self._full_at(now_ns) + self._each_ns - self._depth_ns - now_ns, 0)

    def take(self, now_ns: int) -> None:
        """One passes."""
        self._full_at_ns = self._full_at(now_ns) + self._each_ns

    def _full_at(self, now_ns: i64) -> i64:
        """Never further off than an empty bucket takes: a clock that was set back stops nobody for longer."""
        return min(max(self._full_at_ns, now_ns), now_ns + self._depth_ns)


class SessionPace:
    """The pace of one session, for as long as this process lives."""

    def __init__(self, config: PaceConfig) -> None:
        self.config: Final = config
        self._refuses: Final = config.on_excess is OnExcess.REFUSE
        self._stale_after_ns: Final[i64] = config.stale_after_ms * MILLI
        self._bucket: TokenBucket | None = None
        if config.max_messages_per_s:
            burst = config.max_messages_burst or config.max_messages_per_s
            self._bucket = TokenBucket(config.max_messages_per_s, burst)

    def holding_back(self) -> TokenBucket | None:
        """What the line must keep to in reading; None where excess is refused, or nothing is agreed."""
        return None if self._refuses else self._bucket

    def refusal_of(self, message: Message, now_ns: int) -> Refusal | None:
        """Why a message may not pass now; one that may has taken its place."""
        if message.msg_type not in PACED:
            return None
        bucket = self._bucket
        if bucket is not None:
            if self._refuses and bucket.room(now_ns) == 0:
                return Refusal(
                    RefusalCode.SESSION_THROTTLED, (("max_messages_per_s", str(self.config.max_messages_per_s)),)
                )
            bucket.take(now_ns)
        return self._refuse_stale(message, now_ns) if self._stale_after_ns else None

    def _refuse_stale(self, message: Message, now_ns: i64) -> Refusal | None:
        sent_ns = _sent_at_ns(message)
        if not sent_ns or now_ns - sent_ns <= self._stale_after_ns:
            return None
        age_ms = (now_ns - sent_ns) // MILLI
        seen = (("age_ms", str(age_ms)), ("stale_after_ms", str(self.config.stale_after_ms)))
        return Refusal(RefusalCode.STALE, seen)


def _sent_at_ns(message: Message) -> i64:
    """When it first left its sender; 0 where it does not say so."""
    try:
        return message.get_utc(t.ORIG_SENDING_TIME) or message.get_utc(t.SENDING_TIME)
    except FieldError:  # a session that does not look at times
        return 0
