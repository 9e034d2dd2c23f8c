"""Play a day's tape with a seeded crowd of clients, and judge every fill.

    python -m tests.venue.judge_day --format lean DAY_quote.zip --instrument BAC.XNYS
    python -m tests.venue.judge_day --format lobster MESSAGES.zip --instrument GOOG.XNAS --tick 0.01 --lot 1

Prints how many fills of each kind were checked, and every complaint; exits 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.venue.crowd import SECOND_NS, Crowd
from tests.venue.judge import Judge

from kairos.market.tape import AnyTapeEvent, BookOrder, DepthLevel, HaltState, Quote, TapeHalt, Trade
from kairos.market.tape_events import events_of
from kairos.market.tape_report import TapeReport
from kairos.model.numbers import parse_price
from kairos.tapes.formats import read_source
from kairos.tapes.wanted import Wanted
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing
from kairos.venue.reports import VenueMessage
from kairos.venue.tape_impact import Impact
from kairos.venue.tape_rules import Cancels, TapeRules

OPENING_WAIT_NS = 120 * SECOND_NS
LONG_NS = 3600 * SECOND_NS


class Day:
    """One instrument's day at an exchange, with the judge beside it."""

    def __init__(self, listing: Listing, seed: int, orders: int, from_ns: int) -> None:
        self.exchange = Exchange([listing], "J")
        self.judge = Judge(
            listing.open_ns, listing.close_ns, listing.has_quotes, OPENING_WAIT_NS, int(listing.turn_percent),
            listing.tape_rules.pro_rata,
        )  # fmt: skip
        impact = listing.tape_rules.impact
        if impact is not None:
            self.judge.expect_impact(int(listing.tick), int(impact.ticks), int(impact.half_life_ns))
        self.crowd = Crowd(
            self.exchange, listing.instrument, int(listing.tick), int(listing.lot), seed, self.judge.told
        )
        self.step_ns = max(1, (listing.close_ns - from_ns) // orders)
        self.next_ns = from_ns
        self.last_px = 0

    def play(self, events: Iterable[AnyTapeEvent]) -> Judge:
        """The whole tape; then the day ends."""
        for event in events:
            while self.next_ns <= event.time_ns and self.next_ns < self.judge.close_ns:
                self._let_act(self.next_ns)
                self.next_ns += self.step_ns
            self._advance(event.time_ns)
            self._tell(event)
            self.judge.tape(event, self._reports())
        self._advance(self.judge.close_ns + LONG_NS)
        return self.judge

    def _advance(self, now_ns: int) -> None:
        """Deadline by deadline, so that the judge hears of each at its time."""
        while self.exchange.next_deadline_ns() <= now_ns:
            due_ns = self.exchange.next_deadline_ns()
            self.exchange.advance(due_ns)
            self.judge.acted(due_ns, self._reports())

    def _let_act(self, now_ns: int) -> None:
        self._advance(now_ns)
        for _ in self.crowd.act(now_ns, self.judge.view, self.last_px):
            self.judge.acted(now_ns, self._reports())

    def _reports(self) -> list[VenueMessage]:
        reports = self.exchange.drain()
        self.crowd.heard(reports)
        return reports

    def _tell(self, event: AnyTapeEvent) -> None:
        if isinstance(event, Quote):
            self.exchange.on_quote(event)
        elif isinstance(event, Trade):
            self.last_px = event.px
            self.exchange.on_trade(event)
        elif isinstance(event, DepthLevel):
            self.exchange.on_level(event)
        elif isinstance(event, BookOrder):
            self.exchange.on_tape_order(event)
        else:
            self.exchange.on_halt(event)


def judged(
    events: Iterable[AnyTapeEvent], listing: Listing, seed: int = 1, orders: int = 10_000, from_ns: int = 0
) -> Judge:
    """The judge after the day."""
    return Day(listing, seed, orders, from_ns or listing.open_ns - 60 * SECOND_NS).play(events)


def source(format_name: str, paths: list[Path], instrument: str) -> Iterator[AnyTapeEvent]:
    """The events of a day in any format that Kairos reads."""
    for batch in read_source(format_name, paths, Wanted(instrument), TapeReport()):
        yield from events_of(batch)


def with_halts(events: Iterable[AnyTapeEvent], instrument: str, every_ns: int) -> Iterator[AnyTapeEvent]:
    """The same tape, halted for a tenth of each `every_ns` after the first."""
    first_ns = halts = resumes = 0
    for event in events:
        if not first_ns:
            first_ns = event.time_ns
            halts, resumes = first_ns + every_ns, 0
        if resumes and event.time_ns >= resumes:
            yield TapeHalt(instrument, resumes, HaltState.RESUMED)
            halts, resumes = resumes + every_ns, 0
        elif not resumes and event.time_ns >= halts:
            yield TapeHalt(instrument, event.time_ns, HaltState.HALTED)
            resumes = event.time_ns + every_ns // 10
        yield event


def times_of(first_ns: int, zone: str, opens: str, closes: str) -> tuple[int, int]:
    """When the day of this instant opens and closes."""
    date = datetime.fromtimestamp(first_ns / 1e9, UTC).astimezone(ZoneInfo(zone)).date()
    found = [
        int(datetime.combine(date, time.fromisoformat(text), ZoneInfo(zone)).timestamp()) * SECOND_NS
        for text in (opens, closes)
    ]
    return found[0], found[1]


def listing_for(first: AnyTapeEvent, args: argparse.Namespace) -> Listing:
    open_ns, close_ns = times_of(first.time_ns, args.zone, args.open, args.close)
    return Listing(
        args.instrument, parse_price(args.tick), args.lot, open_ns, close_ns, not args.prints_only,
        opening_wait_ns=OPENING_WAIT_NS,
        tape_rules=TapeRules(Cancels(args.cancels), impact=Impact(*args.impact) if args.impact else None),
    )  # fmt: skip


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--format", default="kairos")
    parser.add_argument("--instrument", required=True)
    parser.add_argument("--tick", default="0.01")
    parser.add_argument("--lot", type=int, default=1)
    parser.add_argument("--zone", default="America/New_York")
    parser.add_argument("--open", default="09:30")
    parser.add_argument("--close", default="16:00")
    parser.add_argument("--prints-only", action="store_true")
    parser.add_argument("--cancels", default="behind", choices=[rule.value for rule in Cancels])
    parser.add_argument("--impact", type=int, nargs=2, metavar=("TICKS", "HALF_LIFE_NS"))
    parser.add_argument("--halt-every", type=int, metavar="SECONDS", help="halt it for a tenth of each so many seconds")
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    events = source(args.format, args.files, args.instrument)
    if args.halt_every:
        events = with_halts(events, args.instrument, args.halt_every * SECOND_NS)
    first = next(events)
    day = Day(listing_for(first, args), args.seed, args.orders, 0)
    day.next_ns = day.judge.open_ns - 60 * SECOND_NS
    day.step_ns = (day.judge.close_ns - day.next_ns) // args.orders
    judge = day.play(_with(first, events))
    for complaint in judge.complaints[:50]:
        print(complaint)
    print(f"{judge.events} events of the tape, {judge.locked} while it was locked or crossed")
    print(f"{day.crowd.orders} orders; fills {dict(judge.counts)}; {len(judge.complaints)} complaints")
    return 1 if judge.complaints else 0


def _with(first: AnyTapeEvent, rest: Iterator[AnyTapeEvent]) -> Iterator[AnyTapeEvent]:
    yield first
    yield from rest


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
