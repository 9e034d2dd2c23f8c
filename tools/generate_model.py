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
ENUM_MODULES = {name: (MODEL / f"{name}.py").read_text("utf-8") for name in ("enums", "indicators", "market_enums")}

INTEGERS = {"id", "qty", "price", "ns", "count"}
PYTHON_TYPES = {"money": "int", "str": "str", "name": "str", "bool": "bool", "bytes": "bytes", "pairs": "Pairs"}
NOTHING = {"str": '""', "name": '""', "bool": "False", "bytes": 'b""', "pairs": "()"}  # of other types: 0
WORDS = {"LimitKind", "Indicator"}  # of enums.py whose values are words, not one character
ENUMS_OF_TEXT = WORDS | {"RefusalCode"}
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
        self.sizes = {**dict.fromkeys(INTEGERS, 8), "bool": 1}
        self.sizes.update({enum: 1 for enum in self.enums_in(messages) if enum not in WORDS})
        for message in messages:
            sizes = [self.sizes.get(f.type, 0) for f in message.fields]
            if message.kind == "value" and all(sizes) and not message.sparse:
                self.sizes[message.name] = sum(sizes)

    def values_in(self, messages: list[Message]) -> set[str]:
        return {f.item or f.type for m in messages for f in m.fields} & self.values

    def enums_in(self, messages: list[Message]) -> list[str]:
        types = {f.type for m in messages for f in m.fields if not f.item}
        return sorted(types - INTEGERS - set(PYTHON_TYPES) - self.values - {"RefusalCode"})


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
    if f.type in kinds.values and f.type not in kinds.sparse:
        return [f"self.{f.name}.put(w)"]
    return [f"{putter(f, kinds)}(w, self.{f.name})"]


def putter(f: Field, kinds: Kinds) -> str:
    """The function that writes a field that is neither an integer nor a list nor a plain value."""
    if f.type in kinds.sparse:
        return f"put_{snake(f.type)}"
    if f.type in PYTHON_TYPES:
        return f"put_{f.type}"
    return "put_str" if f.type in ENUMS_OF_TEXT else "put_code"


def get_call(f: Field, kinds: Kinds) -> str:
    """Read a field from where the reader stands."""
    if f.item:
        size = kinds.sizes.get(f.item)
        given = f"r.data, r.take({size})" if size else "r"
        return f"tuple([read_{snake(f.item)}({given}) for _ in range(r.get_count())])"
    if f.type in INTEGERS:
        return "r.get_i64()"
    if f.type in PYTHON_TYPES:
        return f"r.get_{f.type}()"
    if f.type in kinds.values:
        size = kinds.sizes.get(f.type)
        return f"read_{snake(f.type)}({f'r.data, r.take({size})' if size else 'r'})"
    return f"{table(f.type)}[r.get_str()]" if f.type in ENUMS_OF_TEXT else f"member({table(f.type)}, r.get_byte())"


def get_at(f: Field, at: str, kinds: Kinds) -> str:
    """Read a field of fixed size from `data`, where it is known to lie."""
    if f.type in INTEGERS:
        return f"read_i64_le(data, {at})"
    if f.type == "bool":
        return f"data[{at}] != 0"
    return f"read_{snake(f.type)}(data, {at})" if f.type in kinds.values else f"member({table(f.type)}, data[{at}])"


def table(enum: str) -> str:
    return f"{snake(enum).upper()}S"


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
        f"_LAST_{snake(name).upper()}: Final = LastWritten({nothing})",
        "",
        "",
        f"def put_{snake(name)}(w: BytesWriter, value: {name}) -> None:",
        f"    if value is {nothing}:",
        "        w.append(0)",
        "    else:",
        f"        _LAST_{snake(name).upper()}.put(w, value)",
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


def enum_imports(enums: list[str], module: str) -> list[str]:
    """The line that imports those that stand in a module; none where none does."""
    names = [name for name in enums if f"class {name}(" in ENUM_MODULES[module]]
    return [f"from kairos.model.{module} import {', '.join(names)}"] if names else []


