"""Writes values.py, commands.py, events.py and wire.py of `kairos.model` from the table messages.schema.

Run `python tools/generate_model.py` after an edit of the table; `--check` fails when a file is not what the table says.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

MODEL = Path(__file__).resolve().parent.parent / "src" / "kairos" / "model"
SCHEMA = MODEL / "messages.schema"

INTEGERS = {"id", "qty", "price", "ns", "count"}
PYTHON_TYPES = {"money": "int", "str": "str", "bool": "bool", "bytes": "bytes", "pairs": "Pairs"}
NOTHING = {"str": '""', "bool": "False", "bytes": 'b""', "pairs": "()"}  # of other types: 0
ENUMS_OF_TEXT = {"RefusalCode"}
HEADER = '''"""{title}

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

'''


@dataclass
class Field:
    name: str
    type: str
    doc: str
    since: int = 1
    default: str = ""

    @property
    def item(self) -> str:
        """The value that a list holds; empty when the field is no list."""
        return self.type[len("list[") : -1] if self.type.startswith("list[") else ""


@dataclass
class Message:
    kind: str
    name: str
    code: int
    base: str
    doc: str = ""
    fields: list[Field] = field(default_factory=list)
    sparse: bool = False

    @property
    def version(self) -> int:
        return max((f.since for f in self.fields), default=1)


def parse_schema(text: str) -> list[Message]:
    """Read the table; a line that can't be read is an error that names it."""
    messages: list[Message] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("|")[0].split()
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            messages.append(parse_heading(words, number))
        elif not words:
            message = messages[-1]
            message.doc = f"{message.doc} {line.strip()[1:].strip()}".strip()
        else:
            messages[-1].fields.append(parse_field(words, line, number))
    check_codes(messages)
    return messages


def parse_heading(words: list[str], number: int) -> Message:
    kind = words[0]
    if kind in ("value", "base") and len(words) == 2:
        return Message(kind, words[1], 0, "Record" if kind == "value" else "Event")
    if kind == "value" and words[2:] == ["sparse"]:
        return Message(kind, words[1], 0, "Record", sparse=True)
    if kind == "command" and len(words) == 3:
        return Message(kind, words[2], int(words[1]), "Command")
    if kind == "event" and len(words) == 5 and words[3] == ":":
        return Message(kind, words[2], int(words[1]), words[4])
    raise SystemExit(f"{SCHEMA.name}: line {number}: not a heading: {' '.join(words)}")


def parse_field(words: list[str], line: str, number: int) -> Field:
    doc = line.split("|", 1)[1].strip() if "|" in line else ""
    if len(words) == 2:
        return Field(words[0], words[1], doc)
    if len(words) == 6 and words[2] == "since" and words[4] == "=":
        return Field(words[0], words[1], doc, int(words[3]), words[5])
    raise SystemExit(f"{SCHEMA.name}: line {number}: expected 'name type [since N = default]'")


def check_codes(messages: list[Message]) -> None:
    codes = [m.code for m in messages if m.code]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise SystemExit(f"{SCHEMA.name}: codes used twice: {sorted(twice)}")


class Kinds:
    """What the names of the table's values stand for."""

    def __init__(self, messages: list[Message]) -> None:
        self.values = {m.name for m in messages if m.kind == "value"}
        self.sparse = {m.name for m in messages if m.sparse}

    def values_in(self, messages: list[Message]) -> set[str]:
        return {f.item or f.type for m in messages for f in m.fields} & self.values

    def enums_in(self, messages: list[Message]) -> list[str]:
        types = {f.type for m in messages for f in m.fields if not f.item}
        return sorted(types - INTEGERS - set(PYTHON_TYPES) - self.values - ENUMS_OF_TEXT)


def python_type(f: Field) -> str:
    if f.item:
        return f"tuple[{f.item}, ...]"
    return "i64" if f.type in INTEGERS else PYTHON_TYPES.get(f.type, f.type)


def put_lines(f: Field, kinds: Kinds) -> list[str]:
    if f.item:
        item = snake(f.item)
        put = f"put_{item}(w, {item})" if f.item in kinds.sparse else f"{item}.put(w)"
        return [f"put_count(w, len(self.{f.name}))", f"for {item} in self.{f.name}:", f"    {put}"]
    if f.type in INTEGERS:
        return [f"write_i64_le(w, self.{f.name})"]
    if f.type in PYTHON_TYPES or f.type in kinds.sparse:
        return [f"put_{snake(f.type)}(w, self.{f.name})"]
    if f.type in kinds.values:
        return [f"self.{f.name}.put(w)"]
    return [f"put_str(w, self.{f.name})" if f.type in ENUMS_OF_TEXT else f"w.append(ord(self.{f.name}))"]


def get_call(f: Field, values: set[str]) -> str:
    if f.item:
        return f"tuple([read_{snake(f.item)}(r) for _ in range(r.get_count())])"
    if f.type in INTEGERS:
        return "r.get_i64()"
    if f.type in PYTHON_TYPES:
        return f"r.get_{f.type}()"
    if f.type in values:
        return f"read_{snake(f.type)}(r)"
    getter = "get_str" if f.type in ENUMS_OF_TEXT else "get_byte"
    return f"{snake(f.type).upper()}S[r.{getter}()]"


def snake(name: str) -> str:
    out = "".join(
        "_" + c.lower() if c.isupper() and not name[max(i - 1, 0)].isupper() else c.lower() for i, c in enumerate(name)
    )
    return out.strip("_")


def argument(f: Field, sparse: bool) -> str:
    """A constructor's argument; what was added later may be left out, and all of a sparse value."""
    default = f.default if f.since > 1 else ("()" if f.item else NOTHING.get(f.type, "0")) if sparse else ""
    return f"{f.name}: {python_type(f)}" + (f" = {default}" if default else "")


def class_lines(message: Message, kinds: Kinds) -> list[str]:
    """One native class: documented fields, final attributes, its wire order."""
    fields = message.fields
    names = ", ".join(f'"{f.name}"' for f in fields) + ("," if len(fields) == 1 else "")
    about = textwrap.wrap(f'"""{message.doc}', 110, initial_indent="    ", subsequent_indent="    ")
    docs = [f"    {f.name}: {f.doc}" for f in fields if f.doc]
    lines = ["@mypyc_attr(acyclic=True)", f"class {message.name}({message.base}):"]
    lines += [*about, "", *docs, '    """'] if docs else [*about[:-1], f'{about[-1]}"""']
    is_event = message.kind == "event"
    arguments = (["at_ns: i64"] if is_event else []) + [argument(f, message.sparse) for f in fields]
    lines += ["", f"    def __init__(self{''.join(', ' + a for a in arguments)}) -> None:"]
    if is_event:
        lines += ["        super().__init__(at_ns)"]
    elif not fields:
        lines += ["        pass"]
    lines += [f"        self.{f.name}: Final[{python_type(f)}] = {f.name}" for f in fields]
    lines += ["", "    def names(self) -> tuple[str, ...]:", f"        return ({names})"]
    if message.code:
        lines += ["", "    def wire_code(self) -> i64:", f"        return {message.code}"]
        lines += ["", "    def wire_version(self) -> i64:", f"        return {message.version}"]
    lines += ["", "    def put(self, w: BytesWriter) -> None:"]
    lines += [f"        {line}" for f in fields for line in put_lines(f, kinds)] or ["        pass"]
    return [*lines, "", "", *(sparse_lines(message.name) if message.sparse else [])]


def sparse_lines(name: str) -> list[str]:
    """The one instance that says nothing, which takes one byte."""
    nothing = f"NO_{snake(name).upper()}"
    return [
        f"{nothing}: Final = {name}()",
        "",
        "",
        f"def put_{snake(name)}(w: BytesWriter, value: {name}) -> None:",
        f"    w.append(0 if value is {nothing} else 1)",
        f"    if value is not {nothing}:",
        "        value.put(w)",
        "",
        "",
    ]


def base_class(message: Message) -> list[str]:
    return ["@mypyc_attr(acyclic=True)", f"class {message.name}(Event):", f'    """{message.doc}"""', "", ""]


EVENT_BASE = '''@mypyc_attr(acyclic=True)
class Event(Record):
    """A fact. `at_ns` is when it became one, in nanoseconds since 1970 UTC."""

    def __init__(self, at_ns: i64) -> None:
        self.at_ns: Final[i64] = at_ns

    def wire_code(self) -> i64:
        """The number of this kind of event on the wire."""
        raise NotImplementedError

    def wire_version(self) -> i64:
        """The version of this kind of event on the wire."""
        raise NotImplementedError


