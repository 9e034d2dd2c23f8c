"""Lets go of archived batches in the live file: by its writer alone, at a start, before the first append.

Each piece is one transaction that deletes batches from the front and notes in `base` where the file begins now and on
which hash, so that a crash in between leaves a whole journal. The file keeps its size: the room is used again.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from kairos.adapters.journal_archive import archived_to
from kairos.adapters.journal_format import Head
from kairos.adapters.journal_sqlite_file import Meta, transaction
from kairos.ports import JournalDamaged

# A transaction of some milliseconds, and a log of some MiB.
PIECE_BATCHES: Final = 1000

_PIECE = "SELECT first_seq + count, hash FROM batch WHERE first_seq < ? ORDER BY first_seq LIMIT ?"
_BEFORE = "SELECT first_seq + count, hash FROM batch WHERE first_seq < ? ORDER BY first_seq DESC LIMIT 1"
_LAST = "SELECT max(first_seq) FROM batch"


def trim(journal: Path, writer: sqlite3.Connection, meta: Meta) -> int:
    """Delete what archive files hold, but never the last batch; returns how many batches went. The caller holds the
    journal's lock. Raises `JournalDamaged` if archive and live file are not of one chain."""
    end = archived_to(journal, meta)
    if end.next_seq <= meta.base.next_seq:
        return 0
    last = writer.execute(_LAST).fetchone()[0] or 0
    found = writer.execute(_BEFORE, (end.next_seq,)).fetchone()
    if end.next_seq > last or found is None or Head(*found) != end:
        raise JournalDamaged(str(journal), end.next_seq, "the archive does not end with a batch of this journal")
    count = 0
    while piece := writer.execute(_PIECE, (end.next_seq, PIECE_BATCHES)).fetchall():
        base = Head(*piece[-1])
        with transaction(writer):
            writer.execute("DELETE FROM batch WHERE first_seq < ?", (base.next_seq,))
            writer.execute("REPLACE INTO meta VALUES ('base', ?)", (str(base),))
        writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        count += len(piece)
    return count
