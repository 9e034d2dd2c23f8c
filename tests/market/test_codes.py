"""Public codes are taken when they are right, and refused with what would be."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import isin as stdnum_isin

from kairos.market.codes import (
    CURRENCIES,
    CodeError,
    minor_units,
    parse_cfi,
    parse_currency,
    parse_cusip,
    parse_figi,
    parse_isin,
    parse_lei,
    parse_mic,
)


@pytest.mark.parametrize(
    ("parse", "code"),
    [
        (parse_mic, "XNYS"),
        (parse_mic, "4AXE"),
        (parse_isin, "US0378331005"),
        (parse_isin, "TW0002330008"),
        (parse_isin, "AU0000XVGZA3"),
        (parse_currency, "TWD"),
        (parse_cfi, "ESVUFR"),
        (parse_cusip, "037833100"),
        (parse_figi, "BBG000B9XRY4"),
        (parse_lei, "213800KUD8LAJWSQ9D15"),
    ],
)
def test_a_right_code_is_returned_as_it_is(parse: Callable[[str], str], code: str) -> None:
    assert parse(code) == code


@pytest.mark.parametrize(
    ("parse", "code", "remedy"),
    [
        (parse_mic, "xnys", "4 capital letters or digits"),
        (parse_mic, "XNYSE", "4 capital letters or digits"),
        (parse_mic, "XNYS\n", "4 capital letters or digits"),
        (parse_isin, "US0378331006", "check digit would be 5"),
        (parse_isin, "US037833100", "2 capital letters"),
        (parse_isin, "US03783310O5", "check digit would be"),
        (parse_isin, "ZZ0378331005", "no country has the letters 'ZZ'"),
        (parse_isin, "US-0378331005", "2 capital letters"),
        (parse_cusip, "037833101", "check digit"),
        (parse_cusip, "037833 100", "check digit"),
        (parse_figi, "BBG000B9XRY5", "check digit"),
        (parse_figi, "BBG000A9XRY4", "consonants"),
        (parse_lei, "213800KUD8LAJWSQ9D16", "2 check digits"),
        (parse_currency, "usd", "ISO 4217"),
        (parse_currency, "XXX", "ISO 4217"),
        (parse_cfi, "ESVUF", "6 capital letters"),
        (parse_cfi, "XSVUFR", "6 capital letters"),
    ],
)
def test_a_wrong_code_is_refused_with_what_is_allowed(parse: Callable[[str], str], code: str, remedy: str) -> None:
    with pytest.raises(CodeError, match=remedy):
        parse(code)


@given(st.from_regex(r"(US|TW|HK|KY|XS)[A-Z0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(body: str, place: int, off: int) -> None:
    isin = body + stdnum_isin.calc_check_digit(body)
    assert parse_isin(isin) == isin
    char = isin[2 + place]
    if char.isdigit():
        wrong = isin[: 2 + place] + str((int(char) + off) % 10) + isin[3 + place :]
        with pytest.raises(CodeError):
            parse_isin(wrong)


def test_every_isin_of_the_taiwan_list_is_right(shared_data: Callable[[str], Path]) -> None:
    with gzip.open(shared_data("reference_data") / "tw_isin_list.csv.gz", "rt", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row.get("ISIN")]
    assert len(rows) > 2000
    assert [row["ISIN"] for row in rows if parse_isin(row["ISIN"]) != row["ISIN"]] == []


def test_the_currencies_are_the_codes_in_use_of_iso_4217(shared_data: Callable[[str], Path]) -> None:
    file = shared_data("reference_data") / "iso4217_currency_codes.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    in_use = {row["AlphabeticCode"] for row in rows if row["AlphabeticCode"] and not row["WithdrawalDate"]}
    assert in_use - {"XXX", "XTS"} == CURRENCIES


def test_the_minor_units_are_those_of_iso_4217(shared_data: Callable[[str], Path]) -> None:
    file = shared_data("reference_data") / "iso4217_currency_codes.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["AlphabeticCode"] in CURRENCIES]
    listed = {row["AlphabeticCode"]: row["MinorUnit"] for row in rows if not row["WithdrawalDate"]}
    assert listed == {code: "-" if (units := minor_units(code)) is None else str(units) for code in CURRENCIES}
