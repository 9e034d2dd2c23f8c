"""LOBSTER's own order flow through our book: the share of messages after which the books are equal, and why not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench import results
from bench.lobster_replay import replay
from bench.servers import REPO

FOLDER = "lobster_nasdaq_20120621"
FILES = {
    "GOOG 2012-06-21, 10 levels": ("LOBSTER_SampleFile_GOOG_2012-06-21_10.zip", 10),
    "AAPL 2012-06-21, 1 level": ("LOBSTER_SampleFile_AAPL_2012-06-21_1.zip", 1),
}


def main(quick: bool = False) -> None:
    folder = Path(os.environ.get("KAIROS_SHARED") or REPO.parent / "shared" / "data") / FOLDER
    if not folder.exists():
        raise results.Unmeasurable("LOBSTER's samples are not here: KAIROS_SHARED names their folder")
    found: results.Found = {}
    for name, (file, levels) in list(FILES.items())[: 1 if quick else None]:
        done = replay(folder / file, levels)
        seen, met = done.executions[True, True] + done.executions[True, False], done.executions[True, True]
        found[name] = {
            "messages": done.messages,
            "equal": done.equal,
            "causes": {cause[2:]: count for cause, count in sorted(done.causes.items())},
            "new orders that traded": done.new_that_traded,
            "executions where all orders were seen": seen,
            "of these with the order named": met,
        }
        print(f"  {name}: {found[name]}", flush=True)
    results.keep("lobster_book", found)


if __name__ == "__main__":
    main("--quick" in sys.argv)
