"""A FIX client for tests, made with simplefix: it keeps its numbers and everything that it was told, as a careful
client does."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import simplefix

Fields = dict[int, str]

OPEN: list[FixPeer] = []
"""Those of the module that runs; `conftest` closes what it leaves open."""


class FixPeer:
    """One client over any number of connections. `reports` holds each application message that was new to it, in order;
    `duplicates` what came again flagged PossDup with a number it had seen."""

    def __init__(self, port: int, sender: str, target: str = "KAIROS", begin_string: str = "FIX.4.4") -> None:
        self.port, self.sender, self.target, self.begin_string = port, sender, target, begin_string
        self.next_out = 1
        self.next_in = 1
        self.logon: Fields = {}  # what its Logon(A) says besides
        self.reports: list[Fields] = []
        self.duplicates: list[Fields] = []
        self.early: dict[int, Fields] = {}
        self.sock: socket.socket | None = None
        self.parser = simplefix.FixParser()
        OPEN.append(self)

    def connect(self, seconds: float = 10.0) -> None:
        """Reach the port, log on, and fill whatever gap there is."""
        end = time.monotonic() + seconds
        while True:
            try:
                self._connect_once(end)
                return
            except (ConnectionError, OSError):
                self.cut()
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _connect_once(self, end: float) -> None:
        self.parser = simplefix.FixParser()
        self.early.clear()
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        self.logged_on = False
        self.send("A", {98: "0", 108: "30", **self.logon})
        self.pump_until(lambda: self.logged_on and not self.early, max(end - time.monotonic(), 1.0))

    def cut(self) -> None:
        """Lose the connection without a word."""
        if self.sock is not None:
            self.sock.close()
            self.sock = None

    def logout(self) -> None:
        self.send("5", {})
        end = time.monotonic() + 5
        while self.logged_on and time.monotonic() < end:
            self._read(0.1)
        self.cut()

    def send(self, msg_type: str, fields: dict[int, str]) -> None:
        message = simplefix.FixMessage()
        message.append_pair(8, self.begin_string)
        message.append_pair(35, msg_type)
        message.append_pair(34, self.next_out)
        message.append_pair(49, self.sender)
        message.append_utc_timestamp(52, precision=3)
        message.append_pair(56, self.target)
        for tag, value in fields.items():
            message.append_pair(tag, value)
        self.next_out += 1
        assert self.sock is not None
        self.sock.sendall(message.encode())

    def order(self, cl_ord_id: str, side: str, qty: int, symbol: str, price: str = "", **more: str) -> None:
        """NewOrderSingle(D); `more` as tag numbers behind an underscore, such as `_59="3"`."""
        fields = {11: cl_ord_id, 21: "1", 38: str(qty), 40: "2" if price else "1", 54: side, 55: symbol, 60: utc_now()}
        if price:
            fields[44] = price
        fields |= {int(tag[1:]): value for tag, value in more.items()}
        self.send("D", fields)

    def cancel(self, cl_ord_id: str, orig: str, side: str, symbol: str) -> None:
        self.send("F", {11: cl_ord_id, 41: orig, 54: side, 55: symbol, 60: utc_now(), 38: "1"})

    def pump_until(self, holds: Callable[[], bool], seconds: float = 10.0) -> None:
        """Read until something holds; fails when it does not in time."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{self.sender} waited in vain; the last it heard: {self.reports[-3:]}")
            self._read(0.05)

    def report_of(self, cl_ord_id: str, status: str, seconds: float = 10.0) -> Fields:
        """Wait for an ExecutionReport(8) of this ClOrdID with this OrdStatus(39)."""

        def find() -> Fields | None:
            for fields in self.reports:
                if fields.get(35) == "8" and fields.get(11) == cl_ord_id and fields.get(39) == status:
                    return fields
            return None

        self.pump_until(lambda: find() is not None, seconds)
        found = find()
        assert found is not None
        return found

    def _read(self, seconds: float) -> None:
        assert self.sock is not None
        self.sock.settimeout(seconds)
        try:
            data = self.sock.recv(65_536)
        except TimeoutError:
            return
        if not data:
            raise ConnectionError("the connection was closed")
        self.parser.append_buffer(data)
        while (message := self.parser.get_message()) is not None:
            self._take({int(tag): value.decode() for tag, value in message.pairs})

    def _take(self, fields: Fields) -> None:
        seq = int(fields[34])
        if fields[35] == "4":
            self._sequence_reset(fields, seq)
        elif seq < self.next_in:
            assert fields.get(43) == "Y", f"MsgSeqNum(34) {seq} is too low and not PossDup: {fields}"
            self.duplicates.append(fields)
            return
        elif seq > self.next_in:
            self._gap(fields, seq)
            return
        else:
            self.next_in += 1
            self._handle(fields)
        while self.next_in in self.early:
            held = self.early.pop(self.next_in)
            self.next_in += 1
            self._handle(held)

    def _gap(self, fields: Fields, seq: int) -> None:
        """Hold what is early; ask once for what is missing. A Logon takes effect at once."""
        if fields[35] == "A":
            self.logged_on = True
        if not self.early:
            self.send("2", {7: str(self.next_in), 16: "0"})
        self.early[seq] = fields

    def _sequence_reset(self, fields: Fields, seq: int) -> None:
        assert fields.get(123) == "Y", "only gap fills are expected"
        if seq <= self.next_in:
            self.next_in = max(self.next_in, int(fields[36]))
            for held in [n for n in self.early if n < self.next_in]:
                del self.early[held]

    def _handle(self, fields: Fields) -> None:
        kind = fields[35]
        if kind == "A":
            self.logged_on = True
        elif kind == "5":
            self.logged_on = False
        elif kind == "1":
            self.send("0", {112: fields[112]})
        elif kind == "2":
            self._answer_resend(fields)
        elif kind != "0":
            self.reports.append(fields)

    def _answer_resend(self, fields: Fields) -> None:
        """We never send an order twice: everything asked for is gap filled."""
        begin = int(fields[7])
        following, self.next_out = self.next_out, begin
        self.send("4", {43: "Y", 122: utc_now(), 123: "Y", 36: str(following)})
        self.next_out = following


def utc_now() -> str:
    seconds = time.time()
    millis = int(seconds * 1000) % 1000
    return time.strftime("%Y%m%d-%H:%M:%S", time.gmtime(seconds)) + f".{millis:03d}"
