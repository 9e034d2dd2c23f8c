"""Plays a transcript of FIX messages against one `Session`, without a socket, on a clock of its own.

A transcript has one step a line, `|` standing for SOH:

    # text                  a comment
    S name=value ...        settings of SessionConfig and SessionBounds, before the first step; also next_in, next_out;
                            begin_string for one version only, since=FIX.4.1 for that version and later ones
    i CONNECT               the transport is up            i DISCONNECT      the peer closes it
    i WAIT 6.5              seconds go by                  i LOGOUT text     we log out
    i SEND 35=8|37=1|       our application sends this
    i RESET                 we begin a new epoch in mid-session
    i NUMBERS 7 9           our operator sets the numbers expected next
    i KEEP_BACK             ResendRequests are not answered until
    i ANSWER 5              the one that waits is answered, up to number 5 (0: to its end)
    i REJECT 5 44 text      our application answers the last delivered message with Reject(3); `-` for no tag
    i BUSINESS_REJECT 3 text   the same with BusinessMessageReject(j)
    I35=0|34=2|             the peer sends this: CompIDs and SendingTime(52) are put in, so are 8, 9 and 10; a line
                            that begins with 8= keeps its header, and its 9 and 10 if it has them; any other goes out
                            as it is
    E35=0|34=2|             the peer gets this: fields in this order; 8, 9, 10, 49, 52 and 56 are checked and cut out
    A35=D|34=2|             our application is given a message with these fields
    R45=2|373=5|            a refusal is reported for MsgSeqNum 45 with reason 373 (371 where a tag is to blame)
    e DISCONNECT            we close the transport
    N in=5 out=3            the numbers expected next

Transcripts are written in FIX 4.4 and played in every version that has what they need; see `versions`.
`<TIME>` is the present time, `<TIME+9>` nine seconds later. Each I line is fed whole or byte by byte. What the session
does must be told completely: an output that the transcript does not expect is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.transcripts.versions import APPL_VER_ID, WRITTEN_IN, told_in

from kairos.fix import outputs
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import NANOS_PER_SECOND, SessionBounds, SessionConfig, TimePrecision
from kairos.fix.values import format_utc_to
from kairos.fix.versions import BEGIN_STRINGS, FIXT

START_NS = 1_790_000_000 * NANOS_PER_SECOND
OURS, THEIRS = "KAIROS", "CLIENT1"
BOUNDS = {"logon_timeout_s", "logout_timeout_s", "resend_timeout_s", "max_resend_attempts"}
HIDDEN = {8, 9, 10, 49, 52, 56}
TIME = re.compile(rb"<TIME([+-]\d+)?>")


class TranscriptError(AssertionError):
    """The session did not do what the transcript says."""


def fields_of(message: Message) -> list[tuple[int, str]]:
    return [(int(message.tags[i]), message.text_at(i)) for i in range(message.count())]


class Player:
    """A session with the small journal and the event list that a transcript is compared with."""

    def __init__(self, settings: dict[str, str], byte_by_byte: bool) -> None:
        numbers = {name: int(settings.pop(name, "1")) for name in ("next_in", "next_out")}
        begin_string = settings.pop("begin_string")
        appl_ver_id = APPL_VER_ID if begin_string == FIXT else ""
        values: dict[str, object] = {name: _setting(value) for name, value in settings.items()}
        bounds = {name: values.pop(name) for name in BOUNDS & values.keys()}
        values.update({"default_appl_ver_id": appl_ver_id, "bounds": SessionBounds(**bounds)})  # type: ignore[arg-type]
        self.config = SessionConfig(begin_string, OURS, THEIRS, **values)  # type: ignore[arg-type]
        dictionary = session_dictionary(begin_string, appl_ver_id)
        others = {"6": session_dictionary(FIXT, "6")} if begin_string == FIXT else {}
        self.session = Session(self.config, dictionary, **numbers, others=others)
        self.now_ns = START_NS
        self.events: list[str] = []
        self._kept: dict[int, SentMessage] = {}
        self._released = 0
        self._delivered: Message | None = None
        self._byte_by_byte = byte_by_byte
        self.keeps_back = False
        self._request: outputs.ResendNeeded | None = None

    def feed(self, data: bytes) -> None:
        pieces = [data[i : i + 1] for i in range(len(data))] if self._byte_by_byte else [data]
        for piece in pieces:
            self.session.receive(piece, self.now_ns)
            self.perform()

    def wait(self, seconds: float) -> None:
        end_ns = self.now_ns + round(seconds * NANOS_PER_SECOND)
        while self.session.next_deadline_ns() <= end_ns:
            self.now_ns = max(self.now_ns, self.session.next_deadline_ns())
            self.session.tick(self.now_ns)
            self.perform()
        self.now_ns = end_ns

    def answer(self, answer: Callable[[Message], object]) -> None:
        if self._delivered is None:
            raise TranscriptError("no message was delivered that could be answered")
        answer(self._delivered)

    def answer_request(self, piece_end: int) -> None:
        if self._request is None:
            raise TranscriptError("no ResendRequest waits for an answer")
        self._request = self.session.resend(
            self._request, self._kept.values(), self._released, self.now_ns, piece_end=piece_end
        )

    def perform(self) -> None:
        while batch := self.session.drain():
            for output in batch:
                self._perform(output)

    def _perform(self, output: outputs.Output) -> None:
        if isinstance(output, outputs.Sent):
            if output.resendable:
                self._kept[output.seq] = SentMessage(
                    output.seq, output.msg_type, output.body, output.sending_time, output.poss_resend, output.header
                )
            self._released = output.seq
            if self.session.is_current(output.connection):
                self.events.append(self._shown(output.frame))
        elif isinstance(output, outputs.Write):
            self.events.append(self._shown(output.frame))
        elif isinstance(output, outputs.SequenceReset):
            self._kept.clear()
            self._released = int(output.next_out) - 1
        elif isinstance(output, outputs.ResendNeeded):
            self._request = output
            if not self.keeps_back:
                self.answer_request(0)
        elif isinstance(output, outputs.Deliver):
            self._delivered = output.message
            self.events.append("A" + "".join(f"{tag}={value}|" for tag, value in fields_of(output.message)))
        elif isinstance(output, outputs.Refused):
            tag = "" if output.ref_tag is None else f"371={output.ref_tag}|"
            self.events.append(f"R45={output.message.seq_num}|{tag}373={output.reason}|")
        elif isinstance(output, outputs.Disconnect):
            self.events.append("e DISCONNECT")
            self.session.disconnected(self.now_ns)

    def _shown(self, frame: bytes) -> str:
        """A written frame as an E line: checked to be whole and from us to the peer, times set aside."""
        fields = fields_of(parse(frame))
        head = dict(fields)
        if (head[8], head[49], head[56]) != (self.config.begin_string, OURS, THEIRS):
            raise TranscriptError(f"wrong header: {frame!r}")
        if head[52].encode() != self._time(self.now_ns):
            raise TranscriptError(f"SendingTime(52) is not now: {frame!r}")
        shown = [(tag, "<TIME>" if tag == 122 else value) for tag, value in fields if tag not in HIDDEN]
        return "E" + "".join(f"{tag}={value}|" for tag, value in shown)

    def filled_in(self, text: str) -> bytes:
        """The bytes of an I line."""
        raw = text.encode("latin-1").replace(b"|", b"\x01")
        raw = TIME.sub(lambda found: self._time(self.now_ns + int(found[1] or b"0") * NANOS_PER_SECOND), raw)
        if raw.startswith(b"35="):
            head = re.match(rb"35=[^\x01]*\x01(34=[^\x01]*\x01)?(43=[^\x01]*\x01)?", raw)
            assert head is not None
            own = f"49={THEIRS}|52=|56={OURS}|".replace("|", "\x01").encode()
            raw = head[0] + own.replace(b"52=", b"52=" + self._time(self.now_ns)) + raw[head.end() :]
            raw = b"8=" + self.config.begin_string.encode() + b"\x01" + raw
        return _framed(raw) if raw.startswith(b"8=") else raw

    def _time(self, ns: int) -> bytes:
        return format_utc_to(ns, self.config.fraction_digits)


def _framed(raw: bytes) -> bytes:
    """Put BodyLength(9) and CheckSum(10) in unless the line has its own."""
    begin, rest = raw.split(b"\x01", 1)
    trailer = re.search(rb"10=[^\x01]*\x01$", rest)
    body = rest[: trailer.start()] if trailer else rest
    if not body.startswith(b"9="):
        body = b"9=%d\x01" % len(body) + body
    message = begin + b"\x01" + body
    return message + (trailer[0] if trailer else b"10=%03d\x01" % (sum(message) & 255))


def _setting(value: str) -> object:
    if value in {"Y", "N"}:
        return value == "Y"
    if value in TimePrecision.__members__:
        return TimePrecision[value]
    return int(value) if value.isdigit() else value


def _settings(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("S ")]
    return dict(word.split("=", 1) for line in lines for word in line[2:].split())


def versions_of(path: Path) -> list[str]:
    """The versions that a transcript can be played in."""
    settings = _settings(path)
    only, since = settings.get("begin_string", ""), settings.get("since", BEGIN_STRINGS[0])
    return [only] if only else list(BEGIN_STRINGS[BEGIN_STRINGS.index(since) :])


def play(path: Path, byte_by_byte: bool = False, begin_string: str = WRITTEN_IN) -> int:
    """Play a transcript; the number of steps, or TranscriptError with the first line that differs."""
    settings = {**_settings(path), "begin_string": begin_string}
    settings.pop("since", "")
    player = Player(settings, byte_by_byte)
    steps = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "S ")):
            continue
        try:
            _step(player, told_in(player.config.version, line) if line[0] in "IE" else line)
            steps += 1
        except TranscriptError as error:
            raise TranscriptError(f"{path.name}, line {number}: {line}\n  {error}") from None
    if player.events:
        raise TranscriptError(f"{path.name}: not expected at the end: {player.events}")
    return steps


def _step(player: Player, line: str) -> None:
    if line[0] in "EARe":
        _compare(player, line)
        return
    if line.startswith("N "):
        found = f"N in={player.session.next_in} out={player.session.next_out}"
        if found != line.rstrip():
            raise TranscriptError(f"the session has {found}")
        return
    if player.events:
        raise TranscriptError(f"not expected before this line: {player.events}")
    if line.startswith("I"):
        player.feed(player.filled_in(line[1:]))
    else:
        _direct(player, line)
    player.perform()


def _compare(player: Player, line: str) -> None:
    if not player.events:
        raise TranscriptError("nothing came")
    found = player.events.pop(0)
    same = found == line
    if line.startswith("A") and found.startswith("A"):
        same = all(f"|{field}|" in f"|{found[1:]}" for field in line[1:].strip("|").split("|"))
    if not same:
        raise TranscriptError(f"came: {found}")


def _direct(player: Player, line: str) -> None:
    """An `i` line: what the transport, the clock or our application does."""
    word, _, rest = line[1:].strip().partition(" ")
    if word == "CONNECT":
        player.session.connected(player.now_ns)
    elif word == "DISCONNECT":
        player.session.disconnected(player.now_ns)
    elif word == "WAIT":
        player.wait(float(rest))
    elif word == "LOGOUT":
        player.session.logout(rest, player.now_ns)
    elif word == "SEND":
        msg_type, _, body = rest.partition("|")
        player.session.send(msg_type[3:], body.encode().replace(b"|", b"\x01"), player.now_ns)
    elif word == "RESET":
        player.session.reset_by_logon(player.now_ns)
    elif word == "NUMBERS":
        next_in, next_out = rest.split()
        player.session.set_numbers(int(next_in), int(next_out), player.now_ns)
    elif word == "KEEP_BACK":
        player.keeps_back = True
    elif word == "ANSWER":
        player.answer_request(int(rest))
    elif word == "REJECT":
        reason, tag, text = rest.split(" ", 2)
        ref_tag = None if tag == "-" else int(tag)
        player.answer(lambda message: player.session.reject(message, int(reason), ref_tag, text, player.now_ns))
    elif word == "BUSINESS_REJECT":
        reason, text = rest.split(" ", 1)
        player.answer(lambda message: _business_reject(player, message, int(reason), text))
    else:
        raise TranscriptError(f"unknown step {word!r}")


def _business_reject(player: Player, message: Message, reason: int, text: str) -> None:
    player.session.business_reject(message, reason, text, player.now_ns)
