"""FIX on the wire in a few lines, so that the judge shares no code with what it judges."""

from __future__ import annotations

import time
from collections.abc import Iterator

SOH = b"\x01"
TRAILER_BYTES = len(b"10=000\x01")

Fields = dict[int, str]
"""By tag; no message of the campaign has a repeating group."""


def encode(begin_string: str, msg_type: str, seq: int, sender: str, target: str, fields: Fields) -> bytes:
    """One message; PossDupFlag(43), PossResend(97) and OrigSendingTime(122) among `fields` go into its header."""
    header = {35: msg_type, 34: str(seq), 49: sender, 56: target, 52: utc_now()}
    header |= {tag: fields[tag] for tag in (43, 97, 122) if tag in fields}
    pairs = header | {tag: value for tag, value in fields.items() if tag not in header}
    body = b"".join(b"%d=%s\x01" % (tag, value.encode()) for tag, value in pairs.items())
    head = b"8=%s\x019=%d\x01" % (begin_string.encode(), len(body))
    return b"%s%s10=%03d\x01" % (head, body, sum(head + body) % 256)


def decode(frame: bytes) -> Fields:
    """The fields of a whole frame; raises `ValueError` when BodyLength(9) or CheckSum(10) is wrong."""
    pairs = [pair.split(b"=", 1) for pair in frame.split(SOH)[:-1]]
    fields = {int(tag): value.decode("latin-1") for tag, value in pairs}
    begins = frame.index(SOH, frame.index(b"\x019=") + 1) + 1
    if int(fields[9]) != len(frame) - begins - TRAILER_BYTES or int(fields[10]) != sum(frame[:-TRAILER_BYTES]) % 256:
        raise ValueError(f"BodyLength(9) or CheckSum(10) is wrong: {frame!r}")
    return fields


class Framer:
    """Cuts a stream into frames."""

    def __init__(self) -> None:
        self._bytes = b""

    def frames(self, data: bytes) -> Iterator[bytes]:
        self._bytes += data
        while (end := self._bytes.find(b"\x0110=")) >= 0 and len(self._bytes) >= end + 1 + TRAILER_BYTES:
            cut = end + 1 + TRAILER_BYTES
            frame, self._bytes = self._bytes[:cut], self._bytes[cut:]
            yield frame


def utc_now() -> str:
    seconds = time.time()
    return time.strftime("%Y%m%d-%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03d}"
