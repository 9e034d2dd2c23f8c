"""`kairos risk evidence`: the control report that a regulator asks for, as HTML and PDF."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kairos import __version__
from kairos.cli.errors import told
from kairos.cli.journal_options import span_of, span_options
from kairos.cli.risk_journal import journal_of, journal_options
from kairos.evidence.document import Document
from kairos.evidence.gather import gather
from kairos.evidence.html_page import html_page
from kairos.evidence.pdf_file import UnusableFont, write_pdf
from kairos.evidence.report import report
from kairos.evidence.words import LANGUAGES
from kairos.risk.controls import CONTROLS
from kairos.risk_examples.record import RecordedRun, RecordError, read_records

A_FILE = click.Path(dir_okay=False, path_type=Path)
A_FONT = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evidence")
@journal_options
@span_options
@click.option("--out", required=True, type=A_FILE, help="The report as one HTML file.")
@click.option("--pdf", type=A_FILE, help="The same as a PDF; needs the extra `reports`.")
@click.option("--font", type=A_FONT, help="A TrueType font with Chinese, to be embedded in the PDF.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--tests",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `kairos risk test --record` wrote: when each control was last tested.",
)
@told
def evidence_command(
    journal: Path | None,
    config_path: Path,
    from_: tuple[bool, int] | None,
    to: tuple[bool, int] | None,
    out: Path,
    pdf: Path | None,
    font: Path | None,
    language: str,
    tests: Path | None,
) -> None:
    """Write the report on the risk controls: each with the rule that it answers, its settings and who changed them, how
    often it fired and for whom, soft limits passed, approvals, kills, responses of rules, how fast, when last tested.

    It reads the journal and its archive from the beginning, an event at a time, and disturbs no engine."""
    file = journal_of(journal, config_path)
    facts = gather(file, span_of(from_, to))
    document = report(facts, CONTROLS, _tests(tests), file.name, __version__, language)
    _write(out, html_page(document))
    if pdf is not None:
        _write_pdf(pdf, document, font)
    refused = sum(facts.refused.values())
    click.echo(f"{out}: {facts.events} events, {facts.orders} orders and replaces decided, {refused} refused")


def _tests(path: Path | None) -> list[RecordedRun]:
    try:
        return [] if path is None else list(read_records(path))
    except RecordError as error:
        raise click.ClickException(str(error)) from error


def _write(out: Path, text: str) -> None:
    """The file has its name only when it is whole; so has the PDF."""
    partial = out.with_name(out.name + ".partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, out)


def _write_pdf(out: Path, document: Document, font: Path | None) -> None:
    partial = out.with_name(out.name + ".partial")
    try:
        write_pdf(partial, document, font)
    except UnusableFont as error:
        raise click.ClickException(str(error)) from error
    os.replace(partial, out)
