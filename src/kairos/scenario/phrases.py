"""How each kind of event is called, whom it is about, and what of it is told."""

from __future__ import annotations

from typing import Final

from kairos.model import events as ev
from kairos.model.enums import ExecType
from kairos.model.refusals import RefusalCode
from kairos.scenario.fields import NOWHERE, find, spell
from kairos.scenario.world import World
from kairos.state.kills import place_of


class Phrase:
    """A kind of event. An echo only books what the step itself said; `fields` are told when the event is."""

    def __init__(self, event: type[ev.Event], echo: bool, *fields: str) -> None:
        self.event: Final = event
        self.echo: Final = echo
        self.fields: Final = fields


STANDING: Final = ("ord_status", "cum_qty", "leaves_qty", "avg_px")
TRADE: Final = ("qty@", "@px")
ORDERED: Final = TRADE  # what traded where something did, else what is ordered

TREE: Final[dict[str, Phrase]] = {
    "desk defined": Phrase(ev.DeskDefined, True, "currency", "active"),
    "limit placed": Phrase(ev.LimitPlaced, True, "limit.kind", "limit.value", "limit.severity"),
    "limit removed": Phrase(ev.LimitRemoved, True, "kind"),
    "entitlement set": Phrase(ev.EntitlementSet, True, "holder_id", "session", "granted"),
    "book restated": Phrase(ev.BookRestated, False, "qty", "cost", "realized"),
    "soft limit passed": Phrase(ev.SoftLimitPassed, False, "code", "reason"),
    "what if": Phrase(ev.WhatIfReported, False, "code"),
    "watched": Phrase(ev.PlaceWatched, True),
    "returns set": Phrase(ev.ReturnsSet, True),
    "check loaded": Phrase(ev.CheckPluginLoaded, True),
    "check removed": Phrase(ev.CheckPluginRemoved, True),
}
CONTROLS: Final[dict[str, Phrase]] = {
    "kill progressed": Phrase(ev.KillProgressed, True, "ord_status", "left"),
    "kill completed": Phrase(ev.KillCompleted, True, "canceled", "ended"),
    "policy defined": Phrase(ev.PolicyDefined, True),
    "held": Phrase(ev.OrderHeld, False, "code"),
    "approval requested": Phrase(ev.ApprovalRequested, True, "kind", "asked_by"),
    "approval decided": Phrase(ev.ApprovalDecided, True, "kind", "outcome", "user_id"),
    "rule defined": Phrase(ev.RuleDefined, True),
    "rule removed": Phrase(ev.RuleRemoved, True),
    "response taken": Phrase(ev.ResponseTaken, False, "level", "place", "seen"),
    "response released": Phrase(ev.ResponseReleased, False, "level", "place", "release"),
    "response eased": Phrase(ev.ResponseEased, True, "level", "place", "back"),
    "response completed": Phrase(ev.ResponseCompleted, True, "level", "place", "orders"),
}
MARKET: Final[dict[str, Phrase]] = {
    "rules set": Phrase(ev.TradingRulesSet, True),
    "market day set": Phrase(ev.MarketDaySet, True),
    "halt changed": Phrase(ev.HaltChanged, True, "halted"),
    "figures set": Phrase(ev.MarketFiguresSet, True, "close_px", "adv"),
    "locate set": Phrase(ev.LocateSet, True, "instrument_id", "qty"),
    "watch list passed": Phrase(ev.RestrictionWatched, False, "instrument_id"),
}
EXPECTABLE: Final[dict[str, Phrase]] = {
    "accepted": Phrase(ev.OrderAccepted, False, *ORDERED),
    "acknowledged to client": Phrase(ev.OrderAcknowledged, False, *ORDERED),
    "refused": Phrase(ev.OrderRefused, False, "code"),
    "cancel pending": Phrase(ev.OrderCancelPending, False, *STANDING, "orig_cl_ord_id"),
    "replace pending": Phrase(ev.OrderReplacePending, False, *STANDING, "orig_cl_ord_id"),
    "replace queued": Phrase(ev.OrderReplaceQueued, False, *STANDING, "orig_cl_ord_id"),
    "replaced": Phrase(ev.OrderReplaced, False, *ORDERED, *STANDING, "orig_cl_ord_id"),
    "request rejected": Phrase(ev.RequestRejected, False, "code", "ord_status"),
    "canceled": Phrase(ev.OrderCanceled, False, *STANDING),
    "rejected": Phrase(ev.OrderRejected, False, *STANDING, "code"),
    "expired": Phrase(ev.OrderExpired, False, *STANDING),
    "done for day": Phrase(ev.OrderDoneForDay, False, *STANDING),
    "status": Phrase(ev.OrderStatusReported, False, *STANDING),
    "mass cancel taken": Phrase(ev.MassCancelReported, False, "affected"),
    "trade": Phrase(ev.TradeBooked, False, *TRADE, *STANDING, "exec_id"),
    "busted": Phrase(ev.TradeBusted, False, *TRADE, *STANDING),
    "corrected": Phrase(ev.TradeCorrected, False, *TRADE, *STANDING),
    "disputed": Phrase(ev.TradeDisputed, False, "reason", "text"),
    "trade acknowledged": Phrase(ev.TradeAcknowledged, False, "status"),
    "list part kept": Phrase(ev.ListFragmentReceived, False, "tot_no_orders"),
    "list accepted": Phrase(ev.ListAccepted, False, "tot_no_orders", "exec_inst_type"),
    "decided in the list": Phrase(ev.ListOrderDecided, True, "list_id", "code"),
    "list is": Phrase(ev.ListReported, False, "list_status", "status_type", "code"),
    "list refused": Phrase(ev.ListRefused, False, "code"),
    "cross accepted": Phrase(ev.CrossAccepted, False),
    "cross replaced": Phrase(ev.CrossReplaced, False, "orig_cross_id"),
    "cross executed": Phrase(ev.CrossExecuted, False, *TRADE),
    "restated": Phrase(ev.OrderRestated, False, *ORDERED, *STANDING),
    "split": Phrase(ev.OrderSplit, False, *ORDERED, *STANDING),
    "suspended": Phrase(ev.OrderRestated, False, *STANDING),
    "stopped": Phrase(ev.OrderRestated, False, *STANDING),
    "routed": Phrase(ev.RouteRequested, False, *ORDERED, "venue_id"),
    "acknowledged": Phrase(ev.RouteAcknowledged, True, "venue_order_id", "ord_status"),
    "rejected by venue": Phrase(ev.RouteRejected, True, "text"),
    "cancel sent": Phrase(ev.RouteCancelRequested, False, "orig_cl_ord_id"),
    "replace sent": Phrase(ev.RouteReplaceRequested, False, *ORDERED, "orig_cl_ord_id"),
    "replaced at venue": Phrase(ev.RouteReplaced, True, *ORDERED),
    "request rejected by venue": Phrase(ev.RouteRequestRejected, True, "rej_reason", "text"),
    "ended": Phrase(ev.RouteEnded, True, "ord_status"),
    "unknown": Phrase(ev.RouteUnknown, False, "text"),
    "status asked": Phrase(ev.RouteStatusRequested, False),
    "traded at venue": Phrase(ev.RouteTraded, True, *TRADE),
    "trade amended at venue": Phrase(ev.RouteTradeAmended, True, "delta_qty", "busted"),
    "told by drop copy": Phrase(ev.RouteReportCopied, True, "venue_exec_id"),
    "report refused": Phrase(ev.VenueReportRefused, False, "code", "dk_reason"),
    "instrument defined": Phrase(ev.InstrumentDefined, True),
    "client defined": Phrase(ev.ClientDefined, True, "active"),
    "account defined": Phrase(ev.AccountDefined, True, "client_id", "cash"),
    "user defined": Phrase(ev.UserDefined, True, "role", "active"),
    "venue defined": Phrase(ev.VenueDefined, True),
    "limits set": Phrase(ev.LimitsSet, True),
    "restriction set": Phrase(ev.RestrictionSet, True, "restricted", "text"),
    "kill engaged": Phrase(ev.KillEngaged, True, "text"),
    "kill released": Phrase(ev.KillReleased, True, "text"),
    "mark updated": Phrase(ev.MarkUpdated, True, "bid_px", "ask_px", "last_px"),
    "day started": Phrase(ev.TradingDayStarted, True),
    "corporate action applied": Phrase(ev.CorporateActionApplied, True, "reference_px", "left_to_venues"),
    "position restated": Phrase(ev.PositionRestated, False, "qty", "cost", "realized", "cash"),
    "entitled": Phrase(ev.DividendEntitled, False, "qty", "cash"),
    "venue state changed": Phrase(ev.VenueStateChanged, True, "up"),
    **TREE,
    **CONTROLS,
    **MARKET,
}
_PHRASE_OF: Final = {phrase.event: words for words, phrase in reversed(EXPECTABLE.items())}
_RESTATED_AS: Final = {ExecType.SUSPENDED: "suspended", ExecType.STOPPED: "stopped"}


