"""What the journal says for itself: that it is whole, and that it makes the same desk each time.

replay.py JOURNAL

A process of its own asks: whoever has read a journal keeps a file of it open, and its disk could not be unmounted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.torture.audit import Claim
from tests.torture.house import REPO

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.engine.engine import Engine
from kairos.model.wire import decode_events, encode_events
from kairos.state.snapshot import snapshot


def claims_on_journal(journal: Path) -> list[Claim]:
    command = [sys.executable, "-m", "tests.torture.replay", str(journal)]
    asked = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    return [Claim(sentence, exceptions) for sentence, exceptions in json.loads(asked.stdout)]


def examine(journal: Path) -> list[Claim]:
    report = verify(journal)
    found = [] if report.ok else [f"at {report.at_first_seq}: {report.problem}"]
    bodies = _bodies(journal)
    once, again = desk_of(bodies), desk_of(bodies)
    return [
        Claim("the journal verifies", found),
        Claim("replaying it gives the same desk twice", [] if once == again else ["two desks"]),
    ]


def desk_of(bodies: list[bytes]) -> bytes:
    """The bytes of the desk that these batches make."""
    engine = Engine()
    engine.recover(event for body in bodies for event in decode_events(body))
    return encode_events(snapshot(engine.desk, 0))


def _bodies(journal: Path) -> list[bytes]:
    """Read once: an engine may be writing on."""
    reader = SqliteJournal.open(journal, read_only=True)
    try:
        return [batch.body for batch in reader.read()]
    finally:
        reader.close()


if __name__ == "__main__":
    print(json.dumps(examine(Path(sys.argv[1]))))
