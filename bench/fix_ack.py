"""FIX new order to durable acknowledgement, over a loopback socket, against what the machine itself costs.

Real `kairos engine` process: session, dictionary validation, door and gate, order book, journal with full sync,
numbers. The orders are care orders (HandlInst 3), so that no venue's time is in it. Latency is compared with the sum of
a plain fdatasync and a loopback ping-pong measured in the same run.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SOH = "\x01"
PACED = 2_000
PACED_RATE = 1_000
PIPELINED = 20_000
WINDOW = 1_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sync_us, ping_us = fdatasync_us(Path(folder)), ping_pong_us()
        port, process = start_engine(Path(folder))
        try:
            with log_on(port) as sock:
                latencies = paced(sock, 2)
                rate, cpu_us = pipelined(sock, 2 + PACED, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
    p50, p99 = percentile(latencies, 50), percentile(latencies, 99)
    floor = sync_us + ping_us
    print(f"fdatasync p50 {sync_us:,.0f} us + loopback ping-pong p50 {ping_us:,.0f} us = {floor:,.0f} us")
    print(f"at {PACED_RATE:,} orders/s: ack p50 {p50:,.0f} us ({p50 / floor:.1f} times that), p99 {p99:,.0f} us")
    print(f"pipelined, window {WINDOW:,}: {rate:,.0f} orders/s, {cpu_us:.1f} us CPU an order in the engine's process")


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) * percent // 100, len(values) - 1)]


def fdatasync_us(folder: Path) -> float:
    """Median of writing 1 KiB and syncing it."""
    handle = os.open(folder / "sync", os.O_CREAT | os.O_WRONLY)
    taken = []
    for _ in range(300):
        started = time.perf_counter()
        os.write(handle, b"x" * 1024)
        os.fdatasync(handle)
        taken.append((time.perf_counter() - started) * 1e6)
    os.close(handle)
    return statistics.median(taken)


def ping_pong_us() -> float:
    """Median round trip of 250 bytes over loopback, between two threads."""
    server = socket.create_server(("127.0.0.1", 0))

    def echo() -> None:
        peer, _ = server.accept()
        with peer:
            while data := peer.recv(4096):
                peer.sendall(data)

    threading.Thread(target=echo, daemon=True).start()
    taken = []
    with socket.create_connection(server.getsockname()) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(2_000):
            started = time.perf_counter()
            sock.sendall(b"x" * 250)
            sock.recv(4096)
            taken.append((time.perf_counter() - started) * 1e6)
    server.close()
    return statistics.median(taken)


def start_engine(folder: Path) -> tuple[int, subprocess.Popen[bytes]]:
    """An engine with one client and nothing else, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    (folder / "reference.toml").write_text(
        """
[[client]]
client_id = "ACME"
name = "Acme"
[[account]]
account_id = "ACME-1"
client_id = "ACME"
name = "Acme"
currency = "USD"
cash = "900000000"
[account.limits]
max_order_qty = 1000
max_order_notional = "900000000"
collar_bps = 500
max_position = 900000000
max_gross_exposure = "900000000"
max_net_exposure = "900000000"
rate_per_s = 1000000
rate_burst = 1000000
[[instrument]]
symbol = "XXX"
mic = "XNYS"
name = "XXX"
currency = "USD"
tick_size = "0.01"
lot_size = 1
reference_px = "10"
"""
    )
    (folder / "kairos.toml").write_text(
        f"""
[engine]
name = "bench"
data_dir = "data"
[fix]
port = {port}
[[fix.session]]
begin_string = "FIX.4.4"
sender_comp_id = "KAIROS"
target_comp_id = "ACME"
client_id = "ACME"
default_account = "ACME-1"
[http]
enabled = false
[log]
level = "error"
[reference]
files = ["reference.toml"]
"""
    )
    command = [sys.executable, "-m", "kairos", "engine", "--config", str(folder / "kairos.toml")]
    return port, subprocess.Popen(command)


def message(seq: int, msg_type: str, body: str) -> bytes:
    stamp = time.strftime("%Y%m%d-%H:%M:%S", time.gmtime()) + ".000"
    content = f"35={msg_type}{SOH}34={seq}{SOH}49=ACME{SOH}52={stamp}{SOH}56=KAIROS{SOH}{body}"
    frame = f"8=FIX.4.4{SOH}9={len(content)}{SOH}{content}".encode()
    return frame + f"10={sum(frame) % 256:03d}{SOH}".encode()


def order(seq: int) -> bytes:
    """21 fields with header and trailer."""
    stamp = time.strftime("%Y%m%d-%H:%M:%S", time.gmtime()) + ".000"
    fields = {
        1: "ACME-1", 11: f"O{seq}", 15: "USD", 21: "3", 38: "100", 40: "2", 44: "10.00", 54: "1", 55: "XXX",
        58: "bench", 59: "0", 60: stamp, 207: "XNYS",
    }  # fmt: skip
    return message(seq, "D", "".join(f"{tag}={value}{SOH}" for tag, value in fields.items()))


def log_on(port: int) -> socket.socket:
    end = time.monotonic() + 20
    while True:
        try:
            sock = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(message(1, "A", f"98=0{SOH}108=0{SOH}"))
    assert b"35=A" in sock.recv(4096), "no Logon came back"
    return sock


class Acks:
    """Counts complete messages that arrive; a refusal would make the measurement void."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._tail = b""

    def receive(self) -> int:
        data = self._tail + self._sock.recv(1 << 18)
        assert b"\x0139=8\x01" not in data, "an order was refused"
        self._tail = data[-4:]
        return data.count(b"\x0110=") - (1 if self._tail == b"\x0110=" else 0)


def paced(sock: socket.socket, first_seq: int) -> list[float]:
    """Orders at a steady rate; the time from each one's due moment to its acknowledgement, in microseconds."""
    orders = [order(first_seq + n) for n in range(PACED)]
    acks, latencies, sent = Acks(sock), [], 0
    started = time.perf_counter() + 0.01
    sock.setblocking(True)
    while len(latencies) < PACED:
        now = time.perf_counter()
        while sent < PACED and now >= started + sent / PACED_RATE:
            sock.sendall(orders[sent])
            sent += 1
        sock.settimeout(max(started + sent / PACED_RATE - time.perf_counter(), 0.0001) if sent < PACED else 5)
        try:
            count = acks.receive()
        except TimeoutError:
            continue
        now = time.perf_counter()
        latencies += [(now - started - (len(latencies) + n) / PACED_RATE) * 1e6 for n in range(count)]
    return latencies


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pipelined(sock: socket.socket, first_seq: int, pid: int) -> tuple[float, float]:
    """As fast as acknowledgements allow, never more than a window ahead; bytes made beforehand."""
    chunk = 50
    orders = [order(first_seq + n) for n in range(PIPELINED)]
    chunks = [b"".join(orders[at : at + chunk]) for at in range(0, PIPELINED, chunk)]
    acks, done, sent = Acks(sock), 0, 0
    sock.settimeout(30)
    cpu, started = cpu_seconds(pid), time.perf_counter()
    while done < PIPELINED:
        while sent < len(chunks) and sent * chunk - done < WINDOW:
            sock.sendall(chunks[sent])
            sent += 1
        done += acks.receive()
    wall_s, cpu_s = time.perf_counter() - started, cpu_seconds(pid) - cpu
    return PIPELINED / wall_s, cpu_s / PIPELINED * 1e6


if __name__ == "__main__":
    main()
