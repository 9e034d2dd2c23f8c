"""An order inside a larger message, read as the message that it would be alone: an entry of a NewOrderList(E) as a
NewOrderSingle(D), a side of a cross as a D, G or F. So one reading, and one table of rules, serve both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64

from kairos.adapters.fix_mapping.rules import HEADER_AND_TRAILER
from kairos.fix.dictionary import load_dictionary
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.layout import ABSENT, Layout
from kairos.fix.message import Message
from kairos.fix.specs import Group


class Parts:
    """A message split at one of its groups: `outer` are the places of its other body fields, in arrival order."""

    __slots__ = ("_header", "entries", "message", "outer")

    def __init__(self, message: Message, group: Group | None) -> None:
        self.message: Final = message
        self.entries: Final[list[GroupEntry]] = read_group(message, group) if group is not None else []
        first = message.find(group.count_tag) if group is not None else ABSENT
        behind = self.entries[-1].end if self.entries else first + 1
        places = range(message.count())
        within = range(first, behind) if first != ABSENT else range(0)
        self._header: Final = [i for i in places if message.tags[i] in HEADER_AND_TRAILER]
        self.outer: Final = [i for i in places if i not in within and message.tags[i] not in HEADER_AND_TRAILER]

    def head(self) -> Message:
        """The message without the group."""
        return self._made(self.message.msg_type, self.outer)

    def part(self, msg_type: str, entry: GroupEntry, outer: bool, without: frozenset[int]) -> Message:
        """An entry as a message of its own; with what stands outside of the group where that goes for all."""
        places = [*(self.outer if outer else []), *range(entry.first, entry.end)]
        return self._made(msg_type, [i for i in places if self.message.tags[i] not in without])

    def alone(self, msg_type: str, without: frozenset[int]) -> Message:
        """The whole message as another, where a version has one order a message."""
        return self._made(msg_type, [i for i in self.outer if self.message.tags[i] not in without])

    def _made(self, msg_type: str, places: Iterable[int]) -> Message:
        message = self.message
        tags, starts, ends = vec[i64](), vec[i64](), vec[i64]()
        for i in (*self._header, *places):
            tags = append(tags, message.tags[i])
            starts = append(starts, message.starts[i])
            ends = append(ends, message.ends[i])
        return Message(message.raw, Layout(msg_type, tags), message.seq_num, starts, ends)


def group_in(version: str, msg_type: str, count_tag: int) -> Group | None:
    """The group of a message in a version; None where the version has it not."""
    spec = load_dictionary(version).message(msg_type)
    return spec.group(count_tag) if spec is not None else None
