"""One archive file: consecutive batches of a journal, compressed, sealed at both ends.

    head     magic, version, journal id, first sequence, hash before the first batch, CRC
    chunks   first and next sequence, hash before, length, CRC; then about a MiB of batches through zlib
    index    first sequence and offset of each chunk
    tail     next sequence, hash of the last batch, CRC of index and tail, length of the index, magic

A batch keeps its own hash; that of the batch before it is known from the chain, and so is not stored twice. A piece can
be read without the rest: the index leads to a chunk, and a chunk's head says where the chain stands. zlib, since every
Python has it: a file that must be readable in ten years should need no library that may have gone. Files never change.
"""

from __future__ import annotations

import os
import struct
import uuid
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from kairos.adapters.journal_format import Chain, Head, Row
from kairos.adapters.journal_sqlite_errors import explaining
from kairos.ports import JournalDamaged, JournalFormatError

VERSION: Final = 1
# Large enough that zlib finds what repeats, small enough to be in memory; what one damaged byte makes unreadable.
CHUNK_BYTES: Final = 1024 * 1024

_MAGIC: Final = b"KAIROSJA"
_MAGIC_AT_END: Final = b"AJSORIAK"
_LEVEL: Final = 6  # zlib's own choice; 9 takes twice as long for one part in a hundred
_CRC = struct.Struct("<I")
_HEAD = struct.Struct("<8sH16sq32s")
_CHUNK = struct.Struct("<2q32sI")  # first and next sequence, hash before, length; a CRC of these and the bytes follows
_ROW = struct.Struct("<4q2I32s")  # first sequence, epoch, count, time, length and CRC of the body, hash
_INDEX = struct.Struct("<2q")
_TAIL = struct.Struct("<q32sI")  # next sequence, last hash, length of the index


class Chunk(NamedTuple):
    first_seq: int
    offset: int


