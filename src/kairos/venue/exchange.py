"""The exchange's door: orders, changes and the tape come in; reports gather in order and are drained.

Deterministic: no clock and no chance; the same calls give the same reports. Nothing is called back, nothing is sent
here. Every call first lets happen what was due by its time, so that a caller who forgets `advance` gets the same day.

A client is a name; each has its own ClOrdID(11)s, unique for the day, of orders and of changes alike.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.market.tape import BookOrder, DepthLevel, Quote, TapeHalt, Trade
from kairos.market.tape_batch import TapeBatch
from kairos.model.enums import (
    CxlRejReason,
    CxlRejResponseTo,
    ExecType,
    OrdRejReason,
    OrdStatus,
    OrdType,
    Side,
    TimeInForce,
)
from kairos.venue.amend import amend, why_not
from kairos.venue.blotter import Blotter
from kairos.venue.checks import (
    refusal,
    refuse_beyond_auction,
    refuse_expiry,
    refuse_prices,
    refuse_quantity,
    state_in_words,
    why_closed,
)
from kairos.venue.facts import FactLog, MarketFact
from kairos.venue.listing import NEVER, Listing
from kairos.venue.market import Market
from kairos.venue.orders import Place, SelfMatch, Terms, VenueOrder
from kairos.venue.reports import NO_ORDER_ID, VenueMessage
from kairos.venue.tape_rows import ROW_KINDS, play_rows

CANCEL: Final = CxlRejResponseTo.ORDER_CANCEL_REQUEST
REPLACE: Final = CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST


class Exchange:
    """A simulated exchange for one trading day; `id_prefix` (its date, say) begins every OrderID(37) and ExecID(17).
    Where it `prevents_self_match`, orders of one client that don't say otherwise never trade with each other."""

    def __init__(self, listings: list[Listing], id_prefix: str, prevents_self_match: bool = False) -> None:
        self.prevents_self_match: Final = prevents_self_match
        self.blotter: Final = Blotter(id_prefix)
        self.log: Final = FactLog()
        self.markets: Final = {listing.instrument: Market(listing, self.blotter, self.log) for listing in listings}
        self.clients: dict[str, dict[str, VenueOrder]] = {}

    def drain(self) -> list[VenueMessage]:
        """The reports since the last drain, in order."""
        return self.blotter.drain()

    def drain_facts(self, now_ns: i64) -> list[MarketFact]:
        """What there is to tell of the markets since the last time: phases, halts, and where auctions have changed,
        what they would give now."""
        changed = list(self.log.auctions)
        self.log.auctions.clear()
        for instrument in changed:
            self.blotter.touch(instrument)
            self.markets[instrument].tell_auction(now_ns)
        return self.log.drain()

    def submit(
        self,
        client: str,
        cl_ord_id: str,
        instrument: str,
        side: Side,
        ord_type: OrdType,
        time_in_force: TimeInForce,
        order_qty: i64,
        now_ns: i64,
        price: i64 = 0,
        stop_px: i64 = 0,
        max_floor: i64 = 0,
        expire_at_ns: i64 = 0,
        refuse_text: str = "",
        min_qty: i64 = 0,
        smp_id: str = "",
        smp: SelfMatch = SelfMatch.CANCEL_AGGRESSIVE,
    ) -> None:
        """A new order. A `refuse_text` refuses it with that text: the operator's will, or a fault's. An order of an
        `smp_id`, SelfMatchPreventionID(2362), never trades with its like; `smp` says what happens instead."""
        orders = self._orders_of(client)
        market = self._market_at(instrument, now_ns)
        seq = self.blotter.next_order_seq()
        order = VenueOrder(
            self.blotter.order_id(seq), cl_ord_id, client, instrument, side, ord_type, time_in_force,
            order_qty, price, stop_px, max_floor, expire_at_ns, seq,
        )  # fmt: skip
        order.min_qty = min_qty
        order.smp_id = smp_id or (client if self.prevents_self_match else "")
        order.smp = smp
        first = orders.get(cl_ord_id)
        if first is not None:
            text = f"ClOrdID(11) {cl_ord_id} was used before"
            self.blotter.reject(first, OrdRejReason.DUPLICATE_ORDER, text, now_ns)
            return
        orders[cl_ord_id] = order
        if market is None:
            self._reject(order, OrdRejReason.UNKNOWN_SYMBOL, f"Symbol(55) {instrument} is not listed here", now_ns)
            return
        if refuse_text:
            self._reject(order, OrdRejReason.BROKER_OPTION, refuse_text, now_ns)
            return
        refused = refusal(order, market.listing, market.day, now_ns)
        if refused is not None:
            self._reject(order, refused.reason, refused.text, now_ns)
            return
        if market.would_be_refused(order, now_ns):
            text = f"it would trade outside the price band of {instrument}"
            self._reject(order, OrdRejReason.ORDER_EXCEEDS_LIMIT, text, now_ns)
            return
        self.blotter.tell(order, ExecType.NEW, now_ns)
        market.enter(order, now_ns)

    def cancel(self, client: str, cl_ord_id: str, orig_cl_ord_id: str, now_ns: i64) -> None:
        """Cancel what is left of an order."""
        order = self._order_to_change(client, cl_ord_id, orig_cl_ord_id, CANCEL, now_ns)
        if order is None:
            return
        market = self.markets[order.instrument]
        if not market.day.takes_cancels():
            text = f"{state_in_words(market.day)}: no cancels for now"
            self.blotter.refuse_change(
                client, order, cl_ord_id, orig_cl_ord_id, CANCEL, CxlRejReason.BROKER_OPTION, text, now_ns
            )
            return
        market.withdraw(order)
        order.close(OrdStatus.CANCELED, "")
        self.blotter.answer(order, ExecType.CANCELED, cl_ord_id, now_ns)

    def replace(
        self,
        client: str,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        order_qty: i64,
        now_ns: i64,
        price: i64 = 0,
        stop_px: i64 = 0,
        max_floor: i64 = 0,
        expire_at_ns: i64 = 0,
    ) -> None:
        """Change an order's terms; all are given, changed or not. Only a lower quantity alone keeps its place."""
        order = self._order_to_change(client, cl_ord_id, orig_cl_ord_id, REPLACE, now_ns)
        if order is None:
            return
        market = self.markets[order.instrument]
        terms = Terms(order_qty, price, stop_px, max_floor, expire_at_ns)
        text = why_no_replace(order, terms, market, now_ns)
        if text:
            self.blotter.refuse_change(
                client, order, cl_ord_id, orig_cl_ord_id, REPLACE, CxlRejReason.OTHER, text, now_ns
            )
            return
        stays = order.keeps_place(terms) and order_qty > order.cum_qty
        if not stays:
            market.withdraw(order)
        order.change(terms)
        if stays and order.place is Place.BOOK:
            market.book.resized(order)
        self.blotter.answer(order, ExecType.REPLACED, cl_ord_id, now_ns)
        if not stays and order.is_live():
            order.entry_seq = self.blotter.next_order_seq()
            market.enter(order, now_ns)

    def status(self, client: str, cl_ord_id: str, instrument: str, side: Side, now_ns: i64) -> None:
        """Tell an order's present state; an unknown one's is rejected (FIX 4.4 volume 4, G.1.a)."""
        self._market_at(instrument, now_ns)
        order = self._orders_of(client).get(cl_ord_id)
        reason: OrdRejReason | None = None
        if order is None:
            reason = OrdRejReason.UNKNOWN_ORDER
            order = VenueOrder(
                NO_ORDER_ID, cl_ord_id, client, instrument, side, OrdType.MARKET, TimeInForce.DAY, 0, 0, 0, 0, 0, 0
            )
            order.close(OrdStatus.REJECTED, f"ClOrdID(11) {cl_ord_id} is not known here")
        self.blotter.answer_status(order, now_ns, reason)

    def mass_cancel(self, client: str, instrument: str, now_ns: i64) -> int:
        """Cancel the client's live orders in the instrument ("" for all), first come first, where cancels are taken.
        Returns how many."""
        live = self.live_orders(client, instrument, now_ns)
        orders = [order for order in live if self.markets[order.instrument].day.takes_cancels()]
        for order in orders:
            self.markets[order.instrument].withdraw(order)
            self.blotter.cancel(order, "mass cancel", now_ns)
        return len(orders)

    def mass_status(self, client: str, instrument: str, now_ns: i64) -> int:
        """Tell the state of the client's live orders in the instrument ("" for all). Returns how many."""
        orders = self.live_orders(client, instrument, now_ns)
        for order in orders:
            self.blotter.answer_status(order, now_ns)
        return len(orders)

    def live_orders(self, client: str, instrument: str, now_ns: i64) -> list[VenueOrder]:
        """The client's live orders in the instrument ("" for all), in the order in which they came."""
        self.advance(now_ns)
        named = self._orders_of(client).items()
        return [
            order
            for cl_ord_id, order in named
            if order.is_live() and order.cl_ord_id == cl_ord_id and instrument in ("", order.instrument)
        ]

    def on_quote(self, quote: Quote) -> None:
        """The tape's best bid and offer; a quote of an instrument that isn't listed is nobody's here."""
        market = self._market_at(quote.instrument, quote.time_ns)
        if market is not None:
            market.on_quote(quote.bid_px, quote.bid_size, quote.ask_px, quote.ask_size, quote.time_ns)

    def on_trade(self, trade: Trade) -> None:
        """A print of the tape."""
        market = self._market_at(trade.instrument, trade.time_ns)
        if market is not None:
            market.on_trade(trade.px, trade.size, trade.kind, trade.time_ns, trade.taker)

    def on_level(self, level: DepthLevel) -> None:
        """What one price level of the tape shows."""
        market = self._market_at(level.instrument, level.time_ns)
        if market is not None:
            market.on_level(level.is_bid, level.px, level.size, level.more, level.time_ns)

    def on_tape_order(self, order: BookOrder) -> None:
        """What became of one of the tape's orders."""
        market = self._market_at(order.instrument, order.time_ns)
        kind = ROW_KINDS.get(order.action)
        if market is not None and kind is not None:
            market.on_tape_order(kind, order.order_ref, order.is_buy, order.px, order.size, order.more, order.time_ns)

    def on_halt(self, halt: TapeHalt) -> None:
        """The tape's market has stopped trading in an instrument, or goes on."""
        market = self._market_at(halt.instrument, halt.time_ns)
        if market is not None:
            market.on_halt(halt.state, halt.time_ns)

    def on_rows(self, batch: TapeBatch, start: i64, stop: i64) -> None:
        """The rows of a batch from `start` to before `stop`."""
        market = self.markets.get(batch.instrument)
        if market is not None:
            play_rows(market, batch, start, stop)

    def advance(self, now_ns: i64) -> None:
        """Let happen what was due by now: phases, expiry, the end of the day."""
        for market in self.markets.values():
            market.advance(now_ns)

    def next_deadline_ns(self) -> i64:
        """When `advance` will next have something to do."""
        deadline: i64 = NEVER
        for market in self.markets.values():
            deadline = min(deadline, market.deadline_ns)
        return deadline

    def halt(self, instrument: str, reason: str, now_ns: i64) -> str:
        """Stop trading in the instrument ("" for all). Returns why not, or "" when it is done."""
        self.advance(now_ns)
        found = self._markets_named(instrument)
        going = [market for market in found if not market.day.halt_reason]
        for market in going:
            market.halt(reason, now_ns)
        if not found:
            return f"Symbol(55) {instrument} is not listed here"
        return "" if going else f"{instrument or 'the market'} is halted already"

    def resume(self, instrument: str, reason: str, now_ns: i64) -> str:
        """Let trading go on in the instrument ("" for all). Returns why not, or "" when it is done."""
        self.advance(now_ns)
        found = self._markets_named(instrument)
        halted = [market for market in found if market.day.halt_reason]
        for market in halted:
            market.resume(reason, now_ns)
        self.advance(now_ns)  # an auction that a halt held back may be due
        if not found:
            return f"Symbol(55) {instrument} is not listed here"
        return "" if halted else f"{instrument or 'the market'} is not halted"

    def _markets_named(self, instrument: str) -> list[Market]:
        return [market for name, market in self.markets.items() if instrument in ("", name)]

    def bust(self, exec_id: str, now_ns: i64) -> str:
        """Take a trade back, on both sides where both are clients. Returns why not, or "" when it is done."""
        return self._amend(exec_id, 0, 0, now_ns)

    def correct(self, exec_id: str, qty: i64, px: i64, now_ns: i64) -> str:
        """Change a trade's quantity and price, on both sides. Returns why not, or "" when it is done."""
        if qty <= 0 or px <= 0:
            return "LastQty(32) and LastPx(31) of a corrected trade must be more than 0; use a bust to take it back"
        return self._amend(exec_id, qty, px, now_ns)

    def _amend(self, exec_id: str, qty: i64, px: i64, now_ns: i64) -> str:
        self.advance(now_ns)
        found = self.blotter.executions
        execution = found.get(exec_id)
        if execution is None or execution.busted:
            return why_not(execution, exec_id)
        sides = [execution]
        if execution.contra_exec_id:
            sides.append(found[execution.contra_exec_id])
        for side in sides:
            if side.order.cum_qty - side.qty + qty > side.order.order_qty:
                return f"LastQty(32) {qty} would fill order {side.order.venue_order_id} beyond its OrderQty(38)"
        for side in sides:
            amend(self.blotter, self.markets[side.order.instrument], side, qty, px, now_ns)
        return ""

    def _orders_of(self, client: str) -> dict[str, VenueOrder]:
        orders = self.clients.get(client)
        if orders is None:
            orders = {}
            self.clients[client] = orders
        return orders

    def _market_at(self, instrument: str, now_ns: i64) -> Market | None:
        market = self.markets.get(instrument)
        if market is not None and market.deadline_ns <= now_ns:
            market.advance(now_ns)
        return market

    def _reject(self, order: VenueOrder, reason: OrdRejReason, text: str, now_ns: i64) -> None:
        order.close(OrdStatus.REJECTED, text)
        self.blotter.reject(order, reason, text, now_ns)

    def _order_to_change(
        self, client: str, cl_ord_id: str, orig_cl_ord_id: str, response_to: CxlRejResponseTo, now_ns: i64
    ) -> VenueOrder | None:
        """The live order that a cancel or replace names, and its new ClOrdID(11) taken; or None, with the refusal
        told.
        """
        orders = self._orders_of(client)
        order = orders.get(orig_cl_ord_id)
        if order is not None:
            self._market_at(order.instrument, now_ns)
        if cl_ord_id in orders:
            reason = CxlRejReason.DUPLICATE_CL_ORD_ID
            text = f"ClOrdID(11) {cl_ord_id} was used before"
        elif order is None or order.cl_ord_id != orig_cl_ord_id:
            reason = CxlRejReason.UNKNOWN_ORDER
            text = f"OrigClOrdID(41) {orig_cl_ord_id} names no present order"
        elif order.is_live():
            orders[cl_ord_id] = order
            return order
        else:
            reason = CxlRejReason.TOO_LATE_TO_CANCEL
            text = f"the order is closed, OrdStatus(39)={order.status.value}"
        self.blotter.refuse_change(client, order, cl_ord_id, orig_cl_ord_id, response_to, reason, text, now_ns)
        return None


def why_no_replace(order: VenueOrder, terms: Terms, market: Market, now_ns: i64) -> str:
    """Why the order can't have the new terms; empty if it can."""
    if not market.day.takes_orders():
        return why_closed(market.day)
    if order.triggered and terms.stop_px != order.stop_px:
        return "StopPx(99) can't change once the stop is triggered"
    refused = (
        refuse_quantity(terms.order_qty, terms.max_floor, market.listing)
        or refuse_prices(order.ord_type, terms.price, terms.stop_px, market.listing)
        or refuse_beyond_auction(terms.price, market.day)
        or refuse_expiry(order.time_in_force, terms.expire_at_ns, now_ns)
    )
    return "" if refused is None else refused.text
