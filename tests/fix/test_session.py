"""What a session promises its caller: order of outputs, bounds, the journal's part. The wire: transcripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.fix import outputs
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.logon import session_id_of
from kairos.fix.parser import parse
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import NANOS_PER_SECOND, SessionBounds, SessionConfig
from kairos.fix.session_state import TRANSITIONS, SessionEvent, SessionState, next_state
from kairos.fix.timers import NEVER
from kairos.fix.values import format_utc
from kairos.fix.writer import encode_frame

NOW = 1_790_000_000 * NANOS_PER_SECOND
ORDER = b"11=%d\x0121=1\x0138=1\x0140=1\x0154=1\x0155=2330\x0160=20260922-00:00:00\x01"
LOGON = b"98=0\x01108=30\x01"


def acceptor(next_in: int = 1, next_out: int = 1, max_queued_messages: int = 1024) -> Session:
    config = SessionConfig(
        "FIX.4.4", "KAIROS", "CLIENT1", bounds=SessionBounds(max_queued_messages=max_queued_messages)
    )
    return Session(config, load_dictionary("FIX.4.4"), next_in, next_out)


def from_peer(msg_type: str, seq: int, body: bytes = b"", dup: bool = False) -> bytes:
    sent = format_utc(NOW)
    orig = sent if dup else b""
    return encode_frame("FIX.4.4", msg_type, seq, "CLIENT1", "KAIROS", sent, body, poss_dup=dup, orig_sending_time=orig)


def logged_on(max_queued_messages: int = 1024) -> Session:
    session = acceptor(max_queued_messages=max_queued_messages)
    session.connected(NOW)
    session.receive(from_peer("A", 1, LOGON), NOW)
    session.drain()
    return session


def kinds(session: Session) -> list[str]:
    return [type(output).__name__ for output in session.drain()]


def delivered(session: Session) -> list[int]:
    return [int(output.message.seq_num) for output in session.drain() if isinstance(output, outputs.Deliver)]


def requests(session: Session) -> list[outputs.ResendNeeded]:
    return [output for output in session.drain() if isinstance(output, outputs.ResendNeeded)]


def test_outputs_come_in_the_order_of_their_effects() -> None:
    """A number is reported before its message; Logon leaves before anything that being logged on allows."""
    session = acceptor()
    session.connected(NOW)
    session.receive(from_peer("A", 1, LOGON), NOW)
    assert kinds(session) == ["Received", "Sent", "LoggedOn"]
    session.receive(from_peer("D", 2, ORDER % 2) + from_peer("0", 3, b"4999=x\x01") + from_peer("5", 4), NOW)
    assert kinds(session) == [
        *("Received", "Deliver"),
        *("Received", "Sent", "Refused"),
        *("Received", "Sent", "LoggedOut", "Disconnect"),
    ]


def test_the_end_of_a_session_is_told_once() -> None:
    """Whether the peer, a timer or the transport ends it, one LoggedOut answers one LoggedOn."""
    session = logged_on()
    session.disconnected(NOW)
    session.disconnected(NOW)
    assert kinds(session) == ["LoggedOut"]
    session.connected(NOW)
    session.disconnected(NOW)
    assert kinds(session) == []


def test_a_message_sent_while_away_belongs_to_no_transport() -> None:
    """It is numbered and resendable, and its frame is not for whatever transport comes next."""
    session = acceptor(next_out=8)
    assert session.send("8", b"37=1\x01", NOW) == 8
    session.connected(NOW)
    assert session.send("8", b"37=2\x01", NOW) == 9
    for output in session.drain():
        assert isinstance(output, outputs.Sent)
        assert (output.resendable, output.frame, output.connection) == (True, b"", outputs.NO_CONNECTION)
        assert not session.is_current(output.connection)


def test_an_answer_to_a_message_outlives_the_session() -> None:
    """The peer may log out in the same breath: the application's Reject is kept for when it comes back."""
    session = logged_on()
    session.receive(from_peer("D", 2, ORDER % 2) + from_peer("5", 3), NOW)
    (message,) = [output.message for output in session.drain() if isinstance(output, outputs.Deliver)]
    seq = session.reject(message, 5, 38, "OrderQty(38) is not a round lot", NOW)
    (sent,) = session.drain()
    assert isinstance(sent, outputs.Sent)
    assert (sent.seq, sent.msg_type, sent.resendable, sent.frame) == (seq, "3", True, b"")


