"""The dictionaries: complete, as the specification says, and the same by way of a house's XML."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.fix import tags as t
from kairos.fix.dictionary import VERSIONS, Dictionary, field_label, load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.quickfix_xml import read_quickfix_xml
from kairos.fix.specs import Group, MessageSpec

HOUSE_XML = """<fix type='FIX' major='4' minor='4'>
 <header><field name='BeginString' required='Y'/></header>
 <trailer><field name='CheckSum' required='Y'/></trailer>
 <messages><message name='Ping' msgtype='U1' msgcat='app'>
  <component name='Who' required='Y'/><component name='Where' required='N'/>
  <group name='NoLegs' required='Y'><field name='LegName' required='Y'/><component name='Where' required='Y'/></group>
 </message></messages>
 <components>
  <component name='Who'><field name='Name' required='Y'/></component>
  <component name='Where'><field name='Place' required='Y'/></component>
 </components>
 <fields>
  <field number='8' name='BeginString' type='STRING'/><field number='10' name='CheckSum' type='STRING'/>
  <field number='5001' name='Name' type='String'/>
  <field number='5002' name='Place' type='CHAR'><value enum='A'/></field>
  <field number='5003' name='NoLegs' type='NUMINGROUP'/><field number='5004' name='LegName' type='STRING'/>
  <field number='5005' name='Land' type='STRING'><value enum='XX'/><value enum='ISO Country Code'/></field>
 </fields>
