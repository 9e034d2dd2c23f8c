"""The far end of a FIX line: a venue, its market data or a client, with bytes and sockets only and no engine behind."""

from __future__ import annotations

import re
import socket
import time

SOH = "\x01"
TRAILER = re.compile(rb"\x0110=\d{3}\x01")
Fields = dict[str, str]


class FixWire:
    """One session's connection. It answers nothing by itself but a TestRequest(1)."""

    def __init__(self, sock: socket.socket, own_id: str, peer_id: str) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.own_id, self.peer_id = own_id, peer_id
        self.next_out = 1
        self._rest = b""
        self._waiting: list[Fields] = []

    def made(self, msg_type: str, body: str) -> bytes:
        """A message with the next number."""
        now = time.strftime("%Y%m%d-%H:%M:%S", time.gmtime()) + ".000"
        head = f"35={msg_type}{SOH}34={self.next_out}{SOH}49={self.own_id}{SOH}52={now}{SOH}56={self.peer_id}{SOH}"
        self.next_out += 1
        content = head + body.replace("|", SOH)
        frame = f"8=FIX.4.4{SOH}9={len(content)}{SOH}{content}".encode()
        return frame + f"10={sum(frame) % 256:03d}{SOH}".encode()

    def send(self, msg_type: str, body: str) -> None:
        self.sock.sendall(self.made(msg_type, body))

    def next(self, msg_type: str) -> Fields:
        """The next message of this kind; others that come before it are passed over."""
        while True:
            while self._waiting:
                fields = self._waiting.pop(0)
                if fields["35"] == "1":
                    self.send("0", f"112={fields['112']}|")
                if fields["35"] == msg_type:
                    return fields
            self._receive()

    def _receive(self) -> None:
        data = self.sock.recv(1 << 16)
        if not data:
            raise SystemExit(f"{self.peer_id} hung up on {self.own_id}")
        self._rest += data
        while (end := TRAILER.search(self._rest)) is not None:
            self._waiting.append(_fields(self._rest[: end.end()]))
            self._rest = self._rest[end.end() :]


def _fields(frame: bytes) -> Fields:
    """By tag; of a repeating group the last."""
    return dict(part.split("=", 1) for part in frame.decode().split(SOH) if part)


def accepted(listener: socket.socket, peer_id: str) -> FixWire:
    """The next connection, once its Logon(A) has come and is answered."""
    sock, _ = listener.accept()
    wire = FixWire(sock, "", peer_id)
    asked = wire.next("A")
    wire.own_id, wire.peer_id = asked["56"], asked["49"]
    wire.send("A", f"98=0|108={asked['108']}|")
    return wire
