"""The order core in process: submit, ten checks, route, venue's ack and fill, position; compiled against interpreted.

Each order is a SubmitOrder and two ReportExecutions; its events are encoded as the journal would keep them. Both runs
do the same orders in processes of their own, in turn, and must end at the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time

import kairos
from bench.ways import run_one
from kairos.engine.engine import Engine
from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineVenue,
    ReportExecution,
    SetLimits,
    SetVenueState,
    SubmitOrder,
)
from kairos.model.enums import ExecType, HandlInst, OrdStatus, OrdType, Side, TimeInForce, VenueKind
from kairos.model.events import Event
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Limits, Terms
from kairos.model.wire import encode_events

ORDERS = 10_000
ROUNDS = 5
INSTRUMENTS = 100
PRICE = 100 * PRICE_SCALE
START_NS = 1_795_000_000_000_000_000


def house() -> list[Command]:
    """One client with wide limits, a hundred instruments, a venue that is up."""
    most = 10**9 * PRICE_SCALE
    commands: list[Command] = [
        DefineVenue("XNYS", VenueKind.EXCHANGE, "Venue", "XNYS", 5_000_000_000, ""),
        DefineClient("C", "Client", True, ""),
        DefineAccount("A", "C", "Account", "USD", most, True, ""),
        SetLimits("A", Limits(10_000, most, 1_000, 1_000_000_000, most, most, 1_000_000, 1_000_000), ""),
        SetVenueState("XNYS", True),
    ]
    for n in range(INSTRUMENTS):
        name = f"S{n:03d}"
        commands.append(DefineInstrument(f"{name}.XNYS", name, "XNYS", name, "USD", "", "", 10**6, 1, 1, PRICE, ""))
    return commands


def order(n: int, account: str = "A") -> SubmitOrder:
    terms = Terms(100, OrdType.LIMIT, PRICE, 0, TimeInForce.DAY, 0, 0)
    side = Side.SELL if n // INSTRUMENTS % 2 else Side.BUY
    automated = HandlInst.AUTOMATED_NO_INTERVENTION
    return SubmitOrder(
        "S", "C", f"O{n}", account, f"S{n % INSTRUMENTS:03d}.XNYS", side, automated, terms, "", "", START_NS, False, ""
    )


def report(n: int, exec_type: ExecType, status: OrdStatus, qty: int, px: int) -> ReportExecution:
    route = f"R{n + 1}"
    return ReportExecution(
        "XNYS", exec_type, status, route, "", f"V{n}", f"E{n}{exec_type}", "", qty, px, qty, 0, 100, PRICE, "", "",
        START_NS, False,
    )  # fmt: skip


def cycle(n: int, account: str = "A") -> list[Command]:
    """An order that its venue acknowledges and fills."""
    return [
        order(n, account),
        report(n, ExecType.NEW, OrdStatus.NEW, 0, 0),
        report(n, ExecType.TRADE, OrdStatus.FILLED, 100, PRICE),
    ]


def started() -> Engine:
    engine = Engine()
    for command in house():
        engine.handle(command, START_NS)
    return engine


def events_of_an_order() -> list[Event]:
    """All that an acknowledged and filled order leaves in the journal."""
    engine = started()
    return [event for command in cycle(0) for event in engine.handle(command, START_NS)]


def one_run() -> dict[str, object]:
    """Do the orders once; orders a second and the hash of every byte that the journal would hold."""
    engine = Engine()
    digest = hashlib.sha256()
    for command in house():
        digest.update(encode_events(engine.handle(command, START_NS)))
    commands: list[Command] = []
    for n in range(ORDERS):
        commands += cycle(n)
    batches: list[bytes] = []
    started, cpu = time.perf_counter(), time.process_time()
    for at, command in enumerate(commands):
        batches.append(encode_events(engine.handle(command, START_NS + at)))
    cpu_s, wall_s = time.process_time() - cpu, time.perf_counter() - started
    for batch in batches:
        digest.update(batch)
    desk = engine.desk
    assert len(desk.trades) == ORDERS
    return {"orders_s": ORDERS / wall_s, "cpu_us": cpu_s / ORDERS * 1e6, "sha256": digest.hexdigest()}


def main() -> None:
    if not kairos.COMPILED:
        print(f"nothing to compare: {kairos.how_it_runs()}")
        return
    compiled, interpreted = [], []
    for _ in range(ROUNDS):
        compiled.append(run_one("bench.core", "--one", pure=False))
        interpreted.append(run_one("bench.core", "--one", pure=True))
    assert {r["sha256"] for r in compiled} == {r["sha256"] for r in interpreted}, "the journals differ"
    for name, runs in (("compiled", compiled), ("interpreted", interpreted)):
        rates = sorted(float(r["orders_s"]) for r in runs)
        cpu = statistics.median(float(r["cpu_us"]) for r in runs)
        spread = f"({rates[0]:,.0f} to {rates[-1]:,.0f})"
        print(f"{name:<12} {statistics.median(rates):>9,.0f} orders/s {spread}, {cpu:.1f} us CPU an order")
    ratios = sorted(float(c["orders_s"]) / float(i["orders_s"]) for c, i in zip(compiled, interpreted, strict=True))
    spread = f"({ratios[0]:.1f} to {ratios[-1]:.1f})"
    print(f"compiled is {statistics.median(ratios):.1f} times interpreted {spread}; same journal bytes")


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(one_run()))
    else:
        main()
