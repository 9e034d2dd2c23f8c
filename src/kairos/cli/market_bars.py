"""`kairos market record | take-in | bars | figures | query`: bars on disk."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from kairos.adapters.link_client import LinkClient
from kairos.adapters.link_market import bar_from_json
from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link
from kairos.history.bar_queries import BarHistory
from kairos.history.bars import write_bars
from kairos.market.bars import Bar, BarBuilder
from kairos.market.tape import Trade
from kairos.market.tape_file import read_tape

SECOND_NS: Final = 1_000_000_000
# A file holds at least some minutes of a few instruments; a power cut costs no more than that.
FLUSH_S: Final = 300
FLUSH_BARS: Final = 5_000
LOOK_S: Final = 1.0
PIPE_WIDTH: Final = 200

FOLDER: Final = click.option(
    "--bars",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="bars",
    show_default=True,
    envvar="KAIROS_BARS",
    help="The folder of the bars.",
)
AS_JSON: Final = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
Answer = tuple[list[str], list[tuple[object, ...]]]


@click.command()
@FOLDER
@click.option("--seconds", type=float, help="End after so long.")
@link_options
@told
def record(folder: Path, seconds: float | None, config_path: Path, user: str) -> None:
    """Keep the bars of a minute that the engine makes of its venues' prints. Ctrl-C ends it; nothing is lost."""
    ends = None if seconds is None else time.monotonic() + seconds
    with open_link(config_path, user) as link, _until_told_to_stop():
        written = sum(_record(link, folder, ends))
    click.echo(f"{written:,} bars written to {folder}")


def _record(link: LinkClient, folder: Path, ends: float | None) -> Iterator[int]:
    kept: list[Bar] = []
    since = time.monotonic()
    link.watch({"bars": True})
    try:
        while ends is None or time.monotonic() < ends:
            for said in link.market(LOOK_S):
                kept += [bar_from_json(bar) for bar in said["bars"]]
                if len(kept) >= FLUSH_BARS or time.monotonic() - since >= FLUSH_S:
                    yield _flush(folder, kept)
                    since = time.monotonic()
                if ends is not None and time.monotonic() >= ends:
                    break
    except KeyboardInterrupt:
        pass
    yield _flush(folder, kept)


def _flush(folder: Path, kept: list[Bar]) -> int:
    write_bars(folder, kept)
    count = len(kept)
    kept.clear()
    return count


@contextmanager
def _until_told_to_stop() -> Iterator[None]:
    """A supervisor's SIGTERM ends it as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.command("take-in")
@click.argument("tape", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--instrument", required=True, help="Whose tape it is, as 2330.XTAI.")
@click.option("--seconds", type=click.IntRange(1, 86_400), default=60, show_default=True, help="The bars' interval.")
@FOLDER
@told
def take_in(tape: Path, instrument: str, seconds: int, folder: Path) -> None:
    """Make bars of the prints of TAPE, a file that `kairos tape convert` wrote."""
    builder = BarBuilder(instrument, seconds * SECOND_NS)
    made = [builder.on_trade(event) for event in read_tape(tape, instrument) if isinstance(event, Trade)]
    bars = [bar for bar in [*made, builder.bar_so_far()] if bar is not None]
    write_bars(folder, bars)
    click.echo(f"{len(bars):,} bars of {instrument} written to {folder}")


@click.command()
@click.argument("instrument")
@click.option("--seconds", type=click.IntRange(1, 86_400), default=300, show_default=True, help="The bars' interval.")
@click.option("--from", "since", default="1970-01-01", help="Starts at or after: a date or a moment, UTC.")
@click.option("--to", "until", default="2262-01-01", help="Starts before.")
@FOLDER
@AS_JSON
@told
def bars(instrument: str, seconds: int, since: str, until: str, folder: Path, as_json: bool) -> None:
    """Show an instrument's bars of any interval."""
    with BarHistory(folder) as history:
        _show(history.bars(instrument, seconds, since, until), as_json)


@click.command()
@click.argument("instruments", nargs=-1)
@click.option("--days", type=click.IntRange(2), default=20, show_default=True, help="The last days with trades.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone that ends a day, as Asia/Taipei.")
@FOLDER
@AS_JSON
@told
def figures(instruments: tuple[str, ...], days: int, zone: str, folder: Path, as_json: bool) -> None:
    """Show average daily volume and turnover, and annualised volatility, of some instruments or of all."""
    with BarHistory(folder) as history:
        _show(history.figures(list(instruments) or history.instruments(), days, zone), as_json)


@click.command()
@click.argument("sql")
@FOLDER
@AS_JSON
@told
def query(sql: str, folder: Path, as_json: bool) -> None:
    """Ask anything of the view `bars`, in DuckDB's SQL."""
    with BarHistory(folder) as history:
        _show(history.query(sql), as_json)


def _show(answer: Answer, as_json: bool) -> None:
    names, rows = answer
    if as_json:
        for row in rows:
            click.echo(json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False))
        return
    table = Table(*names, expand=False)
    for row in rows:
        table.add_row(*("" if value is None else str(_plain(value)) for value in row))
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(table)


def _plain(value: object) -> object:
    """Decimals without the zeros behind them; statistics to four places."""
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    if isinstance(value, float):
        return f"{value:.4f}"
    return value if value is None or isinstance(value, (int, str)) else str(value)
