"""What a FIX version, or a house, allows: its fields, and which of them each message carries.

The dictionaries lie beside this file as text, one entry a line, made from QuickFIX's XML by
`tools/make_fix_dictionary.py`; `quickfix_xml` reads a house's own XML. The forms of a line:

    version FIX.4.4
    field 54 Side CHAR 1 2 3                    tag, name, type, the allowed values (none: any;
                                                100+: from 100 on)
    component Parties 453(448! 447 452)         fields that several messages share
    header 8! 9! 35! ...                        also: trailer
    message D NewOrderSingle 11! @Parties ...   MsgType(35), name, fields

A field is its tag, `!` when it is required, its members in parentheses when it counts a repeating group; the first
member begins each entry. `@Name` takes in a component's fields; those it requires are required under `@Name!` only.
A later line of the same field, component or message takes the place of an earlier one.

A line is read through when its field or message is first asked for: FIX 5.0 SP2 has 6,000 fields and 160 messages, of
which a session sees some hundred and a dozen.

From FIX 5.0 on the header, the trailer and the administrative messages are a version of their own, FIXT.1.1; see
`appl_versions` for how the two become one Dictionary.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from mypy_extensions import i64

from kairos.fix.errors import LocalError
from kairos.fix.specs import BODY, HEADER, TRAILER, FieldSpec, Group, Members, MessageSpec, Part

VERSIONS: Final = (
    "FIX.4.0",
    "FIX.4.1",
    "FIX.4.2",
    "FIX.4.3",
    "FIX.4.4",
    "FIXT.1.1",
    "FIX.5.0",
    "FIX.5.0SP1",
    "FIX.5.0SP2",
)
"""The dictionaries that come with the package."""

_NAMING_ORDER: Final = ("FIX.4.4", "FIX.4.2", "FIXT.1.1", "FIX.5.0SP2", "FIX.4.3")
"""Where a name is looked for when no session tells the version: the usual one first, then those with names of their
own."""


class Dictionary:
    """One version's fields and messages, read from the text form that this module describes."""

    __slots__ = (
        "_component_lines",
        "_components",
        "_field_lines",
        "_fields",
        "_header",
        "_message_lines",
        "_messages",
        "_trailer",
        "version",
    )

    def __init__(self, text: str) -> None:
        self.version = ""
        self._fields: dict[int, FieldSpec] = {}
        self._field_lines: dict[int, list[str]] = {}
        self._components: dict[str, list[Part]] = {}
        self._component_lines: dict[str, str] = {}
        self._header = ""
        self._trailer = ""
        self._messages: dict[str, MessageSpec] = {}
        self._message_lines: dict[str, list[str]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            kind, _, rest = line.strip().partition(" ")
            if kind and not kind.startswith("#"):
                try:
                    self._take(kind, rest.strip())
                except (IndexError, ValueError) as error:
                    raise LocalError(f"dictionary line {number}: {line[:80]!r} can't be read: {error}") from None

    def _take(self, kind: str, rest: str) -> None:
        if kind == "field":
            tag, name, type_name, *values = rest.split(None, 3)
            self._field_lines[int(tag)] = [name, type_name, *values]
        elif kind == "message":
            words = rest.split(None, 2)
            self._message_lines[words[0]] = [words[1], *words[2:]]
        elif kind == "component":
            name, _, fields = rest.partition(" ")
            self._component_lines[name] = fields
        elif kind == "header":
            self._header = rest
        elif kind == "trailer":
            self._trailer = rest
        elif kind == "version":
            self.version = rest
        else:
            raise ValueError(f"unknown kind {kind!r}")

    def field(self, tag: i64) -> FieldSpec | None:
        spec = self._fields.get(tag)
        if spec is None and tag in self._field_lines:
            line = self._field_lines[tag]
            values = frozenset(line[2].encode("iso-8859-1").split()) if len(line) > 2 else frozenset()
            spec = FieldSpec(tag, line[0], line[1], values)
            self._fields[tag] = spec
        return spec

    def field_name(self, tag: i64) -> str:
        """The field's name, "" when this version doesn't have it."""
        spec = self.field(tag)
        return spec.name if spec is not None else ""

    def field_type(self, tag: i64) -> str:
        """The field's type, "" when this version doesn't have it."""
        spec = self.field(tag)
        return spec.type_name if spec is not None else ""

    def field_values(self, tag: i64) -> frozenset[bytes]:
        """The values that the field allows; empty when it allows any."""
        spec = self.field(tag)
        return spec.values if spec is not None else frozenset()

    def label(self, tag: i64) -> str:
        """How an error names a field: "LeavesQty(151)"."""
        return f"{self.field_name(tag) or 'tag'}({tag})"

    def message_types(self) -> list[str]:
        return list(self._message_lines)

    def has_message(self, msg_type: str) -> bool:
        return msg_type in self._message_lines

    def message_name(self, msg_type: str) -> str:
        """The name of a message that this version has."""
        return self._message_lines[msg_type][0]

    def message(self, msg_type: str) -> MessageSpec | None:
        spec = self._messages.get(msg_type)
        if spec is None and self.has_message(msg_type):
            spec = self._build(msg_type)
            self._messages[msg_type] = spec
        return spec

    def owner(self, msg_type: str) -> Dictionary:
        """The dictionary whose fields this message may have; itself, unless it is joined of two."""
        return self

    def header_tags(self) -> list[int]:
        members = Members()
        self.add_header(members)
        return [member.tag for member in members.order]

    def trailer_tags(self) -> list[int]:
        members = Members()
        self.add_trailer(members)
        return [member.tag for member in members.order]

    def _build(self, msg_type: str) -> MessageSpec:
        members = Members()
        self.add_header(members)
        self.add_body(members, msg_type)
        self.add_trailer(members)
        return MessageSpec(msg_type, self.message_name(msg_type), members)

    def add_header(self, members: Members) -> None:
        members.add_all(self._parts(_tokens(self._header)), HEADER)

    def add_body(self, members: Members, msg_type: str) -> None:
        members.add_all(self._parts(_tokens(" ".join(self._message_lines[msg_type][1:]))), BODY)

    def add_trailer(self, members: Members) -> None:
        members.add_all(self._parts(_tokens(self._trailer)), TRAILER)

    def _parts(self, tokens: list[str]) -> list[Part]:
        """Read fields from the end of `tokens` until a closing parenthesis or the end of the line."""
        parts: list[Part] = []
        while tokens:
            word = tokens.pop()
            if word == ")":
                break
            required = word.endswith("!")
            word = word.rstrip("!")
            if word.startswith("@"):
                for part in self._component(word[1:]):
                    parts.append(part if required or not part.required else Part(part.field, False, part.group))
                continue
            group: Group | None = None
            if tokens and tokens[-1] == "(":
                tokens.pop()
                group = Group(int(word), self._parts(tokens))
            parts.append(Part(self._defined_field(int(word)), required, group))
        return parts

    def _component(self, name: str) -> list[Part]:
        """Read once: large ones are in a hundred messages, and their groups are the same object in each."""
        parts = self._components.get(name)
        if parts is None:
            if name not in self._component_lines:
                raise LocalError(
                    f"{self.version}: component {name} is undefined or holds itself; correct the dictionary"
                )
            parts = self._parts(_tokens(self._component_lines.pop(name)))
            self._components[name] = parts
        return parts

    def _defined_field(self, tag: i64) -> FieldSpec:
        spec = self.field(tag)
        if spec is None:
            raise LocalError(f"{self.version}: field {tag} is not defined; correct the dictionary")
        return spec


def _tokens(fields: str) -> list[str]:
    """Words and parentheses, the first one last."""
    tokens = fields.replace("(", " ( ").replace(")", " ) ").split()
    tokens.reverse()
    return tokens


_LOADED: Final[dict[str, Dictionary]] = {}


def load_dictionary(version: str) -> Dictionary:
    """The dictionary of a version that comes with the package; read once a process."""
    dictionary = _LOADED.get(version)
    if dictionary is None:
        if version not in VERSIONS:
            raise LocalError(f"no dictionary for {version!r}; there are {', '.join(VERSIONS)}")
        path = files("kairos.fix").joinpath("dictionaries", f"{version}.txt")
        dictionary = Dictionary(path.read_text("ascii"))
        _LOADED[version] = dictionary
    return dictionary


def field_label(tag: i64) -> str:
    """How an error names a field of which only the tag is known: "LeavesQty(151)"."""
    for version in _NAMING_ORDER:
        name = load_dictionary(version).field_name(tag)
        if name:
            return f"{name}({tag})"
    return f"tag({tag})"
