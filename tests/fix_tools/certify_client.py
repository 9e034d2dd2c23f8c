"""A client that goes through a certification by itself: it does what each News(B) of the broker names.

Every way in which it can be wrong is a switch, so that a test can see the broker notice just that.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import simplefix
from tests.system.fix_peer import Fields, FixPeer, utc_now

HEART_BT_INT_S = 1
QUANTITIES = {
    "new-and-filled": 101, "filled-in-parts": 102, "filled-before-acknowledged": 103, "rejected": 104, "canceled": 105,
    "fill-beats-cancel": 106, "replaced": 107, "replaced-then-canceled": 108, "replace-refused": 109,
    "fill-while-replacing": 110, "canceled-by-the-broker": 111, "restated": 112, "busted": 113, "corrected": 114,
    "busted-after-it-was-filled": 115, "duplicate-report": 116, "status": 117, "never-answered": 118,
    "gap-in-reports": 121, "garbled-report": 122, "possible-duplicate": 123, "broker-missed-an-order": 124,
    "line-drops": 125,
}  # fmt: skip
CANCELS = {"canceled", "fill-beats-cancel"}
REPLACES = {"replaced", "replaced-then-canceled", "replace-refused", "fill-while-replacing"}


class CertifyClient(FixPeer):
    """`faults`: reuses-ids, resends-orders, no-heartbeats, wrong-chain, resets, ignores-gaps, market-for-limit."""

    def __init__(self, port: int, begin_string: str = "FIX.4.4", faults: frozenset[str] = frozenset()) -> None:
        super().__init__(port, "CLIENT", "BROKER", begin_string)
        self.faults = faults
        self.stopped = threading.Event()
        self.case = ""
        self.cl_ord_id = ""
        self.count = 0
        self.logged_on = False
        self.heard = self.wrote = time.monotonic()
        self.asked = False

    def run(self) -> None:
        """Until it is stopped; it comes back whenever the line ends."""
        while not self.stopped.is_set():
            with contextlib.suppress(OSError, AssertionError):
                self._connect()
                while not self.stopped.is_set():
                    self._read(0.1)
                    self._keep_alive()
            self.cut()
            self.stopped.wait(0.2)

    def _connect(self) -> None:
        self.parser = simplefix.FixParser()
        self.early.clear()
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        self.heard = time.monotonic()
        self.asked = self.logged_on = False
        fields = {98: "0", 108: str(HEART_BT_INT_S)}
        if self.begin_string == "FIXT.1.1":
            fields[1137] = "9"
        if "resets" in self.faults:
            self.next_in = self.next_out = 1
            fields[141] = "Y"
        self.send("A", fields)

    def send(self, msg_type: str, fields: Fields) -> None:
        super().send(msg_type, fields)
        self.wrote = time.monotonic()

    def _keep_alive(self) -> None:
        now = time.monotonic()
        if now - self.heard > 2.4 * HEART_BT_INT_S:
            raise ConnectionError("the broker is silent")
        if now - self.heard > 1.2 * HEART_BT_INT_S and not self.asked and self.logged_on:
            self.asked = True
            self.send("1", {112: "ALIVE"})
        elif now - self.wrote > HEART_BT_INT_S and self.logged_on and "no-heartbeats" not in self.faults:
            self.send("0", {})

    def _read(self, seconds: float) -> None:
        """As its base, but a message with a wrong CheckSum(10) is ignored."""
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
            if message.encode()[-4:-1] != message.get(10):
                continue
            self.heard, self.asked = time.monotonic(), False
            self._take({int(tag): value.decode() for tag, value in message.pairs})

    def _gap(self, fields: Fields, seq: int) -> None:
        if "ignores-gaps" in self.faults:
            self.next_in = seq + 1
            self._handle(fields)
        else:
            super()._gap(fields, seq)

    def _handle(self, fields: Fields) -> None:
        super()._handle(fields)
        if fields[35] == "5":
            self.send("5", {})
            raise ConnectionError("the broker logged out")
        if fields[35] == "B" and 43 not in fields:
            self._begin(fields[148])
        elif fields[35] in "89":
            self._react(fields)

    def _begin(self, case: str) -> None:
        self.case = case
        if case not in QUANTITIES:
            return
        self.cl_ord_id = "SAME" if "reuses-ids" in self.faults else self._new_id()
        side = "2" if case == "filled-in-parts" else "1"
        self.terms = {54: side, 55: "XXX"}
        at_market = case == "filled-before-acknowledged" or "market-for-limit" in self.faults
        price = {40: "1"} if at_market else {40: "2", 44: "100.25"}
        order = {11: self.cl_ord_id, 21: "1", **self.terms, 38: str(QUANTITIES[case]), **price, 60: utc_now()}
        self.send("D", order)
        if case == "never-answered" and "resends-orders" in self.faults:
            self.send("D", order)

    def _react(self, fields: Fields) -> None:
        """To an acknowledgement with what the case asks for; to what follows as `replaced-then-canceled` does."""
        acknowledged = fields[35] == "8" and fields[150] == "0" and fields.get(20, "0") == "0"
        if fields[35] == "9":
            self.cl_ord_id = fields[41]
            if self.case == "replace-refused":
                self._change("F")
        elif acknowledged and self.case in CANCELS:
            self._change("F")
        elif acknowledged and self.case in REPLACES:
            self._change("G", {21: "1", 38: str(QUANTITIES[self.case] + 50), 40: "2", 44: "100.25"})
        elif acknowledged and self.case == "status":
            self.send("H", {11: self.cl_ord_id, 37: fields[37], **self.terms})
        elif fields[150] == "5" and self.case == "replaced-then-canceled":
            self._change("F")

    def _change(self, msg_type: str, more: Fields | None = None) -> None:
        orig, self.cl_ord_id = self.cl_ord_id, self._new_id()
        if "wrong-chain" in self.faults:
            orig = "NOBODY"
        quantity = {38: str(QUANTITIES[self.case])}
        self.send(msg_type, {11: self.cl_ord_id, 41: orig, **self.terms, 60: utc_now(), **quantity, **(more or {})})

    def _new_id(self) -> str:
        self.count += 1
        return f"C{self.count}"
