"""The journal's format, whatever stores it: what a row holds, how it is sealed, how a chain of rows is followed.

Every row carries the CRC of its body, the hash of the row before it, and its own hash over a fixed header and the body.
An altered row breaks its own hash; a row altered together with its hash breaks its successor's; a removed or moved one
breaks the numbering. The first row hangs on a hash of the journal's id, so rows can't be carried over from another
journal. Whoever can rewrite the whole file can rewrite the whole chain too: against that, keep the last hash elsewhere.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from typing import NamedTuple

from kairos.ports import Batch, BatchRefusedError, JournalDamaged

FORMAT_VERSION = 1

# A disk that stalls for two seconds at the top speed of the order path gathers about this much. More than that must be
# shed at the door, not gathered; SQLite itself ends at 1,000,000,000 bytes a value.
MAX_BODY_BYTES = 256 * 1024 * 1024

HASH_BYTES = 32

# Format version, first_seq, epoch, count, written_at_ns, CRC of the body, hash of the row before; the body follows.
_HEADER = struct.Struct("<H5q32s")


class Row(NamedTuple):
    """One batch as stored; the order of the fields is the order of the columns."""

    first_seq: int
    epoch: int
    event_count: int
    written_at_ns: int
    body: bytes
    crc32: int
    prev_hash: bytes
    hash: bytes

    @property
    def next_seq(self) -> int:
        return self.first_seq + self.event_count

    @property
    def body_bytes(self) -> int:
        """The length of the body; 0 in a damaged row where something else is in its place."""
        return len(self.body) if isinstance(self.body, bytes) else 0

    def batch(self) -> Batch:
        return Batch(self.first_seq, self.event_count, self.body)


_COLUMN_TYPES = (int, int, int, int, bytes, int, bytes, bytes)


class Head(NamedTuple):
    """An end of the journal: the sequence that comes next, and the hash of the last row."""

    next_seq: int
    last_hash: bytes

    @classmethod
    def parse(cls, text: str) -> Head:
        next_seq, last_hash = text.split()
        return cls(int(next_seq), bytes.fromhex(last_hash))

    def __str__(self) -> str:
        return f"{self.next_seq} {self.last_hash.hex()}"


def refuse_short(file: str, noted: Head, found: Head) -> None:
    """Raise `JournalDamaged` if the journal ends before the head once noted in it, or there with another row."""
    if found.next_seq < noted.next_seq:
        problem = f"missing, the journal once reached sequence {noted.next_seq - 1}"
        raise JournalDamaged(file, found.next_seq, problem)
    if found.next_seq == noted.next_seq and found.last_hash != noted.last_hash:
        raise JournalDamaged(file, found.next_seq, "the one before it is not the one that was written")


def genesis_hash(journal_id: bytes) -> bytes:
    """What the first row of a journal has for the hash of the row before."""
    return sha256(b"kairos journal\0" + journal_id).digest()


def seal(batch: Batch, epoch: int, written_at_ns: int, prev_hash: bytes) -> Row:
    """The row that stores the batch after the row whose hash is `prev_hash`."""
    crc32 = zlib.crc32(batch.body)
    head = _HEADER.pack(FORMAT_VERSION, batch.first_seq, epoch, batch.count, written_at_ns, crc32, prev_hash)
    own = _digest(head, batch.body)
    return Row(batch.first_seq, epoch, batch.count, written_at_ns, batch.body, crc32, prev_hash, own)


def refuse_unfit(file: str, batch: Batch, next_seq: int) -> None:
    """Raise `BatchRefusedError` unless the batch continues a journal whose next number is `next_seq`."""
    remedy = "a defect of the writer, please report it; nothing was written"
    if batch.first_seq != next_seq:
        problem = f"batch starts at sequence {batch.first_seq} where {next_seq} comes next"
        raise BatchRefusedError(file, problem, remedy)
    if batch.count < 1 or not batch.body:
        raise BatchRefusedError(file, f"batch at sequence {next_seq} is empty", remedy)
    if len(batch.body) > MAX_BODY_BYTES:
        problem = f"batch at sequence {next_seq} has {len(batch.body)} bytes, the bound is {MAX_BODY_BYTES}"
        raise BatchRefusedError(file, problem, remedy)


class Chain:
    """Follows rows in order and stops at the first that is not what was written."""

    __slots__ = ("_file", "last_hash", "next_seq")

    def __init__(self, file: str, next_seq: int, last_hash: bytes) -> None:
        self._file = file
        self.next_seq = next_seq
        self.last_hash = last_hash

    def follow(self, row: Row) -> None:
        """Accept the row as the next one, or raise `JournalDamaged` at the sequence where one was expected."""
        problem = self._problem(row)
        if problem:
            raise JournalDamaged(self._file, self.next_seq, problem)
        self.next_seq = row.next_seq
        self.last_hash = row.hash

    def _problem(self, row: Row) -> str:
        if row.first_seq != self.next_seq:
            return f"missing, a batch at sequence {row.first_seq} stands in its place"
        damage = damage_within(row)
        if damage:
            return damage
        if row.prev_hash != self.last_hash:
            return "was not written after the batch before it; one of the two was replaced"
        return ""


def damage_within(row: Row) -> str:
    """What is wrong with the row taken alone; empty when nothing is."""
    if not all(isinstance(value, kind) for value, kind in zip(row, _COLUMN_TYPES, strict=True)):
        return "a column holds another type than was written"
    if row.event_count < 1 or len(row.prev_hash) != HASH_BYTES:
        return "its count or its hash can't have been written so"
    if zlib.crc32(row.body) != row.crc32:
        return "its bytes do not match their CRC"
    numbers = (FORMAT_VERSION, row.first_seq, row.epoch, row.event_count, row.written_at_ns, row.crc32)
    if _digest(_HEADER.pack(*numbers, row.prev_hash), row.body) != row.hash:
        return "its bytes do not match their hash"
    return ""


def _digest(header: bytes, body: bytes) -> bytes:
    hasher = sha256(header)
    hasher.update(body)
    return hasher.digest()
