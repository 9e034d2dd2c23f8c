"""Instructions of the hot paths, counted by valgrind: clocks are noisy, counts are not.

Each path does its work twice as often in a second process as in the first, and the difference counts: so starting
Python, importing and preparing fall out. The counts are held against `bench/instructions.toml`, which knows them by
Python version and path.

    python -m bench.instructions            compare with the baseline
    python -m bench.instructions --renew    measure and write the baseline anew
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import kairos
from bench import results

BASELINE = Path(__file__).with_suffix(".toml")
# The same build counts the same within 1 %; another compiler of the same kind shifts some counts by 2 or 3.
MAX_GROWTH = 0.05
TIMES = 300
WARM_UP = 100  # what is made once, at first use, falls out too
CHUNK = 10  # orders that arrive in one read

Work = Callable[[int], None]


def codec_in() -> Work:
    """Frame, parse and validate a NewOrderSingle of 24 fields, as a session that has had some."""
    from bench.fix_messages import order  # noqa: PLC0415  (each path imports only what it measures)
    from kairos.fix.dictionary import load_dictionary  # noqa: PLC0415
    from kairos.fix.framing import FrameReader  # noqa: PLC0415
    from kairos.fix.parser import Parser  # noqa: PLC0415
    from kairos.fix.validate import ValidationRules, validate  # noqa: PLC0415

    dictionary, rules, reader, raw = load_dictionary("FIX.4.4"), ValidationRules(), FrameReader(), order(1_000)
    parser = Parser()

    def work(times: int) -> None:
        for _ in range(times):
            reader.feed(raw)
            frame = reader.next()
            assert frame is not None
            assert validate(parser.parse(frame), dictionary, rules) is None

    return work


def core() -> Work:
    """Submit, ten checks, route, acknowledgement and fill in the engine; nothing encoded."""
    from bench.core import START_NS, cycle, started  # noqa: PLC0415

    engine = started()
    commands = [cycle(n) for n in range(WARM_UP + 2 * TIMES)]
    done = iter(commands)

    def work(times: int) -> None:
        for _ in range(times):
            for command in next(done):
                engine.handle(command, START_NS)

    return work


def encode() -> Work:
    """Encode the events of an order that is acknowledged and filled."""
    from bench.core import events_of_an_order  # noqa: PLC0415
    from kairos.model.wire import encode_events  # noqa: PLC0415

    events = events_of_an_order()

    def work(times: int) -> None:
        for _ in range(times):
            encode_events(events)

    return work


def decode() -> Work:
    """Decode them again."""
    from bench.core import events_of_an_order  # noqa: PLC0415
    from kairos.model.wire import decode_events, encode_events  # noqa: PLC0415

    body = encode_events(events_of_an_order())

    def work(times: int) -> None:
        for _ in range(times):
            decode_events(body)

    return work


def line() -> Work:
    """An order's bytes into a FIX line, its report's bytes out; all but socket, loop and disk."""
    from bench.fix_messages import ACK, orders  # noqa: PLC0415
    from bench.stepped_line import SteppedLine  # noqa: PLC0415

    stepped = SteppedLine()
    count = WARM_UP + 2 * TIMES
    made = orders(2, count)
    chunks = iter([b"".join(made[at : at + CHUNK]) for at in range(0, count, CHUNK)])

    def work(times: int) -> None:
        for _ in range(times // CHUNK):
            stepped.give(next(chunks))
        assert b"".join(stepped.wire.written).count(ACK) == times
        stepped.wire.written.clear()

    return work


def in_process() -> Work:
    """A tick, an order, its checks, the simulated exchange, the fill, the position."""
    from bench.in_process_run import Strategy, market, quotes  # noqa: PLC0415

    strategy, given = Strategy(market(), None), quotes("fills")
    done = 0

    def work(times: int) -> None:
        nonlocal done
        strategy.fill(given[done : done + times], done)
        done += times

    return work


PATHS: dict[str, Callable[[], Work]] = {
    "codec in": codec_in,
    "core": core,
    "encode": encode,
    "decode": decode,
    "line": line,
    "in process": in_process,
}


def why_not() -> str:
    """Why nothing can be counted here; empty if it can."""
    if shutil.which("valgrind") is None:
        return "there is no valgrind (Debian: apt-get install valgrind)"
    return "" if kairos.COMPILED else f"only compiled code is held to counts: {kairos.how_it_runs()}"


def instructions(path: str) -> int:
    """Instructions of doing a path's work once."""
    once, twice = _count(path, TIMES), _count(path, 2 * TIMES)
    return (twice - once) // TIMES


def _count(path: str, times: int) -> int:
    tool = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--cachegrind-out-file=/dev/null"]
    command = [*tool, sys.executable, "-m", "bench.instructions", "--do", path, str(times)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    found = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if done.returncode != 0 or found is None:
        raise results.Unmeasurable(f"{path}: {done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))


def do(path: str, times: int) -> None:
    """What runs under valgrind."""
    work = PATHS[path]()
    work(WARM_UP)
    work(times)


def baseline() -> dict[str, int]:
    """The kept counts for this Python; empty where there are none."""
    kept: dict[str, dict[str, int]] = tomllib.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    return kept.get(version(), {})


def version() -> str:
    return "python-" + ".".join(platform.python_version_tuple()[:2]) + "-" + platform.machine()


def renew() -> None:
    """Measure, and put this Python's counts in the place of its former ones."""
    kept: dict[str, dict[str, int]] = tomllib.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    before, counts = kept.get(version(), {}), {}
    for path in PATHS:
        counts[path] = instructions(path)
        tell(path, counts[path], before.get(path))
    kept[version()] = counts
    lines = ["# Instructions an order, by Python and path; `make instructions` measures them anew.\n"]
    for name in sorted(kept):
        lines.append(f'\n["{name}"]\n')
        lines += [f'"{path}" = {count}\n' for path, count in kept[name].items()]
    BASELINE.write_text("".join(lines), "utf-8")


def main(quick: bool = False) -> None:
    """Compare with the baseline, and keep the counts for the page."""
    if why_not():
        print(f"nothing is counted: {why_not()}")
        return
    kept, found = baseline(), {}
    for path in list(PATHS)[: 1 if quick else None]:
        found[path] = instructions(path)
        tell(path, found[path], kept.get(path))
    results.keep("instructions", found)


def tell(path: str, count: int, before: int | None) -> None:
    change = "" if before is None else f"  {count / before - 1:+.1%} of {before:,}"
    print(f"{path:<12} {count:>10,} instructions{change}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--do"]:
        do(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["--renew"]:
        renew()
    else:
        main()
