"""What a live order costs in memory, and whether anything is left of orders that closed.

A million orders rest at once, care orders in one process and routed, acknowledged ones in another. Then orders open and
fill: within a day each leaves what a bust or a repeated ClOrdID may ask for, and day after day the process must not
grow. A message's texts are copies of their own, but for the names of its session and client, which it takes from its
FIX session.

    python -m bench.memory [LIVE_ORDERS [CLOSED_ORDERS]]
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import kairos
from bench import results
from bench.core import PRICE, START_NS, house
from kairos.engine.engine import Engine
from kairos.model.commands import AdvanceTime, ReportExecution, StartTradingDay, SubmitOrder
from kairos.model.enums import ExecType, HandlInst, OrdStatus, OrdType, Side, TimeInForce
from kairos.model.values import Terms

LIVE_ORDERS = 1_000_000
CLOSED_ORDERS = 10_000_000
QUICK_SHARE = 50
DAYS = 10
QTY = 1  # worth so little that no limit stops a million of them
PATIENCE_NS = 3_600_000_000_000  # by then no answer is waited for
DAY_NS = 86_400_000_000_000
MOST_BYTES = 700  # a live order, by the issue that asked for it


def main(quick: bool = False) -> None:
    share = QUICK_SHARE if quick else 1
    results.keep("memory", measure(LIVE_ORDERS // share, CLOSED_ORDERS // share))


def measure(live: int, closed: int) -> results.Found:
    print(f"{kairos.how_it_runs()}; {live:,} live orders, then {closed:,} that open and fill in {DAYS} days")
    found: results.Found = {}
    for kind in ("care", "routed"):
        each = run_in_process(kind, live)[0] / live
        found[f"bytes a live {kind} order, of {live:,}"] = round(each)
        print(f"{kind:<8} {each:>7,.0f} bytes a live order, at most {MOST_BYTES} wanted")
    each = run_in_process("day", live)[0] / live
    found[f"bytes left of an order that opened and closed, within its day, of {live:,}"] = round(each)
    print(f"ended    {each:>7,.0f} bytes an order that opened and closed, within its day")
    ends = run_in_process("closed", closed)
    shown = ", ".join(f"{end / 1e6:.1f}" for end in ends)
    print(f"closed   MB above the start when each day is over: {shown}")
    growth = (ends[-1] - ends[DAYS // 2]) / (closed / 2)
    found[f"bytes left of an order, over the second half of {closed:,} that opened and closed"] = round(growth, 2)
    print(f"         {growth:.2f} bytes an order over the second half")
    return found


def run_in_process(kind: str, orders: int) -> list[int]:
    """Each kind in a process of its own: memory that was used once is not always given back."""
    command = [sys.executable, "-m", "bench.memory", "--one", kind, str(orders)]
    found: list[int] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def resident_bytes() -> int:
    """What this process holds of memory now (Linux)."""
    gc.collect()
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) * 1024


def started() -> Engine:
    engine = Engine()
    for command in house():
        engine.handle(command, START_NS)
    return engine


def care_orders(orders: int) -> list[int]:
    return live_orders(orders, True)


def routed_orders(orders: int) -> list[int]:
    return live_orders(orders, False)


def live_orders(orders: int, manual: bool) -> list[int]:
    """Bytes that so many resting orders added."""
    engine = started()
    before = resident_bytes()
    for n in range(orders):
        engine.handle(submit(n, manual), START_NS + n)
        if not manual:
            engine.handle(report(n, ExecType.NEW, OrdStatus.NEW, 0), START_NS + n)
    engine.handle(AdvanceTime(), START_NS + orders + PATIENCE_NS)
    assert sum(order.is_open() for order in engine.desk.orders.values()) == orders
    return [resident_bytes() - before]


def day_of_orders(orders: int) -> list[int]:
    """Bytes that so many orders added which opened and filled in one day."""
    engine = started()
    before = resident_bytes()
    open_and_fill(engine, 0, orders, START_NS)
    return [resident_bytes() - before]


def open_and_fill(engine: Engine, first: int, last: int, began_ns: int) -> None:
    for n in range(first, last):
        engine.handle(submit(n, False), began_ns + n)
        engine.handle(report(n, ExecType.TRADE, OrdStatus.FILLED, QTY), began_ns + n)
    engine.handle(AdvanceTime(), began_ns + last + PATIENCE_NS)


def closed_orders(orders: int) -> list[int]:
    """Bytes above the start at the end of each day; a day's closed orders are kept for one day more."""
    engine = started()
    before = resident_bytes()
    ends: list[int] = []
    for day in range(DAYS):
        open_and_fill(engine, day * orders // DAYS, (day + 1) * orders // DAYS, START_NS + day * DAY_NS)
        engine.handle(StartTradingDay(20_270_101 + day), START_NS + (day + 1) * DAY_NS - 1)
        assert len(engine.desk.orders) <= orders // DAYS + 1
        ends.append(resident_bytes() - before)
    return ends


def submit(n: int, manual: bool) -> SubmitOrder:
    terms = Terms(QTY, OrdType.LIMIT, PRICE, 0, TimeInForce.DAY, 0, 0)
    handl_inst = HandlInst.MANUAL if manual else HandlInst.AUTOMATED_NO_INTERVENTION
    side = Side.SELL if n // 100 % 2 else Side.BUY
    account, instrument = own("A"), own(f"S{n % 100:03d}.XNYS")
    return SubmitOrder(
        "SESSION1", "C", f"20261122-{n:08d}", account, instrument, side, handl_inst, terms, "", "", START_NS, False, ""
    )


def report(n: int, exec_type: ExecType, status: OrdStatus, qty: int) -> ReportExecution:
    px = PRICE if qty else 0
    return ReportExecution(
        own("XNYS"), exec_type, status, f"R{n + 1}", "", f"V{n}", f"E{n}{exec_type}", "", qty, px, qty, 0, QTY, PRICE,
        "", "", START_NS, False,
    )  # fmt: skip


def own(text: str) -> str:
    """A copy that shares nothing, as a reader of messages makes them."""
    return text.encode().decode()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        count = int(sys.argv[3])
        ways = {"closed": closed_orders, "day": day_of_orders, "care": care_orders, "routed": routed_orders}
        print(json.dumps(ways[sys.argv[2]](count)))
    else:
        sizes = [int(word) for word in sys.argv[1:]]
        measure(*(sizes or [LIVE_ORDERS]), *([] if len(sizes) > 1 else [CLOSED_ORDERS]))
