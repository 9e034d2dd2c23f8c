"""The parser: a frame becomes its fields, or is garbled; never anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fix.wire import DELIVERIES, Delivery, closed, frame, framed, frames_of, soh

from kairos.fix.errors import GarbledError, RemoteError
from kairos.fix.message import Message
from kairos.fix.parser import DATA_TAGS, parse

ORDER = frame("35=D|34=3|49=A|52=20261122-10:00:00|56=B|11=ID|21=3|40=1|54=1|55=INTC|60=20261122-10:00:00|")


def fields(message: Message) -> list[tuple[int, bytes]]:
    return [(message.tags[i], message.bytes_at(i)) for i in range(message.count())]


def split(raw: bytes) -> list[tuple[int, bytes]]:
    """The fields by another way: only for messages without data fields."""
    pairs = (field.split(b"=", 1) for field in raw.split(b"\x01")[:-1])
    return [(int(tag), value) for tag, value in pairs]


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_every_field_is_recorded_in_arrival_order(deliver: Delivery) -> None:
    (raw,) = deliver(ORDER)
    message = parse(raw)
    assert fields(message) == split(ORDER)
    assert (message.msg_type, message.seq_num, message.raw) == ("D", 3, ORDER)


def test_trailing_bytes_are_not_part_of_a_message() -> None:
    for trailing in (b"\x01", b"8", ORDER, b"10=000\x01"):
        with pytest.raises(GarbledError):
            parse(ORDER + trailing)


@pytest.mark.parametrize("length", range(len(ORDER)))
def test_a_message_cut_short_is_garbled(length: int) -> None:
    with pytest.raises(GarbledError):
        parse(ORDER[:length])


@pytest.mark.parametrize("deliver", DELIVERIES)
@pytest.mark.parametrize(
    "body",
    [
        "35=0|34=2|49=A|56=|",
        "35=0|34=2|999=HI|",
        "35=0|34=2|0=HI|",
        "35=0|34=2|-1=HI|",
        "35=0|34=2|58=a=b=c|",
        "35=|34=2|",
    ],
)
def test_what_only_a_dictionary_can_judge_is_recorded(deliver: Delivery, body: str) -> None:
    (raw,) = deliver(frame(body))
    assert fields(parse(raw)) == split(raw)


@pytest.mark.parametrize("deliver", DELIVERIES)
@pytest.mark.parametrize(
    ("body", "seq_num"), [("35=0|", 0), ("35=0|34=x|", 0), ("35=0|34=-4|", 0), ("35=0|34=7|34=8|", 7), ("35=0|34=|", 0)]
)
def test_msg_seq_num_is_the_first_that_counts(deliver: Delivery, body: str, seq_num: int) -> None:
    (raw,) = deliver(frame(body))
    assert parse(raw).seq_num == seq_num


@pytest.mark.parametrize(
    "body",
    [
        "35=0|34=2|4garbled9=TW|",
        "35=0|34=2|49garbled=TW|",
        "35=0|34=2|=TW|",
        "35=0|34=2||",
        "35=0|34=2|49|",
        "35=0|34=2|-=x|",
        "35=0|34=2|--1=x|",
        "35=0|34=2|+1=x|",
        "35=0|34=2|049=x|",
        "35=0|34=2|1234567890=x|",
        "34=2|35=0|",
        "35=0|34=2",
    ],
)
def test_broken_structure_is_garbled(body: str) -> None:
    with pytest.raises(GarbledError):
        parse(frame(body))


@pytest.mark.parametrize(
    "text",
    ["9=5|8=FIX.4.4|35=0|", "8=FIX.4.4|35=0|9=5|", "8=FIX.4.4|9=4|35=0|", "8=FIX.4.4|9=6|35=0|", "8=FIX.4.4|9=|35=0|",
     "8=FIX.4.4|9=x|35=0|", "8=FIX.4.4|9=-5|35=0|", "8=FIX.4.4|8=FIX.4.4|9=5|35=0|", "35=0|8=FIX.4.4|9=5|"],
)  # fmt: skip
def test_the_first_three_fields_must_be_true_and_in_order(text: str) -> None:
    with pytest.raises(GarbledError):
        parse(closed(soh(text)))
    assert parse(closed(soh("8=FIX.4.4|9=5|35=0|"))).msg_type == "0"


def test_a_checksum_that_is_not_true_is_garbled() -> None:
    for text in (b"256", b"000", b"-01", b"0x1", b"   "):
        with pytest.raises(GarbledError, match=r"CheckSum\(10\)"):
            parse(ORDER[:-4] + text + b"\x01")


def test_any_changed_byte_is_noticed() -> None:
    for i in range(len(ORDER)):
        with pytest.raises(GarbledError):
            parse(ORDER[:i] + bytes([ORDER[i] ^ 1]) + ORDER[i + 1 :])


@pytest.mark.parametrize("deliver", DELIVERIES)
@pytest.mark.parametrize(("length_tag", "data_tag"), DATA_TAGS.items())
def test_a_data_field_behind_its_length_may_contain_soh(deliver: Delivery, length_tag: int, data_tag: int) -> None:
    data = b"a\x0110=000\x01=\x01"
    body = b"35=B\x01%d=%d\x01%d=" % (length_tag, len(data), data_tag) + data + b"\x0158=x\x01"
    (raw,) = deliver(framed(body))
    message = parse(raw)
    assert fields(message)[4:6] == [(data_tag, data), (58, b"x")]


@pytest.mark.parametrize("body", ["35=B|95=9|96=abc|", "35=B|95=2|96=abc|", "35=B|95=999999999999|96=abc|"])
def test_a_data_field_of_another_length_than_stated_is_garbled(body: str) -> None:
    with pytest.raises(GarbledError, match="data field"):
        parse(frame(body))


@pytest.mark.parametrize("body", ["35=B|96=abc|", "35=B|95=2|58=x|96=abc|", "35=B|95=x|96=abc|", "35=B|95=0|96=abc|"])
def test_a_data_field_without_a_usable_length_before_it_is_read_as_text(body: str) -> None:
    message = parse(frame(body))
    assert message.get(96) == "abc"


FIELD = st.tuples(st.integers(1, 6000).filter(lambda tag: tag not in DATA_TAGS), st.binary(max_size=12))


@given(st.lists(FIELD.map(lambda pair: (pair[0], pair[1].replace(b"\x01", b"."))), max_size=20))
def test_fields_round_trip(pairs: list[tuple[int, bytes]]) -> None:
    body = b"35=D\x01" + b"".join(b"%d=%s\x01" % pair for pair in pairs)
    assert fields(parse(framed(body)))[3:-1] == pairs


@given(st.binary(max_size=80))
@example(b"8=F\x019=5\x0135=0\x01")
def test_any_bytes_parse_or_raise_remote_error(body: bytes) -> None:
    for raw in (body, closed(body), framed(b"35=0\x01" + body)):
        try:
            parse(raw)
        except RemoteError:
            continue


@given(st.integers(0, len(ORDER) - 8), st.binary(max_size=4))
def test_a_damaged_message_with_a_true_checksum_parses_or_raises_remote_error(at: int, patch: bytes) -> None:
    damaged = ORDER[:at] + patch + ORDER[at + len(patch) : -7]
    try:
        assert parse(closed(damaged)).raw == closed(damaged)
    except RemoteError:
        return


@pytest.mark.parametrize("count", [0, 1, 26, 27, 28, 29, 30, 60, 61, 62, 300, 1000])
def test_a_message_has_as_many_fields_as_it_has(count: int) -> None:
    """Room is made for more as they come; none is lost or added where it grows."""
    raw = framed(b"35=D\x01" + b"".join(b"%d=%d\x01" % (6000 + n, n) for n in range(count)))
    message = parse(raw)
    assert message.count() == len(message.tags) == len(message.starts) == len(message.ends) == count + 4
    assert fields(message) == split(raw)


def messages_in(path: Path) -> list[bytes]:
    """The messages of a log whose lines may begin with a time."""
    return re.findall(rb"8=FIX.*?\x0110=\d\d\d\x01", path.read_bytes(), re.DOTALL)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("hffix/fix.4.1.set.1", 16),
        ("hffix/fix.5.0.set.2", 65),
        ("quickfixj-testserver/FIX.4.2-BANZAI-STREAMBASE.body", 247),
        ("fix-log-to-orchestra/FIX.4.2-KOD-BON.messages.current.log", 2486),
    ],
)
def test_real_logs_parse_fully(shared_data: Callable[[str], Path], name: str, count: int) -> None:
    log = shared_data("fix_logs") / name
    expected = messages_in(log)
    assert frames_of(*(chunk for chunk in chunks_of(log.read_bytes()))) == expected
    assert len(expected) == count
    for raw in expected:
        assert fields(parse(raw)) == split(raw)


def test_a_real_log_with_two_damaged_messages_garbles_those_two(shared_data: Callable[[str], Path]) -> None:
    """SOURCE.md counts 838 true checksums of 840."""
    log = shared_data("fix_logs") / "quickfixj-testserver/FIX.4.2-OMS-STREAMBASE.body"
    garbled = 0
    frames = frames_of(*chunks_of(log.read_bytes()))
    for raw in frames:
        try:
            parse(raw)
        except GarbledError:
            garbled += 1
    assert (len(frames), garbled) == (840, 2)


def chunks_of(data: bytes) -> list[bytes]:
    """As a socket would bring them: the size has no relation to that of messages."""
    return [data[i : i + 1461] for i in range(0, len(data), 1461)]
