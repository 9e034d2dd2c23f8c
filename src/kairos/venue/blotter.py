"""The exchange's record of executions, and the one place where reports are made and numbered."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import CxlRejReason, CxlRejResponseTo, ExecType, OrdRejReason, OrdStatus
from kairos.model.errors import invariant
from kairos.model.numbers import average_price
from kairos.venue.ids import IdWriter
from kairos.venue.orders import VenueOrder
from kairos.venue.recorder import ADDED, AUCTION, REMOVED, Recorder
from kairos.venue.reports import NO_ORDER_ID, CancelReject, Report, VenueMessage


@mypyc_attr(acyclic=True)
class Execution:
    """One side of one trade. `last_exec_id` is its latest report, which a bust or correction refers to."""

    def __init__(self, order: VenueOrder, exec_id: str, qty: i64, px: i64) -> None:
        self.order: Final = order
        self.last_exec_id = exec_id
        self.contra_exec_id = ""  # of the other client's side; empty where the tape was the other side
        self.qty: i64 = qty
        self.px: i64 = px
        self.busted = False


@mypyc_attr(acyclic=True)
class ClientTrade:
    """A trade between two clients, as the public hears of it."""

    def __init__(self, instrument: str, time_ns: i64, px: i64, size: i64, buyer_took: bool, trd_match_id: str) -> None:
        self.instrument: Final = instrument
        self.time_ns: Final = time_ns
        self.px: Final = px
        self.size: Final = size
        self.buyer_took: Final = buyer_took  # the aggressor's side
        self.trd_match_id: Final = trd_match_id


class Blotter(Recorder):
    """Numbers and keeps executions, and queues reports in the order in which things happened."""

    def __init__(self, id_prefix: str) -> None:
        self.id_prefix: Final = id_prefix
        self.order_ids: Final = IdWriter(id_prefix + "-O")
        self.exec_ids: Final = IdWriter(id_prefix + "-E")
        self.match_ids: Final = IdWriter(id_prefix + "-T")
        self.out: list[VenueMessage] = []
        self.executions: dict[str, Execution] = {}
        self.order_count: i64 = 0
        self.exec_count: i64 = 0
        self.match_count: i64 = 0
        self.public_trades: list[ClientTrade] | None = None  # none are kept unless somebody listens
        self.touched: dict[str, None] = {}  # instruments that something was reported of, likewise

    def drain(self) -> list[VenueMessage]:
        """Hand over what has gathered, in order."""
        out = self.out
        self.out = []
        return out

    def next_order_seq(self) -> i64:
        self.order_count += 1
        return self.order_count

    def order_id(self, seq: i64) -> str:
        return self.order_ids.text(seq)

    def listen(self) -> None:
        """Keep trades between clients and what reports are about from now on, for `drain_trades`, `drain_touched`."""
        if self.public_trades is None:
            self.public_trades = []

    def drain_trades(self) -> list[ClientTrade]:
        """Hand over the trades between clients, in order."""
        trades = self.public_trades
        if trades is None:
            return []
        self.public_trades = []
        return trades

    def touch(self, instrument: str) -> None:
        """Its market may show something else than before."""
        if self.public_trades is not None:
            self.touched[instrument] = None

    def drain_touched(self) -> list[str]:
        """Hand over the instruments whose market may show something else."""
        touched = list(self.touched)
        self.touched.clear()
        return touched

    def fill(self, order: VenueOrder, qty: i64, px: i64, now_ns: i64, liquidity: i64 = REMOVED) -> None:
        self._fill(order, qty, px, now_ns, liquidity, "")

    def fill_pair(self, taker: VenueOrder, maker: VenueOrder, qty: i64, px: i64, now_ns: i64) -> None:
        """The maker hears first."""
        self.match_count += 1
        match_id = self.match_ids.text(self.match_count)
        made = self._fill(maker, qty, px, now_ns, ADDED, match_id)
        took = self._fill(taker, qty, px, now_ns, REMOVED, match_id)
        made.contra_exec_id = took.last_exec_id
        took.contra_exec_id = made.last_exec_id
        if self.public_trades is not None:
            self.public_trades.append(ClientTrade(taker.instrument, now_ns, px, qty, taker.is_buy, match_id))

    def fill_in_auction(self, buy: VenueOrder, sell: VenueOrder, qty: i64, px: i64, now_ns: i64) -> None:
        """Two orders meet in an auction, where nobody is the aggressor; the public hears of it as one print."""
        self.match_count += 1
        match_id = self.match_ids.text(self.match_count)
        sold = self._fill(sell, qty, px, now_ns, AUCTION, match_id)
        bought = self._fill(buy, qty, px, now_ns, AUCTION, match_id)
        bought.contra_exec_id = sold.last_exec_id
        sold.contra_exec_id = bought.last_exec_id

    def tell(self, order: VenueOrder, exec_type: ExecType, now_ns: i64) -> None:
        """Report a change of the order that is no trade (new, replaced, canceled, expired, restated)."""
        self._report(order, exec_type, self._next_exec_id(), now_ns)

    def answer(self, order: VenueOrder, exec_type: ExecType, cl_ord_id: str, now_ns: i64) -> None:
        """Report a cancel or replace under its own ClOrdID(11), which names the order from now on."""
        order.orig_cl_ord_id = order.cl_ord_id
        order.cl_ord_id = cl_ord_id
        self.tell(order, exec_type, now_ns)
        order.orig_cl_ord_id = ""

    def cancel(self, order: VenueOrder, text: str, now_ns: i64, restatement_reason: str = "") -> None:
        order.close(OrdStatus.CANCELED, text)
        exec_id = self._next_exec_id()
        self._report(order, ExecType.CANCELED, exec_id, now_ns, restatement_reason=restatement_reason)

    def expire(self, order: VenueOrder, text: str, now_ns: i64) -> None:
        """Close the order as expired and say why."""
        order.close(OrdStatus.EXPIRED, text)
        self.tell(order, ExecType.EXPIRED, now_ns)

    def reject(self, order: VenueOrder, reason: OrdRejReason, text: str, now_ns: i64) -> None:
        """Refuse a new order; where its ClOrdID(11) was used before, `order` is the first one in its present state."""
        self._report(order, ExecType.REJECTED, self._next_exec_id(), now_ns, reason=reason, text=text)

    def answer_status(self, order: VenueOrder, now_ns: i64, reason: OrdRejReason | None = None) -> None:
        """Tell the order's present state; `reason`, why there is none."""
        self._report(order, ExecType.ORDER_STATUS, "0", now_ns, reason=reason)

    def restate_execution(self, execution: Execution, exec_type: ExecType, text: str, now_ns: i64) -> None:
        """Report a bust or a correction of an execution; its new id is what the next one will refer to."""
        exec_id = self._next_exec_id()
        ref_id = execution.last_exec_id
        execution.last_exec_id = exec_id
        self.executions[exec_id] = execution
        self._report(
            execution.order, exec_type, exec_id, now_ns,
            last_qty=execution.qty, last_px=execution.px, ref_id=ref_id, text=text,
        )  # fmt: skip

    def refuse_change(
        self,
        client: str,
        order: VenueOrder | None,
        cl_ord_id: str,
        orig_cl_ord_id: str,
        response_to: CxlRejResponseTo,
        reason: CxlRejReason,
        text: str,
        now_ns: i64,
    ) -> None:
        """Refuse a cancel or a replace."""
        order_id = NO_ORDER_ID if order is None else order.venue_order_id
        instrument = "" if order is None else order.instrument
        status = OrdStatus.REJECTED if order is None else order.status
        self.out.append(
            CancelReject(
                client, order_id, cl_ord_id, orig_cl_ord_id, instrument, status, response_to, reason, text, now_ns
            )
        )

    def _fill(self, order: VenueOrder, qty: i64, px: i64, now_ns: i64, liquidity: i64, match_id: str) -> Execution:
        """Count a fill into its order, keep and report it."""
        if not 0 < qty <= order.leaves_qty:
            invariant(False, "VENUE_FILL_SIZE", order=order.venue_order_id, qty=qty)
        order.add_fill(qty, px)
        exec_id = self._next_exec_id()
        execution = Execution(order, exec_id, qty, px)
        self.executions[exec_id] = execution
        self._report(
            order, ExecType.TRADE, exec_id, now_ns, last_qty=qty, last_px=px, liquidity=liquidity, match_id=match_id
        )
        return execution

    def _next_exec_id(self) -> str:
        self.exec_count += 1
        return self.exec_ids.text(self.exec_count)

    def _report(
        self,
        order: VenueOrder,
        exec_type: ExecType,
        exec_id: str,
        now_ns: i64,
        last_qty: i64 = 0,
        last_px: i64 = 0,
        ref_id: str = "",
        reason: OrdRejReason | None = None,
        text: str = "",
        liquidity: i64 = 0,
        match_id: str = "",
        restatement_reason: str = "",
    ) -> None:
        if self.public_trades is not None:
            self.touched[order.instrument] = None
        self.out.append(
            Report(
                order.client, exec_type, order.status, exec_id, ref_id, order.venue_order_id, order.cl_ord_id,
                order.orig_cl_ord_id, order.instrument, order.side, order.ord_type,
                order.time_in_force, order.order_qty, order.price, order.stop_px, order.max_floor, last_qty, last_px,
                order.cum_qty, order.leaves_qty, average_price(order.notional, order.cum_qty), reason,
                text or order.text, now_ns, liquidity, match_id, restatement_reason,
            )
        )  # fmt: skip
