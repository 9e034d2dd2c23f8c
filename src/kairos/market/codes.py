"""The public codes of reference data, and what is wrong with one: MIC, currency, ISIN, CFI, CUSIP, FIGI and LEI.

Each function returns its text, or raises `CodeError` saying what would be allowed. Check digits are python-stdnum's
work. A MIC is judged by its shape alone: the list of ISO 10383 changes every month, and a desk may trade where the
package has not heard of yet (`mic_registry` has the list, for who wants to compare).
"""

from __future__ import annotations

import re
from typing import Final

from stdnum import cusip, figi, isin, lei
from stdnum.exceptions import InvalidComponent, ValidationError

MIC: Final = re.compile(r"[A-Z0-9]{4}")
ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
CUSIP: Final = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
FIGI: Final = re.compile(r"[B-DF-HJ-NP-TV-Z]{2}G[0-9B-DF-HJ-NP-TV-Z]{8}[0-9]")
LEI: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
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

# How many decimals an amount of money has, from the same list, where it is not two.
MINOR_UNITS: Final[tuple[tuple[int | None, str], ...]] = (
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
    (None, "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XUA"),
)


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
    try:
        return isin.validate(text)
    except InvalidComponent:
        raise CodeError(f"{text!r} is not an ISIN: no country has the letters {text[:2]!r} (ISO 3166)") from None
    except ValidationError:
        expected = isin.calc_check_digit(text[:-1])
        raise CodeError(
            f"{text!r} is not an ISIN: its check digit would be {expected}; look for a typing error"
        ) from None


def parse_cfi(text: str) -> str:
    """A classification of financial instruments (ISO 10962), by category and shape."""
    if not CFI.fullmatch(text):
        raise CodeError(
            f"{text!r} is not a CFI code (ISO 10962); it has 6 capital letters, as ESVUFR for a common share"
        )
    return text


def parse_cusip(text: str) -> str:
    """A number of CUSIP Global Services (ANSI X9.6) with its check digit."""
    if not CUSIP.fullmatch(text) or not cusip.is_valid(text):
        raise CodeError(f"{text!r} is not a CUSIP; it is 8 letters or digits and the check digit of these")
    return text


def parse_figi(text: str) -> str:
    """A financial instrument global identifier (ANSI X9.145) with its check digit."""
    if not FIGI.fullmatch(text) or not figi.is_valid(text):
        raise CodeError(f"{text!r} is not a FIGI; it is 2 consonants, G, 8 consonants or digits, and their check digit")
    return text


def parse_lei(text: str) -> str:
    """A legal entity identifier (ISO 17442) with its two check digits."""
    if not LEI.fullmatch(text) or not lei.is_valid(text):
        raise CodeError(
            f"{text!r} is not an LEI (ISO 17442); it is 18 letters or digits and the 2 check digits of these"
        )
    return text


def minor_units(currency: str) -> int | None:
    """How many decimals an amount in the currency has (ISO 4217); None for what has none, as gold (XAU)."""
    parse_currency(currency)
    for decimals, codes in MINOR_UNITS:
        if currency in codes.split():
            return decimals
    return 2