'''
COMMAND_BASE = '''@mypyc_attr(acyclic=True)
class Command(Record):
    """Something that somebody asks the engine to do."""

    def wire_code(self) -> i64:
        """The number of this kind of command on the wire."""
        raise NotImplementedError

    def wire_version(self) -> i64:
        """The version of this kind of command on the wire."""
        raise NotImplementedError


'''


def imports(messages: list[Message], kinds: Kinds, module: str) -> str:
    """The import block that these messages need, and no more."""
    types = {f.type for m in messages for f in m.fields}
    primitives = sorted(f"put_{t}" for t in types & set(PYTHON_TYPES))
    enums = kinds.enums_in(messages)
    integers = bool(types & INTEGERS)
    wire_types = sorted(
        (["Pairs"] if "pairs" in types else [])
        + ["Record"]
        + (primitives + (["put_str"] if types & ENUMS_OF_TEXT else []))
        + (["put_count"] if any(f.item for m in messages for f in m.fields) else [])
    )
    lines = ["from typing import Final", ""]
    lines += [f"from librt.strings import BytesWriter{', write_i64_le' if integers else ''}"]
    lines += ["from mypy_extensions import i64, mypyc_attr", ""]
    lines += [f"from kairos.model.enums import {', '.join(enums)}"] if enums else []
    lines += ["from kairos.model.refusals import RefusalCode"] if types & ENUMS_OF_TEXT else []
    values = kinds.values_in(messages)
    if values and module != "values":
        sparse = [word for v in values & kinds.sparse for word in (f"NO_{snake(v).upper()}", f"put_{snake(v)}")]
        lines += [f"from kairos.model.values import {', '.join(sorted([*values, *sparse]))}"]
    lines += [f"from kairos.model.wire_types import {', '.join(dict.fromkeys(wire_types))}"]
    return "\n".join(lines) + "\n\n\n"


def module_text(title: str, module: str, messages: list[Message], kinds: Kinds, base: str) -> str:
    body: list[str] = []
    for message in messages:
        body += base_class(message) if message.kind == "base" else class_lines(message, kinds)
    return HEADER.format(title=title) + imports(messages, kinds, module) + base + "\n".join(body)


def reader_lines(message: Message, values: set[str], base: str) -> list[str]:
    """The function that reads one message's fields; those added later fall back to their default."""
    takes_at = message.kind == "event"
    version, returned = ("", message.name) if base == "value" else (", version: i64", base)
    head = f"def read_{snake(message.name)}(r: Reader{version}) -> {returned}:"
    gets = [
        get_call(f, values) if f.since == 1 else f"{get_call(f, values)} if version >= {f.since} else {f.default}"
        for f in message.fields
    ]
    lines = [head]
    if message.sparse:
        lines += ["    if not r.get_bool():", f"        return NO_{snake(message.name).upper()}"]
    lines += [f"    f{i} = {get}" for i, get in enumerate((["r.get_i64()"] if takes_at else []) + gets)]
    arguments = [f"f{i}" for i in range(len(gets) + takes_at)]
    lines += [f"    return {message.name}({', '.join(arguments)})", "", ""]
    return lines


WIRE_TAIL = '''
def encode_event(w: BytesWriter, event: Event) -> None:
    """Append one event: code, version, length of the rest, time, fields."""
    body = BytesWriter()
    write_i64_le(body, event.at_ns)
    event.put(body)
    frame(w, event.wire_code(), event.wire_version(), body)


