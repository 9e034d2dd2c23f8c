"""Every FIX data type: what is well formed, and what only looks so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.fix.dates import is_date, is_utc_timestamp
from kairos.fix.dictionary import VERSIONS, load_dictionary
from kairos.fix.formats import ANY, format_code, well_formed
from kairos.fix.specs import FOREIGN, MALFORMED, FieldSpec
from kairos.fix.values import parse_utc, parse_utc_time

UNFORMED = {"STRING", "DATA", "XMLDATA", "EXCHANGE"}
"""Types of which any value is well formed; for EXCHANGE see `formats`."""

FORMS: list[tuple[str, list[str], list[str]]] = [
    ("CHAR", ["A", "1", " ", "\xe9"], ["AB", "\t", "\x7f"]),
    ("BOOLEAN", ["Y", "N"], ["y", "n", "1", "T", "true", "YN"]),
    ("INT", ["0", "-1", "007", "9" * 30], ["+1", "-", "1.0", "1e3", " 1", "1 ", "--1", "1-"]),
    ("SEQNUM", ["0", "1", "00999999"], ["-1", "+1", "1.0", "x"]),
    ("NUMINGROUP", ["0", "2"], ["-1", "x", "1 "]),
    ("LENGTH", ["1", "020"], ["0", "00", "-1", "1.0"]),
    ("TAGNUM", ["1", "5001"], ["0", "-5", "x"]),
    ("PRICE", ["0", "-1.5", "23.", ".5", "00023.230", "9" * 30], ["+1", ".", "-", "1,000", "1.2.3", "1e3", "-."]),
    ("AMT", ["100.00", "-0.01"], ["100%", "/100", "*100"]),
    ("PERCENTAGE", ["0.05"], ["5%"]),
    ("QTY", ["100", "0.5"], ["1k"]),
    ("CURRENCY", ["USD", "TWD", "GBp", "ZAc", "999"], ["usd", "US", "USDT", "U D", "U$D", "gBP"]),
    ("COUNTRY", ["TW", "GB"], ["tw", "TWN", "T", "T1"]),
    ("LANGUAGE", ["en", "zh"], ["EN", "eng", "e1"]),
    ("DAYOFMONTH", ["1", "01", "31"], ["0", "32", "001", "-1", "1st"]),
    ("MONTHYEAR", ["202612", "20261231", "202612w1", "202612w5", "000001", "999912"],
     ["202613", "202600", "2026", "20261232", "202612w0", "202612w6", "202612W1", "202602w", "20260229x"]),
    ("LOCALMKTDATE", ["20261122", "19500101", "99991231", "00000229", "20240229"],
     ["20230229", "21000229", "20261301", "20260431", "2026-11-22", "261122", "202611221"]),
    ("UTCTIMESTAMP",
     ["20261122-10:00:00", "20261122-10:00:00.123", "20261122-10:00:00.123456", "20261122-10:00:00.123456789",
      "20261122-10:00:00.123456789012", "20161231-23:59:60", "00000101-00:00:00", "99991231-23:59:59.999"],
     ["20261122", "20261122-10:00", "20261122 10:00:00", "20261122-24:00:00", "20261122-10:60:00", "20261122-10:00:61",
      "20261122-10:00:60", "20261122-10:00:00.", "20261122-10:00:00.1", "20261122-10:00:00.1234",
      "20261122-10:00:00.123456789012345", "20261122-10:00:00,123", "20261122-10:00:00Z", "20261122-1:00:00",
      "20261322-10:00:00", "20261122-10:00:00.12x"]),
    ("UTCTIMEONLY", ["10:00:00", "10:00:00.123", "10:00:00.123456789012", "23:59:60.5".replace(".5", ".500")],
     ["10:00", "1:00:00", "24:00:00", "10:00:60", "10:00:00.12", "10:00:00Z", "10-00-00"]),
    ("LOCALMKTTIME", ["10:00:00"], ["10:00", "10:00:60", "10:00:00.123", "24:00:00"]),
    ("TZTIMEONLY", ["07:39", "07:39Z", "02:39-05", "15:39+08", "13:09+05:30", "13:09:01+05:30", "07:39:00.123Z"],
     ["0739", "200609-13:09:01+05:30", "24:00", "07:39+5", "07:39+15", "07:39+05:60", "07:39z", "07:39:61",
      "07:39+05:3", "07:39:00.12Z", "07:39*05"]),
    ("TZTIMESTAMP", ["20060901-07:39:00", "20060901-07:39:00Z", "20060901-02:39:00-05", "20060901-13:09:00.123+05:30"],
     ["20060901-07:39", "20060901", "20060931-07:39:00Z", "20060901-07:39:00+", "20060901T07:39:00Z"]),
    ("TENOR", ["D5", "W13", "M3", "Y1"], ["5D", "D", "D0", "X1", "D-1", "d5"]),
    ("MULTIPLEVALUESTRING", ["A", "AB C", "1 2 3"], [" A", "A ", "A  B"]),
    ("MULTIPLESTRINGVALUE", ["AV AN A"], ["AV  AN"]),
    ("MULTIPLECHARVALUE", ["A", "2 A F"], ["AB", "2 AF", " A", "A ", "A  B"]),
    ("XID", ["abc", "_1", "a.b-c", "\xe9"], ["1a", "a b", "-a", "a:b", "a\tb"]),
    ("XIDREF", ["abc"], [".a", "a,b"]),
]  # fmt: skip
ALIASES = {
    "FLOAT": "PRICE",
    "PRICEOFFSET": "PRICE",
    "QUANTITY": "QTY",
    "TIME": "UTCTIMESTAMP",
    "DATE": "LOCALMKTDATE",
    "UTCDATE": "LOCALMKTDATE",
    "UTCDATEONLY": "LOCALMKTDATE",
    "RESERVED100PLUS": "INT",
    "RESERVED1000PLUS": "INT",
    "RESERVED4000PLUS": "INT",
}


def is_well_formed(type_name: str, text: str) -> bool:
    """Judged in the midst of other bytes, so that a look beyond the value shows."""
    value = text.encode("iso-8859-1")
    return well_formed(format_code(type_name), b"1=9" + value + b"9\x01", 3, 3 + len(value))


@pytest.mark.parametrize(("type_name", "good", "bad"), FORMS)
def test_forms(type_name: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not is_well_formed(type_name, text)] == []
    assert [text for text in bad if is_well_formed(type_name, text)] == []


@pytest.mark.parametrize(("alias", "type_name"), sorted(ALIASES.items()))
def test_types_that_have_the_form_of_another(alias: str, type_name: str) -> None:
    assert format_code(alias) == format_code(type_name) != ANY


@pytest.mark.parametrize("version", VERSIONS)
def test_every_type_that_a_version_uses_has_a_form(version: str) -> None:
    dictionary = load_dictionary(version)
    types = {dictionary.field_type(tag) for tag in range(1, 45_000)} - {""}
    assert {name for name in types if format_code(name) == ANY} <= UNFORMED
    assert types - UNFORMED <= {name for name, _, _ in FORMS} | set(ALIASES)


def test_up_to_fix_41_a_char_is_any_text() -> None:
    assert load_dictionary("FIX.4.1").field_type(11) == "STRING"
    assert load_dictionary("FIX.4.2").field_type(54) == "CHAR"


@given(st.binary(min_size=1, max_size=30), st.sampled_from([name for name, _, _ in FORMS]))
def test_no_bytes_are_an_error(data: bytes, type_name: str) -> None:
    well_formed(format_code(type_name), data, 0, len(data))


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_every_day_is_a_date_and_the_day_after_the_last_of_a_month_is_none(day: date) -> None:
    text = f"{day.year:04}{day.month:02}{day.day:02}".encode()
    assert is_date(text, 0, 8)
    if day < date.max and (day + timedelta(days=1)).day == 1:
        assert not is_date(text[:6] + b"%02d" % (day.day + 1), 0, 8)


@given(st.datetimes(), st.sampled_from([b"", b".123", b".123456", b".123456789", b".123456789012"]))
def test_every_moment_is_a_timestamp(moment: object, fraction: bytes) -> None:
    text = f"{moment:%m%d-%H:%M:%S}".encode()
    assert is_utc_timestamp(b"2024" + text + fraction, 0, 4 + len(text) + len(fraction))


def test_picoseconds_are_cut_off_and_a_leap_second_is_the_next_ones_first() -> None:
    assert parse_utc_time(b"00:00:01.123456789999", 0, 21) == 1_123_456_789
    leap, next_day = b"20161231-23:59:60", b"20170101-00:00:00"
    assert parse_utc(leap, 0, 17) == parse_utc(next_day, 0, 17)


def test_a_field_of_listed_values_is_judged_by_its_list() -> None:
    spec = FieldSpec(18, "ExecInst", "MULTIPLECHARVALUE", frozenset({b"1", b"G"}))
    assert spec.format == ANY
    assert [spec.allows(raw, 0, len(raw)) for raw in (b"1", b"1 G", b"G 1")] == [True] * 3
    assert [spec.allows(raw, 0, len(raw)) for raw in (b"2", b"1G", b"1  G", b" 1", b"1 ", b"1 2")] == [False] * 6


def test_numbers_from_a_bound_on_may_be_open() -> None:
    spec = FieldSpec(803, "PartySubIDType", "INT", frozenset({b"1", b"2", b"4000+"}))
    values = {b"1": True, b"3": False, b"3999": False, b"4000": True, b"9" * 40: True, b"-4000": False}
    assert {raw: spec.allows(raw, 0, len(raw)) for raw in values} == values


@given(
    st.sampled_from(["CHAR", "INT", "QTY", "BOOLEAN", "STRING", "CURRENCY", "LENGTH", "MULTIPLECHARVALUE", "TENOR"]),
    st.frozensets(st.sampled_from([b"1", b"2", b"G", b"10", b"USD", b"7+", b"\xff"])),
    st.one_of(st.binary(min_size=1, max_size=1), st.sampled_from([b"10", b"USD", b"1 2", b"77", b"x1"])),
)
def test_the_verdict_on_a_value_is_that_on_its_form_and_that_on_its_choice(
    type_name: str, values: frozenset[bytes], value: bytes
) -> None:
    spec = FieldSpec(1, "Field", type_name, values)
    malformed = not well_formed(spec.format, value, 0, len(value))
    foreign = not spec.allows(value, 0, len(value))
    assert spec.verdict(b"1=" + value, 2, 2 + len(value)) == malformed * MALFORMED + foreign * FOREIGN
