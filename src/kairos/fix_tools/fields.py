"""The fields of a message as people see them: named, explained, groups nested; also of one that is broken.

The parser of kairos.fix refuses a broken message, as it must. Here each part between two SOH is a field, whatever it
is; data fields are taken by the length that their length field states, where that ends at SOH.
"""

from __future__ import annotations

from typing import Final

from kairos.fix import tags as t
from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.specs import Group, MessageSpec

NO_TAG: Final = 0
MASK: Final = "********"
SECRETS: Final = frozenset({t.PASSWORD, 925, 1402, 1404})
"""Password(554), NewPassword(925), EncryptedPassword(1402), EncryptedNewPassword(1404); RawData(96) of a Logon too."""

_MAX_TAG_DIGITS: Final = 9
_ENCODED: Final = frozenset({349, 351, 353, 355, 357, 359, 361, 363, 365, 446, 619, 622})
"""The fields that MessageEncoding(347) speaks of."""


class Field:
    """One field as it came; `tag` is NO_TAG, and `value` the whole part, when it is not `tag=value`."""

    __slots__ = ("tag", "value")

    def __init__(self, tag: int, value: bytes) -> None:
        self.tag: Final = tag
        self.value: Final = value


class Node:
    """A field, and when it counts a repeating group the entries that follow it."""

    __slots__ = ("entries", "field")

    def __init__(self, field: Field, entries: list[list[Node]] | None = None) -> None:
        self.field: Final = field
        self.entries: Final = entries


class FieldList:
    """All fields of one message, with the look-ups that a log needs. Of a repeated tag the first counts."""

    def __init__(self, frame: bytes) -> None:
        self.all: Final = split_fields(frame)
        self._first: Final[dict[int, bytes]] = {}
        for field in self.all:
            self._first.setdefault(field.tag, field.value)
        self._charset: Final = self.get(347)

    def has(self, tag: int) -> bool:
        return tag in self._first

    def raw(self, tag: int) -> bytes:
        return self._first.get(tag, b"")

    def get(self, tag: int) -> str:
        return as_text(self._first.get(tag, b""))

    def text(self, field: Field) -> str:
        """The value to be shown: secrets masked, encoded fields by MessageEncoding(347)."""
        if field.tag in SECRETS or (field.tag == t.RAW_DATA and self.raw(t.MSG_TYPE) == b"A"):
            return MASK
        return as_text(field.value, self._charset if field.tag in _ENCODED else "")


def as_text(value: bytes, charset: str = "") -> str:
    """By that charset if it fits, else as UTF-8, else as ISO-8859-1, in which any byte is a character."""
    for name in (charset, "utf-8"):
        try:
            return value.decode(name or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("iso-8859-1")


def split_fields(frame: bytes) -> list[Field]:
    fields: list[Field] = []
    at = 0
    data_tag = data_length = 0
    while at < len(frame):
        end = _end(frame, at)
        name, equals, _ = frame[at:end].partition(b"=")
        tag = _tag(name) if equals else NO_TAG
        start = at + len(name) + 1 if tag != NO_TAG else at
        data_end = start + data_length
        if tag == data_tag != NO_TAG and frame[data_end : data_end + 1] == b"\x01":
            end = data_end
        fields.append(Field(tag, frame[start:end]))
        data_tag = DATA_TAGS.get(tag, NO_TAG)
        data_length = int(frame[start:end]) if data_tag and frame[start:end].isdigit() and end - start < 7 else 0
        data_tag = data_tag if data_length else NO_TAG
        at = end + 1
    return fields


def _end(frame: bytes, at: int) -> int:
    end = frame.find(b"\x01", at)
    return end if end >= 0 else len(frame)


def _tag(name: bytes) -> int:
    digits = name[1:] if name.startswith(b"-") else name
    return int(name) if digits.isdigit() and len(digits) <= _MAX_TAG_DIGITS else NO_TAG


def nest(fields: list[Field], spec: MessageSpec | None) -> list[Node]:
    """The fields with their groups, as the dictionary has them; flat without one."""
    nodes: list[Node] = []
    at = 0
    while at < len(fields):
        member = spec.members.find(fields[at].tag) if spec is not None else None
        at = _add_node(nodes, fields, at, member.group if member is not None else None)
    return nodes


def _add_node(nodes: list[Node], fields: list[Field], at: int, group: Group | None) -> int:
    """Add the field at `at`, with the group that it counts; where the next one is."""
    if group is None:
        nodes.append(Node(fields[at]))
        return at + 1
    entries: list[list[Node]] = []
    count, at = at, at + 1
    while at < len(fields) and fields[at].tag == group.first_tag:
        entry: list[Node] = []
        at = _add_entry(entry, fields, at, group)
        entries.append(entry)
    nodes.append(Node(fields[count], entries))
    return at


def _add_entry(entry: list[Node], fields: list[Field], at: int, group: Group) -> int:
    first = at
    while at < len(fields) and (at == first or fields[at].tag != group.first_tag):
        member = group.members.find(fields[at].tag)
        if member is not None:
            at = _add_node(entry, fields, at, member.group)
        elif _is_inside(fields, at, group):
            at = _add_node(entry, fields, at, None)
        else:
            break
    return at


def _is_inside(fields: list[Field], at: int, group: Group) -> bool:
    """Whether the fields from `at` on are a house's own, put between those of this group."""
    end = at
    while end < len(fields) and fields[end].tag >= t.USER_DEFINED_TAGS_START:
        end += 1
    return at < end < len(fields) and group.members.find(fields[end].tag) is not None