def encode_command(w: BytesWriter, command: Command) -> None:
    """Append one command: code, version, length of the rest, fields."""
    body = BytesWriter()
    command.put(body)
    frame(w, command.wire_code(), command.wire_version(), body)


def frame(w: BytesWriter, code: i64, version: i64, body: BytesWriter) -> None:
    w.append(code)
    w.append(version)
    w.write(len(body).to_bytes(4, "little"))
    w.write(body.getvalue())


def encode_events(events: list[Event]) -> bytes:
    """A batch of events: the format's version, then the events back to back."""
    w = BytesWriter()
    w.append(FORMAT_VERSION)
    for event in events:
        encode_event(w, event)
    return w.getvalue()


def decode_events(data: bytes) -> list[Event]:
    """The events of a batch; `WireError` for bytes that no version of Kairos wrote."""
    if not data or data[0] != FORMAT_VERSION:
        raise WireError(f"batch of format {data[:1]!r}; this version of Kairos reads format {FORMAT_VERSION}")
    events: list[Event] = []
    at: i64 = 1
    while at < len(data):
        r = open_record(data, at)
        reader = EVENT_READERS.get(data[at])
        if reader is None:
            raise WireError(f"offset {at}: no event has code {data[at]}; was it written by a newer Kairos?")
        try:
            events.append(reader(r, data[at + 1]))
        except (KeyError, UnicodeDecodeError) as error:
            raise WireError(f"offset {at}: a value that no version of Kairos writes: {error}") from error
        if r.at != r.end:
            raise WireError(f"offset {at}: {r.end - r.at} bytes too many; was it written by a newer Kairos?")
        at = r.end
    return events


