"""The table of fields: each field of each version has a row, and a row that says "honoured" is true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.adapters.mapping_desk import FIX_42, FIX_44, written
from tests.adapters.test_fix_mapping_client_in import ORDER, REPLACE, directory, door

from kairos.adapters.fix_mapping.client_in import command_of
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.rules import (
    HEADER_AND_TRAILER,
    NOT_OFFERED,
    RULES,
    Agreement,
    FieldRule,
    Treatment,
    is_custom,
    refuse_fields,
    rule_of,
)
from kairos.fix.dictionary import load_dictionary
from kairos.fix.specs import Members
from kairos.model.commands import Command

VERSIONS = ["FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4", "FIX.5.0", "FIX.5.0SP1"]
SINGLE_ORDERS = ["D", "G"]
OF_MANY = ["q", "AF"]


def tags_in(members: Members) -> Iterator[int]:
    for member in members.order:
        yield member.tag
        if member.group is not None:
            yield from tags_in(member.group.members)


def body_tags(version: str, msg_type: str) -> list[int]:
    dictionary = load_dictionary(version)
    spec = dictionary.message(msg_type)
    session = HEADER_AND_TRAILER | {*dictionary.header_tags(), *dictionary.trailer_tags()}
    return [] if spec is None else [tag for tag in tags_in(spec.members) if tag not in session]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("msg_type", SINGLE_ORDERS + OF_MANY)
def test_every_field_of_a_message_has_a_row_of_its_own(version: str, msg_type: str) -> None:
    dictionary = load_dictionary(version)
    missing = [dictionary.label(tag) for tag in body_tags(version, msg_type) if tag not in RULES[msg_type]]
    assert missing == []


@pytest.mark.parametrize("msg_type", SINGLE_ORDERS + OF_MANY)
def test_what_fix_5_0_sp2_adds_without_a_row_is_refused_by_name(msg_type: str) -> None:
    """Its extension packs have added some 2,500 fields of instruments and their legs to every order message."""
    added = [tag for tag in body_tags("FIX.5.0SP2", msg_type) if tag not in RULES[msg_type]]
    assert all(rule_of(msg_type, tag).note == NOT_OFFERED for tag in added)
    assert all(not is_custom(tag) for tag in added)


@pytest.mark.parametrize("msg_type", ["F", "H", "Q"])
def test_a_cancel_a_question_and_a_dispute_pass_whatever_else_they_say(msg_type: str) -> None:
    assert Treatment.REFUSED not in {rule.treatment for rule in RULES[msg_type].values()}
    for version in [*VERSIONS, "FIX.5.0SP2"]:
        for tag in body_tags(version, msg_type):
            assert rule_of(msg_type, tag).treatment in (Treatment.HONOURED, Treatment.INFORMATIONAL)


# For each honoured field: fields to add to an order (or to put in the place of its own), of two kinds that must differ.
PARTY = "453=1|448={}|447=D|452=3"
SUB = "453=1|448=A|447=D|452=3|802=1|523={}|803={}"
ALLOC = "78=1|79=ACC|661=99|736=TWD|467={}|80=10"
NESTED = "78=1|79=ACC|539=1|524={}|525={}|538={}|80=10"
NESTED_SUB = "78=1|79=ACC|539=1|524=A|525=D|538=4|804=1|545={}|805={}|80=10"
PAIRS: dict[int, tuple[str, str]] = {
    1: ("1=ACC", "1=ACC2"),
    11: ("11=X1", "11=X2"),
    15: ("15=TWD", "15=USD"),
    18: ("18=1", "18=6"),
    21: ("21=1", "21=3"),
    22: ("22=4|48=TW0002330008|55=[N/A]", "22=1|48=TW0002330008|55=[N/A]"),
    37: ("37=1", "37=2"),
    38: ("38=1", "38=2"),
    40: ("40=1", "40=2"),
    41: ("41=A", "41=B"),
    44: ("44=1", "44=2"),
    47: ("47=A", "47=P"),
    48: ("22=4|48=TW0002330008|55=[N/A]", "22=4|48=US0000000000|55=[N/A]"),
    54: ("54=1", "54=2"),
    55: ("55=2330", "55=2317"),
    58: ("58=a", "58=b"),
    59: ("59=0", "59=1"),
    60: ("60=20261122-08:00:00", "60=20261122-08:00:01"),
    63: ("63=0", "63=1"),
    64: ("63=6|64=20261201", "63=6|64=20261202"),
    75: ("75=20261122", "75=20261121"),
    76: ("76=A", "76=B"),
    77: ("77=O", "77=C"),
    78: ("78=0", ALLOC.format("A")),
    79: (ALLOC.format("A"), ALLOC.format("A").replace("79=ACC", "79=ACC2")),
    80: (ALLOC.format("A"), ALLOC.format("A").replace("80=10", "80=11")),
    99: ("99=1", "99=2"),
    100: ("100=XTAI", "100=XNYS"),
    109: ("109=A", "109=B"),
    110: ("110=1", "110=2"),
    111: ("111=1", "111=2"),
    114: ("114=Y", "114=N"),
    126: ("126=20261123-00:00:00", "126=20261124-00:00:00"),
    152: ("152=10", ""),
    203: ("203=0", "203=1"),
    207: ("207=XTAI", "207=XNYS"),
    229: ("229=20261122", "229=20261121"),
    354: ("354=1|355=a", ""),
    355: ("354=1|355=a", "354=1|355=b"),
    377: ("377=Y", "377=N"),
    432: ("432=20261123", "432=20261124"),
    439: ("439=A", "439=B"),
    440: ("440=A", "440=B"),
    447: (PARTY.format("A"), PARTY.format("A").replace("447=D", "447=B")),
    448: (PARTY.format("A"), PARTY.format("B")),
    452: (PARTY.format("A"), PARTY.format("A").replace("452=3", "452=4")),
    453: (PARTY.format("A"), ""),
    467: (ALLOC.format("A"), ALLOC.format("B")),
    523: (SUB.format("A", "1"), SUB.format("B", "1")),
    524: (NESTED.format("A", "D", "4"), NESTED.format("B", "D", "4")),
    525: (NESTED.format("A", "D", "4"), NESTED.format("A", "B", "4")),
    526: ("526=A", "526=B"),
    528: ("528=A", "528=P"),
    529: ("529=1", "529=2"),
    538: (NESTED.format("A", "D", "4"), NESTED.format("A", "D", "3")),
    539: (NESTED.format("A", "D", "4"), ALLOC.format("A")),
    545: (NESTED_SUB.format("A", "1"), NESTED_SUB.format("B", "1")),
    581: ("581=1", "581=2"),
    582: ("582=1", "582=4"),
    583: ("583=A", "583=B"),
    660: ("660=1", "660=99"),
    661: (ALLOC.format("A"), ALLOC.format("A").replace("661=99", "661=1")),
    736: (ALLOC.format("A"), ALLOC.format("A").replace("736=TWD", "736=USD")),
    802: (SUB.format("A", "1"), PARTY.format("A")),
    803: (SUB.format("A", "1"), SUB.format("A", "2")),
    804: (NESTED_SUB.format("A", "1"), NESTED.format("A", "D", "4")),
    805: (NESTED_SUB.format("A", "1"), NESTED_SUB.format("A", "2")),
}
ONLY_IN_FIX_4_2 = frozenset((47, 76, 109, 439, 440))


def honoured_fields() -> list[tuple[str, FieldRule]]:
    return [
        (msg_type, rule)
        for msg_type in SINGLE_ORDERS
        for rule in RULES[msg_type].values()
        if rule.treatment is Treatment.HONOURED
    ]


def outcome(msg_type: str, tag: int, said: str) -> Command | str:
    """What a message comes to: a command, or the words of its rejection."""
    base = dict(field.split("=", 1) for field in (ORDER if msg_type == "D" else REPLACE).split("|"))
    own = {field.split("=")[0] for field in said.split("|")}
    kept = "|".join(f"{name}={value}" for name, value in base.items() if name not in own | {str(tag)})
    begin_string = FIX_42 if tag in ONLY_IN_FIX_4_2 else FIX_44
    result = command_of(written(begin_string, msg_type, f"{kept}|{said}"), door(begin_string), directory())
    return result.text if isinstance(result, Rejection) else result


@pytest.mark.parametrize(("msg_type", "rule"), honoured_fields(), ids=lambda v: str(getattr(v, "tag", v)))
def test_an_honoured_field_decides_what_we_do(msg_type: str, rule: FieldRule) -> None:
    one, other = (outcome(msg_type, rule.tag, said) for said in PAIRS[rule.tag])
    assert one != other


@pytest.mark.parametrize("tag", [5000, 9999, 39_999])
@pytest.mark.parametrize("msg_type", SINGLE_ORDERS)
def test_a_field_of_an_agreement_is_taken_where_there_is_one(msg_type: str, tag: int) -> None:
    message = written(FIX_44, msg_type, f"{ORDER if msg_type == 'D' else REPLACE}|{tag}=X")
    assert refuse_fields(message, Agreement([tag]))
    assert refuse_fields(message, Agreement(keeps_unknown=True))
    assert f"tag({tag}) 'X' is not supported: no meaning was agreed" in str(outcome(msg_type, tag, f"{tag}=X"))


def test_from_40000_on_tags_are_the_standards_again() -> None:
    message = written(FIX_44, "D", f"{ORDER}|40001=X")
    assert "we do not offer it" in str(outcome("D", 40_001, "40001=X")) and message.has(40_001)
