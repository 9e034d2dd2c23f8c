"""kill -9 in mid-append: whatever was acknowledged is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kairos
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify

_CHILD = """
import sys
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.ports import Batch

journal = SqliteJournal.open(sys.argv[1])
while True:
    seq = journal.next_seq()
    journal.append(Batch(seq, 3, b"%d;" % seq * (1 + seq % 1500)))
    journal.maintain(idle=seq % 10 == 0)
    print(seq + 2, flush=True)
"""

ROUNDS = 3
APPENDS_BEFORE_THE_KILL = 40


def _append_until_killed(path: Path) -> int:
    """The last sequence that a child reported durable before it was killed in the midst of its work."""
    environment = {**os.environ, "PYTHONPATH": str(Path(kairos.__file__).parents[1])}
    command = [sys.executable, "-c", _CHILD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        for _ in range(APPENDS_BEFORE_THE_KILL):
            assert child.stdout.readline()
        child.kill()
        reported = [line for line in child.stdout.read().splitlines(keepends=True) if line.endswith(b"\n")]
    return int(reported[-1]) if reported else 3 * APPENDS_BEFORE_THE_KILL


@pytest.mark.slow
def test_all_that_was_acknowledged_survives_kill_9_and_the_next_writer_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "j.db"
    for round_number in range(1, ROUNDS + 1):
        acknowledged = _append_until_killed(path)
        report = verify(path)
        assert report.ok, report.problem
        assert report.last_seq >= acknowledged
        journal = SqliteJournal.open(path)
        assert journal.next_seq() == report.last_seq + 1
        assert journal.epoch == 2 * round_number
        for batch in journal.read():
            assert batch.body == b"%d;" % batch.first_seq * (1 + batch.first_seq % 1500)
        journal.close()
