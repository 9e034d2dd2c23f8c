"""Opens a source file as bytes: plain, .gz, .xz, or the one member of a .zip that is asked for."""

from __future__ import annotations

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from kairos.model.errors import ReferenceDataError

BROKEN = (EOFError, OSError, lzma.LZMAError, zipfile.BadZipFile, zlib.error)


@contextmanager
def opened(path: Path, containing: str = "") -> Iterator[IO[bytes]]:
    """The file, decompressed; of a zip the first member whose name has `containing` in it (in any case)."""
    if path.suffix == ".zip":
        with opened_zip(path) as archive, archive.open(member(path, archive, containing)) as file:
            yield file
    elif path.suffix == ".gz":
        with gzip.open(path, "rb") as file:
            yield cast(IO[bytes], file)
    elif path.suffix == ".xz":
        with lzma.open(path, "rb") as file:
            yield cast(IO[bytes], file)
    else:
        with path.open("rb") as file:
            yield file


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as problem:
        raise ReferenceDataError(str(path), "file", "zip", f"can't be read: {problem}; is the file whole?") from problem
    with archive:
        yield archive


def member(path: Path, archive: zipfile.ZipFile, containing: str) -> str:
    for name in archive.namelist():
        if containing.lower() in name.lower():
            return name
    raise ReferenceDataError(str(path), "file", "zip", f"has no member with {containing!r} in its name")


def names_within(path: Path) -> list[str]:
    """What a source holds: the members of a zip, else the file itself."""
    if path.suffix != ".zip":
        return [path.name]
    with opened_zip(path) as archive:
        return archive.namelist()


def blocks(path: Path, file: IO[bytes], width: int, line_end: int, size: int = 1 << 20) -> Iterator[bytes]:
    """A file of records of `width` bytes and a line end of `line_end` each, some thousand records at a time. The last
    record may lack its line end.
    """
    record = width + line_end
    rest = b""
    number = 0
    while read := _read(path, file, size // record * record, number):
        block = rest + read
        whole = len(block) // record * record
        number += whole // record
        yield block[:whole]
        rest = block[whole:]
    if len(rest) == width:
        yield rest + b"\n" * line_end
    elif rest.strip(b"\r\n"):
        raise ReferenceDataError(str(path), f"record {number + 1}", "record", "is cut off; is the file whole?")


def _read(path: Path, file: IO[bytes], size: int, number: int) -> bytes:
    try:
        return file.read(size)
    except BROKEN as problem:
        raise ReferenceDataError(
            str(path), f"record {number + 1}", "file", f"can't be read: {problem}; is the file whole?"
        ) from problem
