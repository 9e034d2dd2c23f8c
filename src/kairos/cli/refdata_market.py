"""`kairos refdata market`: the rules of a market on a day, each with its source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from kairos.adapters.profiles import load_profile
from kairos.cli.errors import told
from kairos.cli.refdata_options import (
    A_DATE,
    calendar_of,
    calendars_option,
    date_of,
    profiles_option,
    wide_console,
)
from kairos.market.calendar import TradingCalendar
from kairos.market.dated import DatedRow, NoRowError, Provenance
from kairos.market.phases import PhaseSpan
from kairos.market.price_limits import InterruptionRule, PriceLimitRule
from kairos.market.profile import LotRule, MarketProfile, ShortSales
from kairos.market.ticks import TickTable
from kairos.market.timetable import SECOND_NS, UTC, day_kind
from kairos.model.numbers import format_price

BPS_A_PERCENT = 100


@click.command("market")
@click.argument("mic")
@click.option("--date", type=A_DATE, help="The trading day.  [default: today]")
@click.option("--class", "only_class", help="Only the rules of this class of instruments, as stock.")
@profiles_option
@calendars_option
@told
def market(
    mic: str,
    date: datetime.datetime | None,
    only_class: str | None,
    profiles: Path | None,
    calendars: tuple[Path, ...],
) -> None:
    """Show a market's day: phases in local time and UTC, ticks, lots, limits, short sales, settlement."""
    profile = load_profile(mic, profiles)
    day = date_of(date)
    calendar = calendar_of(profile, calendars)
    console = wide_console()
    calendar.require_session(day)
    kind = day_kind(calendar, day)
    console.print(f"{profile.mic}, {profile.name}: {day}, {day:%A}, {kind.value} day; {profile.currency}")
    for board in profile.boards():
        if profile.has_board(board, kind):
            console.print(_phases(profile, calendar, day, board))
    console.print(_rules(profile, day, only_class))


def _phases(profile: MarketProfile, calendar: TradingCalendar, day: datetime.date, board: str) -> Table:
    zone = ZoneInfo(profile.time_zone)
    kind = day_kind(calendar, day)
    row = profile.timetable_at(board, kind, day)
    table = Table(title=f"Board {board}: {_source(row.origin)}", title_justify="left", expand=False)
    for name in ("Local", "UTC", "Stretch", "Phase", "Takes"):
        table.add_column(name, no_wrap=name != "Takes")
    for span in profile.day(calendar, day, board).spans:
        kinds = row.value.kinds_of(span.name)
        takes = ", ".join(f"{of.ord_type.name}/{of.time_in_force.name}".lower() for of in kinds)
        local = f"{_clock(span.starts_ns, zone, day)}-{_clock(span.ends_ns, zone, day)}"
        utc = f"{_clock(span.starts_ns, UTC, day)}-{_clock(span.ends_ns, UTC, day)}"
        table.add_row(local, utc, span.name, span.phase.name.lower(), "; ".join(_takes(span, takes)))
    return table


def _takes(span: PhaseSpan, kinds: str) -> Iterator[str]:
    yield kinds or "no orders"
    yield "cancels" if span.takes_cancels else "no cancels"
    if span.limit_bps:
        yield f"within {span.limit_bps / BPS_A_PERCENT:g} % of the reference"
    if span.every_ns:
        yield f"uncrosses every {span.every_ns // SECOND_NS} s"
    elif span.random_end_ns:
        yield f"uncrosses at random in the last {span.random_end_ns // SECOND_NS} s"
    elif span.uncrosses:
        yield "uncrosses at the end"


def _clock(at_ns: int, zone: datetime.tzinfo, day: datetime.date) -> str:
    """The time of day, with the date where it is another day's."""
    moment = datetime.datetime.fromtimestamp(at_ns // SECOND_NS, zone)
    return f"{moment:%H:%M}" if moment.date() == day else f"{moment:%m-%d %H:%M}"


def _rules(profile: MarketProfile, day: datetime.date, only_class: str | None) -> Table:
    table = Table(expand=False)
    for name in ("Class", "Rule"):
        table.add_column(name, no_wrap=True)
    table.add_column("On this day", overflow="fold")
    table.add_column("Source", overflow="fold")
    if only_class is not None:
        profile.ticks_at(only_class, day)  # says which classes there are
    for name in [only_class] if only_class is not None else profile.classes():
        for rule, text, source in _rules_of(profile, name, day):
            table.add_row(name, rule, text, source)
        table.add_section()
    if only_class is None:
        for tier in sorted(profile.interruptions):
            row = profile.interruption_at(tier, day)
            table.add_row(tier, "interruption", _interruption(row.value), _source(row.origin))
    return table


def _rules_of(profile: MarketProfile, name: str, day: datetime.date) -> Iterator[tuple[str, str, str]]:
    """Rule, what it says on the day, and where that was read; a rule without a row says so."""
    try:
        ticks = profile.ticks_at(name, day)
        yield "ticks", _ticks(ticks.value), _source(ticks.origin)
        lots = profile.lots_at(name, day)
        yield "lots", _lots(lots.value), _source(lots.origin)
        limits = profile.price_limits_at(name, day)
        yield "limits", _limits(limits.value), _source(limits.origin)
        settlement = profile.settlement_at(name, day)
        yield "settlement", f"T+{settlement.value.sessions}", _source(settlement.origin)
        short = profile.short_sales_at(name, day)
        yield "short sales", _short(short), _source(short.origin)
    except NoRowError as error:
        yield "", str(error), ""


def _ticks(table: TickTable) -> str:
    end = "]" if table.includes_to else ")"
    start = "(" if table.includes_to else "["
    bands = [
        f"{start}{format_price(band.from_px)}, {format_price(band.to_px) if band.to_px else 'any'}{end} "
        f"{format_price(band.tick)}"
        for band in table.bands
    ]
    return "; ".join(bands)


def _lots(rule: LotRule) -> str:
    lot = str(rule.lot) if rule.lot else "by instrument"
    tiers = "".join(f"; from {format_price(px)} up {size}" for px, size in rule.tiers)
    bounds = f"; at most {rule.max_qty}" if rule.max_qty else ""
    return f"{lot}; odd lots {rule.odd_lots.value}{tiers}{bounds}"


def _limits(rule: PriceLimitRule) -> str:
    if not (rule.up_bps or rule.down_bps):
        return "none"
    free = f"; none on the first {rule.free_days} days" if rule.free_days else ""
    up, down = rule.up_bps / BPS_A_PERCENT, rule.down_bps / BPS_A_PERCENT
    return f"+{up:g} %, -{down:g} %, rounded {rule.rounding.value}{free}"


def _interruption(rule: InterruptionRule) -> str:
    steps = [f"{step.bps / BPS_A_PERCENT:g} % from {format_price(step.from_px)} up" for step in rule.steps]
    then = "trades within the band" if rule.trades_in_pause else "stops"
    return f"{', '.join(steps)}; {then} for {rule.pause_ns // SECOND_NS} s"


def _short(row: DatedRow[ShortSales]) -> str:
    fall = row.value.after_fall_bps
    after = f" of {fall / BPS_A_PERCENT:g} %" if fall else ""
    return row.value.rule.value.replace("_", " ") + after


def _source(origin: Provenance) -> str:
    standing = "" if origin.checked else " [not checked]"
    note = f" ({origin.note})" if origin.note else ""
    return f"{origin.source}, {origin.days()}{standing}{note}"
