"""The frame reader: the same frames however the bytes come, garbage skipped, memory bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import DELIVERIES, Delivery, byte_by_byte, frame, framed, frames_of, soh, whole, with_trailing_bytes

from kairos.fix.errors import GarbledError, RemoteError
from kairos.fix.framing import MAX_FRAME_BYTES, MAX_PENDING_BYTES, FrameReader
from kairos.fix.parser import parse

HEARTBEAT = frame("35=0|34=2|49=A|52=20261122-10:00:00|56=B|")
ORDER = frame("35=D|34=3|49=A|52=20261122-10:00:00|56=B|11=ID|58=8=FIX.4.4 9=5 10=000|")

three_ways = pytest.mark.parametrize("deliver", DELIVERIES)


@three_ways
def test_frames_come_out_as_they_went_in(deliver: Delivery) -> None:
    assert deliver(HEARTBEAT + ORDER + HEARTBEAT) == [HEARTBEAT, ORDER, HEARTBEAT]


@three_ways
def test_a_data_field_may_hold_what_looks_like_a_frame(deliver: Delivery) -> None:
    message = framed(b"35=B\x0195=%d\x0196=%s\x01" % (len(HEARTBEAT), HEARTBEAT))
    assert parse(message).bytes_at(4) == HEARTBEAT
    assert deliver(message + ORDER) == [message, ORDER]


@three_ways
@pytest.mark.parametrize(
    "garbage", [b"\r\n", b"35=0\x01", b"GET / HTTP/1.1\r\n\r\n", b"8=FI", b"8=8=FI\x00\xff", b"10=003\x01"]
)
def test_garbage_before_a_frame_is_skipped_and_counted(deliver: Delivery, garbage: bytes) -> None:
    assert deliver(garbage + ORDER) == [ORDER]
    reader = FrameReader()
    reader.feed(garbage + ORDER)
    assert reader.next() == ORDER
    assert reader.skipped_bytes == len(garbage)
    assert reader.pending() == 0


@three_ways
@pytest.mark.parametrize(
    "start",
    ["8=FIX.4.4|35=0|", "8=FIX.4.4|9=|", "8=FIX.4.4|9=-5|", "8=FIX.4.4|9=5x|", "8=FIX.4.4|9=999999|",
     "8=FIX.4.4|9=00000005|", "8=FIX.4.4.of.a.very.long.name|9=5|", "8=FIX.4.4|9 =5|"],
)  # fmt: skip
def test_a_start_without_a_usable_body_length_is_skipped(deliver: Delivery, start: str) -> None:
    assert deliver(soh(start) + ORDER) == [ORDER]


@three_ways
def test_a_body_length_that_is_too_short_makes_one_garbled_frame(deliver: Delivery) -> None:
    short = soh("8=FIX.4.4|9=30|") + ORDER[ORDER.index(b"35=") :]
    assert deliver(short + HEARTBEAT) == [short, HEARTBEAT]
    with pytest.raises(GarbledError):
        parse(short)


@three_ways
def test_a_body_length_that_is_too_long_swallows_the_next_message(deliver: Delivery) -> None:
    """As QuickFIX's definition 2m expects: both messages are one garbled frame, the third is read."""
    body = ORDER[ORDER.index(b"35=") :]
    long = b"8=FIX.4.4\x019=%d\x01" % (len(body) + 3) + body
    assert deliver(long + HEARTBEAT + ORDER) == [long + HEARTBEAT, ORDER]


@three_ways
def test_a_begin_string_that_nobody_speaks_is_still_a_frame(deliver: Delivery) -> None:
    """So that the session can answer it; definition 1d."""
    strange = frame("35=A|34=1|", begin_string="FIX.3.9")
    assert deliver(strange) == [strange]


