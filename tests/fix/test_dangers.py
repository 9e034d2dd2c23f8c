"""What went wrong in other engines, each danger told in a sentence, with the report of those whom it hit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.transcripts.runner import Player

from kairos.fix import outputs
from kairos.fix.parser import parse
from kairos.fix.resend import SentMessage, resend_frames

ORDER = "11={}|21=1|55=2330|54=1|60=<TIME>|40=1|38=1|"
LOGON = "35=A|34={}|98=0|108=30|"


def session(**settings: str) -> Player:
    """An acceptor to which the peer has just logged on."""
    player = Player({"begin_string": "FIX.4.4", **settings}, byte_by_byte=False)
    log_on(player)
    return player


def log_on(player: Player, seq: int = 1) -> list[str]:
    player.session.connected(player.now_ns)
    return told(player, LOGON.format(seq))


def told(player: Player, line: str) -> list[str]:
    """What comes of a message from the peer."""
    player.feed(player.filled_in(line))
    events, player.events = player.events, []
    return events


def asked(player: Player, line: str) -> outputs.ResendNeeded:
    """The one ResendNeeded that comes of a message."""
    player.session.receive(player.filled_in(line), player.now_ns)
    (request,) = [output for output in player.session.drain() if isinstance(output, outputs.ResendNeeded)]
    return request


def written(player: Player) -> list[int]:
    """The numbers of the frames that were resent, gap fills aside."""
    frames = [output.frame for output in player.session.drain() if isinstance(output, outputs.Write)]
    return [int(message.seq_num) for message in map(parse, frames) if message.msg_type != "4"]


def kept(player: Player, *numbers: int) -> list[SentMessage]:
    return [SentMessage(seq, "8", b"37=%d\x01" % seq, b"20260922-00:00:00.000") for seq in numbers]


def send(player: Player, count: int) -> None:
    for _ in range(count):
        player.session.send("8", b"37=1\x01", player.now_ns)


def test_a_message_that_is_still_to_leave_is_not_also_resent() -> None:
    """quickfix #268: a broker sent the exchange the same order twice, once resent and once as the original."""
    player = session()
    send(player, 3)
    request = asked(player, "35=2|34=2|7=2|16=0|")
    player.session.resend(request, kept(player, 2, 3, 4), 3, player.now_ns)
    assert written(player) == [2, 3]


def test_a_message_that_leaves_between_two_pieces_is_not_also_resent() -> None:
    """quickfix #268, in a long answer: what was numbered after the request left as an original between the pieces."""
    player = session()
    send(player, 3)
    request = asked(player, "35=2|34=2|7=2|16=0|")
    rest = player.session.resend(request, kept(player, 2), 4, player.now_ns, piece_end=2)
    send(player, 2)
    assert rest is not None
    assert player.session.resend(rest, kept(player, 3, 4, 5, 6), 6, player.now_ns) is None
    assert written(player) == [2, 3, 4]


@given(st.integers(1, 12), st.integers(1, 30), st.sets(st.integers(1, 12)))
def test_the_last_gap_fill_never_bears_the_number_of_a_resent_message(begin: int, end: int, apps: set[int]) -> None:
    """quickfix #374: asked beyond its last message, an engine filled a gap under the number that it had just resent."""
    envelope = session().session._link.envelope
    expected = begin
    for frame in resend_frames(envelope, begin, end, kept(session(), *sorted(apps)), 12, 0):
        message = parse(frame)
        assert message.seq_num == expected
        expected = int(message.get_int(36)) if message.msg_type == "4" else expected + 1
    assert expected == max(begin, min(end, 12) + 1)


def test_a_logout_during_a_replay_leaves_the_expected_number() -> None:
    """quickfix #538: each Logout in a replay took one number too many, and the message of that number was lost."""
    player = session()
    told(player, "35=0|34=9|")
    told(player, "35=D|34=2|43=Y|122=<TIME>|" + ORDER.format("b"))
    assert told(player, "35=5|34=10|") == ["E35=5|34=3|", "e DISCONNECT"]
    assert player.session.next_in == 3
    assert "E35=2|34=5|7=3|16=0|" in log_on(player, 11)


def test_a_logout_and_its_answer_in_a_gap_lose_nothing() -> None:
    """quickfixn #896: the Logout that answers ours came beyond a gap, was counted, and a message was lost for ever."""
    player = session()
    player.session.logout("", player.now_ns)
    player.perform()
    told(player, "35=5|34=12|")
    assert player.session.next_in == 2


