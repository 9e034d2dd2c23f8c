"""Sessions over FIXT.1.1: the codes of the versions, and dictionaries of two parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fix.wire import frame

from kairos.fix import tags as t
from kairos.fix.appl_versions import (
    appl_ver_id_of,
    join_dictionaries,
    session_dictionary,
    version_of,
)
from kairos.fix.dictionary import VERSIONS, Dictionary, load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.parser import parse
from kairos.fix.quickfix_xml import read_quickfix_xml
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.versions import APPL_VERSIONS

RULES = ValidationRules(allow_user_defined=False)
NOW = "20261122-10:00:00"
HEAD = f"34=2|49=A|52={NOW}|56=B|"
ORDER = f"35=D|{HEAD}11=ID|38=100|40=1|54=1|55=INTC|60={NOW}|"

TRANSPORT_XML = """<fix type='FIXT' major='1' minor='1' servicepack='0'>
 <header><field name='BeginString' required='Y'/><field name='BodyLength' required='Y'/>
  <field name='MsgType' required='Y'/></header>
 <trailer><field name='CheckSum' required='Y'/></trailer>
 <messages><message name='Hello' msgtype='0' msgcat='admin'><field name='Note' required='N'/></message></messages>
 <components/>
 <fields><field number='8' name='BeginString' type='STRING'/><field number='9' name='BodyLength' type='LENGTH'/>
  <field number='10' name='CheckSum' type='STRING'/><field number='35' name='MsgType' type='STRING'/>
  <field number='58' name='Note' type='STRING'/></fields>
</fix>"""
APPLICATION_XML = """<fix type='FIX' major='5' minor='0' servicepack='2'>
 <header/><trailer/><components/>
 <messages><message name='Ping' msgtype='U1' msgcat='app'><field name='Place' required='Y'/></message>
  <message name='Mine' msgtype='0' msgcat='app'><field name='Place' required='Y'/></message></messages>
 <fields><field number='5002' name='Place' type='CHAR'><value enum='A'/></field>
  <field number='8' name='Bottle' type='INT'/></fields>
