"""Checks that each inbound message must pass before its sequence number counts, whatever its type.

What is wrong is named as a `Fault`: the Reject(3) to answer with, and whether the session must end because of it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.dates import is_utc_timestamp
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.fix.session_config import NANOS_PER_SECOND, SessionConfig

MAX_SEQ_NUM: Final = 2_147_483_647
"""Many engines keep MsgSeqNum(34) in 32 bits; a session that sends more than this in a day is broken."""

_SECONDS_LENGTH: Final = len("20260922-00:00:00")


class Fault:
    """SessionRejectReason(373), RefTagID(371) where one field is at fault, Text(58); `fatal`: a Logout must follow."""

    __slots__ = ("fatal", "reason", "ref_tag", "text")

    def __init__(self, reason: int, ref_tag: int | None, text: str, fatal: bool) -> None:
        self.reason: Final = reason
        self.ref_tag: Final = ref_tag
        self.text: Final = text
        self.fatal: Final = fatal


def sending_time_problem() -> Fault:
    return Fault(tags.SENDING_TIME_ACCURACY_PROBLEM, None, "SendingTime accuracy problem", True)


def is_poss_dup(message: Message) -> bool:
    """A PossDupFlag(43) that is neither Y nor N is the validator's to reject; here it counts as N."""
    return message.says(tags.POSS_DUP_FLAG, b"Y")


def is_gap_fill(message: Message) -> bool:
    return message.says(tags.GAP_FILL_FLAG, b"Y")


def identity_fault(message: Message, config: SessionConfig) -> Fault | None:
    """CompIDs of somebody else. Those that are missing or empty are the validator's to name, as every field is."""
    from_peer = _names(message, tags.SENDER_COMP_ID, config.on_wire.target_comp_id)
    if from_peer and _names(message, tags.TARGET_COMP_ID, config.on_wire.sender_comp_id):
        return None
    return Fault(tags.COMP_ID_PROBLEM, None, "CompID problem", True)


def _names(message: Message, tag: i64, comp_id: bytes) -> bool:
    return message.says(tag, comp_id) or not message.has_value(tag)


def latency_fault(message: Message, config: SessionConfig, now_ns: i64) -> Fault | None:
    """SendingTime(52) too far from our clock. One that is no time at all is the validator's to reject."""
    if not config.check_latency or not message.has(tags.SENDING_TIME):
        return None
    try:
        age: i64 = now_ns - message.get_utc(tags.SENDING_TIME)
    except FieldError:
        at = message.find(tags.SENDING_TIME)
        is_time = is_utc_timestamp(message.raw, message.starts[at], message.ends[at])
        return sending_time_problem() if is_time else None  # a year that 64 bits of nanoseconds don't reach
    return None if -config.max_latency_ns <= age <= config.max_latency_ns else sending_time_problem()


def arrival_fault(message: Message, config: SessionConfig, now_ns: i64) -> Fault | None:
    fault = identity_fault(message, config)
    return fault if fault is not None else latency_fault(message, config, now_ns)


def has_seq_num(message: Message) -> bool:
    return 1 <= message.seq_num <= MAX_SEQ_NUM


def poss_dup_fault(message: Message, config: SessionConfig) -> Fault | None:
    """A resent message says when it was first sent, and that was not after it was resent.

    SequenceReset is exempt: many engines leave OrigSendingTime(122) out of a gap fill, which has no original.
    """
    if message.msg_type == tags.SEQUENCE_RESET or not config.require_orig_sending_time:
        return None
    if not message.has(tags.ORIG_SENDING_TIME):
        return Fault(tags.REQUIRED_TAG_MISSING, tags.ORIG_SENDING_TIME, "Required tag missing", False)
    try:
        late = _sent_before_original(message)
    except FieldError as error:
        return Fault(error.reason, error.tag, str(error), False)
    return sending_time_problem() if late else None


def _sent_before_original(message: Message) -> bool:
    """Compared as finely as SendingTime(52) is told, which may be whole seconds."""
    whole_seconds = len(message.get(tags.SENDING_TIME)) == _SECONDS_LENGTH
    unit: i64 = NANOS_PER_SECOND if whole_seconds else 1
    return message.get_utc(tags.ORIG_SENDING_TIME) // unit > message.get_utc(tags.SENDING_TIME) // unit


def missing_comp_id(message: Message) -> int | None:
    """The CompID field that names nobody: no message is taken without it, whatever validation is switched off."""
    if not message.has_value(tags.SENDER_COMP_ID):
        return tags.SENDER_COMP_ID
    return None if message.has_value(tags.TARGET_COMP_ID) else tags.TARGET_COMP_ID
