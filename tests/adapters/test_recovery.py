"""A snapshot can only speed recovery up: whatever is wrong with it, the desk is the one that the journal tells of."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.adapters.silent_log import SilentLog

from kairos.adapters.config import JournalConfig
from kairos.adapters.journal_format import Head
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.snapshot_file import DESK, Chunk, SnapshotFile
from kairos.adapters.snapshot_folder import add_snapshot, heads, snapshot_files
from kairos.app.keeper import Keeper
from kairos.app.recovery import JournalCopy
from kairos.engine.engine import Engine
from kairos.model.commands import DefineVenue
from kairos.model.enums import VenueKind
from kairos.model.events import SessionSent
from kairos.model.wire import encode_events
from kairos.ports import Batch, JournalAccessError, JournalDamaged, JournalError
from kairos.state.snapshot import snapshot

SESSION = "S"


class Shop:
    """A journal that grows by one venue and one FIX message a batch, and snapshots of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "journal.db"
        self.snapshots = folder / "snapshots"
        self.log = SilentLog()
        self.engine = Engine()
        self.number = 0

    def grow(self, batches: int = 1) -> None:
        journal = SqliteJournal.open(self.file, synchronous="OFF")
        for _ in range(batches):
            self.number += 1
            name = f"V{self.number}"
            events = self.engine.handle(
                DefineVenue(name, VenueKind.EXCHANGE, name, "", 5_000_000_000, ""), 1_795_000_000_000_000_000
            )
            message = SessionSent(
                1_795_000_000_000_000_000, SESSION, self.number, "8", "20261123-09:00:00", False, name.encode()
            )
            self.engine.fold([message])
            events = [*events, message]
            journal.append(Batch(journal.next_seq(), len(events), encode_events(events)))
        journal.close()

    def copy(self) -> JournalCopy:
        return JournalCopy(SqliteJournal.open(self.file, read_only=True), self.snapshots, self.log)

    def keep(self) -> Path:
        copy = self.copy()
        copy.recover()
        copy.write()
        return snapshot_files(self.snapshots)[0]

    def recovered(self) -> JournalCopy:
        """Recovered, and found to be what it must be."""
        copy = self.copy()
        copy.recover()
        assert snapshot(copy.engine.desk, 0) == snapshot(self.engine.desk, 0)
        resent = [message.body for message in copy.sent.read(SESSION, 1, 0)]
        assert resent == [b"V%d" % n for n in range(1, self.number + 1)]
        return copy

    def passed_over(self) -> list[str]:
        return [str(fields["why"]) for fields in self.log.told("snapshot passed over")]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.grow(5)
    return shop


def test_from_the_newest_snapshot_and_the_rest(shop: Shop) -> None:
    shop.keep()
    shop.grow(2)
    newest = shop.keep()
    shop.grow(3)
    assert shop.recovered().from_snapshot == str(newest)
    told = shop.log.told("journal read")[-1]
    assert told["snapshot"] == str(newest) and told["events"] == 6
    assert not shop.passed_over()


def test_from_the_journal_alone_where_there_is_none(shop: Shop) -> None:
    assert shop.recovered().from_snapshot == ""


def test_from_a_snapshot_with_nothing_behind_it(shop: Shop) -> None:
    shop.keep()
    assert shop.recovered().head.next_seq == 11


@pytest.mark.parametrize("spared", [1, 0.5, 0.99])
def test_a_damaged_one_is_passed_over_for_an_older_one(shop: Shop, spared: float) -> None:
    older = shop.keep()
    shop.grow(2)
    newest = shop.keep()
    whole = newest.read_bytes()
    at = min(int(len(whole) * spared), len(whole) - 1)
    newest.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    shop.grow()
    assert shop.recovered().from_snapshot == str(older)
    assert len(shop.passed_over()) == 1
    assert shop.log.told("snapshot passed over")[0]["file"] == str(newest)


