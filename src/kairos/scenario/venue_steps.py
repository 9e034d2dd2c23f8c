"""What venues answer: acknowledgements, fills, ends, refusals, busts, corrections, states, and their session."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import ReportCancelReject, ReportExecution, ReportVenueRefusal, SetVenueState
from kairos.model.enums import CxlRejReason, CxlRejResponseTo, ExecType, OrdStatus
from kairos.model.events import Event
from kairos.scenario.moments import Moment
from kairos.scenario.steps import TEXT, Action, StepParser
from kairos.scenario.words import Option, Options, Words, constant, member, moment, name, price, qty, read_options
from kairos.scenario.world import VENUE, World
from kairos.state.route import Route


def last(words: Words) -> tuple[int, int]:
    """`last 1000 @ 1005`: LastQty(32) and LastPx(31) of a report that is no fill, as a guarantee."""
    last_qty = qty(words)
    words.require("@")
    return last_qty, price(words)


REPORT: Final[dict[str, Option]] = {
    "as": ("venue_order_id", name),
    "at": ("venue_id", name),
    "exec": ("exec_id", name),
    "ref": ("exec_ref_id", name),
    "qty": ("order_qty", qty),
    "@": ("price", price),
    "last": ("last", last),
    "cum": ("cum_qty", qty),
    "leaves": ("leaves_qty", qty),
    "reason": ("rej_reason", name),
    "dup": ("poss_dup", constant(True)),
    "copied": ("copied", constant(True)),
    "of_leg": ("of_leg", constant(True)),
    "asked": ("asked", moment),
    **TEXT,
}
ANSWER: Final[dict[str, Option]] = {
    "at": ("venue_id", name),
    "reason": ("rej_reason", name),
    **{reason.name: ("rej_reason", constant(reason.value)) for reason in CxlRejReason},
    **TEXT,
}
# The word for a report -> ExecType(150), and the OrdStatus(39) that usually goes with it.
PLAIN_REPORTS: Final[dict[str, tuple[ExecType, OrdStatus]]] = {
    "ack": (ExecType.NEW, OrdStatus.NEW),
    "pending": (ExecType.PENDING_NEW, OrdStatus.PENDING_NEW),
    "pending cancel": (ExecType.PENDING_CANCEL, OrdStatus.PENDING_CANCEL),
    "pending replace": (ExecType.PENDING_REPLACE, OrdStatus.PENDING_REPLACE),
    "canceled": (ExecType.CANCELED, OrdStatus.CANCELED),
    "expired": (ExecType.EXPIRED, OrdStatus.EXPIRED),
    "done": (ExecType.DONE_FOR_DAY, OrdStatus.DONE_FOR_DAY),
    "rejected": (ExecType.REJECTED, OrdStatus.REJECTED),
    "replaced": (ExecType.REPLACED, OrdStatus.NEW),
    "restated": (ExecType.RESTATED, OrdStatus.NEW),
    "suspended": (ExecType.SUSPENDED, OrdStatus.SUSPENDED),
    "stopped": (ExecType.STOPPED, OrdStatus.STOPPED),
}


def _report(
    world: World, label: str, kind: ExecType, state: OrdStatus, o: Options, last_qty: int = 0, last_px: int = 0
) -> ReportExecution:
    """The venue's ExecutionReport(8) on the route that `label` names; quantities as the route has them unless said."""
    route = world.route(label)
    traded = 0 if route is None else int(route.cum_qty)
    cum_qty = o.get("cum_qty", traded + last_qty)
    order_qty = 0 if route is None else int(_terms_qty(route, kind))
    return ReportExecution(
        venue_id=_venue_of(route, o),
        exec_type=kind,
        ord_status=state,
        cl_ord_id=label,
        orig_cl_ord_id="" if route is None or label == route.cl_ord_id else route.cl_ord_id,
        venue_order_id=o.get("venue_order_id", "" if route is None else f"V{route.route_id}"),
        exec_id=o.get("exec_id", ""),
        exec_ref_id=o.get("exec_ref_id", ""),
        last_qty=o.get("last", (last_qty, last_px))[0],
        last_px=o.get("last", (last_qty, last_px))[1],
        cum_qty=cum_qty,
        leaves_qty=o.get("leaves_qty", max(order_qty - cum_qty, 0)),
        order_qty=o.get("order_qty", order_qty),
        price=o.get("price", 0),
        rej_reason=o.get("rej_reason", ""),
        text=o.get("text", ""),
        transact_time_ns=world.now_ns,
        poss_dup=o.get("poss_dup", False),
        copied=o.get("copied", False),
        of_leg=o.get("of_leg", False),
        status_req_id=_question(world, route, o),
    )


