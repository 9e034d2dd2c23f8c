"""The validator: one violation a rule, their precedence, and the texts that the conformance definitions expect."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import DELIVERIES, Delivery, closed, frame, frames_of

from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import GarbledError
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, Violation, validate

ALL = ValidationRules()
STRICT = ValidationRules(allow_user_defined=False)
NOW = "20261122-10:00:00"
HEAD = f"34=2|49=A|52={NOW}|56=B|"
ORDER = f"35=D|{HEAD}11=ID|21=1|38=100|40=1|54=1|55=INTC|60={NOW}|"
BOOK = f"35=W|{HEAD}55=INTC|268=2|269=0|270=1.5|271=100|269=1|270=1.6|"


def judge(body: str, rules: ValidationRules = ALL, version: str = "FIX.4.4") -> tuple[int, int] | None:
    """(reason, tag) of the violation, or None."""
    violation = validate(parse(frame(body, version)), load_dictionary(version), rules)
    return None if violation is None else (violation.reason, violation.ref_tag)


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_a_proper_message_passes(deliver: Delivery) -> None:
    for body in (ORDER, BOOK, f"35=0|{HEAD}", f"35=A|{HEAD}98=0|108=30|"):
        (raw,) = deliver(frame(body))
        assert validate(parse(raw), load_dictionary("FIX.4.4"), STRICT) is None


FAULTS = [
    ("field_order", (14, 34), f"35=D|55=INTC|{HEAD}11=ID|40=1|54=1|60={NOW}|"),
    ("required_tags", (1, 56), f"35=0|34=2|49=A|52={NOW}|"),
    ("required_tags", (1, 11), ORDER.replace("11=ID|", "")),
    ("repeated_tags", (13, 40), ORDER.replace("40=1|", "40=1|40=2|")),
    ("repeated_tags", (13, 270), BOOK.replace("270=1.6|", "270=1.6|270=1.6|")),
    ("values_present", (4, 56), f"35=0|34=2|49=A|52={NOW}|56=|"),
    ("values_present", (4, 7001), ORDER + "7001=|"),
    ("data_formats", (6, 38), ORDER.replace("38=100", "38=+200.00")),
    ("data_formats", (6, 126), ORDER + "126=20040415|"),
    ("enum_values", (5, 21), ORDER.replace("21=1", "21=4")),
    ("enum_values", (5, 167), ORDER + "167=BOO|"),
    ("enum_values", (5, 18), ORDER + "18=G @|"),
    ("defined_tags", (0, 999), f"35=0|{HEAD}999=HI|"),
    ("defined_tags", (0, 0), f"35=0|{HEAD}0=HI|"),
    ("defined_tags", (0, -1), f"35=0|{HEAD}-1=HI|"),
    ("message_tags", (2, 55), f"35=0|{HEAD}55=MSFT|"),
    ("group_order", (15, 270), BOOK.replace("270=1.5|271=100|", "271=100|270=1.5|")),
    ("group_order", (15, 270), BOOK.replace("268=2|269=0|270=1.5|", "268=2|270=1.5|269=0|")),
    ("group_counts", (16, 386), ORDER + "386=3|336=1|336=2|"),
    ("group_counts", (16, 386), ORDER + "386=1|336=1|336=2|"),
    ("group_counts", (16, 386), ORDER + "386=0|336=1|"),
    ("group_counts", (16, 386), ORDER + "386=1|"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "violation", "body"), FAULTS)
def test_each_rule_fires_and_can_be_switched_off(rule: str, violation: tuple[int, int], body: str) -> None:
    assert judge(body) == violation
    assert judge(body, ValidationRules(**{rule: False})) != violation


def test_an_unknown_msg_type_is_a_violation_without_a_tag() -> None:
    message = parse(frame(f"35=*|{HEAD}"))
    violation = validate(message, load_dictionary("FIX.4.4"), ALL)
    assert violation is not None
    assert (violation.reason, violation.has_ref_tag, violation.text) == (11, False, "Invalid MsgType")
    assert validate(message, load_dictionary("FIX.4.4"), ValidationRules(msg_types=False)) is None


@pytest.mark.parametrize(
    ("violation", "body"),
    [
        ((14, 34), f"35=D|55=INTC|21=9|{HEAD}"),
        ((1, 54), ORDER.replace("54=1|", "").replace("21=1", "21=9")),
        ((1, 11), ORDER.replace("54=1|", "").replace("11=ID|", "")),
        ((13, 40), ORDER.replace("40=1|", "40=1|40=|")),
        ((4, 55), f"35=0|{HEAD}55=|"),
        ((6, 38), f"35=0|{HEAD}38=x|"),
        ((5, 54), f"35=0|{HEAD}54=X|"),
        ((5, 21), ORDER.replace("21=1", "21=9") + "999=x|"),
        ((5, 21), ORDER.replace("11=ID|", "11=ID|999=x|").replace("21=1", "21=9")),
        ((4, 115), ORDER.replace("11=ID|", "11=|").replace("35=D|", "35=D|115=|")),
    ],
)
def test_of_several_violations_the_first_in_precedence_is_reported(violation: tuple[int, int], body: str) -> None:
    assert judge(body) == violation


def test_user_defined_tags_pass_unless_the_session_forbids_them() -> None:
    body = ORDER + "5000=HI|"
    assert judge(body) is None
    assert judge(body, STRICT) == (0, 5000)
    assert judge(BOOK.replace("271=100|", "7001=x|271=100|")) is None
    assert judge(BOOK.replace("271=100|", "7001=x|271=100|"), STRICT) is not None
    assert judge(BOOK + "7001=x|") is None


@pytest.mark.parametrize("values", ["18=G|", "18=G 1 2|"])
def test_a_field_of_several_values_may_hold_each_allowed_one(values: str) -> None:
    assert judge(ORDER + values) is None


def test_each_entry_of_a_group_needs_its_required_fields() -> None:
    """FIX 4.2's snapshot requires MDEntryPx(270) of every entry; FIX 4.4's does not."""
    body = f"35=W|{HEAD}55=INTC|268=2|269=0|270=1.5|269=1|271=100|"
    assert judge(body, version="FIX.4.2") == (1, 270)
    assert judge(body, ValidationRules(required_tags=False), "FIX.4.2") is None
    assert judge(body, version="FIX.4.4") is None


def test_a_group_may_be_empty() -> None:
    assert judge(ORDER + "386=0|") is None


NESTED = "453=2|448=X|447=D|452=1|802=2|523=a|803=1|523=b|803=2|448=Y|447=D|452=3|"


def test_a_house_s_own_fields_inside_an_entry_belong_to_it_however_many() -> None:
    """Thousands of them: were each to look for the end of the run, one message would take seconds."""
    own = "".join(f"{tag}=x|" for tag in range(5000, 25_000))
    assert judge(f"{ORDER}453=1|448=a|{own}447=D|") is None
    assert judge(f"{ORDER}453=1|448=a|{own}58=x|447=D|") == (2, 447)


@pytest.mark.parametrize(
    ("violation", "parties"),
    [
        (None, NESTED),
        ((16, 802), NESTED.replace("802=2", "802=3")),
        ((16, 453), NESTED.replace("453=2", "453=1")),
        ((15, 447), NESTED.replace("448=X|447=D|", "447=D|448=X|").replace("453=2", "453=2")),
        ((15, 447), NESTED.replace("447=D|452=1|", "452=1|447=D|")),
        ((6, 453), NESTED.replace("453=2", "453=x")),
        ((5, 452), NESTED.replace("452=1|", "452=999|")),
    ],
)
def test_nested_groups_are_judged_at_every_level(violation: tuple[int, int] | None, parties: str) -> None:
    assert judge(ORDER + parties) == violation


@given(
    st.lists(
        st.sampled_from([*re.findall(r"[^|]+\|", ORDER + NESTED), "268=1|", "999=|", "7001=x|", "=|"]), max_size=30
    )
)
def test_any_order_of_fields_is_judged_without_an_error(fields: list[str]) -> None:
    try:
        message = parse(frame("35=D|" + "".join(fields)))
    except GarbledError:
        return
    for rules in (ALL, STRICT, ValidationRules(group_order=False, required_tags=False, field_order=False)):
        violation = validate(message, load_dictionary("FIX.4.4"), rules)
        assert violation is None or violation.text


def dialogue(definition: Path) -> list[tuple[str, str]]:
    """The messages that a definition sends, each with the one that it expects in answer."""
    lines = definition.read_text("iso-8859-1").splitlines()
    found = [line for line in lines if line[:1] in ("I", "E")]
    return [(found[i], found[i + 1]) for i in range(len(found) - 1) if found[i][0] == "I" and found[i + 1][0] == "E"]


def expected(reject: str) -> tuple[str, str, str]:
    """(373, 371, 58) of a Reject(3); FIX 4.2 leaves 373 out where its own list ends."""
    fields = dict(field.split("=", 1) for field in reject[1:].split("\x01")[:-1])
    return fields.get("373", ""), fields.get("371", ""), fields.get("58", "")


def told(violation: Violation | None) -> tuple[str, str, str]:
    if violation is None:
        return "", "", ""
    return str(violation.reason), str(violation.ref_tag) if violation.has_ref_tag else "", violation.text


DEFINITIONS = [
    "14a_BadField",
    "14b_RequiredFieldMissing",
    "14c_TagNotDefinedForMsgType",
    "14d_TagSpecifiedWithoutValue",
    "14e_IncorrectEnumValue",
    "14f_IncorrectDataFormat",
    "14g_HeaderBodyTrailerFieldsOutOfOrder",
    "14h_RepeatedTag",
    "14i_RepeatingGroupCountNotEqual",
    "15_HeaderAndBodyFieldsOrderedDifferently",
    "21_RepeatingGroupSpecifierWithValueOfZero",
    "2q_MsgTypeNotValid",
    "ReverseRoute",
    "ReverseRouteWithEmptyRoutingTags",
]


@pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.4"])
@pytest.mark.parametrize("name", DEFINITIONS)
def test_quickfix_definitions_get_the_rejects_that_they_expect(
    shared_data: Callable[[str], Path], version: str, name: str
) -> None:
    folder = shared_data("fix_acceptance") / version.replace("FIX.", "fix").replace(".", "")
    exchanges = dialogue(folder / f"{name}.def")
    assert len(exchanges) >= 3
    for sent, answer in exchanges:
        raw = re.sub("<TIME[^>]*>", NOW, sent[1:])
        body = raw[raw.index("35=") :].replace("\x01", "|")
        violation = validate(parse(frame(body, version)), load_dictionary(version), STRICT)
        told_reason, told_tag, told_text = told(violation)
        reason, tag, text = expected(answer) if "\x0135=3\x01" in answer else ("", "", "")
        assert (told_tag, told_text) == (tag, text), sent
        assert reason in ("", told_reason) if version == "FIX.4.2" else reason == told_reason


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("quickfixj-testserver/FIX.4.2-BANZAI-STREAMBASE.body", "FIX.4.2"),
        ("fix-log-to-orchestra/FIX.4.2-KOD-BON.messages.current.log", "FIX.4.2"),
    ],
)
def test_real_logs_are_valid(shared_data: Callable[[str], Path], name: str, version: str) -> None:
    data = (shared_data("fix_logs") / name).read_bytes()
    dictionary = load_dictionary(version)
    frames = frames_of(*(data[i : i + 4096] for i in range(0, len(data), 4096)))
    assert len(frames) > 200
    violations = [violation.text for raw in frames if (violation := validate(parse(raw), dictionary, ALL)) is not None]
    assert violations == []


def test_an_empty_message_misses_its_header() -> None:
    message = parse(closed(b"8=FIX.4.4\x019=5\x0135=0\x01"))
    violation = validate(message, load_dictionary("FIX.4.4"), ALL)
    assert violation is not None
    assert (violation.reason, violation.ref_tag) == (1, 34)
