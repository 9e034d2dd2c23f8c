"""Two sessions on a bad wire: whatever is cut, garbled, delayed or restarted, each order arrives once and in order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.fix import outputs
from kairos.fix.dictionary import load_dictionary
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import NANOS_PER_SECOND, SessionConfig
from kairos.fix.session_state import SessionState

START_NS = 1_790_000_000 * NANOS_PER_SECOND
ORDER = b"11=%d\x0121=1\x0138=1\x0140=1\x0154=1\x0155=2330\x0160=20260922-00:00:00\x01"


class Side:
    """A session with its caller: a journal that keeps only what was committed, and bytes on their way to the peer."""

    def __init__(self, config: SessionConfig) -> None:
        self._config = config
        self._kept: dict[int, SentMessage] = {}
        self._next_in, self._next_out = 1, 1
        self.session = self._from_journal()
        self.sent: list[str] = []
        self.delivered: list[str] = []
        self.flying = b""
        self.wants_close = False
        self.lost_count = False
        self._written = 0

    def _from_journal(self) -> Session:
        return Session(self._config, load_dictionary("FIX.4.4"), self._next_in, self._next_out)

    def restart(self) -> None:
        """Killed: what was not committed never happened."""
        self.session = self._from_journal()

    def send(self, now_ns: int) -> None:
        self._written += 1
        self.session.send("D", ORDER % self._written, now_ns)

    def commit(self, now_ns: int) -> None:
        """Journal the open batch, then perform its effects."""
        batch = self.session.drain()
        for output in batch:
            self._journal(output)
        for output in batch:
            self._perform(output, now_ns)

    def _journal(self, output: outputs.Output) -> None:
        if isinstance(output, outputs.Received):
            self._next_in = int(output.next_in)
        elif isinstance(output, outputs.Sent):
            self._next_out = int(output.seq) + 1
            if output.resendable:
                self._kept[int(output.seq)] = SentMessage(output.seq, output.msg_type, output.body, output.sending_time)
                self.sent.append(output.body.decode())
        elif isinstance(output, outputs.Deliver):
            self.delivered.append("".join(_body_fields(output)))
        elif isinstance(output, outputs.SequenceReset):
            raise AssertionError("nobody asked for a reset")

    def _perform(self, output: outputs.Output, now_ns: int) -> None:
        if isinstance(output, outputs.Sent | outputs.Write) and self.session.is_current(output.connection):
            self.flying += output.frame
        elif isinstance(output, outputs.ResendNeeded):
            self.session.resend(output, list(self._kept.values()), self._next_out - 1, now_ns)
        elif isinstance(output, outputs.Disconnect) and self.session.is_current(output.connection):
            self.wants_close = True
            self.lost_count = self.lost_count or "too low" in output.reason


def _body_fields(output: outputs.Deliver) -> list[str]:
    message = output.message
    header_and_trailer = {8, 9, 10, 34, 35, 43, 49, 52, 56, 122}
    return [
        f"{message.tags[i]}={message.text_at(i)}\x01"
        for i in range(message.count())
        if message.tags[i] not in header_and_trailer
    ]


class Wire:
    """The two sides, the clock, and a transport that may be cut at any byte."""

    def __init__(self) -> None:
        self.now_ns = START_NS
        self.sides = (
            Side(SessionConfig("FIX.4.4", "LEFT", "RIGHT", initiator=True)),
            Side(SessionConfig("FIX.4.4", "RIGHT", "LEFT", max_queued_messages=3)),
        )

    def do(self, step: str, side: int, amount: int) -> None:
        self.now_ns += 1_000_000
        if step == "send":
            self.sides[side].send(self.now_ns)
        elif step == "commit":
            self.sides[side].commit(self.now_ns)
        elif step == "carry":
            self.carry(side, amount)
        elif step == "garble":
            self._garble(side, amount)
        elif step == "cut":
            self.cut()
        elif step == "restart":
            self.cut()
            self.sides[side].restart()
        elif step == "connect":
            self.connect()
        else:
            self.wait(amount * NANOS_PER_SECOND // 10)
        self._close_if_wanted()

    def connect(self) -> None:
        if all(side.session.state is SessionState.DISCONNECTED for side in self.sides):
            for side in self.sides:
                side.session.connected(self.now_ns)

    def cut(self) -> None:
        for side in self.sides:
            side.flying = b""
            side.wants_close = False
            side.session.disconnected(self.now_ns)

    def carry(self, sender: int, size: int) -> None:
        side, peer = self.sides[sender], self.sides[1 - sender]
        data, side.flying = side.flying[:size], side.flying[size:]
        peer.session.receive(data, self.now_ns)

    def wait(self, duration_ns: int) -> None:
        self.now_ns += duration_ns
        for side in self.sides:
            side.session.tick(self.now_ns)

    def settle(self) -> None:
        """A good wire for a while: enough for two gaps, a lost Logon and the timers that notice them."""
        for _ in range(120):
            self.connect()
            for index, side in enumerate(self.sides):
                side.commit(self.now_ns)
                self.carry(index, len(side.flying))
            self._close_if_wanted()
            self.wait(NANOS_PER_SECOND)

    def _garble(self, sender: int, amount: int) -> None:
        side = self.sides[sender]
        if side.flying:
            at = amount % len(side.flying)
            side.flying = side.flying[:at] + bytes([side.flying[at] ^ 1]) + side.flying[at + 1 :]

    def _close_if_wanted(self) -> None:
        if any(side.wants_close for side in self.sides):
            self.cut()


STEP_NAMES = [*["send"] * 3, *["commit"] * 2, *["carry"] * 2, "connect", "garble", "cut", "restart", "wait"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(STEP_NAMES),
        st.integers(0, 1),
        st.integers(1, 400),
    ),
    min_size=5,
    max_size=60,
)


@settings(max_examples=60)
@given(STEPS)
def test_every_order_arrives_once_and_in_order(steps: list[tuple[str, int, int]]) -> None:
    """What was committed is delivered exactly once, in order, both ways; and neither side ever loses count."""
    wire = Wire()
    wire.connect()
    for step, side, amount in steps:
        wire.do(step, side, amount)
    wire.settle()
    left, right = wire.sides
    assert right.delivered == left.sent
    assert left.delivered == right.sent
    assert not left.lost_count and not right.lost_count
