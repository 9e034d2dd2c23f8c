"""Is a value's text well formed for its data type? Source: FIX 4.4 volume 1, "Data types".

Only the form is judged, not whether the number fits our own bounds: a price of thirty digits is well formed, and it is
the reader of the field that refuses it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix.values import parse_bool, parse_char, parse_utc, parse_utc_date, parse_utc_time

ANY: Final = 0
CHAR: Final = 1
INT: Final = 2
UNSIGNED: Final = 3
FLOAT: Final = 4
BOOLEAN: Final = 5
UTC_TIMESTAMP: Final = 6
UTC_DATE: Final = 7
UTC_TIME: Final = 8
MONTH_YEAR: Final = 9
DAY_OF_MONTH: Final = 10

_CODES: Final[dict[str, int]] = {
    "CHAR": CHAR,
    "INT": INT,
    "TAGNUM": UNSIGNED,
    "SEQNUM": UNSIGNED,
    "LENGTH": UNSIGNED,
    "NUMINGROUP": UNSIGNED,
    "FLOAT": FLOAT,
    "PRICE": FLOAT,
    "PRICEOFFSET": FLOAT,
    "QTY": FLOAT,
    "AMT": FLOAT,
    "PERCENTAGE": FLOAT,
    "BOOLEAN": BOOLEAN,
    "UTCTIMESTAMP": UTC_TIMESTAMP,
    "UTCDATE": UTC_DATE,
    "UTCDATEONLY": UTC_DATE,
    "LOCALMKTDATE": UTC_DATE,
    "UTCTIMEONLY": UTC_TIME,
    "MONTHYEAR": MONTH_YEAR,
    "DAYOFMONTH": DAY_OF_MONTH,
}

_MINUS: Final = 45
_POINT: Final = 46
_ZERO: Final = 48
_YEAR_MONTH_LENGTH: Final = 6
_YEAR_MONTH_WEEK_LENGTH: Final = 8


def format_code(type_name: str) -> int:
    """The form that a dictionary's type prescribes; ANY for texts, data and types that we don't know."""
    return _CODES.get(type_name, ANY)


def well_formed(code: i64, raw: bytes, start: i64, end: i64) -> bool:
    """Whether the value, which is not empty, has that form."""
    if code == ANY:
        return True
    if code == FLOAT:
        return _is_float(raw, start, end)
    if code == UNSIGNED:
        return _all_digits(raw, start, end)
    if code == INT:
        first: i64 = start + 1 if raw[start] == _MINUS else start
        return first < end and _all_digits(raw, first, end)
    try:
        _read(code, raw, start, end)
    except ValueError:
        return False
    return True


def _read(code: i64, raw: bytes, start: i64, end: i64) -> None:
    if code == CHAR:
        parse_char(raw, start, end)
    elif code == BOOLEAN:
        parse_bool(raw, start, end)
    elif code == UTC_TIMESTAMP:
        parse_utc(raw, start, end)
    elif code == UTC_DATE:
        parse_utc_date(raw, start, end)
    elif code == UTC_TIME:
        parse_utc_time(raw, start, end)
    elif code == MONTH_YEAR:
        _read_month_year(raw, start, end)
    elif not _all_digits(raw, start, end) or end - start > 2 or not 1 <= int(raw[start:end]) <= 31:
        raise ValueError("not a day of a month")


def _read_month_year(raw: bytes, start: i64, end: i64) -> None:
    """YYYYMM, YYYYMMDD, or YYYYMMwN with a week from 1 to 5."""
    if end - start == _YEAR_MONTH_LENGTH:
        parse_utc_date(raw[start:end] + b"01", 0, _YEAR_MONTH_WEEK_LENGTH)
    elif end - start == _YEAR_MONTH_WEEK_LENGTH and raw[end - 2 : end] in (b"w1", b"w2", b"w3", b"w4", b"w5"):
        parse_utc_date(raw[start : end - 2] + b"01", 0, _YEAR_MONTH_WEEK_LENGTH)
    else:
        parse_utc_date(raw, start, end)


def _all_digits(raw: bytes, start: i64, end: i64) -> bool:
    i: i64 = start
    while i < end:
        digit: i64 = raw[i] - _ZERO
        if digit < 0 or digit > 9:
            return False
        i += 1
    return True


def _is_float(raw: bytes, start: i64, end: i64) -> bool:
    i: i64 = start + 1 if raw[start] == _MINUS else start
    digits: i64 = 0
    points: i64 = 0
    while i < end:
        byte: i64 = raw[i]
        if byte == _POINT:
            points += 1
        elif byte < _ZERO or byte > _ZERO + 9:
            return False
        else:
            digits += 1
        i += 1
    return digits > 0 and points <= 1
