"""Two sessions on a bad wire: whatever is cut, garbled, delayed or restarted, each order arrives once and in order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.fix import outputs
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import NANOS_PER_SECOND, SessionBounds, SessionConfig
from kairos.fix.session_state import SessionState
from kairos.fix.versions import BEGIN_STRINGS, FIXT, protocol_version

START_NS = 1_790_000_000 * NANOS_PER_SECOND
ORDER = b"11=%d\x0121=1\x0138=1\x0140=1\x0154=1\x0155=2330\x01"
TRANSACT_TIME = b"60=20260922-00:00:00\x01"
"""Required from FIX 4.2 on, unknown before."""


class Side:
    """A session with its caller: a journal that keeps only what was committed, and bytes on their way to the peer.

    `piece`: how many numbers of an answer to a ResendRequest leave with one commit; 0: all.
    """

    def __init__(self, config: SessionConfig, piece: int) -> None:
        self._config = config
        self._piece = piece
        self._rest: outputs.ResendNeeded | None = None
        self._dictionary = session_dictionary(config.begin_string, config.default_appl_ver_id)
        self._order = ORDER + (TRANSACT_TIME if config.version.has_reject_reasons else b"")
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
        return Session(self._config, self._dictionary, self._next_in, self._next_out)

    def restart(self) -> None:
        """Killed: what was not committed never happened."""
        self.session = self._from_journal()
        self._rest = None

    def send(self, now_ns: int) -> None:
        self._written += 1
        self.session.send("D", self._order % self._written, now_ns)

    def commit(self, now_ns: int) -> None:
        """Journal the open batch, then perform its effects."""
        batch = self.session.drain()
        for output in batch:
            self._journal(output)
        for output in batch:
            self._perform(output, now_ns)
        self._answer(now_ns)

    def _answer(self, now_ns: int) -> None:
        request = self._rest
        if request is not None:
            end = int(request.begin) + self._piece - 1 if self._piece else 0
            kept = [sent for sent in self._kept.values() if not end or sent.seq <= end]
            self._rest = self.session.resend(request, kept, self._next_out - 1, now_ns, piece_end=end)

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
            self._next_in, self._next_out = int(output.next_in), int(output.next_out)
            self._kept.clear()

    def _perform(self, output: outputs.Output, now_ns: int) -> None:
        if isinstance(output, outputs.Sent | outputs.Write) and self.session.is_current(output.connection):
            self.flying += output.frame
        elif isinstance(output, outputs.ResendNeeded):
            self._rest = output
        elif isinstance(output, outputs.Disconnect) and self.session.is_current(output.connection):
            self.wants_close = True
            self.lost_count = self.lost_count or "too low" in output.reason


def _body_fields(output: outputs.Deliver) -> list[str]:
    message = output.message
    header_and_trailer = {8, 9, 10, 34, 35, 43, 49, 52, 56, 122, 369}
    return [
        f"{message.tags[i]}={message.text_at(i)}\x01"
        for i in range(message.count())
        if message.tags[i] not in header_and_trailer
    ]


class Agreement:
    """What a side may do as it likes: it need not be the same on both."""

    def __init__(self, chunk: int, piece: int, next_expected: bool, last_processed: bool) -> None:
        self._chunk = chunk
        self._piece = piece
        self._next_expected = next_expected
        self._last_processed = last_processed

    def side(self, begin_string: str, ours: str, theirs: str, initiator: bool, max_queued_messages: int) -> Side:
        version = protocol_version(begin_string)
        config = SessionConfig(
            begin_string,
            ours,
            theirs,
            initiator=initiator,
            bounds=SessionBounds(max_queued_messages=max_queued_messages),
            resend_chunk=self._chunk,
            send_next_expected=self._next_expected and version.has_next_expected,
            send_last_processed=self._last_processed and version.has_last_processed,
            default_appl_ver_id="9" if begin_string == FIXT else "",
        )
        return Side(config, self._piece)


class Wire:
    """The two sides, the clock, and a transport that may be cut at any byte."""

    def __init__(self, left: Agreement, right: Agreement, begin_string: str) -> None:
        self.now_ns = START_NS
        self.sides = (
            left.side(begin_string, "LEFT", "RIGHT", initiator=True, max_queued_messages=1024),
            right.side(begin_string, "RIGHT", "LEFT", initiator=False, max_queued_messages=3),
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
        elif step == "reset":
            self.reset(side)
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

    def reset(self, side: int) -> None:
        """In mid-session, in a quiet moment: all that was sent has been delivered."""
        self.settle()
        try:
            self.sides[side].session.reset_by_logon(self.now_ns)
        except LocalError:
            assert self.sides[side].session.config.begin_string == "FIX.4.0"
        self.settle()

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


STEP_NAMES = [*["send"] * 6, *["commit"] * 4, *["carry"] * 4, *["connect", "garble", "cut", "restart", "wait"] * 2]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(STEP_NAMES),
        st.integers(0, 1),
        st.integers(1, 400),
    ),
    min_size=5,
    max_size=60,
)


AGREEMENTS = st.builds(Agreement, st.sampled_from([0, 1, 3]), st.sampled_from([0, 2]), st.booleans(), st.booleans())


@settings(max_examples=90)
@given(STEPS, AGREEMENTS, AGREEMENTS, st.sampled_from(BEGIN_STRINGS))
def test_every_order_arrives_once_and_in_order(
    steps: list[tuple[str, int, int]], left: Agreement, right: Agreement, begin_string: str
) -> None:
    """What was committed is delivered exactly once, in order, both ways; and neither side ever loses count."""
    wire = Wire(left, right, begin_string)
    wire.connect()
    for step, side, amount in steps:
        wire.do(step, side, amount)
    wire.settle()
    _check(wire)


@settings(max_examples=20)
@given(STEPS, STEPS, st.integers(0, 1), AGREEMENTS, AGREEMENTS, st.sampled_from(BEGIN_STRINGS))
def test_a_reset_in_mid_session_loses_nothing(
    before: list[tuple[str, int, int]],
    after: list[tuple[str, int, int]],
    side: int,
    left: Agreement,
    right: Agreement,
    begin_string: str,
) -> None:
    """Whoever begins it, both sides go on in the same epoch, and what follows is as safe as what was before."""
    wire = Wire(left, right, begin_string)
    wire.connect()
    for step in [*before, ("reset", side, 1), *after]:
        wire.do(*step)
    wire.settle()
    _check(wire)


def _check(wire: Wire) -> None:
    left, right = wire.sides
    assert right.delivered == left.sent
    assert left.delivered == right.sent
    assert not left.lost_count and not right.lost_count
