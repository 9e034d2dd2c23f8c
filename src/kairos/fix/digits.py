"""Writes the digits of numbers straight into a buffer, without a text of each in between.

Up to eight digits are put together as one word, the first in its lowest byte, and written at once; what of the word's
eight bytes is not a digit is cut off again. That costs a third of appending each digit.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64

_ZERO: Final = 48
_WORD_DIGITS: Final = 8
_WORD_LIMIT: Final = 100_000_000


def put_int(w: BytesWriter, value: i64) -> None:
    """A whole number in its shortest text."""
    if 0 <= value < _WORD_LIMIT:
        length: i64 = len(w)
        word: i64 = 0
        while value >= 10:
            rest: i64 = value // 10
            word = (word << 8) + _ZERO + value - rest * 10
            value = rest
            length += 1
        write_i64_le(w, (word << 8) + _ZERO + value)
        w.truncate(length + 1)
    elif value < 0:
        w.write(str(value).encode("ascii"))
    else:
        put_int(w, value // _WORD_LIMIT)
        put_digits(w, value % _WORD_LIMIT, _WORD_DIGITS)


def width(value: i64) -> i64:
    """How many digits a number has that is not negative."""
    digits: i64 = 1
    while value >= 10:
        value //= 10
        digits += 1
    return digits


def put_digits(w: BytesWriter, value: i64, width: i64) -> None:
    """The lowest `width` digits of a number that is not negative, with leading zeros."""
    if width > _WORD_DIGITS:
        put_digits(w, value // _WORD_LIMIT, width - _WORD_DIGITS)
        width = _WORD_DIGITS
    length: i64 = len(w)
    word: i64 = 0
    place: i64 = 0
    while place < width:
        rest: i64 = value // 10
        word = (word << 8) + _ZERO + value - rest * 10
        value = rest
        place += 1
    write_i64_le(w, word)
    w.truncate(length + width)
