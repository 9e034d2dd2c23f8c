"""The load: one FIX client in a process of its own, on a core of its own, that is never the limit.

    python -m bench.fix_client PORT PID pipelined COUNT [SEQ]
    python -m bench.fix_client PORT PID paced COUNT RATE
    python -m bench.fix_client PORT PID spread COUNT SESSIONS

PID is the server's, whose CPU time is read when the first order leaves and when the last acknowledgement is in. Bytes
are made beforehand and sent in chunks; acknowledgements are counted, not parsed. The last line is JSON.
"""

from __future__ import annotations

import json
import math
import select
import socket
import sys
import time

from bench.fix_messages import ACK, CLIENT, REFUSED, logon, names_of, orders
from bench.machine import CLIENT_CORE, cpu_seconds, percentile
from bench.timing import pin

CHUNK = 100
WINDOW = 2_000  # far enough ahead that a server can gather a commit, not so far that it sees a flood
MOST_AT_ONCE = 500  # of what has become due, so that answers are read in between
SPIN_S = 0.0001  # a sleep ends late by about this; the rest until an order is due is spun
GIVE_UP_S = 60.0
KEEP = len(ACK) - 1


class Acks:
    """Counts acknowledgements as they arrive; a refusal would make the measurement void."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = bytearray(1 << 18)
        self._view = memoryview(self._buffer)
        self._tail = b""

    def receive(self) -> int:
        size = self._sock.recv_into(self._buffer)
        if size == 0:
            raise SystemExit("the server hung up")
        data = self._tail + bytes(self._view[:size])
        if REFUSED in data:
            raise SystemExit(f"an order was refused: {data[:400]!r}")
        self._tail = data[-KEEP:]
        return data.count(ACK)


def connect(port: int, client: str = CLIENT, seq: int = 1) -> socket.socket:
    """Log on; `seq` is the number that the session has come to."""
    end = time.monotonic() + GIVE_UP_S
    while True:
        try:
            sock = socket.create_connection(("127.0.0.1", port), timeout=GIVE_UP_S)
            break
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(logon(client, seq))
    answer = sock.recv(4096)
    if b"\x0135=A\x01" not in answer:
        raise SystemExit(f"no Logon came back: {answer!r}")
    return sock


def pipelined(sock: socket.socket, pid: int, count: int, seq: int) -> dict[str, float]:
    """As fast as acknowledgements allow, never more than the window ahead."""
    made = orders(seq + 1, count)
    chunks = [b"".join(made[at : at + CHUNK]) for at in range(0, count, CHUNK)]
    acks, done, sent = Acks(sock), 0, 0
    cpu, started = cpu_seconds(pid), time.perf_counter()
    while done < count:
        while sent < len(chunks) and sent * CHUNK - done < WINDOW:
            sock.sendall(chunks[sent])
            sent += 1
        done += acks.receive()
    wall_s = time.perf_counter() - started
    return {"orders_s": count / wall_s, "cpu_us": (cpu_seconds(pid) - cpu) / count * 1e6}


def paced(sock: socket.socket, pid: int, count: int, rate: int) -> dict[str, float]:
    """At a steady rate; latency is from the moment at which an order was due, so that waiting to send counts too.

    Where the server stops reading, what is due waits here, and what it says is read all the while.
    """
    made = orders(2, count)
    acks, sent, rest = Acks(sock), 0, memoryview(b"")
    latencies: list[float] = []
    sock.setblocking(False)
    cpu, started = cpu_seconds(pid), time.perf_counter() + 0.05
    while len(latencies) < count:
        due = min(math.floor((time.perf_counter() - started) * rate) + 1, count)
        if not rest and sent < due:
            upto = min(due, sent + MOST_AT_ONCE)
            rest = memoryview(b"".join(made[sent:upto]))
            sent = upto
        rest = push(sock, rest)
        left_s = sent / rate - (time.perf_counter() - started) if sent < count else GIVE_UP_S
        ready, _, _ = select.select([sock], [sock] if rest else [], [], GIVE_UP_S if rest else max(left_s - SPIN_S, 0))
        if ready:
            arrived = acks.receive()
            now = time.perf_counter() - started
            latencies += [(now - (len(latencies) + n) / rate) * 1e6 for n in range(arrived)]
        elif sent == count and not rest:
            raise SystemExit(f"{count - len(latencies)} acknowledgements never came")
    wall_s = time.perf_counter() - started
    found = {f"p{p}": percentile(latencies, p) for p in (50, 90, 99, 99.9)}
    return found | {"cpu_us": (cpu_seconds(pid) - cpu) / count * 1e6, "orders_s": count / wall_s}


def spread_over(port: int, pid: int, count: int, sessions: int) -> dict[str, float]:
    """The same number of orders over many sessions: each sends a few, then all answers are awaited, again and again."""
    names = names_of(sessions)
    socks = [connect(port, name) for name in names]
    burst = max(1, min(WINDOW // sessions, count // sessions))
    rounds = count // (sessions * burst)
    made = [orders(2, rounds * burst, name) for name in names]
    acks = [Acks(sock) for sock in socks]
    cpu, started = cpu_seconds(pid), time.perf_counter()
    for turn in range(rounds):
        for sock, own in zip(socks, made, strict=True):
            sock.sendall(b"".join(own[turn * burst : (turn + 1) * burst]))
        for each in acks:
            left = burst
            while left > 0:
                left -= each.receive()
    done = rounds * burst * sessions
    wall_s = time.perf_counter() - started
    return {"orders_s": done / wall_s, "cpu_us": (cpu_seconds(pid) - cpu) / done * 1e6}


def push(sock: socket.socket, data: memoryview) -> memoryview:
    """Send what the socket takes at once; what is left comes back."""
    try:
        return data[sock.send(data) :] if data else data
    except BlockingIOError:
        return data


def main() -> None:
    pin(CLIENT_CORE)
    port, pid, kind, count = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    if kind == "pipelined":
        seq = int(sys.argv[5]) if len(sys.argv) > 5 else 1
        with connect(port, CLIENT, seq) as sock:
            print(json.dumps(pipelined(sock, pid, count, seq)))
    elif kind == "spread":
        print(json.dumps(spread_over(port, pid, count, int(sys.argv[5]))))
    else:
        with connect(port) as sock:
            print(json.dumps(paced(sock, pid, count, int(sys.argv[5]))))


if __name__ == "__main__":
    main()
