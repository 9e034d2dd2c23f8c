"""Writes FIX bytes for tests, by other means than the code under test, and delivers them in three ways."""

from __future__ import annotations

from collections.abc import Callable

from kairos.fix.framing import FrameReader

Delivery = Callable[[bytes], list[bytes]]


def soh(text: str) -> bytes:
    """`|` becomes SOH."""
    return text.replace("|", "\x01").encode("iso-8859-1")


def closed(head_and_body: bytes) -> bytes:
    """With a true CheckSum(10)."""
    return head_and_body + b"10=%03d\x01" % (sum(head_and_body) % 256)


def frame(text: str, begin_string: str = "FIX.4.4") -> bytes:
    """The message whose fields from MsgType(35) on are `text`, with true BodyLength(9) and CheckSum(10)."""
    return framed(soh(text), begin_string)


def framed(body: bytes, begin_string: str = "FIX.4.4") -> bytes:
    """As `frame`, for bytes of any kind."""
    return closed(b"8=%s\x019=%d\x01" % (begin_string.encode(), len(body)) + body)


def frames_of(*chunks: bytes) -> list[bytes]:
    """What a reader cuts from chunks that come one after the other."""
    reader = FrameReader()
    found: list[bytes] = []
    for chunk in chunks:
        reader.feed(chunk)
        while (cut := reader.next()) is not None:
            found.append(cut)
    return found


def whole(data: bytes) -> list[bytes]:
    return frames_of(data)


def byte_by_byte(data: bytes) -> list[bytes]:
    return frames_of(*(data[i : i + 1] for i in range(len(data))))


def with_trailing_bytes(data: bytes) -> list[bytes]:
    return frames_of(data + b"8=FIX.4.4\x019=12")


DELIVERIES: list[Delivery] = [whole, byte_by_byte, with_trailing_bytes]
