"""Make an environment for each program that `make bench` compares Kairos with, from its lock file.

    python3 tools/make_peers.py

Each needs a Python of its own version, looked for on the PATH and in pyenv; where there is none, that one is passed
over with a word, and `make bench` goes without it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
PEERS = {"nautilus-2": "3.12", "nautilus-1": "3.11", "vnpy": "3.11", "order-books": "3.11", "openpit": "3.11"}


def find_python(version: str) -> str | None:
    """A Python of this version that runs (pyenv puts names on the PATH that don't)."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"), reverse=True)
    for command in (shutil.which(f"python{version}"), *map(str, kept)):
        if command and subprocess.run([command, "-c", ""], capture_output=True, check=False).returncode == 0:
            return command
    return None


def main() -> None:
    for name, version in PEERS.items():
        venv, lock = REPO / f".venv-bench-{name}", REPO / "requirements" / f"{name}.lock"
        made = venv / "made-from"
        if made.exists() and made.read_bytes() == lock.read_bytes():
            continue
        python = find_python(version)
        if python is None:
            print(f"{name}: there is no Python {version} on the PATH or in pyenv; it is left out")
            continue
        maker = [python, str(REPO / "tools" / "make_venv.py"), str(venv), str(lock), "--without-kairos"]
        if subprocess.run(maker, cwd=REPO, check=False).returncode != 0:
            sys.exit(f"{name}: its environment could not be made")
        made.write_bytes(lock.read_bytes())


if __name__ == "__main__":
    main()
