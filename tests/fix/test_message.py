"""A message's getters: exact values, defaults when absent, errors that name field and tag."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from librt.vecs import vec
from mypy_extensions import i64
from tests.fix.wire import frame

from kairos.fix import tags as t
from kairos.fix.errors import FieldError, RemoteError
from kairos.fix.layout import Layout
from kairos.fix.message import Message
from kairos.fix.parser import parse

ORDER = parse(
    frame("35=D|34=12|49=A|56=B|11=ID\xe9|38=002000.00|44=28.41|43=Y|60=20260921-14:13:20.123|432=20260921|58=a|58=b|")
)


def test_values_are_decoded_exactly() -> None:
    assert ORDER.get(t.CL_ORD_ID) == "ID\xe9"
    assert ORDER.get_int(t.MSG_SEQ_NUM) == ORDER.seq_num == 12
    assert ORDER.get_decimal(t.ORDER_QTY, 0) == 2000
    assert ORDER.get_decimal(t.PRICE, 8) == 2_841_000_000
    assert ORDER.get_utc(t.TRANSACT_TIME) == 1_790_000_000_123_000_000
    assert ORDER.get_utc_date(t.EXPIRE_DATE) == 20_717
    assert ORDER.get_bool(t.POSS_DUP_FLAG) is True


def test_an_absent_field_gives_the_default() -> None:
    assert not ORDER.has(t.STOP_PX)
    assert ORDER.find(t.STOP_PX) == -1
    assert ORDER.get(t.STOP_PX) == ""
    assert (ORDER.get_int(t.STOP_PX), ORDER.get_int(t.STOP_PX, 7)) == (0, 7)
    assert (ORDER.get_decimal(t.STOP_PX, 8), ORDER.get_utc(t.STOP_PX), ORDER.get_utc_date(t.STOP_PX)) == (0, 0, 0)
    assert ORDER.get_bool(t.STOP_PX) is False


def test_a_repeated_tag_is_found_from_an_index_on() -> None:
    first = ORDER.find(t.TEXT)
    second = ORDER.find(t.TEXT, first + 1)
    assert (ORDER.text_at(first), ORDER.text_at(second)) == ("a", "b")
    assert ORDER.find(t.TEXT, second + 1) == -1


TAGS = st.one_of(st.integers(-3, 12), st.sampled_from([11, 267, 523, 1035, -245]), st.integers(-(10**9), 10**9))


@given(st.lists(TAGS, max_size=40), st.integers(0, 260), TAGS, st.integers(0, 300))
def test_a_field_is_found_as_if_all_were_looked_at(tags: list[int], padding: int, wanted: int, start: int) -> None:
    """Also beyond the first 255 fields, and among tags that share their last byte."""
    numbers = vec[i64](tags[:20] + [5] * padding + tags[20:])
    message = Message(b"", Layout("D", numbers), 1, numbers, numbers)
    places = [i for i in range(start, len(numbers)) if numbers[i] == wanted]
    assert message.find(wanted, start) == (places[0] if places else -1)


@pytest.mark.parametrize("text", ["ID\xe9", "ID", "ID\xe9x", "id\xe9", "", "xD\xe9"])
def test_a_field_says_what_its_text_is(text: str) -> None:
    assert ORDER.says(t.CL_ORD_ID, text.encode("iso-8859-1")) is (ORDER.get(t.CL_ORD_ID) == text)
    assert not ORDER.says(t.STOP_PX, text.encode("iso-8859-1"))


def test_an_empty_field_has_no_value() -> None:
    message = parse(frame("35=D|11=|38=1|"))
    assert [message.has_value(tag) for tag in (11, 38, 44)] == [False, True, False]
    assert message.says(11, b"")
    assert not message.says(44, b"")


def test_fields_are_counted_with_the_trailer() -> None:
    assert ORDER.count() == 15
    assert ORDER.tags[ORDER.count() - 1] == t.CHECK_SUM


@pytest.mark.parametrize(
    ("read", "label"),
    [
        (lambda message: message.get_int(t.CUM_QTY), r"CumQty\(14\)"),
        (lambda message: message.get_decimal(t.PRICE, 2), r"Price\(44\)"),
        (lambda message: message.get_utc(t.TRANSACT_TIME), r"TransactTime\(60\)"),
        (lambda message: message.get_utc_date(t.EXPIRE_DATE), r"ExpireDate\(432\)"),
        (lambda message: message.get_bool(t.POSS_DUP_FLAG), r"PossDupFlag\(43\)"),
        (lambda message: message.get_int(9999), r"tag\(9999\)"),
    ],
)
def test_a_bad_value_is_an_error_of_the_peer_that_names_field_and_tag(
    read: Callable[[Message], object], label: str
) -> None:
    message = parse(frame("35=8|14=x|44=1.005|60=20260921|432=x|43=1|9999=x|"))
    with pytest.raises(FieldError, match=label) as caught:
        read(message)
    assert caught.value.reason == t.INCORRECT_DATA_FORMAT
    assert f"({caught.value.tag})" in str(caught.value) == caught.value.text
    assert isinstance(caught.value, RemoteError)


def test_it_prints_readably() -> None:
    assert "|35=D|34=12|" in repr(ORDER)
