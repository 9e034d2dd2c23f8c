"""Writes into the documents what tables of the code say, so that they can't say anything else.

    python tools/make_docs.py           renew docs/EVENTS.md, and the made parts of docs/FIX.md
    python tools/make_docs.py --check   exit status 1 if a document is not what the tables say

docs/EVENTS.md is made whole from model/messages.schema. In docs/FIX.md a part between `<!-- made: NAME -->` and
`<!-- end -->` is made by the function that `PARTS` has for the name; all around it is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from generate_model import SCHEMA, Field, Message, parse_schema  # noqa: E402

from kairos.adapters.fix_mapping.rejection import label  # noqa: E402
from kairos.adapters.fix_mapping.rules import RULES, FieldRule, Treatment  # noqa: E402
from kairos.adapters.fix_mapping.versions import FIX_4_2, dialect_of  # noqa: E402
from kairos.fix import tags as t  # noqa: E402
from kairos.model.enums import CxlRejReason, OrdRejReason, OrdStatus  # noqa: E402
from kairos.model.refusals import REFUSAL_RULES, RefusalCode  # noqa: E402
from kairos.state.transitions import TABLE, Cell, Happening, Move  # noqa: E402

PART = re.compile(r"(<!-- made: ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
ORDER = (Treatment.HONOURED, Treatment.FIXED, Treatment.REFUSED, Treatment.INFORMATIONAL)
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
| an enumeration | of `src/kairos/model/enums.py`: the FIX code | 1 (`RefusalCode`: its name) |
| `Terms` `Standing` `Limits` | values, written whole in place | |

"""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


# docs/EVENTS.md


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


# The made parts of docs/FIX.md


def field_table(msg_type: str) -> str:
    """What we do with each field; fields with one treatment and one note share a row."""
    shared: dict[tuple[Treatment, str], list[FieldRule]] = {}
    for rule in own_rules(msg_type):
        shared.setdefault((rule.treatment, rule.note), []).append(rule)
    rows = [
        (treatment.value, ", ".join(map(in_words, rules)), note)
        for wanted in ORDER
        for (treatment, note), rules in shared.items()
        if treatment is wanted
    ]
    return table(("what we do", "fields", "how, or why"), rows)


def own_rules(msg_type: str) -> list[FieldRule]:
    """Its rules; of a replace only those that differ from a new order's, which the document tells just above."""
    known = RULES[t.NEW_ORDER_SINGLE] if msg_type == t.ORDER_CANCEL_REPLACE_REQUEST else {}
    return [rule for rule in RULES[msg_type].values() if not same(rule, known.get(rule.tag))]


def same(rule: FieldRule, other: FieldRule | None) -> bool:
    return other is not None and (rule.treatment, rule.note, rule.values) == (other.treatment, other.note, other.values)


def in_words(rule: FieldRule) -> str:
    only = f" only {' '.join(rule.values)}" if rule.values else ""
    return label(rule.tag) + only


def refusal_table() -> str:
    """The codes in order of precedence, with what each FIX version says."""
    words = dialect_of(FIX_4_2)
    assert words is not None
    rows = [
        (
            f"`{code.value}`",
            reason(rule.ord_rej_reason, words.ord_rej_reason(rule.ord_rej_reason)),
            reason(rule.cxl_rej_reason, words.cxl_rej_reason(rule.cxl_rej_reason)),
            rule.text,
        )
        for code, rule in REFUSAL_RULES.items()
        if code is not RefusalCode.NONE
    ]
    return table(("code", "OrdRejReason(103)", "CxlRejReason(102)", "Text(58) says"), rows)


def reason(code: OrdRejReason | CxlRejReason, in_42: str) -> str:
    name = code.name.lower().replace("_", " ")
    return f"{code.value} {name}" + (f" (4.2: {in_42})" if in_42 != code.value else "")


def state_table() -> str:
    """`state.transitions`, a row a state."""
    states = list(dict.fromkeys(state for state, _ in TABLE))
    head = ("state", *(happening.name.lower().replace("_", " ") for happening in Happening))
    rows = ((state_name(state), *(move_of(TABLE[(state, h)]) for h in Happening)) for state in states)
    return table(head, rows)


def state_name(state: OrdStatus) -> str:
    return f"{state.name} `{state.value}`"


def move_of(cell: Cell) -> str:
    """How a cell reads in the document, whose text explains these signs."""
    if cell.move is Move.REFUSE:
        return "late" if cell.code is RefusalCode.TOO_LATE else "·"
    return f"`{cell.state.value}`" if cell.move is Move.STATE else f"{cell.move.value}"


PARTS: dict[str, Callable[[], str]] = {
    "order states": state_table,
    "refusals": refusal_table,
    **{f"fields of {msg_type}": partial(field_table, msg_type) for msg_type in RULES},
}


def renewed(text: str) -> str:
    """The document with its made parts as the tables are now."""
    return PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n{found[3]}", text)


def documents() -> Iterator[tuple[Path, str]]:
    """Each document that has made parts, as it must be."""
    yield DOCS / "EVENTS.md", events_document()
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text("utf-8")
        if PART.search(text):
            yield path, renewed(text)


def main() -> int:
    stale = [(path, text) for path, text in documents() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            print(f"docs/{path.name} is not what the code says: run `make generate`")
        return 1 if stale else 0
    for path, text in stale:
        path.write_text(text, "utf-8")
        print(f"wrote docs/{path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
