"""`kairos journal export`: the journal for other programs, as JSON lines, CSV or Parquet."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

import click

from kairos.cli.errors import told
from kairos.cli.journal_options import JOURNAL, span_of, span_options
from kairos.cli.words import event_as_json
from kairos.history.columns import Column, TableRow
from kairos.history.span import Span, events_in
from kairos.history.tables import (
    EVENT_COLUMNS,
    ORDER_COLUMNS,
    TRADE_COLUMNS,
    event_rows,
    order_rows,
    trade_rows,
)
from kairos.history.writers import MissingPackage, write_csv, write_json_lines, write_parquet
from kairos.model.events import Event, SessionEvent

FORMATS: Final = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet"}


@click.command("export")
@JOURNAL
@click.option(
    "--what",
    type=click.Choice(["events", "orders", "trades"]),
    default="events",
    show_default=True,
    help="Every event; each order as it was at the end; each execution, bust and correction.",
)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="By --out's name, or else jsonl.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output without it.")
@span_options
@click.option("--all", "with_sessions", is_flag=True, help="Also FIX session numbers and outbound messages.")
@told
def export_command(
    file: Path,
    what: str,
    format_: str | None,
    out: Path | None,
    from_: tuple[bool, int] | None,
    to: tuple[bool, int] | None,
    with_sessions: bool,
) -> None:
    """Write the events, orders or trades of FILE and its archive. Prices and money are exact decimals."""
    chosen = format_ or _by_name(out)
    span = span_of(from_, to)
    if chosen == "parquet":
        if out is None:
            raise click.UsageError("Parquet is not for a terminal or a pipe: name a file by --out")
        with _renamed(out) as partial:
            _parquet(partial, *_table(file, what, span, with_sessions))
        return
    with _text_out(out) as text:
        if chosen == "csv":
            write_csv(text, *_table(file, what, span, with_sessions))
        elif what == "events":
            _events_as_json(text, file, span, with_sessions)
        else:
            write_json_lines(text, *_table(file, what, span, with_sessions))


def _by_name(out: Path | None) -> str:
    return next((name for name, suffix in FORMATS.items() if out is not None and out.suffix == suffix), "jsonl")


def _table(file: Path, what: str, span: Span, with_sessions: bool) -> tuple[tuple[Column, ...], Iterator[TableRow]]:
    if what == "orders":
        return ORDER_COLUMNS, order_rows(file, span)
    if what == "trades":
        return TRADE_COLUMNS, trade_rows(file, span)
    return EVENT_COLUMNS, event_rows(file, span, _wanted(with_sessions), _fields)


def _wanted(with_sessions: bool) -> Callable[[Event], bool]:
    return lambda event: with_sessions or not isinstance(event, SessionEvent)


def _fields(event: Event) -> str:
    return json.dumps(event_as_json(event), ensure_ascii=False)


def _events_as_json(out: TextIO, file: Path, span: Span, with_sessions: bool) -> None:
    wanted = _wanted(with_sessions)
    for seq, event in events_in(file, span):
        if wanted(event):
            out.write(json.dumps({"seq": seq, **event_as_json(event)}, ensure_ascii=False) + "\n")


def _parquet(path: Path, table: tuple[Column, ...], rows: Iterator[TableRow]) -> None:
    try:
        write_parquet(path, table, rows)
    except MissingPackage as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _renamed(out: Path) -> Iterator[Path]:
    """A file has its name only when it is whole."""
    partial = out.with_name(out.name + ".partial")
    try:
        yield partial
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _text_out(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    with _renamed(out) as partial, partial.open("w", encoding="utf-8", newline="") as text:
        yield text
