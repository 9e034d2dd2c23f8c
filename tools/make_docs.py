"""Writes into the documents what tables of the code say, so that they can't say anything else.

    python tools/make_docs.py           renew docs/EVENTS.md, and the made parts of docs/FIX*.md and RISK*.md
    python tools/make_docs.py --check   exit status 1 if a document is not what the tables say

docs/EVENTS.md is made whole from model/messages.schema. Elsewhere a part between `<!-- made: NAME -->` and
`<!-- end -->` is made by the function that `PARTS` has for the name, in the language of the document; all around it is
written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

import docs_fix  # noqa: E402
import docs_risk  # noqa: E402
from docs_events import events_document  # noqa: E402
from docs_words import Words, words_of  # noqa: E402

PART = re.compile(r"(<!-- made: ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
PARTS: dict[str, Callable[[Words], str]] = {
    "order states": docs_fix.order_states,
    "refusals": docs_fix.refusals,
    "enumerations": docs_fix.enumerations,
    "fields": docs_fix.fields,
    "messages": docs_fix.messages,
    "controls": docs_risk.controls,
}


def renewed(text: str, say: Words) -> str:
    """The document with its made parts as the tables are now."""
    return PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]](say)}\n{found[3]}", text)


def documents() -> Iterator[tuple[Path, str]]:
    """Each document that has made parts, as it must be."""
    yield DOCS / "EVENTS.md", events_document()
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text("utf-8")
        if PART.search(text):
            yield path, renewed(text, words_of(path))


def untranslated() -> list[str]:
    """English sentences of the tables that the words of another language don't have, or no longer need."""
    found: list[str] = []
    languages: dict[str, Words] = {}
    for path in sorted(DOCS.glob("*.*.md")):
        say = languages.setdefault(path.name.split(".")[1], words_of(path))
        renewed(path.read_text("utf-8"), say)
    for language, say in languages.items():
        found += [f"tools/words.{language}.toml has no words for: {english}" for english in say.missing]
        found += [f"tools/words.{language}.toml has words that no table needs: {english}" for english in say.unused()]
    return found


def main() -> int:
    stale = [(path, text) for path, text in documents() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        faults = [f"docs/{path.name} is not what the code says: run `make generate`" for path, _ in stale]
        faults += untranslated()
        print("\n".join(faults), end="\n" if faults else "")
        return 1 if faults else 0
    for path, text in stale:
        path.write_text(text, "utf-8")
        print(f"wrote docs/{path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