def decode_command(data: bytes) -> Command:
    """One command that fills `data`."""
    r = open_record(data, 0)
    reader = COMMAND_READERS.get(data[0])
    if reader is None:
        raise WireError(f"no command has code {data[0]}")
    try:
        command = reader(r, data[1])
    except (KeyError, UnicodeDecodeError) as error:
        raise WireError(f"a value that no version of Kairos writes: {error}") from error
    if r.at != len(data):
        raise WireError(f"{len(data) - r.at} bytes too many behind a command")
    return command


def open_record(data: bytes, at: i64) -> Reader:
    if at + 6 > len(data):
        raise WireError(f"record is cut off at offset {at}")
    size: i64 = int.from_bytes(data[at + 2 : at + 6], "little")
    if at + 6 + size > len(data):
        raise WireError(f"record at offset {at} says {size} bytes, {len(data) - at - 6} are there")
    return Reader(data, at + 6, at + 6 + size)
'''


def wire_text(messages: list[Message], kinds: Kinds) -> str:
    events = [m for m in messages if m.kind == "event"]
    commands = [m for m in messages if m.kind == "command"]
    value_messages = [m for m in messages if m.kind == "value"]
    values, enums = kinds.values, kinds.enums_in(messages)
    nothings = [f"NO_{snake(name).upper()}" for name in kinds.sparse]
    out = [HEADER.format(title="The bytes of commands and events, with a version from the first byte.").rstrip(), ""]
    out += [
        "from collections.abc import Callable",
        "from typing import Final",
        "",
        "from librt.strings import BytesWriter, write_i64_le",
        "from mypy_extensions import i64",
        "",
    ]
    out += [
        "from kairos.model.commands import (",
        *(f"    {n}," for n in sorted(["Command", *(m.name for m in commands)])),
        ")",
    ]
    out += ["from kairos.model.enums import (", *(f"    {n}," for n in enums), ")"]
    out += [
        "from kairos.model.events import (",
        *(f"    {n}," for n in sorted(["Event", *(m.name for m in events)])),
        ")",
    ]
    out += [
        "from kairos.model.refusals import RefusalCode",
        f"from kairos.model.values import {', '.join(sorted([*values, *nothings]))}",
    ]
    out += ["from kairos.model.wire_types import Reader, WireError", "", "FORMAT_VERSION: Final = 1", ""]
    for enum in enums:
        out.append(f"{snake(enum).upper()}S: Final[dict[int, {enum}]] = {{ord(m.value): m for m in {enum}}}")
    for enum in sorted(ENUMS_OF_TEXT):
        out.append(f"{snake(enum).upper()}S: Final[dict[str, {enum}]] = {{m.value: m for m in {enum}}}")
    out += ["", ""]
    for message in value_messages:
        out += reader_lines(message, values, "value")
    for message in commands:
        out += reader_lines(message, values, "Command")
    for message in events:
        out += reader_lines(message, values, "Event")
    out += [
        "COMMAND_READERS: Final[dict[int, Callable[[Reader, i64], Command]]] = {",
        *(f"    {m.code}: read_{snake(m.name)}," for m in commands),
        "}",
    ]
    out += [
        "EVENT_READERS: Final[dict[int, Callable[[Reader, i64], Event]]] = {",
        *(f"    {m.code}: read_{snake(m.name)}," for m in events),
        "}",
        "",
    ]
    return "\n".join(out) + WIRE_TAIL


def generate() -> dict[str, str]:
    """The text of each generated file."""
    messages = parse_schema(SCHEMA.read_text())
    kinds = Kinds(messages)
    of = {kind: [m for m in messages if m.kind == kind] for kind in ("value", "command")}
    events = [m for m in messages if m.kind in ("base", "event")]
    return {
        "values.py": module_text("Values that commands and events carry whole.", "values", of["value"], kinds, ""),
        "commands.py": module_text(
            "Commands, imperative: what somebody asks the engine to do.",
            "commands",
            of["command"],
            kinds,
            COMMAND_BASE,
        ),
        "events.py": module_text(
            "Events, past tense: the facts that the journal keeps and state is a fold over.",
            "events",
            events,
            kinds,
            EVENT_BASE,
        ),
        "wire.py": wire_text(messages, kinds),
    }


def formatted(text: str) -> str:
    """The text with its imports in order, laid out as the house does."""
    for arguments in (["check", "--fix", "--quiet", "--select", "I"], ["format"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", str(MODEL / "generated.py"), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    return text


def main() -> int:
    stale = []
    for name, text in generate().items():
        path = MODEL / name
        wanted = formatted(text)
        if path.exists() and path.read_text() == wanted:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(wanted)
    if stale and "--check" in sys.argv:
        print(f"not what messages.schema says: {', '.join(stale)}; run make generate")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
