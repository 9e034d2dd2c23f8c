"""A session, acceptor or initiator of any version, against a peer, a network, a clock and an operator gone mad.

Claim: whatever bytes come, in whatever pieces, between whatever ticks, sends, answers, resets and cuts, nothing is
raised but LocalError where an operator asks for what can't be. Within an epoch the expected number never goes back,
each number is delivered at most once, and outbound numbers count on by one. What is delivered is valid; what is
written, our own parser and validator take. What is held is bounded.
"""

from __future__ import annotations

from typing import Final

from tests.fuzz.choices import Choices
from tests.fuzz.codec import VERSIONS
from tests.fuzz.messages import SOH, body_of, framed

from kairos.fix import outputs
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.framing import MAX_PENDING_BYTES
from kairos.fix.parser import parse
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import NANOS_PER_SECOND, SessionBounds, SessionConfig
from kairos.fix.session_state import SessionState
from kairos.fix.validate import validate
from kairos.fix.values import format_utc
from kairos.fix.versions import FIXT, protocol_version

START_NS: Final = 1_795_000_000 * NANOS_PER_SECOND
MAX_STEPS: Final = 150
MAX_HELD: Final = 8
MAX_OUTPUTS_A_STEP: Final = 2_000
ADMIN: Final = ("0", "1", "2", "3", "4", "5", "A")


def run(data: bytes) -> None:
    choices = Choices(data)
    _Play(choices).play()


