"""A stretch of the journal, by sequence and time, read in order over archive and live file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kairos.adapters.journal_archive import whole_rows
from kairos.adapters.journal_sqlite_log import refuse_cut_log
from kairos.model.events import Event
from kairos.model.wire import decode_events

END: Final = 2**63 - 1  # later than any sequence and any time


class Span(NamedTuple):
    """What is asked for, ends included. Time ends it at the first event that is later; the clock may have been set
    back after that."""

    from_seq: int = 1
    to_seq: int = END
    from_ns: int = 0
    to_ns: int = END

    def holds(self, seq: int, event: Event) -> bool:
        """Whether an event before the end is not before the beginning either."""
        return seq >= self.from_seq and event.at_ns >= self.from_ns


def timed_events_until(journal: Path, span: Span, from_seq: int = 1) -> Iterator[tuple[int, Event, int]]:
    """The events from `from_seq` to the end of the span: sequence, event, and when its batch was written."""
    refuse_cut_log(journal)
    for row in whole_rows(journal, from_seq):
        if row.first_seq > span.to_seq:
            return
        for seq, event in enumerate(decode_events(row.body), row.first_seq):
            if seq > span.to_seq or event.at_ns > span.to_ns:
                return
            if seq >= from_seq:
                yield seq, event, row.written_at_ns


def events_until(journal: Path, span: Span, from_seq: int = 1) -> Iterator[tuple[int, Event]]:
    """The events from `from_seq` to the end of the span, with their sequence numbers."""
    return ((seq, event) for seq, event, _ in timed_events_until(journal, span, from_seq))


def events_in(journal: Path, span: Span) -> Iterator[tuple[int, Event]]:
    """The events of the span, with their sequence numbers."""
    return (pair for pair in events_until(journal, span, span.from_seq) if span.holds(*pair))
