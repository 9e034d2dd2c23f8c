"""The same measurement compiled and interpreted: each run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

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
