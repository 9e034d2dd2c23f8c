"""What every message of a session has around its body: version, names, times, and how far we have read the peer."""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter
from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.digits import put_int, width
from kairos.fix.session_config import SessionConfig
from kairos.fix.values import SOH, format_utc_to
from kairos.fix.writer import BodyWriter, check_body, encode_frame, put_text, trailer

_TYPE_AND_NUMBER: Final = len("35=") + len("|34=")


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
        self._unit_ns: Final[i64] = 10 ** (9 - config.fraction_digits)
        self._last_units: i64 = -1
        self._last_text: bytes = b""
        self._writer: Final = BytesWriter()  # of every plain message: a new one costs more than most that it writes
        sample = encode_frame(
            config.begin_string,
            tags.HEARTBEAT,
            1,
            config.sender_comp_id,
            config.target_comp_id,
            b"time",
            b"",
            extra_header=config.names_header,
        )
        names = sample.index(b"\x0149=")
        time = sample.index(b"\x0152=") + len(b"\x0152=")
        self._start: Final = sample[: sample.index(b"\x019=") + len(b"\x019=")]
        self._before_time: Final = sample[names:time]
        self._after_time: Final = sample[time + len(b"time") : sample.index(b"\x0110=") + 1]

    def sending_time(self, now_ns: i64) -> bytes:
        """SendingTime(52) in the session's precision; a burst has one, so that its text is kept."""
        units: i64 = now_ns // self._unit_ns
        if units != self._last_units:
            self._last_text = format_utc_to(now_ns, self._fraction_digits)
            self._last_units = units
        return self._last_text

    def original(
        self, msg_type: str, seq: i64, sending_time: bytes, body: bytes, poss_resend: bool, header: bytes
    ) -> bytes:
        """`header` is fields beyond those that every message has."""
        if not header and not poss_resend and not self._tells_processed:
            return self._plain(msg_type, seq, sending_time, body)
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

    def _plain(self, msg_type: str, seq: i64, sending_time: bytes, body: bytes) -> bytes:
        """Nearly every message: around its type, number and time all is the same for the life of the session."""
        check_body(msg_type, body)
        rest: i64 = len(self._before_time) + len(sending_time) + len(self._after_time) + len(body)
        w = self._writer
        w.truncate(0)
        w.write(self._start)
        put_int(w, len(msg_type) + _TYPE_AND_NUMBER + width(seq) + rest)
        w.append(SOH)
        put_text(w, tags.MSG_TYPE, msg_type)
        w.write(b"34=")
        put_int(w, seq)
        w.write(self._before_time)
        w.write(sending_time)
        w.write(self._after_time)
        w.write(body)
        w.write(trailer(w.getvalue()))
        return w.getvalue()

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
