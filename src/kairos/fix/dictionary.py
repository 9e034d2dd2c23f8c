"""What a FIX version, or a house, allows: its fields, and which of them each message carries.

The dictionaries lie beside this file as text, one entry a line, made from QuickFIX's XML by
`tools/make_fix_dictionary.py`; `quickfix_xml` reads a house's own XML. The forms of a line:

    version FIX.4.4
    field 54 Side CHAR 1 2 3                    tag, name, type, the allowed values (none: any)
    component Parties 453(448! 447 452)         fields that several messages share
    header 8! 9! 35! ...                        also: trailer
    message D NewOrderSingle 11! @Parties ...   MsgType(35), name, fields

A field is its tag, `!` when it is required, its members in parentheses when it counts a repeating group; the first
member begins each entry. `@Name` takes in a component's fields; those it requires are required under `@Name!` only.

A message's line is read when such a message first comes: a session sees a dozen of the ninety types.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.fix.errors import LocalError
from kairos.fix.formats import format_code

HEADER: Final = 0
BODY: Final = 1
TRAILER: Final = 2

VERSIONS: Final = ("FIX.4.2", "FIX.4.4")
"""The dictionaries that come with the package."""

_TABLE_TAGS: Final = 2048
"""Standard tags up to here are looked up in a list by number; later ones, mostly a house's own, in a dict."""


@mypyc_attr(acyclic=True)
class FieldSpec:
    """A field: tag, name, type as the dictionary spells it, and the values that it allows (empty: any)."""

    __slots__ = ("_single", "format", "multiple", "name", "tag", "type_name", "values")

    def __init__(self, tag: i64, name: str, type_name: str, values: frozenset[bytes]) -> None:
        self.tag: Final[i64] = tag
        self.name: Final = name
        self.type_name: Final = type_name
        self.values: Final = values
        self.format: Final[i64] = format_code(type_name)
        self.multiple: Final = type_name.startswith("MULTIPLE")
        self._single: Final = bytes(bytes([byte]) in values for byte in range(256)) if values else b""

    def allows(self, raw: bytes, start: i64, end: i64) -> bool:
        """Whether the value is one of the allowed; each of them, when the type takes several, parted by spaces."""
        if not self.values:
            return True
        if end - start == 1:
            return self._single[raw[start]] == 1
        value = raw[start:end]
        if self.multiple:
            return all(part in self.values for part in value.split(b" "))
        return value in self.values


@mypyc_attr(acyclic=True)
class Member:
    """A field's place in a message or in a group's entry; `group` when the field counts a repeating group."""

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
        self._table: Final[list[Member | None]] = []
        self._others: Final[dict[int, Member]] = {}

    def find(self, tag: i64) -> Member | None:
        if 0 <= tag < len(self._table):
            return self._table[tag]
        return self._others.get(tag) if tag >= _TABLE_TAGS else None

    def add(self, field: FieldSpec, required: bool, group: Group | None, region: i64) -> None:
        """A tag that comes twice keeps its first place: messages name some fields again that a component has."""
        if self.find(field.tag) is not None:
            return
        member = Member(field, required, group, region, len(self.order))
        self.order.append(member)
        if field.tag < _TABLE_TAGS:
            while len(self._table) <= field.tag:
                self._table.append(None)
            self._table[field.tag] = member
        else:
            self._others[field.tag] = member
        if required:
            self.required.append(member)
            self.required.sort(key=_region_and_tag)


def _region_and_tag(member: Member) -> tuple[int, int]:
    """The order in which missing fields are reported."""
    return member.region, member.tag


@mypyc_attr(acyclic=True)
class Group:
    """A repeating group: the field that counts its entries, the field that begins each, and the fields of one."""

    __slots__ = ("count_tag", "first_tag", "members")

    def __init__(self, count_tag: i64, members: Members) -> None:
        if not members.order:
            raise LocalError(f"the group of tag {count_tag} has no members; correct the dictionary")
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


