"""`kairos journal replay`: the desk as it was at any moment."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kairos.cli.errors import told
from kairos.cli.journal_options import JOURNAL, moment
from kairos.cli.journal_show import tell_order
from kairos.cli.orders import PIPE_WIDTH, order_table, row_as_json
from kairos.cli.words import when
from kairos.desk.blotter import Blotter, OrderRow
from kairos.history.past import Past, desk_at
from kairos.history.span import END, Span
from kairos.model.numbers import format_money, format_price
from kairos.state.desk import Desk
from kairos.state.kills import WHOLE_FIRM
from kairos.state.positions import Position
from kairos.state.reference import Account
from kairos.state.snapshot import snapshot

JsonObject = dict[str, object]


@click.command("replay")
@JOURNAL
@click.option("--to", "to_ns", metavar="TIME", callback=moment, help="The moment; UTC where no zone is said.")
@click.option("--to-seq", type=click.IntRange(1), help="The last sequence number, instead of a moment.")
@click.option("--order", help="What had become of one order by then, by OrderID or ClOrdID.")
@click.option("--all", "with_ended", is_flag=True, help="Also orders that had ended.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--snapshots", type=click.Path(path_type=Path), help="Where snapshots lie, if not beside FILE.")
@told
def replay_command(
    file: Path,
    to_ns: int | None,
    to_seq: int | None,
    order: str | None,
    with_ended: bool,
    as_json: bool,
    snapshots: Path | None,
) -> None:
    """Show the desk as it was: orders, positions, accounts, FIX sessions, venues. Without a moment, as it is."""
    if to_ns is not None and to_seq is not None:
        raise click.UsageError("give --to or --to-seq, not both")
    span = Span(to_seq=to_seq or END, to_ns=END if to_ns is None else to_ns)
    if order is not None:
        tell_order(file, order, span)
        return
    past = desk_at(file, snapshots or file.with_name("snapshots"), span)
    if past.seq == 0:
        raise click.ClickException(f"{file} had no event by then; its first are listed by `kairos journal export`")
    rows = _rows(past, with_ended)
    if as_json:
        click.echo(json.dumps(_desk_as_json(past, rows), ensure_ascii=False))
    else:
        _show(past, rows)


def _rows(past: Past, with_ended: bool) -> list[OrderRow]:
    """The orders as the blotter shows them."""
    blotter = Blotter()
    for event in snapshot(past.desk, past.at_ns):
        blotter.apply(event)
    return [row for row in blotter.rows.values() if with_ended or row.is_open]


def _desk_as_json(past: Past, rows: list[OrderRow]) -> JsonObject:
    desk = past.desk
    return {
        "seq": past.seq,
        "at": when(past.at_ns),
        "at_ns": str(past.at_ns),
        "trading_date": desk.trading_date,
        "killed": desk.kills.is_engaged(""),
        "killed_accounts": [account_id for account_id in desk.accounts if desk.kills.is_engaged(account_id)],
        "kills": list(desk.kills.engaged),
        "restricted": _restricted(desk),
        "orders": [row_as_json(row) for row in rows],
        "positions": [_position(position) for position in _positions(desk)],
        "accounts": [_account(desk, account) for account in desk.accounts.values()],
        "sessions": _sessions(desk),
        "venues": _venues(desk),
    }


def _restricted(desk: Desk) -> list[str]:
    return [instrument.instrument_id for instrument in desk.instruments.values() if instrument.restricted]


def _positions(desk: Desk) -> list[Position]:
    """All that are not flat, or have won or lost something."""
    all_of_them = (position for of_account in desk.positions.values() for position in of_account.values())
    return [position for position in all_of_them if position.qty or position.realized]


def _position(position: Position) -> JsonObject:
    return {
        "account_id": position.account.account_id,
        "instrument_id": position.instrument.instrument_id,
        "qty": position.qty,
        "avg_px": format_price(position.avg_px()),
        "realized": format_money(position.realized),
        "unrealized": format_money(position.unrealized()),
    }


def _account(desk: Desk, account: Account) -> JsonObject:
    return {
        "account_id": account.account_id,
        "cash": format_money(account.cash),
        "reserved": format_money(account.reserved),
        "gross": format_money(account.gross),
        "net": format_money(account.net),
        "killed": desk.kills.is_engaged(account.account_id),
    }


def _sessions(desk: Desk) -> list[JsonObject]:
    return [
        {"session": name, "next_in": n.next_in, "next_out": n.next_out, "logged_on": n.logged_on}
        for name, n in desk.sessions.items()
    ]


def _venues(desk: Desk) -> list[JsonObject]:
    return [{"venue_id": venue.venue_id, "up": venue.up} for venue in desk.venues.values()]


def _show(past: Past, rows: list[OrderRow]) -> None:
    desk = past.desk
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(f"The desk after sequence {past.seq}, {when(past.at_ns)} UTC; trading day {desk.trading_date}")
    for line in _warnings(desk):
        console.print(f"[bold red]{line}[/]")
    console.print(order_table(rows, f"{len(rows)} orders"))
    tables = {
        "Positions": [_position(position) for position in _positions(desk)],
        "Accounts": [_account(desk, account) for account in desk.accounts.values()],
        "FIX sessions": _sessions(desk),
        "Venues": _venues(desk),
    }
    for title, objects in tables.items():
        console.print(_table(f"{title}: {len(objects)}", objects) if objects else f"{title}: none")


def _warnings(desk: Desk) -> list[str]:
    restricted = _restricted(desk)
    lines = ["KILL SWITCH of the firm is on"] if desk.kills.is_engaged("") else []
    killed = [name for name in desk.kills.engaged if name != WHOLE_FIRM]
    lines += [f"kill switch is on for {', '.join(killed)}"] if killed else []
    return lines + ([f"restricted: {', '.join(restricted)}"] if restricted else [])


def _table(title: str, objects: list[JsonObject]) -> Table:
    """A row an object; figures to the right."""
    table = Table(title=title, title_justify="left", expand=False)
    for name, value in objects[0].items():
        text = name.endswith(("_id", "session")) or isinstance(value, bool)
        table.add_column(name, justify="left" if text else "right", no_wrap=True)
    for row in objects:
        table.add_row(*("yes" if value is True else "" if value is False else str(value) for value in row.values()))
    return table
