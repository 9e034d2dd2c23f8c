"""`kairos refdata market`: the rules of a market on a day, each with its source."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
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
from kairos.market.calendar import CalendarError, TradingCalendar
from kairos.market.dated import NoRowError, Provenance
from kairos.market.phases import PhaseSpan
from kairos.market.price_limits import BandStep, InterruptionRule, LimitRounding, PriceLimitRule
from kairos.market.profile import LotRule, MarketProfile, ShortSales
from kairos.market.ticks import TickTable
from kairos.market.timetable import SECOND_NS, UTC, day_kind
from kairos.model.market_enums import OddLots
from kairos.model.numbers import format_price

BPS_A_PERCENT: Final = 100
TICKS_OF_A_PRICE: Final = 10_000  # a step's price is written with four decimals at most
ODD_LOTS: Final = {
    OddLots.ALLOWED: "allowed",
    OddLots.SELL_REMAINDER: "only as a remainder that is sold",
    OddLots.OWN_BOARD: "on a board of their own",
    OddLots.REFUSED: "refused",
}
ROUNDINGS: Final = {LimitRounding.INWARDS: "inwards", LimitRounding.NEAREST: "to the nearest tick"}
Told = tuple[str, Provenance]


@click.command("market")
@click.argument("mic")
@click.option("--date", type=A_DATE, help="The trading day.  [default: today, at the market]")
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
    day = date_of(date, profile.time_zone)
    calendar = calendar_of(profile, calendars)
    console = wide_console()
    calendar.require_session(day)
    kind = day_kind(calendar, day)
    console.print(f"{profile.mic}, {profile.name}: {day}, {day:%A}, {kind.value} day; {profile.currency}")
    for board in profile.boards():
        if profile.has_board(board, kind):
            console.print(_phases(profile, calendar, day, board))
    console.print(_rules(profile, calendar, day, only_class))


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
        local, utc = _stretch(span, zone, day), _stretch(span, UTC, day)
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


def _stretch(span: PhaseSpan, zone: datetime.tzinfo, day: datetime.date) -> str:
    """From when to when; a date stands before a time that is on another one than was told last."""
    begins, ends = (
        datetime.datetime.fromtimestamp(int(at) // SECOND_NS, zone) for at in (span.starts_ns, span.ends_ns)
    )
    return f"{_clock(begins, day)}-{_clock(ends, begins.date())}"


def _clock(moment: datetime.datetime, day: datetime.date) -> str:
    time = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return time if moment.date() == day else f"{moment:%m-%d} {time}"


def _rules(profile: MarketProfile, calendar: TradingCalendar, day: datetime.date, only_class: str | None) -> Table:
    table = Table(expand=False)
    for name in ("Class", "Rule"):
        table.add_column(name, no_wrap=True)
    table.add_column("On this day", overflow="fold")
    table.add_column("Source", overflow="fold")
    if only_class is not None:
        profile.ticks_at(only_class, day)  # says which classes there are
    for name in [only_class] if only_class is not None else profile.classes():
        for rule, text, source in _rules_of(profile, calendar, name, day):
            table.add_row(name, rule, text, source)
        table.add_section()
    if only_class is None:
        for tier in sorted(profile.interruptions):
            row = profile.interruption_at(tier, day)
            table.add_row(tier, "interruption", _interruption(row.value), _source(row.origin))
    return table


def _rules_of(
    profile: MarketProfile, calendar: TradingCalendar, name: str, day: datetime.date
) -> Iterator[tuple[str, str, str]]:
    """Rule, what it says on the day, and where that was read; a rule without a row says so."""
    for rule, tell in RULES.items():
        try:
            text, origin = tell(profile, calendar, name, day)
        except NoRowError:
            yield rule, "not known", ""
        else:
            yield rule, text, _source(origin)


def _told_ticks(profile: MarketProfile, _: TradingCalendar, name: str, day: datetime.date) -> Told:
    row = profile.ticks_at(name, day)
    return _ticks(row.value), row.origin


def _told_lots(profile: MarketProfile, _: TradingCalendar, name: str, day: datetime.date) -> Told:
    row = profile.lots_at(name, day)
    return _lots(row.value), row.origin


def _told_limits(profile: MarketProfile, _: TradingCalendar, name: str, day: datetime.date) -> Told:
    row = profile.price_limits_at(name, day)
    return _limits(row.value), row.origin


def _told_settlement(profile: MarketProfile, calendar: TradingCalendar, name: str, day: datetime.date) -> Told:
    """The cycle and the date that it leads to; the last days of a calendar lead beyond it."""
    row = profile.settlement_at(name, day)
    cycle = f"T+{row.value.days}"
    try:
        settles = profile.settlement_date(calendar, name, day)
    except CalendarError:
        return f"{cycle}, beyond the calendar's last day, {calendar.last}", row.origin
    return f"{cycle}: {settles}, {settles:%A}", row.origin


def _told_short(profile: MarketProfile, _: TradingCalendar, name: str, day: datetime.date) -> Told:
    row = profile.short_sales_at(name, day)
    return _short(row.value), row.origin


RULES: Final[dict[str, Callable[[MarketProfile, TradingCalendar, str, datetime.date], Told]]] = {
    "ticks": _told_ticks,
    "lots": _told_lots,
    "limits": _told_limits,
    "settlement": _told_settlement,
    "short sales": _told_short,
}


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
    lot = f"lot {rule.lot}" if rule.lot else "lot by instrument"
    tiers = "".join(f", from {format_price(px)} {size}" for px, size in rule.tiers if px)
    least = f"; at least {rule.min_qty}, then steps of {rule.step}" if rule.min_qty not in (0, rule.step) else ""
    most = f"; at most {rule.max_qty}" if rule.max_qty else ""
    return f"{lot}{tiers}{least}{most}; odd lots {ODD_LOTS[rule.odd_lots]}"


def _limits(rule: PriceLimitRule) -> str:
    if not (rule.up_bps or rule.down_bps):
        return "none"
    free = f"; none on the first {rule.free_days} days" if rule.free_days else ""
    up, down = rule.up_bps / BPS_A_PERCENT, rule.down_bps / BPS_A_PERCENT
    return f"+{up:g} %, -{down:g} %, rounded {ROUNDINGS[rule.rounding]}{free}"


def _interruption(rule: InterruptionRule) -> str:
    reference = f"the last {rule.look_back_ns // SECOND_NS} s" if rule.look_back_ns else "the opening price"
    late = f"; in the last {rule.late_ns // SECOND_NS} s {_steps(rule.late_steps)}" if rule.late_steps else ""
    then = "trades within the band" if rule.trades_in_pause else "stops"
    auction = ", then an auction" if rule.ends_in_auction else ""
    return f"{_steps(rule.steps)}; measured from {reference}{late}; {then} for {rule.pause_ns // SECOND_NS} s{auction}"


def _steps(steps: tuple[BandStep, ...]) -> str:
    """The widths of a band by price; a step from the smallest price above another one begins above that."""
    told = []
    for step in steps:
        above = int(step.from_px) - 1
        start = f"above {format_price(above)}: " if above > 0 and above % TICKS_OF_A_PRICE == 0 else ""
        if step.from_px and not start:
            start = f"from {format_price(step.from_px)}: "
        cap = f" at most {format_price(step.cap)}" if step.cap else ""
        told.append(f"{start}{step.bps / BPS_A_PERCENT:g} %{cap}")
    return ", ".join(told)


def _short(rule: ShortSales) -> str:
    fall = rule.after_fall_bps
    after = f" of {fall / BPS_A_PERCENT:g} %" if fall else ""
    marked = "; must be marked" if rule.marking else ""
    located = ", and located before" if rule.locate else ""
    return rule.rule.name.lower().replace("_", " ") + after + marked + located


def _source(origin: Provenance) -> str:
    standing = "" if origin.checked else " [not checked]"
    note = f" ({origin.note})" if origin.note else ""
    return f"{origin.source}, {origin.days()}{standing}{note}"
