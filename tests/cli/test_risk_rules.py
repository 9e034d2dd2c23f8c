"""`kairos risk backtest` and `kairos risk rules check` as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.backtest.test_rules import walked
from tests.history.journals import write

from kairos.cli.main import main
from kairos.cli.risk_rules import place_of
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.values import Place

RULES = """
[[rule]]
id = "STOP"
indicator = "loss"
account = "A1"
[[rule.level]]
at = 10000
release_at = 5000
actions = ["alert", "shrink to 50%"]
[[rule.level]]
at = 30000
actions = ["cancel"]
"""


def kairos(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["risk", *arguments])


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The rules, and a journal in which they would respond."""
    rules, journal = tmp_path / "rules.toml", tmp_path / "journal.db"
    rules.write_text(RULES)
    write(journal, walked(3)[0].batches)
    return str(rules), str(journal)


def test_a_backtest_tells_when_which_rule_why_and_what(files: tuple[str, str]) -> None:
    result = kairos("backtest", files[0], "--journal", files[1])
    assert result.exit_code == 0, result.output
    first = result.output.splitlines()[0]
    assert "STOP at ACCOUNT A1: level 1 would be taken, LOSS " in first
    assert "above 10000 (MarkUpdated 2330.XTAI): ALERT, SHRINK to 5000 bps" in first
    assert "CANCEL, 1 orders taken back" in result.output
    assert result.output.splitlines()[-1].startswith("STOP: ")


def test_as_json_it_is_an_object_a_line_with_exact_numbers_as_texts(files: tuple[str, str]) -> None:
    lines = kairos("backtest", files[0], "--journal", files[1], "--json").output.splitlines()
    first = json.loads(lines[0])
    assert (first["rule"], first["place"], first["level"], first["would"]) == ("STOP", "ACCOUNT A1", 1, "take")
    assert (first["threshold"], first["orders"]) == ("10000", [])
    assert first["at_ns"].isdigit()


def test_a_stretch_is_told_alone_though_all_is_folded(files: tuple[str, str]) -> None:
    lines = kairos("backtest", files[0], "--journal", files[1], "--json").output.splitlines()
    second = json.loads(lines[1])
    at = second["at"].replace(" ", "T")
    later = kairos("backtest", files[0], "--journal", files[1], "--json", "--from", at).output.splitlines()
    assert json.loads(later[0])["at_ns"] >= second["at_ns"]
    assert len(later) < len(lines)


def test_an_error_in_the_rules_is_told_by_line(files: tuple[str, str]) -> None:
    Path(files[0]).write_text(RULES.replace("cancel", "cancell"))
    result = kairos("backtest", files[0], "--journal", files[1])
    assert result.exit_code == 1
    assert "line 12: rule.level.actions: 'cancell' is no action; did you mean 'cancel'?" in result.output


def test_check_counts_the_rules(files: tuple[str, str]) -> None:
    assert kairos("rules", "check", files[0]).output == "1 rules, no error\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("firm", Place(NodeKind.FIRM, "", ScopeKind.ALL, "")),
        ("account:A1", Place(NodeKind.ACCOUNT, "A1", ScopeKind.ALL, "")),
        ("strategy:A1/ALPHA", Place(NodeKind.STRATEGY, "A1/ALPHA", ScopeKind.ALL, "")),
        ("desk:D+instrument:2330.XTAI", Place(NodeKind.DESK, "D", ScopeKind.INSTRUMENT, "2330.XTAI")),
    ],
)
def test_a_place_as_it_is_typed(text: str, place: Place) -> None:
    assert place_of(text) == place
