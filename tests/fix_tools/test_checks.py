"""A broken message is refused with every reason that can be told; what is sound is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fix_tools.samples import codes, logon, message, order, read

from kairos.fix_tools.analysis import State
from kairos.fix_tools.dictionaries import Dictionaries
from kairos.fix_tools.fields import MASK

BROKEN = Path(__file__).parent / "logs" / "broken.log"
EXPECTED = {
    "wrong checksum": (State.GARBLED, "CHECK_SUM: CheckSum(10) says 000, the bytes sum to 203"),
    "wrong length": (State.GARBLED, "BODY_LENGTH: BodyLength(9) says 121, the body has 122 bytes"),
    "no checksum": (State.GARBLED, "CHECK_SUM: CheckSum(10) is missing: the message is cut short, or its last fields"),
    "cut short": (State.GARBLED, "CHECK_SUM: CheckSum(10) is missing"),
    "no head": (State.GARBLED, "HEAD: BeginString(8) and BodyLength(9) missing"),
    "head order": (State.GARBLED, "HEAD: the first fields must be BeginString(8), BodyLength(9), MsgType(35)"),
    "no field": (State.GARBLED, "NOT_A_FIELD: field 16 is not tag=value: 'junk'"),
    "anonymised": (State.GARBLED, "CHECK_SUM: CheckSum(10) is '0', not three digits; the bytes sum to 209"),
    "unknown version": (State.REJECTED, "UNKNOWN_VERSION: there is no dictionary for BeginString(8) 'FIX.4.9'"),
    "unknown type": (State.REJECTED, "INVALID_MSG_TYPE: FIX.4.4 has no message of MsgType(35) 'ZZ'"),
    "required": (State.REJECTED, "REQUIRED_TAG_MISSING: Side(54) is required and missing"),
    "bad value": (State.REJECTED, "VALUE_IS_INCORRECT: Side(54) is 'Q', allowed are 1, 2, 3, 4,"),
    "bad types": (State.REJECTED, "INCORRECT_DATA_FORMAT: StopPx(99) is '1,5', not well formed for its type PRICE"),
    "wrong message": (
        State.REJECTED,
        "TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE: CumQty(14) does not belong in NewOrderSingle(D)",
    ),
    "unknown tag": (State.REJECTED, "INVALID_TAG_NUMBER: tag(4999) is not defined in FIX.4.4"),
    "empty": (State.REJECTED, "TAG_SPECIFIED_WITHOUT_A_VALUE: Text(58)"),
    "twice": (State.REJECTED, "TAG_APPEARS_MORE_THAN_ONCE: Text(58)"),
    "group count": (State.REJECTED, "INCORRECT_NUM_IN_GROUP_COUNT: NoPartyIDs(453) says '2', but 1 entries follow"),
    "group order": (State.REJECTED, "GROUP_FIELDS_OUT_OF_ORDER: PartyIDSource(447)"),
    "own tag, valid": (State.VALID, ""),
    "header in body": (State.REJECTED, "TAG_OUT_OF_REQUIRED_ORDER: SenderSubID(50)"),
}


def test_each_way_to_be_broken_is_named() -> None:
    messages = read(BROKEN.read_bytes())
    assert [message.found.prefix.decode().rstrip(":") for message in messages] == list(EXPECTED)
    for read_message, (name, (state, reason)) in zip(messages, EXPECTED.items(), strict=True):
        said = [f"{problem.code}: {problem.text}" for problem in read_message.problems]
        assert read_message.state is state, (name, said)
        assert any(each.startswith(reason) for each in said) if reason else not said, (name, said)


def test_all_reasons_are_told_not_only_the_first() -> None:
    text = message("35=F|34=2|49=A|56=B|52=soon|11=X|14=1|55=|4999=1|60=20261122-09:30:00|")
    text = text[:-4] + b"000\x01"
    (found,) = codes(text)
    assert sorted(set(found)) == [
        "CHECK_SUM",
        "INCORRECT_DATA_FORMAT",
        "INVALID_TAG_NUMBER",
        "REQUIRED_TAG_MISSING",
        "TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE",
        "TAG_SPECIFIED_WITHOUT_A_VALUE",
    ]
    assert found.count("REQUIRED_TAG_MISSING") == 2  # Side(54), OrigClOrdID(41)


@pytest.mark.parametrize("version", ["FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4"])
def test_each_version_has_its_dictionary(version: str) -> None:
    text = "35=D|34=2|49=A|56=B|52=20261122-09:30:00|11=A1|21=1|55=IBM|54=1|38=100|40=2|44=28.41|"
    text += "60=20261122-09:30:00|" if version > "FIX.4.1" else ""
    assert codes(message(text, version)) == [[]]
    assert codes(message(text + "1138=5|", version)) == [["INVALID_TAG_NUMBER"]]


def _fixt_order(more: str = "") -> bytes:
    text = f"35=D|34=2|49=A|56=B|52=20261122-09:30:00|{more}11=A1|55=IBM|54=1|60=20261122-09:30:00|38=1|40=1|1138=5|"
    return message(text, "FIXT.1.1")


def _fixt_logon(appl_ver_id: str) -> bytes:
    return message(f"35=A|34=1|49=B|56=A|52=20261122-09:30:00|98=0|108=30|1137={appl_ver_id}|", "FIXT.1.1")


def test_over_fixt_the_logon_says_what_the_messages_mean() -> None:
    """DisplayQty(1138) came with FIX 5.0 SP1; ApplVerID(1128) in a header counts before the Logon's default."""
    assert codes(_fixt_order()) == [[]], "without a Logon the latest version"
    assert codes(_fixt_logon("9") + _fixt_order()) == [[], []]
    assert codes(_fixt_logon("6") + _fixt_order()) == [[], ["INVALID_TAG_NUMBER"]]
    assert codes(_fixt_logon("6") + _fixt_order("1128=9|")) == [[], []]
    assert [each.choice.version for each in read(_fixt_logon("7") + _fixt_order())] == ["FIX.5.0", "FIX.5.0"]


