"""The echo application by itself, without a socket: what comes back, in which order, in every version."""

from __future__ import annotations

import pytest

from kairos.fix.envelope import Envelope
from kairos.fix.parser import parse
from kairos.fix.session_config import SessionConfig
from kairos.fix_tools.echo import SESSIONS, echo_lines
from kairos.fix_tools.memory_line import MemoryLine

NOW_NS = 1_790_000_000 * 10**9
ORDER = "11=A1|21=1|38=100|40=1|54=1|55=INTC|60=20260921-13:46:40|"


class Wire:
    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.frames.append(data)

    def close(self) -> None: ...


class Peer:
    """The other end of one echo session, logged on."""

    def __init__(self, begin_string: str, name: str, appl_ver_id: str = "") -> None:
        lines = echo_lines(lambda: NOW_NS)
        self.line: MemoryLine = lines[f"{begin_string}:ISLD->{name}"]
        config = SessionConfig(begin_string, name, "ISLD", default_appl_ver_id=appl_ver_id)
        self.envelope = Envelope(config)
        self.wire, self.seq = Wire(), 0
        self.line.attach(self.wire)
        version = f"1137={appl_ver_id}|" if appl_ver_id else ""
        assert self.send("A", f"98=0|108=30|{version}")[0].startswith("35=A|")

    def send(self, msg_type: str, body: str, poss_resend: bool = False, route: str = "") -> list[str]:
        """What came back: MsgType, header fields that are not the session's own, and body."""
        self.seq += 1
        at = len(self.wire.frames)
        time, data = self.envelope.sending_time(NOW_NS), body.replace("|", "\x01").encode()
        header = route.replace("|", "\x01").encode()
        self.line.received(self.envelope.original(msg_type, self.seq, time, data, poss_resend, header))
        return [self._shown(frame) for frame in self.wire.frames[at:]]

    def _shown(self, frame: bytes) -> str:
        message = parse(frame)
        pairs = [(int(message.tags[i]), message.text_at(i)) for i in range(message.count())]
        return "".join(f"{tag}={value}|" for tag, value in pairs if tag not in {8, 9, 10, 34, 49, 52, 56})


@pytest.mark.parametrize(("begin_string", "name", "appl_ver_id"), SESSIONS)
def test_an_order_comes_back_sorted_in_every_version(begin_string: str, name: str, appl_ver_id: str) -> None:
    peer = Peer(begin_string, name, appl_ver_id)
    order = ORDER if begin_string not in ("FIX.4.0", "FIX.4.1") else ORDER.replace("60=20260921-13:46:40|", "")
    shuffled = "|".join(reversed(order.strip("|").split("|"))) + "|"
    assert peer.send("D", shuffled) == [f"35=D|{order}"]


def test_a_group_stays_whole_behind_its_count() -> None:
    group = "453=2|448=X|447=D|452=1|448=Y|447=D|452=3|"
    assert Peer("FIX.4.4", "TW44").send("D", group + ORDER) == [f"35=D|{ORDER}{group}"]


def test_a_possible_repeat_is_echoed_once_until_the_peer_logs_out() -> None:
    peer = Peer("FIX.4.4", "TW44")
    assert peer.send("D", ORDER, poss_resend=True) == [f"35=D|97=Y|{ORDER}"]
    assert peer.send("D", ORDER, poss_resend=True) == []
    assert peer.send("D", ORDER) == [f"35=D|{ORDER}"]
    peer.send("5", "")
    peer.line.lost()
    peer.line.attach(peer.wire)
    peer.seq = 0
    peer.send("A", "98=0|108=30|")
    assert peer.send("D", ORDER, poss_resend=True) == [f"35=D|97=Y|{ORDER}"]


def test_who_it_is_for_comes_back_too() -> None:
    assert Peer("FIX.4.4", "TW44").send("D", ORDER, route="115=X|128=Y|") == [f"35=D|115=X|128=Y|{ORDER}"]


@pytest.mark.parametrize(
    ("begin_string", "name", "appl_ver_id", "answer"),
    [
        ("FIX.4.1", "TW41", "", "35=3|45=2|58=Unsupported message type|"),
        ("FIX.4.4", "TW44", "", "35=j|45=2|58=Unsupported Message Type|372=B|380=3|"),
        ("FIXT.1.1", "TW50SP2", "9", "35=j|45=2|58=Unsupported Message Type|372=B|380=3|1137=9|"),
    ],
)
def test_what_it_does_not_know_is_refused(begin_string: str, name: str, appl_ver_id: str, answer: str) -> None:
    assert Peer(begin_string, name, appl_ver_id).send("B", "148=News|33=1|58=text|") == [answer]


def test_a_resend_request_is_answered_from_memory() -> None:
    peer = Peer("FIX.4.4", "TW44")
    peer.send("D", ORDER)
    resent = peer.send("2", "7=1|16=0|")
    assert [each[:6] for each in resent] == ["35=4|4", "35=D|4"]
    assert "|43=Y|" in resent[1]
