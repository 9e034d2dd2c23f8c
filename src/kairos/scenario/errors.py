"""What can be wrong with a scenario: its text, or what came of a step."""

from __future__ import annotations


class SyntaxProblem(Exception):
    """A word of the file is not what the language expects; the file name is added where it is known."""

    def __init__(self, line: int, column: int, word: str, expected: str) -> None:
        found = repr(word) if word else "the end of the line"
        super().__init__(f"{line}:{column}: found {found}, expected {expected}")
        self.line = line


class Mismatch(Exception):
    """A step did not do what the file says; both sides in the file's own words."""

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(f"expected: {expected}\n  got:      {got}")
        self.expected = expected
        self.got = got
