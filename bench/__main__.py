"""`make bench`: every measurement one after the other, then docs/PERFORMANCE.md from what they found.

    python -m bench [--quick] [NAME ...]

--quick looks whether everything runs, with too few orders and rounds to say anything; it leaves the pages alone.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import time
from importlib.metadata import version

import kairos
from bench import machine, results
from bench.results import Unmeasurable

# In the order of the page; those of PRINTED only print.
KEPT = (
    "fix_ack",
    "fix_latency",
    "fix_load",
    "in_process",
    "risk_gate",
    "mark_to_cancel",
    "order_book",
    "lobster_book",
    "tape",
    "growth",
    "memory",
    "replay",
    "instructions",
)
PEERS = (
    "QuickFIX C++ 1.15.1 (Debian), QuickFIX-Python 1.16.0, NautilusTrader 2.0.0rc6 and 1.221.0, vn.py 4.5.0,"
    " lightmatchingengine 2019.1.4, cython-orderbook 0.1.2, akhil4n-orderbook 0.1.1, pyorderbook 0.4.9, openpit 0.10.0"
)
PRINTED = ("core", "fix_codec", "journal_commit")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join((*KEPT, *PRINTED)))
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    unknown = set(given.names) - {*KEPT, *PRINTED}
    if unknown:
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are {', '.join((*KEPT, *PRINTED))}")
    if given.quick:
        results.FILE = results.FILE.parents[2] / "build" / "bench" / "results.json"
    failed = [name for name in given.names or KEPT if not measure(name, given.quick)]
    results.keep("machine", whereabouts())
    if not given.quick:
        subprocess.run([sys.executable, "-m", "bench.pages"], check=True)
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}; their former figures stand")


def measure(name: str, quick: bool) -> bool:
    """Whether it could be measured; one that can't does not keep the others from being."""
    module = importlib.import_module(f"bench.{name}")
    print(f"\n== {name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
    started = time.monotonic()
    try:
        module.main(quick) if name in KEPT else module.main()
    except Unmeasurable as error:
        print(f"   {error}", flush=True)
        return False
    print(f"   {time.monotonic() - started:.0f} s", flush=True)
    return True


def whereabouts() -> dict[str, str]:
    """The machine, the versions, the day."""
    names = ("mypy", "librt", "uvloop")
    return {
        **machine.describe(),
        "kairos": f"{kairos.__version__}, {kairos.how_it_runs()}",
        "built with": ", ".join(f"{name} {version(name)}" for name in names),
        "compared with": PEERS,
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
    }


if __name__ == "__main__":
    main()
