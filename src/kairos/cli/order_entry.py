"""`kairos order buy | sell`: a new order, keyed by a person of the desk for a client's account."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kairos.cli.errors import told
from kairos.cli.link import client_of_account, link_options, new_cl_ord_id, open_link, require_user, tell
from kairos.cli.terms import TIF, read_terms
from kairos.model.commands import SubmitOrder
from kairos.model.enums import HandlInst, Side


@dataclass(frozen=True)
class Entry:
    """What was typed; an empty text was not given."""

    qty: str
    instrument: str
    account: str
    limit: str
    stop: str
    tif: str
    expire: str
    show: str
    care: bool
    phoned: bool
    copy: str
    venue: str
    text: str
    strategy: str
    reason: str
    config_path: Path
    user: str


def entry_options(command: Callable[..., None]) -> Callable[..., None]:
    """One set of arguments and options for both sides."""
    options = (
        click.argument("qty"),
        click.argument("instrument"),
        click.option("--account", required=True, help="Account(1) to trade for."),
        click.option("--limit", default="", help="Limit price; none makes it a market order."),
        click.option("--stop", default="", help="Stop price."),
        click.option("--tif", type=click.Choice(sorted(TIF)), default="day", show_default=True, help="Time in force."),
        click.option("--expire", default="", help="For gtd: until when, as 2026-11-30T13:30:00+08:00."),
        click.option("--show", default="", help="Show only so many units (iceberg)."),
        click.option("--care", is_flag=True, help="Keep it for a person to work."),
        click.option("--phoned", is_flag=True, help="The client gave it by phone: it has no ClOrdID."),
        click.option(
            "--copy", default="", help="With --phoned: the ClOrdID of an electronic copy that may still come."
        ),
        click.option("--venue", default="", help="Where to; the instrument's own market by default."),
        click.option("--text", default="", help="A note that travels with the order."),
        click.option("--strategy", default="", help="The account's strategy that it is of."),
        click.option("--reason", default="", help="Why it may pass soft limits."),
    )
    for option in reversed(options):
        command = option(command)
    return link_options(command)


@click.command()
@entry_options
@told
def buy(**typed: Any) -> None:
    """Buy QTY units of INSTRUMENT (SYMBOL.MIC) for an account."""
    enter(Side.BUY, Entry(**typed))


@click.command()
@entry_options
@told
def sell(**typed: Any) -> None:
    """Sell QTY units of INSTRUMENT (SYMBOL.MIC) for an account."""
    enter(Side.SELL, Entry(**typed))


def enter(side: Side, entry: Entry) -> None:
    """Submit it over the link and tell what came of it."""
    user = require_user(entry.user)
    terms = read_terms(entry.qty, entry.limit, entry.stop, entry.tif, entry.expire, entry.show)
    with open_link(entry.config_path, user) as link:
        command = SubmitOrder(
            session=f"LINK:{user}",
            client_id=client_of_account(link, entry.account),
            cl_ord_id="" if entry.phoned else new_cl_ord_id(user),
            account_id=entry.account,
            instrument_id=entry.instrument,
            side=side,
            handl_inst=HandlInst.MANUAL if entry.care else HandlInst.AUTOMATED_NO_INTERVENTION,
            terms=terms,
            venue_id=entry.venue,
            text=entry.text,
            transact_time_ns=time.time_ns(),
            poss_resend=False,
            user_id=user,
            verbal_cl_ord_id=entry.copy,
            strategy_id=entry.strategy,
            reason=entry.reason,
        )
        tell(link.command(command))
