"""The bytes of commands and events: what is written is read again, and nothing else is read at all."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from librt.strings import BytesWriter

from kairos.model import commands, enums, events, indicators, market_enums, refusals, values
from kairos.model.wire import (
    decode_command,
    decode_events,
    encode_command,
    encode_events,
    read_order_details,
    read_trade_details,
)
from kairos.model.wire_types import MAX_NAMES, Reader, Record, WireError, put_money, put_name, put_str

SCHEMA = Path(__file__).resolve().parents[2] / "src" / "kairos" / "model" / "messages.schema"
INTEGERS = st.integers(-(2**63), 2**63 - 1)
# One character whose UTF-8 is longer than one byte in each width; lengths around the 255 of the length byte.
TEXTS = st.text(max_size=20) | st.sampled_from(["", "é" * 127, "x" * 254, "x" * 255, "台" * 100])
TYPES: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("id", "qty", "price", "ns", "count"), INTEGERS),
    "money": st.integers(-(10**40), 10**40) | st.sampled_from([127, 128, -128, -129, 2**63, -(2**63) - 1]),
    "str": TEXTS,
    "name": TEXTS,
    "bool": st.booleans(),
    "bytes": st.binary(max_size=300),
    "pairs": st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
}


SPARSE = {"OrderDetails": "NO_ORDER_DETAILS", "TradeDetails": "NO_TRADE_DETAILS"}


def fields_by_record() -> dict[str, list[str]]:
    """The types of each record's fields, from the table itself."""
    records: dict[str, list[str]] = {}
    name = ""
    for line in SCHEMA.read_text("utf-8").splitlines():
        words = line.split("|")[0].split()
        heading = re.match(r"(?:value|command \d+|event \d+) (\w+)", line)
        if heading:
            name = heading[1]
            records[name] = []
        elif line.startswith("  ") and words:
            records[name].append(words[1])
    return records


def strategy_of(type_name: str) -> st.SearchStrategy[object]:
    if type_name in TYPES:
        return TYPES[type_name]
    if type_name.startswith("list["):
        return st.lists(strategy_of(type_name[len("list[") : -1]), max_size=3).map(tuple)
    if type_name in SPARSE:
        return st.just(getattr(values, SPARSE[type_name])) | record(getattr(values, type_name))
    places = (refusals,) if type_name == "RefusalCode" else (enums, indicators, market_enums)
    enum = next((getattr(place, type_name) for place in places if hasattr(place, type_name)), None)
    return record(getattr(values, type_name)) if enum is None else st.sampled_from(list(enum))


def record(kind: type[Record]) -> st.SearchStrategy[object]:
    return st.tuples(*map(strategy_of, FIELDS[kind.__name__])).map(lambda fields: kind(*fields))


def event(kind: type[events.Event]) -> st.SearchStrategy[events.Event]:
    fields = st.tuples(INTEGERS, *map(strategy_of, FIELDS[kind.__name__]))
    return fields.map(lambda given: kind(*given))


FIELDS = fields_by_record()
EVENTS = [kind for base in events.Event.__subclasses__() for kind in base.__subclasses__()]
COMMANDS = commands.Command.__subclasses__()
ANY_EVENT = st.sampled_from(EVENTS).flatmap(event)
ANY_COMMAND = st.sampled_from(COMMANDS).flatmap(record)


def command_bytes(command: object) -> bytes:
    assert isinstance(command, commands.Command)
    w = BytesWriter()
    encode_command(w, command)
    return w.getvalue()


def test_every_command_and_event_is_tried_here() -> None:
    assert len(COMMANDS) > 25
    assert len(EVENTS) >= 55


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
def test_a_command_is_read_as_it_was_written(kind: type[commands.Command]) -> None:
    @settings(max_examples=8)
    @given(record(kind))
    def check(command: object) -> None:
        again = decode_command(command_bytes(command))
        assert again == command
        assert command_bytes(again) == command_bytes(command)

    check()


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_an_event_is_read_as_it_was_written(kind: type[events.Event]) -> None:
    @settings(max_examples=8)
    @given(event(kind))
    def check(one: events.Event) -> None:
        again = decode_events(encode_events([one]))
        assert again == [one]
        assert again[0].at_ns == one.at_ns

    check()


def test_a_value_that_says_nothing_is_one_byte_and_one_instance() -> None:
    w = BytesWriter()
    values.put_order_details(w, values.NO_ORDER_DETAILS)
    values.put_trade_details(w, values.NO_TRADE_DETAILS)
    assert w.getvalue() == b"\0\0"
    assert read_order_details(Reader(b"\0", 0, 1)) is values.NO_ORDER_DETAILS
    assert read_trade_details(Reader(b"\0", 0, 1)) is values.NO_TRADE_DETAILS


