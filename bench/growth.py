"""How the cost of an order grows: with live orders and accounts in the core, with FIX sessions and link subscribers.

Each figure is CPU time of the process that does the work, in microseconds an order. In the core an order is submitted,
acknowledged and filled, and nothing is encoded; over FIX it is everything, journal and sync included.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from bench import results, servers
from bench.core import START_NS, cycle, started
from bench.fix_ack import load_of
from bench.fix_messages import names_of
from bench.memory import submit
from kairos.engine.engine import Engine
from kairos.model.commands import DefineAccount, SetLimits
from kairos.model.values import Limits

LIVE = (1, 100, 10_000, 100_000, 1_000_000)
ACCOUNTS = (1, 10, 100, 1_000, 10_000)
SESSIONS = (1, 10, 100, 1_000)
SUBSCRIBERS = (0, 1, 4, 16)
CYCLES = 10_000
FIX_ORDERS = 20_000
ROUNDS = 3
MOST = 10**9 * 10**8
APART_NS = 1_000  # a million at one instant would be more than an account's rate


def beside_live_orders(live: int) -> float:
    """With so many orders resting."""
    engine = started()
    for n in range(live):
        engine.handle(submit(n, True), START_NS + n * APART_NS)
    return timed(engine, ["A"], START_NS + live * APART_NS)


def with_accounts(accounts: int) -> float:
    """Orders of so many accounts in turn."""
    engine = started()
    limits = Limits(10_000, MOST, 1_000, 1_000_000_000, MOST, MOST, 1_000_000, 1_000_000)
    names = [f"A{n}" for n in range(accounts)]
    for name in names:
        engine.handle(DefineAccount(name, "C", name, "USD", MOST, True, ""), START_NS)
        engine.handle(SetLimits(name, limits, ""), START_NS)
    return timed(engine, names, START_NS)


def timed(engine: Engine, accounts: list[str], now_ns: int) -> float:
    """Microseconds of CPU for an order: submitted, acknowledged, filled."""
    commands = [cycle(n, accounts[n % len(accounts)]) for n in range(CYCLES)]
    filled = engine.desk.next_exec_id
    began = time.process_time()
    for three in commands:
        for command in three:
            engine.handle(command, now_ns)
    each = (time.process_time() - began) / CYCLES * 1e6
    assert engine.desk.next_exec_id - filled >= 2 * CYCLES, "orders were refused: nothing was measured"
    return each


def in_core(kind: str, count: int) -> dict[str, float]:
    """In a process of its own, so that one size does not prepare the ground for the next."""
    command = [sys.executable, "-m", "bench.growth", "--one", kind, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=servers.REPO)
    return {"cpu_us": float(done.stdout)}


def over_sessions(sessions: int) -> dict[str, float]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a socket a session, on both sides
    with servers.kairos(names_of(sessions)) as server:
        return load_of(server, "spread", str(FIX_ORDERS), str(sessions))


def with_subscribers(subscribers: int) -> dict[str, float]:
    with ExitStack() as stack:
        server = stack.enter_context(servers.kairos())
        load_of(server, "pipelined", "100")  # once it answers, its link is there
        for _ in range(subscribers):
            command = [sys.executable, "-m", "bench.link_subscriber", str(server.config)]
            follower = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=servers.REPO)
            stack.enter_context(follower)
            stack.callback(follower.terminate)
            assert follower.stdout is not None
            follower.stdout.readline()
        return load_of(server, "pipelined", str(FIX_ORDERS), "102")


def main(quick: bool = False) -> None:
    kinds: dict[str, tuple[Callable[[int], dict[str, float]], tuple[int, ...]]] = {
        "live orders": (partial(in_core, "live"), LIVE),
        "accounts": (partial(in_core, "accounts"), ACCOUNTS),
        "sessions": (over_sessions, SESSIONS),
        "subscribers": (with_subscribers, SUBSCRIBERS),
    }
    found: results.Found = {}
    for kind, (measure, counts) in kinds.items():
        chosen = counts[:3] if quick else counts
        ways: dict[str, Callable[[], dict[str, float]]] = {
            f"{count} {kind}": partial(measure, count) for count in chosen
        }
        runs = results.in_turn(ways, 1 if quick else ROUNDS)
        found[kind] = [[count, results.of_key(runs[f"{count} {kind}"], "cpu_us")] for count in chosen]
    results.keep("growth", found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(beside_live_orders(int(sys.argv[3])) if sys.argv[2] == "live" else with_accounts(int(sys.argv[3])))
    else:
        main("--quick" in sys.argv)
