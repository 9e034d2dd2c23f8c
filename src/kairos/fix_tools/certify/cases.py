"""The scripts of a certification: TOML files of cases, each a list of steps that a trader can read.

    [[case]]
    name = "filled-in-parts"
    ask = "Buy 102 of any instrument at a limit price."      what the client is to do
    steps = ["expect D 38=102 54=1 40=2 44=*", "ack", "fill 40", "fill rest"]
    versions = ["FIX.4.2", "FIX.4.4"]                         optional: where it makes sense

A step is a verb, its arguments, and conditions or fields as TAG=VALUE: `*` any value, `-TAG` absent. Words with blanks
stand in quotes. `lose` before a step: what it sends takes its number and is never written.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

SHIPPED: Final = ("certify-orders.toml", "certify-session.toml")
_FIELD: Final = re.compile(r"(\d+)=(.*)", re.DOTALL)
_ABSENT: Final = re.compile(r"-(\d+)")
_KEYS: Final = {"name", "ask", "steps", "versions"}


class ScriptError(ValueError):
    """A script that can't be read: what, where."""


class Step:
    """One line of a script. `fields` maps a tag to its value; None where the tag must be absent."""

    __slots__ = ("args", "fields", "lost", "text", "verb")

    def __init__(self, text: str) -> None:
        try:
            words = shlex.split(text)
        except ValueError as error:
            raise ScriptError(f"step {text!r}: {error}") from None
        self.text: Final = text
        self.lost: Final = words[:1] == ["lose"]
        words = words[1:] if self.lost else words
        if not words:
            raise ScriptError(f"step {text!r} is empty")
        self.verb: Final = words[0]
        self.args: Final[list[str]] = []
        self.fields: Final[dict[int, str | None]] = {}
        for word in words[1:]:
            if field := _FIELD.fullmatch(word):
                self.fields[int(field[1])] = field[2]
            elif absent := _ABSENT.fullmatch(word):
                self.fields[int(absent[1])] = None
            else:
                self.args.append(word)

    def argument(self, at: int, default: str = "") -> str:
        return self.args[at] if at < len(self.args) else default


class Case:
    __slots__ = ("ask", "name", "steps", "versions")

    def __init__(self, name: str, ask: str, steps: list[Step], versions: tuple[str, ...]) -> None:
        self.name: Final = name
        self.ask: Final = ask
        self.steps: Final = steps
        self.versions: Final = versions

    def begins_with_order(self) -> bool:
        first = self.steps[0]
        return first.verb == "expect" and first.args == ["D"]


def read_cases(text: str, source: str, verbs: Iterable[str]) -> list[Case]:
    """The cases of one file; ScriptError says where it is wrong. `verbs` are the known ones."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScriptError(f"{source}: {error}") from None
    rows = table.get("case")
    if not isinstance(rows, list) or not rows:
        raise ScriptError(f"{source}: no [[case]] in it")
    known = frozenset(verbs)
    return [_read_case(row, f"{source}, case {number}", known) for number, row in enumerate(rows, 1)]


def _read_case(row: dict[str, Any], where: str, verbs: frozenset[str]) -> Case:
    unknown = set(row) - _KEYS
    if unknown:
        raise ScriptError(f"{where}: unknown {', '.join(sorted(unknown))}; there are {', '.join(sorted(_KEYS))}")
    name, ask, lines = row.get("name"), row.get("ask"), row.get("steps")
    if not isinstance(name, str) or not isinstance(ask, str) or not isinstance(lines, list) or not lines:
        raise ScriptError(f"{where}: name and ask are texts, steps a list of them")
    steps = []
    for line in lines:
        step = Step(str(line))
        if step.verb not in verbs:
            raise ScriptError(f"{where} ({name}): unknown step {step.verb!r}; there are {', '.join(sorted(verbs))}")
        steps.append(step)
    return Case(name, ask, steps, tuple(row.get("versions", ())))


def load_cases(paths: Iterable[str], verbs: Iterable[str]) -> list[Case]:
    """The cases of these files, or the suite that ships with Kairos."""
    known = tuple(verbs)
    cases: list[Case] = []
    for path in paths:
        cases += read_cases(Path(path).read_text("utf-8"), path, known)
    if not cases:
        for name in SHIPPED:
            cases += read_cases(files("kairos").joinpath("resources", name).read_text("utf-8"), name, known)
    return cases
