"""What is played: one instrument's tape file with its terms and times, shipped with Kairos or the user's own; or an
instrument without a tape, which clients trade among themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kairos.market.shipped import ShippedTape
from kairos.market.tape_batch import ADD, DEPTH, EXECUTE, QUOTE, Batches, TapeBatch
from kairos.model.errors import ReferenceDataError
from kairos.simulator.market_rules import MarketTerms
from kairos.tapes.formats import read_own


@dataclass(frozen=True, slots=True)
class TapeSource:
    """Times are the tape's, `shift_ns` added to all of them. Without a `close_ns` the market closes when it is told to,
    and no closing auction is waited for. With a market's `terms`, its day and rules hold. Without a `path` there is no
    tape: its times are those of the day."""

    instrument: str
    path: Path | None
    tick: int
    lot: int
    has_quotes: bool
    open_ns: int
    first_ns: int
    last_ns: int
    close_ns: int | None = None
    shift_ns: int = 0
    terms: MarketTerms | None = None

    def under(self, terms: MarketTerms) -> TapeSource:
        """The same tape under a market's terms; its hours and its lot are the market's."""
        return replace(self, terms=terms, lot=terms.lot, open_ns=terms.open_ns, close_ns=terms.close_ns)

    def batches(self) -> Batches:
        """The tape's rows, from its beginning."""
        return iter(()) if self.path is None else read_own(self.path, self.instrument, self.shift_ns)

    def shifted(self, by_ns: int) -> TapeSource:
        """The same tape at another time."""
        return replace(
            self,
            open_ns=self.open_ns + by_ns,
            first_ns=self.first_ns + by_ns,
            last_ns=self.last_ns + by_ns,
            close_ns=None if self.close_ns is None else self.close_ns + by_ns,
            shift_ns=self.shift_ns + by_ns,
        )


def shipped_source(tape: ShippedTape) -> TapeSource:
    """A tape of the package."""
    return TapeSource(
        tape.instrument, tape.path, tape.tick, tape.lot, tape.has_quotes, tape.open_ns, tape.first_ns, tape.last_ns
    )


def own_source(
    path: Path, instrument: str, tick: int, lot: int, open_ns: int | None = None, close_ns: int | None = None
) -> TapeSource:
    """A user's tape file, read through once; it opens with its first event unless `open_ns` says otherwise."""
    first_ns = last_ns = 0
    has_quotes = False
    for batch in read_own(path, instrument):
        first_ns = first_ns or int(batch.time_at(0))
        last_ns = int(batch.time_at(batch.count - 1))
        has_quotes = has_quotes or shows_interest(batch)
    if first_ns == 0:
        raise ReferenceDataError(str(path), "line 2", "kind", "is missing; a tape needs at least one event")
    opens_ns = first_ns if open_ns is None else open_ns
    return TapeSource(instrument, path, tick, lot, has_quotes, opens_ns, first_ns, last_ns, close_ns)


def shows_interest(batch: TapeBatch) -> bool:
    """Whether the tape tells who would trade, not only who has."""
    kinds = map(batch.kind_at, range(batch.count))
    return any(kind in (QUOTE, DEPTH) or ADD <= kind <= EXECUTE for kind in kinds)


def tapeless_source(instrument: str, tick: int, lot: int, open_ns: int, close_ns: int) -> TapeSource:
    """An instrument that clients trade among themselves, from `open_ns` to `close_ns`."""
    return TapeSource(instrument, None, tick, lot, False, open_ns, open_ns, close_ns, close_ns)


def tapeless_under(instrument: str, terms: MarketTerms) -> TapeSource:
    """The same under a market's terms, for all of its day."""
    first_ns, last_ns = int(terms.spans[0].starts_ns), int(terms.spans[-1].ends_ns)
    return TapeSource(
        instrument, None, 1, terms.lot, False, terms.open_ns, first_ns, last_ns, terms.close_ns, terms=terms
    )
