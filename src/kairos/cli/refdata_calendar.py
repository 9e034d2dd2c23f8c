"""`kairos refdata calendar`: the sessions of a market, and the weekdays without one."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kairos.adapters.calendar_file import ChangedDay, DayChange
from kairos.adapters.calendars import load_calendars
from kairos.cli.errors import told
from kairos.cli.refdata_options import A_DATE, calendars_option
from kairos.market.calendar import TradingCalendar

SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)


@click.command("calendar")
@click.argument("name")
@click.option("--from", "first", type=A_DATE, required=True, help="The first day.")
@click.option("--to", "last", type=A_DATE, required=True, help="The last day.")
@click.option("--sessions", "all_sessions", is_flag=True, help="List every session, not only what is out of the rule.")
@calendars_option
@told
def calendar(
    name: str, first: datetime.datetime, last: datetime.datetime, all_sessions: bool, calendars: tuple[Path, ...]
) -> None:
    """List closed weekdays, half days, weekend sessions and odd settlement days of a calendar, named for its MIC."""
    loaded = load_calendars(calendars)
    found = loaded.get(name)
    sessions = set(found.sessions_between(first.date(), last.date()))
    changed = {day.date: day for day in loaded.changes.days_of(name)}
    settling = {day.date: day for day in loaded.changes.settlement_of(name)}
    date = first.date()
    while date <= last.date():
        told = (_line(found, date, date in sessions, changed.get(date)), _settlement(settling.get(date)))
        line = "; ".join(filter(None, told))
        if line or (all_sessions and date in sessions):
            click.echo(f"{date} {date:%a} {line or 'session'}")
        date += ONE_DAY
    click.echo(f"{len(sessions)} sessions; the calendar of {name} reaches from {found.first} to {found.last}")


def _line(found: TradingCalendar, date: datetime.date, is_session: bool, changed: ChangedDay | None) -> str:
    """What is out of the rule on a day; empty where nothing is."""
    weekend = date.weekday() >= SATURDAY
    late_s = found.opens_late_s(date)
    is_whole = not (found.is_early_close(date) or late_s)
    if is_session == (not weekend) and (is_whole or not is_session):
        return ""
    late = f"opens at {late_s // 3600:02}:{late_s // 60 % 60:02}" if late_s else "session"
    word = "closed" if not is_session else "half day" if found.is_early_close(date) else late
    if changed is None:
        return word
    return f"{word}: {_why(changed)}"


def _settlement(day: ChangedDay | None) -> str:
    """That trades settle without a session, or don't in spite of one."""
    if day is None:
        return ""
    word = "settlement only" if day.change is DayChange.SETTLEMENT_ONLY else "no settlement"
    return f"{word}: {_why(day)}"


def _why(day: ChangedDay) -> str:
    standing = "" if day.checked else ", not checked"
    return f"{day.reason} ({day.source}{standing})"
