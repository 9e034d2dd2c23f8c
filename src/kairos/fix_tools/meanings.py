"""What the values of coded fields mean: Side(54) 1 is BUY.

One table serves every version, since a value keeps its meaning from one to the next; only those versions that have the
value allow it, and that is the dictionary's business. A line is a tag, then `value=MEANING` for each value. The engine
needs none of it, so it lies apart from the dictionaries, and a line is read when its tag is first asked for.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from kairos.fix.errors import LocalError


class Meanings:
    def __init__(self, text: str) -> None:
        self._lines: Final[dict[int, str]] = {}
        self._tables: Final[dict[int, dict[str, str]]] = {}
        self.add(text)

    def add(self, text: str) -> None:
        """Take in more; a later line of a tag takes the place of an earlier one."""
        for line in text.splitlines():
            tag, _, rest = line.partition(" ")
            if tag.isdigit():
                self._lines[int(tag)] = rest
                self._tables.pop(int(tag), None)

    def of(self, tag: int, value: str) -> str:
        """The meaning, "" when there is none; of each part, when the value is several, parted by spaces."""
        table = self._table(tag)
        if not table or not value:
            return ""
        if value in table:
            return table[value]
        parts = [table.get(part, "") for part in value.split(" ")]
        return ", ".join(parts) if len(parts) > 1 and all(parts) else ""

    def _table(self, tag: int) -> dict[str, str]:
        table = self._tables.get(tag)
        if table is None:
            pairs = [word.partition("=") for word in self._lines.get(tag, "").split()]
            table = {value: meaning for value, _, meaning in pairs}
            self._tables[tag] = table
        return table


def standard_meanings() -> Meanings:
    """Those of all versions that come with the package."""
    path = files("kairos.fix").joinpath("dictionaries", "meanings.txt")
    return Meanings(path.read_text("ascii"))


def xml_to_meanings(path: str | Path) -> str:
    """The lines for the fields of a dictionary in QuickFIX's XML layout."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise LocalError(f"{path}: not XML: {error}") from None
    lines: list[str] = []
    for field in root.iterfind("fields/field"):
        pairs = [(value.get("enum", ""), value.get("description", "")) for value in field.iterfind("value")]
        words = [
            f"{code}={'_'.join(meaning.split())}" for code, meaning in pairs if code and " " not in code and meaning
        ]
        if words:
            lines.append(f"{field.get('number')} {' '.join(words)}")
    return "\n".join(lines) + "\n"