def imports(messages: list[Message], kinds: Kinds, module: str) -> str:
    """The import block that these messages need, and no more."""
    types = {f.type for m in messages for f in m.fields}
    fields = [f for m in messages for f in m.fields if not f.item and f.type not in INTEGERS | kinds.values]
    primitives = {putter(f, kinds) for f in fields}
    enums = kinds.enums_in(messages)
    integers = bool(types & INTEGERS)
    counts = any(f.item for m in messages for f in m.fields)
    wire_types = sorted(
        ["Record", *primitives]
        + (["Pairs"] if "pairs" in types else [])
        + (["put_count"] if counts else [])
        + (["LastWritten"] if any(m.sparse for m in messages) else [])
    )
    lines = ["from typing import Final", ""]
    lines += [f"from librt.strings import BytesWriter{', write_i64_le' if integers else ''}"]
    lines += ["from mypy_extensions import i64, mypyc_attr", ""]
    lines += [line for module in ENUM_MODULES for line in enum_imports(enums, module)]
    lines += ["from kairos.model.refusals import RefusalCode"] if "RefusalCode" in types else []
    values = kinds.values_in(messages)
    if values and module != "values":
        sparse = [word for v in values & kinds.sparse for word in (f"NO_{snake(v).upper()}", f"put_{snake(v)}")]
        lines += [f"from kairos.model.values import {', '.join(sorted([*values, *sparse]))}"]
    lines += [f"from kairos.model.wire_types import {', '.join(wire_types)}"]
    return "\n".join(lines) + "\n\n\n"


def module_text(title: str, module: str, messages: list[Message], kinds: Kinds, base: str) -> str:
    body: list[str] = []
    for message in messages:
        body += base_class(message) if message.kind == "base" else class_lines(message, kinds)
    return HEADER.format(title=title) + imports(messages, kinds, module) + base + "\n".join(body)


def reader_lines(message: Message, kinds: Kinds) -> list[str]:
    """The function that reads one message's fields; those added later fall back to their default."""
    takes = "data: bytes, at: i64" if message.name in kinds.sizes else "r: Reader"
    takes += ", version: i64" if message.version > 1 else ""
    lines = [f"def read_{snake(message.name)}({takes}) -> {message.name}:"]
    if message.sparse:
        lines += ["    if not r.get_bool():", f"        return NO_{snake(message.name).upper()}"]
    fields = [Field("at_ns", "ns", "")] if message.kind == "event" else []
    fields += message.fields
    runs = fixed_runs(fields, kinds)
    if message.name not in kinds.sizes and any(len(run) > 1 for run in runs):
        lines += ["    data = r.data"]
    for run in runs:
        lines += [f"    {line}" for line in run_lines(run, kinds, message.name not in kinds.sizes)]
    arguments = ", ".join(f.name for f in fields)
    return [*lines, f"    return {message.name}({arguments})", "", ""]


def fixed_runs(fields: list[Field], kinds: Kinds) -> list[list[Field]]:
    """The fields in order, neighbours of fixed size together: a run is claimed from the record at once."""
    runs: list[list[Field]] = []
    for f in fields:
        fixed = f.since == 1 and f.type in kinds.sizes
        if fixed and runs and all(g.since == 1 and g.type in kinds.sizes for g in runs[-1]):
            runs[-1].append(f)
        else:
            runs.append([f])
    return runs


def run_lines(run: list[Field], kinds: Kinds, claim: bool) -> list[str]:
    """Read a run of fields; `claim` its bytes first, unless the caller did."""
    if claim and len(run) == 1:
        get = get_call(run[0], kinds)
        later = f" if version >= {run[0].since} else {run[0].default}" if run[0].since > 1 else ""
        return [f"{run[0].name} = {get}{later}"]
    lines = [f"at = r.take({sum(kinds.sizes[f.type] for f in run)})"] if claim else []
    place = 0
    for f in run:
        lines.append(f"{f.name} = {get_at(f, f'at + {place}' if place else 'at', kinds)}")
        place += kinds.sizes[f.type]
    return lines


