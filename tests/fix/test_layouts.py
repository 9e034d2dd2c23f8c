"""A session's parser expects the layouts that it has seen, and reads every message as one that knows none does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import frame

from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import GarbledError
from kairos.fix.layout import same_bytes
from kairos.fix.message import Message
from kairos.fix.parser import Parser, parse
from kairos.fix.validate import ValidationRules, validate

DICTIONARY = load_dictionary("FIX.4.4")
RULES = ValidationRules()
ORDER = (
    "35=D|34={n}|49=A|52=20261123-09:00:00|56=B|11=O{n}|21=1|38={n}00|40=2|44=10.00|54=1|55=XXX|60=20261123-09:00:00|"
)

BODIES = st.lists(
    st.tuples(
        st.sampled_from((1, 11, 38, 44, 54, 55, 58, 95, 96, 100, 354, 5001, 7_654_321, 99_999_999, 0, 34)),
        st.sampled_from(("", "1", "2", "XXX", "ACCOUNT1", "SEVENTH", "a longer text than a word", "x" * 80, "7")),
    ),
    max_size=6,
)
MESSAGES = st.tuples(st.sampled_from(("D", "F", "A", "8", "AE")), st.sampled_from(("1", "22", "0", "x")), BODIES)


def framed(msg_type: str, seq_num: str, body: list[tuple[int, str]]) -> bytes:
    head = f"35={msg_type}|34={seq_num}|49=A|52=20261123-09:00:00|56=B|"
    return frame(head + "".join(f"{tag}={text}|" for tag, text in body))


def seen(message: Message) -> list[object]:
    texts = [message.text_at(i) for i in range(message.count())]
    places = [list(message.tags), list(message.starts), list(message.ends)]
    violation = validate(message, DICTIONARY, RULES)
    judged = None if violation is None else (violation.reason, violation.ref_tag, violation.text)
    found = [message.find(tag) for tag in (8, 11, 34, 44, 55, 5001)]
    return [message.msg_type, message.seq_num, places, texts, found, judged]


def said_of(raw: bytes, parser: Parser | None) -> list[object] | str:
    try:
        return seen(parse(raw) if parser is None else parser.parse(raw))
    except GarbledError as error:
        return str(error)


@given(st.lists(MESSAGES, min_size=1, max_size=5), st.lists(st.integers(0, 4), max_size=12))
def test_whatever_came_before_a_message_is_read_and_judged_alike(
    kinds: list[tuple[str, str, list[tuple[int, str]]]], order: list[int]
) -> None:
    parser = Parser()
    for pick in order:
        raw = framed(*kinds[pick % len(kinds)])
        assert said_of(raw, parser) == said_of(raw, None)


@given(st.integers(0, 200), st.integers(0, 255))
def test_a_byte_that_was_altered_is_seen_in_a_message_that_was_expected(at: int, byte: int) -> None:
    parser = Parser()
    raw = frame(ORDER.format(n=1))
    parser.parse(raw)
    at %= len(raw)
    altered = raw[:at] + bytes([byte]) + raw[at + 1 :]
    assert said_of(altered, parser) == said_of(altered, None)


def test_orders_of_one_kind_share_their_layout_and_the_texts_that_they_repeat() -> None:
    parser = Parser()
    messages = [parser.parse(frame(ORDER.format(n=n))) for n in range(1, 4)]
    assert messages[0].layout is messages[1].layout is messages[2].layout
    symbols = [message.get(t.SYMBOL) for message in messages]
    assert symbols == ["XXX"] * 3
    assert symbols[0] is symbols[1] is symbols[2]
    assert [message.get(t.CL_ORD_ID) for message in messages] == ["O1", "O2", "O3"]


def test_a_logon_shares_nothing_since_it_may_hold_a_password() -> None:
    parser = Parser()
    raw = frame("35=A|34=1|49=A|52=20261123-09:00:00|56=B|98=0|108=30|554=secret|")
    first, second = parser.parse(raw), parser.parse(raw)
    assert first.layout is not second.layout
    assert not first.layout.is_shared()


def test_few_layouts_are_expected_however_many_come() -> None:
    parser = Parser()
    for tag in range(5001, 5101):
        parser.parse(frame(f"35=D|34=1|49=A|56=B|{tag}=x|"))
    assert len(parser._expected) == 4


@pytest.mark.parametrize("size", range(20))
def test_bytes_are_compared_to_the_last_and_no_further(size: int) -> None:
    one = b"ab" + b"0123456789abcdefghij"[:size] + b"-------"
    other = b"0123456789abcdefghij"[:size] + b"+++++++"
    assert same_bytes(one, 2, other, 0, size)
    for at in range(size):
        altered = other[:at] + b"\xff" + other[at + 1 :]
        assert not same_bytes(one, 2, altered, 0, size)
