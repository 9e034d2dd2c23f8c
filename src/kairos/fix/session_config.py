"""What the two sides of a FIX session agreed on before they ever spoke: names, version, role, times and bounds."""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.errors import LocalError
from kairos.fix.validate import ValidationRules
from kairos.fix.versions import APPL_VERSIONS, ProtocolVersion, protocol_version
from kairos.fix.writer import BodyWriter

NANOS_PER_SECOND: Final = 1_000_000_000

MAX_HEART_BT_INT_S: Final = 86_400
"""A day: beyond it HeartBtInt(108) could not notice a dead link within the session it should guard."""


class TimePrecision(Enum):
    """The digits behind the second in SendingTime(52) and OrigSendingTime(122)."""

    SECONDS = 0
    MILLISECONDS = 3
    MICROSECONDS = 6
    NANOSECONDS = 9


def session_id(begin_string: str, sender_comp_id: str, target_comp_id: str) -> str:
    """The key of a session, named from our side: "FIX.4.4:KAIROS->CLIENT1"."""
    return f"{begin_string}:{sender_comp_id}->{target_comp_id}"


class SessionBounds:
    """How long a session waits, and how much it keeps.

    A peer that has not logged on in 8 s, or not answered a Logout in 4 s, is gone or hostile, and most peers themselves
    give up at 10 s. A ResendRequest unanswered for 15 s is repeated, three times in all. Messages that wait behind a
    gap are held up to 1024 and 4 MiB, some seconds of a busy link: what is beyond is dropped and asked for again.
    """

    def __init__(
        self,
        logon_timeout_s: int = 8,
        logout_timeout_s: int = 4,
        resend_timeout_s: int = 15,
        max_resend_attempts: int = 3,
        max_queued_messages: int = 1024,
        max_queued_bytes: int = 4 * 1024 * 1024,
    ) -> None:
        self.logon_timeout_ns: Final[i64] = logon_timeout_s * NANOS_PER_SECOND
        self.logout_timeout_ns: Final[i64] = logout_timeout_s * NANOS_PER_SECOND
        self.resend_timeout_ns: Final[i64] = resend_timeout_s * NANOS_PER_SECOND
        self.max_resend_attempts: Final = max_resend_attempts
        self.max_queued_messages: Final = max_queued_messages
        self.max_queued_bytes: Final = max_queued_bytes


class WireNames:
    """Version and names as they stand in a message, so that it is judged without texts being made of its fields."""

    __slots__ = ("begin_string", "sender_comp_id", "target_comp_id")

    def __init__(self, begin_string: str, sender_comp_id: str, target_comp_id: str) -> None:
        self.begin_string: Final = begin_string.encode("ascii")
        self.sender_comp_id: Final = _bytes_of("SenderCompID(49)", sender_comp_id)
        self.target_comp_id: Final = _bytes_of("TargetCompID(56)", target_comp_id)


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
        max_latency_s: int = 120,  # the accuracy of SendingTime(52) that the FIX session protocol suggests
        require_orig_sending_time: bool = True,
        rules: ValidationRules | None = None,
        bounds: SessionBounds | None = None,
        username: str = "",
        password: str = "",
        default_appl_ver_id: str = "",
        time_precision: TimePrecision | None = None,
        sender_sub_id: str = "",
        sender_location_id: str = "",
        target_sub_id: str = "",
        target_location_id: str = "",
        send_last_processed: bool = False,
        send_next_expected: bool = False,
        resend_chunk: int = 0,
        reset_on_logout: bool = False,
        reset_on_disconnect: bool = False,
    ) -> None:
        """`sender_comp_id` is ours, `target_comp_id` the peer's.

        `default_appl_ver_id`: the code of DefaultApplVerID(1137), "9" for FIX 5.0 SP2. `time_precision` None: what the
        version prescribes, whole seconds before FIX 4.2. `resend_chunk`: how many messages we ask for at a time, 0 all.
        """
        version = protocol_version(begin_string)
        _check_agreement(sender_comp_id, target_comp_id, heart_bt_int_s, resend_chunk)
        _check_appl_ver_id(version, default_appl_ver_id)
        _check_features(version, send_last_processed, send_next_expected, sender_location_id + target_location_id)
        self.begin_string: Final = begin_string
        self.version: Final = version
        self.sender_comp_id: Final = sender_comp_id
        self.target_comp_id: Final = target_comp_id
        self.on_wire: Final = WireNames(begin_string, sender_comp_id, target_comp_id)
        self.initiator: Final = initiator
        self.heart_bt_int_s: Final = heart_bt_int_s
        self.reset_on_logon: Final = reset_on_logon
        self.check_latency: Final = check_latency
        self.max_latency_ns: Final[i64] = max_latency_s * NANOS_PER_SECOND
        self.require_orig_sending_time: Final = require_orig_sending_time
        self.rules: Final = rules if rules is not None else ValidationRules()
        self.bounds: Final = bounds if bounds is not None else SessionBounds()
        self.username: Final = username
        self.password: Final = password
        self.default_appl_ver_id: Final = default_appl_ver_id
        precision: i64 = version.fraction_digits if time_precision is None else time_precision.value
        self.fraction_digits: Final[i64] = precision
        self.names_header: Final = _names_header(sender_sub_id, target_sub_id, sender_location_id, target_location_id)
        self.send_last_processed: Final = send_last_processed
        self.send_next_expected: Final = send_next_expected
        self.resend_chunk: Final[i64] = resend_chunk
        self.reset_on_logout: Final = reset_on_logout
        self.reset_on_disconnect: Final = reset_on_disconnect

    @property
    def session_id(self) -> str:
        return session_id(self.begin_string, self.sender_comp_id, self.target_comp_id)