class Dictionary:
    """One version's fields and messages, read from the text form that this module describes."""

    __slots__ = ("_components", "_fields", "_header", "_lines", "_messages", "_trailer", "version")

    def __init__(self, text: str) -> None:
        self.version = ""
        self._fields: dict[int, FieldSpec] = {}
        self._components: dict[str, list[str]] = {}
        self._header: list[str] = []
        self._trailer: list[str] = []
        self._lines: dict[str, list[str]] = {}
        self._messages: dict[str, MessageSpec] = {}
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split()
            if words and not words[0].startswith("#"):
                try:
                    self._take(words[0], words[1:])
                except (IndexError, ValueError) as error:
                    raise LocalError(f"dictionary line {number}: {line[:80]!r} can't be read: {error}") from None

    def _take(self, kind: str, words: list[str]) -> None:
        if kind == "field":
            values = frozenset(value.encode("iso-8859-1") for value in words[3:])
            self._fields[int(words[0])] = FieldSpec(int(words[0]), words[1], words[2], values)
        elif kind == "message":
            self._lines[words[0]] = words[1:]
        elif kind == "component":
            self._components[words[0]] = words[1:]
        elif kind == "header":
            self._header = words
        elif kind == "trailer":
            self._trailer = words
        elif kind == "version":
            self.version = words[0]
        else:
            raise ValueError(f"unknown kind {kind!r}")

    def field(self, tag: i64) -> FieldSpec | None:
        return self._fields.get(tag)

    def field_name(self, tag: i64) -> str:
        """The field's name, "" when this version doesn't have it."""
        spec = self._fields.get(tag)
        return spec.name if spec is not None else ""

    def field_type(self, tag: i64) -> str:
        """The field's type, "" when this version doesn't have it."""
        spec = self._fields.get(tag)
        return spec.type_name if spec is not None else ""

    def field_values(self, tag: i64) -> frozenset[bytes]:
        """The values that the field allows; empty when it allows any."""
        spec = self._fields.get(tag)
        return spec.values if spec is not None else frozenset()

    def label(self, tag: i64) -> str:
        """How an error names a field: "LeavesQty(151)"."""
        return f"{self.field_name(tag) or 'tag'}({tag})"

    def message_types(self) -> list[str]:
        return list(self._lines)

    def message(self, msg_type: str) -> MessageSpec | None:
        spec = self._messages.get(msg_type)
        if spec is None and msg_type in self._lines:
            spec = self._build(msg_type, self._lines[msg_type])
            self._messages[msg_type] = spec
        return spec

    def header_tags(self) -> list[int]:
        return self._tags_of(self._header)

    def trailer_tags(self) -> list[int]:
        return self._tags_of(self._trailer)

    def _tags_of(self, words: list[str]) -> list[int]:
        members = Members()
        self._add(members, _tokens(words), HEADER, True)
        return [member.tag for member in members.order]

    def _build(self, msg_type: str, words: list[str]) -> MessageSpec:
        members = Members()
        self._add(members, _tokens(self._header), HEADER, True)
        self._add(members, _tokens(words[1:]), BODY, True)
        self._add(members, _tokens(self._trailer), TRAILER, True)
        return MessageSpec(msg_type, words[0], members)

    def _add(self, members: Members, tokens: list[str], region: i64, may_require: bool) -> None:
        """Read fields from the end of `tokens` until a closing parenthesis or the end of the line."""
        while tokens:
            word = tokens.pop()
            if word == ")":
                return
            required = may_require and word.endswith("!")
            word = word.rstrip("!")
            if word.startswith("@"):
                self._add(members, _tokens(self._component(word[1:])), region, required)
                continue
            group: Group | None = None
            if tokens and tokens[-1] == "(":
                tokens.pop()
                entry = Members()
                self._add(entry, tokens, region, True)
                group = Group(int(word), entry)
            members.add(self._field(int(word)), required, group, region)

    def _component(self, name: str) -> list[str]:
        if name not in self._components:
            raise LocalError(f"{self.version}: component {name} is not defined; correct the dictionary")
        return self._components[name]

    def _field(self, tag: i64) -> FieldSpec:
        spec = self._fields.get(tag)
        if spec is None:
            raise LocalError(f"{self.version}: field {tag} is not defined; correct the dictionary")
        return spec


def _tokens(words: list[str]) -> list[str]:
    """Words and parentheses, the first one last."""
    tokens = " ".join(words).replace("(", " ( ").replace(")", " ) ").split()
    tokens.reverse()
    return tokens


_LOADED: Final[dict[str, Dictionary]] = {}


def load_dictionary(begin_string: str) -> Dictionary:
    """The dictionary of a version that comes with the package, by its BeginString(8); read once a process."""
    dictionary = _LOADED.get(begin_string)
    if dictionary is None:
        if begin_string not in VERSIONS:
            raise LocalError(f"no dictionary for BeginString(8) {begin_string!r}; there are {', '.join(VERSIONS)}")
        path = files("kairos.fix").joinpath("dictionaries", f"{begin_string}.txt")
        dictionary = Dictionary(path.read_text("ascii"))
        _LOADED[begin_string] = dictionary
    return dictionary


def field_label(tag: i64) -> str:
    """How an error names a field of which only the tag is known, by FIX 4.4: "LeavesQty(151)"."""
    return load_dictionary("FIX.4.4").label(tag)