def test_administrative_messages_are_not_the_callers() -> None:
    with pytest.raises(LocalError, match="administrative"):
        acceptor().send("5", b"", NOW)


def test_a_resend_stops_at_what_was_released() -> None:
    """A message that is numbered but not yet on the wire leaves as an original only (quickfix #268)."""
    session = logged_on()
    kept = [SentMessage(session.send("8", b"37=%d\x01" % n, NOW), "8", b"37=1\x01", format_utc(NOW)) for n in range(3)]
    session.receive(from_peer("2", 2, b"7=1\x0116=0\x01"), NOW)
    (request,) = requests(session)
    session.resend(request, kept, 2, NOW)
    frames = [output.frame for output in session.drain() if isinstance(output, outputs.Write)]
    assert [parse(frame).seq_num for frame in frames] == [1, 2]


def test_a_request_overtaken_by_a_reset_or_a_new_connection_is_not_answered() -> None:
    """Messages of an old epoch must not be resent in a new one."""
    kept = [SentMessage(2, "8", b"37=1\x01", format_utc(NOW))]
    reset = logged_on()
    reset.send("8", b"37=1\x01", NOW)
    reset.receive(from_peer("2", 2, b"7=1\x0116=0\x01") + from_peer("A", 1, LOGON + b"141=Y\x01"), NOW)
    (request,) = requests(reset)
    reset.resend(request, kept, 2, NOW)
    assert reset.drain() == []
    again = logged_on()
    again.receive(from_peer("2", 2, b"7=1\x0116=0\x01"), NOW)
    (request,) = requests(again)
    again.disconnected(NOW)
    again.connected(NOW)
    again.receive(from_peer("A", 3, LOGON), NOW)
    again.drain()
    again.resend(request, [], 1, NOW)
    assert again.drain() == []


def test_a_resend_beyond_what_was_sent_is_our_own_mistake() -> None:
    session = logged_on()
    session.receive(from_peer("2", 2, b"7=1\x0116=0\x01"), NOW)
    (request,) = requests(session)
    with pytest.raises(LocalError, match="1 was the last one sent"):
        session.resend(request, [], 2, NOW)


def test_a_reset_needs_a_session_that_is_disconnected() -> None:
    session = logged_on()
    with pytest.raises(LocalError, match="disconnect before a reset"):
        session.reset(NOW)
    session.disconnected(NOW)
    session.drain()
    session.reset(NOW)
    assert kinds(session) == ["SequenceReset"]
    assert (session.next_in, session.next_out) == (1, 1)
    session.reset(NOW)
    assert kinds(session) == []


def test_what_can_not_be_held_is_asked_for_again() -> None:
    """The bound on held messages loses none: each is delivered once, in order."""
    session = logged_on(max_queued_messages=2)
    for seq in (3, 4, 5, 6):
        session.receive(from_peer("D", seq, ORDER % seq), NOW)
    session.drain()
    session.receive(from_peer("D", 2, ORDER % 2, dup=True), NOW)
    assert delivered(session) == [2, 3, 4]
    session.receive(from_peer("D", 7, ORDER % 7), NOW)
    asked = [output.body for output in session.drain() if isinstance(output, outputs.Sent) and output.msg_type == "2"]
    assert asked == [b"7=5\x0116=0\x01"]
    for seq in (5, 6, 7):
        session.receive(from_peer("D", seq, ORDER % seq, dup=True), NOW)
    assert delivered(session) == [5, 6, 7]


def test_a_thousand_held_gap_fills_are_no_recursion() -> None:
    """Hostile or not, what is held unwinds in a loop."""
    session = logged_on()
    for seq in range(4, 1004):
        session.receive(from_peer("4", seq, b"36=%d\x01123=Y\x01" % (seq + 1)), NOW)
    session.receive(from_peer("4", 2, b"36=4\x01123=Y\x01"), NOW)
    assert session.next_in == 1004


def test_bytes_that_never_become_a_message_are_bounded() -> None:
    session = logged_on()
    session.receive(b"8=FIX.4.4\x019=200000\x01" + b"x" * 2_000_000, NOW)
    assert kinds(session) == ["LoggedOut", "Disconnect"]
    session.receive(from_peer("0", 2), NOW)
    assert session.drain() == []


