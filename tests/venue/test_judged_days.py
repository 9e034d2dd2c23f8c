"""Whole real days with ten thousand client orders of every type and time in force: every fill is allowed by the tape.

Other days and names: `python -m tests.venue.judge_day --help`, or the same arguments in KAIROS_JUDGE, one day after
the other with `;` between them.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.venue.judge_day import main

pytestmark = pytest.mark.slow

BAC = "lean_us_equity_ticks/tick/bac/20131008_quote.zip"
GOOG = "lobster_nasdaq_20120621/LOBSTER_SampleFile_GOOG_2012-06-21_10.zip"


OTHERS = [pytest.param("", text, id=text) for text in os.environ.get("KAIROS_JUDGE", "").split(";") if text]


@pytest.mark.parametrize(
    ("file", "terms"),
    [
        pytest.param(BAC, "--format lean --instrument BAC.XNYS", id="BAC, quotes and prints"),
        pytest.param(GOOG, "--format lobster --instrument GOOG.XNAS", id="GOOG, order by order"),
        *OTHERS,
    ],
)
def test_no_fill_of_the_day_is_one_that_the_tape_did_not_allow(
    file: str, terms: str, shared_data: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow", reason="real days are read with pyarrow")
    shared = [str(shared_data(file))] if file else []
    assert main([*shared, *shlex.split(terms)]) == 0, capsys.readouterr().out
