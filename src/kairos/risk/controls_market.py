"""The controls that the market's own rules ask for, in order of precedence.

Sources of the clauses, beside those of `risk.controls`: 17 CFR 242.200 to 242.203 (Regulation SHO); Regulation (EU)
236/2012 on short selling; Securities and Futures Ordinance of Hong Kong (SFO); FINRA rule 5280; the exchanges' own
rules as `market/profiles` names them.
"""

from __future__ import annotations

from typing import Final

from kairos.model.refusals import RefusalCode
from kairos.risk.control import Control

_R = RefusalCode
_PROFILE: Final = "the market's profile (kairos refdata market)"
_HOURS: Final = _PROFILE + "; [trading_rules] hours"
_SHORT: Final = _PROFILE + ": short_sales"
_LISTS: Final = "kairos restrict; [[restricted]]"

MARKET_CONTROLS: Final[tuple[Control, ...]] = (
    Control(
        _R.HALTED,
        "Trading halt",
        "SEC 15c3-5(c)(2)(i); MiFID II art. 48(5); HKEX Listing Rules chapter 6; NYSE rule 7.13",
        "kairos market halt; the venue's status messages",
        "Nothing goes to the market in an instrument, or on a market, that is halted.",
    ),
    Control(
        _R.MARKET_CLOSED,
        "Market hours",
        "SEC 15c3-5(c)(2)(i); TWSE Operating Rules art. 58; HKEX rule 501; NYSE rule 7.34",
        _HOURS,
        "Nothing goes to a market that is closed.",
    ),
    Control(
        _R.PHASE,
        "Market phase",
        "SEC 15c3-5(c)(2)(i); TWSE Operating Rules art. 58-3; HKEX rule 501; NYSE rule 7.34",
        _HOURS,
        "Only kinds of order that the phase takes go to the market.",
    ),
    Control(
        _R.RESTRICTED,
        "Restricted list",
        "SEC 15c3-5(c)(2)(ii); FINRA rule 5280; MAR art. 16",
        _LISTS,
        "Instruments in which the firm, or a node of it, may not trade.",
    ),
    Control(
        _R.CLOSE_ONLY,
        "Close-only list",
        "SEC 15c3-5(c)(2)(ii); MAR art. 16",
        _LISTS,
        "Instruments in which positions may only be reduced.",
    ),
    Control(
        _R.MARKET_MAX_QTY,
        "Market's largest order",
        "TWSE: 499 lots; SSE and SZSE: 1,000,000 shares; TAIFEX: 100 contracts",
        _PROFILE + ": lots",
        "OrderQty(38) that the market takes in one order.",
    ),
    Control(
        _R.PRICE_LIMIT,
        "Daily price limit",
        "TWSE Operating Rules art. 63; SSE and SZSE Trading Rules; RTS 6 art. 15(1)(a)",
        _PROFILE + ": price_limits",
        "Prices beyond the day's limits, up or down from the previous close.",
    ),
    Control(
        _R.SHORT_SALE_FORBIDDEN,
        "Short sales forbidden",
        "HKEX Rules, Eleventh Schedule; SSE and SZSE rules of margin trading",
        _SHORT,
        "Instruments that the market does not let be sold short.",
    ),
    Control(
        _R.SHORT_SALE_MARKING,
        "Short-sale marking",
        "17 CFR 242.200(g); SFO section 172",
        _SHORT,
        "A sale of more than is held must be marked as short.",
    ),
    Control(
        _R.NO_LOCATE_LEFT,
        "Locates",
        "17 CFR 242.203(b)(1); SFO section 170; EU 236/2012 art. 12",
        _SHORT + "; kairos risk locates",
        "Units sold short beyond those located today.",
    ),
    Control(
        _R.UPTICK,
        "Short-sale price test",
        "17 CFR 242.201; HKEX Rules, Eleventh Schedule",
        _SHORT,
        "Short sales below the price that the market's rule allows.",
    ),
    Control(
        _R.STALE_REFERENCE,
        "Stale reference price",
        "SEC 15c3-5(c)(1)(ii); RTS 6 art. 15(1)(a)",
        "[trading_rules] max_mark_age_s",
        "Prices are not held against a mark that is too old.",
    ),
)
