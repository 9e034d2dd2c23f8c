"""Measurements in processes of their own: the same one compiled and interpreted, and one that nothing disturbs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench.results import Unmeasurable
from bench.servers import REPO
from bench.timing import MAX_WAIT_RATIO

MAX_ATTEMPTS = 12  # on a machine that is never quiet for a second, there is nothing to measure

Run = dict[str, float | str]


def run_one(module: str, *arguments: str, pure: bool) -> Run:
    """What one run of the module tells, a line of JSON."""
    environment = {name: value for name, value in os.environ.items() if name != "KAIROS_PURE"}
    if pure:
        environment["KAIROS_PURE"] = "1"
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: Run = json.loads(done.stdout)
    return found


def undisturbed(command: list[str]) -> dict[str, float]:
    """What a run tells (a line of JSON with `wall_s` and `cpu_s`) that did not have to wait for others."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(REPO / "src"), str(REPO)))}
    name = " ".join(command[2:])
    for _ in range(MAX_ATTEMPTS):
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPO, env=environment)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        if found["wall_s"] <= MAX_WAIT_RATIO * found["cpu_s"]:
            return found
        print(f"  refused: {name} waited {found['wall_s'] / found['cpu_s'] - 1:.0%}", flush=True)
    raise Unmeasurable(f"the machine is not quiet: {MAX_ATTEMPTS} runs of {name} were disturbed")
