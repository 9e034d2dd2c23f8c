"""Splits and dividends of an instrument: its reference price, positions in it, and the orders that outlive the day.

Applied on the ex date, once the desk's day has begun and before the market opens. Orders that the house holds are
adjusted, canceled or left, as the command says; one that a venue holds is left to the venue, which restates it itself
(`engine.split`). A client hears of a change as RESTATED or CANCELED with ExecRestatementReason(378) 0.

ADJUST is FINRA's rule 5330 (Nasdaq's 4761 says the same): limits to buy and stops to sell come down by the dividend, to
the tick below; of a split the size grows too, to the round lot below. DO NOT REDUCE keeps the price at a dividend in
cash, DO NOT INCREASE the size. Limits to sell and stops to buy stay; ADJUST_ALL gives them the new units too.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.engine.core import Core
from kairos.engine.endings import cancel_order
from kairos.engine.split import scaled_details
from kairos.engine.standing import standing_after
from kairos.market.corporate_actions import (
    RestatedHolding,
    ex_price,
    is_sound,
    new_units,
    price_down,
    price_up,
    restate_holding,
)
from kairos.model.commands import ApplyCorporateAction
from kairos.model.enums import ExecRestatementReason, ExecType, OrdType
from kairos.model.events import (
    BookRestated,
    CorporateActionApplied,
    DividendEntitled,
    OrderRestated,
    OrderSplit,
    PositionRestated,
)
from kairos.model.market_enums import OrderTreatment
from kairos.model.numbers import MAX_PRICE, MAX_QTY, notional_of
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import OrderDetails, Terms
from kairos.state.order import Order
from kairos.state.places import node_of
from kairos.state.positions import Position, is_buy
from kairos.state.reference import Instrument
from kairos.state.route import outlives_day
from kairos.state.transitions import Happening, refusal_of

DO_NOT_INCREASE: Final = "E"
DO_NOT_REDUCE: Final = "F"
BEYOND: Final = MAX_PRICE + 1
REASON: Final = ExecRestatementReason.GT_CORPORATE_ACTION


def apply_corporate_action(core: Core, c: ApplyCorporateAction) -> Refusal | None:
    """One action, all of it or nothing."""
    instrument = core.desk.instruments.get(c.instrument_id)
    if instrument is None:
        return Refusal(RefusalCode.UNKNOWN_INSTRUMENT, (("instrument", c.instrument_id),))
    refusal = _refuse_action(core, c, instrument) or _refuse_market(core, c, instrument)
    if refusal is not None:
        return refusal
    orders = _orders_of_house(core, c)
    for order in orders:
        refusal = _refuse_order(c, order)
        if refusal is not None:
            return refusal
    _apply(core, c, instrument)
    for position in sorted(core.desk.holders.get(c.instrument_id, []), key=_account_id):
        _restate_position(core, c, position)
    for position in core.desk.tree.holders.get(c.instrument_id, []):
        _restate_book(core, c, position)
    for order in orders:
        _treat(core, c, order)
    return None


def _account_id(position: Position) -> str:
    return position.account.account_id


def _changes_units(c: ApplyCorporateAction) -> bool:
    return c.numerator != c.denominator


def _refuse_action(core: Core, c: ApplyCorporateAction, instrument: Instrument) -> Refusal | None:
    """What is wrong with the action itself."""
    if not c.action_id or instrument.is_spread or not is_sound(c.kind, c.numerator, c.denominator, c.cash):
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "action_id, kind, numerator, denominator, cash"),))
    if not 0 <= c.reference_px <= MAX_PRICE or c.cash > MAX_PRICE or c.reference_unit < 0:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "cash, reference_px, reference_unit"),))
    if c.cash and c.currency != instrument.defined.currency:
        return Refusal(RefusalCode.INVALID_VALUE, (("currency", c.currency), ("of", instrument.defined.currency)))
    if c.action_id in core.desk.actions:
        return Refusal(RefusalCode.DUPLICATE_ACTION, (("action_id", c.action_id),))
    if c.ex_date != core.desk.trading_date:
        seen = (("ex_date", str(c.ex_date)), ("trading_date", str(core.desk.trading_date)))
        return Refusal(RefusalCode.NOT_EX_DATE, seen)
    marks = [_ex(c, instrument, px) for px in (instrument.bid_px, instrument.ask_px, instrument.last_px)]
    if max([_new_reference(c, instrument), *marks]) > MAX_PRICE:
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "reference_px"),))
    return None


def _refuse_market(core: Core, c: ApplyCorporateAction, instrument: Instrument) -> Refusal | None:
    """The market must not be at work: neither an execution of the day, nor an order at a venue."""
    for position in core.desk.holders.get(c.instrument_id, []):
        if position.executions.last_id() >= core.desk.day_exec_id:
            return Refusal(RefusalCode.ILLEGAL_STATE, (("why", f"{c.instrument_id} has traded today"),))
    if c.leave_live:
        return None
    for order in core.desk.orders.awake():
        if order.position.instrument is instrument:
            for route in order.live_routes():
                seen = (("order_id", str(order.order_id)), ("route", route.cl_ord_id), ("venue", route.venue_id))
                return Refusal(RefusalCode.STILL_WORKING, seen)
    return None


def _orders_of_house(core: Core, c: ApplyCorporateAction) -> list[Order]:
    """The orders in old units, of an earlier day, that no venue holds."""
    return [order for order in _carried(core, c) if not order.routes_to_cancel()]


def _carried(core: Core, c: ApplyCorporateAction) -> list[Order]:
    found: list[Order] = []
    for order in core.desk.orders.awake():
        outlives = order.carried and order.may_trade() and outlives_day(order.terms)
        if outlives and order.instrument_id() == c.instrument_id:
            found.append(order)
    return found


def _refuse_order(c: ApplyCorporateAction, order: Order) -> Refusal | None:
    """An order that could not be treated as it must: its person settles it first."""
    if c.orders is OrderTreatment.LEAVE:
        return None
    named = ("order_id", str(order.order_id))
    if order.cross_id:
        return Refusal(RefusalCode.SIDE_OF_A_CROSS, (named, ("cross_id", order.cross_id)))
    if order.replaces() or order.cancel is not None:
        return Refusal(RefusalCode.ALREADY_PENDING, (named,))
    code = refusal_of(order.base, Happening.RESTATED)
    if code is not RefusalCode.NONE:
        return Refusal(code, (named, ("ord_status", order.base.name)))
    if c.orders is OrderTreatment.CANCEL or not _is_adjusted(c, order):
        return None
    terms = _new_terms(c, order)
    if max(terms.order_qty, terms.max_floor) > MAX_QTY or max(terms.price, terms.stop_px) > MAX_PRICE:
        return Refusal(RefusalCode.INVALID_VALUE, (named, ("field", "OrderQty(38), Price(44), StopPx(99)")))
    return None


def _apply(core: Core, c: ApplyCorporateAction, instrument: Instrument) -> None:
    core.emit(
        CorporateActionApplied(
            at_ns=core.now_ns,
            action_id=c.action_id,
            instrument_id=c.instrument_id,
            kind=c.kind,
            ex_date=c.ex_date,
            numerator=c.numerator,
            denominator=c.denominator,
            cash=c.cash,
            currency=c.currency,
            orders=c.orders,
            reference_px=_new_reference(c, instrument),
            bid_px=_ex(c, instrument, instrument.bid_px),
            ask_px=_ex(c, instrument, instrument.ask_px),
            last_px=_ex(c, instrument, instrument.last_px),
            first_exec_id=core.exec_id() if _changes_units(c) else 0,
            left_to_venues=len([order for order in _carried(core, c) if order.routes_to_cancel()]),
            text=c.text,
            user_id=c.user_id,
        )
    )


def _new_reference(c: ApplyCorporateAction, instrument: Instrument) -> int:
    return c.reference_px if c.reference_px else _ex(c, instrument, instrument.defined.reference_px)


def _ex(c: ApplyCorporateAction, instrument: Instrument, px: i64) -> int:
    unit = c.reference_unit if c.reference_unit else instrument.tick_size
    return ex_price(px, c.cash, c.numerator, c.denominator, unit)


def _restate_position(core: Core, c: ApplyCorporateAction, position: Position) -> None:
    account_id, multiplier = position.account.account_id, position.instrument.multiplier
    if c.cash and position.qty:
        owed = notional_of(position.qty, c.cash, multiplier)
        core.emit(
            DividendEntitled(core.now_ns, account_id, c.instrument_id, c.action_id, position.qty, owed, c.currency)
        )
    if not _is_restated(c, position):
        return
    held = _restated(c, position)
    core.emit(
        PositionRestated(
            at_ns=core.now_ns,
            account_id=account_id,
            instrument_id=c.instrument_id,
            action_id=c.action_id,
            qty=held.qty,
            cost=held.cost,
            realized=held.realized,
            cash=held.cash,
            currency=position.instrument.defined.currency,
        )
    )


def _restate_book(core: Core, c: ApplyCorporateAction, position: Position) -> None:
    """What a strategy's or a trader's book holds; what is paid is paid to accounts."""
    if not _is_restated(c, position):
        return
    held = _restated(c, position)
    core.emit(
        BookRestated(
            at_ns=core.now_ns,
            node=node_of(position.book_key),
            node_id=position.account.account_id,
            instrument_id=c.instrument_id,
            action_id=c.action_id,
            qty=held.qty,
            cost=held.cost,
            realized=held.realized,
        )
    )


def _is_restated(c: ApplyCorporateAction, position: Position) -> bool:
    return _changes_units(c) and (position.qty != 0 or len(position.executions) > 0)


def _restated(c: ApplyCorporateAction, position: Position) -> RestatedHolding:
    """In the new units."""
    return restate_holding(
        position.qty,
        position.cost,
        position.realized,
        c.numerator,
        c.denominator,
        position.instrument.defined.reference_px,
        position.instrument.multiplier,
    )


def _treat(core: Core, c: ApplyCorporateAction, order: Order) -> None:
    text = c.text if c.text else f"corporate action {c.action_id}"
    if c.orders is OrderTreatment.LEAVE or (c.orders is not OrderTreatment.CANCEL and not _is_adjusted(c, order)):
        return
    if c.orders is OrderTreatment.CANCEL:
        cancel_order(core, order, text, REASON.value)
        return
    terms = _new_terms(c, order)
    lost_price = (order.terms.price and not terms.price) or (order.terms.stop_px and not terms.stop_px)
    if lost_price or terms.order_qty <= _new_cum_qty(c, order):
        cancel_order(core, order, text, REASON.value)
    elif _changes_units(c):
        _split(core, c, order, terms, text)
    else:
        standing = standing_after(order, Happening.RESTATED, terms, order.cum_qty, order.notional)
        core.emit(
            OrderRestated(
                core.now_ns, order.order_id, core.exec_id(), ExecType.RESTATED, terms, standing, REASON.value, text
            )
        )


def _is_reduced(order: Order) -> bool:
    """A limit to buy or a stop to sell: what a falling price, without news, would set off."""
    is_stop = order.terms.ord_type is OrdType.STOP or order.terms.ord_type is OrdType.STOP_LIMIT
    return is_stop != is_buy(order.side)


def _is_adjusted(c: ApplyCorporateAction, order: Order) -> bool:
    if _changes_units(c):
        return c.orders is OrderTreatment.ADJUST_ALL or _is_reduced(order)
    has_price = order.terms.price > 0 or order.terms.stop_px > 0
    return has_price and _is_reduced(order) and not _says(order, DO_NOT_REDUCE)


def _says(order: Order, code: str) -> bool:
    return code in order.details.exec_inst.split()


def _new_terms(c: ApplyCorporateAction, order: Order) -> Terms:
    old = order.terms
    cum_qty, leaves = _new_cum_qty(c, order), order.unfilled_qty()
    lot = int(order.position.instrument.lot_size)
    max_floor = int(old.max_floor)
    if not (_says(order, DO_NOT_INCREASE) and c.numerator > c.denominator):
        leaves = new_units(leaves, c.numerator, c.denominator, lot)
        max_floor = new_units(max_floor, c.numerator, c.denominator, lot)
    return Terms(
        cum_qty + leaves,
        old.ord_type,
        _new_px(c, order, old.price),
        _new_px(c, order, old.stop_px),
        old.time_in_force,
        old.expire_at_ns,
        max_floor,
    )


def _new_details(c: ApplyCorporateAction, order: Order, order_qty: i64) -> OrderDetails:
    if order_qty == order.terms.order_qty:
        return order.details
    return scaled_details(order.details, c.numerator, c.denominator, order_qty)


def _new_cum_qty(c: ApplyCorporateAction, order: Order) -> int:
    return int(order.cum_qty) * int(c.numerator) // int(c.denominator)


def _new_px(c: ApplyCorporateAction, order: Order, px: i64) -> int:
    """0 where nothing is left; what is above the highest price stays in 63 bits, and is refused."""
    tick = order.position.instrument.tick_size
    if px == 0:
        return 0
    if not _is_reduced(order):
        return min(price_up(px, c.numerator, c.denominator, tick), BEYOND)
    cash = 0 if _says(order, DO_NOT_REDUCE) else c.cash
    return max(0, min(price_down(px, cash, c.numerator, c.denominator, tick), BEYOND))


def _split(core: Core, c: ApplyCorporateAction, order: Order, terms: Terms, text: str) -> None:
    cum_qty = _new_cum_qty(c, order)
    reserve_px = terms.price
    if not reserve_px:
        reserve_px = _new_px(c, order, order.reserve_px)
    core.emit(
        OrderSplit(
            at_ns=core.now_ns,
            order_id=order.order_id,
            exec_id=core.exec_id(),
            numerator=c.numerator,
            denominator=c.denominator,
            terms=terms,
            standing=standing_after(order, Happening.RESTATED, terms, cum_qty, order.notional),
            reserve_px=reserve_px,
            text=text,
            user_id=c.user_id,
            details=_new_details(c, order, terms.order_qty),
        )
    )