@pytest.mark.parametrize("deliver", [whole, with_trailing_bytes])
def test_a_frame_of_the_largest_size_passes_and_one_byte_more_is_skipped(deliver: Delivery) -> None:
    overhead = len(frame("35=B|58=|")) + 5
    largest = frame(f"35=B|58={'x' * (MAX_FRAME_BYTES - overhead)}|")
    assert len(largest) == MAX_FRAME_BYTES
    assert deliver(largest + ORDER) == [largest, ORDER]
    larger = frame(f"35=B|58={'x' * (MAX_FRAME_BYTES - overhead + 1)}|")
    assert deliver(larger + ORDER) == [ORDER]


@three_ways
@pytest.mark.parametrize("trailer", ["10=1|", "10=12|", "10=|", "10=0000|", "10=a|0|", "10=12|x|"])
def test_a_checksum_of_another_size_ends_the_frame_all_the_same(deliver: Delivery, trailer: str) -> None:
    """It ends at the first SOH, as it does where BodyLength is not true."""
    cut = HEARTBEAT[:-7] + soh(trailer)[: soh(trailer).index(b"\x01") + 1]
    assert deliver(HEARTBEAT[:-7] + soh(trailer) + ORDER) == [cut, ORDER]


def test_bytes_beyond_the_bound_are_refused() -> None:
    reader = FrameReader()
    reader.feed(ORDER + bytes(MAX_PENDING_BYTES - len(ORDER)))
    with pytest.raises(RemoteError, match="pending"):
        reader.feed(b"8")
    assert reader.next() == ORDER
    reader.feed(b"8")


def test_a_start_that_never_ends_is_given_up() -> None:
    endless = soh("8=FIX.4.4|9=5|35=0|") + b"1" * MAX_FRAME_BYTES
    assert frames_of(endless, ORDER) == [ORDER]


@given(
    pieces=st.lists(st.sampled_from([HEARTBEAT, ORDER, b"8=", b"8=FIX", b"9=5\x01", b"\x01", b"10=", b"x"]), max_size=8)
)
def test_how_the_bytes_are_cut_makes_no_difference(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    assert byte_by_byte(data) == whole(data) == frames_of(*pieces)


@three_ways
@given(data=st.binary(max_size=200))
def test_any_bytes_are_frames_or_garbage(deliver: Delivery, data: bytes) -> None:
    for cut in deliver(data):
        assert cut.startswith(b"8=FIX")
        assert cut.endswith(b"\x01")


STARTS = [soh(start) for start in ("8=FIX|9=1|", "8=FIX.4.4|9=40|", "8=FIX.4.4|9=5|35=0|", "8=FIX|9=x|")]
PIECES = st.sampled_from([*STARTS, b"\x0110=000\x01", b"\x0110", b"=1\x01", HEARTBEAT, ORDER, b"junk"])


@given(st.lists(PIECES, max_size=30).map(b"".join), st.lists(st.integers(1, 40), min_size=1))
def test_what_was_searched_before_changes_no_frame(stream: bytes, cuts: list[int]) -> None:
    """A reader that sees the stream in pieces finds what new readers find, each in what the one before it left."""
    chunks: list[bytes] = []
    at = 0
    while at < len(stream):
        size = cuts[len(chunks) % len(cuts)]
        chunks.append(stream[at : at + size])
        at += size
    anew: list[bytes] = []
    left = stream
    while True:
        fresh = FrameReader()
        fresh.feed(left)
        frame_found = fresh.next()
        if frame_found is None:
            break
        anew.append(frame_found)
        left = left[len(left) - fresh.pending() :]
    assert frames_of(*chunks) == anew


def test_starts_that_lead_nowhere_are_each_looked_at_once() -> None:
    """26,000 of them, each naming a body that has ended: searched one by one to the end, this took two seconds a read
    of the socket. The last reading is an order that still counts."""
    reader = FrameReader()
    for _ in range(12):
        reader.feed(STARTS[0] * 26_000)
        assert reader.next() is None
        assert reader.pending() < 2 * MAX_FRAME_BYTES
    reader.feed(ORDER)
    found = reader.next()
    assert found is not None
    assert found.endswith(ORDER)
