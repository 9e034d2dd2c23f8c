"""Looks at a tape: what is in it, and what in it no honest market would show."""

from __future__ import annotations

from datetime import UTC, datetime

from kairos.market.tape_batch import Batches
from kairos.model.numbers import format_price
from kairos.tapes.folds.facts import TapeFacts

SECOND_NS = 1_000_000_000
# Above these a tape is more likely read wrongly than odd. Lean's BAC of 2013-10-08 has 3.4 % locked quotes and none
# crossed; of its prints 98 % are within the quote (SOURCE: 96 to 99.8 %).
MOST_CROSSED_PERCENT = 1
MOST_OUTSIDE_PERCENT = 10


def facts_of(batches: Batches) -> TapeFacts:
    """Read the tape to its end."""
    facts = TapeFacts()
    for batch in batches:
        facts.feed(batch)
    return facts


def lines_of(facts: TapeFacts) -> list[tuple[str, str]]:
    """What is in it, as a table."""
    lines = [
        ("events", f"{facts.events:,}"),
        ("quotes", f"{facts.quotes:,}"),
        ("trades", f"{facts.trades:,}"),
        ("level changes", f"{facts.levels:,}"),
        ("order events", f"{facts.orders:,}"),
        ("halts", f"{facts.halts:,}"),
        ("first event", time_text(facts.first_ns)),
        ("last event", time_text(facts.last_ns)),
    ]
    if facts.trades:
        lines += [
            ("volume", f"{facts.volume:,}"),
            ("lowest and highest trade", f"{format_price(facts.low_px)} {format_price(facts.high_px)}"),
            ("opening and closing auction prints", f"{facts.openings:,} {facts.closings:,}"),
            ("prints off the book", f"{facts.off_book:,}"),
        ]
    return lines


def findings_of(facts: TapeFacts) -> list[tuple[str, str, bool]]:
    """What was looked for: its name, what was found, and whether the tape should not be used for it."""
    return [
        ("no events", f"{facts.events:,} events", facts.events == 0),
        _share("crossed quotes", facts.crossed, facts.two_sided, MOST_CROSSED_PERCENT),
        _share("locked quotes", facts.locked, facts.two_sided, 100),
        _share("prints outside the quote", facts.outside, facts.compared, MOST_OUTSIDE_PERCENT),
        ("more taken off a level than it showed", f"{facts.overdrawn:,}", facts.overdrawn > 0),
        ("moments that never end (MORE on the last row)", "yes" if facts.open_moment else "no", facts.open_moment),
        ("longest gap", f"{facts.longest_gap_ns / SECOND_NS:,.1f} s, up to {time_text(facts.gap_end_ns)}", False),
    ]


def _share(name: str, count: int, of: int, most_percent: int) -> tuple[str, str, bool]:
    found = f"{count:,} of {of:,}" + (f" ({100 * count / of:.2f} %)" if of else "")
    return name, found, 100 * count > most_percent * of


def time_text(time_ns: int) -> str:
    """UTC, to the millisecond."""
    moment = datetime.fromtimestamp(time_ns // SECOND_NS, UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S}.{time_ns % SECOND_NS // 1_000_000:03d}"
