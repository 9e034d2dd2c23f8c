"""What kairos.toml says of orders' details: fields of agreements, and what venues are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.test_config_file import SESSION, VENUE, errors_of, load

from kairos.adapters.fix_mapping.venue_details import PASSABLE, USUALLY_PASSED
from kairos.model.enums import NodeKind


def test_nothing_of_an_agreement_is_taken_for_granted(tmp_path: Path) -> None:
    (session,) = load(tmp_path, SESSION).fix.sessions
    assert (session.custom_tags, session.allow_unknown_custom, session.needs_locate) == ((), False, False)
    (venue,) = load(tmp_path, VENUE).venue_sessions
    assert (venue.passes, venue.custom_tags, venue.executing_firm) == (USUALLY_PASSED, (), "")
    assert set(USUALLY_PASSED) < set(PASSABLE)


def test_an_agreement_with_a_client(tmp_path: Path) -> None:
    text = SESSION + "custom_tags = [5001, 9001]\nallow_unknown_custom = true\nneeds_locate = true\n"
    (session,) = load(tmp_path, text).fix.sessions
    assert (session.custom_tags, session.allow_unknown_custom, session.needs_locate) == ((5001, 9001), True, True)


def test_fields_of_an_agreement_may_name_the_strategy_and_the_reason(tmp_path: Path) -> None:
    (session,) = load(tmp_path, SESSION).fix.sessions
    assert (session.strategy_tag, session.reason_tag) == (0, 0)
    (session,) = load(tmp_path, SESSION + "strategy_tag = 5847\nreason_tag = 5848\n").fix.sessions
    assert (session.strategy_tag, session.reason_tag) == (5847, 5848)
    (problem,) = errors_of(tmp_path, SESSION + "strategy_tag = 58\n")
    assert "strategy_tag: 58 is a tag of the standard's" in problem


def test_for_how_much_a_session_may_cancel_at_once(tmp_path: Path) -> None:
    (session,) = load(tmp_path, SESSION).fix.sessions
    assert session.mass_cancel is NodeKind.CLIENT
    (session,) = load(tmp_path, SESSION + 'mass_cancel = "firm"\n').fix.sessions
    assert session.mass_cancel is NodeKind.FIRM
    (problem,) = errors_of(tmp_path, SESSION + 'mass_cancel = "world"\n')
    assert "mass_cancel: 'world' must be 'account' or 'client' or 'firm'" in problem


def test_an_agreement_with_a_venue(tmp_path: Path) -> None:
    text = VENUE + 'pass = ["Text", "Parties"]\ncustom_tags = ["9001", "9002=9102"]\nexecuting_firm = "KAIR"\n'
    (venue,) = load(tmp_path, text).venue_sessions
    assert venue.passes == ("Text", "Parties")
    assert venue.custom_tags == ((9001, 9001), (9002, 9102))
    assert venue.executing_firm == "KAIR"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            SESSION + "custom_tags = [58]\n",
            "custom_tags: 58 is a tag of the standard's; agreements have",
        ),
        (SESSION + "custom_tags = [40000]\n", "40000 is a tag of the standard's"),
        (VENUE + 'custom_tags = ["9001=11"]\n', "11 is a tag of the standard's"),
        (
            VENUE + 'pass = ["OrderCapcity"]\n',
            "'OrderCapcity' is not passed on to venues; did you mean 'OrderCapa",
        ),
    ],
)
def test_what_cant_be_agreed_is_told_with_what_can(tmp_path: Path, text: str, problem: str) -> None:
    (error,) = errors_of(tmp_path, text)
    assert problem in error
