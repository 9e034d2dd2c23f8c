"""The runner finds what differs and says it in the file's words; syntax errors name line, column and word."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kairos.cli.scenario import scenario
from kairos.scenario.errors import Mismatch
from kairos.scenario.invariants import check_end, check_step
from kairos.scenario.runner import run_text


def problem_of(text: str) -> str:
    return run_text(text, "f.scn").problem


@pytest.mark.parametrize(
    ("step", "expected", "got"),
    [
        ("submit X BUY 1000 @ 1000 -> X refused RATE", "X refused RATE", "X accepted 1000 @ 1000"),
        ("submit X BUY 1000 @ 1000 -> X accepted", "nothing more", "R1 routed 1000 @ 1000 at XTAI"),
        ("submit X BUY 1000 @ 1000 -> nothing", "nothing", "X accepted 1000 @ 1000; R1 routed 1000 @ 1000 at XTAI"),
        ("submit X BUY 1000 @ 1000 ->", "nothing more", "X accepted 1000 @ 1000; R1 routed 1000 @ 1000 at XTAI"),
        ("submit X BUY 1000 @ 1000 -> R1 routed; X accepted", "R1 routed", "X accepted 1000 @ 1000"),
        ("submit X BUY 1000 @ 1000 -> accepted; routed; routed", "routed", "nothing more"),
        (
            "submit X BUY 1000 @ 1000 -> accepted qty 2000 ...",
            "accepted qty 2000",
            "X accepted 1000 @ 1000 order_qty=1000",
        ),
        ("submit X BUY 1000 @ 1000 -> accepted side=SELL ...", "accepted side=SELL", "X accepted 1000 @ 1000 side=BUY"),
        ("submit X BUY 1500 @ 1000", "no refusal (the step has no ->)", "X refused ODD_LOT qty=1500 lot=1000"),
        ("position A1 2330.XTAI 5", "position A1 2330.XTAI 5", "position A1 2330.XTAI 0"),
        ("cash A1 5 reserved 1", "cash A1 5 reserved 1", "cash A1 900000000 reserved 0"),
        ("order X NEW", "an order called X", "no such order"),
        ("check route R1", "a route called R1", "no such route"),
        ("clock +1s -> expired", "expired", "nothing more"),
        ("indicator firm LOSS = 5", "indicator firm LOSS = ...", "nobody watches this place"),
        ("check limit desk EQ POSITION 5", "check limit desk:EQ POSITION 5", "check limit desk:EQ POSITION none"),
        (
            "limit firm GROSS_EXPOSURE 5 -> firm limit placed limit.value=6",
            "firm limit placed limit.value=6",
            "firm limit placed limit.kind=GROSS_EXPOSURE limit.value=5 limit.severity=HARD",
        ),
    ],
)
def test_a_difference_is_told_in_the_same_words(step: str, expected: str, got: str) -> None:
    assert problem_of(f"# a title\n{step}\n") == f"f.scn:2: {step}\n  expected: {expected}\n  got:      {got}"


def test_the_first_difference_ends_the_run() -> None:
    outcome = run_text("clock +1s\ncash A1 1\ncash A1 2\n", "f.scn")
    assert (outcome.steps, outcome.passed) == (1, False)
    assert outcome.problem.startswith("f.scn:2: cash A1 1")


def test_echoes_may_be_left_out_or_listed_but_not_out_of_order() -> None:
    start = "submit X BUY 1000 @ 1000\nvenue fill R1 400 @ 1000 -> "
    assert problem_of(start + "trade") == ""
    assert problem_of(start + "R1 traded at venue 400 @ 1000; X trade") == ""
    assert "expected: R1 traded at venue" in problem_of(start + "X trade; R1 traded at venue")
    assert "expected: R1 traded at venue 500 @ 1000" in problem_of(start + "R1 traded at venue 500 @ 1000; X trade")


def test_a_state_without_a_kind_of_event_means_any_event_of_the_order() -> None:
    start = "submit X BUY 1000 @ 1000\nvenue fill R1 400 @ 1000.0 -> "
    assert problem_of(start + "X PARTIALLY_FILLED cum 400 avg 1000.00") == ""
    assert "cum 500" in problem_of(start + "X PARTIALLY_FILLED cum 500")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("sbmit X BUY 1000", "2:1: found 'sbmit', expected a step: one of submit replace cancel"),
        ("submit X BYE 1000", "2:10: found 'BYE', expected one of BUY SELL SELL_SHORT"),
        ("submit X BUY many", "2:14: found 'many', expected a quantity ('many' is not a decimal number)"),
        ("submit X BUY 1.5", "2:14: found '1.5', expected a quantity"),
        ("submit X BUY 99999999999", "2:14: found '99999999999', expected a quantity"),
        ("submit X BUY 1000 @", "2:20: found the end of the line, expected a price"),
        ("submit X BUY 1000 @ 1e3", "2:21: found '1e3', expected a price"),
        ("submit X BUY 1000 @ 1000 DAYS", "2:26: found 'DAYS', expected one of @ stop qty show until"),
        ("submit X BUY 1000 text hello", "2:24: found 'hello', expected a text in double quotes (\"...\")"),
        ("submit X BUY 1000 until noon", "2:25: found 'noon', expected a time"),
        ("replace X Y", "2:11: found 'Y', expected 'as'"),
        ("resolve R1 FINE", "2:12: found 'FINE', expected one of NEW PARTIALLY_FILLED"),
        ("limits A1 collar 10", "2:18: found '10', expected a collar, as 10% or 250bps"),
        ("clock 25:00", "2:7: found '25:00', expected a time"),
        ("clock 2026-13-01T10:00", "2:7: found '2026-13-01T10:00', expected a time"),
        ("venue XTAI up now", "2:15: found 'now', expected the end of the step"),
        ("cash A1 5 -> nothing", "2:11: found '->', expected the end of the line (a step that looks takes no ->)"),
        ("clock +1s -> nothing; X accepted", "2:21: found ';', expected the end of the step"),
        ("clock +1s -> X", "2:15: found the end of the line, expected what happens to it"),
        ("clock +1s -> X accepted wrongly", "2:25: found 'wrongly', expected a state, a refusal code"),
        ("clock +1s -> X accepted cum", "2:28: found the end of the line, expected the value of cum"),
        ("clock +1s -> accepted ... accepted", "2:27: found 'accepted', expected the end of the step"),
        ("clock +1s\n  -> X accepted\n  oddly", "4:3: found 'oddly', expected a state"),
        ("empty", "2:1: found 'empty', expected a step"),
        ("limit", "2:6: found the end of the line, expected a place, as firm, A1, desk EQ"),
        ("limit desk", "2:11: found the end of the line, expected the id of the desk"),
        ("limit desk:EQ+what:X POSITION 5", "2:7: found 'desk:EQ+what:X', expected a place"),
        ("limit desk EQ WEIGHT 5", "2:15: found 'WEIGHT', expected one of ORDER_QTY ORDER_NOTIONAL"),
        ("limit desk EQ COLLAR_BPS 5", "2:26: found '5', expected a share, as 10% or 250bps"),
        ("limit desk EQ POSITION many", "2:24: found 'many', expected a whole number"),
        ("limit desk EQ POSITION 5 softly", "2:26: found 'softly', expected one of reason approval spares_closing"),
        ("rule R LOSS over firm at 5 ALERT", "2:13: found 'over', expected 'below'"),
        ("rule R LOSS above each thing at 5 ALERT", "2:24: found 'thing', expected a kind of node: firm account"),
        ("rule R LOSS above firm at 5 SHRINK", "2:35: found the end of the line, expected a share"),
        ("rule R LOSS above firm at 5 SING", "2:29: found 'SING', expected one of ALERT ASK THROTTLE"),
        ("approve one", "2:9: found 'one', expected a whole number"),
        ("entitle tina client ACME", "2:14: found 'client', expected 'at'"),
        ("market XTAI span NOON 09:00 10:00", "2:18: found 'NOON', expected one of PRE_TRADING OPENING_AUCTION"),
        ("rules 2330.XTAI ticks 0 to 10", "2:30: found the end of the line, expected 'by'"),
        ("indicator firm LOSS 5", "2:21: found '5', expected '='"),
        ("check limit firm POSITION some", "2:27: found 'some', expected a whole number"),
    ],
)
def test_a_syntax_error_names_line_column_word_and_what_was_expected(line: str, problem: str) -> None:
    outcome = run_text(f"clock +1s\n{line}\n", "f.scn")
    assert outcome.problem.startswith(f"f.scn:{problem}")
    assert outcome.steps == 0, "nothing is played when the file has an error anywhere"


def test_comments_continuations_and_quotes() -> None:
    said = 'text "# no; comment -> here"'
    text = f"submit X BUY 1000 @ 1000 {said}   # a comment\n  -> accepted {said};\n     routed\n"
    assert problem_of(text) == ""


def test_invariants_are_checked_after_every_step_without_being_asked() -> None:
    """A desk that was tampered with between two steps is found out."""
    world = run_text("submit X BUY 1000 @ 1000", "f.scn").world
    check_step(world, [])
    world.desk.accounts["A1"].reserved += 1
    with pytest.raises(Mismatch, match="reserved"):
        check_step(world, [])
    world.desk.accounts["A1"].reserved -= 1
    world.desk.orders[1].cum_qty += 1
    with pytest.raises(Mismatch, match="invariant"):
        check_step(world, [])
    with pytest.raises(Mismatch, match="the journal"):
        check_end(world)


def test_the_command_prints_the_problem_and_exits_with_one(tmp_path: Path) -> None:
    runner = CliRunner()
    good, bad = tmp_path / "good.scn", tmp_path / "bad.scn"
    good.write_text("submit X BUY 1000 @ 1000\n", "utf-8")
    bad.write_text("cash A1 1\n", "utf-8")
    one = runner.invoke(scenario, [str(good), "--verbose"])
    assert (one.exit_code, one.output.splitlines()[-1]) == (0, "1 scenarios, 1 steps, 0 failed")
    assert "-> X accepted 1000 @ 1000" in one.output
    both = runner.invoke(scenario, [str(tmp_path)])
    assert both.exit_code == 1
    assert f"{bad}:1: cash A1 1" in both.output
    assert both.output.endswith("2 scenarios, 1 steps, 1 failed\n")
    absent = runner.invoke(scenario, [str(tmp_path / "absent.scn")])
    assert absent.exit_code == 1
    assert "absent.scn: can't be read" in absent.output
