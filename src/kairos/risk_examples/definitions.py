"""What the files of a test define: reference data with limits, rules, and the firm's own checks, given to each new
engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from kairos.adapters.config_file import load_config
from kairos.adapters.file_errors import Problems
from kairos.adapters.reference_files import ReferenceFile, load_reference
from kairos.adapters.risk_rules_file import read_rules
from kairos.adapters.toml_file import read_toml
from kairos.model.commands import Command
from kairos.model.values import CheckPlugin
from kairos.risk_examples.example import Example, read_examples
from kairos.state.check_plugins import CheckFunction


class Definitions(NamedTuple):
    """The commands that define a desk, in an order that the engine can take, and the checks that are installed."""

    commands: list[Command]
    plugins: tuple[CheckPlugin, ...] = ()
    functions: Mapping[str, CheckFunction] = {}


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; for a kairos.toml, those that it names. Raises `FileErrors`."""
    found: list[Path] = []
    for path in paths:
        named = _named_by(path) if _has(path, "engine", "reference") else [path]
        found += [file for file in named if file not in found]
    return found


def _named_by(path: Path) -> list[Path]:
    config = load_config(path)
    rules = config.risk.rules
    return [file.path for file in config.reference] + ([] if rules is None else [rules])


def _has(path: Path, *tables: str) -> bool:
    """Whether a file has one of these at its top."""
    problems = Problems()
    top = read_toml(path, problems) if path.suffix == ".toml" else None
    problems.raise_if_any()
    return top is not None and any(table in top for table in tables)


def read_definitions(files: list[Path]) -> list[Command]:
    """Reference data first, then the rules that hang on it. Raises `FileErrors`."""
    rules = [path for path in files if _has(path, "rule")]
    commands = load_reference(ReferenceFile(path) for path in files if path not in rules)
    return [*commands, *(command for path in rules for command in read_rules(path))]


def read_all_examples(files: list[Path]) -> list[Example]:
    """The examples of all the files that can hold some. Raises `FileErrors`."""
    problems = Problems()
    examples = [example for path in files if path.suffix == ".toml" for example in read_examples(path, problems)]
    problems.raise_if_any()
    return examples
