"""`make torture`: many rounds, house after house.

A house lives for some rounds, so that a restart meets a longer and longer history, and is then stopped in good order.
A round that fails is kept whole, and the next house goes on with the rounds that are left.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.torture.campaign import Campaign
from tests.torture.findings import verdict

from kairos import how_it_runs

ROUNDS_A_HOUSE = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", default="", help="a new one each time when none is given")
    given = parser.parse_args()
    seed = given.seed or f"{time.time_ns() // 1_000_000 % 1_000_000:06d}"
    print(f"{given.rounds} rounds, seed {seed}, kairos {how_it_runs()}", flush=True)
    kills: Counter[str] = Counter()
    done = houses = failures = 0
    while done < given.rounds:
        houses += 1
        rounds, failure = live(f"{seed}-{houses}", min(ROUNDS_A_HOUSE, given.rounds - done), kills)
        done += rounds
        if failure:
            failures += 1
            print(failure, flush=True)
    killed = ", ".join(f"{name} {count}" for name, count in kills.most_common())
    print(f"{done} rounds in {houses} houses, {failures} with findings; killed: {killed}")
    return 1 if failures else 0


def live(seed: str, rounds: int, kills: Counter[str]) -> tuple[int, str]:
    """The life of one house: how many rounds it had, and what was found."""
    folder = Path(tempfile.mkdtemp(prefix="kairos-torture-"))
    with Campaign(folder / "house", seed) as campaign:
        try:
            found = play(campaign, rounds, seed, folder)
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            found = f"{error!r}\nseed {seed}; records, logs and journal are kept in {folder}"
        kills.update(campaign.kills)
    if not found:
        shutil.rmtree(folder)
    return campaign.rounds, found


def play(campaign: Campaign, rounds: int, seed: str, folder: Path) -> str:
    while campaign.rounds < rounds:
        began = time.monotonic()
        found = verdict(campaign.round(), seed, folder)
        print(f"house {seed} round {campaign.rounds}: {campaign.told()}; {time.monotonic() - began:.0f} s", flush=True)
        if found:
            return found
    return verdict(campaign.end(), seed, folder)


if __name__ == "__main__":
    sys.exit(main())