class _Play:
    def __init__(self, choices: Choices) -> None:
        self._choices: Final = choices
        begin_string, appl_ver_id = choices.pick(VERSIONS)
        version = protocol_version(begin_string)
        self._dictionary: Final = session_dictionary(begin_string, appl_ver_id)
        self._types: Final = self._dictionary.message_types()
        self._config: Final = SessionConfig(
            begin_string,
            "US",
            "THEM",
            initiator=choices.one_in(3),
            heart_bt_int_s=choices.pick((30, 0, 1)),
            reset_on_logon=choices.one_in(5) and version.has_reset_flag,
            reset_on_logout=choices.one_in(6),
            reset_on_disconnect=choices.one_in(6),
            bounds=SessionBounds(max_queued_messages=MAX_HELD),
            default_appl_ver_id=appl_ver_id,
            send_last_processed=choices.one_in(4) and version.has_last_processed,
            send_next_expected=choices.one_in(4) and version.has_next_expected,
            resend_chunk=choices.pick((0, 0, 1, 3)),
        )
        self._session: Final = Session(self._config, self._dictionary, choices.number(1, 3), choices.number(1, 3))
        self._now_ns = START_NS
        self._journaled_out = int(self._session.next_out) - 1
        self._next_in = int(self._session.next_in)
        self._kept: dict[int, SentMessage] = {}
        self._delivered: set[int] = set()
        self._delivered_before: set[int] = set()
        self._half_reset = False
        self._last: list[outputs.Deliver] = []
        self._unanswered: list[outputs.ResendNeeded] = []

    def play(self) -> None:
        self._log_on()
        for _ in range(MAX_STEPS):
            if not self._choices.more():
                break
            self._now_ns += self._choices.pick((0, 1_000_000, NANOS_PER_SECOND))
            self._step()
            self._commit()
            self._check_bounds()

    def _log_on(self) -> None:
        """Most plays begin with a proper Logon, so that they get deep."""
        if self._choices.one_in(8):
            return
        self._session.connected(self._now_ns)
        self._commit()
        logon = [b"98=0", b"108=30"]
        if self._config.begin_string == FIXT:
            logon.append(b"1137=%b" % self._config.default_appl_ver_id.encode())
        self._receive(self._frame("A", logon, int(self._session.next_in)))
        self._commit()

    def _step(self) -> None:
        choices = self._choices
        step = choices.number(0, 31)
        if step > 13:
            self._receive(self._any_message())
        elif step <= 5:
            self._session.send("D", b"11=A%d\x01" % choices.byte(), self._now_ns, choices.one_in(5))
        elif step <= 8:
            self._answer()
        elif step == 9:
            self._tick(choices.pick((1, 6, 16, 31, 40, 100, 100_000)))
        elif step == 10:
            self._receive(choices.bytes(60))
        elif step == 11:
            self._session.disconnected(self._now_ns)
            self._commit()
            if not choices.one_in(4):
                self._log_on()
        else:
            self._operate()

    def _tick(self, seconds: int) -> None:
        self._now_ns += seconds * NANOS_PER_SECOND
        self._session.tick(self._now_ns)
        assert self._session.next_deadline_ns() > 0

    def _operate(self) -> None:
        """What an operator or the application may ask for at any moment; LocalError says that it can't be."""
        session, choices = self._session, self._choices
        wish = choices.number(0, 8)
        try:
            if wish == 0:
                session.logout("good night", self._now_ns)
            elif wish == 1:
                session.reset(self._now_ns)
            elif wish == 2:
                session.reset_by_logon(self._now_ns)
                self._half_reset = True
            elif wish == 3:
                session.test("ping", self._now_ns)
            elif wish == 4:
                session.resend_unasked(choices.number(0, 9), choices.number(0, 9))
            elif wish == 5:
                session.set_numbers(choices.number(0, 9), choices.number(0, 9), self._now_ns)
            elif wish == 6 and self._last:
                session.reject(self._last[-1].message, choices.number(0, 11), choices.number(1, 60), "no", self._now_ns)
            elif wish == 7 and self._last:
                session.business_reject(self._last[-1].message, choices.number(0, 8), "no", self._now_ns, "A1")
            elif wish == 8:
                session.connected(self._now_ns)
        except LocalError:
            pass

    def _any_message(self) -> bytes:
        choices = self._choices
        msg_type = choices.pick(ADMIN) if choices.one_in(3) else choices.pick(self._types)
        expected = int(self._session.next_in)
        ahead = choices.pick((0,) * 20 + (1, 1, 2, 3, 12, -1, -expected))
        frame = self._frame(msg_type, body_of(choices, self._dictionary, msg_type), max(0, expected + ahead))
        if choices.one_in(20):
            at = choices.number(0, len(frame) - 1)
            frame = frame[:at] + choices.bytes(3) + frame[at + choices.number(0, 3) :]
        return frame

    def _frame(self, msg_type: str, body: list[bytes], seq: int) -> bytes:
        choices = self._choices
        time = format_utc(self._now_ns + choices.pick((0,) * 30 + (-500, 500)) * NANOS_PER_SECOND)
        names = choices.pick((b"49=THEM\x0156=US", *[b"49=THEM\x0156=US"] * 40, b"49=WHO\x0156=US", b"56=US"))
        head = [b"35=%b" % msg_type.encode(), names, b"34=%d" % seq, b"52=%b" % time]
        if choices.one_in(8):
            head += [b"43=Y", b"122=%b" % time]
        if msg_type == "4" and choices.one_in(2):
            body = [choices.pick((b"123=Y", b"123=N")), b"36=%d" % max(0, seq + choices.number(0, 9) - 2)]
        begin_string = choices.pick((self._config.begin_string, *[self._config.begin_string] * 30, "FIX.4.9"))
        return framed(begin_string.encode(), SOH.join([*head, *body]) + SOH)

    def _receive(self, frame: bytes) -> None:
        """Whole, or chopped into pieces."""
        size = self._choices.pick((len(frame) or 1, len(frame) or 1, 7, 1))
        for at in range(0, len(frame), size):
            self._session.receive(frame[at : at + size], self._now_ns)

    def _commit(self) -> None:
        batch = self._session.drain()
        assert len(batch) <= MAX_OUTPUTS_A_STEP
        for output in batch:
            self._judge(output)
        assert self._awaits_reset() or self._session.next_in == self._next_in
        assert self._session.next_out == self._journaled_out + 1
        for output in batch:
            if isinstance(output, outputs.Disconnect) and not self._choices.one_in(4):
                if self._session.is_current(output.connection):
                    self._session.disconnected(self._now_ns)
                    self._commit()
            elif isinstance(output, outputs.ResendNeeded):
                assert not self._still_asked(), "one request at a time"
                self._unanswered.append(output)

    def _judge(self, output: outputs.Output) -> None:
        if isinstance(output, outputs.Received):
            assert output.next_in > self._next_in
            self._next_in = int(output.next_in)
        elif isinstance(output, outputs.SequenceReset):
            self._next_in, self._journaled_out = int(output.next_in), int(output.next_out) - 1
            self._delivered_before, self._delivered = self._delivered, set()
            self._kept.clear()
        elif isinstance(output, outputs.Deliver):
            self._judge_delivery(output)
        elif isinstance(output, outputs.Sent):
            assert output.seq == self._journaled_out + 1
            self._journaled_out = int(output.seq)
            if output.resendable:
                self._kept[self._journaled_out] = SentMessage(
                    output.seq, output.msg_type, output.body, output.sending_time, output.poss_resend
                )
            self._judge_frame(output.frame)
        elif isinstance(output, outputs.Write):
            self._judge_frame(output.frame)

    def _judge_delivery(self, output: outputs.Deliver) -> None:
        message = output.message
        seq = int(message.seq_num)
        if self._half_reset and seq >= self._next_in:
            delivered = self._delivered_before
        else:
            assert 0 < seq < self._next_in, "delivered before its number was taken"
            delivered = self._delivered
        assert seq not in delivered, "delivered twice"
        delivered.add(seq)
        assert validate(message, self._dictionary, self._config.rules) is None
        self._last = [output]

    def _awaits_reset(self) -> bool:
        """Until the peer answers our Logon with ResetSeqNumFlag(141) it goes on in its old numbers."""
        self._half_reset = self._session._sequence.awaits_reset
        return self._half_reset

    def _judge_frame(self, frame: bytes) -> None:
        """Ours are sound; the application's own bodies are not judged here."""
        if frame:
            message = parse(frame)
            if message.msg_type not in ("D", "j"):
                violation = validate(message, self._dictionary, self._config.rules)
                assert violation is None, (violation.text, int(violation.ref_tag), frame)

    def _answer(self) -> None:
        """Answer the peer's ResendRequest, in one piece or several."""
        requests, self._unanswered = self._unanswered, []
        for request in requests:
            kept = [self._kept[seq] for seq in sorted(self._kept)]
            if self._choices.one_in(2):
                piece_end = int(request.begin) + self._choices.number(0, 3)
                kept = [message for message in kept if message.seq <= piece_end]
            else:
                piece_end = 0
            rest = self._session.resend(request, kept, self._journaled_out, self._now_ns, piece_end)
            if rest is not None:
                self._unanswered.append(rest)

    def _still_asked(self) -> bool:
        """Whether a request of this connection and epoch waits for its answer."""
        link = self._session._link
        self._unanswered = [
            request
            for request in self._unanswered
            if request.connection == link.connection and request.epoch == link.epoch and link.established
        ]
        return bool(self._unanswered)

    def _check_bounds(self) -> None:
        recovery = self._session._sequence.recovery
        assert len(recovery._held) <= MAX_HELD
        assert recovery._held_bytes == sum(len(message.raw) for message in recovery._held.values())
        assert self._session._frames.pending() <= MAX_PENDING_BYTES
        if self._session.state is SessionState.DISCONNECTED:
            assert not recovery._held
