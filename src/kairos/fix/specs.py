"""What a dictionary says of a field, of a message and of a repeating group, in the form that a message is judged by."""

from __future__ import annotations

from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i64, mypyc_attr

from kairos.fix.errors import LocalError
from kairos.fix.formats import ANY, format_code, single_bytes, well_formed

MALFORMED: Final = 1
FOREIGN: Final = 2
"""Not one of the values that the field allows."""
EMPTY: Final = 4

HEADER: Final = 0
BODY: Final = 1
TRAILER: Final = 2

_TABLE_TAGS: Final = 2048
"""Standard tags up to here are looked up in a list by number; later ones, mostly a house's own, in a dict."""


@mypyc_attr(acyclic=True)
class FieldSpec:
    """A field: tag, name, type as the dictionary spells it, and the values that it allows (empty: any).

    A value `4000+` of a number stands for itself and all above.

    Where a field of several values lists them, the list alone judges them: another is no matter of form.
    """

    __slots__ = (
        "_has_values",
        "_open_from",
        "_verdicts",
        "format",
        "multiple",
        "name",
        "tag",
        "type_name",
        "values",
    )

    def __init__(self, tag: i64, name: str, type_name: str, values: frozenset[bytes]) -> None:
        self.tag: Final[i64] = tag
        self.name: Final = name
        self.type_name: Final = type_name
        self.values: Final = values
        self.multiple: Final = type_name.startswith("MULTIPLE")
        self.format: Final[i64] = ANY if self.multiple and values else format_code(type_name)
        self._open_from: Final = _open_from(values)
        self._verdicts: Final = _verdicts(single_bytes(self.format), values)
        self._has_values: Final = len(values) > 0

    def verdict(self, raw: bytes, start: i64, end: i64) -> i64:
        """What is wrong with a value: EMPTY, or MALFORMED, FOREIGN, both added up, or 0.

        Most values of a message that it can choose are of one character, and for those there is a table.
        """
        if end - start == 1:
            return self._verdicts[raw[start]]
        if start == end:
            return EMPTY
        wrong: i64 = 0
        if self.format != ANY and not well_formed(self.format, raw, start, end):
            wrong = MALFORMED
        if self._has_values and not self.allows(raw, start, end):
            wrong += FOREIGN
        return wrong

    def allows(self, raw: bytes, start: i64, end: i64) -> bool:
        """Whether the value is one of the allowed; each of them, when the type takes several, parted by spaces."""
        if not self.values:
            return True
        if end - start == 1:
            return self._verdicts[raw[start]] < FOREIGN
        value = raw[start:end]
        if self.multiple:
            return all(part in self.values for part in value.split(b" "))
        return value in self.values or (self._open_from > 0 and value.isdigit() and int(value[:19]) >= self._open_from)


def _open_from(values: frozenset[bytes]) -> int:
    """The number of the value that stands for all above; 0 when there is none."""
    for value in values:
        if value.endswith(b"+") and value[:-1].isdigit():
            return int(value[:-1])
    return 0


def _verdicts(formed: bytes, values: frozenset[bytes]) -> bytes:
    """By byte, what is wrong with it as a value: a look into bytes costs a fraction of one into a set."""
    table = bytearray([MALFORMED - good for good in formed])
    if values:
        for byte in range(256):
            if bytes([byte]) not in values:
                table[byte] += FOREIGN
    return bytes(table)


@mypyc_attr(acyclic=True)
class Part:
    """A field as a line of the dictionary names it; `group` when the field counts a repeating group."""

    __slots__ = ("field", "group", "required")

    def __init__(self, field: FieldSpec, required: bool, group: Group | None) -> None:
        self.field: Final = field
        self.required: Final = required
        self.group: Final = group


@mypyc_attr(acyclic=True)
class Member:
    """A part's place in a message or in a group's entry."""

    __slots__ = ("field", "group", "position", "region", "required", "tag")

    def __init__(self, field: FieldSpec, required: bool, group: Group | None, region: i64, position: i64) -> None:
        self.tag: Final[i64] = field.tag
        self.field: Final = field
        self.required: Final = required
        self.group: Final = group
        self.region: Final[i64] = region
        self.position: Final[i64] = position


@mypyc_attr(acyclic=True)
class Members:
    """The fields of a message or of a group's entry, in the dictionary's order, found by tag."""

    __slots__ = ("_others", "_table", "order", "required")

    def __init__(self) -> None:
        self.order: Final[list[Member]] = []
        self.required: Final[list[Member]] = []
        self._table = vec[Member | None]()
        self._others: Final[dict[int, Member]] = {}

    def find(self, tag: i64) -> Member | None:
        size: i64 = len(self._table)
        if 0 <= tag < size:
            return self._table[tag]
        return self._others.get(tag) if tag >= _TABLE_TAGS else None

    def add_all(self, parts: list[Part], region: i64) -> None:
        """A tag that comes twice keeps its first place: messages name some fields again that a component has."""
        for part in parts:
            tag: i64 = part.field.tag
            if self.find(tag) is None:
                self._add(Member(part.field, part.required, part.group, region, len(self.order)))
        self.required.sort(key=_region_and_tag)

    def _add(self, member: Member) -> None:
        self.order.append(member)
        if member.required:
            self.required.append(member)
        if member.tag < _TABLE_TAGS:
            while len(self._table) <= member.tag:
                self._table = append(self._table, None)
            self._table[member.tag] = member
        else:
            self._others[member.tag] = member


def _region_and_tag(member: Member) -> tuple[int, int]:
    """The order in which missing fields are reported."""
    return member.region, member.tag


@mypyc_attr(acyclic=True)
class Group:
    """A repeating group: the field that counts its entries, the field that begins each, and the fields of one."""

    __slots__ = ("count_tag", "first_tag", "members")

    def __init__(self, count_tag: i64, parts: list[Part]) -> None:
        if not parts:
            raise LocalError(f"the group of tag {count_tag} has no members; correct the dictionary")
        members = Members()
        members.add_all(parts, BODY)
        self.count_tag: Final[i64] = count_tag
        self.members: Final = members
        self.first_tag: Final[i64] = members.order[0].tag


@mypyc_attr(acyclic=True)
class MessageSpec:
    """A message type; `members` are its header's, its own and its trailer's fields."""

    __slots__ = ("members", "msg_type", "name")

    def __init__(self, msg_type: str, name: str, members: Members) -> None:
        self.msg_type: Final = msg_type
        self.name: Final = name
        self.members: Final = members

    def allowed_tags(self) -> list[int]:
        """The tags of the body, groups' members aside."""
        return [member.tag for member in self.members.order if member.region == BODY]

    def required_tags(self) -> list[int]:
        """The required tags of the body."""
        return [member.tag for member in self.members.required if member.region == BODY]

    def group(self, count_tag: i64) -> Group | None:
        member = self.members.find(count_tag)
        return member.group if member is not None else None
