"""`kairos risk whatif`: what every check of the gate would say to an order, which is not sent."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from kairos.cli.errors import told
from kairos.cli.link import client_of_account, link_options, open_link, raise_refusal, require_user
from kairos.cli.orders import PIPE_WIDTH
from kairos.cli.terms import TIF, read_terms
from kairos.model.commands import AskWhatIf, SubmitOrder
from kairos.model.enums import HandlInst, NodeKind, ScopeKind, Severity, Side
from kairos.model.events import Event, WhatIfReported
from kairos.model.nested import encode_commands
from kairos.model.numbers import format_money
from kairos.model.refusals import RefusalCode, describe
from kairos.model.values import Place, Verdict

SIDES: Final = {"buy": Side.BUY, "sell": Side.SELL, "short": Side.SELL_SHORT}
PLAIN_UNITS: Final = ("", "units", "bps", "ticks", "requests", "orders", "executions")
ON_TERMS: Final = {Severity.REASON: "passes with a reason", Severity.APPROVAL: "waits for a second person"}


@click.command()
@click.argument("side", type=click.Choice(sorted(SIDES)))
@click.argument("qty")
@click.argument("instrument")
@click.option("--account", required=True, help="Account(1) to trade for.")
@click.option("--limit", default="", help="Limit price; none makes it a market order.")
@click.option("--stop", default="", help="Stop price.")
@click.option("--tif", type=click.Choice(sorted(TIF)), default="day", show_default=True, help="Time in force.")
@click.option("--strategy", default="", help="In whose book it would be.")
@click.option("--reason", default="", help="Why it may pass soft limits.")
@click.option("--care", is_flag=True, help="A person would work it.")
@click.option("--venue", default="", help="Where to; the instrument's own market by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, all numbers as exact text.")
@link_options
@told
def whatif(
    side: str,
    qty: str,
    instrument: str,
    account: str,
    limit: str,
    stop: str,
    tif: str,
    strategy: str,
    reason: str,
    care: bool,
    venue: str,
    as_json: bool,
    config_path: Path,
    user: str,
) -> None:
    """Ask what would become of an order: buy, sell or short QTY units of INSTRUMENT (SYMBOL.MIC) for an account.

    Every check of every place on its path answers, the one that binds first, with its headroom and the largest quantity
    that it would let pass. Nothing is sent, reserved or counted."""
    person = require_user(user)
    terms = read_terms(qty, limit, stop, tif, "", "")
    with open_link(config_path, person) as link:
        order = SubmitOrder(
            session=f"LINK:{person}",
            client_id=client_of_account(link, account),
            cl_ord_id="",
            account_id=account,
            instrument_id=instrument,
            side=SIDES[side],
            handl_inst=HandlInst.MANUAL if care else HandlInst.AUTOMATED_NO_INTERVENTION,
            terms=terms,
            venue_id=venue,
            text="",
            transact_time_ns=time.time_ns(),
            poss_resend=False,
            user_id=person,
            strategy_id=strategy,
            reason=reason,
        )
        events = link.command(AskWhatIf(encode_commands([order]), "", person))
    answer = _answer(events)
    if as_json:
        click.echo(json.dumps(as_json_object(answer), ensure_ascii=False))
    else:
        show(answer)


def _answer(events: list[Event]) -> WhatIfReported:
    raise_refusal(events)
    for event in events:
        if isinstance(event, WhatIfReported):
            return event
    raise click.ClickException("the engine gave no answer; it may be of another version")


def verdict_in_words(answer: WhatIfReported) -> str:
    """Whether it would pass, and on which terms."""
    if answer.code is RefusalCode.NONE:
        return "would pass"
    told_as = ON_TERMS.get(answer.severity, "would be refused")
    return f"{told_as}: {describe(answer.code, answer.context)}"


def place_in_words(place: Place) -> str:
    """`ACCOUNT A1 INSTRUMENT 2330.XTAI`."""
    words = [place.node.name] if place.node is NodeKind.FIRM else [place.node.name, place.node_id]
    return " ".join(words if place.scope is ScopeKind.ALL else [*words, place.scope.name, place.scope_id])


def in_units(value: int, unit: str) -> str:
    """Money with its currency, anything else as it is counted."""
    return f"{value:,}" if unit in PLAIN_UNITS else f"{format_money(value)} {unit}"


def as_json_object(answer: WhatIfReported) -> dict[str, object]:
    return {
        "passes": answer.code is RefusalCode.NONE,
        "code": answer.code.value,
        "severity": answer.severity.name,
        "context": dict(answer.context),
        "verdicts": [_verdict_as_json(verdict) for verdict in answer.verdicts],
    }


def _verdict_as_json(v: Verdict) -> dict[str, object]:
    money = v.unit not in PLAIN_UNITS
    numbers = {"seen": v.seen, "limit": v.limit, "headroom": v.headroom} if v.what else {}
    return {
        "code": v.code.value,
        "node": v.place.node.name,
        "node_id": v.place.node_id,
        "scope": v.place.scope.name,
        "scope_id": v.place.scope_id,
        "severity": v.severity.name,
        "passes": v.passes,
        "what": v.what,
        **{name: format_money(value) if money else str(value) for name, value in numbers.items()},
        "unit": v.unit,
        "max_qty": None if v.max_qty < 0 else str(v.max_qty),
        "context": dict(v.context),
    }


def show(answer: WhatIfReported) -> None:
    """What binds, then a row a check."""
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    table = Table(title=verdict_in_words(answer), title_justify="left")
    for name in ("", "check", "where", "what", "seen", "limit", "headroom", "largest qty"):
        table.add_column(name, justify="right" if name in ("seen", "limit", "headroom", "largest qty") else "left")
    for v in answer.verdicts:
        numbers = [in_units(value, v.unit) if v.what else "" for value in (v.seen, v.limit, v.headroom)]
        largest = "" if v.max_qty < 0 else f"{v.max_qty:,}"
        table.add_row(_mark(v), v.code.value, place_in_words(v.place), v.what, *numbers, largest)
    console.print(table)


def _mark(v: Verdict) -> str:
    """A word, not a colour alone."""
    if v.passes:
        return "ok"
    return "refuses" if v.severity is Severity.HARD else v.severity.name.lower()
