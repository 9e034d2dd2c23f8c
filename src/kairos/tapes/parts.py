"""What the readers share: batches cut from a writer as it fills, and two streams of one instrument made one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kairos.market.tape_batch import BATCH_ROWS, Batches, BatchWriter
from kairos.market.tape_merge import TapeMerge, copy_span
from kairos.market.tape_report import LATE_ROWS, LATE_ROWS_DONE, TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.wanted import Wanted

# Letter of a participant of the US tapes (CTA and UTP specifications) by the MIC (ISO 10383) that lists the instrument.
PARTICIPANTS: Final = {
    "XASE": "A", "XBOS": "B", "XCIS": "C", "EDGA": "J", "EDGX": "K", "XCHI": "M", "XNYS": "N", "ARCX": "P",
    "XNAS": "Q", "IEXG": "V", "XPHL": "X", "BATY": "Y", "BATS": "Z",
}  # fmt: skip


def participant(mic: str) -> int:
    """The code of the venue's letter; 0 where it has none."""
    return ord(PARTICIPANTS.get(mic, "\0"))


def letter_code(text: str) -> int:
    """A venue's letter as a number."""
    return ord(text[0]) if text else 0


def ready(out: BatchWriter) -> Batches:
    """The batch, once it is full enough to be worth handing on."""
    if out.count >= BATCH_ROWS:
        yield out.take()


def rest(out: BatchWriter, report: TapeReport) -> Batches:
    """The last batch of a source, and what the writer has counted."""
    if out.count:
        yield out.take()
    report.count(LATE_ROWS, LATE_ROWS_DONE, out.late_rows)
    report.events += out.total


def one_tape(first: Batches, second: Batches, wanted: Wanted) -> Batches:
    """Two streams of one instrument in time order; at equal times the first one's rows go first."""
    merge = TapeMerge([first, second])
    out = BatchWriter(wanted.instrument)
    while (span := merge.next_span()) is not None:
        copy_span(out, span)
        yield from ready(out)
    if out.count:
        yield out.take()


def only(paths: list[Path], what: str) -> Path:
    """The one path of a format that has one file."""
    if len(paths) != 1:
        raise ReferenceDataError(str(paths[1]), "file", "SOURCE", f"is one too many: {what} is one file")
    return paths[0]
