"""`kairos market watch`: the markets as the engine sees them, over its link."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table

from kairos.cli.errors import told
from kairos.cli.link import link_options, open_link
from kairos.cli.orders import PIPE_WIDTH

Told = Mapping[str, Any]
PHASES: Final = {
    "1": "pre-trading", "2": "opening auction", "3": "continuous", "4": "closing auction", "5": "post-trading",
    "6": "auction", "7": "pause", "9": "interrupted",
}  # fmt: skip


@click.command()
@click.argument("instruments", nargs=-1)
@click.option("--depth", type=click.IntRange(1, 50), default=5, show_default=True, help="Price levels a side.")
@click.option("--interval-ms", type=click.IntRange(50), default=250, show_default=True, help="At most so often.")
@click.option("--json", "as_json", is_flag=True, help="What changes, one JSON object a line, and minute bars.")
@click.option("--seconds", type=float, help="End after so long.")
@link_options
@told
def watch(
    instruments: tuple[str, ...],
    depth: int,
    interval_ms: int,
    as_json: bool,
    seconds: float | None,
    config_path: Path,
    user: str,
) -> None:
    """Show the best prices of all instruments, or the books of those named. Ctrl-C ends it."""
    wish = {"instruments": list(instruments), "depth": depth, "interval_ms": interval_ms, "bars": as_json}
    ends = None if seconds is None else time.monotonic() + seconds
    with open_link(config_path, user) as link:
        link.watch(wish)
        said = link.market(seconds)
        try:
            if as_json:
                _as_json(said, ends)
            else:
                _live(said, ends, with_books=bool(instruments))
        except KeyboardInterrupt:
            return


def _as_json(said: Iterable[Told], ends: float | None) -> None:
    for told_now in said:
        click.echo(json.dumps(told_now, ensure_ascii=False))
        if ends is not None and time.monotonic() >= ends:
            return


def _live(said: Iterable[Told], ends: float | None, with_books: bool) -> None:
    boards: dict[str, Told] = {}
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    with Live(auto_refresh=False, console=console) as live:
        for told_now in said:
            boards.update((board["instrument"], board) for board in told_now["boards"])
            live.update(_screen(boards, with_books), refresh=True)
            if ends is not None and time.monotonic() >= ends:
                return


def _screen(boards: Mapping[str, Told], with_books: bool) -> RenderableType:
    ordered = [boards[name] for name in sorted(boards)]
    parts: list[RenderableType] = [tops(ordered)]
    if with_books:
        parts += [book(board) for board in ordered]
    return Group(*parts)


def tops(boards: Iterable[Told]) -> Table:
    """A line an instrument."""
    table = Table(expand=False)
    table.add_column("Instrument", no_wrap=True)
    for name in ("Bid", "Offer", "Last", "Low", "High", "VWAP", "Volume"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("State", no_wrap=True)
    for board in boards:
        bid, ask = _best(board["bids"]), _best(board["asks"])
        prices = [str(board.get(name, "")) for name in ("last_px", "low_px", "high_px")]
        vwap = f"{Decimal(board['vwap']):.4f}" if "vwap" in board else ""
        volume = f"{board['volume']:,}" if "volume" in board else ""
        quote = [" x ".join(filter(None, bid[::-1])), " x ".join(filter(None, ask))]
        table.add_row(board["instrument"], *quote, *prices, vwap, volume, state_of(board))
    return table


def book(board: Told) -> Table:
    """One instrument's levels, the best at the top."""
    table = Table(title=board["instrument"], title_justify="left", expand=False)
    for name in ("Bid size", "Bid", "Offer", "Offer size"):
        table.add_column(name, justify="right", no_wrap=True)
    bids, asks = board["bids"], board["asks"]
    for level in range(max(len(bids), len(asks))):
        bid, ask = _best(bids[level:]), _best(asks[level:])
        table.add_row(bid[1], bid[0], ask[0], ask[1])
    return table


def state_of(board: Told) -> str:
    """In words: halted and stale first, for who must not miss it."""
    words = ["HALTED"] if board.get("halted") else []
    if "stale_since_ns" in board:
        words.append(f"STALE for {max(time.time_ns() - board['stale_since_ns'], 0) // 1_000_000_000} s")
    if "phase" in board:
        phase = str(board["phase"])
        words.append(PHASES.get(phase, phase))
    if "auction_px" in board:
        imbalance = board.get("imbalance_qty", 0)
        words.append(f"auction {board['auction_px']} x {board.get('paired_qty', 0)} ({imbalance:+})")
    return ", ".join(words)


def _best(levels: list[list[Any]]) -> tuple[str, str]:
    """Price and size, in words."""
    return (str(levels[0][0]), f"{levels[0][1]:,}") if levels else ("", "")
