"""What the machine itself costs, and what it says of a process: the floors that measurements are held against."""

from __future__ import annotations

import os
import platform
import socket
import statistics
import time
from contextlib import suppress
from pathlib import Path

from bench.timing import pin

SERVER_CORE, CLIENT_CORE = 1, 0


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its threads, finer than the ticks of /proc/PID/stat."""
    total_ns = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):
            total_ns += int((task / "schedstat").read_text().split()[0])
    return total_ns / 1e9


def resident_bytes(pid: int) -> int:
    """What the process holds in memory at the moment."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


def spread(values: list[float]) -> tuple[float, float, float]:
    """Median, least and most."""
    return statistics.median(values), min(values), max(values)


def fdatasync_us(folder: Path, rounds: int = 500) -> list[float]:
    """Each time of writing 1 KiB at the end of a file and syncing it."""
    handle = os.open(folder / "sync", os.O_CREAT | os.O_WRONLY)
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        os.write(handle, b"x" * 1024)
        os.fdatasync(handle)
        taken.append((time.perf_counter() - started) * 1e6)
    os.close(handle)
    return taken


def ping_pong_us(rounds: int = 3_000) -> list[float]:
    """Each round trip of 250 bytes over loopback, between two processes on a core each."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        child = os.fork()
        if child == 0:
            _echo(server)
            os._exit(0)
        taken = []
        with socket.create_connection(server.getsockname()) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(rounds):
                started = time.perf_counter()
                sock.sendall(b"x" * 250)
                sock.recv(4096)
                taken.append((time.perf_counter() - started) * 1e6)
        os.waitpid(child, 0)
    return taken


def _echo(server: socket.socket) -> None:
    pin(SERVER_CORE)
    peer, _ = server.accept()
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while data := peer.recv(4096):
        peer.sendall(data)


def oversleep_us(seconds: float = 3.0) -> list[float]:
    """How late this process wakes from sleeps of 1 ms: what the scheduler, and other guests of the host, add."""
    late = []
    end = time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        time.sleep(0.001)
        late.append((time.perf_counter() - now) * 1e6 - 1000)
    return late


def describe() -> dict[str, str]:
    """The machine and its system, as a reader needs them to place the figures."""
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return {
        "cpu": f"{os.cpu_count()} x {cpu}",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