def choice_lines(kind: str, messages: list[Message]) -> list[str]:
    """The function that picks the reader of a code; the C compiler makes a jump table of it."""
    lines = [f"def read_{kind}(r: Reader, code: i64, version: i64) -> {kind.capitalize()}:"]
    lines += [f'    """One {kind} from the reader; `WireError` for a code that no {kind} has."""']
    for message in messages:
        version = ", version" if message.version > 1 else ""
        lines += [f"    if code == {message.code}:", f"        return read_{snake(message.name)}(r{version})"]
    lines += [f'    raise WireError(f"no {kind} has code {{code}}; was it written by a newer Kairos?")', "", ""]
    return lines


WIRE_TAIL = '''
def encode_event(w: BytesWriter, event: Event) -> None:
    """Append one event: its record begins with its time."""
    start = begin_record(w, event.wire_code(), event.wire_version())
    write_i64_le(w, event.at_ns)
    event.put(w)
    end_record(w, start)


def encode_command(w: BytesWriter, command: Command) -> None:
    """Append one command."""
    start = begin_record(w, command.wire_code(), command.wire_version())
    command.put(w)
    end_record(w, start)


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
    r = Reader(data, 1, 1)
    while r.end < len(data):
        at = r.open_record()
        try:
            event = read_event(r, data[at], data[at + 1])
        except (KeyError, UnicodeDecodeError) as error:
            raise WireError(f"offset {at}: a value that no version of Kairos writes: {error}") from error
        if r.at != r.end:
            raise WireError(f"offset {at}: {r.end - r.at} bytes too many; was it written by a newer Kairos?")
        events.append(event)
    return events


def decode_command(data: bytes) -> Command:
    """One command that fills `data`."""
    r = open_record(data, 0)
    try:
        command = read_command(r, data[0], data[1])
    except (KeyError, UnicodeDecodeError) as error:
        raise WireError(f"a value that no version of Kairos writes: {error}") from error
    if r.at != len(data):
        raise WireError(f"{len(data) - r.at} bytes too many behind a command")
    return command


def open_record(data: bytes, at: i64) -> Reader:
    """A reader of the record whose head is at this offset."""
    r = Reader(data, at, at)
    r.open_record()
    return r
'''


def wire_text(messages: list[Message], kinds: Kinds) -> str:
    events = [m for m in messages if m.kind == "event"]
    commands = [m for m in messages if m.kind == "command"]
    value_messages = [m for m in messages if m.kind == "value"]
    enums = kinds.enums_in(messages)
    nothings = [f"NO_{snake(name).upper()}" for name in kinds.sparse]
    out = [HEADER.format(title="The bytes of commands and events, with a version from the first byte.").rstrip(), ""]
    out += [
        "from typing import Final",
        "",
        "from librt.strings import BytesWriter, read_i64_le, write_i64_le",
        "from mypy_extensions import i64",
        "",
    ]
    out += [
        "from kairos.model.commands import (",
        *(f"    {n}," for n in sorted(["Command", *(m.name for m in commands)])),
        ")",
    ]
    out += enum_imports(enums, "enums")
    out += [
        "from kairos.model.events import (",
        *(f"    {n}," for n in sorted(["Event", *(m.name for m in events)])),
        ")",
    ]
    out += [
        *enum_imports(enums, "indicators"),
        *enum_imports(enums, "market_enums"),
        "from kairos.model.refusals import RefusalCode",
        f"from kairos.model.values import {', '.join(sorted([*kinds.values, *nothings]))}",
    ]
    out += ["from kairos.model.wire_types import Reader, WireError, begin_record, by_code, end_record, member"]
    out += ["", "FORMAT_VERSION: Final = 1", ""]
    for enum in [name for name in enums if name not in WORDS]:
        out.append(f"{table(enum)}: Final[list[{enum} | None]] = by_code({enum})")
    for enum in sorted(ENUMS_OF_TEXT):
        out.append(f"{table(enum)}: Final[dict[str, {enum}]] = {{m.value: m for m in {enum}}}")
    out += ["", ""]
    for message in value_messages + commands + events:
        out += reader_lines(message, kinds)
    out += choice_lines("command", commands) + choice_lines("event", events)
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
