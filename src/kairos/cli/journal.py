"""`kairos journal verify | export | show`: what the journal holds, and whether it is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.cli.errors import told
from kairos.cli.words import event_as_json, event_in_words, when
from kairos.model.events import Event, OrderAccepted, OrderRefused, RouteRequested
from kairos.model.wire import decode_events

JOURNAL = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def journal() -> None:
    """Look into a journal: the file of every fact."""


@journal.command("verify")
@JOURNAL
@told
def verify_command(file: Path) -> None:
    """Check every batch of FILE: its CRC, the hash chain, that no sequence number is missing."""
    report = verify(file)
    if not report.ok:
        click.echo(f"journal DAMAGED at sequence {report.at_first_seq}: {report.problem}", err=True)
        click.echo(f"  whole up to there: {report.batches} batches, {report.events} events", err=True)
        sys.exit(1)
    click.echo(f"journal verified: {report.batches} batches, {report.events} events, head {report.last_hash}")


@journal.command("export")
@JOURNAL
@click.option("--from", "from_seq", default=1, show_default=True, help="First sequence number.")
@click.option("--all", "with_sessions", is_flag=True, help="Also FIX session numbers and outbound messages.")
@told
def export_command(file: Path, from_seq: int, with_sessions: bool) -> None:
    """Write the events of FILE to standard output, one JSON object a line. Exact numbers are strings."""
    for seq, event in _events(file, from_seq):
        if with_sessions or not type(event).__name__.startswith("Session"):
            click.echo(json.dumps({"seq": seq, **event_as_json(event)}, ensure_ascii=False))


@journal.command("show")
@JOURNAL
@click.argument("order")
@told
def show_command(file: Path, order: str) -> None:
    """Tell the life of ORDER (our OrderID, or a client's ClOrdID) in words."""
    wanted = _Wanted(order)
    found = False
    for seq, event in _events(file, 1):
        if wanted.concerns(event):
            found = True
            click.echo(f"{seq:>8}  {when(event.at_ns)}  {event_in_words(event)}")
    if not found:
        raise click.ClickException(f"no order {order!r} in {file}; give an OrderID such as 17, or a client's ClOrdID")


def _events(file: Path, from_seq: int) -> Iterator[tuple[int, Event]]:
    reader = SqliteJournal.open(file, read_only=True)
    try:
        for batch in reader.read(from_seq):
            for place, event in enumerate(decode_events(batch.body)):
                if batch.first_seq + place >= from_seq:
                    yield batch.first_seq + place, event
    finally:
        reader.close()


class _Wanted:
    """An order and its routes, found as the events go by: by OrderID(37), or by the ClOrdID(11) it came in under."""

    def __init__(self, order: str) -> None:
        self._text = order
        self._orders = {int(order)} if order.isdigit() else set()
        self._routes: set[int] = set()

    def concerns(self, event: Event) -> bool:
        if isinstance(event, OrderAccepted) and event.cl_ord_id == self._text:
            self._orders.add(event.order_id)
        if isinstance(event, OrderRefused) and event.cl_ord_id == self._text:
            return True
        if isinstance(event, RouteRequested) and event.order_id in self._orders:
            self._routes.add(event.route_id)
        names = event.names()
        if "route_id" in names and getattr(event, "route_id") in self._routes:  # noqa: B009
            return True
        return "order_id" in names and getattr(event, "order_id") in self._orders  # noqa: B009
