"""A party to the campaign: one FIX session over sockets that break, kept in a record, with a book that decides.

It is a program of its own, so that it can be killed. A turn reads what is there, lets the book answer and act, writes
all that down, and only then lets it leave.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.torture.record import Record, read_record
from tests.torture.session import Session
from tests.torture.wire import Fields, Framer, decode, encode

TURN_S = 0.005
HEART_BT_INT_S = 10
RETRY_S = 0.1
# A peer that takes nothing for so long is gone.
SEND_TIMEOUT_S = 20.0
LOGOUT_TIMEOUT_S = 5.0
STATUS_EVERY_S = 0.1


class Book(Protocol):
    """What a party knows and does. `came` and `sent` fold, live and after a kill; the others act, live only."""

    def came(self, fields: Fields) -> None: ...

    def sent(self, fields: Fields) -> None: ...

    def answer(self, fields: Fields, say: Callable[[str, Fields], None]) -> None:
        """To one message that came."""

    def logged_on(self, say: Callable[[str, Fields], None]) -> None: ...

    def act(self, say: Callable[[str, Fields], None]) -> None:
        """Each turn while the session is up and nothing is missing."""

    def status(self) -> dict[str, object]:
        """For the campaign, which reads it from a file."""


class Peer:
    """`connect` gives a connection or None."""

    def __init__(
        self,
        folder: Path,
        names: tuple[str, str, str],
        book: Book,
        connect: Callable[[], socket.socket | None],
        initiator: bool,
    ) -> None:
        self.begin_string, self.sender, self.target = names
        self.folder = folder
        self.book = book
        self.session = Session()
        for entry in read_record(folder / "record"):
            if entry.direction == "I" and self.session.came(fields := entry.fields):
                book.came(fields)
            elif entry.direction == "O":
                self._note_sent(entry.fields)
        self._record = Record(folder / "record")
        self._connect = connect
        self._initiator = initiator
        self._sock: socket.socket | None = None
        self._framer = Framer()
        self._out: list[bytes] = []
        self._logged_on = False
        self._asked_through = 0  # a ResendRequest(2) is open until this number has come
        self._last_sent_s = 0.0
        self._status_s = 0.0
        self._stopping = False

    def run(self) -> None:
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "_stopping", True))
        while not self._stopping:
            self._turn(active=True)
        if self._logged_on:
            self._say("5", {})
        end = time.monotonic() + LOGOUT_TIMEOUT_S
        while self._sock is not None and time.monotonic() < end:
            self._turn(active=False)
        self._write_status()

    def _turn(self, active: bool) -> None:
        try:
            if self._sock is None and active:
                self._open()
            if self._sock is not None:
                self._read(self._sock)
                if self._logged_on and active and not self._asked_through:
                    self.book.act(self._say_for_book)
                self._flush()
        except OSError:
            self._lost()
        if time.monotonic() - self._status_s > STATUS_EVERY_S:
            self._write_status()

    # The connection

    def _open(self) -> None:
        self._sock = self._connect()
        if self._sock is None:
            time.sleep(RETRY_S)
            return
        self._sock.settimeout(SEND_TIMEOUT_S)
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._framer = Framer()
        if self._initiator:
            self._say("A", {98: "0", 108: str(HEART_BT_INT_S)})

    def _lost(self) -> None:
        if self._sock is not None:
            self._sock.close()
        self._sock, self._logged_on, self._asked_through = None, False, 0
        self._record.keep()
        self._out.clear()

    def _read(self, sock: socket.socket) -> None:
        if not select.select([sock], [], [], TURN_S)[0]:
            return
        data = sock.recv(262_144)
        if not data:
            raise ConnectionError("closed by the other side")
        for frame in self._framer.frames(data):
            self._record.add("I", frame)
            self._take(decode(frame))

    def _flush(self) -> None:
        """Write down, then send."""
        if self._logged_on and time.monotonic() - self._last_sent_s > HEART_BT_INT_S:
            self._say("0", {})
        self._record.keep()
        if self._out and self._sock is not None:
            data = b"".join(self._out)
            self._out.clear()
            self._last_sent_s = time.monotonic()
            self._sock.sendall(data)

    # Messages

    def _say_for_book(self, msg_type: str, fields: Fields) -> None:
        self._say(msg_type, fields)

    def _say(self, msg_type: str, fields: Fields, seq: int = 0) -> None:
        frame = encode(
            self.begin_string, msg_type, seq or self.session.next_out, self.sender, self.target, _body(fields)
        )
        self._note_sent(decode(frame))
        self._record.add("O", frame)
        self._out.append(frame)

    def _note_sent(self, fields: Fields) -> None:
        is_new = fields.get(43) != "Y"
        self.session.sent(fields)
        if is_new:
            self.book.sent(fields)

    def _take(self, fields: Fields) -> None:
        is_for_book = self.session.came(fields)
        if fields[35] == "A":
            self._logon()
        self._mind_the_gap(fields)
        if is_for_book:
            self.book.came(fields)
            self.book.answer(fields, self._say_for_book)
        elif fields[35] == "1":
            self._say("0", {112: fields[112]})
        elif fields[35] == "2":
            for seq, msg_type, again in self.session.resend(int(fields[7]), int(fields[16])):
                self._say(msg_type, again, seq)
        elif fields[35] == "5":
            self._logout()

    def _logon(self) -> None:
        if not self._initiator:
            self._say("A", {98: "0", 108: str(HEART_BT_INT_S)})
        self._logged_on = True
        self.book.logged_on(self._say_for_book)

    def _logout(self) -> None:
        if not self._stopping:
            self._say("5", {})
        self._flush()
        raise ConnectionError("logged out")

    def _mind_the_gap(self, fields: Fields) -> None:
        """Ask once for what is missing, and again only when that has come."""
        seq = int(fields[34])
        if self._asked_through and self.session.next_in > self._asked_through:
            self._asked_through = 0
        if seq >= self.session.next_in and not self._asked_through:
            self._asked_through = seq
            self._say("2", {7: str(self.session.next_in), 16: "0"})

    def _write_status(self) -> None:
        self._status_s = time.monotonic()
        status = {
            "logged_on": self._logged_on and not self._asked_through,
            "next_in": self.session.next_in,
            "next_out": self.session.next_out,
            **self.book.status(),
        }
        path = self.folder / "status"
        path.with_suffix(".new").write_text(json.dumps(status))
        os.replace(path.with_suffix(".new"), path)


HEADER = frozenset((8, 9, 10, 34, 35, 49, 52, 56))


def _body(fields: Fields) -> Fields:
    """Without what `encode` makes anew."""
    return {tag: value for tag, value in fields.items() if tag not in HEADER}


def dialing(port: int) -> Callable[[], socket.socket | None]:
    def connect() -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=SEND_TIMEOUT_S)
        except OSError:
            return None

    return connect


def listening(port: int) -> Callable[[], socket.socket | None]:
    """The newest caller is served."""
    listener = socket.create_server(("127.0.0.1", port))
    listener.settimeout(RETRY_S)

    def connect() -> socket.socket | None:
        try:
            return listener.accept()[0]
        except TimeoutError:
            return None

    return connect
