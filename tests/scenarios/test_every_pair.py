"""Each cell of the transition table that can be met is met by a scenario: nothing is decided that nobody looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

import kairos
from kairos.engine import replace
from kairos.model.enums import OrdStatus
from kairos.scenario.runner import run_file
from kairos.state import transitions
from kairos.state.transitions import TABLE, Cell, Happening, cell_of

FILES = sorted(Path(__file__).parent.rglob("*.scn"))
Pair = tuple[OrdStatus, Happening]

CLOSED = (OrdStatus.FILLED, OrdStatus.DONE_FOR_DAY, OrdStatus.CANCELED, OrdStatus.EXPIRED, OrdStatus.REJECTED)
NEVER_MET: set[Pair] = {
    # "Calculated" says only that a venue is done with its sums: the mapping reads it as nothing.
    *((OrdStatus.CALCULATED, happening) for happening in Happening),
    # Only what works at a venue can be lost there; a guarantee or a suspension is the client order's, not the route's.
    *((state, Happening.LOST) for state in (*CLOSED, OrdStatus.STOPPED, OrdStatus.SUSPENDED)),
    (OrdStatus.STOPPED, Happening.ACKNOWLEDGED),
    (OrdStatus.SUSPENDED, Happening.ACKNOWLEDGED),
    # Nothing has traded, so nothing can be taken back.
    *(
        (state, happening)
        for state in (OrdStatus.PENDING_NEW, OrdStatus.NEW, OrdStatus.REJECTED)
        for happening in (Happening.BUSTED, Happening.CORRECTED)
    ),
    # A route is UNKNOWN, its client order never.
    (OrdStatus.UNKNOWN, Happening.CANCEL_REQUESTED),
    # OVERFILL comes first.
    (OrdStatus.FILLED, Happening.TRADED),
}


if not kairos.COMPILED:  # a compiled table can't be watched; `make test` plays the scenarios interpreted, too

    def test_every_cell_that_can_be_met_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
        met: set[Pair] = set()

        def watched(state: OrdStatus, happening: Happening) -> Cell:
            met.add((state, happening))
            return cell_of(state, happening)

        monkeypatch.setattr(transitions, "cell_of", watched)
        monkeypatch.setattr(replace, "cell_of", watched)
        for path in FILES:
            run_file(path)
        assert {(state, happening) for state, row in TABLE.items() for happening in row} - met == NEVER_MET
