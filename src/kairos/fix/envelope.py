"""What every message of a session has around its body: version, names, times, and how far we have read the peer."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.session_config import SessionConfig
from kairos.fix.values import format_utc_to
from kairos.fix.writer import BodyWriter, encode_frame


class Envelope:
    """`last_processed` is the last inbound MsgSeqNum(34) that is done with."""

    def __init__(self, config: SessionConfig) -> None:
        self._begin_string: Final = config.begin_string
        self._sender: Final = config.sender_comp_id
        self._target: Final = config.target_comp_id
        self._names: Final = config.names_header
        self._fraction_digits: Final[i64] = config.fraction_digits
        self._tells_processed: Final = config.send_last_processed
        self.last_processed: i64 = 0

    def sending_time(self, now_ns: i64) -> bytes:
        """SendingTime(52) in the session's precision."""
        return format_utc_to(now_ns, self._fraction_digits)

    def original(
        self, msg_type: str, seq: i64, sending_time: bytes, body: bytes, poss_resend: bool, header: bytes
    ) -> bytes:
        """`header` is fields beyond those that every message has."""
        return encode_frame(
            self._begin_string,
            msg_type,
            seq,
            self._sender,
            self._target,
            sending_time,
            body,
            poss_resend=poss_resend,
            extra_header=self._header(header),
        )

    def duplicate(
        self,
        msg_type: str,
        seq: i64,
        sending_time: bytes,
        body: bytes,
        orig_sending_time: bytes,
        poss_resend: bool = False,
        header: bytes = b"",
    ) -> bytes:
        """The same message again, with PossDupFlag(43)."""
        return encode_frame(
            self._begin_string,
            msg_type,
            seq,
            self._sender,
            self._target,
            sending_time,
            body,
            poss_dup=True,
            orig_sending_time=orig_sending_time,
            poss_resend=poss_resend,
            extra_header=self._header(header),
        )

    def _header(self, header: bytes) -> bytes:
        fields = self._names + header
        if self._tells_processed:
            processed = BodyWriter()
            processed.put_int(tags.LAST_MSG_SEQ_NUM_PROCESSED, self.last_processed)
            fields += processed.body()
        return fields
