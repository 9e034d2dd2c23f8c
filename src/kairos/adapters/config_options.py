"""Reads what clients' and venues' FIX sessions have in common: versions, names, resending, validation, hours."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Final

from kairos.adapters.config_fix import DAYS, ScheduleConfig, SessionOptions
from kairos.adapters.config_values import a_file_from, a_time_of_day, a_time_zone
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_count, a_flag, an_id, one_of
from kairos.fix.errors import LocalError
from kairos.fix.schedule import WEEK
from kairos.fix.session_config import SessionConfig, TimePrecision
from kairos.fix.validate import ValidationRules
from kairos.fix.versions import APPL_VERSIONS, FIXT

MAX_RESEND_CHUNK: Final = 1_000_000
RULES: Final = tuple(inspect.signature(ValidationRules).parameters)
MIDNIGHT: Final = time(0)


def a_precision(raw: object) -> TimePrecision:
    """The digits behind the second, by their name: "microseconds"."""
    names = {precision.name.lower(): precision for precision in TimePrecision}
    return names[one_of(*names)(raw)]


def a_day(raw: object) -> int:
    """A weekday as "mon"; Monday is 0."""
    return DAYS.index(one_of(*DAYS)(raw))


def read_options(row: Row, begin_string: str, folder: Path) -> SessionOptions:
    """The options that stand in a session's own table."""
    default = SessionOptions()
    path = a_file_from(folder)
    return SessionOptions(
        appl_version=_appl_version(row, begin_string),
        sender_sub_id=row.get("sender_sub_id", an_id, default.sender_sub_id),
        sender_location_id=row.get("sender_location_id", an_id, default.sender_location_id),
        target_sub_id=row.get("target_sub_id", an_id, default.target_sub_id),
        target_location_id=row.get("target_location_id", an_id, default.target_location_id),
        time_precision=row.get("time_precision", a_precision, default.time_precision),
        send_next_expected=row.get("send_next_expected", a_flag, default.send_next_expected),
        send_last_processed=row.get("send_last_processed", a_flag, default.send_last_processed),
        resend_chunk=row.get("resend_chunk", a_count(0, MAX_RESEND_CHUNK), default.resend_chunk),
        reset_on_logout=row.get("reset_on_logout", a_flag, default.reset_on_logout),
        reset_on_disconnect=row.get("reset_on_disconnect", a_flag, default.reset_on_disconnect),
        dictionary=row.get("dictionary", path, default.dictionary),
        transport_dictionary=row.get("transport_dictionary", path, default.transport_dictionary),
        validation=_validation(row.table("validation")),
        schedule=_schedule(row.table("schedule")) if "schedule" in row else None,
    )


def _appl_version(row: Row, begin_string: str) -> str:
    """FIXT.1.1 carries another version's messages, and must say which; the others carry their own."""
    version = row.get("appl_version", one_of(*APPL_VERSIONS.values()), "")
    if begin_string == FIXT and "appl_version" not in row:
        row.problem("appl_version", f'is missing; with {FIXT} say which messages it carries, as "FIX.5.0SP2"')
        return "FIX.5.0SP2"
    if begin_string != FIXT and version:
        row.problem("appl_version", f"goes with {FIXT} only; {begin_string} carries its own messages")
        return ""
    return version


def _validation(row: Row) -> tuple[tuple[str, bool], ...]:
    """The rules that are switched off."""
    switches = [(rule, row.get(rule, a_flag, True)) for rule in RULES]
    row.finish()
    return tuple((rule, on) for rule, on in switches if not on)


def _schedule(row: Row) -> ScheduleConfig | None:
    schedule = ScheduleConfig(
        start=row.need("start", a_time_of_day, MIDNIGHT),
        end=row.need("end", a_time_of_day, MIDNIGHT),
        time_zone=row.get("time_zone", a_time_zone, "UTC"),
        days=row.texts("days", a_day, WEEK),
        start_day=row.get("start_day", a_day, None),
        end_day=row.get("end_day", a_day, None),
    )
    row.finish()
    if ("start_day" in row) != ("end_day" in row):
        row.problem("start_day", "and end_day go together: give both for a weekly session, or neither")
        return None
    if "start_day" in row and "days" in row:
        row.problem("days", "are those of a daily session; a weekly one has start_day and end_day")
        return None
    if not schedule.days:
        row.problem("days", 'names no day; leave it out for every day, or name some, as ["mon", "tue"]')
        return None
    return schedule


def check_protocol(row: Row, make: Callable[[], SessionConfig]) -> None:
    """Say at the session's table what its version can't have."""
    try:
        make()
    except LocalError as error:
        row.problem("", str(error))
