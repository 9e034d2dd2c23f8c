"""The validator in every version: the rejects of the conformance definitions, and each rule with its switch.

The expectations agree with the verdicts of QuickFIX 1.16.0's DataDictionary::validate, but for two where it is narrower
than the specification: FIX 4.0 and 4.1 let ExecInst(18) hold several values, and LinesOfText(33) of FIX 4.0 counts a
group.
"""

from __future__ import annotations

import pytest
from tests.fix.wire import frame

from kairos.fix.appl_versions import session_dictionary
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.versions import APPL_VERSIONS

STRICT = ValidationRules(allow_user_defined=False)
NOW = "20261122-10:00:00"
HEAD = f"34=2|49=A|52={NOW}|56=B|"
OLD = ["FIX.4.0", "FIX.4.1"]
FIXT = ["FIX.5.0", "FIX.5.0SP1", "FIX.5.0SP2"]
ALL = [*OLD, "FIX.4.2", "FIX.4.3", "FIX.4.4", *FIXT]
CODES = {version: code for code, version in APPL_VERSIONS.items()}

Verdict = tuple[int, int] | None


def judge(body: str, version: str, rules: ValidationRules = STRICT) -> Verdict:
    """(reason, tag) of the violation, or None."""
    begin_string = "FIXT.1.1" if version in FIXT else version
    dictionary = session_dictionary(begin_string, CODES[version])
    violation = validate(parse(frame(body, begin_string)), dictionary, rules)
    return None if violation is None else (violation.reason, violation.ref_tag)


def order(version: str) -> str:
    """TransactTime(60) came with FIX 4.2."""
    return f"35=D|{HEAD}11=ID|21=1|38=100|40=1|54=1|55=INTC|" + ("" if version in OLD else f"60={NOW}|")


def logon(version: str) -> str:
    return f"35=A|{HEAD}98=0|108=30|" + ("1137=9|" if version in FIXT else "")


@pytest.mark.parametrize("version", ALL)
def test_proper_messages_pass(version: str) -> None:
    for body in (order(version), logon(version), f"35=0|{HEAD}", order(version).replace("21=1|", "18=1 G|21=1|")):
        assert judge(body, version) is None


HEARTBEAT_FAULTS: list[tuple[str, Verdict, str]] = [
    ("14a", (0, 999), f"35=0|{HEAD}999=HI|"),
    ("14a", (0, -1), f"35=0|{HEAD}-1=HI|"),
    ("14a", (0, 0), f"35=0|{HEAD}0=HI|"),
    ("14a", (0, 5000), f"35=0|{HEAD}5000=HI|"),
    ("14b", (1, 56), f"35=0|34=2|49=A|52={NOW}|"),
    ("14d", (4, 56), f"35=0|34=2|49=A|52={NOW}|56=|"),
    ("2q", (11, 0), f"35=*|{HEAD}"),
    ("2r", None, f"35=0|{HEAD}112=TEST|"),
]


@pytest.mark.parametrize("version", ALL)
@pytest.mark.parametrize(("definition", "verdict", "body"), HEARTBEAT_FAULTS)
def test_faults_of_any_message(definition: str, verdict: Verdict, body: str, version: str) -> None:
    assert judge(body, version) == verdict, definition


ORDER_FAULTS: list[tuple[str, str, Verdict, str, str]] = [
    ("14b", "required_tags", (1, 11), "11=ID|", ""),
    ("14b", "required_tags", (1, 54), "54=1|", ""),
    ("14c", "message_tags", (2, 37), "54=1|", "37=X|54=1|"),
    ("14d", "values_present", (4, 55), "55=INTC|", "55=|"),
    ("14e", "enum_values", (5, 21), "21=1|", "21=4|"),
    ("14e", "enum_values", (5, 40), "40=1|", "40=Z|"),
    ("14e", "enum_values", (5, 18), "21=1|", "18=BOO|21=1|"),
    ("14f", "data_formats", (6, 38), "38=100|", "38=+200.00|"),
    ("14f", "data_formats", (6, 126), "21=1|", "21=1|126=20040415|"),
    ("14g", "field_order", (14, 34), f"35=D|{HEAD}", f"35=D|55=INTC|{HEAD}"),
    ("14h", "repeated_tags", (13, 40), "40=1|", "40=1|40=2|"),
    ("14a", "defined_tags", (0, 4999), "40=1|", "40=1|4999=x|"),
]


