"""`kairos order`: enter, change and cancel orders, and work those kept for a person."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import client_of_account, give, link_options, open_link, read_blotter, require_user, tell
from kairos.desk.blotter import OrderRow
from kairos.model.commands import (
    BustTrade,
    CancelOrder,
    CorrectTrade,
    FinishOrder,
    RecordTrade,
    ReplaceOrder,
    RouteOrder,
    SubmitOrder,
)
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce
from kairos.model.numbers import parse_price, parse_qty
from kairos.model.values import Terms

TIF = {
    "day": TimeInForce.DAY,
    "gtc": TimeInForce.GOOD_TILL_CANCEL,
    "gtd": TimeInForce.GOOD_TILL_DATE,
    "ioc": TimeInForce.IMMEDIATE_OR_CANCEL,
    "fok": TimeInForce.FILL_OR_KILL,
    "opg": TimeInForce.AT_THE_OPENING,
    "cls": TimeInForce.AT_THE_CLOSE,
}


@click.group()
def order() -> None:
    """Enter, change and cancel orders."""


def _new_id(user: str) -> str:
    """A ClOrdID(11) that this user has not used before: the microsecond it was made in."""
    return f"{user}-{time.time_ns() // 1000}"


def _ord_type(limit: str | None, stop: str | None) -> OrdType:
    if stop:
        return OrdType.STOP_LIMIT if limit else OrdType.STOP
    return OrdType.LIMIT if limit else OrdType.MARKET


def _expiry(text: str | None) -> int:
    """`2026-11-30T13:30:00+08:00`; a time without a zone is UTC."""
    if not text:
        return 0
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a time such as 2026-11-30T13:30:00+08:00") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1_000_000_000


def _enter(side: Side, qty: str, instrument: str, **o: object) -> None:
    """A new order by a person of the desk, for a client's account."""
    user = require_user(str(o["user"]))
    limit, stop = o["limit"], o["stop"]
    terms = Terms(
        order_qty=parse_qty(qty),
        ord_type=_ord_type(str(limit or ""), str(stop or "")),
        price=parse_price(str(limit)) if limit else 0,
        stop_px=parse_price(str(stop)) if stop else 0,
        time_in_force=TIF[str(o["tif"])],
        expire_at_ns=_expiry(str(o["expire"] or "")),
        max_floor=parse_qty(str(o["show"])) if o["show"] else 0,
    )
    config_path = o["config_path"]
    assert isinstance(config_path, Path)
    with open_link(config_path, user) as link:
        account = str(o["account"])
        command = SubmitOrder(
            session=f"LINK:{user}",
            client_id=client_of_account(link, account),
            cl_ord_id=_new_id(user),
            account_id=account,
            instrument_id=instrument,
            side=side,
            handl_inst=HandlInst.MANUAL if o["care"] else HandlInst.AUTOMATED_NO_INTERVENTION,
            terms=terms,
            venue_id=str(o["venue"] or ""),
            text=str(o["text"] or ""),
            transact_time_ns=time.time_ns(),
            poss_resend=False,
            user_id=user,
        )
        tell(link.command(command))


def _entry_command(name: str, side: Side, does: str) -> None:
    """Register `buy` and `sell`: one set of options, two sides."""

    @order.command(name, help=f"{does} QTY units of INSTRUMENT (SYMBOL.MIC) for an account.")
    @click.argument("qty")
    @click.argument("instrument")
    @click.option("--account", required=True, help="Account(1) to trade for.")
    @click.option("--limit", help="Limit price; none makes it a market order.")
    @click.option("--stop", help="Stop price.")
    @click.option("--tif", type=click.Choice(sorted(TIF)), default="day", show_default=True)
    @click.option("--expire", help="For gtd: until when, as 2026-11-30T13:30:00+08:00.")
    @click.option("--show", help="Show only so many units (iceberg).")
    @click.option("--care", is_flag=True, help="Keep it for a person to work.")
    @click.option("--venue", help="Where to; the instrument's own market by default.")
    @click.option("--text", help="A note that travels with the order.")
    @link_options
    @told
    def enter(qty: str, instrument: str, **options: object) -> None:
        _enter(side, qty, instrument, **options)


_entry_command("buy", Side.BUY, "Buy")
_entry_command("sell", Side.SELL, "Sell")


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
            cl_ord_id=_new_id(user),
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
@click.option("--qty", help="New total quantity.")
@click.option("--limit", help="New limit price.")
@click.option("--stop", help="New stop price.")
@click.option("--text", default="", help="Why.")
@link_options
@told
def replace(
    order_id: int, qty: str | None, limit: str | None, stop: str | None, text: str, config_path: Path, user: str
) -> None:
    """Change ORDER_ID; what is not given stays."""
    user = require_user(user)
    with open_link(config_path, user) as link:
        row = _row(read_blotter(link).rows, order_id)
        old = row.terms
        terms = Terms(
            order_qty=parse_qty(qty) if qty else old.order_qty,
            ord_type=old.ord_type,
            price=parse_price(limit) if limit else old.price,
            stop_px=parse_price(stop) if stop else old.stop_px,
            time_in_force=old.time_in_force,
            expire_at_ns=old.expire_at_ns,
            max_floor=old.max_floor,
        )
        command = ReplaceOrder(
            session=f"LINK:{user}",
            client_id=row.client_id,
            cl_ord_id=_new_id(user),
            orig_cl_ord_id=row.cl_ord_id,
            order_id=order_id,
            instrument_id=row.instrument_id,
            side=row.side,
            terms=terms,
            text=text,
            transact_time_ns=time.time_ns(),
            user_id=user,
        )
        tell(link.command(command))


@order.command()
@click.argument("order_id", type=int)
@click.argument("qty")
@click.option("--limit", help="Limit price; none sends a market order.")
@click.option("--tif", type=click.Choice(sorted(TIF)), default="day", show_default=True)
@click.option("--venue", default="", help="Where to; the order's own venue by default.")
@link_options
@told
def route(order_id: int, qty: str, limit: str | None, tif: str, venue: str, config_path: Path, user: str) -> None:
    """Send QTY of care order ORDER_ID to a venue."""
    price = parse_price(limit) if limit else 0
    terms = Terms(parse_qty(qty), _ord_type(limit, None), price, 0, TIF[tif], 0, 0)
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
    """Close care order ORDER_ID for today."""
    give(config_path, require_user(user), FinishOrder(order_id, text, user))