def phrase_of(event: ev.Event) -> str:
    """The words for this kind of event."""
    if isinstance(event, ev.OrderRestated):
        return _RESTATED_AS.get(event.exec_type, "restated")
    refused_mass = isinstance(event, ev.MassCancelReported) and not event.accepted
    if refused_mass or isinstance(event, (ev.RequestRefused, ev.CommandRefused)):
        return "refused"
    return _PHRASE_OF[type(event)]


def subject_of(event: ev.Event, world: World) -> str:
    """Whom an event is about: the ClOrdID that a FIX report of it would carry, the route's, or the first field."""
    cl_ord_id = getattr(event, "cl_ord_id", "")
    if cl_ord_id:
        return str(cl_ord_id)
    if isinstance(event, ev.OrderEvent):
        return world.label_of(getattr(event, "order_id", 0))
    if isinstance(event, ev.RouteEvent):
        return f"R{getattr(event, 'route_id', 0)}"
    if isinstance(event, ev.CommandRefused):
        return event.subject
    if isinstance(event, (ev.KillEngaged, ev.KillReleased)):
        return place_of(event).spelling()
    return spell(getattr(event, event.names()[0]), "")


def shown_fields(event: ev.Event) -> tuple[str, ...]:
    return EXPECTABLE[phrase_of(event)].fields


def headline(event: ev.Event) -> list[str]:
    """The main fields of an event in the words that an expectation would use."""
    parts: list[str] = []
    for name in shown_fields(event):
        value = find(event, name)
        if value is NOWHERE or value is RefusalCode.NONE:
            continue
        parts.append(_tell_field(name, spell(value, name)))
    return parts + [f"{name}={spell(text, name)}" for name, text in getattr(event, "context", ())]


_WORD_OF: Final = {
    "cum_qty": "cum ",
    "leaves_qty": "leaves ",
    "avg_px": "avg ",
    "order_qty": "qty ",
    "price": "price ",
    "orig_cl_ord_id": "orig ",
    "venue_id": "at ",
    "affected": "affected ",
    "text": "text ",
    "qty@": "",
    "@px": "@ ",
    "ord_status": "",
    "code": "",
}


def _tell_field(name: str, text: str) -> str:
    word = _WORD_OF.get(name)
    return f"{name}={text}" if word is None else f"{word}{text}"
