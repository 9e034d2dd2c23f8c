"""The public codes of reference data, and what is wrong with one: MIC, ISIN, currency and CFI.

Each function returns its text, or raises `CodeError` saying what would be allowed. A MIC is judged by its shape alone:
the list of ISO 10383 changes every month, and a desk may trade where the package has not heard of yet.
"""

from __future__ import annotations

import re
from typing import Final

MIC: Final = re.compile(r"[A-Z0-9]{4}")
ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
CFI: Final = re.compile(r"[ECDRSOFHIJKLTM][A-Z]{5}")

# ISO 4217 list one of 2024-06-25, without the codes for testing (XTS) and for no currency (XXX).
CURRENCY_CODES: Final = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR
ZMW ZWG
"""
CURRENCIES: Final = frozenset(CURRENCY_CODES.split())


class CodeError(ValueError):
    """A text is not the public code that it should be; the message says what is allowed."""


def parse_mic(text: str) -> str:
    """A market identifier code (ISO 10383)."""
    if not MIC.fullmatch(text):
        raise CodeError(f"{text!r} is not a MIC (ISO 10383); it has 4 capital letters or digits, as XNYS")
    return text


def parse_currency(text: str) -> str:
    """An alphabetic currency code (ISO 4217) in use."""
    if text not in CURRENCIES:
        raise CodeError(f"{text!r} is not a currency; use an alphabetic code of ISO 4217 in use, as USD or TWD")
    return text


def parse_isin(text: str) -> str:
    """An international securities identification number (ISO 6166) with its check digit."""
    if not ISIN.fullmatch(text):
        raise CodeError(
            f"{text!r} is not an ISIN (ISO 6166); it is 2 capital letters, 9 more or digits, and a check digit"
        )
    expected = isin_check_digit(text[:-1])
    if text[-1] != expected:
        raise CodeError(f"{text!r} is not an ISIN: its check digit would be {expected}; look for a typing error")
    return text


def parse_cfi(text: str) -> str:
    """A classification of financial instruments (ISO 10962), by category and shape."""
    if not CFI.fullmatch(text):
        raise CodeError(
            f"{text!r} is not a CFI code (ISO 10962); it has 6 capital letters, as ESVUFR for a common share"
        )
    return text


def isin_check_digit(body: str) -> str:
    """The last digit of an ISIN: letters become two digits (A is 10), then the Luhn sum, as ISO 6166 annex A says."""
    digits = "".join(str(int(char, 36)) for char in body)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return str(-total % 10)