def test_a_possible_duplicate_that_was_never_seen_is_processed_once() -> None:
    """quickfix-j #1254: a message below the expected number was dropped, though that number had only been skipped."""
    player = session()
    told(player, "35=4|34=2|36=9|123=Y|")
    late = "35=D|34=5|43=Y|122=<TIME>|" + ORDER.format("e")
    assert [event[0] for event in told(player, late)] == ["A"]
    assert told(player, late) == []
    assert player.session.next_in == 9


def test_a_possible_duplicate_of_what_was_seen_is_not_processed_again() -> None:
    """The other side of quickfix-j #1254: an order that is resent must not be filled twice."""
    player = session()
    told(player, "35=D|34=2|" + ORDER.format("b"))
    assert told(player, "35=D|34=2|43=Y|122=<TIME>|" + ORDER.format("b")) == []


def test_a_gap_fill_up_to_what_is_held_takes_it_once() -> None:
    """quickfix #102: a fill up to and past a held Logon left the next held message too low, and the session was cut."""
    player = Player({"begin_string": "FIX.4.4", "next_in": "10"}, byte_by_byte=False)
    log_on(player, 100)
    told(player, "35=D|34=101|" + ORDER.format("x"))
    events = told(player, "35=4|34=10|43=Y|122=<TIME>|36=101|123=Y|")
    assert [event[:8] for event in events] == ["A8=FIX.4"]
    assert player.session.next_in == 102


def test_a_gap_fill_past_a_chunk_does_not_stop_the_asking() -> None:
    """quickfixn #309: a fill that reached beyond the chunk asked for made the engine forget the chunks after it."""
    player = session(resend_chunk="2")
    told(player, "35=0|34=20|")
    assert told(player, "35=4|34=2|43=Y|122=<TIME>|36=11|123=Y|") == ["E35=2|34=3|7=11|16=12|"]


def test_a_request_that_was_lost_with_its_connection_is_made_again() -> None:
    """quickfix-j #1114: the request was noted as sent though the line was down, so nothing was ever asked for again."""
    player = session()
    told(player, "35=0|34=5|")
    player.session.disconnected(player.now_ns)
    assert "E35=2|34=4|7=2|16=0|" in log_on(player, 6)


def test_a_request_for_each_live_message_does_not_multiply_the_answer() -> None:
    """An engine that asks again with each message beyond its gap would get the whole day resent each time."""
    player = session()
    send(player, 50)
    request = asked(player, "35=2|34=2|7=2|16=0|")
    rest = player.session.resend(request, [], 51, player.now_ns, piece_end=10)
    for seq in range(3, 30):
        told(player, f"35=2|34={seq}|7=2|16=0|")
    assert rest is not None
    assert player.session.resend(rest, [], 51, player.now_ns) is None
    assert not any(isinstance(output, outputs.ResendNeeded) for output in player.session.drain())


def test_two_sides_that_ask_each_other_both_get_their_answer() -> None:
    """Engines that hold a ResendRequest behind their own gap wait for each other until somebody pulls the plug."""
    player = session()
    player.session.send("8", b"37=1\x01", player.now_ns)
    told(player, "35=0|34=5|")
    assert [event[:5] for event in told(player, "35=2|34=6|7=2|16=2|")] == ["E35=8"]


def test_a_message_of_an_old_epoch_is_never_resent_in_a_new_one() -> None:
    """After a reset number 2 is another message: yesterday's fill under it would be booked today."""
    player = session()
    player.session.send("8", b"37=yesterday\x01", player.now_ns)
    told(player, LOGON.format(1) + "141=Y|")
    assert told(player, "35=2|34=2|7=1|16=0|") == ["E35=4|34=1|43=Y|122=<TIME>|36=2|123=Y|"]


def test_a_possible_duplicate_with_whole_seconds_is_not_from_the_future() -> None:
    """One told to the second was taken for sent before its original, told to the millisecond, and the line was cut."""
    player = session()
    player.now_ns += 900_000_000
    second, millisecond = b"52=20260921-14:13:20\x01", b"122=20260921-14:13:20.900\x01"
    frame = player.filled_in("8=FIX.4.4|35=0|34=2|43=Y|49=CLIENT1|@|56=KAIROS|")
    body = frame.split(b"\x01", 2)[2].rsplit(b"10=", 1)[0].replace(b"@\x01", second + millisecond)
    player.feed(player.filled_in("8=FIX.4.4|" + body.decode().replace("\x01", "|")))
    assert player.events == []
    assert player.session.next_in == 3
