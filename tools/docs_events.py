"""docs/EVENTS.md: the vocabulary of the journal, from model/messages.schema."""

from __future__ import annotations

from docs_markdown import table
from generate_model import SCHEMA, Field, Message, parse_schema

EVENTS_HEAD = """# Commands and events

The vocabulary of the core and of the journal. Made by `tools/make_docs.py` from `src/kairos/model/messages.schema`:
edit that table, then run `make generate`.

A command is imperative: somebody asks the engine to do something. An event is a fact in the past tense; the journal
keeps events and nothing else, and state is a fold over them. On disk and on the link each is: code (1 byte), version
(1 byte), length (4 bytes), then for an event its time, then its fields in the order below. A field is only ever added,
at the end, with a version and a default, so that every journal ever written can be read.

| type | meaning | bytes |
| --- | --- | --- |
| `id` `qty` `count` | whole number | 8, little endian |
| `price` | decimal, scaled by 10**8 | 8, little endian |
| `ns` | nanoseconds since 1970, UTC | 8, little endian |
| `money` | decimal, scaled by 10**8, of any size | 1 for the length, then signed, little endian |
| `str` `bytes` | text in UTF-8; raw bytes | 1 for the length (255: then 4 more), then the value |
| `pairs` | named texts | 1 for their number, then name and text of each |
| `bool` | | 1 |
| an enumeration | of `enums.py` and its neighbours in `src/kairos/model`: the FIX code | 1 (`RefusalCode`: its name) |
| `Terms` `Standing` `Limits` and other values | written whole in place | |
| `OrderDetails` `TradeDetails` | values that mostly say nothing | 1: 0, or 1 and then the fields |
| `list[...]` | several values | 1 for their number (255: then 4 more), then each |

"""


def events_document() -> str:
    messages = parse_schema(SCHEMA.read_text("utf-8"))
    kinds = (("Values", "value"), ("Commands", "command"), ("Events", "event"))
    return EVENTS_HEAD + "\n".join(chapter(title, [m for m in messages if m.kind == kind]) for title, kind in kinds)


def chapter(title: str, messages: list[Message]) -> str:
    return f"## {title}\n\n" + "\n".join(message_section(message) for message in messages)


def message_section(message: Message) -> str:
    code = f" ({message.code})" if message.code else ""
    section = f"### {message.name}{code}\n\n{message.doc}\n"
    if not message.fields:
        return section
    return f"{section}\n{table(('field', 'type', 'meaning'), map(field_row, message.fields))}"


def field_row(field: Field) -> tuple[str, ...]:
    since = f" (since version {field.since}; before: {field.default})" if field.since > 1 else ""
    return f"`{field.name}`", field.type, field.doc + since
