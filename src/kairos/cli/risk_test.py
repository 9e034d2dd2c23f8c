"""`kairos risk test FILE...`: limits and rules files play their own examples."""

from __future__ import annotations

import getpass
import json
import time
from pathlib import Path

import click

from kairos import __version__
from kairos.app.check_plugins import find_checks
from kairos.app.errors import Unstartable
from kairos.cli.errors import told
from kairos.risk_examples.definitions import Definitions, files_of, read_all_examples, read_definitions
from kairos.risk_examples.play import Outcome, play
from kairos.risk_examples.record import append_record


@click.command("test")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Also the examples that came out as written.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an example.")
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), help="Add the result to this file.")
@click.option("--by", default=getpass.getuser, show_default="who runs it", help="Who tests, for the record.")
@click.pass_context
@told
def test_command(
    context: click.Context, files: tuple[Path, ...], verbose: bool, as_json: bool, record: Path | None, by: str
) -> None:
    """Play the examples that limits and rules files carry, and say which come out otherwise than written.

    All FILES together define the desk; a kairos.toml stands for the files that it names. Each example begins with a
    fresh engine and goes through the real gate, with the firm's own checks as installed. The exit status is 1 if one
    fails. docs/RISK.md tells how examples are written.
    """
    named = files_of(files)
    definitions = _definitions(named)
    outcomes = [play(example, definitions) for example in read_all_examples(named)]
    for outcome in outcomes:
        if as_json:
            click.echo(json.dumps(_as_json(outcome), ensure_ascii=False))
        elif verbose or not outcome.passed:
            click.echo(_in_words(outcome))
    failed = sum(1 for outcome in outcomes if not outcome.passed)
    if not as_json:
        click.echo(f"{len(outcomes)} examples, {failed} failed")
    if record is not None:
        append_record(record, outcomes, named, time.time_ns(), by, __version__)
    context.exit(1 if failed or not outcomes else 0)


def _definitions(files: list[Path]) -> Definitions:
    try:
        checks = find_checks()
    except Unstartable as error:
        raise click.ClickException(str(error)) from error
    plugins = tuple(check.plugin for check in checks)
    functions = {check.plugin.name: check.function for check in checks}
    return Definitions(read_definitions(files), plugins, functions)


def _in_words(outcome: Outcome) -> str:
    word = "ok  " if outcome.passed else "FAIL"
    lines = [f"{word} {outcome.example.place()}: {outcome.example.name}"]
    if not outcome.passed:
        lines += [f"     {line}" for line in outcome.problem.splitlines()]
        lines += [f"     expected: {outcome.expected}", f"     seen:     {outcome.seen or 'it was not played'}"]
    return "\n".join(lines)


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "file": outcome.example.file,
        "line": int(outcome.example.line.removeprefix("line ")),
        "name": outcome.example.name,
        "passed": outcome.passed,
        "expected": outcome.expected,
        "seen": outcome.seen,
        "problem": outcome.problem,
    }
