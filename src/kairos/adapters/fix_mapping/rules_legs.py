"""What we do with the fields of the legs in a NewOrderMultileg(AB) or MultilegOrderCancelReplace(AC), and with those
that only such a message has. All else has the rules of the order on the spread."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.rejection import unsupported
from kairos.adapters.fix_mapping.rules import (
    HEADER_AND_TRAILER,
    NOT_OFFERED,
    FieldRule,
    Treatment,
    fixed,
    honoured,
    informational,
    is_custom,
    refused,
    tags_of,
)
from kairos.fix import tags as t
from kairos.fix.message import Message

_NESTED_PARTIES: Final = tags_of("539 524 525 538 545 804 805")

_LEG: Final = [
    honoured(t.LEG_SYMBOL, "SYMBOL or SYMBOL.MIC of the leg's instrument"),
    honoured(t.LEG_SECURITY_EXCHANGE, "the leg's MIC; needed where LegSymbol(600) is listed on several markets"),
    honoured(t.LEG_SECURITY_ID, "an ISIN; other sources are informational beside LegSymbol(600)"),
    honoured(t.LEG_SECURITY_ID_SOURCE, "4 (ISIN)"),
    honoured(t.LEG_RATIO_QTY, "as the spread is listed; absent is 1"),
    honoured(
        t.LEG_SIDE,
        "1 or 2, what a buyer of the listed spread does, whichever Side(54) the order has; needed without Symbol(55)",
    ),
    *informational("describes the leg that LegSymbol(600) names", *tags_of("604-609 764 615-622 556 740 739 955 956")),
    *informational("describes the leg that LegSymbol(600) names", *tags_of("248-254 257 596-599 999 1001")),
    *informational("reports are of the spread, not of its legs", 654),
    *refused("name the contract by its LegSymbol(600)", *tags_of("601 610-614 942 1358 1017")),
    *refused("a spread trades at one net price, Price(44)", 566),
    *refused("trades settle in their market's regular way", 587, 588),
    *refused("say PositionEffect(77) of the order", 564, 565),
    *refused("the order's OrderQty(38) and the leg's LegRatioQty(623) say it", 685, 687),
    *refused("name the accounts in the order, NoAllocs(78)", *tags_of("670-675 756-760 806 807 1366 1367")),
    *refused("terms of bonds, repos and funds are not taken", *tags_of("683 688-690")),
]

LEG_RULES: Final[dict[int, FieldRule]] = {
    rule.tag: rule for rule in (*_LEG, *refused("name parties in the order", *_NESTED_PARTIES))
}
"""By tag; what is not here is refused."""

MULTILEG: Final = [
    honoured(t.NO_LEGS, "those of a spread that its exchange lists, which Symbol(55) may name; other legs are refused"),
    honoured(t.PRICE, "the spread's net price: above 0, at most 8 decimals and 999,999,999"),
    honoured(t.STOP_PX, "above 0, at most 8 decimals and 999,999,999"),
    fixed(t.MULTI_LEG_RPT_TYPE_REQ, "reports and the position are of the spread: MultiLegReportingType(442) 3", "0"),
    *[honoured(tag, "kept with the allocation; in a leg it is refused") for tag in _NESTED_PARTIES],
    *_LEG,
]
"""Rows of the whole message."""


def refuse_fields_of_leg(leg: Message) -> None:
    """Raise RefusedField for the first field that a leg may not have."""
    for tag in leg.tags:
        if tag in HEADER_AND_TRAILER:
            continue
        rule = LEG_RULES.get(tag)
        if rule is None:
            raise unsupported(leg, tag, NOT_OFFERED if not is_custom(tag) else "it stands in no order")
        if rule.treatment is Treatment.REFUSED:
            raise unsupported(leg, tag, rule.note)
