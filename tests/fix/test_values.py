"""FIX values: exact, bounded, and read from within a buffer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from librt.strings import BytesWriter

from kairos.fix import values as v
from kairos.fix.dates import is_utc_timestamp
from kairos.fix.digits import put_digits, put_int, width

Reader = Callable[[bytes, int, int], object]
SURROUNDINGS = [(b"", b""), (b"38=", b"\x01"), (b"7", b"7"), (b"-", b".5")]
MAX = 10**18 - 1
LAST_NS = 9_214_646_399_999_999_999


def read(reader: Reader, text: bytes) -> object:
    """What a reader makes of a text: the same alone and between other bytes, or this fails."""
    results = set()
    for before, after in SURROUNDINGS:
        try:
            results.add(reader(before + text + after, len(before), len(before) + len(text)))
        except ValueError as error:
            results.add(str(error))
    assert len(results) == 1
    result = results.pop()
    if isinstance(result, str):
        raise ValueError(result)
    return result


@pytest.mark.parametrize(
    ("text", "value"), [(b"0", 0), (b"00023", 23), (b"-5", -5), (b"9" * 18, MAX), (b"-" + b"9" * 18, -MAX)]
)
def test_int_reads_digits_and_a_minus_sign(text: bytes, value: int) -> None:
    assert read(v.parse_int, text) == value


@pytest.mark.parametrize("text", [b"", b"-", b"+1", b"1.0", b" 1", b"1 ", b"1e3", b"--1", b"9" * 19, b"\xb2"])
def test_int_refuses_all_else(text: bytes) -> None:
    with pytest.raises(ValueError, match="digit"):
        read(v.parse_int, text)


@given(st.integers(-MAX, MAX))
def test_int_round_trips(value: int) -> None:
    assert read(v.parse_int, b"%d" % value) == value


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        (b"0", 8, 0),
        (b"28.41", 8, 2_841_000_000),
        (b"-0.5", 2, -50),
        (b".5", 1, 5),
        (b"5.", 1, 50),
        (b"002000.00", 0, 2000),
        (b"1.230000000000", 2, 123),
        (b"000000000000000000000001", 0, 1),
        (b"9999999999.99999999", 8, MAX),
        (b"0" * 30 + b"." + b"0" * 30, 18, 0),
    ],
)
def test_decimal_is_scaled_exactly(text: bytes, decimals: int, value: int) -> None:
    assert read(lambda raw, start, end: v.parse_decimal(raw, start, end, decimals), text) == value


@pytest.mark.parametrize(
    ("text", "decimals", "reason"),
    [
        (b"", 2, "no digits"),
        (b".", 2, "no digits"),
        (b"-", 2, "no digits"),
        (b"+200.00", 2, "not a digit"),
        (b"1,000", 2, "not a digit"),
        (b"1.2.3", 2, "not a digit"),
        (b"1e5", 2, "not a digit"),
        (b"NaN", 2, "not a digit"),
        (b"0.123", 2, "too many decimals"),
        (b"1.5", 0, "too many decimals"),
        (b"99999999999999999999999", 0, "more than 18 digits"),
        (b"10000000000", 8, "more than 18 digits"),
        (b"9223372036854775808", 0, "more than 18 digits"),
        (b"1", 19, "more than 18 digits"),
    ],
)
def test_decimal_refuses_by_reason_what_it_cannot_hold(text: bytes, decimals: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(lambda raw, start, end: v.parse_decimal(raw, start, end, decimals), text)


def format_decimal(value: int, decimals: int) -> bytes:
    w = BytesWriter()
    v.put_decimal(w, value, decimals)
    return w.getvalue()


@given(st.integers(-MAX, MAX), st.integers(0, 18))
def test_decimal_round_trips_and_its_text_is_the_shortest(value: int, decimals: int) -> None:
    text = format_decimal(value, decimals)
    assert v.parse_decimal(text, 0, len(text), decimals) == value
    assert Decimal(text.decode()) == Decimal(value).scaleb(-decimals)
    assert b"." not in text or not text.endswith((b"0", b"."))


@pytest.mark.parametrize(("value", "decimals"), [(MAX + 1, 0), (-MAX - 1, 0), (0, 19), (0, -1)])
def test_a_decimal_beyond_the_bounds_is_not_written(value: int, decimals: int) -> None:
    with pytest.raises(ValueError, match="18 digits"):
        format_decimal(value, decimals)


@given(st.dates(date(1970, 1, 1), date(2261, 12, 31)))
def test_the_calendar_agrees_with_pythons(day: date) -> None:
    days = (day - date(1970, 1, 1)).days
    assert v.days_from_civil(day.year, day.month, day.day) == days
    assert v.civil_from_days(days) == (day.year, day.month, day.day)
    assert v.format_utc_date(days) == day.strftime("%Y%m%d").encode()
    assert read(v.parse_utc_date, v.format_utc_date(days)) == days


@pytest.mark.parametrize(
    "text",
    [b"", b"2026112", b"202611221", b"20261322", b"20260022", b"20260431", b"20260400", b"20230229",
     b"19000101", b"22620101", b"2026-1-1", b"00000000"],
)  # fmt: skip
def test_a_date_that_is_none_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"YYYYMMDD|date|digit"):
        read(v.parse_utc_date, text)


def test_a_leap_day_is_a_date_in_leap_years_only() -> None:
    assert v.format_utc_date(v.parse_utc_date(b"20000229", 0, 8)) == b"20000229"
    with pytest.raises(ValueError, match="not a date"):
        v.parse_utc_date(b"21000229", 0, 8)


@given(st.integers(0, LAST_NS))
def test_a_timestamp_is_written_as_python_would_and_read_back(ns: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=ns // 1000)
    us = moment.strftime("%Y%m%d-%H:%M:%S.%f").encode()
    assert v.format_utc_to(ns, 6) == us
    assert v.format_utc(ns) == us[:-3]
    assert len(v.format_utc(ns)) == 21
    assert read(v.parse_utc, us) == ns // 1000 * 1000
    assert read(v.parse_utc, us[:-3]) == ns // 1_000_000 * 1_000_000


@pytest.mark.parametrize(
    ("text", "ns"),
    [
        (b"19700101-00:00:00", 0),
        (b"20260921-14:13:20", 1_790_000_000_000_000_000),
        (b"20260921-14:13:20.123", 1_790_000_000_123_000_000),
        (b"20260921-14:13:20.123456", 1_790_000_000_123_456_000),
        (b"20260921-14:13:20.123456789", 1_790_000_000_123_456_789),
        (b"20161231-23:59:60", 1_483_228_800_000_000_000),
    ],
)
def test_a_timestamp_has_seconds_milliseconds_microseconds_or_nanoseconds(text: bytes, ns: int) -> None:
    assert read(v.parse_utc, text) == ns


@pytest.mark.parametrize(
    "text",
    [b"", b"20040415", b"20260921 14:13:20", b"20260921-24:00:00", b"20260921-14:60:00", b"20260921-14:13:61",
     b"20260921-14:13:20.", b"20260921-14:13:20.1", b"20260921-14:13:20.1234567890", b"20260921-14:13:20,123",
     b"20260921-14-13-20", b"20260921-14:13:20Z", b"00000000-00:00:00.000", b"20260921-+4:13:20"],
)  # fmt: skip
def test_a_timestamp_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError):
        read(v.parse_utc, text)


def test_boolean_is_y_or_n() -> None:
    assert read(v.parse_bool, b"Y") is True
    assert read(v.parse_bool, b"N") is False
    for text in (b"", b"y", b"1", b"YY"):
        with pytest.raises(ValueError, match="Y or N"):
            read(v.parse_bool, text)


STAMP = b"20261231-23:59:59.125"


@given(st.integers(0, len(STAMP) - 1), st.binary(min_size=1, max_size=1))
def test_what_was_read_before_changes_no_reading(at: int, byte: bytes) -> None:
    """The second last read is kept; a text that differs from it in one byte is judged as if it were the first."""
    changed = STAMP[:at] + byte + STAMP[at + 1 :]
    read(v.parse_utc, STAMP)
    try:
        moment = datetime.strptime(changed.decode("ascii"), "%Y%m%d-%H:%M:%S.%f").replace(tzinfo=UTC)
        expected = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000
        good = re.fullmatch(rb"[0-9]{8}-[0-9:]{8}\.[0-9]{3}", changed) and 1970 <= moment.year <= 2261
    except ValueError:
        good = changed == b"20261231-23:59:60.125"
        expected = 1_798_761_600_125_000_000
    assert is_utc_timestamp(changed, 0, len(changed)) or not good
    if good:
        assert read(v.parse_utc, changed) == expected
    else:
        with pytest.raises(ValueError, match=r"."):
            read(v.parse_utc, changed)


def test_bytes_that_are_no_digits_are_no_time_even_if_all_are_zero() -> None:
    with pytest.raises(ValueError, match="date"):
        v.parse_utc(bytes(8) + b"-" + bytes(8), 0, 17)
    assert not is_utc_timestamp(bytes(8) + b"-" + bytes(8), 0, 17)


@given(st.binary(max_size=40), st.integers(0, 3000), st.integers(0, 9), st.integers(0, 9))
def test_a_checksum_is_the_sum_of_the_bytes(raw: bytes, highest: int, before: int, after: int) -> None:
    data = raw + b"\xff" * highest + raw
    end = max(before, len(data) - after)
    data = data.ljust(end, b"\xfe")
    assert v.checksum(data, before, end) == sum(data[before:end]) % 256


@given(st.one_of(st.integers(0, 2**63 - 1), st.integers(0, 12_000), st.sampled_from([10**n for n in range(19)])))
def test_digits_are_those_of_the_number(value: int) -> None:
    w = BytesWriter()
    put_int(w, value)
    put_int(w, -value)
    assert w.getvalue() == b"%d%d" % (value, -value)
    assert width(value) == len(str(value))


@given(st.integers(0, 10**18 - 1), st.integers(1, 18))
def test_a_number_of_some_width_is_its_lowest_digits(value: int, places: int) -> None:
    w = BytesWriter()
    put_digits(w, value, places)
    assert w.getvalue() == b"%0*d" % (places, value % 10**places)


@given(st.binary(max_size=40), st.integers(0, 18))
def test_any_bytes_are_read_or_refused_with_a_value_error(raw: bytes, decimals: int) -> None:
    readers: list[Reader] = [v.parse_int, v.parse_utc, v.parse_utc_date, v.parse_utc_time, v.parse_bool]
    readers.append(lambda data, start, end: v.parse_decimal(data, start, end, decimals))
    for reader in readers:
        try:
            reader(raw, 0, len(raw))
        except ValueError:
            continue
