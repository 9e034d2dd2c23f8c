"""How fast a desk comes back: from a journal and from a snapshot, against plain sqlite3 reading the same bytes.

The journal is that of FIX orders: each accepted, routed, acknowledged and filled, with the sequence numbers and the
messages of its sessions. The snapshot is of orders that live, every other one a care order, the rest routed. Both
ways read a warm file, in turn; each start is a fresh desk.

    python -m bench.replay [ORDERS [LIVE_ORDERS]]
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import kairos
from bench import results
from bench.core import START_NS, house
from bench.memory import QTY, own, report, submit
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.snapshot_file import SnapshotFile
from kairos.adapters.snapshot_folder import snapshot_files
from kairos.app.recovery import JournalCopy
from kairos.engine.engine import Engine
from kairos.model.enums import ExecType, OrdStatus
from kairos.model.events import Event, SessionReceived, SessionSent
from kairos.model.wire import decode_events, encode_events
from kairos.ports import Batch

ORDERS = 100_000
LIVE_ORDERS = 1_000_000
QUICK_SHARE = 50
ROUNDS = 5
BATCH_ORDERS = 20  # what gathers in a commit under load
SENDING_TIME = "20261122-21:00:00.000"
BODY = b"x" * 300  # of an ExecutionReport(8), about as long as one is


class NoLog:
    def info(self, event: str, **fields: object) -> None: ...
    def warning(self, event: str, **fields: object) -> None: ...
    def error(self, event: str, **fields: object) -> None: ...


def main(quick: bool = False) -> None:
    share = QUICK_SHARE if quick else 1
    results.keep("replay", measure(ORDERS // share, LIVE_ORDERS // share))


def measure(orders: int, live: int) -> results.Found:
    print(kairos.how_it_runs())
    with tempfile.TemporaryDirectory() as scratch:
        found = replay(Path(scratch), orders)
    with tempfile.TemporaryDirectory() as scratch:
        return found | start(Path(scratch), live)


def replay(folder: Path, orders: int) -> results.Found:
    """Events a second from a journal without a snapshot."""
    path = folder / "journal.db"
    journal = written(path, filled(orders))
    events = journal.next_seq() - 1
    plain, recovered = in_turn(lambda: read_plainly(path, "batch"), lambda: recover(journal, folder))
    bodies = [batch.body for batch in journal.read()]
    (decoded,) = in_turn(lambda: [decode_events(body) for body in bodies])
    journal.close()
    print(f"journal of {events:,} events, {sum(map(len, bodies)) / events:.0f} bytes each:")
    print(f"  replay {events / recovered:>9,.0f} events/s ({recovered / plain:.1f} times plain sqlite3)")
    print(f"  decode {events / decoded:>9,.0f} events/s of it")
    return {
        f"events/s, replay of {events:,}": round(events / recovered),
        "replay: times plain sqlite3": round(recovered / plain, 1),
        "events/s, decoding alone": round(events / decoded),
    }


def start(folder: Path, live: int) -> results.Found:
    """Seconds to a desk of live orders, from its snapshot."""
    journal = written(folder / "journal.db", resting(live))
    copy = JournalCopy(journal, folder / "snapshots", NoLog())
    copy.recover()
    copy.write()
    assert len(copy.engine.desk.orders) == live
    del copy
    table = folder / "plain.db"
    size = copy_plainly(snapshot_files(folder / "snapshots")[0], table)
    plain, started = in_turn(lambda: read_plainly(table, "chunk"), lambda: recover(journal, folder / "snapshots"))
    journal.close()
    print(f"snapshot of {live:,} live orders, {size / live:.0f} bytes each:")
    print(f"  start {started:.2f} s, {started / live * 1e6:.2f} us an order, {started / plain:.1f} times plain sqlite3")
    return {
        f"seconds to start with {live:,} live orders": round(started, 2),
        "start: times plain sqlite3": round(started / plain, 1),
        "bytes of a live order in the snapshot": round(size / live),
    }


def filled(orders: int) -> Iterator[list[Event]]:
    """The events of orders that came, were acknowledged and filled, a batch at a time."""
    engine = Engine()
    yield [event for command in house() for event in engine.handle(command, START_NS)]
    batch: list[Event] = []
    for n in range(orders):
        now_ns = START_NS + n
        batch.append(SessionReceived(now_ns, own("SESSION1"), n + 2))
        batch += engine.handle(submit(n, False), now_ns)
        batch += [sent(now_ns, "SESSION1", 2 * n + 1, "8"), sent(now_ns, "XNYS", n + 1, "D")]
        batch.append(SessionReceived(now_ns, own("XNYS"), 2 * n + 2))
        batch += engine.handle(report(n, ExecType.NEW, OrdStatus.NEW, 0), now_ns)
        batch.append(SessionReceived(now_ns, own("XNYS"), 2 * n + 3))
        batch += engine.handle(report(n, ExecType.TRADE, OrdStatus.FILLED, QTY), now_ns)
        batch.append(sent(now_ns, "SESSION1", 2 * n + 2, "8"))
        if n % BATCH_ORDERS == BATCH_ORDERS - 1 or n == orders - 1:
            yield batch
            batch = []


def sent(now_ns: int, session: str, msg_seq_num: int, msg_type: str) -> SessionSent:
    return SessionSent(now_ns, session, msg_seq_num, msg_type, SENDING_TIME, False, BODY)


def resting(orders: int) -> Iterator[list[Event]]:
    """The events of orders that came and live, every other one routed."""
    engine = Engine()
    yield [event for command in house() for event in engine.handle(command, START_NS)]
    for n in range(orders):
        batch = engine.handle(submit(n, manual=n % 2 == 0), START_NS + n)
        if n % 2:
            batch += engine.handle(report(n // 2, ExecType.NEW, OrdStatus.NEW, 0), START_NS + n)
        yield batch


def written(path: Path, batches: Iterable[list[Event]]) -> SqliteJournal:
    journal = SqliteJournal.open(path, synchronous="OFF")
    for events in batches:
        journal.append(Batch(journal.next_seq(), len(events), encode_events(events)))
    journal.maintain(idle=True)
    return journal


def recover(journal: SqliteJournal, snapshots: Path) -> None:
    JournalCopy(journal, snapshots, NoLog()).recover()


def copy_plainly(snapshot: Path, table: Path) -> int:
    """The snapshot's chunks as rows of a table, for the comparison; returns their bytes."""
    with closing(sqlite3.connect(table)) as connection, connection, SnapshotFile(snapshot) as file:
        connection.execute("CREATE TABLE chunk (number INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        connection.executemany("INSERT INTO chunk (body) VALUES (?)", ((chunk.body,) for chunk in file.chunks()))
        (size,) = connection.execute("SELECT sum(length(body)) FROM chunk").fetchone()
    return int(size)


def read_plainly(path: Path, table: str) -> int:
    """Take every body out of a table, and do nothing with it."""
    with closing(sqlite3.connect(path)) as connection:
        return sum(len(body) for (body,) in connection.execute(f"SELECT body FROM {table}"))


def in_turn(*ways: Callable[[], object]) -> list[float]:
    """The median seconds of each, one after the other in every round."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, seconds in zip(ways, taken, strict=True):
            began = time.perf_counter()
            way()
            seconds.append(time.perf_counter() - began)
    return [statistics.median(seconds) for seconds in taken]


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]]
    measure(*(sizes or [ORDERS]), *([] if len(sizes) > 1 else [LIVE_ORDERS]))