def test_one_of_another_journal_is_passed_over(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Shop(tmp_path / "other")
    other.grow(3)
    shop.snapshots.mkdir()
    shutil.copy(other.keep(), shop.snapshots)
    assert shop.recovered().from_snapshot == ""
    assert "is of another journal" in shop.passed_over()[0]


def test_one_of_a_future_that_was_undone_is_passed_over(shop: Shop) -> None:
    back_up = shop.file.read_bytes()
    number = shop.number
    shop.grow(2)
    shop.keep()
    shop.file.write_bytes(back_up)
    copy = shop.copy()
    copy.recover()
    shop.number, shop.engine = number, copy.engine
    assert shop.recovered().from_snapshot == ""
    assert "is of sequence 14, the journal ends at 10" in shop.passed_over()[0]


def test_one_that_does_not_fit_on_its_batch_is_passed_over(shop: Shop) -> None:
    """Another history of the same journal: put back to an older state, then gone on otherwise."""
    path = shop.keep()
    with SnapshotFile(path) as file:
        head, chunks = file.head, list(file.chunks())
    shop.grow()
    for last_seq in (head.last_seq, head.last_seq + 1, head.last_seq + 2):
        add_snapshot(shop.snapshots, head._replace(last_seq=last_seq, last_hash=b"?" * 32), chunks)
    assert shop.recovered().from_snapshot == ""
    assert all("does not fit on batch" in why for why in shop.passed_over()) and len(shop.passed_over()) == 3


@pytest.mark.parametrize(
    "chunk", [Chunk(9, b""), Chunk(DESK, b"\x01\xff\x01\0\0\0\0"), Chunk(DESK, b"\x07"), Chunk(2, b"?")]
)
def test_what_a_newer_kairos_put_in_is_passed_over(shop: Shop, chunk: Chunk) -> None:
    older = shop.keep()
    shop.grow()
    path = shop.keep()
    with SnapshotFile(path) as file:
        head, chunks = file.head, list(file.chunks())
    add_snapshot(shop.snapshots, head, [*chunks, chunk])
    assert shop.recovered().from_snapshot == str(older)
    assert len(shop.passed_over()) == 1


def test_a_journal_whose_first_batches_went_starts_from_a_snapshot(shop: Shop) -> None:
    """And without one, it says which batches are missing."""
    path = shop.keep()
    shop.grow(2)
    journal = SqliteJournal.open(shop.file, read_only=True)
    last = next(row for row in journal.rows() if row.next_seq == 11)
    with sqlite3.connect(shop.file) as connection:
        connection.execute("INSERT INTO meta VALUES ('base', ?)", (str(Head(11, last.hash)),))
        connection.execute("DELETE FROM batch WHERE first_seq < 11")
    connection.close()
    copy = shop.copy()
    copy.recover()
    assert snapshot(copy.engine.desk, 0) == snapshot(shop.engine.desk, 0)
    assert copy.from_snapshot == str(path)
    assert [m.seq for m in copy.sent.read(SESSION, 1, 0)] == [6, 7], "what went can't be sent again, what stayed can"
    assert copy.sent.through(SESSION) == 7
    path.unlink()
    with pytest.raises(JournalAccessError):
        shop.copy().recover()


def test_damage_in_the_journal_behind_the_snapshot_stops_recovery(shop: Shop) -> None:
    shop.keep()
    shop.grow(2)
    with sqlite3.connect(shop.file) as connection:
        connection.execute("UPDATE batch SET body = zeroblob(9) WHERE first_seq = 13")
    connection.close()
    with pytest.raises(JournalDamaged):
        shop.copy().recover()


# The keeper


def keeper(shop: Shop, every: int) -> Keeper:
    return Keeper(JournalConfig(shop.file, snapshots=shop.snapshots, snapshot_every=every), shop.log)


def test_the_keeper_writes_one_whenever_the_journal_has_grown_enough(shop: Shop) -> None:
    keeps = keeper(shop, 6)
    assert [head.last_seq for head in (keeps.look(), keeps.look()) if head] == [10]
    shop.grow(2)
    assert keeps.look() is None
    shop.grow(2)
    head = keeps.look()
    assert head is not None and head.last_seq == 18
    assert len(shop.log.told("journal read")) == 1, "it goes on from where it is"
    assert shop.recovered().from_snapshot == str(snapshot_files(shop.snapshots)[0])


def test_a_new_keeper_counts_from_the_newest_snapshot_of_this_journal(shop: Shop) -> None:
    path = shop.keep()
    with SnapshotFile(path) as file:
        head, chunks = file.head, list(file.chunks())
    add_snapshot(shop.snapshots, head._replace(last_seq=900), chunks)
    assert keeper(shop, 6).look() is None
    shop.grow(3)
    written = keeper(shop, 6).look()
    assert written is not None and written.last_seq == 16
    assert [head.last_seq for head in heads(shop.snapshots)] == [900, 16, 10]


def test_a_keeper_that_failed_begins_anew(shop: Shop) -> None:
    shop.snapshots.write_text("a file where the folder should be")
    keeps = keeper(shop, 6)
    with pytest.raises(OSError):
        keeps.look()
    shop.snapshots.unlink()
    assert keeps.look() is not None
    shop.recovered()


def test_a_keeper_sees_that_the_journal_was_replaced(shop: Shop, tmp_path: Path) -> None:
    keeps = keeper(shop, 2)
    assert keeps.look() is not None
    for part in tmp_path.glob("journal.db*"):
        part.unlink()
    again = Shop(tmp_path)
    again.grow(9)
    with pytest.raises(JournalError):
        keeps.look()
    assert keeps.look() is not None
    again.recovered()
