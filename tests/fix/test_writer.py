"""The writer: what it writes, the parser reads; what FIX can't carry, it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import DELIVERIES, Delivery, closed, frame, soh

from kairos.fix import tags as t
from kairos.fix.envelope import Envelope
from kairos.fix.errors import LocalError
from kairos.fix.parser import parse
from kairos.fix.session_config import SessionConfig
from kairos.fix.values import format_utc
from kairos.fix.writer import BodyWriter, encode_frame

NOW = 1_790_000_000_123_456_789
TIME = format_utc(NOW)


def test_a_body_is_its_fields_in_the_order_in_which_they_were_put() -> None:
    body = BodyWriter()
    body.put_str(t.CL_ORD_ID, "ID")
    body.put_int(t.ORDER_QTY, 1000)
    body.put_int(t.CUM_QTY, 0)
    body.put_decimal(t.PRICE, 2_841_000_000, 8)
    body.put_utc(t.TRANSACT_TIME, NOW)
    body.put_bool(t.POSS_RESEND, True)
    body.put_bool(t.GAP_FILL_FLAG, False)
    body.put_bytes(9999, b"x")
    expected = soh("11=ID|38=1000|14=0|44=28.41|60=20260921-14:13:20.123|97=Y|123=N|9999=x|")
    assert body.body() == expected


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_header_fields_ascend_and_length_and_checksum_are_true(deliver: Delivery) -> None:
    raw = encode_frame(
        "FIX.4.4", "8", 7, "KAIROS", "CLIENT", TIME, soh("37=1|"), True, TIME, True, soh("128=X|50=DESK|57=Y|")
    )
    stamp = TIME.decode()
    text = f"35=8|34=7|43=Y|49=KAIROS|50=DESK|52={stamp}|56=CLIENT|57=Y|97=Y|122={stamp}|128=X|37=1|"
    assert raw == frame(text)
    assert deliver(raw) == [raw]
    assert parse(raw).seq_num == 7


def test_the_optional_header_fields_stay_away() -> None:
    raw = encode_frame("FIX.4.2", "0", 1, "A", "B", TIME, b"")
    assert raw == frame(f"35=0|34=1|49=A|52={TIME.decode()}|56=B|", begin_string="FIX.4.2")


def test_a_data_field_follows_its_length_and_may_hold_any_byte() -> None:
    body = BodyWriter()
    body.put_data(t.RAW_DATA_LENGTH, t.RAW_DATA, b"a\x01b=\x00")
    message = parse(encode_frame("FIX.4.4", "B", 1, "A", "B", TIME, body.body()))
    assert message.bytes_at(message.find(t.RAW_DATA)) == b"a\x01b=\x00"


@pytest.mark.parametrize(
    ("put", "word"),
    [
        (lambda body: body.put_str(58, ""), "empty"),
        (lambda body: body.put_bytes(58, b""), "empty"),
        (lambda body: body.put_data(95, 96, b""), "empty"),
        (lambda body: body.put_str(58, "a\x01b"), "SOH"),
        (lambda body: body.put_bytes(58, b"\x01"), "SOH"),
        (lambda body: body.put_str(58, "台積電"), "ISO-8859-1"),
        (lambda body: body.put_decimal(44, 10**18, 8), "18 digits"),
        (lambda body: body.put_decimal(44, 1, 19), "18 digits"),
        (lambda body: body.put_int(0, 1), "positive"),
    ],
)
def test_what_fix_cannot_carry_is_our_own_error_and_names_the_tag(put: Callable[[BodyWriter], None], word: str) -> None:
    body = BodyWriter()
    with pytest.raises(LocalError, match=word) as caught:
        put(body)
    assert str(caught.value).startswith("tag ")
    assert body.body() == b""


@pytest.mark.parametrize(
    "encode",
    [
        lambda: encode_frame("FIX.4.4", "0", 1, "", "B", TIME, b""),
        lambda: encode_frame("FIX.4.4", "", 1, "A", "B", TIME, b""),
        lambda: encode_frame("FIX.4.4", "0", 1, "A", "B\x01", TIME, b""),
        lambda: encode_frame("FIX.4.4", "0", 1, "A", "B", b"", b""),
        lambda: encode_frame("FIX.4.4", "0", 1, "A", "B", TIME, b"58=x"),
        lambda: encode_frame("FIX.4.4", "0", 1, "A", "B", TIME, b"", extra_header=b"128=x"),
        lambda: encode_frame("FIX.4.4", "0", 1, "A", "B", TIME, b"", extra_header=b"128\x01"),
    ],
)
def test_a_frame_that_the_peer_would_find_garbled_is_not_written(encode: Callable[[], bytes]) -> None:
    with pytest.raises(LocalError):
        encode()


@pytest.mark.parametrize("length", [1, 2, 5, 6, 7, 40])
@pytest.mark.parametrize(("bad", "word"), [("\x01", "SOH"), ("\u0100", "ISO-8859-1"), ("台", "ISO-8859-1")])
def test_a_text_of_any_length_is_written_whole_or_not_at_all(length: int, bad: str, word: str) -> None:
    body = BodyWriter()
    good = "\xe9" * length
    body.put_str(t.TEXT, good)
    for at in range(length):
        with pytest.raises(LocalError, match=word):
            body.put_str(t.TEXT, good[:at] + bad + good[at + 1 :])
    assert body.body() == b"58=" + good.encode("iso-8859-1") + b"\x01"


NAMES = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)


@given(
    st.sampled_from(["0", "8", "AE", "U12"]),
    st.integers(1, 10**9),
    NAMES,
    NAMES,
    st.sampled_from(["", "DESK"]),
    st.sampled_from(["", "F5"]),
    st.binary(max_size=600).map(lambda data: data + b"\x01"),
)
def test_what_a_session_writes_is_what_the_general_writer_does(
    msg_type: str, seq: int, sender: str, target: str, sub_id: str, location: str, body: bytes
) -> None:
    config = SessionConfig("FIX.4.4", sender, target, sender_sub_id=sub_id, target_location_id=location)
    expected = encode_frame("FIX.4.4", msg_type, seq, sender, target, TIME, body, extra_header=config.names_header)
    assert Envelope(config).original(msg_type, seq, TIME, body, False, b"") == expected
    assert expected == closed(expected[:-7])


def test_a_session_writes_no_body_that_does_not_end() -> None:
    with pytest.raises(LocalError, match="SOH"):
        Envelope(SessionConfig("FIX.4.4", "A", "B")).original("8", 1, TIME, b"58=x", False, b"")


TEXT = st.text(st.characters(max_codepoint=255, exclude_characters="\x01"), min_size=1, max_size=20)


@given(
    st.lists(st.tuples(st.integers(400, 9000).filter(lambda tag: tag not in range(440, 2000)), TEXT), max_size=12),
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.integers(0, 18),
    st.integers(1, 10**18 - 1),
)
def test_what_is_written_is_read_back(fields: list[tuple[int, str]], number: int, decimals: int, seq: int) -> None:
    body = BodyWriter()
    for tag, text in fields:
        body.put_str(tag, text)
    body.put_decimal(t.PRICE, number, decimals)
    body.put_int(t.CUM_QTY, number)
    message = parse(encode_frame("FIX.4.4", "8", seq, "A", "B", TIME, body.body()))
    first = message.find(t.TARGET_COMP_ID) + 1
    assert [(message.tags[first + i], message.text_at(first + i)) for i in range(len(fields))] == fields
    assert message.get_decimal(t.PRICE, decimals) == number
    assert message.get_int(t.CUM_QTY) == number
    assert message.seq_num == seq


@pytest.mark.parametrize("tag", [1, 9, 10, 99, 100, 999, 1000, 99_999])
@pytest.mark.parametrize("size", range(1, 12))
def test_fields_of_every_width_are_written_whole(tag: int, size: int) -> None:
    """Short ones are put together as one word or two."""
    text, number = "\xff" * size, int("9876543210123"[:size])
    body = BodyWriter()
    body.put_str(tag, text)
    body.put_int(tag, number)
    body.put_int(tag, -number)
    assert body.body() == f"{tag}={text}\x01{tag}={number}\x01{tag}=-{number}\x01".encode("iso-8859-1")


@pytest.mark.parametrize("text", ["\x01", "a\x01", "\u0100", "abc\u9999", "abcdefg\x01", "abcdefgh\u0100"])
def test_of_a_text_that_fix_can_not_carry_nothing_is_written(text: str) -> None:
    body = BodyWriter()
    body.put_str(t.TEXT, "before")
    with pytest.raises(LocalError, match="58"):
        body.put_str(t.TEXT, text)
    body.put_int(t.TEXT, 7)
    assert body.body() == soh("58=before|58=7|")
