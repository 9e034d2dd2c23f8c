"""A snapshot of the desk: the events that would rebuild it, and how they are folded in.

A snapshot is written in the same vocabulary as the journal, so one reader, one versioning and one fold serve both.
The bytes of two snapshots are equal exactly when the desks are: replay equality is tested so.

Folded in, it gives the same desk to the order of its orders and routes, which decides the order of events to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import NodeKind, RequestKind
from kairos.model.events import (
    AccountSnapshot,
    CorporateActionSnapshot,
    DeskSnapshot,
    Event,
    LimitsSet,
    MarkUpdated,
    OrderSnapshot,
    RequestSnapshot,
    RestrictionSet,
    RouteSnapshot,
    SessionSnapshot,
    TradeSnapshot,
    VenueStateChanged,
)
from kairos.state.approvals import snapshot_approvals
from kairos.state.desk import Desk
from kairos.state.fold_indicators import snapshot_indicators
from kairos.state.fold_kills import snapshot_kills
from kairos.state.fold_market import snapshot_market, snapshot_position_days
from kairos.state.fold_plugins import snapshot_plugins
from kairos.state.order import Order
from kairos.state.order_extras import Request
from kairos.state.positions import Trade
from kairos.state.route import Route
from kairos.state.snapshot_ladder import snapshot_ladder
from kairos.state.snapshot_lists import snapshot_groups
from kairos.state.snapshot_tree import snapshot_books, snapshot_position, snapshot_purses, snapshot_tree

# Some 1 MiB encoded: little enough beside the desk itself, and enough to make the work around a part disappear.
PART_EVENTS: Final = 4096


def snapshot(desk: Desk, at_ns: i64) -> list[Event]:
    """The events that rebuild this desk when they are applied to an empty one."""
    events: list[Event] = []
    for part in snapshot_parts(desk, at_ns):
        events += part
    return events


def snapshot_parts(desk: Desk, at_ns: i64, part_events: int = PART_EVENTS) -> Iterator[list[Event]]:
    """The same a part at a time, so that a desk of a million orders is not in memory twice."""
    events: list[Event] = []
    _reference(desk, at_ns, events)
    for order_id in desk.orders.numbers():
        _order(desk.look_at(order_id), at_ns, events)
        if len(events) >= part_events:
            yield events
            events = []
    for route_id in desk.routes.numbers():
        events.append(_route(desk.look_at_route(route_id), at_ns))
        if len(events) >= part_events:
            yield events
            events = []
    for trade_id in desk.trades.numbers():
        events.append(_trade(desk.look_at_trade(trade_id), at_ns))
        if len(events) >= part_events:
            yield events
            events = []
    snapshot_groups(desk, at_ns, events)
    snapshot_kills(desk.kills, at_ns, events)
    snapshot_approvals(desk.approvals, at_ns, events)
    _figures(desk, at_ns, events)
    snapshot_indicators(desk, at_ns, events)
    snapshot_ladder(desk, at_ns, events)
    events.append(_counters(desk, at_ns))
    yield events


def _figures(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """What accounts and FIX sessions have come to."""
    for account in desk.accounts.values():
        events.append(
            AccountSnapshot(
                at_ns=at_ns,
                account_id=account.account_id,
                cash=account.cash,
                tokens=account.tokens,
                tokens_at_ns=account.tokens_at_ns,
                killed=desk.kills.is_engaged(account.account_id),
            )
        )
    snapshot_purses(desk, at_ns, events)
    snapshot_position_days(desk, at_ns, events)
    for name, numbers in desk.sessions.items():
        events.append(
            SessionSnapshot(
                at_ns=at_ns,
                session=name,
                next_in=numbers.next_in,
                next_out=numbers.next_out,
                active_ns=numbers.active_ns,
                scheduled_ns=numbers.scheduled_ns,
                logged_on=numbers.logged_on,
            )
        )


def _counters(desk: Desk, at_ns: i64) -> DeskSnapshot:
    return DeskSnapshot(
        at_ns=at_ns,
        next_order_id=desk.next_order_id,
        next_route_id=desk.next_route_id,
        next_exec_id=desk.next_exec_id,
        trading_date=desk.trading_date,
        killed=desk.kills.is_engaged(""),
        day_exec_id=desk.day_exec_id,
    )


def _reference(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    for client in desk.clients.values():
        events.append(client.defined)
    for user in desk.users.values():
        events.append(user.defined)
    for venue in desk.venues.values():
        events.append(venue.defined)
        events.append(VenueStateChanged(at_ns, venue.venue_id, venue.up))
    for instrument in desk.instruments.values():
        events.append(instrument.defined)
        if instrument.restricted:
            events.append(RestrictionSet(at_ns, instrument.instrument_id, True, "", ""))
        if instrument.marked_at_ns:
            marks = (instrument.bid_px, instrument.ask_px, instrument.last_px)
            events.append(MarkUpdated(instrument.marked_at_ns, instrument.instrument_id, marks[0], marks[1], marks[2]))
    snapshot_market(desk, at_ns, events)
    for action_id, action in desk.actions.items():
        events.append(
            CorporateActionSnapshot(at_ns, action_id, action.instrument_id, action.ex_date, action.first_exec_id)
        )
    for account in desk.accounts.values():
        events.append(account.defined)
        events.append(LimitsSet(at_ns, account.account_id, account.limits, ""))
    snapshot_tree(desk, at_ns, events)
    snapshot_plugins(desk, at_ns, events)
    for of_account in desk.positions.values():
        for position in of_account.values():
            events.append(snapshot_position(desk, position, NodeKind.ACCOUNT, at_ns))
    snapshot_books(desk, at_ns, events)


def _order(order: Order, at_ns: i64, events: list[Event]) -> None:
    used_ids = _as_lines(order.cl_ord_ids)
    events.append(
        OrderSnapshot(
            at_ns=at_ns,
            order_id=order.order_id,
            session=order.session,
            client_id=order.client_id,
            cl_ord_id=order.cl_ord_id,
            orig_cl_ord_id=order.orig_cl_ord_id,
            account_id=order.account_id(),
            instrument_id=order.instrument_id(),
            side=order.side,
            handl_inst=order.handl_inst,
            terms=order.terms,
            standing=order.standing(),
            base_status=order.base,
            notional=order.notional,
            reserve_px=order.reserve_px,
            venue_id=order.venue_id,
            text=order.text,
            transact_time_ns=order.transact_time_ns,
            user_id=order.user_id,
            accepted_at_ns=order.accepted_at_ns,
            in_day=order.in_day,
            cash_qty=order.cash_qty,
            verbal_cl_ord_id=order.verbal_cl_ord_id,
            canceled_as=order.canceled_as,
            carried=order.carried,
            earlier_qty=order.earlier_qty,
            earlier_notional=order.earlier_notional,
            split_qty=order.split_qty,
            split_exec_id=order.split_exec_id,
            by_phone=order.by_phone,
            details=order.details,
            cl_ord_ids=used_ids,
            strategy_id=order.strategy_id,
            trader_id=order.trader_id,
            reason=order.reason,
            arrival_px=order.arrival_px,
        )
    )
    if not used_ids:
        for cl_ord_id in order.cl_ord_ids:
            events.append(_used_id(order, cl_ord_id, at_ns))
    if order.cancel is not None:
        events.append(_pending(order, order.cancel, False, at_ns))
    if order.replace is not None:
        events.append(_pending(order, order.replace, False, at_ns))
    for queued in order.queue:
        events.append(_pending(order, queued, True, at_ns))


def _as_lines(ids: tuple[str, ...]) -> str:
    """A line each; empty if one has a line's end in itself, as only somebody on the link could name an order."""
    lines = "\n".join(ids)
    return lines if lines.count("\n") == len(ids) - 1 else ""


