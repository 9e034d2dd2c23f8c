"""A venue for tests, made with simplefix: it accepts the engine's session and says what a test tells it to say."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque

import simplefix
from tests.system.fix_peer import Fields, utc_now

FIX_4_2 = "FIX.4.2"
WAIT_S = 10.0


class Held:
    """An order in the venue's hands. `requests` are what was asked of it and not answered yet, the oldest first."""

    def __init__(self, order_id: str, asked: Fields) -> None:
        self.order_id = order_id
        self.cl_ord_id = asked[11]
        self.symbol = asked[55]
        self.side = asked[54]
        self.qty = int(asked[38])
        self.cum = 0
        self.requests: deque[Fields] = deque()


class VenuePeer:
    """Takes one connection at a time; a thread reads it, the test's thread answers. With `copies` it is the drop copy
    of that venue, and has its ExecIDs."""

    def __init__(self, comp_id: str, begin_string: str, copies: str = "") -> None:
        self.comp_id, self.begin_string, self.tells_as = comp_id, begin_string, copies or comp_id
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.next_out = 1
        self.ids = 0
        self.sock: socket.socket | None = None
        self.orders: dict[str, Held] = {}  # by each ClOrdID(11) that names it
        self.arrived: deque[Held] = deque()
        self.disputes: list[Fields] = []
        self.sending = threading.Lock()
        self.thread = threading.Thread(target=self._serve, name=f"venue {comp_id}", daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.listener.close()
        if self.sock is not None:
            self.sock.close()

    def _serve(self) -> None:
        try:
            self.sock, _ = self.listener.accept()
            parser = simplefix.FixParser()
            while data := self.sock.recv(65_536):
                parser.append_buffer(data)
                while (message := parser.get_message()) is not None:
                    self._take({int(tag): value.decode() for tag, value in message.pairs})
        except OSError:
            return  # closed by the test, or by the engine

    def _take(self, fields: Fields) -> None:
        kind = fields[35]
        if kind == "A":
            self.send("A", {98: "0", 108: fields[108]})
        elif kind == "5":
            self.send("5", {})
        elif kind == "1":
            self.send("0", {112: fields[112]})
        elif kind == "D":
            held = Held(f"{self.comp_id}-{fields[11]}", fields)
            self.orders[fields[11]] = held
            self.arrived.append(held)
        elif kind == "Q":
            self.disputes.append(fields)
        elif kind in ("F", "G"):
            held = self.orders[fields[41]]
            self.orders[fields[11]] = held
            held.requests.append(fields)

    def send(self, msg_type: str, fields: dict[int, str]) -> None:
        with self.sending:
            message = simplefix.FixMessage()
            message.append_pair(8, self.begin_string)
            message.append_pair(35, msg_type)
            message.append_pair(34, self.next_out)
            message.append_pair(49, self.comp_id)
            message.append_utc_timestamp(52, precision=3)
            message.append_pair(56, "KAIROS")
            for tag, value in fields.items():
                message.append_pair(tag, value)
            self.next_out += 1
            assert self.sock is not None
            self.sock.sendall(message.encode())

    # What has come

    def new_order(self) -> Held:
        self._wait_for(self.arrived, "a NewOrderSingle(D)")
        return self.arrived.popleft()

    def request(self, held: Held) -> Fields:
        self._wait_for(held.requests, f"a request about {held.cl_ord_id}")
        return held.requests.popleft()

    def _wait_for(self, queue: deque[Held] | deque[Fields], what: str) -> None:
        end = time.monotonic() + WAIT_S
        while not queue:
            assert time.monotonic() < end, f"{self.comp_id} waited in vain for {what}"
            time.sleep(0.001)

    # What the venue says

    def acknowledge(self, held: Held) -> None:
        self._report(held, "0", "0")

    def fill(self, held: Held, qty: int, px: str) -> str:
        """Its ExecID(17)."""
        held.cum += qty
        return self._report(held, "F", "2" if held.cum >= held.qty else "1", {32: str(qty), 31: px})

    def bust(self, held: Held, qty: int, exec_ref_id: str) -> str:
        held.cum -= qty
        return self._report(held, "H", "1" if held.cum else "0", {19: exec_ref_id})

    def correct(self, held: Held, before: int, qty: int, px: str, exec_ref_id: str) -> str:
        held.cum += qty - before
        return self._report(held, "G", "1", {19: exec_ref_id, 32: str(qty), 31: px})

    def done_for_day(self, held: Held) -> None:
        self._report(held, "3", "3")

    def cancel(self, held: Held, reason: str = "") -> None:
        """In answer to a request where there is one."""
        if held.requests:
            asked = held.requests.popleft()
            self._report(held, "4", "4", {11: asked[11], 41: held.cl_ord_id})
        else:
            self._report(held, "4", "4", {378: reason} if reason else {})

    def replace(self, held: Held) -> None:
        asked = self.request(held)
        before, held.cl_ord_id = held.cl_ord_id, asked[11]
        held.qty = max(int(asked[38]), held.cum)
        self._report(held, "5", "5" if self.begin_string == FIX_4_2 else self._working(held), {41: before})

    def restate(self, held: Held, qty: int, cum: int, reason: str, px: str) -> None:
        held.qty, held.cum = qty, cum
        self._report(held, "D", self._working(held), {378: reason, 44: px} if px else {378: reason})

    def stop(self, held: Held, qty: int, px: str) -> None:
        self._report(held, "7", "7", {32: str(qty), 31: px})

    def refuse_request(self, held: Held, reason: str) -> None:
        asked = self.request(held)
        fields = {37: held.order_id, 11: asked[11], 41: held.cl_ord_id, 39: self._working(held), 102: reason}
        self.send("9", fields | {434: "1" if asked[35] == "F" else "2"})

    def _working(self, held: Held) -> str:
        return "2" if held.cum >= held.qty else "1" if held.cum else "0"

    def _report(self, held: Held, exec_type: str, ord_status: str, more: dict[int, str] | None = None) -> str:
        self.ids += 1
        exec_id = f"{self.tells_as}-E{self.ids}"
        leaves = 0 if ord_status in ("4", "8") else max(held.qty - held.cum, 0)
        fields = {
            37: held.order_id, 17: exec_id, 150: exec_type, 39: ord_status, 11: held.cl_ord_id, 55: held.symbol,
            54: held.side, 38: str(held.qty), 14: str(held.cum), 151: str(leaves), 6: "0", 60: utc_now(),
        }  # fmt: skip
        if self.begin_string == FIX_4_2:
            fields[20] = {"H": "1", "G": "2"}.get(exec_type, "0")
            if exec_type in "FGH":
                fields[150] = "2" if held.cum >= held.qty else "1"
        self.send("8", fields | (more or {}))
        return exec_id