@pytest.mark.parametrize("version", ALL)
@pytest.mark.parametrize(("definition", "rule", "verdict", "old", "new"), ORDER_FAULTS)
def test_each_rule_of_an_order_fires_and_can_be_switched_off(
    definition: str, rule: str, verdict: Verdict, old: str, new: str, version: str
) -> None:
    body = order(version).replace(old, new)
    assert judge(body, version) == verdict, definition
    assert judge(body, version, ValidationRules(**{rule: False})) != verdict


@pytest.mark.parametrize("version", ALL)
def test_unknown_types_pass_where_that_rule_is_switched_off(version: str) -> None:
    assert judge(f"35=*|{HEAD}", version, ValidationRules(msg_types=False)) is None


@pytest.mark.parametrize("version", [version for version in ALL if version not in OLD])
def test_groups_are_counted(version: str) -> None:
    """14i and 21; up to FIX 4.1 an order has no group."""
    body = order(version)
    uncounted = ValidationRules(group_counts=False)
    for count, verdict in [(0, (16, 386)), (1, (16, 386)), (2, None), (3, (16, 386))]:
        counted = body + f"386={count}|336=1|336=2|"
        assert judge(counted, version) == verdict
        assert judge(counted, version, uncounted) is None
    assert judge(body + "386=0|", version) is None


@pytest.mark.parametrize(("version", "count"), [("FIX.4.0", 33), ("FIX.4.1", 33), ("FIX.4.2", 33), ("FIX.5.0", 33)])
def test_the_lines_of_a_news_are_a_group_in_every_version(version: str, count: int) -> None:
    news = f"35=B|{HEAD}" + ("" if version == "FIX.4.0" else "148=x|") + "33=2|58=a|58=b|"
    assert judge(news, version) is None
    assert judge(news.replace("33=2", "33=3"), version) == (16, count)


@pytest.mark.parametrize("version", ["FIX.4.3", "FIX.4.4", *FIXT])
def test_the_order_within_a_group_is_a_rule(version: str) -> None:
    body = order(version) + "453=1|447=D|448=X|452=1|"
    assert judge(body, version) == (15, 447)
    assert judge(body, version, ValidationRules(group_order=False)) != (15, 447)
    body = order(version) + "453=1|448=X|452=1|447=D|"
    assert judge(body, version) == (15, 447)
    assert judge(body, version, ValidationRules(group_order=False)) is None


def report(version: str) -> str:
    return f"35=8|{HEAD}37=1|17=2|150=0|39=0|55=INTC|54=1|151=100|14=0|" + ("6=0|" if version == "FIX.4.4" else "")


@pytest.mark.parametrize("version", ["FIX.4.4", *FIXT])
def test_components_bind_only_where_they_are_required(version: str) -> None:
    """Instrument binds a report; what an optional component or group requires, it requires of its own entries."""
    assert judge(report(version), version) is None
    sides = f"35=AE|{HEAD}571=1|570=N|55=INTC|32=1|31=1|75=20261122|60={NOW}|552=1|54=1|"
    required = {"FIX.4.4": "37=1|"}
    assert judge(sides + required.get(version, ""), version) is None
    if version == "FIX.4.4":
        assert judge(sides, version) == (1, 37)


@pytest.mark.parametrize("version", ["FIX.4.4", *FIXT])
def test_entries_of_nested_groups_are_judged_in_full(version: str) -> None:
    nested = "453=1|448=X|447=D|452=1|802=1|523=a|803=4001|"
    assert judge(order(version) + nested, version) is None
    assert judge(order(version) + nested.replace("803=4001", "803=3999"), version) == (5, 803)
    assert judge(order(version) + nested.replace("802=1", "802=2"), version) == (16, 802)


@pytest.mark.parametrize("version", ["FIX.4.4", *FIXT])
def test_a_group_of_more_than_64_fields_is_judged_to_its_end(version: str) -> None:
    """RelatedSym of a QuoteRequest(R): one bit of a machine word a field would not do."""
    body = f"35=R|{HEAD}131=Q|146=1|55=INTC|58=x|"
    assert judge(body, version) is None
    assert judge(body + "58=y|", version) == (13, 58)


@pytest.mark.parametrize("version", FIXT)
def test_a_logon_over_fixt_names_the_version_of_its_messages(version: str) -> None:
    assert judge(logon(version).replace("1137=9|", ""), version) == (1, 1137)
