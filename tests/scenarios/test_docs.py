"""docs/SCENARIOS.md is true: its examples are played, and it names every step, event and field word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kairos.scenario import (
    check_steps,
    client_steps,
    control_steps,
    desk_steps,
    expectations,
    phrases,
    reference_steps,
    rule_steps,
    trading_steps,
    tree_steps,
    venue_steps,
)
from kairos.scenario.parser import COMMAND_STEPS
from kairos.scenario.runner import run_text

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted([*DOCS.glob("SCENARIOS*.md"), *DOCS.glob("*/SCENARIOS*.md")])
TEXT = (DOCS / "SCENARIOS.md").read_text("utf-8")
BLOCK = re.compile(r"^```scn\n(.*?)^```$", re.M | re.S)
EXAMPLES = [(page, match) for page in PAGES for match in BLOCK.finditer(page.read_text("utf-8"))]
OPTIONS = {
    "submit": client_steps.SUBMIT,
    "replace": client_steps.REPLACE,
    "venue fill": venue_steps.REPORT,
    "instrument": reference_steps.INSTRUMENT,
    "venue": reference_steps.VENUE,
    "limits": reference_steps.LIMITS,
    "account": reference_steps.ACCOUNT,
    "mark": reference_steps.MARK,
    "route": desk_steps.ROUTE,
    "record": desk_steps.RECORD,
    "position": check_steps.POSITION,
    "cash": check_steps.CASH,
    "desk": tree_steps.DESK,
    "limit": tree_steps.LIMIT,
    "rule": rule_steps.RULE,
    "releases": dict.fromkeys(rule_steps.RELEASES),
    "kill": control_steps.WITH_WORD,
    "rules": trading_steps.RULES,
    "figures": trading_steps.FIGURES,
    "restrict": trading_steps.RESTRICT,
}


@pytest.mark.parametrize(("page", "block"), EXAMPLES, ids=lambda x: x.name if isinstance(x, Path) else f"at{x.start()}")
def test_the_examples_come_out_as_written(page: Path, block: re.Match[str]) -> None:
    outcome = run_text(block[1], page.name)
    assert outcome.passed, outcome.problem
    assert outcome.steps > 3


def test_the_examples_are_found() -> None:
    assert len(EXAMPLES) >= 4


def test_the_failure_that_the_page_shows_is_what_is_printed() -> None:
    first = BLOCK.search(TEXT)
    assert first is not None
    steps = first[1].splitlines()[:4]
    steps[3] = "venue fill R1 2000 @ 1005 -> X trade cum 2000 leaves 7000"
    assert run_text("\n".join(steps), "part_filled.scn").problem in TEXT


@pytest.mark.parametrize("word", [*COMMAND_STEPS, *check_steps.CHECK_STEPS, *phrases.EXPECTABLE])
def test_every_step_and_event_is_named(word: str) -> None:
    assert f"`{word}`" in TEXT


@pytest.mark.parametrize("word", expectations.FIELD_WORDS)
def test_every_field_word_is_named(word: str) -> None:
    assert f"`{word}`" in TEXT


@pytest.mark.parametrize("step", OPTIONS)
def test_every_option_of_a_step_is_shown(step: str) -> None:
    words = set(re.findall(r"[@\w]+", TEXT))
    assert set(OPTIONS[step]) - words == set()