class ArchiveWriter:
    """Writes one file to a temporary name; `finish` makes it durable under that name."""

    def __init__(self, path: Path, journal_id: uuid.UUID, start: Head) -> None:
        self.head = start
        self.raw_bytes = 0
        self._path: Final = path
        self._file: Final[BinaryIO] = path.open("xb")
        self._chunk_start = start
        self._rows: list[bytes] = []
        self._chunk_bytes = 0
        self._chunks: list[Chunk] = []
        head = _HEAD.pack(_MAGIC, VERSION, journal_id.bytes, start.next_seq, start.last_hash)
        self._file.write(head + _CRC.pack(zlib.crc32(head)))

    def add(self, row: Row) -> None:
        """Add the next batch, already checked."""
        fixed = (row.first_seq, row.epoch, row.event_count, row.written_at_ns, len(row.body), row.crc32, row.hash)
        self._rows += (_ROW.pack(*fixed), row.body)
        self._chunk_bytes += _ROW.size + len(row.body)
        self.head = Head(row.next_seq, row.hash)
        if self._chunk_bytes >= CHUNK_BYTES:
            self._end_chunk()

    def _end_chunk(self) -> None:
        raw = b"".join(self._rows)
        packed = zlib.compress(raw, _LEVEL)
        start = self._chunk_start
        self._chunks.append(Chunk(start.next_seq, self._file.tell()))
        head = _CHUNK.pack(start.next_seq, self.head.next_seq, start.last_hash, len(packed))
        self._file.write(head + _CRC.pack(zlib.crc32(packed, zlib.crc32(head))))
        self._file.write(packed)
        self.raw_bytes += len(raw)
        self._chunk_start, self._rows, self._chunk_bytes = self.head, [], 0

    def finish(self) -> None:
        """Write what is left and the tail, and sync the file."""
        if self._rows:
            self._end_chunk()
        index = b"".join(_INDEX.pack(*chunk) for chunk in self._chunks)
        tail = index + _TAIL.pack(self.head.next_seq, self.head.last_hash, len(index))
        self._file.write(tail + _CRC.pack(zlib.crc32(tail)) + _MAGIC_AT_END)
        self._file.flush()
        os.fsync(self._file.fileno())
        os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # so that who reads it back reads the disk
        self._file.close()

    def abandon(self) -> None:
        """Remove what was written."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class ArchiveFile:
    """A finished file, opened by its head and tail. Raises `JournalFormatError` or `JournalDamaged`."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        self._name: Final = str(path)
        with explaining(self._name, "opening", 1), path.open("rb") as file:
            self.journal_id, self.start = self._read_head(file)
            self.end, self._chunks = self._read_tail(file)

    @property
    def first_seq(self) -> int:
        return self.start.next_seq

    @property
    def last_seq(self) -> int:
        return self.end.next_seq - 1

    def rows(self, from_seq: int = 1) -> Iterator[Row]:
        """The batches from the one that contains `from_seq`, each checked; raises `JournalDamaged`."""
        at = max(bisect_right(self._chunks, from_seq, key=lambda chunk: chunk.first_seq) - 1, 0)
        chain: Chain | None = None
        with self.path.open("rb") as file:
            for chunk in self._chunks[at:]:
                start, raw = self._read_chunk(file, chunk)
                chain = chain or Chain(self._name, *start)
                if start != (chain.next_seq, chain.last_hash):
                    raise self._damaged(chain.next_seq, "does not continue the part before it")
                for row in self._rows_of(raw, chain):
                    chain.follow(row)
                    if row.next_seq > from_seq:
                        yield row
        if chain is not None and (chain.next_seq, chain.last_hash) != self.end:
            raise self._damaged(chain.next_seq, "missing, the archive file ends elsewhere than it says")

    def _read_head(self, file: BinaryIO) -> tuple[uuid.UUID, Head]:
        data = file.read(_HEAD.size + _CRC.size)
        if data[: len(_MAGIC)] != _MAGIC:
            raise JournalFormatError(self._name, "is no archive of a journal", "move it out of the archive's folder")
        head = data[: _HEAD.size]
        if len(data) < _HEAD.size + _CRC.size or _CRC.pack(zlib.crc32(head)) != data[_HEAD.size :]:
            raise self._damaged(self._first_seq_by_name(), "the archive file's head is altered")
        _, version, journal_id, first_seq, prev_hash = _HEAD.unpack(head)
        if version != VERSION:
            problem = f"is an archive of format {version}, this version of Kairos reads {VERSION}"
            raise JournalFormatError(self._name, problem, "read it with the version that wrote it, or a newer one")
        return uuid.UUID(bytes=journal_id), Head(first_seq, prev_hash)

    def _read_tail(self, file: BinaryIO) -> tuple[Head, list[Chunk]]:
        first_seq = self.start.next_seq
        end = file.seek(0, os.SEEK_END) - len(_MAGIC_AT_END) - _CRC.size
        file.seek(max(end - _TAIL.size, 0))
        data = file.read()
        if not data.endswith(_MAGIC_AT_END):
            raise self._damaged(first_seq, "the archive file is cut off at its end")
        next_seq, last_hash, index_bytes = _TAIL.unpack(data[: _TAIL.size])
        at = end - _TAIL.size - index_bytes
        file.seek(max(at, 0))
        tail = file.read(end - max(at, 0))
        if at < 0 or _CRC.pack(zlib.crc32(tail)) != data[_TAIL.size : _TAIL.size + _CRC.size]:
            raise self._damaged(first_seq, "the archive file's tail is altered")
        chunks = [Chunk(*pair) for pair in _INDEX.iter_unpack(tail[:index_bytes])]
        return Head(next_seq, last_hash), chunks

    def _read_chunk(self, file: BinaryIO, chunk: Chunk) -> tuple[Head, bytes]:
        """Where the chain stands before it, and its batches as written."""
        file.seek(chunk.offset)
        data = file.read(_CHUNK.size + _CRC.size)
        if len(data) < _CHUNK.size + _CRC.size:
            raise self._damaged(chunk.first_seq, "the archive file is cut off")
        head = data[: _CHUNK.size]
        first_seq, next_seq, prev_hash, packed_bytes = _CHUNK.unpack(head)
        packed = file.read(packed_bytes)
        if _CRC.pack(zlib.crc32(packed, zlib.crc32(head))) != data[_CHUNK.size :]:
            raise self._damaged(chunk.first_seq, "the archive's part that begins here does not match its CRC")
        try:
            return Head(first_seq, prev_hash), zlib.decompress(packed)
        except zlib.error as error:
            problem = f"the archive's part to sequence {next_seq - 1} can't be unpacked ({error})"
            raise self._damaged(chunk.first_seq, problem) from error

    def _rows_of(self, raw: bytes, chain: Chain) -> Iterator[Row]:
        at = 0
        while at < len(raw):
            if len(raw) - at < _ROW.size:
                raise self._damaged(chain.next_seq, "is cut off within its part of the archive file")
            first_seq, epoch, count, written_at_ns, body_bytes, crc32, digest = _ROW.unpack_from(raw, at)
            at += _ROW.size
            body = raw[at : at + body_bytes]
            at += body_bytes
            yield Row(first_seq, epoch, count, written_at_ns, body, crc32, chain.last_hash, digest)

    def _first_seq_by_name(self) -> int:
        text = self.path.name.partition("-")[0]
        return int(text) if text.isdigit() else 1

    def _damaged(self, seq: int, problem: str) -> JournalDamaged:
        return JournalDamaged(self._name, seq, problem)


def write_archive(path: Path, journal_id: uuid.UUID, start: Head, rows: Iterable[Row]) -> Head:
    """Write the batches to a new file, synced; returns where it ends. What fails leaves no file."""
    writer = ArchiveWriter(path, journal_id, start)
    try:
        for row in rows:
            writer.add(row)
        writer.finish()
    except BaseException:
        writer.abandon()
        raise
    return writer.head
