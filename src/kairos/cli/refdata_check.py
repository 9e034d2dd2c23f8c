"""`kairos refdata check`: what is wrong with reference files and instrument masters, before an engine reads them."""

from __future__ import annotations

import datetime
from pathlib import Path

import click
from rich.table import Table

from kairos.adapters.refdata_check import check_files
from kairos.adapters.refdata_findings import Finding, Findings
from kairos.cli.errors import told
from kairos.cli.refdata_options import A_DATE, date_of, profiles_option, wide_console


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", type=A_DATE, help="Hold ticks and lots against the rules of this day.  [default: today]")
@profiles_option
@told
def check(files: tuple[Path, ...], date: datetime.datetime | None, profiles: Path | None) -> None:
    """Check reference files and instrument masters, and say what to mend.

    FILES are checked together: TOML and CSV as `kairos serve` reads them, and any other CSV (or .csv.gz) as an
    instrument master, by its columns isin, cusip, figi, lei, cfi, mic, currency and symbol. The exit code is 1 when
    there are errors; warnings alone leave it 0.
    """
    findings = check_files(files, date_of(date), profiles)
    if findings.kept:
        wide_console().print(_table(findings.kept))
    click.echo(_summary(findings, len(files)))
    if findings.errors:
        raise SystemExit(1)


def _table(found: list[Finding]) -> Table:
    table = Table(expand=False)
    for name in ("", "File", "Place", "Field"):
        table.add_column(name, no_wrap=True)
    table.add_column("Problem", overflow="fold")
    table.add_column("Remedy", overflow="fold")
    for finding in found:
        kind = "error" if finding.is_error else "warning"
        table.add_row(kind, finding.file, finding.place, finding.field, finding.problem, finding.remedy)
    return table


def _summary(findings: Findings, files: int) -> str:
    warnings = len(findings.kept) + findings.left_out - findings.errors
    more = f"; the first {len(findings.kept)} are shown" if findings.left_out else ""
    return f"{files} files: {findings.errors} errors, {warnings} warnings{more}"