def test_a_long_list_is_read_as_it_was_written() -> None:
    parties = tuple(values.Party(f"P{n}", "D", "1", ()) for n in range(300))
    w = BytesWriter()
    values.put_order_details(w, values.OrderDetails(parties=parties))
    data = w.getvalue()
    assert read_order_details(Reader(data, 0, len(data))).parties == parties


@given(st.integers(1, 300), st.integers(0, 299), st.sampled_from(["", "\x7f", "\x80", "é", "台", "𠮷"]))
def test_a_text_is_the_same_bytes_however_long_and_wherever_its_first_wide_letter_stands(
    size: int, at: int, letter: str
) -> None:
    text = ("x" * size)[:at] + letter + ("x" * size)[at:]
    w = BytesWriter()
    put_str(w, text)
    raw = text.encode()
    head = bytes([len(raw)]) if len(raw) < 255 else b"\xff" + len(raw).to_bytes(4, "little")
    assert w.getvalue() == head + raw


@given(st.integers(0, 80), st.integers(-2, 2), st.sampled_from([1, -1]))
def test_money_is_the_fewest_bytes_that_hold_it_with_its_sign(bits: int, beside: int, sign: int) -> None:
    value = sign * ((1 << bits) + beside)
    w = BytesWriter()
    put_money(w, value)
    size = (value.bit_length() + 8) // 8
    assert w.getvalue() == bytes([size]) + value.to_bytes(size, "little", signed=True)
    data = w.getvalue()
    assert Reader(data, 0, len(data)).get_money() == value


def test_a_name_that_many_records_share_is_one_object() -> None:
    batch = encode_events([events.SessionReceived(1, "CLIENT7", 2), events.SessionReceived(2, "CLIENT7", 3)])
    first, second = decode_events(batch)
    assert isinstance(first, events.SessionReceived) and isinstance(second, events.SessionReceived)
    assert first.session is second.session


def test_more_names_than_readers_keep_are_read_all_the_same() -> None:
    for n in range(MAX_NAMES + 10):
        data = bytes([len(str(n))]) + str(n).encode()
        assert Reader(data, 0, len(data)).get_name() == str(n)


def test_more_names_than_writers_keep_are_written_all_the_same() -> None:
    for n in range(MAX_NAMES + 10):
        w = BytesWriter()
        put_name(w, f"name {n:08}")
        assert w.getvalue() == b"\x0dname %08d" % n


@given(st.lists(st.sampled_from("ab"), max_size=8))
def test_a_value_that_was_written_last_is_written_as_any_other(said: str) -> None:
    """Its bytes are kept for the next one that shares it."""
    shared = {text: values.OrderDetails(exec_inst=text) for text in "ab"}
    w, own = BytesWriter(), BytesWriter()
    for text in said:
        values.put_order_details(w, shared[text])
        values.put_order_details(own, values.OrderDetails(exec_inst=text))
    assert w.getvalue() == own.getvalue()


@settings(max_examples=30)
@given(st.lists(ANY_EVENT, max_size=5))
def test_a_batch_is_its_events_in_order(batch: list[events.Event]) -> None:
    assert decode_events(encode_events(batch)) == batch


@settings(max_examples=40)
@given(ANY_COMMAND, st.data())
def test_a_command_cut_off_or_with_more_behind_is_refused(command: object, data: st.DataObject) -> None:
    whole = command_bytes(command)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(WireError):
        decode_command(whole[:cut])
    with pytest.raises(WireError):
        decode_command(whole + b"\0")


@settings(max_examples=100)
@given(st.binary(max_size=80))
def test_any_bytes_decode_or_raise_wire_error(data: bytes) -> None:
    _decodes_or_refuses(b"\x01" + data)
    _decodes_or_refuses(data)


@settings(max_examples=150)
@given(ANY_EVENT, st.data())
def test_altered_bytes_decode_or_raise_wire_error(one: events.Event, data: st.DataObject) -> None:
    altered = bytearray(encode_events([one]))
    for _ in range(data.draw(st.integers(1, 4))):
        altered[data.draw(st.integers(0, len(altered) - 1))] = data.draw(st.integers(0, 255))
    _decodes_or_refuses(bytes(altered))


def _decodes_or_refuses(data: bytes) -> None:
    for decode in (decode_events, decode_command):
        with contextlib.suppress(WireError):
            decode(data)


def test_an_older_or_newer_format_is_refused_by_name() -> None:
    with pytest.raises(WireError, match="reads format 1"):
        decode_events(b"\x02")
    with pytest.raises(WireError, match="no event has code 99"):
        decode_events(b"\x01\x63\x01\x00\x00\x00\x00")
