"""Answers a ResendRequest(2): kept messages go out again, and every other number is passed over by a gap fill.

A run of administrative or missing numbers becomes one SequenceReset in gap-fill mode. The answer never reaches beyond
`through_seq`, the last number already released to the wire: what is numbered but not released yet leaves soon as an
original, and must not also go out as a duplicate.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.fix import admin, tags
from kairos.fix.envelope import Envelope
from kairos.fix.errors import LocalError


@mypyc_attr(acyclic=True)
class SentMessage:
    """What the caller keeps of a resendable `Sent`."""

    __slots__ = ("body", "header", "msg_type", "poss_resend", "sending_time", "seq")

    def __init__(
        self,
        seq: i64,
        msg_type: str,
        body: bytes,
        sending_time: bytes,
        poss_resend: bool = False,
        header: bytes = b"",
    ) -> None:
        self.seq: Final = seq
        self.msg_type: Final = msg_type
        self.body: Final = body
        self.sending_time: Final = sending_time
        self.poss_resend: Final = poss_resend
        self.header: Final = header


def resend_frames(
    envelope: Envelope, begin: i64, end: i64, kept: Iterable[SentMessage], through_seq: i64, now_ns: i64
) -> list[bytes]:
    """Frames that take the peer from `begin` to just past `end` (0, or beyond what exists: `through_seq`).

    `kept` ascends by number; what lies outside the range is left out.
    """
    last = end if 0 < end < through_seq else through_seq
    sending_time = envelope.sending_time(now_ns)
    frames: list[bytes] = []
    next_seq = begin
    previous: i64 = 0
    for message in kept:
        if message.seq <= previous:
            raise LocalError(f"kept messages must ascend: MsgSeqNum(34) {message.seq} follows {previous}")
        previous = message.seq
        if not next_seq <= message.seq <= last:
            continue
        if message.seq > next_seq:
            frames.append(_gap_fill(envelope, next_seq, message.seq, sending_time))
        frames.append(_duplicate(envelope, message, sending_time))
        next_seq = message.seq + 1
    if next_seq <= last:
        frames.append(_gap_fill(envelope, next_seq, last + 1, sending_time))
    return frames


def _duplicate(envelope: Envelope, message: SentMessage, sending_time: bytes) -> bytes:
    return envelope.duplicate(
        message.msg_type,
        message.seq,
        sending_time,
        message.body,
        message.sending_time,
        message.poss_resend,
        message.header,
    )


def _gap_fill(envelope: Envelope, seq: i64, new_seq_no: i64, sending_time: bytes) -> bytes:
    """A gap fill has no original: its OrigSendingTime(122) is its own SendingTime(52)."""
    return envelope.duplicate(tags.SEQUENCE_RESET, seq, sending_time, admin.gap_fill_body(new_seq_no), sending_time)
