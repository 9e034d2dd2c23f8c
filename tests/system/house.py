"""A whole house for tests: `kairos init`, free ports, `kairos serve` as real processes, ended whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from kairos.demo.setup import free_ports

KAIROS = [sys.executable, "-m", "kairos"]


class House:
    """Use as a context manager; `speed` is the simulated market's."""

    def __init__(self, folder: Path, speed: int = 20) -> None:
        self.folder = folder
        self.fix_port, self.venue_port, self.http_port = free_ports(3)
        self.run("init", str(folder))
        path = folder / "kairos.toml"
        text = path.read_text()
        text = text.replace("#port = 9878", f"port = {self.fix_port}").replace(
            "port = 9879", f"port = {self.venue_port}", 1
        )
        text = text.replace("#port = 9464", f"port = {self.http_port}").replace("#speed = 1", f"speed = {speed}")
        text = text.replace('format = "console"', 'format = "json"')
        path.write_text(text)
        self.journal = folder / "data" / "journal.db"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str, check: bool = True) -> str:
        """A `kairos` command in the house's folder; its standard output."""
        environment = {**os.environ, "KAIROS_USER": "trader"}
        done = subprocess.run(
            [*KAIROS, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=environment,
            timeout=60,
            check=False,
        )
        if check:
            assert done.returncode == 0, f"kairos {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout + (done.stderr if not check else "")

    def __enter__(self) -> House:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*KAIROS, "serve"], cwd=self.folder, stdout=log, stderr=log)
        self.wait_ready()

    def stop(self) -> int:
        """End it as an operator would; its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            self.process = None

    def wait_ready(self, seconds: float = 30.0) -> None:
        """Until orders can go all the way to the venue."""
        end = time.monotonic() + seconds
        while self.status() != "ready":
            if time.monotonic() > end or (self.process is not None and self.process.poll() is not None):
                raise AssertionError(f"the house is not ready: {self.status()}\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)

    def status(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/ready", timeout=5) as answer:
                return str(json.load(answer)["status"])
        except OSError as error:
            return str(error)

    def pid_of(self, process: str) -> int:
        """The latest process of this name that the supervisor started."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        started = [entry["pid"] for entry in lines if entry.get("process") == process and "pid" in entry]
        return int(started[-1])

    def kill(self, process: str) -> None:
        """kill -9, as a power cut or the out-of-memory killer would."""
        os.kill(self.pid_of(process), signal.SIGKILL)
