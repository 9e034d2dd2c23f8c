"""How one field is written and read: the primitives under the generated wire code.

Integers are 8 bytes, little endian, signed. Texts are UTF-8 behind a length (one byte, or 255 and four more). Money
is a signed integer of as many bytes as it needs, behind a length byte. Enumerations are their FIX code, one byte.
Lists stand behind their count, written as a length. A sparse value is one byte, 0 when it says nothing, and its fields.
A record is its code, its version, the length of the rest in four bytes, and its fields.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeVar

from librt.strings import BytesWriter, read_i32_le, read_i64_le, write_i32_le, write_i64_le
from mypy_extensions import i32, i64, mypyc_attr, u8

LONG: Final = 255  # length byte that says: four more bytes follow
HEAD: Final = 6  # bytes before a record's fields
SHORT_TEXT: Final = 7  # up to this, ASCII is put together as one word with its length, which costs least
SMALL_MONEY: Final = 1 << 55  # below this, money and its bounds are reckoned in a machine word
MAX_NAMES: Final = 1 << 16  # names kept by readers and writers, a few MB at most; a desk has some thousands

Pairs = tuple[tuple[str, str], ...]
Member = TypeVar("Member", bound=StrEnum)

_names: Final[dict[bytes, str]] = {}
_written: Final[dict[str, bytes]] = {}


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


def begin_record(w: BytesWriter, code: i64, version: i64) -> i64:
    """Write a record's head with its length left open; returns where its fields begin."""
    w.append(u8(code))
    w.append(u8(version))
    write_i32_le(w, 0)
    return len(w)


def end_record(w: BytesWriter, start: i64) -> None:
    """Put the length of what was written since `start` into the record's head."""
    size: i64 = len(w) - start
    w[start - 4] = u8(size & 255)
    w[start - 3] = u8(size >> 8 & 255)
    w[start - 2] = u8(size >> 16 & 255)
    w[start - 1] = u8(size >> 24 & 255)


def put_str(w: BytesWriter, text: str) -> None:
    size: i64 = len(text)
    if size > SHORT_TEXT:
        put_bytes(w, text.encode())
        return
    if size == 0:
        w.append(0)
        return
    word: i64 = 0
    at: i64 = size
    while at > 0:
        at -= 1
        letter: i64 = ord(text[at])
        if letter > 127:
            put_bytes(w, text.encode())
            return
        word = word << 8 | letter
    start: i64 = len(w)
    write_i64_le(w, word << 8 | size)
    w.truncate(start + 1 + size)


def put_name(w: BytesWriter, name: str) -> None:
    """A text that many records share: the bytes of a longer one are made once."""
    if len(name) <= SHORT_TEXT:
        put_str(w, name)
        return
    written = _written.get(name)
    w.write(keep_written(name) if written is None else written)


def keep_written(name: str) -> bytes:
    """The bytes of this name, which are remembered."""
    if len(_written) >= MAX_NAMES:
        _written.clear()
    w = BytesWriter()
    put_str(w, name)
    written = w.getvalue()
    _written[name] = written
    return written


def put_code(w: BytesWriter, code: str) -> None:
    """A member of an enumeration."""
    w.append(ord(code[0]))


def put_count(w: BytesWriter, count: i64) -> None:
    """A length, or how many a list holds."""
    if count < LONG:
        w.append(u8(count))
    else:
        w.append(LONG)
        write_i32_le(w, i32(count))


def put_bytes(w: BytesWriter, data: bytes) -> None:
    put_count(w, len(data))
    w.write(data)


def put_money(w: BytesWriter, value: int) -> None:
    if not -SMALL_MONEY < value < SMALL_MONEY:
        size = (value.bit_length() + 8) // 8
        w.append(u8(size))
        w.write(value.to_bytes(size, "little", signed=True))
        return
    left: i64 = value
    count: i64 = 1
    bound: i64 = 128
    while not -bound < left < bound:
        count += 1
        bound <<= 8
    w.append(u8(count))
    for _ in range(count):
        w.append(u8(left & 255))
        left >>= 8