def test_a_house_dictionary_takes_the_place_of_the_standard_one(tmp_path: Path) -> None:
    house = tmp_path / "HOUSE44.xml"
    house.write_text(
        '<fix type="FIX" major="4" minor="4"><header><field name="BeginString" required="Y"/>'
        '<field name="BodyLength" required="Y"/><field name="MsgType" required="Y"/></header>'
        '<messages><message name="Hello" msgtype="U1" msgcat="app">'
        '<field name="Mood" required="Y"/></message></messages>'
        '<trailer><field name="CheckSum" required="Y"/></trailer><components/><fields>'
        '<field number="8" name="BeginString" type="STRING"/><field number="9" name="BodyLength" type="LENGTH"/>'
        '<field number="35" name="MsgType" type="STRING"/><field number="10" name="CheckSum" type="STRING"/>'
        '<field number="7001" name="Mood" type="CHAR"><value enum="J" description="JOLLY"/></field>'
        "</fields></fix>"
    )
    dictionaries = Dictionaries(house)
    (hello, odd) = read(message("35=U1|7001=J|") + message("35=U1|7001=K|"), dictionaries)
    assert hello.name == "Hello(U1)" and not hello.problems
    assert dictionaries.meanings.of(7001, "J") == "JOLLY"
    assert [problem.text for problem in odd.problems] == ["Mood(7001) is 'K', allowed are J"]


def test_secrets_are_masked_in_values_and_in_reasons() -> None:
    texts = [logon(more="553=desk|554=hunter2|925=hunter2|95=7|96=hunter2|"), logon(more="554=hunter2|554=hunter2|")]
    for each in read(b"".join(texts)):
        shown = [each.fields.text(field) for field in each.fields.all] + [problem.text for problem in each.problems]
        assert MASK in shown and "hunter2" not in str(shown)


def test_an_order_is_sound_as_samples_write_it() -> None:
    assert codes(order()) == [[]]
