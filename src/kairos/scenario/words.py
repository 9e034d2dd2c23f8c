"""The words of a line, and how a value is read from one. Every error names line, column, word and what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final, TypeVar, cast

from kairos.model.numbers import MAX_QTY, NumberError, parse_money, parse_price, parse_qty
from kairos.scenario.errors import SyntaxProblem
from kairos.scenario.moments import Moment, MomentError, parse_duration, parse_moment

WORD: Final = re.compile(r'[^\s;"=]+="[^"]*"|"[^"]*"|->|;|[^\s;"]+')
BASIS_POINTS_OF_PERCENT: Final = 100

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Word:
    """One word and where it stands; a quoted one has lost its quotes."""

    def __init__(self, text: str, line: int, column: int) -> None:
        self.quoted = text.startswith('"')
        self.text = text.strip('"') if self.quoted else text
        self.line = line
        self.column = column


class Words:
    """A line's words, taken one by one."""

    def __init__(self, words: list[Word], line: int, end_column: int) -> None:
        self.words = words
        self.line = line
        self.end_column = end_column
        self.at = 0

    def peek(self) -> Word | None:
        return self.words[self.at] if self.at < len(self.words) else None

    def ahead(self, count: int) -> str:
        """The next `count` words with a space between, for verbs of several words."""
        return " ".join(word.text for word in self.words[self.at : self.at + count])

    def next(self, expected: str) -> Word:
        word = self.peek()
        if word is None:
            raise self.problem(expected)
        self.at += 1
        return word

    def take(self, text: str) -> bool:
        """Take the next word if it is this one."""
        word = self.peek()
        if word is None or word.text != text:
            return False
        self.at += 1
        return True

    def require(self, text: str) -> None:
        if not self.take(text):
            raise self.problem(f"'{text}'")

    def text(self) -> str:
        """All words, one space between."""
        text = " ".join(f'"{word.text}"' if word.quoted else word.text for word in self.words)
        return text.replace(" ;", ";")

    def go_on(self, more: Words) -> None:
        """Add the words of a line that continues this one."""
        self.words += more.words
        self.line, self.end_column = more.line, more.end_column

    def end(self) -> None:
        if self.peek() is not None:
            raise self.problem("the end of the step")

    def problem(self, expected: str) -> SyntaxProblem:
        """What is wrong with the next word."""
        word = self.peek()
        if word is None:
            return SyntaxProblem(self.line, self.end_column, "", expected)
        return SyntaxProblem(word.line, word.column, word.text, expected)


def split(text: str, line: int) -> Words:
    """The words of one line; `#` at its start or behind a space begins a comment."""
    bare = _without_comment(text)
    words = [Word(match[0], line, match.start() + 1) for match in WORD.finditer(bare)]
    return Words(words, line, len(bare.rstrip()) + 1)


def _without_comment(text: str) -> str:
    for match in re.finditer(r"(?:^|\s)#", text):
        if text[: match.start()].count('"') % 2 == 0:
            return text[: match.start()]
    return text


Reader = Callable[[Words], object]
Option = tuple[str, Reader]


class Options:
    """The optional words of a step, by the name of the value that each gives."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values: Final = values

    def get(self, name: str, default: T) -> T:
        return cast("T", self.values.get(name, default))

    def has(self, name: str) -> bool:
        return name in self.values


def read_options(words: Words, table: Mapping[str, Option]) -> Options:
    """Every word that is left must be one of the table's."""
    values: dict[str, object] = {}
    while (word := words.peek()) is not None:
        option = table.get(word.text)
        if option is None or word.quoted:
            raise words.problem("one of " + " ".join(table) if table else "the end of the step")
        words.at += 1
        values[option[0]] = option[1](words)
    return Options(values)


def constant(value: object) -> Reader:
    """The word itself is the value."""
    return lambda _words: value


def name(words: Words, expected: str = "a name") -> str:
    return words.next(expected).text


def quoted(words: Words) -> str:
    word = words.next('a "text"')
    if not word.quoted:
        words.at -= 1
        raise words.problem('a text in double quotes ("...")')
    return word.text


def _number(words: Words, expected: str, parse: Callable[[str], int]) -> int:
    word = words.next(expected)
    try:
        return parse(word.text)
    except (NumberError, ValueError) as error:
        raise SyntaxProblem(word.line, word.column, word.text, f"{expected} ({error})") from None


def price(words: Words) -> int:
    return _number(words, "a price", parse_price)


def qty(words: Words) -> int:
    return _number(words, "a quantity", parse_qty)


def money(words: Words) -> int:
    return _number(words, "an amount of money", parse_money)


def whole(words: Words) -> int:
    return _number(words, "a whole number", _bounded)


def _bounded(text: str) -> int:
    value = int(text)
    if abs(value) > MAX_QTY:
        raise ValueError("at most 10 digits")
    return value


def collar(words: Words) -> int:
    """`10%` or `250bps`, as basis points."""
    return _basis_points(words, "a collar, as 10% or 250bps")


def basis_points(words: Words) -> int:
    return _basis_points(words, "a share, as 10% or 250bps")


def _basis_points(words: Words, expected: str) -> int:
    word = words.next(expected)
    match = re.fullmatch(r"(\d{1,6})(%|bps)", word.text)
    if match is None:
        raise SyntaxProblem(word.line, word.column, word.text, expected)
    return int(match[1]) * (BASIS_POINTS_OF_PERCENT if match[2] == "%" else 1)


def moment(words: Words) -> Moment:
    return _moment(words, "a time, as 10:30:00, +5s or 2026-11-24T10:30", parse_moment)


def duration(words: Words) -> int:
    return _moment(words, "a duration, as 5s or 500ms", parse_duration)


def _moment(words: Words, expected: str, parse: Callable[[str], T]) -> T:
    word = words.next(expected)
    try:
        return parse(word.text)
    except MomentError:
        raise SyntaxProblem(word.line, word.column, word.text, expected) from None


def member(words: Words, enum: type[E], only: tuple[E, ...] = ()) -> E:
    """A member of an enumeration, by its name."""
    allowed = only if only else tuple(enum)
    names = " ".join(m.name for m in allowed)
    word = words.next(f"one of {names}")
    for choice in allowed:
        if choice.name == word.text:
            return choice
    raise SyntaxProblem(word.line, word.column, word.text, f"one of {names}")
