"""A snapshot in a file: the desk as events and where sent messages are, as of one sequence number of one journal.

Layout, little endian. Head: the magic, the format's version, the length of what follows; last sequence, hash of that
batch, id of the journal; time, trading date and orders of the desk; the Kairos that wrote it; CRC of all that.
Chunks: kind, length, CRC, body. The last one, of kind END, holds how many came before it and the SHA-256 of every byte
before it. Nothing follows.

A chunk's CRC names the place of damage and keeps damaged bytes from being decoded; the hash at the end misses nothing.
The file is written under another name, made durable, then renamed: under its own name it is whole from the first
moment, and never changes.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from kairos.adapters.journal_format import MAX_BODY_BYTES
from kairos.adapters.journal_sqlite_file import sync_directory
from kairos.ports import SnapshotUnusable

FORMAT_VERSION: Final = 1
MAX_HEAD_BYTES: Final = 4096  # some 100 are used
MAGIC: Final = b"KAIRSNAP"
DESK: Final = 1  # events that rebuild the desk, encoded as a batch of the journal is
SENT: Final = 2  # one session's trail, `sent_trail`
END: Final = 0

_OPENING: Final = struct.Struct("<8sHI")
_HEAD: Final = struct.Struct("<q32s16sqqq")
_CRC: Final = struct.Struct("<I")
_CHUNK: Final = struct.Struct("<BII")
_END: Final = struct.Struct("<q32s")

# The disk gets the file in pieces of this size, each waited for: a commit of the journal on the same disk then waits
# for one piece at most, and not for the whole file.
SYNC_BYTES: Final = 4 * 1024 * 1024

OTHER_IS_TAKEN: Final = "it is passed over; remove it once the engine runs"
_TORN: Final = f"was the disk full, or the file cut? {OTHER_IS_TAKEN}"


class SnapshotHead(NamedTuple):
    """What a snapshot is of: the desk after `last_seq` of this journal, whose batch that ends there has `last_hash`."""

    last_seq: int
    last_hash: bytes
    journal_id: bytes
    at_ns: int
    trading_date: int
    orders: int
    kairos: str


class Chunk(NamedTuple):
    kind: int
    body: bytes


def write_snapshot(file: BinaryIO, head: SnapshotHead, chunks: Iterable[Chunk]) -> None:
    """Write all of it and make it durable."""
    out = _Sealing(file)
    out.write(_pack_head(head))
    count = 0
    for kind, body in chunks:
        out.write(_CHUNK.pack(kind, len(body), zlib.crc32(body)))
        out.write(body)
        count += 1
    body = _END.pack(count, out.hasher.digest())
    file.write(_CHUNK.pack(END, len(body), zlib.crc32(body)) + body)
    file.flush()
    os.fsync(file.fileno())


class _Sealing:
    """Writes to a file, hashes what it writes, and waits for the disk every `SYNC_BYTES`."""

    def __init__(self, file: BinaryIO) -> None:
        self.hasher = hashlib.sha256()
        self._file = file
        self._unsynced = 0

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self.hasher.update(data)
        self._unsynced += len(data)
        if self._unsynced >= SYNC_BYTES:
            self._file.flush()
            os.fdatasync(self._file.fileno())
            self._unsynced = 0


def _pack_head(head: SnapshotHead) -> bytes:
    body = _HEAD.pack(*head[:-1]) + head.kairos.encode()
    packed = _OPENING.pack(MAGIC, FORMAT_VERSION, len(body)) + body
    return packed + _CRC.pack(zlib.crc32(packed))


class SnapshotFile:
    """A snapshot to be read, once; a context manager. Whatever is wrong with it raises `SnapshotUnusable`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = hashlib.sha256()
        with self._explaining():
            self._file = path.open("rb")
        try:
            self.head = self._read_head()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> SnapshotFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _unusable(self, problem: str, remedy: str) -> SnapshotUnusable:
        return SnapshotUnusable(str(self.path), problem, remedy)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._unusable(f"can't be read ({error.strerror})", "check its rights and its disk") from error

    def _read(self, size: int) -> bytes:
        """The next bytes: fewer where the file ends. (Not mapped into memory: there a bad sector kills the process.)"""
        with self._explaining():
            data = self._file.read(size)
        self._hasher.update(data)
        return data

    def _read_head(self) -> SnapshotHead:
        opening = self._read(_OPENING.size)
        if len(opening) < _OPENING.size or not opening.startswith(MAGIC):
            raise self._unusable("is no snapshot of Kairos, or its beginning is missing", _TORN)
        _magic, version, length = _OPENING.unpack(opening)
        if version != FORMAT_VERSION:
            problem = f"is a snapshot of format {version}, this version of Kairos reads format {FORMAT_VERSION}"
            raise self._unusable(problem, f"{OTHER_IS_TAKEN}, or start the Kairos that wrote it")
        body = self._read(min(length, MAX_HEAD_BYTES))
        if self._read(_CRC.size) != _CRC.pack(zlib.crc32(opening + body)):
            raise self._unusable("is damaged in its head", _TORN)
        return SnapshotHead._make((*_HEAD.unpack_from(body), body[_HEAD.size :].decode()))

    def chunks(self) -> Generator[Chunk, None, None]:
        """Each chunk, checked; that nothing is missing or altered is known when all of them have been taken."""
        count = 0
        while True:
            digest = self._hasher.digest()
            kind, body = self._chunk()
            if kind == END:
                break
            yield Chunk(kind, body)
            count += 1
        if body != _END.pack(count, digest) or self._read(1):
            raise self._unusable("does not match its hash", f"was it altered? {OTHER_IS_TAKEN}")

    def _chunk(self) -> Chunk:
        at = self._file.tell()
        head = self._read(_CHUNK.size)
        if len(head) < _CHUNK.size:
            raise self._unusable(f"ends at byte {at + len(head)}, before its end", _TORN)
        kind, length, crc32 = _CHUNK.unpack(head)
        body = self._read(min(length, MAX_BODY_BYTES))
        if len(body) != length or zlib.crc32(body) != crc32:
            raise self._unusable(f"is damaged between byte {at} and byte {at + _CHUNK.size + length}", _TORN)
        return Chunk(kind, body)


def sync_and_name(temporary: Path, target: Path) -> None:
    """Give a durable file its name, durably."""
    temporary.replace(target)
    sync_directory(target.parent)
