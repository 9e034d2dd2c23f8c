"""Each refusal has its FIX fields and a text that can be sent."""

from __future__ import annotations

from kairos.model.refusals import REFUSAL_RULES, Refusal, RefusalCode, describe, fix_text


def test_every_code_has_its_rule_and_a_sentence() -> None:
    assert set(REFUSAL_RULES) == set(RefusalCode)
    for code, rule in REFUSAL_RULES.items():
        assert (rule.text == "") is (code is RefusalCode.NONE)
        assert rule.text.isascii() and len(rule.text) < 100, "fits Text(58) of any counterparty"


def test_a_refusal_is_told_with_its_context() -> None:
    context = (("price", "31.2"), ("reference", "28.41"))
    assert repr(Refusal(RefusalCode.PRICE_COLLAR, context)) == "PRICE_COLLAR price=31.2 reference=28.41"
    assert describe(RefusalCode.KILL, ()) == "KILL"
    assert fix_text(RefusalCode.PRICE_COLLAR, context) == (
        "PRICE_COLLAR: price is outside the collar (price 31.2, reference 28.41)"
    )
    assert fix_text(RefusalCode.RATE, ()) == "RATE: too many requests a second"
