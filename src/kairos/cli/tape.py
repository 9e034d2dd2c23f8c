"""`kairos tape`: look at tapes, and make them of what exchanges and vendors hand out."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

import click

from kairos.cli.errors import told
from kairos.market.codes import CodeError, parse_mic
from kairos.market.tape_batch import Batches
from kairos.market.tape_report import TapeReport
from kairos.market.tape_top import top_of_book
from kairos.tapes.check import facts_of, findings_of, lines_of
from kairos.tapes.formats import FORMATS, read_own, read_source, write_own
from kairos.tapes.wanted import Wanted

FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
UNNAMED: Final = "TAPE"


@click.group("tape")
def tape() -> None:
    """Tapes: recorded markets, for the simulated exchange and for tests."""


@tape.command("formats")
def formats_command() -> None:
    """List the formats that `convert` reads."""
    for one in FORMATS.values():
        click.echo(f"{one.name:14} {one.words}")


@tape.command("info")
@click.argument("file", type=FILE)
@told
def info_command(file: Path) -> None:
    """Tell what is in a tape of our own: events by kind, times, volume."""
    print_table(lines_of(facts_of(read_own(file, UNNAMED))))


@tape.command("check")
@click.argument("file", type=FILE)
@told
def check_command(file: Path) -> None:
    """Read a tape of our own to its end and judge it. Exit code 1 if it should not be used.

    A tape must be in order of time, whole and readable; not more than 1 % of its quotes crossed, nor 10 % of its
    prints outside the quote; and no more may be taken off a price than was shown there.
    """
    findings = findings_of(facts_of(read_own(file, UNNAMED)))
    print_table([(name, f"{found}{'   <- not to be used' if bad else ''}") for name, found, bad in findings])
    if any(bad for _name, _found, bad in findings):
        sys.exit(1)


@tape.command("convert")
@click.argument("source", type=FILE, nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), required=True, help="What SOURCE is.")
@click.option("--symbol", required=True, help="The instrument, as the source names it.")
@click.option("--mic", required=True, help="Its market, ISO 10383, as XNAS.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="That day alone; needed where no file tells its day.")
@click.option("--zone", default="", help="Time zone of the source's times, where it is not the format's own.")
@click.option("--lot", type=click.IntRange(min=0), default=0, help="Units of a board lot, if not the format's own.")
@click.option("--off-book", is_flag=True, help="Keep prints that met no order in the book, marked so (for volumes).")
@click.option("--quotes", is_flag=True, help="Best bid and offer and trades only, however deep the source is.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=".csv, .csv.gz or .parquet")
@told
def convert_command(
    source: tuple[Path, ...],
    format_: str,
    symbol: str,
    mic: str,
    date: datetime | None,
    zone: str,
    lot: int,
    off_book: bool,
    quotes: bool,
    out: Path,
) -> None:
    """Make a tape of our own of SOURCE (one file, or two that belong together), and tell what was met in it."""
    try:
        instrument = f"{symbol}.{parse_mic(mic)}"
    except CodeError as error:
        raise click.BadParameter(str(error), param_hint="--mic") from error
    if zone and zone not in available_timezones():
        raise click.BadParameter(f"{zone!r} is no time zone; use a name as Asia/Taipei", param_hint="--zone")
    wanted = Wanted(instrument, date.date() if date else None, zone, lot, off_book)
    report = TapeReport(str(source[0]))
    batches = read_source(format_, list(source), wanted, report)
    written = _write(out, instrument, top_of_book(batches) if quotes else batches)
    print_table([(name, f"{count:>12}   {done}".rstrip()) for name, count, done in report.lines()])
    click.echo(f"{written:,} events of {instrument} written to {out}")
    if written == 0:
        raise click.ClickException(f"{source[0]} has nothing of {symbol} there; look at --symbol and --date")


def _write(out: Path, instrument: str, batches: Batches) -> int:
    """Write under another name first: a file that bears the tape's name is whole."""
    partial = out.with_name(f".partial-{out.name}")
    try:
        count = write_own(partial, instrument, batches)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return count


def print_table(rows: list[tuple[str, str]]) -> None:
    """Names and what is said of each, in two columns."""
    width = max(len(name) for name, _text in rows)
    for name, text in rows:
        click.echo(f"{name:{width}}   {text}")
