"""Reads repeating groups: a field that counts the entries, then the entries, each begun by the same first field.

The dictionary's Group says which fields belong to an entry, so that the last entry's end is known. Fields of a house's
own (tags from 5000 on) that stand inside an entry are taken as part of it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.fix import tags as t
from kairos.fix.dictionary import field_label
from kairos.fix.errors import FieldError
from kairos.fix.layout import ABSENT
from kairos.fix.message import Message
from kairos.fix.specs import Group


@mypyc_attr(acyclic=True)
class GroupEntry:
    """The fields first <= index < end of a message; the getters are those of Message, within these bounds."""

    __slots__ = ("end", "first", "group", "message")

    def __init__(self, message: Message, group: Group, first: i64, end: i64) -> None:
        self.message: Final = message
        self.group: Final = group
        self.first: Final[i64] = first
        self.end: Final[i64] = end

    def find(self, tag: i64) -> i64:
        """The index in the message of the entry's first field with that tag, or -1."""
        i: i64 = self.first
        while i < self.end:
            if self.message.tags[i] == tag:
                return i
            i += 1
        return ABSENT

    def has(self, tag: i64) -> bool:
        return self.find(tag) >= 0

    def get(self, tag: i64) -> str:
        i = self.find(tag)
        return self.message.text_at(i) if i >= 0 else ""

    def get_int(self, tag: i64, default: i64 = 0) -> i64:
        i = self.find(tag)
        return self.message.int_at(i) if i >= 0 else default

    def get_decimal(self, tag: i64, decimals: i64) -> i64:
        i = self.find(tag)
        return self.message.decimal_at(i, decimals) if i >= 0 else 0

    def groups(self, count_tag: i64) -> list[GroupEntry]:
        """The entries of a group inside this entry; none when it is absent."""
        member = self.group.members.find(count_tag)
        if member is None or member.group is None:
            return []
        at = self.find(count_tag)
        return _read_at(self.message, member.group, at, self.end) if at >= 0 else []


def read_group(message: Message, group: Group) -> list[GroupEntry]:
    """The group's entries in arrival order, none when it is absent; FieldError when the count is not true."""
    at = message.find(group.count_tag)
    return _read_at(message, group, at, message.count()) if at >= 0 else []


def _read_at(message: Message, group: Group, at: i64, end: i64) -> list[GroupEntry]:
    stated = message.int_at(at)
    entries: list[GroupEntry] = []
    i: i64 = at + 1
    while i < end and message.tags[i] == group.first_tag:
        behind = entry_end(message, group, i, end)
        entries.append(GroupEntry(message, group, i, behind))
        i = behind
    if stated != len(entries):
        text = f"{field_label(group.count_tag)} is {stated}, but {len(entries)} entries follow"
        raise FieldError(group.count_tag, t.INCORRECT_NUM_IN_GROUP_COUNT, text)
    return entries


def entry_end(message: Message, group: Group, first: i64, end: i64) -> i64:
    """The index behind the entry that begins at index `first`."""
    i: i64 = first + 1
    behind: i64 = i
    while i < end and message.tags[i] != group.first_tag:
        member = group.members.find(message.tags[i])
        if member is None:
            if message.tags[i] < t.USER_DEFINED_TAGS_START:
                break
            i += 1
            continue
        i = i + 1 if member.group is None else _group_end(message, member.group, i, end)
        behind = i
    return behind


def _group_end(message: Message, group: Group, at: i64, end: i64) -> i64:
    """The index behind the group whose count is at index `at`."""
    i: i64 = at + 1
    while i < end and message.tags[i] == group.first_tag:
        i = entry_end(message, group, i, end)
    return i
