"""How one field is written and read: the primitives under the generated wire code.

Integers are 8 bytes, little endian, signed. Texts are UTF-8 behind a length (one byte, or 255 and four more). Money
is a signed integer of as many bytes as it needs, behind a length byte. Enumerations are their FIX code, one byte.
Lists stand behind their count, written as a length. A sparse value is one byte, 0 when it says nothing, and its fields.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, read_i64_le
from mypy_extensions import i64, mypyc_attr

LONG: Final = 255  # length byte that says: four more bytes follow

Pairs = tuple[tuple[str, str], ...]


class WireError(ValueError):
    """Bytes that no version of Kairos wrote; names the offset and what was expected there."""


@mypyc_attr(acyclic=True)
class Record:
    """Base of values, commands and events. `FIELDS` names the fields in wire order."""

    def put(self, w: BytesWriter) -> None:
        """Write the fields in wire order."""
        raise NotImplementedError

    def names(self) -> tuple[str, ...]:
        """The names of the fields in wire order."""
        raise NotImplementedError

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.names())
        return f"{type(self).__name__}({fields})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(getattr(self, n) == getattr(other, n) for n in self.names())

    def __hash__(self) -> int:
        return hash(repr(self))


def put_str(w: BytesWriter, text: str) -> None:
    put_bytes(w, text.encode())


def put_count(w: BytesWriter, count: i64) -> None:
    """A length, or how many a list holds."""
    if count < LONG:
        w.append(count)
    else:
        w.append(LONG)
        w.write(int(count).to_bytes(4, "little"))


def put_bytes(w: BytesWriter, data: bytes) -> None:
    size: i64 = len(data)
    if size < LONG:  # as `put_count`, without the call: nearly every text is short, and an order has twenty
        w.append(size)
    else:
        put_count(w, size)
    w.write(data)


def put_money(w: BytesWriter, value: int) -> None:
    size = (value.bit_length() + 8) // 8
    w.append(size)
    w.write(value.to_bytes(size, "little", signed=True))


def put_bool(w: BytesWriter, value: bool) -> None:
    w.append(1 if value else 0)


def put_pairs(w: BytesWriter, pairs: Pairs) -> None:
    w.append(len(pairs))
    for name, text in pairs:
        put_str(w, name)
        put_str(w, text)


@mypyc_attr(acyclic=True)
class Reader:
    """Reads fields from `data`, never past `end`."""

    def __init__(self, data: bytes, at: i64, end: i64) -> None:
        self.data: bytes = data
        self.at: i64 = at
        self.end: i64 = end

    def take(self, size: i64) -> i64:
        """Claim `size` bytes and return where they begin."""
        start = self.at
        if size < 0 or start + size > self.end:
            raise WireError(
                f"record is cut off at offset {start}: {size} more bytes expected, {self.end - start} there"
            )
        self.at = start + size
        return start

    def get_i64(self) -> i64:
        return read_i64_le(self.data, self.take(8))

    def get_byte(self) -> i64:
        return self.data[self.take(1)]

    def get_bool(self) -> bool:
        return self.get_byte() != 0

    def get_count(self) -> i64:
        count = self.get_byte()
        if count == LONG:
            at = self.take(4)
            count = int.from_bytes(self.data[at : at + 4], "little")
        return count

    def get_bytes(self) -> bytes:
        size = self.get_count()
        start = self.take(size)
        return self.data[start : start + size]

    def get_str(self) -> str:
        return self.get_bytes().decode()

    def get_money(self) -> int:
        size = self.get_byte()
        start = self.take(size)
        return int.from_bytes(self.data[start : start + size], "little", signed=True)

    def get_pairs(self) -> Pairs:
        pairs: list[tuple[str, str]] = []
        for _ in range(self.get_byte()):
            name = self.get_str()
            pairs.append((name, self.get_str()))
        return tuple(pairs)
