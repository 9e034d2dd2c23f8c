"""The servers that the FIX load is sent to, each a process of its own on the server's core, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.fix_messages import CLIENT, SERVER
from bench.machine import SERVER_CORE
from kairos.demo.setup import free_ports

REPO = Path(__file__).resolve().parent.parent
STOP_S = 20


class Server(NamedTuple):
    """A running server, by process and port; `config` is an engine's configuration, `http_port` where it tells its
    figures if it was asked to."""

    pid: int
    port: int
    config: Path = Path()
    http_port: int = 0


class Unavailable(Exception):
    """Something that a measurement needs isn't on this machine; the text says what and how to get it."""


REFERENCE = """
[[client]]
client_id = "{client}"
name = "{client}"
[[account]]
account_id = "{client}-1"
client_id = "{client}"
name = "{client}"
currency = "USD"
cash = "40000000000"
[account.limits]
max_order_qty = 1000
max_order_notional = "40000000000"
collar_bps = 500
max_position = 9000000000
max_gross_exposure = "40000000000"
max_net_exposure = "40000000000"
rate_per_s = 1000000
rate_burst = 1000000
"""
USER_AND_INSTRUMENT = """
[[user]]
user_id = "watcher"
name = "Watcher"
role = "trader"
[[instrument]]
symbol = "XXX"
mic = "XNYS"
name = "XXX"
currency = "USD"
tick_size = "0.01"
lot_size = 1
reference_px = "10"
"""
CONFIG = """
[engine]
name = "bench"
data_dir = "data"
[fix]
port = {port}
[http]
enabled = {http}
port = {http_port}
[log]
level = "error"
[reference]
files = ["reference.toml"]
"""
SESSION = """
[[fix.session]]
begin_string = "FIX.4.4"
sender_comp_id = "{server}"
target_comp_id = "{client}"
client_id = "{client}"
default_account = "{client}-1"
"""


@contextmanager
def running(command: list[str], port: int) -> Iterator[Server]:
    """The process, on the server's core with all its threads, until the block ends."""
    affinity = ["taskset", "--cpu-list", str(SERVER_CORE)] if shutil.which("taskset") and os.cpu_count() != 1 else []
    process = subprocess.Popen([*affinity, *command], cwd=REPO, stdout=subprocess.DEVNULL)
    try:
        yield Server(process.pid, port)  # taskset becomes what it starts, under the same id
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def configure(folder: Path, port: int, clients: tuple[str, ...], http_port: int = 0) -> Path:
    """Write an engine's configuration: a session, a client and an account for each name, and one instrument; with a
    port for HTTP, it listens there."""
    reference = "".join(REFERENCE.format(client=client) for client in clients) + USER_AND_INSTRUMENT
    (folder / "reference.toml").write_text(reference)
    sessions = "".join(SESSION.format(client=client, server=SERVER) for client in clients)
    path = folder / "kairos.toml"
    http = "true" if http_port else "false"
    path.write_text(CONFIG.format(port=port, http=http, http_port=http_port) + sessions)
    return path


@contextmanager
def kairos(clients: tuple[str, ...] = (CLIENT,), parent: str | None = None, http: bool = False) -> Iterator[Server]:
    """A real `kairos engine`: sessions, validation, door and gate, order book, journal with its sync."""
    with tempfile.TemporaryDirectory(dir=parent) as name:
        (port,) = free_ports(1)
        http_port = free_ports(1)[0] if http else 0
        config = configure(Path(name), port, clients, http_port)
        with running([sys.executable, "-m", "kairos", "engine", "--config", str(config)], port) as server:
            yield server._replace(config=config, http_port=http_port)


@contextmanager
def sink() -> Iterator[Server]:
    (port,) = free_ports(1)
    with running([sys.executable, "-m", "bench.fix_sink", str(port)], port) as server:
        yield server


def quickfix_python_environment() -> Path:
    """The Python that has QuickFIX."""
    python = Path(os.environ.get("KAIROS_INTEROP_PYTHON", REPO / ".venv-interop" / "bin" / "python"))
    if not python.exists():
        raise Unavailable("QuickFIX-Python is not here: `make peers` compiles it, nine minutes")
    return python


@contextmanager
def quickfix_python() -> Iterator[Server]:
    python, (port,) = quickfix_python_environment(), free_ports(1)
    with (
        tempfile.TemporaryDirectory() as folder,
        running([str(python), "-m", "bench.peers.quickfix_python", folder, str(port)], port) as server,
    ):
        yield server


@contextmanager
def quickfix_cpp() -> Iterator[Server]:
    """Compiled by the machine's own compiler against Debian's library; the dictionary is QuickFIX-Python's own."""
    dictionary = quickfix_python_environment().parent.parent / "share" / "quickfix" / "FIX44.xml"
    with tempfile.TemporaryDirectory() as name:
        folder, (port,) = Path(name), free_ports(1)
        source = str(REPO / "bench" / "peers" / "quickfix_cpp.cpp")
        compile_ = ["g++", "-O2", "-std=c++14", "-w", "-o", f"{name}/acceptor", source, "-lquickfix", "-lpthread"]
        try:
            done = subprocess.run(compile_, capture_output=True, check=False)
        except FileNotFoundError:
            raise Unavailable("there is no g++: `bench/peers/install.sh` brings it") from None
        if done.returncode != 0:
            raise Unavailable("QuickFIX C++ is not here: `bench/peers/install.sh` brings Debian's libquickfix-dev")
        settings = [
            "[DEFAULT]", "ConnectionType=acceptor", "StartTime=00:00:00", "EndTime=00:00:00", "UseDataDictionary=Y",
            f"DataDictionary={dictionary}", f"FileStorePath={folder / 'store'}", "SocketNodelay=Y",
            f"SocketAcceptPort={port}", "[SESSION]", "BeginString=FIX.4.4", f"SenderCompID={SERVER}",
            f"TargetCompID={CLIENT}", "",
        ]  # fmt: skip
        (folder / "acceptor.cfg").write_text("\n".join(settings))
        with running([f"{name}/acceptor", f"{name}/acceptor.cfg"], port) as server:
            yield server
