"""A snapshot in a file: the desk as events and where sent messages are, as of one sequence number of one journal.

Layout, little endian. Head: the magic, the format's version, the length of what follows; last sequence, hash of that
batch, id of the journal, time, trading date and number of orders of the desk, the Kairos that wrote it; CRC of all that.
Chunks: kind, length, CRC, body. The last one, of kind END, holds how many came before it and the SHA-256 of every byte
before it. Nothing follows.

A chunk's CRC names the place of damage and keeps damaged bytes from being decoded; the hash at the end misses nothing.
It is worked out by a thread beside the decoding. The file is written under another name, made durable, then renamed:
under its own name it is whole from the first moment, and never changes.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import zlib
from collections.abc import Generator, Iterable
from pathlib import Path
from threading import Thread
from typing import BinaryIO, Final, NamedTuple

from kairos.adapters.journal_sqlite_file import sync_directory
from kairos.ports import SnapshotUnusable

FORMAT_VERSION: Final = 1
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
    """A snapshot to be read; a context manager. Whatever is wrong with it raises `SnapshotUnusable`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = str(path)
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise self._unusable("is empty", _TORN) from None
        except OSError as error:
            raise self._unusable(f"can't be read ({error.strerror})", "check its rights and its disk") from error
        try:
            self.head, self._at = self._read_head()
        except SnapshotUnusable:
            self._data.close()
            raise

    def __enter__(self) -> SnapshotFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()

    def _unusable(self, problem: str, remedy: str) -> SnapshotUnusable:
        return SnapshotUnusable(self._file, problem, remedy)

    def _read_head(self) -> tuple[SnapshotHead, int]:
        if len(self._data) < _OPENING.size or not self._data[: len(MAGIC)] == MAGIC:
            raise self._unusable("is no snapshot of Kairos, or its beginning is missing", _TORN)
        _magic, version, length = _OPENING.unpack_from(self._data)
        if version != FORMAT_VERSION:
            problem = f"is a snapshot of format {version}, this version of Kairos reads format {FORMAT_VERSION}"
            raise self._unusable(problem, f"{OTHER_IS_TAKEN}, or start the Kairos that wrote it")
        end = _OPENING.size + length
        packed = self._data[:end]
        if len(self._data) < end + _CRC.size or _CRC.unpack_from(self._data, end) != (zlib.crc32(packed),):
            raise self._unusable("is damaged in its head", _TORN)
        at = _OPENING.size + _HEAD.size
        return SnapshotHead(*_HEAD.unpack_from(packed, _OPENING.size), packed[at:].decode()), end + _CRC.size

    def chunks(self) -> Generator[Chunk, None, None]:
        """Each chunk, checked; that nothing is missing or altered is known when all of them have been taken. Close it
        before the file if it is left before its end."""
        end = len(self._data) - _CHUNK.size - _END.size
        hashing = _Hashing(self._data, end)
        try:
            at, count = self._at, 0
            while at < end:
                chunk = self._chunk(at)
                yield chunk
                at += _CHUNK.size + len(chunk.body)
                count += 1
            self._check_end(at, count, hashing)
        finally:
            hashing.join()

    def _chunk(self, at: int) -> Chunk:
        kind, length, crc32 = _CHUNK.unpack_from(self._data, at)
        start = at + _CHUNK.size
        body = self._data[start : start + length]
        if len(body) != length or zlib.crc32(body) != crc32:
            raise self._unusable(f"is damaged between byte {at} and byte {start + length}", _TORN)
        return Chunk(kind, body)

    def _check_end(self, at: int, count: int, hashing: _Hashing) -> None:
        if at + _CHUNK.size + _END.size != len(self._data) or self._chunk(at).kind != END:
            raise self._unusable(f"has no end, {len(self._data)} bytes are there", _TORN)
        chunks, digest = _END.unpack(self._chunk(at).body)
        if chunks != count or digest != hashing.join():
            raise self._unusable("does not match its hash", f"was it altered? {OTHER_IS_TAKEN}")


class _Hashing:
    """Hashes the first bytes of a file on a thread of its own, beside whoever reads them."""

    def __init__(self, data: mmap.mmap, end: int) -> None:
        self._view = memoryview(data)
        self._end = end
        self._digest = b""
        self._thread = Thread(target=self._work, name="snapshot-hash")
        self._thread.start()

    def _work(self) -> None:
        with self._view[: max(self._end, 0)] as part:
            self._digest = hashlib.sha256(part).digest()

    def join(self) -> bytes:
        """The hash, once it is there."""
        self._thread.join()
        self._view.release()
        return self._digest


def sync_and_name(temporary: Path, target: Path) -> None:
    """Give a durable file its name, durably."""
    temporary.replace(target)
    sync_directory(target.parent)
