"""FIX values between bytes and numbers, exact and without float.

Readers take a slice (raw, start, end) so that no field is copied to be read. They accept what FIX 4.4 volume 1,
"Data types", allows, and raise ValueError with a reason otherwise; who knows the tag turns that into a FieldError.
Decimals are integers scaled by a power of ten that the caller names. Compiled, i64 wraps silently; so every number
is bounded to 18 digits, which always fit.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, read_i64_le
from mypy_extensions import i64, mypyc_attr

from kairos.fix.dates import fraction_end, is_date, is_utc_time
from kairos.fix.digits import put_digits, put_int

SOH: Final = 1
_ZERO: Final = 48
_NINE: Final = 57
_MINUS: Final = 45
_POINT: Final = 46
_COLON: Final = 58
_YES: Final = 89
_NO: Final = 78

MAX_DIGITS: Final = 18
"""The most decimal digits of which every value fits 64 bits (2**63 is about 9.2 * 10**18)."""
_MAX_VALUE: Final = 10**18 - 1
_LAST_ROOM: Final = 10**17
"""From here on one more digit would be the nineteenth."""
_POWERS: Final[list[i64]] = [10**n for n in range(MAX_DIGITS + 1)]

_NS: Final = 1_000_000_000
_MS: Final = 1_000_000
_DAY_S: Final = 86_400
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2261
"""The last whole year whose nanoseconds since 1970 fit 64 bits."""
_DATE_LENGTH: Final = 8
_CLOCK_LENGTH: Final = 8
_NOT_A_TIME: Final = "not a time HH:MM:SS with a fraction of 0, 3, 6, 9 or 12 digits"
_SECONDS_LENGTH: Final = 17
_EVEN_BYTES: Final = 0x00FF_00FF_00FF_00FF


def checksum(raw: bytes, start: i64, end: i64) -> i64:
    """CheckSum(10): the sum of the bytes, modulo 256.

    Eight bytes are added at a time, two to each of four lanes of 16 bits, which hold 64 such sums without a carry.
    """
    total: i64 = 0
    i: i64 = start
    while i + 8 <= end:
        block: i64 = i + 512 if i + 519 <= end else end - 7
        lanes: i64 = 0
        while i < block:
            word: i64 = read_i64_le(raw, i)
            lanes += (word & _EVEN_BYTES) + ((word >> 8) & _EVEN_BYTES)
            i += 8
        total += (lanes & 0xFFFF) + ((lanes >> 16) & 0xFFFF) + ((lanes >> 32) & 0xFFFF) + (lanes >> 48)
    while i < end:
        total += raw[i]
        i += 1
    return total & 255


def _digits(raw: bytes, start: i64, end: i64) -> i64:
    """The unsigned number in at most 18 digits; the callers have checked the length."""
    value: i64 = 0
    i: i64 = start
    while i < end:
        byte: i64 = raw[i]
        if byte < _ZERO or byte > _NINE:
            raise ValueError("not a digit")
        value = value * 10 + byte - _ZERO
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


def put_decimal(w: BytesWriter, value: i64, decimals: i64) -> None:
    """Write the shortest exact text of value / 10**decimals: no exponent, no trailing zeros."""
    if value < -_MAX_VALUE or value > _MAX_VALUE or decimals < 0 or decimals > MAX_DIGITS:
        raise ValueError("more than 18 digits")
    magnitude: i64 = -value if value < 0 else value
    scale: i64 = _POWERS[decimals]
    whole: i64 = magnitude // scale
    fraction: i64 = magnitude - whole * scale
    if value < 0:
        w.append(_MINUS)
    put_int(w, whole)
    if fraction == 0:
        return
    places: i64 = decimals
    while fraction % 10 == 0:
        fraction //= 10
        places -= 1
    w.append(_POINT)
    put_digits(w, fraction, places)


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
    put_digits(w, year, 4)
    put_digits(w, month, 2)
    put_digits(w, day, 2)
    return w.getvalue()


def parse_utc_time(raw: bytes, start: i64, end: i64) -> i64:
    """UTCTimeOnly, HH:MM:SS with a fraction of none, 3, 6, 9 or 12 digits: nanoseconds of the day, finer is cut off."""
    if not is_utc_time(raw, start, end):
        raise ValueError(_NOT_A_TIME)
    hour = _digits(raw, start, start + 2)
    minute = _digits(raw, start + 3, start + 5)
    second = _digits(raw, start + 6, start + 8)
    return ((hour * 60 + minute) * 60 + second) * _NS + _fraction(raw, start + _CLOCK_LENGTH, end)


def _fraction(raw: bytes, start: i64, end: i64) -> i64:
    """The nanoseconds of a fraction that begins with its point, or of none; finer is cut off."""
    if fraction_end(raw, start, end) != end:
        raise ValueError(_NOT_A_TIME)
    if start == end:
        return 0
    last: i64 = end if end < start + 10 else start + 10
    return _digits(raw, start + 1, last) * _POWERS[10 - (last - start)]


@mypyc_attr(acyclic=True)
class _Second:
    """A second that was read: its date and its clock as words of eight bytes, and when it was."""

    __slots__ = ("clock", "date", "ns")

    def __init__(self, date: i64, clock: i64, ns: i64) -> None:
        self.date: Final[i64] = date
        self.clock: Final[i64] = clock
        self.ns: Final[i64] = ns


class _LastRead:
    """The second last read: a burst's messages have the same one, and comparing words costs less than reading them."""

    __slots__ = ("second",)

    def __init__(self) -> None:
        self.second = _Second(int.from_bytes(b"19700101", "little"), int.from_bytes(b"00:00:00", "little"), 0)


