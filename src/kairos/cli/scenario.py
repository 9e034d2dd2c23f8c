"""`kairos scenario FILE...`: play scenarios and say which step comes out otherwise than written."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.scenario.parser import Step
from kairos.scenario.runner import run_file


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Print every step and what came of it.")
@click.pass_context
def scenario(context: click.Context, files: tuple[Path, ...], verbose: bool) -> None:
    """Play scenarios: orders, venue answers, time, and what must come of each step.

    A folder stands for all its .scn files. The first step of a file that differs is printed with file and line, what
    was expected and what came. The exit status is 1 if any file fails. The language is explained in docs/SCENARIOS.md.
    """
    paths = [path for file in files for path in _scenarios_in(file)]
    outcomes = [run_file(path, _print_step if verbose else None) for path in paths]
    for outcome in outcomes:
        if not outcome.passed:
            click.echo(outcome.problem)
    failed = sum(1 for outcome in outcomes if not outcome.passed)
    steps = sum(outcome.steps for outcome in outcomes)
    click.echo(f"{len(outcomes)} scenarios, {steps} steps, {failed} failed")
    context.exit(1 if failed or not outcomes else 0)


def _scenarios_in(path: Path) -> list[Path]:
    return sorted(path.rglob("*.scn")) if path.is_dir() else [path]


def _print_step(step: Step, told: list[str]) -> None:
    click.echo(f"{step.line:4} {step.text}")
    for line in told:
        click.echo(f"       -> {line}")