</fix>"""


def message(version: str, msg_type: str) -> MessageSpec:
    spec = load_dictionary(version).message(msg_type)
    assert spec is not None
    return spec


def group(version: str, msg_type: str, count_tag: int) -> Group:
    found = message(version, msg_type).group(count_tag)
    assert found is not None
    return found


COUNTS = [
    ("FIX.4.0", 27, 138),
    ("FIX.4.1", 28, 206),
    ("FIX.4.2", 46, 405),
    ("FIX.4.3", 68, 635),
    ("FIX.4.4", 93, 912),
    ("FIXT.1.1", 8, 74),
]


@pytest.mark.parametrize(("version", "messages", "fields"), COUNTS)
def test_every_message_of_a_version_is_there_and_can_be_built(version: str, messages: int, fields: int) -> None:
    dictionary = load_dictionary(version)
    assert dictionary.version == version
    types = dictionary.message_types()
    assert len(types) == messages
    for msg_type in types:
        spec = message(version, msg_type)
        assert spec.members.find(t.MSG_SEQ_NUM) is not None
        assert set(spec.required_tags()) <= set(spec.allowed_tags())
    assert sum(dictionary.field(tag) is not None for tag in range(2000)) == fields


def test_the_order_of_fix_44_requires_what_its_specification_does() -> None:
    order = message("FIX.4.4", t.NEW_ORDER_SINGLE)
    assert order.name == "NewOrderSingle"
    assert order.required_tags() == [t.CL_ORD_ID, t.ORD_TYPE, t.SIDE, t.TRANSACT_TIME]
    assert {t.ACCOUNT, t.SYMBOL, t.PRICE, t.MAX_FLOOR, t.EXPIRE_TIME, t.NO_PARTY_IDS} <= set(order.allowed_tags())
    assert not {t.MSG_SEQ_NUM, t.AVG_PX, t.PARTY_ID} & set(order.allowed_tags())


def test_the_order_of_fix_42_requires_what_its_specification_does() -> None:
    order = message("FIX.4.2", t.NEW_ORDER_SINGLE)
    assert order.required_tags() == [t.CL_ORD_ID, t.HANDL_INST, t.ORD_TYPE, t.SIDE, t.SYMBOL, t.TRANSACT_TIME]


def test_groups_nest() -> None:
    parties = group("FIX.4.4", t.NEW_ORDER_SINGLE, t.NO_PARTY_IDS)
    assert (parties.count_tag, parties.first_tag) == (t.NO_PARTY_IDS, t.PARTY_ID)
    assert [member.tag for member in parties.members.order] == [448, 447, 452, 802]
    sub_ids = parties.members.order[3].group
    assert sub_ids is not None
    assert [member.tag for member in sub_ids.members.order] == [523, 803]
    assert message("FIX.4.4", t.NEW_ORDER_SINGLE).group(t.SYMBOL) is None


def test_fields_have_name_type_and_values() -> None:
    dictionary = load_dictionary("FIX.4.4")
    assert dictionary.field_name(t.LEAVES_QTY) == "LeavesQty"
    assert dictionary.field_type(t.LEAVES_QTY) == "QTY"
    assert dictionary.field_values(t.HANDL_INST) == {b"1", b"2", b"3"}
    assert dictionary.field_values(t.TEXT) == frozenset()
    assert (dictionary.field(999), dictionary.field_name(999), dictionary.field_type(999)) == (None, "", "")


def test_header_and_trailer() -> None:
    dictionary = load_dictionary("FIX.4.4")
    assert dictionary.header_tags()[:3] == [8, 9, 35]
    assert {t.MSG_SEQ_NUM, t.POSS_DUP_FLAG, t.ORIG_SENDING_TIME, 627} <= set(dictionary.header_tags())
    assert dictionary.trailer_tags() == [93, 89, 10]


def test_an_error_names_a_field_with_its_tag() -> None:
    assert field_label(t.LEAVES_QTY) == "LeavesQty(151)"
    assert field_label(7001) == "tag(7001)"


def test_each_tag_that_the_code_speaks_of_has_the_name_that_fix_gives_it() -> None:
    constants = {name: value for name, value in vars(t).items() if name.isupper() and isinstance(value, int)}
    names = [name for name in constants if name != "USER_DEFINED_TAGS_START"]
    for name in names[: names.index("INVALID_TAG_NUMBER")]:
        assert field_label(constants[name]).upper() == f"{name.replace('_', '')}({constants[name]})"


def test_a_dictionary_is_read_once() -> None:
    assert load_dictionary(VERSIONS[0]) is load_dictionary(VERSIONS[0])


def test_an_unknown_version_is_our_own_error() -> None:
    with pytest.raises(LocalError, match=r"FIX\.4\.9.*there are FIX\.4\.0"):
        load_dictionary("FIX.4.9")


def test_a_houses_xml_becomes_a_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "house.xml"
    path.write_text(HOUSE_XML)
    dictionary = read_quickfix_xml(path)
    ping = dictionary.message("U1")
    assert dictionary.version == "FIX.4.4"
    assert ping is not None
    assert ping.allowed_tags() == [5001, 5002, 5003]
    assert ping.required_tags() == [5001, 5003]
    legs = ping.group(5003)
    assert legs is not None
    assert [member.tag for member in legs.members.required] == [5002, 5004]
    assert dictionary.field_values(5005) == frozenset()


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        ("<fix", "not XML"),
        ("<fix minor='4'/>", "major"),
        (HOUSE_XML.replace("name='LegName' required", "name='Nobody' required"), "Nobody"),
        (HOUSE_XML.replace("number='5001'", "number='x'"), "line"),
        (HOUSE_XML.replace("<field name='Name' required='Y'/>", "<component name='Who'/>"), "Who.*holds itself"),
    ],
)
def test_a_broken_xml_is_refused_by_what_is_wrong(tmp_path: Path, xml: str, word: str) -> None:
    path = tmp_path / "house.xml"
    path.write_text(xml)
    with pytest.raises(LocalError, match=word):
        read_quickfix_xml(path).message("U1")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("field 8 BeginString", "line 1"),
        ("nonsense 1", "nonsense"),
        ("version FIX.4.4\nheader 8\nmessage 0 Heartbeat", "field 8 is not defined"),
        ("version FIX.4.4\nheader @Nobody\nmessage 0 Heartbeat", "component Nobody"),
        ("field 8 A STRING\nheader 8()\nmessage 0 Heartbeat", "no members"),
    ],
)
def test_a_broken_dictionary_is_refused_by_what_is_wrong(text: str, word: str) -> None:
    with pytest.raises(LocalError, match=word):
        Dictionary(text).message("0")
