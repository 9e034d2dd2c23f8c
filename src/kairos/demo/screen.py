"""Shows a demo while it runs: live on a terminal, or as plain lines."""

from __future__ import annotations

import sys
import time
from typing import Final, Protocol, TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from kairos.cli.orders import SIDES
from kairos.demo.view import View
from kairos.desk.blotter import OrderRow
from kairos.model.enums import HandlInst, OrdStatus, OrdType, TimeInForce
from kairos.model.numbers import format_price
from kairos.model.values import Terms

PLAIN_EVERY_S: Final = 2.0
EVENT_LINES: Final = 7
# Header, its rule, the table's head, and the line that a terminal keeps for itself.
OTHER_LINES: Final = 7
LEAST_ROWS: Final = 3
WIDE: Final = 120
TYPES: Final = {OrdType.MARKET: "MKT", OrdType.LIMIT: "LMT", OrdType.STOP: "STP", OrdType.STOP_LIMIT: "STL"}
TIFS: Final = {
    TimeInForce.DAY: "DAY",
    TimeInForce.GOOD_TILL_CANCEL: "GTC",
    TimeInForce.AT_THE_OPENING: "OPG",
    TimeInForce.IMMEDIATE_OR_CANCEL: "IOC",
    TimeInForce.FILL_OR_KILL: "FOK",
    TimeInForce.GOOD_TILL_DATE: "GTD",
    TimeInForce.AT_THE_CLOSE: "CLS",
}
# Never by colour alone: a mark and a word.
STATUSES: Final = {
    OrdStatus.NEW: ("○ working", ""),
    OrdStatus.PARTIALLY_FILLED: ("◐ part filled", "bold"),
    OrdStatus.FILLED: ("● filled", "bold"),
    OrdStatus.CANCELED: ("– canceled", "dim"),
    OrdStatus.EXPIRED: ("– expired", "dim"),
    OrdStatus.DONE_FOR_DAY: ("– done for day", "dim"),
    OrdStatus.REJECTED: ("✗ rejected", "reverse"),
    OrdStatus.PENDING_CANCEL: ("… pending cancel", "italic"),
    OrdStatus.PENDING_REPLACE: ("… pending replace", "italic"),
}


class Progress(Protocol):
    """How a demo shows itself."""

    def start(self) -> None: ...

    def show(self, view: View) -> None:
        """Called several times a second."""

    def stop(self) -> None: ...


class PlainLines:
    """A line every few seconds, and one for each thing that the demo does."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._next_s = 0.0
        self._phase = ""

    def start(self) -> None:
        """Nothing to prepare."""

    def show(self, view: View) -> None:
        now_s = time.monotonic()
        if view.phase == self._phase and now_s < self._next_s:
            return
        self._next_s = now_s + PLAIN_EVERY_S
        self._phase = view.phase
        print(f"{view.clock()}  {counts(view)}  ({view.phase})", file=self._out, flush=True)

    def stop(self) -> None:
        """Nothing to put back."""


class LiveScreen:
    """Header, blotter and last events, redrawn in place."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False, transient=True)

    def start(self) -> None:
        self._live.start()

    def show(self, view: View) -> None:
        self._live.update(picture(view, self._console.width, self._console.height), refresh=True)

    def stop(self) -> None:
        self._live.stop()


def progress(headless: bool, as_json: bool, console: Console) -> Progress:
    """Where nobody looks (a file, a pipe) a live screen would be noise."""
    if headless or as_json or not console.is_terminal:
        return PlainLines(sys.stderr if as_json else sys.stdout)
    return LiveScreen(console)


def counts(view: View) -> str:
    return (
        f"orders {view.orders} ({view.orders_a_second:.1f}/s)  fills {view.fills}  refused {view.refused}"
        f"  working {view.working}  sessions {view.sessions_up}/{len(view.traders)}"
    )


def picture(view: View, width: int, height: int) -> Group:
    """What a terminal of this size shows."""
    rows = max(height - OTHER_LINES - EVENT_LINES, LEAST_ROWS)
    lines = list(view.lines)[-EVENT_LINES:]
    lines += [""] * (EVENT_LINES - len(lines))
    events = [Text(line, no_wrap=True, overflow="ellipsis") for line in lines]
    return Group(*_header(view), _blotter(view.latest(rows), rows, width), Text("─" * width, style="dim"), *events)


def _header(view: View) -> list[Text]:
    course = view.house.course
    title = Text.assemble(
        ("Kairos demo", "bold"),
        f"   market {view.clock()} New York, {view.market_phase}   {course.speed:g}x   {view.phase}",
    )
    title.no_wrap = True
    return [title, Text(counts(view), no_wrap=True), Text("")]


def _blotter(rows: list[OrderRow], height: int, width: int) -> Table:
    wide = width >= WIDE
    table = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), expand=not wide, header_style="dim")
    table.add_column("Order", justify="right", no_wrap=True)
    if wide:
        table.add_column("ClOrdID", no_wrap=True)
    for name in ("Account", "Side", "Instrument"):
        table.add_column(name, no_wrap=True)
    table.add_column("Qty", justify="right", no_wrap=True)
    table.add_column("Terms", no_wrap=True)
    for name in ("Cum", "Avg"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    for row in rows:
        table.add_row(*_cells(row, wide))
    for _ in range(height - len(rows)):
        table.add_row()
    return table


def _cells(row: OrderRow, wide: bool) -> list[Text]:
    word, colour = SIDES[row.side]
    status, style = STATUSES.get(row.standing.ord_status, (row.standing.ord_status.name.lower(), ""))
    if row.unknown_routes:
        status, style = "? unknown", "reverse"
    cells = [Text(str(row.order_id)), Text(row.account_id), Text(word, style=colour), Text(row.instrument_id)]
    if wide:
        cells.insert(1, Text(row.cl_ord_id))
    avg_px = row.standing.avg_px
    care = " care" if row.handl_inst is HandlInst.MANUAL else ""
    return [
        *cells,
        Text(str(row.terms.order_qty)),
        Text(short_terms(row.terms) + care),
        Text(str(row.standing.cum_qty) if row.standing.cum_qty else ""),
        Text(rounded(avg_px) if avg_px else ""),
        Text(status, style=style),
    ]


def short_terms(terms: Terms) -> str:
    """`LMT 158.3 GTD (50)`: type, stop, limit, time in force, and what it shows of itself."""
    words = [TYPES[terms.ord_type]]
    words += [f">{format_price(terms.stop_px)}"] if terms.stop_px else []
    words += [format_price(terms.price)] if terms.price else []
    words.append(TIFS[terms.time_in_force])
    words += [f"({terms.max_floor})"] if terms.max_floor else []
    return " ".join(words)


def rounded(px: int) -> str:
    """To four decimals, for the eye only."""
    return format_price((px + 5_000) // 10_000 * 10_000)
