"""Questions to the bars on disk, asked with DuckDB: bars of any interval, a day's figures, average volumes, volatility.

Prices and sums are exact decimals in the answers, starts are UTC; volatilities are statistics, so floats. A day ends at
midnight UTC by default, or in the time zone that is asked for: the Taipei morning and the New York afternoon are other
days.
"""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kairos.history.writers import MissingPackage

NO_DUCKDB: Final = "asking for bars needs the packages duckdb and pyarrow: pip install 'kairos-oms[data]'"
# What a year's trading days are reckoned as, in Taipei, Hong Kong and New York alike within one in a hundred.
DAYS_A_YEAR: Final = 252
_BARS: Final = """
create view bars as select instrument, start::timestamptz at time zone 'UTC' as start, interval_ns, open_px, high_px,
  low_px, close_px, volume, turnover, vwap, trade_count from (
  select *, row_number() over (partition by instrument, interval_ns, start order by trade_count desc, filename) as n
  from read_parquet({files}, hive_partitioning = false, filename = true)) where n = 1
"""
_RESAMPLED: Final = """
select instrument, time_bucket(to_seconds($seconds), start) as start, arg_min(open_px, start) as open_px,
  max(high_px) as high_px, min(low_px) as low_px, arg_max(close_px, start) as close_px,
  sum(volume)::bigint as volume, sum(turnover)::decimal(38, 8) as turnover, sum(trade_count)::bigint as trade_count
from bars where instrument = $instrument and interval_ns = $source_ns and start >= $since and start < $until
group by all order by start
"""
_DAYS: Final = """
select instrument, (start at time zone 'UTC' at time zone $zone)::date as day, arg_min(open_px, start) as open_px,
  max(high_px) as high_px, min(low_px) as low_px, arg_max(close_px, start) as close_px,
  sum(volume)::bigint as volume, sum(turnover)::decimal(38, 8) as turnover
from bars where interval_ns = $source_ns group by all
"""
_FIGURES: Final = """
with days as ({days}),
recent as (select *, ln(close_px::double / lag(close_px) over (partition by instrument order by day)::double) as back,
  row_number() over (partition by instrument order by day desc) as age from days)
select instrument, count(*) as days, min(day)::varchar as first_day, max(day)::varchar as last_day,
  (sum(volume) // count(*))::bigint as average_volume,
  (sum(turnover) / count(*))::decimal(38, 2) as average_turnover,
  arg_max(close_px, day) as last_close,
  stddev_samp(back) * sqrt({year}) as volatility,
  sqrt(avg(pow(ln(high_px::double / low_px::double), 2)) / (4 * ln(2)) * {year}) as range_volatility
from recent where age <= $days and instrument in (select unnest($instruments)) group by instrument order by instrument
"""
_CLOSES: Final = """
select strftime(day, '%Y%m%d'), close_px from ({days}) where instrument = $instrument
qualify row_number() over (order by day desc) <= $days order by day
"""


class NoBars(Exception):
    """There are none where they were looked for; the text says what to do."""


class BarHistory:
    """The bars of one folder (`history.bars`). Close it, or use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        files = sorted(str(file) for file in folder.glob("date=*/*.parquet"))
        if not files:
            raise NoBars(f"no bars in {folder}; record some with `kairos market record`, or take a tape's in")
        try:
            duckdb = import_module("duckdb")
        except ImportError as error:
            raise MissingPackage(NO_DUCKDB) from error
        self._db: Final[Any] = duckdb.connect(":memory:")
        self._db.execute("set timezone = 'UTC'")
        self._db.execute(_BARS.format(files=_text_list(files)))

    def __enter__(self) -> BarHistory:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def instruments(self) -> list[str]:
        return [str(row[0]) for row in self._db.execute("select distinct instrument from bars order by 1").fetchall()]

    def bars(self, instrument: str, seconds: int, since: str, until: str) -> tuple[list[str], list[tuple[object, ...]]]:
        """Names and rows of an instrument's bars of so many seconds, made from the shortest that are kept; `since` and
        `until` as DuckDB reads a moment, the latter not included."""
        source_ns = self._finest(instrument)
        if seconds * 1_000_000_000 % source_ns:
            text = f"bars of {seconds} s can't be made of those that are kept, of {source_ns // 1_000_000_000} s"
            raise NoBars(f"{text}; ask for a multiple of it")
        asked = {"instrument": instrument, "seconds": seconds, "since": since, "until": until, "source_ns": source_ns}
        return self._ask(_RESAMPLED, asked)

    def figures(self, instruments: list[str], days: int, zone: str) -> tuple[list[str], list[tuple[object, ...]]]:
        """Of the last so many days with trades: average daily volume and turnover, the last close, and annualised
        volatility from closes (sample deviation of log returns) and from ranges (Parkinson 1980)."""
        for instrument in instruments:
            self._finest(instrument)
        asked = {"instruments": instruments, "days": days, "zone": zone, "source_ns": self._finest(instruments[0])}
        return self._ask(_FIGURES.format(days=_DAYS, year=DAYS_A_YEAR), asked)

    def closes(self, instrument: str, days: int, zone: str) -> list[tuple[int, Decimal]]:
        """(YYYYMMDD, close) of the last so many days with trades, the oldest first."""
        asked = {"instrument": instrument, "days": days, "zone": zone, "source_ns": self._finest(instrument)}
        rows = self._db.execute(_CLOSES.format(days=_DAYS), asked).fetchall()
        return [(int(date), Decimal(close)) for date, close in rows]

    def query(self, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
        """Anything else, of the view `bars`."""
        return self._ask(sql, {})

    def _ask(self, sql: str, asked: dict[str, object]) -> tuple[list[str], list[tuple[object, ...]]]:
        answer = self._db.execute(sql, asked) if asked else self._db.execute(sql)
        return [str(column[0]) for column in answer.description], answer.fetchall()

    def _finest(self, instrument: str) -> int:
        found = self._db.execute("select min(interval_ns) from bars where instrument = ?", [instrument]).fetchone()
        if found is None or found[0] is None:
            raise NoBars(f"no bars of {instrument!r}; there are: {', '.join(self.instruments())}")
        return int(found[0])


def _text_list(texts: list[str]) -> str:
    """As a list of SQL's texts."""
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
