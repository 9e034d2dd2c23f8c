"""Leaves out of a body what a version's message doesn't have.

The writers of this package speak FIX 4.2 and 4.4. A field that another version never had can't be told in it, whoever
writes it; so the dictionary judges the finished body, rather than a condition at every field. Tags of a house's own,
from 5000 on, stay: they are agreed upon.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from kairos.fix import tags as t
from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.specs import BODY, FieldSpec, Members

_SOH: Final = b"\x01"


class Fitting:
    """One version's messages, by the tags of their bodies and of the groups in them."""

    def __init__(self, version: str) -> None:
        self._version: Final = version
        self._tags: Final[dict[str, frozenset[int]]] = {}

    def fit(self, msg_type: str, body: bytes) -> bytes:
        tags = self._tags_of(msg_type)
        kept: list[bytes] = []
        at = 0
        while at < len(body):
            tag, end = _field_at(body, at)
            if tag in tags or tag >= t.USER_DEFINED_TAGS_START:
                kept.append(body[at:end])
            at = end
        return b"".join(kept)

    def _tags_of(self, msg_type: str) -> frozenset[int]:
        tags = self._tags.get(msg_type)
        if tags is None:
            spec = load_dictionary(self._version).message(msg_type)
            if spec is None:
                raise LocalError(f"{self._version} has no MsgType(35) {msg_type!r}; ask before it is written")
            found: set[int] = set()
            _collect(spec.members, found)
            tags = frozenset(found)
            self._tags[msg_type] = tags
        return tags


@cache
def field_of(version: str, msg_type: str, tag: int) -> FieldSpec | None:
    """A field of a version's message; None where it has none."""
    spec = load_dictionary(version).message(msg_type)
    member = spec.members.find(tag) if spec is not None else None
    return None if member is None else member.field


def has_code(version: str, msg_type: str, tag: int, code: str) -> bool:
    """Whether a version's message has the field, and the field this code."""
    field = field_of(version, msg_type, tag)
    return field is not None and field.verdict(code.encode("ascii"), 0, len(code)) == 0


def _collect(members: Members, found: set[int]) -> None:
    for member in members.order:
        if member.region == BODY:
            found.add(member.tag)
            if member.group is not None:
                _collect(member.group.members, found)


def _field_at(body: bytes, at: int) -> tuple[int, int]:
    """(tag, where the next field begins); a length field and its data field, which may hold SOH, are one."""
    equals = body.index(b"=", at)
    tag = int(body[at:equals])
    end = body.index(_SOH, equals) + 1
    data_tag = DATA_TAGS.get(tag)
    prefix = b"%d=" % (data_tag or 0)
    if data_tag is not None and body.startswith(prefix, end):
        end += len(prefix) + int(body[equals + 1 : end - 1]) + 1
    return tag, end
