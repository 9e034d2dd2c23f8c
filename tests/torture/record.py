"""What a party to the campaign wrote down: every message in and out, in a file that outlives kill -9.

A burst is one write: what came in, and what is to go out because of it. It ends with a mark, and only after it was
written does anything leave. A burst that a kill cut short has no mark and is dropped at the next start: nothing of it
was sent, and what came in with it will be asked for again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.torture.wire import Fields, decode

MARK = b".\n"


class Entry(NamedTuple):
    """`direction` is "I" for what came, "O" for what goes; "N" is a note of the party itself, in `frame`."""

    direction: str
    frame: bytes

    @property
    def fields(self) -> Fields:
        return decode(self.frame)


class Record:
    """The file, for the one process that writes it."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        whole = path.read_bytes().rfind(b"\n" + MARK) + 1
        os.ftruncate(self._descriptor, whole + len(MARK) if whole else 0)
        self._burst: list[bytes] = []

    def add(self, direction: str, frame: bytes) -> None:
        self._burst.append(b"%s %s\n" % (direction.encode(), frame))

    def keep(self) -> None:
        """Write the burst; from here on it has happened."""
        if self._burst:
            data = b"".join(self._burst) + MARK
            assert os.write(self._descriptor, data) == len(data), "the disk of the campaign is full"
            self._burst.clear()


def read_record(path: Path) -> Iterator[Entry]:
    """All that was kept, in order."""
    data = path.read_bytes() if path.exists() else b""
    whole = data.rfind(b"\n" + MARK) + 1
    for line in data[:whole].split(b"\n"):
        if line and line != MARK[:-1]:
            yield Entry(line[:1].decode(), line[2:])
