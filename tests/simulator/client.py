"""What the simulator's tests share: a FIX client made with simplefix that speaks to a face through a real line.

Sockets and journal are left out: what the line releases leaves at once. Each message that comes back must be valid by
the dictionary of its version, with the tags of its body ascending; an order's details stand behind them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import simplefix

from kairos.adapters.fix_line import Application, FixLine
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.dictionary import load_dictionary
from kairos.fix.parser import parse
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.values import format_utc
from kairos.model.commands import Command
from kairos.model.events import Event
from kairos.ports import Outlet

SECOND = 1_000_000_000
WALL = 1_700_000_000 * SECOND
POSS_RESEND = 97  # the one header field that tests set
Said = dict[str, str]
APPL_VER_IDS = {"FIX.5.0": "7", "FIX.5.0SP1": "8", "FIX.5.0SP2": "9"}
OF_DETAILS = {18, 63, 110, 453, 528}


class OpenWriter:
    """Fulfils `ports.Writer` without a journal."""

    def __init__(self) -> None:
        self.wall_ns = WALL
        self.recorded: list[Event] = []

    def is_halted(self) -> bool:
        return False

    def is_congested(self) -> bool:
        return False

    def now_ns(self) -> int:
        return self.wall_ns

    def submit(self, command: Command) -> list[Event]:
        raise AssertionError(f"the exchange has no commands: {command}")

    def record(self, event: Event) -> None:
        self.recorded.append(event)

    def release(self, outlet: Outlet, payload: bytes, connection: int) -> None:
        outlet.deliver(payload, connection)
        outlet.flush()

    def release_call(self, call: Callable[[], None]) -> None:
        call()


class NoObserver:
    def fix_received(self, session: str, count: int) -> None: ...
    def fix_sent(self, session: str, count: int) -> None: ...
    def fix_state(self, session: str, up: bool, reason: str) -> None: ...
    def fix_given_up(self, session: str, count: int) -> None: ...
    def fix_defect(self, session: str, error: Exception) -> None: ...


class Ear:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def write(self, data: bytes) -> None:
        starts = [i for i in range(len(data)) if data.startswith(b"8=FIX", i) and (i == 0 or data[i - 1] == 1)]
        self.frames += [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]

    def get_write_buffer_size(self) -> int:
        return 0

    def close(self) -> None: ...


class Client:
    """One logged-on client of a face; its tags are given as `_55="AAA"`."""

    def __init__(self, face: Application, writer: OpenWriter, version: str = "FIX.4.4", name: str = "KAIROS") -> None:
        self.begin_string, appl_ver_id = ("FIXT.1.1", APPL_VER_IDS[version]) if "5.0" in version else (version, "")
        config = SessionConfig(self.begin_string, "EXCH", name, default_appl_ver_id=appl_ver_id)
        self.version = version
        self.name = name
        self.writer = writer
        self.ear = Ear()
        session = Session(config, session_dictionary(self.begin_string, appl_ver_id))
        self.line = FixLine(session, writer, face, SentMessages(MemoryJournal()), NoObserver())
        self._seq = 0
        self.log_on()

    def log_on(self) -> None:
        self.line.attach(cast(asyncio.Transport, self.ear))
        self.send("A", _98=0, _108=30, **({"_1137": APPL_VER_IDS[self.version]} if "5.0" in self.version else {}))
        assert self.heard()[0]["35"] == "A"

    def drop(self) -> None:
        self.line.lost()

    def send(self, msg_type: str, **fields: object) -> Client:
        self.raw(msg_type, [(int(key[1:]), value) for key, value in fields.items()])
        return self

    def raw(self, msg_type: str, pairs: list[tuple[int, object]]) -> None:
        """In this order, repeated tags and all."""
        self._seq += 1
        message = simplefix.FixMessage()
        header: list[tuple[int, object]] = [
            (8, self.begin_string),
            (35, msg_type),
            (49, self.name),
            (56, "EXCH"),
            (34, self._seq),
        ]
        header.append((52, format_utc(self.writer.wall_ns)))
        for tag, value in header + sorted(pairs, key=lambda pair: pair[0] != POSS_RESEND):
            message.append_pair(tag, value)
        self.line.received(message.encode())

    def order(self, cl_ord_id: str, side: int, qty: object, **fields: object) -> Client:
        """A limit order with `_44`, otherwise a market order, unless `_40` says more; 4.2's HandlInst(21) added."""
        given: dict[str, object] = {"_11": cl_ord_id, "_55": "AAA", "_54": side, "_38": qty, "_60": self.time()}
        given["_40"] = 2 if "_44" in fields else 1
        if self.version == "FIX.4.2":
            given["_21"] = 1
        return self.send("D", **(given | fields))

    def time(self, after_s: int = 0) -> str:
        return format_utc(self.writer.wall_ns + after_s * SECOND).decode()

    def heard(self) -> list[Said]:
        """What came since the last time, each judged."""
        frames, self.ear.frames = self.ear.frames, []
        return [judged(frame, self.version) for frame in frames]

    def reports(self) -> list[str]:
        """`A1 NEW 0/100` (cum/leaves) by ExecType(150), or the message's type and Text(58)."""
        return [told(said) for said in self.heard()]


def judged(frame: bytes, version: str) -> Said:
    message = parse(frame)
    dictionary = session_dictionary("FIXT.1.1", APPL_VER_IDS[version]) if "5.0" in version else load_dictionary(version)
    violation = validate(message, dictionary, ValidationRules())
    assert violation is None, f"{violation.text} {violation.ref_tag}: {message}"
    fields = [field.split("=", 1) for field in frame.decode("latin-1").split("\x01")[:-1]]
    said = {}
    for tag, value in fields:
        said.setdefault(tag, value)
    if said["35"] in "89rY":
        body = [int(tag) for tag, _ in fields if int(tag) not in (8, 9, 10, 34, 35, 49, 52, 56)]
        assert body == sorted(body) or OF_DETAILS & set(body)
    return said


EXEC_TYPES = {
    "0": "NEW", "1": "PARTIAL", "2": "FILL", "4": "CANCELED", "5": "REPLACED", "8": "REJECTED", "C": "EXPIRED",
    "F": "TRADE", "G": "CORRECT", "H": "BUST", "I": "STATUS",
}  # fmt: skip


def told(said: Said) -> str:
    if said["35"] != "8":
        return f"{said['35']} {said.get('58', '')}"
    kind = EXEC_TYPES[said["150"]]
    fill = f" {said['32']}@{said['31']}" if "31" in said else ""
    return f"{said.get('11', '-')} {kind}{fill} {said['14']}/{said['151']}"
