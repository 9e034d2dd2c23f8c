"""`kairos order`: enter, change and cancel orders, and work those kept for a person."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, new_cl_ord_id, open_link, read_blotter, require_user, tell
from kairos.cli.order_entry import buy, sell
from kairos.cli.order_groups import cross, order_list
from kairos.cli.terms import TIF, changed_terms, read_terms
from kairos.desk.blotter import OrderRow
from kairos.model.commands import (
    BustTrade,
    CancelOrder,
    CorrectTrade,
    FinishOrder,
    RecordTrade,
    ReplaceOrder,
    RestateOrder,
    RouteOrder,
)
from kairos.model.numbers import parse_price, parse_qty


@click.group()
def order() -> None:
    """Enter, change and cancel orders."""


order.add_command(buy)
order.add_command(sell)
order.add_command(order_list)
order.add_command(cross)


def _row(link_rows: dict[int, OrderRow], order_id: int) -> OrderRow:
    row = link_rows.get(order_id)
    if row is None:
        raise click.ClickException(f"order {order_id} is unknown; `kairos orders --all` lists them")
    return row


@order.command()
@click.argument("order_id", type=int)
@click.option("--text", default="", help="Why.")
@link_options
@told
def cancel(order_id: int, text: str, config_path: Path, user: str) -> None:
    """Cancel what is left of ORDER_ID."""
    user = require_user(user)
    with open_link(config_path, user) as link:
        row = _row(read_blotter(link).rows, order_id)
        command = CancelOrder(
            session=f"LINK:{user}",
            client_id=row.client_id,
            cl_ord_id=new_cl_ord_id(user),
            orig_cl_ord_id=row.cl_ord_id,
            order_id=order_id,
            instrument_id="",
            text=text,
            transact_time_ns=time.time_ns(),
            user_id=user,
        )
        tell(link.command(command))


@order.command()
@click.argument("order_id", type=int)
@click.option("--qty", default="", help="New total quantity.")
@click.option("--limit", default="", help="New limit price.")
@click.option("--stop", default="", help="New stop price.")
@click.option("--text", default="", help="Why.")
@click.option("--reason", default="", help="Why it may pass soft limits.")
@link_options
@told
def replace(
    order_id: int, qty: str, limit: str, stop: str, text: str, reason: str, config_path: Path, user: str
) -> None:
    """Change ORDER_ID; what is not given stays."""
    user = require_user(user)
    with open_link(config_path, user) as link:
        row = _row(read_blotter(link).rows, order_id)
        command = ReplaceOrder(
            session=f"LINK:{user}",
            client_id=row.client_id,
            cl_ord_id=new_cl_ord_id(user),
            orig_cl_ord_id=row.cl_ord_id,
            order_id=order_id,
            instrument_id=row.instrument_id,
            side=row.side,
            terms=changed_terms(row.terms, qty, limit, stop),
            text=text,
            transact_time_ns=time.time_ns(),
            user_id=user,
            keep_details=True,
            reason=reason,
        )
        tell(link.command(command))


@order.command()
@click.argument("order_id", type=int)
@click.argument("qty")
@click.option("--limit", default="", help="Limit price; none sends a market order.")
@click.option("--tif", type=click.Choice(sorted(TIF)), default="day", show_default=True)
@click.option("--venue", default="", help="Where to; the order's own venue by default.")
@link_options
@told
def route(order_id: int, qty: str, limit: str, tif: str, venue: str, config_path: Path, user: str) -> None:
    """Send QTY of care order ORDER_ID to a venue."""
    terms = read_terms(qty, limit, tif=tif)
    give(config_path, require_user(user), RouteOrder(order_id, venue, terms, user))


@order.command()
@click.argument("order_id", type=int)
@click.argument("qty")
@click.argument("price")
@click.option("--contra", default="", help="Counterparty.")
@link_options
@told
def fill(order_id: int, qty: str, price: str, contra: str, config_path: Path, user: str) -> None:
    """Record that QTY of care order ORDER_ID was executed at PRICE outside the electronic routes."""
    command = RecordTrade(order_id, parse_qty(qty), parse_price(price), contra, require_user(user))
    give(config_path, user, command)


@order.command()
@click.argument("exec_id", type=int)
@click.option("--text", default="", help="Why.")
@link_options
@told
def bust(exec_id: int, text: str, config_path: Path, user: str) -> None:
    """Take back execution EXEC_ID."""
    give(config_path, require_user(user), BustTrade(exec_id, text, user))


@order.command()
@click.argument("exec_id", type=int)
@click.argument("qty")
@click.argument("price")
@click.option("--text", default="", help="Why.")
@link_options
@told
def correct(exec_id: int, qty: str, price: str, text: str, config_path: Path, user: str) -> None:
    """Correct execution EXEC_ID to QTY at PRICE."""
    command = CorrectTrade(exec_id, parse_qty(qty), parse_price(price), text, require_user(user))
    give(config_path, user, command)


@order.command()
@click.argument("order_id", type=int)
@click.option("--text", default="", help="Why.")
@link_options
@told
def finish(order_id: int, text: str, config_path: Path, user: str) -> None:
    """Close ORDER_ID for today: a care order, or one that a bust opened again though its venue has done with it."""
    give(config_path, require_user(user), FinishOrder(order_id, text, user))


@order.command()
@click.argument("order_id", type=int)
@click.argument("new", type=int)
@click.argument("old", type=int)
@click.option("--limit", default="", help="The limit price after it; else the present one in proportion, to the tick.")
@click.option("--text", default="", help="Why.")
@link_options
@told
def split(order_id: int, new: int, old: int, limit: str, text: str, config_path: Path, user: str) -> None:
    """Restate ORDER_ID, which outlives the day, for a corporate action: NEW units for OLD ones."""
    price = parse_price(limit) if limit else 0
    give(config_path, require_user(user), RestateOrder(order_id, new, old, price, text, user))