</fix>"""


def judge(body: str, dictionary: Dictionary) -> tuple[int, int] | None:
    violation = validate(parse(frame(body, "FIXT.1.1")), dictionary, RULES)
    return None if violation is None else (violation.reason, violation.ref_tag)


def test_codes_and_versions_name_each_other() -> None:
    assert version_of("9") == "FIX.5.0SP2"
    assert appl_ver_id_of("FIX.4.2") == "4"
    assert {version_of(appl_ver_id_of(version)) for version in APPL_VERSIONS.values()} == {*VERSIONS} - {"FIXT.1.1"}


@pytest.mark.parametrize("code", ["0", "1", "10", "FIX.5.0", " 9"])
def test_a_code_that_names_no_version_is_our_own_error(code: str) -> None:
    with pytest.raises(LocalError, match=r"ApplVerID\(1128\).*9 \(FIX\.5\.0SP2\)"):
        version_of(code)
    with pytest.raises(LocalError, match=r"ApplVerID\(1128\)"):
        session_dictionary("FIXT.1.1", code)


def test_a_version_without_code_is_our_own_error() -> None:
    with pytest.raises(LocalError, match=r"'FIXT\.1\.1' has no ApplVerID\(1128\)"):
        appl_ver_id_of("FIXT.1.1")


def test_fixt_alone_says_what_to_configure() -> None:
    with pytest.raises(LocalError, match=r"set DefaultApplVerID\(1137\)"):
        session_dictionary("FIXT.1.1")


def test_before_fixt_the_begin_string_decides() -> None:
    assert session_dictionary("FIX.4.2") is session_dictionary("FIX.4.2", "9") is load_dictionary("FIX.4.2")


@pytest.mark.parametrize("code", sorted(APPL_VERSIONS))
def test_every_version_joins_fixt_whole(code: str) -> None:
    """Its own header and administrative messages stay out, and each message of both parts can be built."""
    joined = session_dictionary("FIXT.1.1", code)
    transport = load_dictionary("FIXT.1.1")
    assert joined is session_dictionary("FIXT.1.1", code)
    assert joined.version == "FIXT.1.1"
    assert joined.header_tags() == transport.header_tags()
    assert joined.trailer_tags() == [93, 89, 10]
    assert set(joined.message_types()) == {
        *transport.message_types(),
        *load_dictionary(version_of(code)).message_types(),
    }
    for msg_type in joined.message_types():
        spec = joined.message(msg_type)
        assert spec is not None
        assert spec.members.find(t.APPL_VER_ID) is not None
        assert spec.members.find(t.CHECK_SUM) is not None
    logon = joined.message(t.LOGON)
    assert logon is not None
    assert t.DEFAULT_APPL_VER_ID in logon.required_tags()


@pytest.mark.parametrize("code", ["7", "8", "9"])
def test_messages_are_judged_by_both_parts(code: str) -> None:
    joined = session_dictionary("FIXT.1.1", code)
    assert judge(ORDER, joined) is None
    assert judge(ORDER.replace("35=D|", "35=D|1128=9|"), joined) is None
    assert judge(ORDER.replace("35=D|", "35=D|1128=x|"), joined) == (5, 1128)
    assert judge(ORDER + "1128=9|", joined) == (14, 1128)
    assert judge(ORDER.replace("60=", "9999=x|60="), joined) == (0, 9999) if code != "9" else True
    assert judge(ORDER.replace("54=1|", ""), joined) == (1, 54)
    assert judge(f"35=A|{HEAD}98=0|108=30|", joined) == (1, 1137)
    assert judge(f"35=A|{HEAD}98=0|108=30|384=2|372=D|385=S|1130=9|372=8|385=R|1410=Y|1137=9|", joined) is None
    assert judge(f"35=*|{HEAD}", joined) == (11, 0)


def test_a_tag_is_undefined_when_the_part_that_has_the_message_lacks_it() -> None:
    """As QuickFIX has it: Symbol(55) is no tag of FIXT.1.1, nor SessionStatus(1409) one of FIX 5.0."""
    joined = session_dictionary("FIXT.1.1", "7")
    assert judge(f"35=0|{HEAD}55=INTC|", joined) == (0, 55)
    assert judge(ORDER + "1409=0|", joined) == (0, 1409)
    assert judge(ORDER + "297=0|", joined) == (2, 297)


def test_a_houses_two_files_join(tmp_path: Path) -> None:
    """Header fields and administrative messages of the transport win."""
    (tmp_path / "transport.xml").write_text(TRANSPORT_XML)
    (tmp_path / "application.xml").write_text(APPLICATION_XML)
    transport = read_quickfix_xml(tmp_path / "transport.xml")
    application = read_quickfix_xml(tmp_path / "application.xml")
    assert (transport.version, application.version) == ("FIXT.1.1", "FIX.5.0SP2")
    joined = join_dictionaries(transport, application)
    assert joined.message_types() == ["0", "U1"]
    assert joined.field_name(8) == "BeginString"
    assert joined.label(5002) == "Place(5002)"
    ping = joined.message("U1")
    hello = joined.message("0")
    assert ping is not None
    assert hello is not None
    assert [member.tag for member in ping.members.order] == [8, 9, 35, 5002, 10]
    assert (ping.name, hello.name, hello.allowed_tags()) == ("Ping", "Hello", [58])
    assert judge("35=U1|5002=A|", joined) is None
    assert judge("35=U1|5002=B|", joined) == (5, 5002)


def test_the_parts_in_the_wrong_order_are_our_own_error() -> None:
    with pytest.raises(LocalError, match=r"FIX\.5\.0 has no header"):
        join_dictionaries(load_dictionary("FIX.5.0"), load_dictionary("FIXT.1.1"))
