"""A table of a TOML file or a line of a CSV file: values by field name, and where each of them stands.

A reader asks for each field that it knows, in the type that it needs. What is wrong goes to `Problems`, and the
reader gets a stand-in and reads on; so one pass finds all errors, and `Problems.raise_if_any` must come before
anything is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.adapters.file_values import show
from kairos.adapters.toml_places import KeyPath

T = TypeVar("T")


class Row:
    """Fields of one thing. `places` maps paths to lines; `path` leads from the file's top to this table."""

    def __init__(
        self,
        file: str,
        values: Mapping[str, object],
        problems: Problems,
        places: Mapping[KeyPath, int],
        path: KeyPath = (),
    ) -> None:
        self.file: Final = file
        self.path: Final = path
        self._values: Final = values
        self._problems: Final = problems
        self._places: Final = places
        self._asked: Final[set[str]] = set()

    def __contains__(self, field: str) -> bool:
        return field in self._values

    def is_flag(self, field: str) -> bool:
        """Whether true or false stands where a table might."""
        return isinstance(self._values.get(field), bool)

    def place(self, field: str = "") -> str:
        """Where the field stands; for a missing one, where its table begins."""
        path = (*self.path, field)
        while path not in self._places and path:
            path = path[:-1]
        return f"line {self._places[path]}"

    def problem(self, field: str, problem: str) -> None:
        """Say what is wrong with a field."""
        self._problems.add(self.file, self.place(field), self._name(field), problem)

    def _name(self, field: str) -> str:
        """What leads to the field; a table that has no line of its own, being inline, is counted: `spans[2].at`."""
        name = ""
        for depth, part in enumerate((*self.path, field), 1):
            if isinstance(part, str):
                name += f".{part}" if name and part else part
            elif self.path[:depth] not in self._places:
                name += f"[{part + 1}]"
        return name

    def need(self, field: str, parse: Callable[[object], T], stand_in: T) -> T:
        """A field that must be there; `stand_in` is returned after an error."""
        if field not in self._values:
            self._asked.add(field)
            self.problem(field, "is missing; add it")
            return stand_in
        return self.get(field, parse, stand_in)

    def get(self, field: str, parse: Callable[[object], T], default: T) -> T:
        """A field that may be left out; `default` is returned without it, and after an error."""
        self._asked.add(field)
        if field not in self._values:
            return default
        try:
            return parse(self._values[field])
        except ValueError as error:
            self.problem(field, str(error))
            return default

    def table(self, field: str) -> Row:
        """A table inside this one; empty when it is not there."""
        self._asked.add(field)
        value = self._values.get(field, {})
        if not isinstance(value, dict):
            self.problem(field, f"{show(value)} must be a table: [{field}]")
            value = {}
        return self._inner(value, (field,))

    def tables(self, field: str, shorthand: str = "") -> list[Row]:
        """The tables of an array; a text in it stands for a table with that `shorthand` field, where there is one."""
        self._asked.add(field)
        value = self._values.get(field, [])
        if not isinstance(value, list):
            self.problem(field, f"{show(value)} must be an array of tables: [[{field}]]")
            return []
        rows = []
        for index, item in enumerate(value):
            if isinstance(item, dict):
                rows.append(self._inner(item, (field, index)))
            elif isinstance(item, str) and shorthand:
                rows.append(self._inner({shorthand: item}, (field, index)))
            else:
                self.problem(field, f"{show(item)} must be a {'text or a ' if shorthand else ''}table")
        return rows

    def texts(self, field: str, parse: Callable[[object], T], default: tuple[T, ...]) -> tuple[T, ...]:
        """An array of plain values."""

        def parse_all(raw: object) -> tuple[T, ...]:
            if not isinstance(raw, list):
                raise ValueError(f"{show(raw)} must be an array in square brackets")
            return tuple(parse(item) for item in raw)

        return self.get(field, parse_all, default)

    def finish(self) -> None:
        """Refuse the fields that nobody asked for."""
        for field in self._values:
            if field not in self._asked:
                self.problem(field, f"is not known here; {did_you_mean(field, self._asked)}")

    def _inner(self, values: Mapping[str, object], below: KeyPath) -> Row:
        return Row(self.file, values, self._problems, self._places, self.path + below)
