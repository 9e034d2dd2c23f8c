"""`kairos journal show`: the life of one order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.journal_options import JOURNAL
from kairos.cli.words import event_in_words, when
from kairos.history.span import Span, events_in
from kairos.model.events import Event, OrderAccepted, OrderRefused, RouteRequested


@click.command("show")
@JOURNAL
@click.argument("order")
@told
def show_command(file: Path, order: str) -> None:
    """Tell the life of ORDER (our OrderID, or a client's ClOrdID) in words."""
    tell_order(file, order, Span())


def tell_order(file: Path, order: str, span: Span) -> None:
    """Print what became of an order within the span, a line an event."""
    found = False
    for seq, event in order_events(file, order, span):
        found = True
        click.echo(f"{seq:>8}  {when(event.at_ns)}  {event_in_words(event)}")
    if not found:
        raise click.ClickException(f"no order {order!r} in {file}; give an OrderID such as 17, or a client's ClOrdID")


def order_events(file: Path, order: str, span: Span) -> Iterator[tuple[int, Event]]:
    """The events of an order and its routes."""
    wanted = _Wanted(order)
    return ((seq, event) for seq, event in events_in(file, span) if wanted.concerns(event))


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
