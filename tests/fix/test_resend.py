"""The answer to a ResendRequest covers each number of the range exactly once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.fix.envelope import Envelope
from kairos.fix.errors import LocalError
from kairos.fix.parser import parse
from kairos.fix.resend import SentMessage, resend_frames
from kairos.fix.session_config import NANOS_PER_SECOND, SessionConfig

NOW = 1_790_000_000 * NANOS_PER_SECOND
ENVELOPE = Envelope(SessionConfig("FIX.4.2", "KAIROS", "CLIENT1"))
FIRST_SENT = b"20260921-13:33:20.000"


def kept(*numbers: int) -> list[SentMessage]:
    return [SentMessage(seq, "8", b"37=%d\x01" % seq, FIRST_SENT, poss_resend=seq % 2 == 0) for seq in numbers]


def test_the_frames_of_an_answer() -> None:
    """Bytes in full: a duplicate keeps its first SendingTime, PossResend and body; a gap fill is its own original."""
    frames = resend_frames(ENVELOPE, 2, 0, kept(4), 5, NOW)
    shown = [frame.replace(b"\x01", b"|").decode() for frame in frames]
    assert shown == [
        "8=FIX.4.2|9=98|35=4|34=2|43=Y|49=KAIROS|52=20260921-14:13:20.000|56=CLIENT1|122=20260921-14:13:20.000|36=4|"
        f"123=Y|10={shown[0][-4:]}",
        "8=FIX.4.2|9=97|35=8|34=4|43=Y|49=KAIROS|52=20260921-14:13:20.000|56=CLIENT1|97=Y|122=20260921-13:33:20.000|"
        f"37=4|10={shown[1][-4:]}",
        "8=FIX.4.2|9=98|35=4|34=5|43=Y|49=KAIROS|52=20260921-14:13:20.000|56=CLIENT1|122=20260921-14:13:20.000|36=6|"
        f"123=Y|10={shown[2][-4:]}",
    ]


@given(st.sets(st.integers(1, 30)), st.integers(1, 35), st.one_of(st.just(0), st.integers(1, 40)), st.integers(0, 30))
def test_every_number_of_the_range_is_covered_once(numbers: set[int], begin: int, end: int, through: int) -> None:
    """A peer that follows the answer arrives just past the range, having been given what is kept in it and no more."""
    last = through if end == 0 else min(end, through)
    expected = begin
    given_again = []
    for frame in resend_frames(ENVELOPE, begin, end, kept(*sorted(numbers)), through, NOW):
        message = parse(frame)
        assert message.seq_num == expected
        if message.msg_type == "4":
            expected = message.get_int(36)
            assert expected > message.seq_num
        else:
            given_again.append(expected)
            expected += 1
    assert expected == max(begin, last + 1)
    assert given_again == sorted(n for n in numbers if begin <= n <= last)


@given(st.sets(st.integers(1, 20)), st.integers(1, 20))
def test_adjoining_pieces_are_as_good_as_one(numbers: set[int], middle: int) -> None:
    """A long answer may be given in pieces: the peer arrives at the same number with the same messages."""
    whole = kept(*sorted(numbers))
    pieces = resend_frames(ENVELOPE, 1, middle, whole, 20, NOW) + resend_frames(ENVELOPE, middle + 1, 0, whole, 20, NOW)
    resent = [frame for frame in pieces if parse(frame).msg_type == "8"]
    assert resent == [frame for frame in resend_frames(ENVELOPE, 1, 0, whole, 20, NOW) if parse(frame).msg_type == "8"]
    last = parse(pieces[-1])
    assert (last.get_int(36) if last.msg_type == "4" else last.seq_num + 1) == 21


def test_kept_messages_out_of_order_are_our_own_mistake() -> None:
    with pytest.raises(LocalError, match="must ascend"):
        resend_frames(ENVELOPE, 1, 0, kept(3, 2), 5, NOW)
