"""The server that does nothing: it counts orders and answers each with the same bytes, which shows the load's ceiling.

python -m bench.fix_sink PORT
"""

from __future__ import annotations

import socket
import sys

from bench.fix_messages import ACK, message

ORDER = b"\x0135=D\x01"
REPORT = message(1, "8", f"58={'x' * 280}\x01")


def main() -> None:
    assert REPORT.count(ACK) == 1
    with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
        peer, _ = server.accept()
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    peer.recv(4096)
    peer.sendall(message(1, "A", "98=0\x01108=30\x01"))
    tail = b""
    while data := peer.recv(1 << 18):
        data = tail + data
        tail = data[-(len(ORDER) - 1) :]
        peer.sendall(REPORT * data.count(ORDER))


if __name__ == "__main__":
    main()
