"""A moment in words, for refusals that say when something began."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

SECOND_NS: Final = 1_000_000_000
DAY_S: Final = 86_400
# The calendar of Gregory repeats itself every 400 years; counted from a 1 March, the leap day is a year's last day.
DAYS_OF_400_YEARS: Final = 146_097
FROM_YEAR_0: Final = 719_468  # days from 1 March of the year 0 to the Unix epoch


def utc_text(at_ns: i64) -> str:
    """`2026-11-23T09:00:00Z`, of a moment from 1970 on."""
    seconds = at_ns // SECOND_NS
    of_day = seconds % DAY_S
    days = seconds // DAY_S + FROM_YEAR_0
    era, of_era = days // DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS
    years = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    from_march = (5 * of_year + 2) // 153
    day = of_year - (153 * from_march + 2) // 5 + 1
    month = from_march + 3 if from_march < 10 else from_march - 9
    year = years + era * 400 + (1 if month <= 2 else 0)
    return f"{year:04}-{month:02}-{day:02}T{of_day // 3600:02}:{of_day // 60 % 60:02}:{of_day % 60:02}Z"
