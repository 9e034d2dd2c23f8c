"""FIX values between bytes and numbers, exact and without float.

Readers take a slice (raw, start, end) so that no field is copied to be read. They accept what FIX 4.4 volume 1,
"Data types", allows, and raise ValueError with a reason otherwise; who knows the tag turns that into a FieldError.
Decimals are integers scaled by a power of ten that the caller names. Compiled, i64 wraps silently; so every number
is bounded to 18 digits, which always fit.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter
from mypy_extensions import i64

from kairos.fix.dates import is_date, is_utc_time

SOH: Final = 1
_ZERO: Final = 48
_MINUS: Final = 45
_POINT: Final = 46
_COLON: Final = 58
_SPACE: Final = 32
_DELETE: Final = 127
_YES: Final = 89
_NO: Final = 78

MAX_DIGITS: Final = 18
"""The most decimal digits of which every value fits 64 bits (2**63 is about 9.2 * 10**18)."""
_MAX_VALUE: Final = 10**18 - 1
_LAST_ROOM: Final = 10**17
"""From here on one more digit would be the nineteenth."""
_POWERS: Final[list[i64]] = [10**n for n in range(MAX_DIGITS + 1)]

_NS: Final = 1_000_000_000
_DAY_S: Final = 86_400
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2261
"""The last whole year whose nanoseconds since 1970 fit 64 bits."""
_DATE_LENGTH: Final = 8
_SECONDS_LENGTH: Final = 17


def checksum(raw: bytes, start: i64, end: i64) -> i64:
    """CheckSum(10): the sum of the bytes, modulo 256."""
    total: i64 = 0
    i: i64 = start
    while i < end:
        total += raw[i]
        i += 1
    return total & 255


def _digits(raw: bytes, start: i64, end: i64) -> i64:
    """The unsigned number in at most 18 digits; the callers have checked the length."""
    value: i64 = 0
    i: i64 = start
    while i < end:
        digit: i64 = raw[i] - _ZERO
        if digit < 0 or digit > 9:
            raise ValueError("not a digit")
        value = value * 10 + digit
        i += 1
    return value


def parse_int(raw: bytes, start: i64, end: i64) -> i64:
    """int: digits, a minus sign allowed, no plus sign."""
    negative = start < end and raw[start] == _MINUS
    first: i64 = start + 1 if negative else start
    if first >= end:
        raise ValueError("no digits")
    if end - first > MAX_DIGITS:
        raise ValueError("more than 18 digits")
    value = _digits(raw, first, end)
    return -value if negative else value


def parse_decimal(raw: bytes, start: i64, end: i64, decimals: i64) -> i64:
    """float, Price, Qty, Amt: the exact value times 10**decimals.

    Leading zeros and trailing zeros are allowed, also beyond `decimals`; a digit that would be lost is a ValueError.
    """
    value: i64 = 0
    fraction: i64 = -1
    seen = False
    negative = start < end and raw[start] == _MINUS
    i: i64 = start + 1 if negative else start
    while i < end:
        byte: i64 = raw[i]
        i += 1
        if byte == _POINT and fraction < 0:
            fraction = 0
            continue
        digit: i64 = byte - _ZERO
        if digit < 0 or digit > 9:
            raise ValueError("not a digit")
        seen = True
        if fraction >= decimals:
            if digit != 0:
                raise ValueError("too many decimals")
            continue
        if value >= _LAST_ROOM:
            raise ValueError("more than 18 digits")
        value = value * 10 + digit
        if fraction >= 0:
            fraction += 1
    if not seen:
        raise ValueError("no digits")
    value = _scaled(value, decimals - (fraction if fraction > 0 else 0))
    return -value if negative else value


def _scaled(value: i64, places: i64) -> i64:
    if value == 0:
        return 0
    if places > MAX_DIGITS or value > _MAX_VALUE // _POWERS[places]:
        raise ValueError("more than 18 digits")
    return value * _POWERS[places]


def format_int(value: i64) -> bytes:
    return str(value).encode("ascii")


def format_decimal(value: i64, decimals: i64) -> bytes:
    """The shortest exact text of value / 10**decimals: no exponent, no trailing zeros."""
    if value < -_MAX_VALUE or value > _MAX_VALUE or decimals < 0 or decimals > MAX_DIGITS:
        raise ValueError("more than 18 digits")
    magnitude: i64 = -value if value < 0 else value
    scale: i64 = _POWERS[decimals]
    whole: i64 = magnitude // scale
    fraction: i64 = magnitude - whole * scale
    if fraction == 0:
        return str(-whole if value < 0 else whole).encode("ascii")
    places: i64 = decimals
    while fraction % 10 == 0:
        fraction //= 10
        places -= 1
    w = BytesWriter()
    if value < 0:
        w.append(_MINUS)
    w.write(str(whole).encode("ascii"))
    w.append(_POINT)
    _put_digits(w, fraction, places)
    return w.getvalue()


def _put_digits(w: BytesWriter, value: i64, width: i64) -> None:
    """The lowest `width` digits of a value, with leading zeros."""
    place: i64 = width - 1
    while place >= 0:
        w.append(_ZERO + value // _POWERS[place] % 10)
        place -= 1


def days_from_civil(year: i64, month: i64, day: i64) -> i64:
    """Days since 1970-01-01 in the Gregorian calendar, for years from 1 on.

    The year is taken to begin in March, so that the leap day is its last, and months follow a line of slope 153/5.
    """
    shifted_year: i64 = year - 1 if month <= 2 else year
    shifted_month: i64 = month + 9 if month <= 2 else month - 3
    day_of_year: i64 = (153 * shifted_month + 2) // 5 + day - 1
    return shifted_year * 365 + shifted_year // 4 - shifted_year // 100 + shifted_year // 400 + day_of_year - 719_468


def civil_from_days(days: i64) -> tuple[i64, i64, i64]:
    """(year, month, day) of a day since 1970-01-01; the inverse of `days_from_civil`."""
    shifted: i64 = days + 719_468
    era: i64 = shifted // 146_097
    day_of_era: i64 = shifted - era * 146_097
    year_of_era: i64 = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year: i64 = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month: i64 = (5 * day_of_year + 2) // 153
    day: i64 = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month: i64 = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year: i64 = year_of_era + era * 400
    return (year + 1 if month <= 2 else year), month, day


def parse_utc_date(raw: bytes, start: i64, end: i64) -> i64:
    """UTCDateOnly and LocalMktDate, YYYYMMDD: days since 1970-01-01."""
    if not is_date(raw, start, end):
        raise ValueError("not a date YYYYMMDD")
    year = _digits(raw, start, start + 4)
    if year < _FIRST_YEAR or year > _LAST_YEAR:
        raise ValueError(f"a date out of {_FIRST_YEAR} to {_LAST_YEAR}")
    month = _digits(raw, start + 4, start + 6)
    day = _digits(raw, start + 6, end)
    return days_from_civil(year, month, day)


def format_utc_date(days: i64) -> bytes:
    """YYYYMMDD of a day since 1970-01-01."""
    year, month, day = civil_from_days(days)
    w = BytesWriter()
    _put_digits(w, year, 4)
    _put_digits(w, month, 2)
    _put_digits(w, day, 2)
    return w.getvalue()


def parse_utc_time(raw: bytes, start: i64, end: i64) -> i64:
    """UTCTimeOnly, HH:MM:SS with a fraction of none, 3, 6, 9 or 12 digits: nanoseconds of the day, finer is cut off."""
    if not is_utc_time(raw, start, end):
        raise ValueError("not a time HH:MM:SS with a fraction of 0, 3, 6, 9 or 12 digits")
    hour = _digits(raw, start, start + 2)
    minute = _digits(raw, start + 3, start + 5)
    second = _digits(raw, start + 6, start + 8)
    fraction: i64 = start + 9
    last: i64 = end if end < fraction + 9 else fraction + 9
    nanos: i64 = _digits(raw, fraction, last) * _POWERS[9 - (last - fraction)] if last > fraction else 0
    return ((hour * 60 + minute) * 60 + second) * _NS + nanos


def parse_utc(raw: bytes, start: i64, end: i64) -> i64:
    """UTCTimestamp, YYYYMMDD-HH:MM:SS[.fraction]: nanoseconds since 1970. A leap second is the next one's first."""
    if end - start < _SECONDS_LENGTH or raw[start + _DATE_LENGTH] != _MINUS:
        raise ValueError("not YYYYMMDD-HH:MM:SS")
    days = parse_utc_date(raw, start, start + _DATE_LENGTH)
    return days * _DAY_S * _NS + parse_utc_time(raw, start + _DATE_LENGTH + 1, end)


