"""The summary as a person reads it at the end."""

from __future__ import annotations

from collections import Counter

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from kairos.cli.orders import SIDES
from kairos.demo.screen import rounded
from kairos.demo.summary import Summary, latency_us
from kairos.model.enums import Side

KIB = 1024


def print_report(summary: Summary, console: Console) -> None:
    """Facts first, then the checks, and one line that says how it ended."""
    for part in (
        _head(summary),
        _reasons(summary),
        _traded(summary),
        _risk(summary),
        _figures(summary),
        _checks(summary),
    ):
        console.print(part)
        console.print()
    console.print(Text(verdict(summary), style="bold"))


def verdict(summary: Summary) -> str:
    if summary.interrupted:
        return "Interrupted: this is what happened until then; orders were under way, so not every check could hold."
    if summary.holds:
        return "journal verified; clients, engine and exchange agree."
    return "NOT IN ORDER: " + "; ".join(check.name for check in summary.checks if not check.holds)


def _head(summary: Summary) -> Text:
    market = f"{summary.market_seconds // 60}:{summary.market_seconds % 60:02d}"
    return Text(
        f"{summary.orders_sent} orders sent, {summary.orders_accepted} accepted, {summary.refused.total()} refused, "
        f"{summary.fills} fills; {market} minutes of the market in {summary.seconds:.0f} s"
    )


def _reasons(summary: Summary) -> RenderableType:
    table = Table(box=None, padding=(0, 2), header_style="dim")
    table.add_column("Orders refused")
    table.add_column("", justify="right")
    table.add_column("Cancels and replaces refused")
    table.add_column("", justify="right")
    left, right = _pairs(summary.refused), _pairs(summary.requests_refused)
    for at in range(max(len(left), len(right))):
        table.add_row(*(left[at] if at < len(left) else ("", "")), *(right[at] if at < len(right) else ("", "")))
    return table


def _pairs(counter: Counter[str]) -> list[tuple[str, str]]:
    return [(name, str(count)) for name, count in counter.most_common()]


def _traded(summary: Summary) -> RenderableType:
    table = Table(box=None, padding=(0, 2), header_style="dim")
    table.add_column("Instrument")
    table.add_column("Side")
    for name in ("Qty", "Notional", "Avg price", "Market VWAP", "bp"):
        table.add_column(name, justify="right")
    for row in summary.traded:
        word, colour = SIDES[Side.BUY if row.side == "BUY" else Side.SELL]
        table.add_row(
            row.instrument_id,
            Text(word, style=colour),
            f"{row.qty:,}",
            f"{_whole(row.notional):,} {row.currency}",
            rounded(row.avg_px),
            rounded(row.market_vwap),
            row.slippage_bps,
        )
    table.caption = "bp: basis points against VWAP; above 0 is worse than the market, for that side"
    table.caption_justify = "left"
    return table


def _risk(summary: Summary) -> RenderableType:
    table = Table(box=None, padding=(0, 2), header_style="dim")
    table.add_column("UTC", no_wrap=True)
    table.add_column("What risk control did")
    for at, line in summary.risk.lines:
        table.add_row(at, line)
    return table


def _whole(money: int) -> int:
    return (money + 50_000_000) // 100_000_000


def _figures(summary: Summary) -> RenderableType:
    latency = "  ".join(f"{name} {us / 1000:.1f} ms" for name, us in latency_us(summary).items())
    logons = "  ".join(f"{client} {count}" for client, count in summary.logons.items())
    table = Table(box=None, padding=(0, 2), show_header=False)
    table.add_row("Order to first report", f"{latency}  ({len(summary.ack_ns)} samples)")
    table.add_row("Logons", logons)
    journal = f"{summary.journal_bytes // KIB:,} KiB, {summary.journal.batches:,} batches, {summary.events:,} events"
    table.add_row("Journal", f"{journal} ({summary.marks:,} of market data)")
    for text, count in summary.rejected_by_venue.most_common(3):
        table.add_row("Rejected by the venue", f"{count}: {text}")
    if summary.routes_unknown:
        table.add_row("Routes once UNKNOWN", str(summary.routes_unknown))
    if summary.exchange_lives > 1:
        table.add_row("Lives of the exchange", str(summary.exchange_lives))
    return table


def _checks(summary: Summary) -> RenderableType:
    table = Table(box=None, padding=(0, 2), show_header=False)
    for check in summary.checks:
        failed = "… not settled" if summary.interrupted else "✗ FAILED"
        table.add_row("✓" if check.holds else failed, check.name, "" if check.seen == "holds" else check.seen)
    return table
