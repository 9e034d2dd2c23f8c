"""What tests of the controls came to, a line of JSON each in a file: for the report on when each was last tested."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kairos.model.refusals import RefusalCode
from kairos.risk_examples.expected import parse_wanted
from kairos.risk_examples.play import FIRST, Outcome
from kairos.scenario.errors import SyntaxProblem


class RecordError(ValueError):
    """A file is no record of tests; names the file, the line and the remedy."""


class Decided(NamedTuple):
    """Of so many orders the least time, what half and 99 % of them did not pass, and the longest."""

    orders: int
    least_ns: int
    half_ns: int
    most_ns: int
    longest_ns: int


class RecordedRun(NamedTuple):
    """One run. `passed` and `failed` count examples by the codes of the refusals that they ask for; `decided` tells how
    long the engine took for an order."""

    at_ns: int
    by: str
    version: str
    files: tuple[str, ...]
    examples: int
    failures: int
    passed: dict[str, int]
    failed: dict[str, int]
    decided: Decided


def append_record(path: Path, outcomes: list[Outcome], files: list[Path], at_ns: int, by: str, version: str) -> None:
    """Add a run to the file, which begins with the first."""
    counts: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for outcome in outcomes:
        for code in codes_of(outcome):
            counts[outcome.passed][code] = counts[outcome.passed].get(code, 0) + 1
    run = {
        "at_ns": str(at_ns),
        "by": by,
        "version": version,
        "files": [f"{file.name} sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files],
        "examples": len(outcomes),
        "failures": sum(1 for outcome in outcomes if not outcome.passed),
        "passed": counts[True],
        "failed": counts[False],
        "decided": _decided([ns for outcome in outcomes for ns in outcome.decided_ns])._asdict(),
    }
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(run, ensure_ascii=False) + "\n")


def _decided(times_ns: list[int]) -> Decided:
    times = sorted(times_ns)
    if not times:
        return Decided(0, 0, 0, 0, 0)
    half, most = (times[(len(times) * percent + 99) // 100 - 1] for percent in (50, 99))
    return Decided(len(times), times[0], half, most, times[-1])


def codes_of(outcome: Outcome) -> list[str]:
    """The refusals that an example asks for."""
    codes = []
    for line in outcome.example.then:
        try:
            wanted = parse_wanted(line, FIRST)
        except SyntaxProblem:
            continue
        codes += [text for name, text in wanted.event.fields if name == "code" and not wanted.is_unwanted]
    return [code for code in codes if code in RefusalCode.__members__]


def read_records(path: Path) -> Iterator[RecordedRun]:
    """The runs of a file, in its order. Raises `RecordError`."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _record(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise RecordError(f"{path}:{number}: no record of `kairos risk test --record` ({error!r})") from error


def _record(run: dict[str, object]) -> RecordedRun:
    return RecordedRun(
        at_ns=int(str(run["at_ns"])),
        by=str(run["by"]),
        version=str(run["version"]),
        files=tuple(str(file) for file in _list(run["files"])),
        examples=int(str(run["examples"])),
        failures=int(str(run["failures"])),
        passed=_counts(run["passed"]),
        failed=_counts(run["failed"]),
        decided=Decided(**_counts(run["decided"])),
    )


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _counts(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no table of counts")
    return {str(code): int(count) for code, count in value.items()}
