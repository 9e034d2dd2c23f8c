"""Writes a kept journal, a kept snapshot of it and what they say, in the formats of the Kairos that runs this.

    python -m tests.kept.make_kept v2

Run it once, when a format of journal, snapshot or records is about to be released, and commit what it writes. It
refuses to write anew what is there: what was released is never made again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from tests.adapters.silent_log import SilentLog
from tests.kept.kept import SCENARIO, SESSIONS, expectation_of, journal_of, snapshot_of, told

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.snapshot_folder import snapshot_files
from kairos.app.recovery import JournalCopy
from kairos.model.enums import ResetReason
from kairos.model.events import Event, SessionReceived, SessionRefused, SessionReset, SessionSent
from kairos.model.wire import decode_events, encode_events
from kairos.ports import Batch
from kairos.scenario.runner import run_text
from kairos.scenario.world import START_NS

CLIENT, VENUE = SESSIONS
BATCHES_AFTER_THE_SNAPSHOT = 9


def sent(number: int, session: str, msg_type: str, body: bytes) -> SessionSent:
    return SessionSent(START_NS + number, session, number, msg_type, "20261123-09:00:00.000", False, body, b"")


def batches() -> list[list[Event]]:
    """The scenario's, each with what its sessions would have done."""
    outcome = run_text(SCENARIO.read_text("utf-8"), SCENARIO.name)
    assert outcome.passed, outcome.problem
    made = [decode_events(batch) for batch in outcome.world.batches]
    opening: list[Event] = [
        SessionReset(START_NS, CLIENT, 1, 1, ResetReason.SCHEDULE.value, ""),
        *(sent(1, session, "A", b"") for session in SESSIONS),
        SessionRefused(START_NS, CLIENT, 1, "it made no sense", b"8=FIX.4.4\x019=5\x0135=D\x01"),
    ]
    return [opening, *([*events, *told_to_sessions(n, events)] for n, events in enumerate(made, 2) if events)]


def told_to_sessions(number: int, events: list[Event]) -> list[Event]:
    what = " ".join(type(event).__name__ for event in events).encode()
    return [
        SessionReceived(events[-1].at_ns, CLIENT, number + 1),
        sent(number, CLIENT, "8", b"58=" + what + b"\x01"),
        sent(number, VENUE, "0", b""),
    ]


def write(journal_file: Path, parts: list[list[Event]]) -> None:
    clock = iter(range(START_NS, START_NS + 10**9))
    journal = SqliteJournal.open(journal_file, clock_ns=lambda: next(clock))
    for events in parts:
        journal.append(Batch(journal.next_seq(), len(events), encode_events(events)))
    journal.close()


def make(version: str) -> None:
    made = batches()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "journal.db"
        write(file, made[:-BATCHES_AFTER_THE_SNAPSHOT])
        early = JournalCopy(SqliteJournal.open(file, read_only=True), folder, SilentLog())
        early.recover()
        early.write()
        write(file, made[-BATCHES_AFTER_THE_SNAPSHOT:])
        journal = SqliteJournal.open(file, read_only=True)
        whole = JournalCopy(journal, folder / "none", SilentLog())
        whole.recover()
        lines = told(journal, whole.engine.desk, whole.sent)
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(file, journal_of(version))
        shutil.copy(snapshot_files(folder)[0], snapshot_of(version))
    expectation_of(version).write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    wanted = sys.argv[1]
    if journal_of(wanted).exists():
        raise SystemExit(f"{journal_of(wanted)} is there: name the next version")
    make(wanted)
