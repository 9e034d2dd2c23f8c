"""The table of controls: complete, in order of precedence, each with a clause and where it is set."""

from __future__ import annotations

from kairos.model.refusals import REFUSAL_RULES, RefusalCode
from kairos.risk.controls import CONTROLS
from kairos.risk.gate import PRECEDENCE


def test_every_code_of_the_gate_has_its_control() -> None:
    codes = list(RefusalCode)
    gate = codes[codes.index(RefusalCode.KILL) : codes.index(RefusalCode.VENUE_REFUSED)]
    listed = {control.code for control in CONTROLS}
    assert [code for code in gate if code not in listed] == []


def test_they_stand_once_each_in_order_of_precedence() -> None:
    places = [PRECEDENCE[control.code] for control in CONTROLS]
    assert places == sorted(set(places))


def test_each_says_what_it_answers_how_it_is_set_and_what_it_does() -> None:
    for control in CONTROLS:
        assert control.name
        assert control.clauses
        assert control.where
        assert control.doc.endswith(".")
        assert REFUSAL_RULES[control.code].text
