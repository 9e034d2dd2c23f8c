"""A market's tape from its file into the exchange: rows a second by layout, by columns and by objects, and peak memory.

The tape is made here, from one seed: quotes that move by ticks, and a trade in eight. Each run is a process of its own,
so that its peak memory is its own; the longer tape must need no more of it than the shorter one.

    python -m bench.tape [ROWS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import kairos
from bench import results
from bench.timing import Stopwatch
from kairos.market.tape import Quote
from kairos.market.tape_batch import ADD, BATCH_ROWS, BUY, EXECUTE, SELL, Batches, BatchWriter
from kairos.market.tape_file import read_tape
from kairos.market.tape_report import TapeReport
from kairos.model.numbers import PRICE_SCALE
from kairos.tapes.formats import read_own, read_source, write_own
from kairos.tapes.wanted import Wanted
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing

ROWS = 3_000_000
SHORT = 10  # the shorter tape has a tenth of them
QUICK_SHARE = 100
ROUNDS = 3
INSTRUMENT = "BENCH.XNYS"
START_NS = 1_381_239_000_000_000_000
TICK = PRICE_SCALE // 100
LAYOUTS = ("kairos.csv", "kairos.parquet", "orders.parquet", "BENCH_2013-10-08_34200000_57600000_message_1.csv")
NAMES = dict(zip(LAYOUTS, ("text", "Parquet", "Parquet, order by order", "LOBSTER messages"), strict=True))


def main(quick: bool = False) -> None:
    rows = int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdigit() else ROWS // (QUICK_SHARE if quick else 1)
    print(f"{kairos.how_it_runs()}; {rows:,} rows")
    with tempfile.TemporaryDirectory() as scratch:
        folders = {count: Path(scratch, str(count)) for count in (rows // SHORT, rows)}
        for count, folder in folders.items():
            folder.mkdir()
            make_tapes(folder, count)
        found: results.Found = {"rows": rows}
        for layout, name in NAMES.items():
            found[name] = measure(name, {count: folder / layout for count, folder in folders.items()}, "columns")
        text = {count: folder / LAYOUTS[0] for count, folder in folders.items()}
        found["text, by objects"] = measure("text, by objects", text, "objects")
    results.keep("tape", found)


def measure(name: str, tapes: dict[int, Path], way: str) -> results.Found:
    """Rows a second of the longer tape, and what each took of memory."""
    short, long = sorted(tapes)
    small = run_in_process(tapes[short], way)
    runs = [run_in_process(tapes[long], way) for _ in range(ROUNDS)]
    speed = results.of_runs([run["rows"] / run["cpu_s"] for run in runs])
    peaks = {short: small["peak_mb"], long: max(run["peak_mb"] for run in runs)}
    shown = ", ".join(f"{peak:.0f} MB at {count:,}" for count, peak in peaks.items())
    print(f"{name:<24} {speed['median']:>12,.0f} rows/s into the exchange; peak {shown}", flush=True)
    return {"rows a second": speed, "peak MB": {str(count): round(peak, 1) for count, peak in peaks.items()}}


def run_in_process(path: Path, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.tape", "--one", way, str(path)]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def one(way: str, path: Path) -> None:
    """Play one tape into an exchange without clients, and tell what it took."""
    exchange = Exchange([Listing(INSTRUMENT, TICK, 1, START_NS, START_NS + 10**14, True)], "B")
    play = by_columns if way == "columns" else by_objects
    with Stopwatch() as watch:
        rows = play(exchange, path)
    print(json.dumps({"rows": rows, "cpu_s": watch.cpu_s, "peak_mb": peak_bytes() / 1e6}))


def by_columns(exchange: Exchange, path: Path) -> int:
    rows = 0
    for batch in batches_of(path):
        exchange.on_rows(batch, 0, batch.count)
        rows += int(batch.count)
    return rows


def by_objects(exchange: Exchange, path: Path) -> int:
    rows = 0
    for event in read_tape(path, INSTRUMENT):
        if isinstance(event, Quote):
            exchange.on_quote(event)
        else:
            exchange.on_trade(event)
        rows += 1
    return rows


def batches_of(path: Path) -> Batches:
    if "message" in path.name:
        return read_source("lobster", [path], Wanted(INSTRUMENT), TapeReport())
    return read_own(path, INSTRUMENT)


def peak_bytes() -> int:
    """The most that this process has held of memory (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) * 1024


def make_tapes(folder: Path, rows: int) -> None:
    quotes, orders, messages = (folder / name for name in (LAYOUTS[0], LAYOUTS[2], LAYOUTS[3]))
    write_own(quotes, INSTRUMENT, made(rows, put_quote_or_trade))
    write_own(folder / LAYOUTS[1], INSTRUMENT, made(rows, put_quote_or_trade))
    write_own(orders, INSTRUMENT, made(rows, put_order))
    with messages.open("w", encoding="ascii") as file:
        file.writelines(lobster_lines(rows))


def made(rows: int, put: Callable[[BatchWriter, int, int], None]) -> Batches:
    out = BatchWriter(INSTRUMENT)
    for row, walk in enumerate(random_walk(rows)):
        put(out, row, walk)
        if out.count == BATCH_ROWS:
            yield out.take()
    yield out.take()


def random_walk(rows: int) -> Iterator[int]:
    """Numbers from one seed (a linear congruential generator): the price's distance from 100, in ticks."""
    seed, walk = 1, 0
    for _ in range(rows):
        seed = (seed * 6_364_136_223_846_793_005 + 1) % 2**64
        walk = max(-500, min(500, walk + (seed >> 33) % 3 - 1))
        yield walk


def put_quote_or_trade(out: BatchWriter, row: int, walk: int) -> None:
    bid_px = 100 * PRICE_SCALE + walk * TICK
    if row % 8 == 7:
        out.put_trade(START_NS + row * 1000, bid_px, 100)
    else:
        out.put_quote(START_NS + row * 1000, bid_px, 100 + row % 900, bid_px + TICK, 100 + row % 700)


def put_order(out: BatchWriter, row: int, walk: int) -> None:
    """Each order is added, then executed."""
    side, offset = (BUY, -1) if row % 4 < 2 else (SELL, 1)
    kind = ADD if row % 2 == 0 else EXECUTE
    px = 100 * PRICE_SCALE + offset * (1 + row // 2 % 20) * TICK
    out.put(START_NS + row * 1000, kind, side, px, 100, 0, 0, 1 + row // 2)


def lobster_lines(rows: int) -> Iterator[str]:
    for row in range(rows):
        direction = 1 if row % 4 < 2 else -1
        px = 1_000_000 - direction * (1 + row // 2 % 20) * 100
        kind = 1 if row % 2 == 0 else 4
        yield f"{34200 + row // 1_000_000}.{row % 1_000_000:06d},{kind},{1 + row // 2},100,{px},{direction}\n"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