def _question(world: World, route: Route | None, o: Options) -> str:
    """OrdStatusReqID(790) of a status request that was made at a time of the day, where `asked` says when."""
    asked: Moment | None = o.get("asked", None)
    return "" if route is None or asked is None else f"S{route.route_id}-{asked.resolve(world.now_ns)}"


def _terms_qty(route: Route, kind: ExecType) -> int:
    replaced = route.replace_terms if kind is ExecType.REPLACED else None
    return int(route.terms.order_qty if replaced is None else replaced.order_qty)


def _venue_of(route: Route | None, o: Options) -> str:
    return o.get("venue_id", VENUE if route is None else route.venue_id)


def plain_report(kind: ExecType, state: OrdStatus) -> StepParser:
    """venue ack|canceled|... ROUTE ..."""

    def parse(words: Words) -> Action:
        label = name(words, "a route, as R1 or R1-1")
        o = read_options(words, REPORT)
        return lambda world: world.give(_report(world, label, kind, state, o))

    return parse


def fill(words: Words) -> Action:
    """venue fill ROUTE QTY @ PRICE ..."""
    label = name(words, "a route, as R1")
    last_qty = qty(words)
    words.require("@")
    last_px = price(words)
    o = read_options(words, REPORT)

    def play(world: World) -> list[Event]:
        options = Options({"exec_id": world.next_exec_id(), **o.values}) if not o.has("exec_id") else o
        report = _report(world, label, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, options, last_qty, last_px)
        return world.give(report)

    return play


def amend(kind: ExecType) -> StepParser:
    """venue bust TRADE ... and venue correct TRADE QTY @ PRICE ...: the execution by the venue's ExecID."""

    def parse(words: Words) -> Action:
        trade_label = name(words, "the venue's ExecID, as F1")
        last_qty = last_px = 0
        if kind is ExecType.TRADE_CORRECT:
            last_qty = qty(words)
            words.require("@")
            last_px = price(words)
        o = read_options(words, {**REPORT, "on": ("route", name)})

        def play(world: World) -> list[Event]:
            trade = world.trade(trade_label)
            label = o.get("route", "R1" if trade is None else f"R{trade.route_id}")
            exec_id = o.get("exec_id", f"{trade_label}-{kind.value}")
            options = Options({**o.values, "exec_id": exec_id, "exec_ref_id": trade_label})
            return world.give(_report(world, label, kind, OrdStatus.NEW, options, last_qty, last_px))

        return play

    return parse


def status(words: Words) -> Action:
    """venue status ROUTE STATE [cum N] ...: the answer to a status request."""
    label = name(words, "a route, as R1")
    state = member(words, OrdStatus)
    o = read_options(words, REPORT)
    return lambda world: world.give(_report(world, label, ExecType.ORDER_STATUS, state, o))


def request_rejected(to: CxlRejResponseTo) -> StepParser:
    """venue cancel rejected R1-1 [REASON] ... and venue replace rejected R1-1 ..."""

    def parse(words: Words) -> Action:
        label = name(words, "the request, as R1-1")
        o = read_options(words, ANSWER)

        def play(world: World) -> list[Event]:
            route = world.route(label)
            command = ReportCancelReject(
                venue_id=_venue_of(route, o),
                cl_ord_id=label,
                orig_cl_ord_id="" if route is None else route.cl_ord_id,
                venue_order_id="" if route is None else route.venue_order_id,
                ord_status=OrdStatus.REJECTED if route is None else route.base,
                rej_reason=o.get("rej_reason", ""),
                response_to=to,
                text=o.get("text", ""),
            )
            return world.give(command)

        return play

    return parse


def refuses(words: Words) -> Action:
    """venue refuses R1 ...: its session could not take the message at all."""
    label = name(words, "a ClOrdID of a route, as R1 or R1-1")
    o = read_options(words, {"at": ("venue_id", name), **TEXT})

    def play(world: World) -> list[Event]:
        return world.give(ReportVenueRefusal(_venue_of(world.route(label), o), label, o.get("text", "")))

    return play


def set_state(venue_id: str, up: bool) -> Action:
    """venue XTAI up, venue XTAI down"""
    return lambda world: world.give(SetVenueState(venue_id, up))


VENUE_STEPS: Final[dict[str, StepParser]] = {
    "venue cancel rejected": request_rejected(CxlRejResponseTo.ORDER_CANCEL_REQUEST),
    "venue replace rejected": request_rejected(CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST),
    **{f"venue {word}": plain_report(*kinds) for word, kinds in PLAIN_REPORTS.items()},
    "venue fill": fill,
    "venue bust": amend(ExecType.TRADE_CANCEL),
    "venue correct": amend(ExecType.TRADE_CORRECT),
    "venue status": status,
    "venue refuses": refuses,
}
