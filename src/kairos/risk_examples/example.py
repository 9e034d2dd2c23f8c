"""The `[[example]]` tables of limits and rules files: a small world, what happens in it, and what must come of that."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from kairos.adapters.file_errors import Problems
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_text, show
from kairos.adapters.toml_file import read_toml
from kairos.scenario.moments import MomentError, parse_moment
from kairos.scenario.world import START_NS

EXAMPLE: Final = "example"
NO_LINES: Final[tuple[str, ...]] = ()
MAX_LINE: Final = 500  # characters of a step; a long order takes half of it


class Example(NamedTuple):
    """One table. `given`, `when` and `then` are lines of words, each with where it stands in the file.

    given: what is so before: positions, marks, earlier orders; none of it may be refused
    when:  what happens
    then:  what must be among what comes of it, in order
    """

    file: str
    line: str
    name: str
    at_ns: int
    given: tuple[str, ...]
    when: tuple[str, ...]
    then: tuple[str, ...]

    def place(self) -> str:
        """`limits.toml:12`."""
        return f"{self.file}:{self.line.removeprefix('line ')}"


def read_examples(path: Path, problems: Problems) -> list[Example]:
    """The examples of a TOML file, in its order; what is wrong with them goes to `problems`."""
    top = read_toml(path, problems)
    return [] if top is None else [_read(row) for row in top.tables(EXAMPLE)]


def _read(row: Row) -> Example:
    example = Example(
        file=row.file,
        line=row.place(),
        name=row.need("name", a_text, ""),
        at_ns=row.get("at", _a_moment, START_NS),
        given=row.get("given", _lines, NO_LINES),
        when=_when(row),
        then=row.need("then", _lines, NO_LINES),
    )
    row.finish()
    return example


def _when(row: Row) -> tuple[str, ...]:
    """One order, or several steps."""
    order, when = row.get("order", _lines, NO_LINES), row.get("when", _lines, NO_LINES)
    if bool(order) == bool(when):
        row.problem("order", "say either the order that is sent, or in `when` the steps that are played")
    return order or when


def _lines(raw: object) -> tuple[str, ...]:
    """One line of words, or an array of them."""
    lines = raw if isinstance(raw, list) else [raw]
    for line in lines:
        if not isinstance(line, str) or not line.strip():
            raise ValueError(f"{show(line)} must be a line of words in quotes, or an array of such lines")
        if len(line) > MAX_LINE or "\n" in line:
            raise ValueError(f"{show(line)} must be one line of at most {MAX_LINE} characters")
    return tuple(lines)


def _a_moment(raw: object) -> int:
    try:
        return parse_moment(a_text(raw)).resolve(START_NS)
    except MomentError:
        raise ValueError(f"{show(raw)} must be a time in UTC, as 2026-11-23T01:30 or 01:30:00") from None