class _Day:
    """The text of the day last written: a day has many messages."""

    __slots__ = ("day", "prefix")

    def __init__(self) -> None:
        self.day: i64 = 0
        self.prefix = b"19700101-"


_DAY: Final = _Day()


def format_utc(ns: i64) -> bytes:
    """UTCTimestamp to the millisecond, 21 characters; what is finer is cut off."""
    return format_utc_to(ns, 3)


def format_utc_us(ns: i64) -> bytes:
    """UTCTimestamp to the microsecond, 24 characters; what is finer is cut off."""
    return format_utc_to(ns, 6)


def format_utc_to(ns: i64, places: i64) -> bytes:
    """UTCTimestamp with that many digits of a second's fraction, 0 to 9; what is finer is cut off."""
    seconds: i64 = ns // _NS
    day: i64 = seconds // _DAY_S
    if day != _DAY.day:
        _DAY.prefix = format_utc_date(day) + b"-"
        _DAY.day = day
    second: i64 = seconds - day * _DAY_S
    w = BytesWriter()
    w.write(_DAY.prefix)
    _put_digits(w, second // 3600, 2)
    w.append(_COLON)
    _put_digits(w, second // 60 % 60, 2)
    w.append(_COLON)
    _put_digits(w, second % 60, 2)
    if places > 0:
        w.append(_POINT)
        _put_digits(w, ns % _NS // _POWERS[9 - places], places)
    return w.getvalue()


def parse_bool(raw: bytes, start: i64, end: i64) -> bool:
    """Boolean: Y or N."""
    if end - start != 1 or (raw[start] != _YES and raw[start] != _NO):
        raise ValueError("not Y or N")
    return raw[start] == _YES


def parse_char(raw: bytes, start: i64, end: i64) -> str:
    """char: one printable character."""
    if end - start != 1 or raw[start] < _SPACE or raw[start] == _DELETE:
        raise ValueError("not one character")
    return raw[start:end].decode("iso-8859-1")