def put_bool(w: BytesWriter, value: bool) -> None:
    w.append(1 if value else 0)


def put_pairs(w: BytesWriter, pairs: Pairs) -> None:
    w.append(len(pairs))
    for name, text in pairs:
        put_str(w, name)
        put_str(w, text)


@mypyc_attr(acyclic=True)
class LastWritten:
    """Writes sparse values of one kind that say something. The bytes of the last one are kept: who shares a value with
    the order before has it written as that was."""

    def __init__(self, nothing: Record) -> None:
        self._value: Record = nothing
        self._bytes: bytes = b""

    def put(self, w: BytesWriter, value: Record) -> None:
        if value is not self._value:
            own = BytesWriter()
            own.append(1)
            value.put(own)
            self._bytes = own.getvalue()
            self._value = value
        w.write(self._bytes)


def by_code(kind: type[Member]) -> list[Member | None]:
    """The members of an enumeration, each at the number of its code."""
    table: list[Member | None] = [None] * 256
    for one in kind:
        table[ord(one.value)] = one
    return table


def member(table: list[Member | None], code: i64) -> Member:
    found = table[code]
    if found is None:
        raise KeyError(chr(code))
    return found


def keep_name(raw: bytes) -> str:
    """Make the name of these bytes and remember it, so that all records share it."""
    if len(_names) >= MAX_NAMES:
        _names.clear()
    name = raw.decode()
    _names[raw] = name
    return name


@mypyc_attr(acyclic=True)
class Reader:
    """Reads the fields of a record of `data`, never past its `end`."""

    def __init__(self, data: bytes, at: i64, end: i64) -> None:
        self.data: Final[bytes] = data
        self.at: i64 = at
        self.end: i64 = end

    def open_record(self) -> i64:
        """Step from a record's end to the fields of the next; returns where its head is."""
        head = self.end
        there: i64 = len(self.data)
        if head + HEAD > there:
            raise WireError(f"record is cut off at offset {head}")
        size = i64(read_i32_le(self.data, head + 2))
        self.at = head + HEAD
        self.end = self.at + size
        if size < 0 or self.end > there:
            raise WireError(f"record at offset {head} says {size} bytes, {there - self.at} are there")
        return head

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
        return i64(read_i32_le(self.data, self.take(4))) if count == LONG else count

    def take_counted(self) -> i64:
        """Claim the bytes behind a length and return how many they are; they end where the reader stands then."""
        start = self.at
        if start < self.end:
            size: i64 = self.data[start]
            stop = start + 1 + size
            if size != LONG and stop <= self.end:
                self.at = stop
                return size
        size = self.get_count()
        self.take(size)
        return size

    def get_bytes(self) -> bytes:
        size = self.take_counted()
        return self.data[self.at - size : self.at]

    def get_str(self) -> str:
        size = self.take_counted()
        return self.data[self.at - size : self.at].decode() if size else ""

    def get_name(self) -> str:
        size = self.take_counted()
        if size == 0:
            return ""
        raw = self.data[self.at - size : self.at]
        name = _names.get(raw)
        return keep_name(raw) if name is None else name

    def get_money(self) -> int:
        size = self.get_byte()
        start = self.take(size)
        if size > 7:
            return int.from_bytes(self.data[start : start + size], "little", signed=True)
        highest: i64 = self.data[start + size - 1] if size else 0
        value: i64 = -1 if highest > 127 else 0
        for place in range(start + size - 1, start - 1, -1):
            value = value << 8 | i64(self.data[place])
        return value

    def get_pairs(self) -> Pairs:
        pairs: list[tuple[str, str]] = []
        for _ in range(self.get_byte()):
            name = self.get_str()
            pairs.append((name, self.get_str()))
        return tuple(pairs)
