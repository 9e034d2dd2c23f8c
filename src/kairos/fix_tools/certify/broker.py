"""The broker's end of the line: a session that keeps to the protocol, and a wire that can be told to be faulty.

Every message that comes is put into the inbox; the session answers by itself whatever the protocol asks for. What the
session has to do though no script asked (a Reject, a ResendRequest, a TestRequest into silence) is the client's fault,
and noted as such.
"""

from __future__ import annotations

import asyncio
import time
from enum import Enum

from kairos.fix import tags
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.errors import RemoteError
from kairos.fix.framing import FrameReader
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix_tools.certify.conduct import Conduct
from kairos.fix_tools.certify.wording import in_words, message_name
from kairos.fix_tools.memory_line import MemoryLine


class WireMode(Enum):
    GOOD = "good"
    LOSE = "what is sent is numbered and lost"
    GARBLE = "what is sent has a wrong CheckSum(10)"


class Wire:
    """What is written goes through it; `sent` is the last frame, `kinds` the MsgTypes since they were last taken."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.mode = WireMode.GOOD
        self.sent = b""
        self.kinds: list[str] = []

    def write(self, data: bytes) -> None:
        self.sent = data
        self.kinds.append(msg_type_of(data))
        if self.mode is WireMode.LOSE:
            return
        if self.mode is WireMode.GARBLE:
            data = data[:-4] + b"%03d\x01" % ((int(data[-4:-1]) + 1) % 256)
        self.transport.write(data)

    def close(self) -> None:
        self.transport.close()


def msg_type_of(frame: bytes) -> str:
    at = frame.index(b"\x0135=") + 4
    return frame[at : frame.index(b"\x01", at)].decode("ascii")


class Down:
    """In the inbox: the connection has ended."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


Arrival = Message | Down


class Broker:
    """One client's session, for a listener and for the steps of a script."""

    def __init__(self, config: SessionConfig) -> None:
        self.config = config
        self.dictionary = session_dictionary(config.begin_string, config.default_appl_ver_id)
        self.conduct = Conduct(self.dictionary)
        self.inbox: asyncio.Queue[Arrival] = asyncio.Queue()
        self.line = MemoryLine(Session(config, self.dictionary), self, time.time_ns)
        self.wire: Wire | None = None
        self.logged_on = False
        self.heart_bt_int_s = 0
        self.asked: set[str] = set()
        self.miss: str = ""
        self._frames = FrameReader()
        self._ended = ""

    # For the listener

    @property
    def connected(self) -> bool:
        return self.wire is not None

    def attach(self, transport: asyncio.Transport) -> None:
        self.wire = Wire(transport)
        self._frames = FrameReader()
        self._ended = "the client closed the connection"
        self.line.attach(self.wire)

    def received(self, data: bytes) -> None:
        """Frame by frame, so that the inbox has the order of the wire."""
        try:
            self._frames.feed(data)
        except RemoteError as error:
            self.conduct.add(str(error))
            return
        while (frame := self._frames.next()) is not None:
            self._take(frame)
        self._note_own_questions()

    def drained(self) -> None: ...

    def lost(self) -> None:
        self.line.lost()
        self.wire = None
        self.inbox.put_nowait(Down(self._ended))

    def tick(self) -> None:
        self.line.tick()
        self._note_own_questions()

    # For the line

    def on_message(self, line: MemoryLine, message: Message) -> None:
        self.conduct.judge(message)
        self.inbox.put_nowait(message)

    def on_refused(self, line: MemoryLine, message: Message, text: str) -> None:
        self.conduct.add(f"{in_words(message, self.dictionary)}: refused with Reject(3): {text}")

    def on_logged_on(self, line: MemoryLine) -> None:
        self.logged_on = True

    def on_logged_out(self, line: MemoryLine, reason: str) -> None:
        self.logged_on = False

    def on_disconnect(self, line: MemoryLine, reason: str) -> None:
        self._ended = reason

    # For the steps

    def drop(self) -> None:
        """Cut the connection without a word."""
        if self.wire is not None:
            self.wire.transport.abort()

    def test(self, test_req_id: str) -> None:
        self.asked.add(tags.TEST_REQUEST)
        self.line.test(test_req_id)

    def write_raw(self, frame: bytes) -> None:
        """Bytes past the session: it knows nothing of them."""
        if self.wire is not None:
            self.wire.transport.write(frame)

    # Inside

    def _take(self, frame: bytes) -> None:
        try:
            message = parse(frame)
        except RemoteError as error:
            self.conduct.add(f"garbled message: {error}")
        else:
            if message.msg_type == self.miss:
                self.miss = ""
                self.asked.add(tags.RESEND_REQUEST)
                self.inbox.put_nowait(message)
                return
            if message.msg_type in _ADMINISTRATIVE:
                self._note_administrative(message)
        self.line.received(frame)

    def _note_administrative(self, message: Message) -> None:
        if message.msg_type == tags.LOGON:
            self.heart_bt_int_s = int(message.get(tags.HEART_BT_INT) or 0)
        self.inbox.put_nowait(message)

    def _note_own_questions(self) -> None:
        """What the session had to send though no script asked it to."""
        if self.wire is None:
            return
        kinds, self.wire.kinds = self.wire.kinds, []
        for kind in kinds:
            if kind in self.asked:
                self.asked.discard(kind)
            elif kind in _FAULTS:
                self.conduct.add(f"{_FAULTS[kind]}: {message_name(kind, self.dictionary)} was needed")


# Reject(3) from the client reaches the application.
_ADMINISTRATIVE = frozenset(
    (tags.HEARTBEAT, tags.TEST_REQUEST, tags.RESEND_REQUEST, tags.SEQUENCE_RESET, tags.LOGOUT, tags.LOGON)
)
_FAULTS = {
    tags.TEST_REQUEST: "no sign of life for longer than HeartBtInt(108) allows",
    tags.RESEND_REQUEST: "MsgSeqNum(34) jumped",
}