def _check_agreement(sender_comp_id: str, target_comp_id: str, heart_bt_int_s: int, resend_chunk: int) -> None:
    if not sender_comp_id or not target_comp_id:
        raise LocalError("SenderCompID(49) and TargetCompID(56) must not be empty; name both sides of the session")
    if not 0 <= heart_bt_int_s <= MAX_HEART_BT_INT_S:
        raise LocalError(f"HeartBtInt(108) {heart_bt_int_s} is outside 0..{MAX_HEART_BT_INT_S} seconds")
    if resend_chunk < 0:
        raise LocalError(f"resend_chunk {resend_chunk} is negative; use 0 to ask for all that is missing at once")


def _bytes_of(field: str, comp_id: str) -> bytes:
    try:
        return comp_id.encode("iso-8859-1")
    except UnicodeEncodeError:
        raise LocalError(f"{field} {comp_id!r} is not ISO-8859-1; agree on another name") from None


def _check_features(
    version: ProtocolVersion, send_last_processed: bool, send_next_expected: bool, location_ids: str
) -> None:
    """What a version doesn't have can't be switched on."""
    name = version.begin_string
    if send_last_processed and not version.has_last_processed:
        raise LocalError(f"{name} has no LastMsgSeqNumProcessed(369); switch send_last_processed off")
    if send_next_expected and not version.has_next_expected:
        raise LocalError(f"{name} has no NextExpectedMsgSeqNum(789); switch send_next_expected off")
    if location_ids and not version.has_location_ids:
        raise LocalError(f"{name} has no SenderLocationID(142) and TargetLocationID(143); leave them empty")


def _check_appl_ver_id(version: ProtocolVersion, default_appl_ver_id: str) -> None:
    if version.is_fixt and default_appl_ver_id not in APPL_VERSIONS:
        raise LocalError(
            f"DefaultApplVerID(1137) {default_appl_ver_id!r} is not supported with {version.begin_string}; "
            f"use one of {', '.join(APPL_VERSIONS)}"
        )
    if default_appl_ver_id and not version.is_fixt:
        raise LocalError(f"{version.begin_string} has no DefaultApplVerID(1137); leave default_appl_ver_id empty")


def _names_header(sender_sub_id: str, target_sub_id: str, sender_location_id: str, target_location_id: str) -> bytes:
    """The header fields that name desks and places beside the CompIDs, in ascending order of tag."""
    header = BodyWriter()
    for tag, value in (
        (tags.SENDER_SUB_ID, sender_sub_id),
        (tags.TARGET_SUB_ID, target_sub_id),
        (tags.SENDER_LOCATION_ID, sender_location_id),
        (tags.TARGET_LOCATION_ID, target_location_id),
    ):
        if value:
            header.put_str(tag, value)
    return header.body()