def _used_id(order: Order, cl_ord_id: str, at_ns: i64) -> RequestSnapshot:
    return RequestSnapshot(at_ns, order.order_id, cl_ord_id, order.session, RequestKind.NEW, False, order.terms, 0, "")


def _pending(order: Order, request: Request, queued: bool, at_ns: i64) -> RequestSnapshot:
    return RequestSnapshot(
        at_ns=at_ns,
        order_id=order.order_id,
        cl_ord_id=request.cl_ord_id,
        session=request.session,
        kind=request.kind,
        pending=True,
        new_terms=request.new_terms,
        reserve_px=request.reserve_px,
        text=request.text,
        queued=queued,
        told=request.told,
        new_details=request.new_details,
    )


def _venue_ids(route: Route) -> str:
    """Each OrderID(37) that names the route, a line each; empty when it is its last one alone. A venue may give one
    to a second route by mistake: then it names that, and nothing is left for the first but an empty line."""
    last = route.venue_order_id
    ids = route.named_by()
    if not last or ids == [last]:
        return ""
    return "\n".join([*ids, ""] if last in ids else [*ids, "", ""])


def _route(route: Route, at_ns: i64) -> RouteSnapshot:
    replace_terms = route.replace_terms
    return RouteSnapshot(
        at_ns=at_ns,
        route_id=route.route_id,
        order_id=route.order_id,
        venue_id=route.venue_id,
        cl_ord_id=route.cl_ord_id,
        cl_ord_ids="\n".join(route.cl_ord_ids),
        venue_order_id=route.venue_order_id,
        terms=route.terms,
        ord_status=route.base,
        cum_qty=route.cum_qty,
        sent_at_ns=route.sent_at_ns,
        queried=route.queried,
        cancel_id=route.cancel_id,
        cancel_orig_id=route.cancel_orig_id,
        replace_id=route.replace_id,
        replace_terms=route.terms if replace_terms is None else replace_terms,
        by_hand_qty=route.by_hand_qty,
        copied_ids="" if route.extras is None else "\n".join(route.extras.copied_ids),
        venue_order_ids=_venue_ids(route),
        resent_at_ns=route.resent_at_ns,
    )


def _trade(trade: Trade, at_ns: i64) -> TradeSnapshot:
    return TradeSnapshot(
        at_ns=at_ns,
        trade_id=trade.trade_id,
        order_id=trade.order_id,
        route_id=trade.route_id,
        venue_exec_ids="\n".join(trade.venue_exec_ids),
        venue_id=trade.venue_id,
        last_report_id=trade.last_report_id,
        last_qty=trade.last_qty,
        last_px=trade.last_px,
        busted=trade.busted,
    )
