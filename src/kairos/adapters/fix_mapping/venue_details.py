"""What a venue is told of an order beside its terms: as agreed with it, and no instruction that it does not honour.

A person may route part of a care order to a venue that does not honour all that its client asked for: then the person
sees to it, and the venue isn't told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from kairos.adapters.fix_mapping.details import MIN_QTY, NO_ALLOCS, TEXT_DETAILS, put_custom, put_details
from kairos.adapters.fix_mapping.parties import EXECUTING_FIRM, PARTIES
from kairos.adapters.fix_mapping.writing import put_text
from kairos.fix import tags as t
from kairos.fix.writer import BodyWriter
from kairos.model.events import VenueDefined
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Party, Terms
from kairos.ports import OrderView

PASSABLE: Final[Mapping[str, int]] = {
    "Text": t.TEXT,
    "AcctIDSource": TEXT_DETAILS["acct_id_source"],
    "AccountType": TEXT_DETAILS["account_type"],
    "OrderCapacity": TEXT_DETAILS["order_capacity"],
    "OrderRestrictions": TEXT_DETAILS["order_restrictions"],
    "CustOrderCapacity": TEXT_DETAILS["cust_order_capacity"],
    "ExecInst": TEXT_DETAILS["exec_inst"],
    "PositionEffect": TEXT_DETAILS["position_effect"],
    "CoveredOrUncovered": TEXT_DETAILS["covered_or_uncovered"],
    "SettlType": TEXT_DETAILS["settl_type"],
    "SettlDate": TEXT_DETAILS["settl_date"],
    "SolicitedFlag": TEXT_DETAILS["solicited_flag"],
    "TradeDate": TEXT_DETAILS["trade_date"],
    "TradeOriginationDate": TEXT_DETAILS["trade_origination_date"],
    "SecondaryClOrdID": TEXT_DETAILS["secondary_cl_ord_id"],
    "ClOrdLinkID": TEXT_DETAILS["cl_ord_link_id"],
    "MinQty": MIN_QTY,
    "Parties": PARTIES.count,
    "Allocs": NO_ALLOCS,
}
"""What may be passed on, by the name that the configuration has for it."""

USUALLY_PASSED: Final = (
    "AccountType",
    "OrderCapacity",
    "OrderRestrictions",
    "CustOrderCapacity",
    "ExecInst",
    "PositionEffect",
    "CoveredOrUncovered",
    "SettlType",
    "SettlDate",
    "MinQty",
    "Parties",
)
"""What venues, clearing houses and regulators ask for. Texts, links and allocations are between client and us."""


class VenueAgreement:
    """passes:         names of PASSABLE
    custom_tags:    by tag of a client's field: the venue's tag for it
    executing_firm: our PartyID(448) there, told with each order; empty where it isn't asked for
    """

    __slots__ = ("custom_tags", "executing_firm", "withheld")

    def __init__(
        self,
        passes: Collection[str] = USUALLY_PASSED,
        custom_tags: Mapping[int, int] | None = None,
        executing_firm: str = "",
        source: str = "D",
    ) -> None:
        self.withheld: Final = frozenset(tag for name, tag in PASSABLE.items() if name not in passes)
        self.custom_tags: Final = {str(ours): str(theirs) for ours, theirs in (custom_tags or {}).items()}
        self.executing_firm: Final = Party(executing_firm, source, EXECUTING_FIRM, ()) if executing_firm else None


USUAL_AGREEMENT: Final = VenueAgreement()


def put_order_details(
    w: BodyWriter,
    order: OrderView,
    terms: Terms,
    agreement: VenueAgreement,
    venue: VenueDefined | None,
    version: str,
    msg_type: str,
) -> None:
    """Behind the fields of a new order, or of a replace. LocateReqd(114) stands among those already."""
    if t.TEXT not in agreement.withheld:
        put_text(w, t.TEXT, order.text)
    details = order.asked_details()
    if details is NO_ORDER_DETAILS and agreement.executing_firm is None:
        return
    told = _told(details, agreement, venue)
    withheld = (agreement.withheld | {t.LOCATE_REQD} | _not_honoured(details, terms, venue)) - {PARTIES.count}
    put_details(w, told, order.side, version, msg_type, withheld)
    put_custom(
        w, tuple((agreement.custom_tags[tag], text) for tag, text in told.custom if tag in agreement.custom_tags)
    )


def _told(details: OrderDetails, agreement: VenueAgreement, venue: VenueDefined | None) -> OrderDetails:
    """The same with ourselves as the executing firm, and of ExecInst(18) what the venue honours."""
    honoured = venue.exec_inst if venue is not None else ""
    parties = details.parties if PARTIES.count not in agreement.withheld else ()
    if agreement.executing_firm is not None:
        parties = (agreement.executing_firm, *(party for party in parties if party.role != EXECUTING_FIRM))
    changed = {
        "exec_inst": " ".join(code for code in details.exec_inst.split() if code in honoured),
        "parties": parties,
    }
    return OrderDetails(*[changed.get(name, getattr(details, name)) for name in details.names()])


def _not_honoured(details: OrderDetails, terms: Terms, venue: VenueDefined | None) -> set[int]:
    withheld: set[int] = set()
    if venue is None or not venue.min_qty or details.min_qty > terms.order_qty:
        withheld.add(MIN_QTY)
    if details.settl_type not in ("", "0") and (venue is None or details.settl_type not in venue.settl_types):
        withheld |= {TEXT_DETAILS["settl_type"], TEXT_DETAILS["settl_date"]}
    return withheld
