"""`kairos refdata charges`: what the fills of a contract note are charged, and which dated row says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from kairos.cli.errors import told
from kairos.market.charge_files import charges_of, shipped_charges
from kairos.market.charges import (
    FOREVER,
    RATE_DECIMALS,
    Basis,
    Charge,
    ChargeRow,
    ChargeSchedule,
    Fill,
    Rounding,
    date_text,
    net_amount,
    total,
)
from kairos.market.commissions import read_commissions
from kairos.model.enums import Side
from kairos.model.numbers import PRICE_DECIMALS, format_money, parse_price, parse_qty

SIDES: Final = {"buy": Side.BUY, "sell": Side.SELL}
ROUNDED: Final = {Rounding.FLOOR: "down", Rounding.CEIL: "up", Rounding.HALF_UP: "half up"}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("charges")
@click.argument("mic")
@click.option("--date", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The trade date.")
@click.option("--side", required=True, type=click.Choice(sorted(SIDES)))
@click.option("--qty", required=True, multiple=True, help="Units of a fill; again for each fill, with its --px.")
@click.option("--px", required=True, multiple=True, help="The price of that fill.")
@click.option("--class", "instrument_class", default="stock", show_default=True, help="The class of the instrument.")
@click.option("--day-trade", is_flag=True, help="Sold on the day on which it was bought.")
@click.option("--multiplier", default=1, show_default=True, help="Currency units a point, of a derivative.")
@click.option("--commissions", type=FILE, help="The house's own commissions; else the market's reference, if any.")
@click.option("--client", default="", help="Whose commission.")
@click.option("--account", default="", help="Whose commission.")
@told
def charges_command(
    mic: str,
    date: datetime,
    side: str,
    qty: tuple[str, ...],
    px: tuple[str, ...],
    instrument_class: str,
    day_trade: bool,
    multiplier: int,
    commissions: Path | None,
    client: str,
    account: str,
) -> None:
    """What executions on market MIC cost: each fee and tax with the row that says so, and the net amount. All fills
    given are those of one order and one contract note."""
    fills = _fills(SIDES[side], qty, px)
    day = int(date.strftime("%Y%m%d"))
    schedule = charges_of(mic, shipped_charges())
    commission = None
    if commissions is not None:
        own = read_commissions(commissions)
        commission = own.row_for(mic, instrument_class, day, client, account, fills, multiplier)
    found = schedule.charges(mic, instrument_class, day, fills, day_trade, multiplier, commission)
    for charge in found:
        click.echo(f"{charge.name:28}{format_money(charge.amount):>16} {charge.currency}  {_rule(charge)}")
        click.echo(f"    {_origin(charge.row)}")
    click.echo(_net(schedule, instrument_class, fills, found, multiplier))


def _fills(side: Side, qty: tuple[str, ...], px: tuple[str, ...]) -> list[Fill]:
    if len(qty) != len(px):
        raise click.UsageError(f"each --qty needs its --px: {len(qty)} and {len(px)} were given")
    return [Fill(side, parse_qty(units), parse_price(price)) for units, price in zip(qty, px, strict=True)]


def _rule(charge: Charge) -> str:
    row = charge.row
    rate = {
        Basis.NOTIONAL: f"{_decimal(row.rate, RATE_DECIMALS - 2)} % of notional",
        Basis.QUANTITY: f"{_decimal(row.rate, RATE_DECIMALS)} a unit",
        Basis.FLAT: f"{_decimal(row.rate, RATE_DECIMALS)} flat",
    }[row.basis]
    over = row.rounding_basis.value.replace("_", " ")
    parts = [rate, f"rounded {ROUNDED[row.rounding]} to {_decimal(row.unit, PRICE_DECIMALS)} for each {over}"]
    if row.minimum:
        parts.append(f"at least {format_money(row.minimum)}")
    if row.maximum:
        parts.append(f"at most {format_money(row.maximum)}")
    if charge.misc_fee_type:
        parts.append(f"MiscFeeType(139) {charge.misc_fee_type}")
    return ", ".join(parts)


def _origin(row: ChargeRow) -> str:
    until = "" if row.until_date == FOREVER else f" until {date_text(row.until_date)}"
    checked = "checked at its source" if row.checked else f"NOT CHECKED: {row.note}"
    return f"from {date_text(row.from_date)}{until}; {row.source}; {checked}"


def _decimal(value: int, decimals: int) -> str:
    whole, fraction = divmod(value, 10**decimals)
    return f"{whole}.{fraction:0{decimals}d}".rstrip("0").rstrip(".")


def _net(
    schedule: ChargeSchedule, instrument_class: str, fills: list[Fill], charges: list[Charge], multiplier: int
) -> str:
    if instrument_class in schedule.margined:
        return f"charges in all: {format_money(total(charges))} {schedule.currency} (the notional is not paid)"
    who = "the buyer pays" if fills[0].side is Side.BUY else "the seller receives"
    return f"{who} {format_money(net_amount(fills, charges, multiplier))} {schedule.currency}"