def test_nothing_is_due_while_disconnected() -> None:
    session = acceptor()
    assert session.next_deadline_ns() == NEVER
    session.tick(NEVER)
    assert session.drain() == []


def test_each_pair_of_state_and_event_is_decided() -> None:
    """What the table does not know is refused; every state can be reached and left."""
    for state in SessionState:
        for event in SessionEvent:
            if (state, event) in TRANSITIONS:
                assert next_state(state, event) is TRANSITIONS[state, event]
            else:
                with pytest.raises(LocalError, match=state.value):
                    next_state(state, event)
    assert set(TRANSITIONS.values()) == set(SessionState) == {state for state, _ in TRANSITIONS}


def test_the_session_that_a_logon_is_for() -> None:
    """An acceptor finds the session by the names of the Logon, seen from our side."""
    assert session_id_of(parse(from_peer("A", 1, LOGON))) == acceptor().config.session_id == "FIX.4.4:KAIROS->CLIENT1"


@pytest.mark.parametrize(
    ("begin_string", "sender", "target", "heart_bt_int_s", "complaint"),
    [
        ("FIX.9.9", "A", "B", 30, "BeginString"),
        ("FIX.4.4", "", "B", 30, "SenderCompID"),
        ("FIX.4.4", "A", "", 30, "TargetCompID"),
        ("FIX.4.4", "A", "B", -1, "HeartBtInt"),
    ],
)
def test_a_configuration_that_can_not_work_is_refused(
    begin_string: str, sender: str, target: str, heart_bt_int_s: int, complaint: str
) -> None:
    with pytest.raises(LocalError, match=complaint):
        SessionConfig(begin_string, sender, target, heart_bt_int_s=heart_bt_int_s)
    with pytest.raises(LocalError, match="begin at 1"):
        acceptor(next_in=0)


FIELDS = st.lists(
    st.tuples(
        st.sampled_from([7, 16, 34, 36, 43, 52, 58, 98, 108, 112, 122, 123, 141, 999]),
        st.sampled_from([b"Y", b"N", b"0", b"1", b"2", b"7", b"-1", b"", b"x", b"9" * 18, b"9" * 40, format_utc(NOW)]),
    ),
    max_size=6,
)


@given(st.lists(st.tuples(st.sampled_from("012345A8Dj?"), st.integers(0, 6), FIELDS), max_size=12), st.booleans())
def test_no_message_makes_a_session_raise(messages: list[tuple[str, int, list[tuple[int, bytes]]]], dup: bool) -> None:
    """The worst that a peer can say is answered; numbers only grow, or begin anew in an epoch that is told."""
    session = logged_on()
    for msg_type, seq, fields in messages:
        body = b"".join(b"%d=%s\x01" % field for field in fields)
        before = session.next_in
        session.receive(from_peer(msg_type, seq, body, dup), NOW)
        told = kinds(session)
        assert session.next_in >= before or "SequenceReset" in told
        if session.next_in != before and "SequenceReset" not in told:
            assert "Received" in told


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_bytes_make_a_session_raise(pieces: list[bytes]) -> None:
    session = logged_on()
    for piece in pieces:
        session.receive(piece, NOW)
    session.receive(from_peer("0", 2), NOW)
    assert session.next_in in {2, 3}


@pytest.mark.parametrize("year", [b"1969", b"9999", b"0000"])
def test_a_sending_time_beyond_64_bits_is_not_accurate(year: bytes) -> None:
    """It is well formed, so that the validator has nothing against it; read as a number it would not fit."""
    session = logged_on()
    sent = year + b"1231-23:59:59"
    session.receive(encode_frame("FIX.4.4", "D", 2, "CLIENT1", "KAIROS", sent, ORDER % 2), NOW)
    refused = [output for output in session.drain() if isinstance(output, outputs.Refused)]
    assert [(output.reason, output.text) for output in refused] == [(10, "SendingTime accuracy problem")]
    assert session.state is SessionState.LOGOUT_SENT


@pytest.mark.parametrize(
    ("sender", "target", "field"), [("台", "B", r"SenderCompID\(49\)"), ("A", "台", r"TargetCompID\(56\)")]
)
def test_a_name_that_fix_cannot_carry_is_refused_at_once(sender: str, target: str, field: str) -> None:
    with pytest.raises(LocalError, match=field):
        SessionConfig("FIX.4.4", sender, target)
