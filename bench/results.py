"""What was measured, as data: `docs/performance/results.json`, which the pages and plots are made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from bench.machine import spread

FILE = Path(__file__).resolve().parent.parent / "docs" / "performance" / "results.json"
Found = dict[str, Any]


class Unmeasurable(Exception):
    """A measurement that can't be made, or that would mean nothing; the text says why."""


class Spread(TypedDict):
    """The runs of one figure."""

    median: float
    least: float
    most: float
    runs: int


def of_runs(values: Sequence[float]) -> Spread:
    median, least, most = spread(list(values))
    return {"median": median, "least": least, "most": most, "runs": len(values)}


def of_key(runs: Sequence[Mapping[str, float]], key: str) -> Spread:
    return of_runs([run[key] for run in runs])


def load() -> dict[str, Found]:
    found: dict[str, Found] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found


def keep(name: str, found: Found) -> None:
    """Put one measurement's findings in the place of its former ones."""
    FILE.parent.mkdir(exist_ok=True)
    merged = load() | {name: found}
    FILE.write_text(json.dumps(merged, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def in_turn(ways: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int) -> dict[str, list[Mapping[str, float]]]:
    """Each way once a round, so that a slow minute of the machine falls on all of them."""
    runs: dict[str, list[Mapping[str, float]]] = {name: [] for name in ways}
    for turn in range(rounds):
        for name, way in ways.items():
            runs[name].append(way())
            shown = "  ".join(f"{key} {value:,.1f}" for key, value in runs[name][-1].items())
            print(f"  {turn + 1}/{rounds} {name:<20} {shown}", flush=True)
    return runs
