"""`kairos kill` and `kairos approve`: which command is given, and what the engine's state is told as."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kairos.adapters.link_told import is_told
from kairos.cli import approve as approve_file
from kairos.cli import kill as kill_file
from kairos.cli.approve import approval_as_json, approval_in_words, approvals_in
from kairos.cli.kill import kill_as_json, kill_in_words, kills_in
from kairos.model.commands import Command, DecideApproval, DefinePolicy, EngageKill, ReleaseKill
from kairos.model.enums import ApprovalKind
from kairos.model.events import Event
from kairos.scenario.runner import run_text
from kairos.state.kills import place_of
from kairos.state.snapshot import snapshot


class Given:
    """Stands for the link: keeps what was given, and answers with a desk's snapshot."""

    def __init__(self, events: list[Event]) -> None:
        self.commands: list[Command] = []
        self.events = events

    def give(self, _config_path: Path, _user: str, *commands: Command) -> None:
        self.commands += commands

    def __enter__(self) -> Given:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def snapshot(self, reference_only: bool = False) -> tuple[list[Event], int]:
        return [event for event in self.events if is_told(event, reference_only)], 0


def told_of(text: str) -> list[Event]:
    outcome = run_text(text, "setup")
    assert outcome.passed, outcome.problem
    return snapshot(outcome.world.desk, outcome.world.now_ns)


DESK = """
submit X BUY 1000 @ 1000
submit Y BUY 1000 @ 1000
venue ack R1
kill firm text "stop it" by rita
venue canceled R1-1
kill venue:XTAI word "line is fine" by rita
policy LIMIT expires 10m by ada
limits A1 qty 200000 by rita
release firm by rita
"""


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    stand_in = Given(told_of(DESK))
    for file in (kill_file, approve_file):
        monkeypatch.setattr(file, "give", stand_in.give)
        monkeypatch.setattr(file, "open_link", lambda *_: stand_in)
    return stand_in


def run(command: object, *args: str, answer: str = "") -> str:
    result = CliRunner().invoke(command, [*args, "--user", "rita"], input=answer)  # type: ignore[arg-type]
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.parametrize(
    ("args", "place"),
    [
        (("engage", "why"), "firm"),
        (("why so",), "firm"),
        (("engage", "why", "--account", "A1"), "A1"),
        (("engage", "why", "--at", "desk:EQ"), "desk:EQ"),
        (("why", "--at", "trader:tina+instrument:2330.XTAI"), "trader:tina+instrument:2330.XTAI"),
    ],
)
def test_a_kill_is_engaged_where_it_is_said_and_the_word_engage_may_be_left_out(
    given: Given, args: tuple[str, ...], place: str
) -> None:
    assert run(kill_file.kill, *args) == ""
    (command,) = given.commands
    assert isinstance(command, EngageKill)
    assert (place_of(command).spelling(), command.user_id) == (place, "rita")
    assert command.text in ("why", "why so")


def test_a_place_that_is_none_is_an_error_that_names_the_words(given: Given) -> None:
    assert "WORD:ID with a word of account" in run(kill_file.kill, "engage", "why", "--at", "colour:red")
    assert "not both" in run(kill_file.kill, "engage", "why", "--at", "desk:EQ", "--account", "A1")
    assert given.commands == []


@pytest.mark.parametrize(("args", "answer"), [(("--word", "A1"), ""), ((), "A1\n")])
def test_a_release_types_the_word_or_asks_for_it(given: Given, args: tuple[str, ...], answer: str) -> None:
    run(kill_file.kill, "release", "over", "--account", "A1", *args, answer=answer)
    (command,) = given.commands
    assert isinstance(command, ReleaseKill)
    assert (place_of(command).spelling(), command.word, command.text) == ("A1", "A1", "over")


def test_status_tells_since_when_by_whom_why_and_what_is_still_open(given: Given) -> None:
    firm, venue = kills_in(given.events)
    assert kill_in_words(firm) == (
        "firm: engaged 2026-11-23 09:00:00.000000 UTC by rita: stop it (word: firm)\n"
        "  2 orders to cancel: 1 canceled, 0 ended otherwise; still open: 2"
    )
    assert kill_as_json(venue)["routes"] == [2]
    assert kill_as_json(venue)["word"] == "line is fine"
    told = run(kill_file.kill, "status")
    assert told == f"{kill_in_words(firm)}\n{kill_in_words(venue)}\n"


def test_what_waits_is_listed_and_shown_with_the_command_as_it_would_be_given(given: Given) -> None:
    limits, release = approvals_in(given.events)
    assert approval_in_words(limits) == (
        "1 LIMIT by rita, until 2026-11-23 09:10:00.000000 UTC: limits of A1: max_order_qty 100000 to 200000"
    )
    assert approval_as_json(release)["needs_word"] is True
    assert run(approve_file.approve, "list").splitlines() == [approval_in_words(limits), approval_in_words(release)]
    assert '"command": "SetLimits", "account_id": "A1"' in run(approve_file.approve, "show", "1")
    assert "nothing of number 7 waits" in run(approve_file.approve, "show", "7")


def test_yes_and_no_decide_and_a_word_is_asked_for_where_one_is_needed(given: Given) -> None:
    run(approve_file.approve, "yes", "1", "--text", "agreed")
    run(approve_file.approve, "yes", "2", answer="firm\n")
    run(approve_file.approve, "no", "2", "--text", "not yet")
    decisions = [c for c in given.commands if isinstance(c, DecideApproval)]
    assert [(c.approval_id, c.approve, c.word, c.text) for c in decisions] == [
        (1, True, "", "agreed"),
        (2, True, "firm", ""),
        (2, False, "", "not yet"),
    ]


def test_a_policy_names_kinds_their_time_and_the_value_of_trades(given: Given) -> None:
    run(approve_file.approve, "policy", "LIMIT", "trade", "--expires", "5", "--above", "1000")
    (command,) = given.commands
    assert isinstance(command, DefinePolicy)
    assert [(rule.kind, rule.expires_after_ns, rule.notional) for rule in command.rules] == [
        (ApprovalKind.LIMIT, 300_000_000_000, 0),
        (ApprovalKind.TRADE, 300_000_000_000, 1000 * 10**8),
    ]
