"""The words that a made document uses in its language.

The tables of the code are in English; `words.zh-Hant.toml` has the Traditional Chinese of each sentence that reaches a
document. A sentence that is missing there stays English, and is told: `make_docs.py --check` and a test fail for it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Words:
    """Says English sentences in a language, and remembers which it could not, and which it never said."""

    def __init__(self, known: dict[str, str] | None) -> None:
        self._known = known
        self.missing: list[str] = []
        self.said: set[str] = set()

    def __call__(self, english: str) -> str:
        if self._known is None or not english:
            return english
        self.said.add(english)
        if english not in self._known and english not in self.missing:
            self.missing.append(english)
        return self._known.get(english, english)

    def unused(self) -> list[str]:
        return [] if self._known is None else [english for english in self._known if english not in self.said]


def words_of(document: Path) -> Words:
    """The words for a document: its language stands in its name, as in FIX.zh-Hant.md."""
    language = document.name.split(".")[1]
    if language == "md":
        return Words(None)
    return Words(tomllib.loads((HERE / f"words.{language}.toml").read_text("utf-8")))
