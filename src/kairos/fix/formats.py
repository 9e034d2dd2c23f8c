"""Is a value's text well formed for its data type? Source: FIX 4.0 to 4.4 volume 1 and FIX 5.0 SP2, "Data types".

Only the form is judged, not whether the number fits our own bounds: a price of thirty digits is well formed, and it is
the reader of the field that refuses it. The names of the types differ by version, their forms do not, but for these:

- `char` was any text up to FIX 4.1; `quickfix_xml` calls that STRING;
- `TIME` and `DATE` of FIX 4.0 and 4.1 are the UTCTimestamp and the LocalMktDate of later ones;
- seconds had no fraction before FIX 4.2, then three digits, then up to twelve: all are taken in all versions.

Left open on purpose: exchange codes, since FIX 4.2 takes Reuters' and later ones ISO 10383's and both are met in all;
the case of a currency's last letter, since pence are written GBp; and which of the codes exist.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix.dates import (
    is_date,
    is_local_time,
    is_month_year,
    is_utc_time,
    is_utc_timestamp,
    is_zoned_time,
    is_zoned_timestamp,
)

ANY: Final = 0
CHAR: Final = 1
INT: Final = 2
UNSIGNED: Final = 3
POSITIVE: Final = 4
FLOAT: Final = 5
BOOLEAN: Final = 6
UTC_TIMESTAMP: Final = 7
DATE: Final = 8
UTC_TIME: Final = 9
MONTH_YEAR: Final = 10
DAY_OF_MONTH: Final = 11
LOCAL_TIME: Final = 12
ZONED_TIME: Final = 13
ZONED_TIMESTAMP: Final = 14
TENOR: Final = 15
CURRENCY: Final = 16
COUNTRY: Final = 17
LANGUAGE: Final = 18
SEVERAL: Final = 19
SEVERAL_CHARS: Final = 20
XML_ID: Final = 21

_CODES: Final[dict[str, int]] = {
    "CHAR": CHAR,
    "INT": INT,
    "RESERVED100PLUS": INT,
    "RESERVED1000PLUS": INT,
    "RESERVED4000PLUS": INT,
    "SEQNUM": UNSIGNED,
    "NUMINGROUP": UNSIGNED,
    "TAGNUM": POSITIVE,
    "LENGTH": POSITIVE,
    "FLOAT": FLOAT,
    "PRICE": FLOAT,
    "PRICEOFFSET": FLOAT,
    "QTY": FLOAT,
    "QUANTITY": FLOAT,
    "AMT": FLOAT,
    "PERCENTAGE": FLOAT,
    "BOOLEAN": BOOLEAN,
    "TIME": UTC_TIMESTAMP,
    "UTCTIMESTAMP": UTC_TIMESTAMP,
    "DATE": DATE,
    "UTCDATE": DATE,
    "UTCDATEONLY": DATE,
    "LOCALMKTDATE": DATE,
    "UTCTIMEONLY": UTC_TIME,
    "LOCALMKTTIME": LOCAL_TIME,
    "TZTIMEONLY": ZONED_TIME,
    "TZTIMESTAMP": ZONED_TIMESTAMP,
    "MONTHYEAR": MONTH_YEAR,
    "DAYOFMONTH": DAY_OF_MONTH,
    "TENOR": TENOR,
    "CURRENCY": CURRENCY,
    "COUNTRY": COUNTRY,
    "LANGUAGE": LANGUAGE,
    "MULTIPLEVALUESTRING": SEVERAL,
    "MULTIPLESTRINGVALUE": SEVERAL,
    "MULTIPLECHARVALUE": SEVERAL_CHARS,
    "XID": XML_ID,
    "XIDREF": XML_ID,
}

_MINUS: Final = 45
_POINT: Final = 46
_ZERO: Final = 48
_NINE: Final = 57
_A: Final = 65
_Z: Final = 90
_SMALL_A: Final = 97
_SMALL_Z: Final = 122
_SPACE: Final = 32
_DELETE: Final = 127
_YES_NO: Final = b"YN"
_TENOR_UNITS: Final = b"DWMY"
_NO_NAME_START: Final = b"-.0123456789"
_NO_NAME: Final = b" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}~\x7f"


_SINGLE_BYTES: Final[dict[int, bytes]] = {}


def format_code(type_name: str) -> int:
    """The form that a dictionary's type prescribes; ANY for texts, data and types that we don't know."""
    return _CODES.get(type_name, ANY)


def single_bytes(code: i64) -> bytes:
    """By byte, 1 where a value of this one character has the form."""
    table = _SINGLE_BYTES.get(code)
    if table is None:
        table = bytes([well_formed(code, bytes([byte]), 0, 1) for byte in range(256)])
        _SINGLE_BYTES[code] = table
    return table


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
    if code == UTC_TIMESTAMP:
        return is_utc_timestamp(raw, start, end)
    if code == CHAR:
        return end - start == 1 and raw[start] >= _SPACE and raw[start] != _DELETE
    if DATE <= code <= ZONED_TIMESTAMP:
        return _is_time(code, raw, start, end)
    return _is_text(code, raw, start, end)


def _is_time(code: i64, raw: bytes, start: i64, end: i64) -> bool:
    if code == DATE:
        return is_date(raw, start, end)
    if code == UTC_TIME:
        return is_utc_time(raw, start, end)
    if code == MONTH_YEAR:
        return is_month_year(raw, start, end)
    if code == LOCAL_TIME:
        return is_local_time(raw, start, end)
    if code == ZONED_TIME:
        return is_zoned_time(raw, start, end)
    if code == ZONED_TIMESTAMP:
        return is_zoned_timestamp(raw, start, end)
    return end - start <= 2 and _all_digits(raw, start, end) and 1 <= int(raw[start:end]) <= 31


def _is_text(code: i64, raw: bytes, start: i64, end: i64) -> bool:
    if code == BOOLEAN:
        return end - start == 1 and raw[start] in _YES_NO
    if code == POSITIVE:
        return _is_positive(raw, start, end)
    if code == SEVERAL:
        return _is_several(raw, start, end, False)
    if code == SEVERAL_CHARS:
        return _is_several(raw, start, end, True)
    if code == TENOR:
        return raw[start] in _TENOR_UNITS and _is_positive(raw, start + 1, end)
    if code == CURRENCY:
        return end - start == 3 and _is_currency(raw, start)
    if code == COUNTRY:
        return end - start == 2 and raw[start:end].isalpha() and raw[start:end].isupper()
    if code == LANGUAGE:
        return end - start == 2 and raw[start:end].isalpha() and raw[start:end].islower()
    return _is_xml_id(raw, start, end)


def _all_digits(raw: bytes, start: i64, end: i64) -> bool:
    i: i64 = start
    while i < end:
        byte: i64 = raw[i]
        if byte < _ZERO or byte > _NINE:
            return False
        i += 1
    return True


def _is_positive(raw: bytes, start: i64, end: i64) -> bool:
    first: i64 = start
    while first < end and raw[first] == _ZERO:
        first += 1
    return first < end and _all_digits(raw, first, end)


def _is_currency(raw: bytes, start: i64) -> bool:
    """Three capital letters or digits; the last letter may be a small one."""
    i: i64 = start
    while i < start + 3:
        byte: i64 = raw[i]
        capital = _A <= byte <= _Z or _ZERO <= byte <= _NINE
        if not capital and (i < start + 2 or byte < _SMALL_A or byte > _SMALL_Z):
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
        elif byte < _ZERO or byte > _NINE:
            return False
        else:
            digits += 1
        i += 1
    return digits > 0 and points <= 1


def _is_several(raw: bytes, start: i64, end: i64, single: bool) -> bool:
    """Values parted by one space each; `single` when they are one character each."""
    length: i64 = 0
    i: i64 = start
    while i < end:
        if raw[i] == _SPACE:
            if length == 0:
                return False
            length = 0
        elif single and length == 1:
            return False
        else:
            length += 1
        i += 1
    return length > 0


def _is_xml_id(raw: bytes, start: i64, end: i64) -> bool:
    """An NCName of XML 1.0, beyond ASCII not judged: no space, no punctuation but `_`, `-` and `.`."""
    if raw[start] in _NO_NAME_START:
        return False
    i: i64 = start
    while i < end:
        if raw[i] < _SPACE or raw[i] in _NO_NAME:
            return False
        i += 1
    return True
