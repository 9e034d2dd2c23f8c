"""The blotter shows which orders have an UNKNOWN route, also when that goes to its venue once more."""

from __future__ import annotations

import pytest

from kairos.desk.blotter import Blotter
from kairos.model.wire import decode_events
from kairos.scenario.runner import run_text
from kairos.state.snapshot import snapshot

UNANSWERED = "submit X BUY 1000 @ 1000\nclock +5s\n"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (UNANSWERED, {1}),
        (UNANSWERED + "venue status R1 REJECTED reason 5\n", set()),
        (UNANSWERED + "venue status R1 REJECTED reason 5\nclock +5s\n", {1}),
    ],
)
def test_a_row_knows_its_unknown_routes_live_and_from_a_snapshot(text: str, unknown: set[int]) -> None:
    outcome = run_text(text, "blotter")
    assert outcome.passed, outcome.problem
    live, anew = Blotter(), Blotter()
    for event in (event for batch in outcome.world.batches for event in decode_events(batch)):
        live.apply(event)
    for event in snapshot(outcome.world.desk, outcome.world.now_ns):
        anew.apply(event)
    assert live.rows[1].unknown_routes == anew.rows[1].unknown_routes == unknown
