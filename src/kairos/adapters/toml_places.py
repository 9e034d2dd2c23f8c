"""Where the tables and keys of a TOML text stand, since `tomllib` keeps no line numbers.

The text has been accepted by `tomllib` before, so the scanner need only find where statements begin: it walks over
strings, comments and brackets, and takes what stands first on a statement for its name. A path is what leads to a value
in the parsed document: names, and numbers in arrays of tables, as ("account", 0, "limits"). Keys inside an inline table
or an array are not listed: they stand on, or just after, the line of the key that holds them.
"""

from __future__ import annotations

import re
from typing import Final

KeyPath = tuple[str | int, ...]

NAME: Final = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
SKIPPED: Final = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[^"'#\[\]{}\n]+''', re.DOTALL
)
SPACE: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")


def find_places(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of each table and key of a valid TOML text; the document itself, (), is at line 1."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text: Final = text
        self._at = 0
        self._line = 1
        self._counted_to = 0
        self._places: Final[dict[KeyPath, int]] = {(): 1}
        self._array_lengths: Final[dict[KeyPath, int]] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._begin_statement():
            line = self._line_here()
            if self._text.startswith("[[", self._at):
                table = self._next_element(self._names(2))
                self._note(table, line)
            elif self._text.startswith("[", self._at):
                table = self._resolve(self._names(1))
                self._note(table, line)
            else:
                self._note(table + self._names(0), line)
            self._end_statement()
        return self._places

    def _begin_statement(self) -> bool:
        """Move to the next statement; False at the end of the text."""
        space = SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._at < len(self._text)

    def _end_statement(self) -> None:
        """Move behind the line break that ends the statement, outside of any string or bracket."""
        depth = 0
        while self._at < len(self._text):
            skipped = SKIPPED.match(self._text, self._at)
            if skipped:
                self._at = skipped.end()
                continue
            char = self._text[self._at]
            self._at += 1
            if char == "\n" and depth == 0:
                return
            depth += (char in "[{") - (char in "]}")

    def _names(self, brackets: int) -> tuple[str, ...]:
        """The dotted name at this place; `brackets` of a header are stepped over on both sides."""
        names: list[str] = []
        self._at += brackets
        while found := NAME.match(self._text, self._at):
            names.append(_unquoted(found[1]))
            self._at = found.end()
            if self._text[self._at : self._at + 1] != ".":
                break
            self._at += 1
        self._at += brackets
        return tuple(names)

    def _resolve(self, names: tuple[str, ...]) -> KeyPath:
        """The path of a header's names: one that is an array of tables means its last element."""
        path: KeyPath = ()
        for name in names:
            path += (name,)
            if path in self._array_lengths:
                path += (self._array_lengths[path] - 1,)
        return path

    def _next_element(self, names: tuple[str, ...]) -> KeyPath:
        array = self._resolve(names[:-1]) + names[-1:]
        self._array_lengths[array] = self._array_lengths.get(array, 0) + 1
        return (*array, self._array_lengths[array] - 1)

    def _note(self, path: KeyPath, line: int) -> None:
        """Keep the line, and that of each table above which only this statement made."""
        for length in range(1, len(path) + 1):
            self._places.setdefault(path[:length], line)

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line


def _unquoted(name: str) -> str:
    """A key without its quotes; escapes stay as written, which only makes such a key's line harder to find."""
    return name[1:-1] if name[0] in "\"'" else name
