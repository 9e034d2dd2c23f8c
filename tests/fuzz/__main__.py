"""Runs one target under atheris: `KAIROS_PURE=1 python -m tests.fuzz TARGET [options of libFuzzer]`; see `make fuzz`.

The input that breaks a claim is written to a file; put it into tests/fuzz/found/TARGET, and every test run tries it.
"""

from __future__ import annotations

import importlib
import sys

import atheris

import kairos

TARGETS = ("codec", "session", "mapping", "log")
INSTRUMENTED = ["kairos.fix", "kairos.fix_tools", "kairos.adapters.fix_mapping"]


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or arguments[1] not in TARGETS:
        print(f"{__doc__}\nTARGET is one of {', '.join(TARGETS)}.", file=sys.stderr)
        return 2
    if kairos.COMPILED:
        print("atheris sees into interpreted code only: set KAIROS_PURE=1", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=INSTRUMENTED):
        target = importlib.import_module(f"tests.fuzz.{arguments[1]}")
    atheris.Setup([arguments[0], *arguments[2:]], target.run)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
