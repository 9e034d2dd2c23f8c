"""What the journal says for itself: that it is whole, and that it makes the same desk each time."""

from __future__ import annotations

from pathlib import Path

from tests.torture.audit import Claim

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.engine.engine import Engine
from kairos.model.wire import decode_events, encode_events
from kairos.state.snapshot import snapshot


def claims_on_journal(journal: Path) -> list[Claim]:
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
