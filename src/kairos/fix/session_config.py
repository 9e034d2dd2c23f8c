"""What the two sides of a FIX session agreed on before they ever spoke: names, version, role, times and bounds."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix.errors import LocalError
from kairos.fix.validate import ValidationRules

NANOS_PER_SECOND: Final = 1_000_000_000

SUPPORTED_BEGIN_STRINGS: Final = frozenset({"FIX.4.2", "FIX.4.4"})

MAX_HEART_BT_INT_S: Final = 86_400
"""A day: beyond it HeartBtInt(108) could not notice a dead link within the session it should guard."""


def session_id(begin_string: str, sender_comp_id: str, target_comp_id: str) -> str:
    """The key of a session, named from our side: "FIX.4.4:KAIROS->CLIENT1"."""
    return f"{begin_string}:{sender_comp_id}->{target_comp_id}"


class SessionConfig:
    """Constant for the life of a session. Times are whole seconds, as in HeartBtInt(108)."""

    def __init__(
        self,
        begin_string: str,
        sender_comp_id: str,
        target_comp_id: str,
        initiator: bool = False,
        heart_bt_int_s: int = 30,
        reset_on_logon: bool = False,
        check_latency: bool = True,
        max_latency_s: int = 120,
        require_orig_sending_time: bool = True,
        rules: ValidationRules | None = None,
        logon_timeout_s: int = 8,
        logout_timeout_s: int = 4,
        resend_timeout_s: int = 15,
        max_resend_attempts: int = 3,
        max_queued_messages: int = 1024,
        max_queued_bytes: int = 4 * 1024 * 1024,
        username: str = "",
        password: str = "",
    ) -> None:
        """`sender_comp_id` is ours, `target_comp_id` the peer's.

        Why these numbers: 120 s is the SendingTime(52) accuracy that the FIX session protocol suggests. A peer that
        has not logged on in 8 s, or not answered a Logout in 4 s, is gone or hostile, and most peers themselves give
        up at 10 s. A ResendRequest unanswered for 15 s is repeated, three times in all. Messages that wait behind a
        gap are held up to 1024 and 4 MiB, some seconds of a busy link: what is beyond is dropped and asked for again.
        """
        if begin_string not in SUPPORTED_BEGIN_STRINGS:
            raise LocalError(
                f"BeginString(8) {begin_string!r} is not supported; use one of {sorted(SUPPORTED_BEGIN_STRINGS)}"
            )
        if not sender_comp_id or not target_comp_id:
            raise LocalError("SenderCompID(49) and TargetCompID(56) must not be empty; name both sides of the session")
        if not 0 <= heart_bt_int_s <= MAX_HEART_BT_INT_S:
            raise LocalError(f"HeartBtInt(108) {heart_bt_int_s} is outside 0..{MAX_HEART_BT_INT_S} seconds")
        self.begin_string: Final = begin_string
        self.sender_comp_id: Final = sender_comp_id
        self.target_comp_id: Final = target_comp_id
        self.initiator: Final = initiator
        self.heart_bt_int_s: Final = heart_bt_int_s
        self.reset_on_logon: Final = reset_on_logon
        self.check_latency: Final = check_latency
        self.max_latency_ns: Final[i64] = max_latency_s * NANOS_PER_SECOND
        self.require_orig_sending_time: Final = require_orig_sending_time
        self.rules: Final = rules if rules is not None else ValidationRules()
        self.logon_timeout_ns: Final[i64] = logon_timeout_s * NANOS_PER_SECOND
        self.logout_timeout_ns: Final[i64] = logout_timeout_s * NANOS_PER_SECOND
        self.resend_timeout_ns: Final[i64] = resend_timeout_s * NANOS_PER_SECOND
        self.max_resend_attempts: Final = max_resend_attempts
        self.max_queued_messages: Final = max_queued_messages
        self.max_queued_bytes: Final = max_queued_bytes
        self.username: Final = username
        self.password: Final = password

    @property
    def session_id(self) -> str:
        return session_id(self.begin_string, self.sender_comp_id, self.target_comp_id)
