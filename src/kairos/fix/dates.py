"""Is it a date, a time, a month? The forms of FIX 4.0 to 5.0 SP2, judged byte by byte, without a number being made.

Years run from 0000 to 9999, as FIX says: bonds fell due before 1970, and some say 99991231 for never. What needs a
number reads it by `values`, which has its own bounds.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

_ZERO: Final = 48
_NINE: Final = 57
_COLON: Final = 58
_POINT: Final = 46
_PLUS: Final = 43
_MINUS: Final = 45
_ZULU: Final = 90
_WEEK: Final = 119

_DATE_LENGTH: Final = 8
_MINUTE_LENGTH: Final = 5
_SECOND_LENGTH: Final = 8
_MONTH_LENGTH: Final = 6
_MONTH_DAYS: Final = b"\x00\x1f\x1c\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"
_MAX_FRACTION: Final = 12
"""Picoseconds."""
_MAX_OFFSET_H: Final = 14
"""Kiribati's clock is UTC+14; FIX says 12."""


class _Known:
    """The date and the clock that were last found good, as words of eight bytes: most messages have the same ones."""

    __slots__ = ("clock", "date")

    def __init__(self) -> None:
        self.date: i64 = int.from_bytes(b"19700101", "little")
        self.clock: i64 = int.from_bytes(b"00:00:00", "little")


_KNOWN: Final = _Known()


def _number(raw: bytes, start: i64, end: i64) -> i64:
    """Of four digits at most; -1 when they aren't digits."""
    value: i64 = 0
    i: i64 = start
    while i < end:
        byte: i64 = raw[i]
        if byte < _ZERO or byte > _NINE:
            return -1
        value = value * 10 + byte - _ZERO
        i += 1
    return value


def is_date(raw: bytes, start: i64, end: i64) -> bool:
    """YYYYMMDD, a day of the Gregorian calendar."""
    if end - start != _DATE_LENGTH:
        return False
    word: i64 = read_i64_le(raw, start)
    if word != _KNOWN.date:
        if not _is_day(raw, start, end):
            return False
        _KNOWN.date = word
    return True


def _is_day(raw: bytes, start: i64, end: i64) -> bool:
    if not is_month(raw, start, start + _MONTH_LENGTH):
        return False
    year = _number(raw, start, start + 4)
    month = _number(raw, start + 4, start + 6)
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last: i64 = 29 if leap else _MONTH_DAYS[month]
    return 1 <= _number(raw, start + 6, end) <= last


def is_month(raw: bytes, start: i64, end: i64) -> bool:
    """YYYYMM."""
    return (
        end - start == _MONTH_LENGTH and _number(raw, start, start + 4) >= 0 and 1 <= _number(raw, start + 4, end) <= 12
    )


def is_month_year(raw: bytes, start: i64, end: i64) -> bool:
    """YYYYMM, YYYYMMDD, or YYYYMMwN with a week from 1 to 5."""
    if end - start == _DATE_LENGTH and raw[end - 2] == _WEEK:
        return is_month(raw, start, start + _MONTH_LENGTH) and 1 <= _number(raw, end - 1, end) <= 5
    return is_month(raw, start, end) or is_date(raw, start, end)


def is_utc_time(raw: bytes, start: i64, end: i64) -> bool:
    """HH:MM:SS with a fraction of none, 3, 6, 9 or 12 digits; a leap second is at 23:59:60 only."""
    if end - start < _SECOND_LENGTH:
        return False
    word: i64 = read_i64_le(raw, start)
    if word != _KNOWN.clock:
        if not _is_clock(raw, start):
            return False
        _KNOWN.clock = word
    behind: i64 = start + _SECOND_LENGTH
    return behind == end or fraction_end(raw, behind, end) == end


def _is_clock(raw: bytes, start: i64) -> bool:
    """HH:MM:SS; the caller has seen that eight bytes are there."""
    if not _is_minute(raw, start) or raw[start + 5] != _COLON:
        return False
    second = _number(raw, start + 6, start + 8)
    return 0 <= second <= 59 or (second == 60 and raw[start : start + 6] == b"23:59:")


def is_utc_timestamp(raw: bytes, start: i64, end: i64) -> bool:
    """YYYYMMDD-HH:MM:SS with a fraction of none, 3, 6, 9 or 12 digits."""
    behind: i64 = start + _DATE_LENGTH
    return end > behind and raw[behind] == _MINUS and is_date(raw, start, behind) and is_utc_time(raw, behind + 1, end)


def is_local_time(raw: bytes, start: i64, end: i64) -> bool:
    """HH:MM:SS."""
    return end - start == _SECOND_LENGTH and _is_minute(raw, start) and _is_second(raw, start + 5, 59)


def is_zoned_time(raw: bytes, start: i64, end: i64) -> bool:
    """HH:MM[:SS[.fraction]], then nothing or Z for UTC, or the offset +hh[:mm] or -hh[:mm]."""
    if end - start < _MINUTE_LENGTH or not _is_minute(raw, start):
        return False
    behind: i64 = start + _MINUTE_LENGTH
    if behind < end and raw[behind] == _COLON:
        return is_zoned_second(raw, start, end)
    return _is_zone(raw, behind, end)


def is_zoned_second(raw: bytes, start: i64, end: i64) -> bool:
    """HH:MM:SS[.fraction] and the zone; where a leap second falls depends on it, so that 60 passes in any minute."""
    if end - start < _SECOND_LENGTH or not _is_minute(raw, start) or not _is_second(raw, start + 5, 60):
        return False
    behind = fraction_end(raw, start + _SECOND_LENGTH, end)
    return behind >= 0 and _is_zone(raw, behind, end)


def is_zoned_timestamp(raw: bytes, start: i64, end: i64) -> bool:
    """YYYYMMDD-HH:MM:SS[.fraction] and the zone."""
    behind: i64 = start + _DATE_LENGTH
    return (
        end > behind and raw[behind] == _MINUS and is_date(raw, start, behind) and is_zoned_second(raw, behind + 1, end)
    )


def _is_minute(raw: bytes, start: i64) -> bool:
    """HH:MM; the caller has seen that five bytes are there."""
    return (
        0 <= _number(raw, start, start + 2) <= 23
        and raw[start + 2] == _COLON
        and 0 <= _number(raw, start + 3, start + 5) <= 59
    )


def _is_second(raw: bytes, start: i64, last: i64) -> bool:
    """:SS"""
    return raw[start] == _COLON and 0 <= _number(raw, start + 1, start + 3) <= last


def fraction_end(raw: bytes, start: i64, end: i64) -> i64:
    """Where the fraction of a second that may stand at `start` ends; -1 when it has not 3, 6, 9 or 12 digits."""
    if start >= end or raw[start] != _POINT:
        return start
    i: i64 = start + 1
    while i < end and _ZERO <= raw[i] <= _ZERO + 9:
        i += 1
    places: i64 = i - start - 1
    if 0 < places <= _MAX_FRACTION and places % 3 == 0:
        return i
    return -1


def _is_zone(raw: bytes, start: i64, end: i64) -> bool:
    length: i64 = end - start
    if length <= 1:
        return length == 0 or raw[start] == _ZULU
    if (raw[start] != _PLUS and raw[start] != _MINUS) or length not in (3, 6):
        return False
    if length == 6 and (raw[start + 3] != _COLON or not 0 <= _number(raw, start + 4, end) <= 59):
        return False
    return 0 <= _number(raw, start + 1, start + 3) <= _MAX_OFFSET_H
