"""`kairos refdata calendar`: the sessions of a market, and the weekdays without one."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kairos.adapters.calendar_file import ChangedDay
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
    """List closed weekdays, half days and weekend sessions of a calendar, which is named for its MIC."""
    loaded = load_calendars(calendars)
    found = loaded.get(name)
    sessions = set(found.sessions_between(first.date(), last.date()))
    changed = {day.date: day for day in loaded.changes.days_of(name)}
    date = first.date()
    while date <= last.date():
        line = _line(found, date, date in sessions, changed.get(date))
        if line or (all_sessions and date in sessions):
            click.echo(f"{date} {date:%a} {line or 'session'}")
        date += ONE_DAY
    click.echo(f"{len(sessions)} sessions; the calendar of {name} reaches from {found.first} to {found.last}")


def _line(found: TradingCalendar, date: datetime.date, is_session: bool, changed: ChangedDay | None) -> str:
    """What is out of the rule on a day; empty where nothing is."""
    weekend = date.weekday() >= SATURDAY
    if is_session == (not weekend) and not (is_session and found.is_early_close(date)):
        return ""
    word = "closed" if not is_session else "half day" if found.is_early_close(date) else "session"
    if changed is None:
        return word
    standing = "" if changed.checked else ", not checked"
    return f"{word}: {changed.reason} ({changed.source}{standing})"