_LAST_READ: Final = _LastRead()


def parse_utc(raw: bytes, start: i64, end: i64) -> i64:
    """UTCTimestamp, YYYYMMDD-HH:MM:SS[.fraction]: nanoseconds since 1970. A leap second is the next one's first."""
    if end - start < _SECONDS_LENGTH or raw[start + _DATE_LENGTH] != _MINUS:
        raise ValueError("not YYYYMMDD-HH:MM:SS")
    date: i64 = read_i64_le(raw, start)
    clock: i64 = read_i64_le(raw, start + _DATE_LENGTH + 1)
    second = _LAST_READ.second
    if date != second.date or clock != second.clock:
        days = parse_utc_date(raw, start, start + _DATE_LENGTH)
        time_ns = parse_utc_time(raw, start + _DATE_LENGTH + 1, start + _SECONDS_LENGTH)
        second = _Second(date, clock, days * _DAY_S * _NS + time_ns)
        _LAST_READ.second = second
    return second.ns + _fraction(raw, start + _SECONDS_LENGTH, end)


@mypyc_attr(acyclic=True)
class _Stamp:
    """A time as it was written: in units of its last digit, and its text."""

    __slots__ = ("text", "units")

    def __init__(self, units: i64, text: bytes) -> None:
        self.units: Final[i64] = units
        self.text: Final = text


class _LastWritten:
    """The millisecond last written, which a burst's reports share, and the text of its day, which all of them do."""

    __slots__ = ("day", "millisecond")

    def __init__(self) -> None:
        self.day = _Stamp(0, b"19700101-")
        self.millisecond = _Stamp(0, b"19700101-00:00:00.000")


_LAST_WRITTEN: Final = _LastWritten()


def format_utc(ns: i64) -> bytes:
    """UTCTimestamp to the millisecond, 21 characters; what is finer is cut off."""
    milliseconds: i64 = ns // _MS
    last = _LAST_WRITTEN.millisecond
    if last.units != milliseconds:
        last = _Stamp(milliseconds, format_utc_to(ns, 3))
        _LAST_WRITTEN.millisecond = last
    return last.text


def format_utc_to(ns: i64, places: i64) -> bytes:
    """UTCTimestamp with that many digits of a second's fraction, 0 to 9; what is finer is cut off."""
    seconds: i64 = ns // _NS
    second: i64 = seconds % _DAY_S
    day = _LAST_WRITTEN.day
    if day.units != seconds // _DAY_S:
        day = _Stamp(seconds // _DAY_S, format_utc_date(seconds // _DAY_S) + b"-")
        _LAST_WRITTEN.day = day
    w = BytesWriter()
    w.write(day.text)
    put_digits(w, second // 3600, 2)
    w.append(_COLON)
    put_digits(w, second // 60 % 60, 2)
    w.append(_COLON)
    put_digits(w, second % 60, 2)
    if places > 0:
        w.append(_POINT)
        put_digits(w, ns % _NS // _POWERS[9 - places], places)
    return w.getvalue()


def parse_bool(raw: bytes, start: i64, end: i64) -> bool:
    """Boolean: Y or N."""
    if end - start != 1 or (raw[start] != _YES and raw[start] != _NO):
        raise ValueError("not Y or N")
    return raw[start] == _YES
