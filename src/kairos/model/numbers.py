"""Exact numbers: prices, quantities and money as scaled integers, and their decimal text.

A price is an integer in units of 10**-8 currency (`PRICE_DECIMALS`), so the finest tick of any market we trade (CME's
yen future, 0.0000005) is exact. A quantity is a whole number of the instrument's units. Money is price times
quantity, so it carries the price's scale and is never rounded on the way; it is a Python `int` because a firm's
exposure can pass 2**63.

No binary float ever becomes one of these.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

PRICE_DECIMALS: Final = 8
PRICE_SCALE: Final = 100_000_000

# Nine integer digits hold any listed price (the dearest share, BRK.A, has six) and keep 10**17, far below 2**63.
MAX_PRICE: Final = 999_999_999 * PRICE_SCALE
# Ten digits of units: the largest listed companies have fewer shares; a price times this stays an exact `int`.
MAX_QTY: Final = 9_999_999_999
# What a compiled `int` holds without an object of its own: a machine word but for one bit.
MAX_WORD: Final = 4_611_686_018_427_387_903


class NumberError(ValueError):
    """A text is not the exact number that it should be; the message says what is wrong with it."""


def parse_price(text: str) -> int:
    """Read decimal text ("1085", "28.41", "-0.5") as a scaled price; at most 8 decimals, nothing rounded."""
    value = parse_decimal(text, PRICE_DECIMALS)
    if abs(value) > MAX_PRICE:
        raise NumberError(f"price {text!r} has more than 9 digits before the point")
    return value


def parse_qty(text: str) -> int:
    """Read a whole number of units ("100", "100.00"); a fraction is an error, never dropped."""
    value = parse_decimal(text, PRICE_DECIMALS)
    whole, fraction = divmod(value, PRICE_SCALE)
    if fraction:
        raise NumberError(f"quantity {text!r} is not a whole number of units")
    if abs(whole) > MAX_QTY:
        raise NumberError(f"quantity {text!r} has more than 10 digits")
    return whole


def parse_money(text: str) -> int:
    """Read decimal text as money (the scale of a price, no upper bound)."""
    return parse_decimal(text, PRICE_DECIMALS)


def parse_decimal(text: str, decimals: int) -> int:
    """Read plain decimal text as an integer scaled by 10**decimals; no exponent, no spaces, no rounding."""
    body = text[1:] if text[:1] in ("-", "+") else text
    whole, point, fraction = body.partition(".")
    digits = whole + fraction
    if not digits or not digits.isascii() or not digits.isdigit():
        raise NumberError(f"{text!r} is not a decimal number")
    if len(digits) > 40:  # enough for any sum of money, and int() stays linear
        raise NumberError(f"a number of {len(digits)} digits is too long (at most 40)")
    if point and len(fraction.rstrip("0")) > decimals:
        raise NumberError(f"{text!r} has more than {decimals} decimals")
    value = int((whole or "0") + fraction[:decimals].ljust(decimals, "0"))
    return -value if text[:1] == "-" else value


def format_price(value: int) -> str:
    """Write a scaled price or money as the shortest exact decimal text: 2841000000 -> "28.41"."""
    whole, fraction = divmod(abs(value), PRICE_SCALE)
    sign = "-" if value < 0 else ""
    if fraction == 0:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{fraction:08d}".rstrip("0")


format_money = format_price


def average_price(notional: int, qty: int) -> int:
    """The average price of `qty` units that cost `notional` (money), rounded half up to 10**-8; 0 for no units."""
    return (notional + notional + qty) // (qty + qty) if qty else 0


def notional_of(qty: i64, px: i64, multiplier: i64) -> int:
    """What `qty` units are worth at a price, as money."""
    worth = product(qty, px)
    if multiplier == 1:
        return worth
    return product(worth, multiplier) if magnitude(worth) <= MAX_WORD else worth * int(multiplier)


def product(a: i64, b: i64) -> int:
    """a * b, never wrapped at 2**63. Compiled, an `int` above 2**31 is multiplied as an object, at thirty times the
    cost; so nearly all products, which fit, are made as words."""
    if b == 0 or size_of(a) <= MAX_WORD // size_of(b):
        return a * b
    return int(a) * int(b)


def magnitude(value: int) -> int:
    """An amount of money without its sign."""
    return -value if value < 0 else value


def size_of(value: i64) -> i64:
    """A quantity or price without its sign."""
    return -value if value < 0 else value
