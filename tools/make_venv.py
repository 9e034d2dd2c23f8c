"""Make the virtual environment that all make targets use, with exactly the packages of a lock file.

    python3 tools/make_venv.py VENV LOCK [--without-kairos]

Runs on the Python that the machine has, so it imports only the standard library. Debian splits `ensurepip` off Python
(package python3-venv); where it is missing but pip is there, pip is asked to fill the environment instead.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main(venv: str, lock: str, option: str = "") -> int:
    if sys.version_info < OLDEST:
        return refuse("Kairos needs Python 3.11 or newer; name one with `make PYTHON=python3.11 ...`")
    python = Path(venv, "bin", "python")
    if not works(python) and not create(venv):
        return refuse("this Python can't make a virtual environment; Debian: apt-get install python3-venv")
    print(f"Installing the locked packages into {venv} ...", flush=True)
    quiet = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*quiet, "--require-hashes", "--requirement", lock])
    if option == "--without-kairos":
        return 0
    # The package itself only links to src/: what is compiled is compiled in place, by tools/build_in_place.py.
    run([*quiet, "--no-deps", "--no-build-isolation", "--editable", "."], KAIROS_PURE="1")
    return 0


def works(python: Path) -> bool:
    """Whether the environment is there and whole (not one whose Python has been removed, not one without pip)."""
    command = [str(python), "-m", "pip", "--version"]
    return python.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def create(venv: str) -> bool:
    if importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", "--clear", venv])
        return True
    if importlib.util.find_spec("pip"):
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", venv])
        run([sys.executable, "-m", "pip", "--python", f"{venv}/bin/python", "install", "--quiet", "pip"])
        return True
    return False


def run(command: list[str], **environment: str) -> None:
    subprocess.run(command, check=True, env=os.environ | environment)


def refuse(reason: str) -> int:
    print(f"make_venv: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        raise SystemExit(main(*sys.argv[1:4]))
    except subprocess.CalledProcessError as error:
        raise SystemExit(error.returncode) from None
