"""The logs that a user names: files, compressed or not, tar archives of logs, standard input.

All are read as streams of chunks. What is compressed is known by its first bytes, not by its name.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final, Self

CHUNK_BYTES: Final = 262_144
SPOOLED_BYTES: Final = 16_777_216
"""Standard input that is to be read more than once is kept in memory up to here, then in a temporary file."""

STDIN: Final = "-"

_TAR_MARK_AT: Final = 257
_TAR_MARK: Final = b"ustar"
_HEAD_BYTES: Final = 512


class Log:
    """One log: its name, and its bytes in chunks."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self.name: Final = name
        self._stream: Final = stream

    def chunks(self) -> Iterator[bytes]:
        # read1 hands on what a pipe has, so that `tail -f | kairos fix parse -` shows a message when it is there.
        read = getattr(self._stream, "read1", self._stream.read)
        while chunk := read(CHUNK_BYTES):
            yield chunk


class Sources:
    """May be read several times; `again` must be known beforehand, since standard input comes but once."""

    def __init__(self, names: Iterable[str], again: bool) -> None:
        self._names: Final = list(names)
        self._again: Final = again
        self._spool: io.BufferedReader | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._spool is not None:
            self._spool.close()

    def logs(self) -> Iterator[Log]:
        for name in self._names:
            if name == STDIN:
                yield from _logs_in(shown_name(name), self._stdin())
            else:
                with open(name, "rb") as stream:
                    yield from _logs_in(name, stream)

    def _stdin(self) -> io.BufferedReader:
        if not self._again:
            return _peekable(sys.stdin.buffer)
        if self._spool is None:
            spool = tempfile.SpooledTemporaryFile(SPOOLED_BYTES)  # noqa: SIM115, closed on exit
            shutil.copyfileobj(sys.stdin.buffer, spool)
            self._spool = _peekable(spool)
        self._spool.seek(0)
        return self._spool


def shown_name(name: str) -> str:
    return "stdin" if name == STDIN else name


def _peekable(stream: Any) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)


def _logs_in(name: str, stream: io.BufferedReader) -> Iterator[Log]:
    plain = _peekable(_uncompressed(stream))
    if plain.peek(_HEAD_BYTES)[_TAR_MARK_AT : _TAR_MARK_AT + len(_TAR_MARK)] != _TAR_MARK:
        yield Log(name, plain)
        return
    with tarfile.open(fileobj=plain, mode="r|") as archive:
        for member in archive:
            inner = archive.extractfile(member) if member.isfile() else None
            if inner is not None:
                yield Log(f"{name}:{member.name}", inner)


def _uncompressed(stream: io.BufferedReader) -> object:
    head = stream.peek(_HEAD_BYTES)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)
    if head.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMAFile(stream)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    return stream
