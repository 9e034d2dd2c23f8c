"""Encoded fields: read by MessageEncoding(347), written with their length, refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import DELIVERIES, Delivery, framed

from kairos.fix import tags as t
from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.dictionary import VERSIONS, load_dictionary
from kairos.fix.encodings import decode_text, encode_text
from kairos.fix.errors import FieldError, GarbledError, LocalError
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.writer import BodyWriter

HEAD = b"34=2\x0149=A\x0152=20261122-10:00:00\x0156=B\x01"
NEWS = b"148=x\x0133=1\x0158=x\x01"
TEXTS = [
    ("ISO-2022-JP", "注文"),
    ("EUC-JP", "注文"),
    ("Shift_JIS", "注文"),
    ("UTF-8", "委託單"),
    ("utf-8", "委託單"),
    ("Big5", "委託單"),
    ("GB18030", "委托单"),
    ("EUC-KR", "주문"),
]


def message(encoding: str, data: bytes) -> Message:
    named = b"347=" + encoding.encode() + b"\x01" if encoding else b""
    return parse(framed(b"35=B\x01" + HEAD + named + NEWS + b"354=%d\x01355=%s\x01" % (len(data), data)))


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_an_encoded_text_is_read_and_written_by_its_encoding(encoding: str, text: str) -> None:
    writer = BodyWriter()
    writer.put_encoded(t.ENCODED_TEXT_LEN, t.ENCODED_TEXT, text, encoding)
    data = encode_text(text, encoding)
    assert writer.body() == b"354=%d\x01355=%s\x01" % (len(data), data)
    received = message(encoding, data)
    assert received.get_encoded(t.ENCODED_TEXT) == text
    assert validate(received, load_dictionary("FIX.4.4"), ValidationRules()) is None


def test_an_absent_encoded_text_is_empty() -> None:
    assert parse(framed(b"35=B\x01" + HEAD + NEWS)).get_encoded(t.ENCODED_TEXT) == ""


@pytest.mark.parametrize(
    ("encoding", "data", "reason", "tag", "words"),
    [
        ("", b"x", t.REQUIRED_TAG_MISSING, 347, r"MessageEncoding\(347\) is required with EncodedText\(355\)"),
        ("EBCDIC", b"x", t.VALUE_IS_INCORRECT, 347, r"MessageEncoding\(347\) 'EBCDIC' is not one that we read"),
        ("rot13", b"x", t.VALUE_IS_INCORRECT, 347, "rot13"),
        ("UTF-8", b"\xff", t.INCORRECT_DATA_FORMAT, 355, r"EncodedText\(355\) is not UTF-8"),
        ("Shift_JIS", b"\x81", t.INCORRECT_DATA_FORMAT, 355, "Shift_JIS"),
    ],
)
def test_what_cannot_be_read_is_an_error_of_the_peer(
    encoding: str, data: bytes, reason: int, tag: int, words: str
) -> None:
    with pytest.raises(FieldError, match=words) as caught:
        message(encoding, data).get_encoded(t.ENCODED_TEXT)
    assert (caught.value.reason, caught.value.tag) == (reason, tag)


@pytest.mark.parametrize(("text", "encoding"), [("x", "EBCDIC"), ("委", "US-ASCII"), ("委", "Shift_JIS\x01")])
def test_what_cannot_be_written_is_our_own_error(text: str, encoding: str) -> None:
    with pytest.raises(LocalError):
        BodyWriter().put_encoded(t.ENCODED_TEXT_LEN, t.ENCODED_TEXT, text, encoding)


@given(st.text(), st.sampled_from(["UTF-8", "GB18030"]))
def test_encodings_round_trip(text: str, encoding: str) -> None:
    try:
        data = encode_text(text, encoding)
    except ValueError:
        return
    assert decode_text(data, encoding) == text


@pytest.mark.parametrize("version", VERSIONS)
def test_every_data_field_of_every_version_is_known_to_the_parser(version: str) -> None:
    dictionary = load_dictionary(version)
    data = {tag for tag in range(1, 45_000) if dictionary.field_type(tag) in ("DATA", "XMLDATA")}
    assert data <= set(DATA_TAGS.values())
    for length_tag in DATA_TAGS:
        assert dictionary.field_type(length_tag) in ("", "INT", "LENGTH")


@pytest.mark.parametrize("deliver", DELIVERIES)
@pytest.mark.parametrize(("length_tag", "data_tag"), sorted(DATA_TAGS.items()))
def test_a_data_field_may_hold_any_bytes(length_tag: int, data_tag: int, deliver: Delivery) -> None:
    data = b"\x01=10=000\x00|\xff"
    pair = b"%d=%d\x01%d=%s\x01" % (length_tag, len(data), data_tag, data)
    (raw,) = deliver(framed(b"35=B\x01" + HEAD + NEWS + pair))
    received = parse(raw)
    assert received.bytes_at(received.find(data_tag)) == data


@pytest.mark.parametrize("stated", [1, 2, 7, 9, 100_000, 10**17])
def test_a_data_field_with_a_wrong_length_is_garbled(stated: int) -> None:
    with pytest.raises(GarbledError):
        parse(framed(b"35=B\x01" + HEAD + NEWS + b"95=%d\x0196=a\x01b c\x01de\x01" % stated))
