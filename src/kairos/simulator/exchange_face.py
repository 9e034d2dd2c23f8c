"""The exchange as its clients meet it by FIX: D F G H q AF in, 8 9 r out, in FIX 4.2 and 4.4.

A client is a session. Its message first lets the market come up to the present, then is a call of the exchange; what
the exchange reports passes through the faults and goes to the line of the order's client, also while that is logged
off: it is numbered then, and asked for later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_answers import answer
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.details import read_details
from kairos.adapters.fix_mapping.reading import read_id, read_side, read_terms
from kairos.adapters.fix_mapping.rejection import RefusedField, unsupported_type
from kairos.adapters.fix_mapping.rules import is_custom
from kairos.adapters.fix_mapping.versions import Dialect, dialect_of
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.fix import tags as t
from kairos.fix.appl_versions import application_version
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.model.enums import CxlRejReason, CxlRejResponseTo, ExecType
from kairos.model.errors import InvariantError
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails
from kairos.ports import Writer
from kairos.simulator.execution_reports import (
    Query,
    cancel_reject,
    execution_report,
    mass_cancel_report,
    no_orders_report,
)
from kairos.simulator.market_clock import Moment
from kairos.simulator.order_requests import (
    market_expiry,
    mass_cancel_scope,
    mass_status_scope,
    read_instrument,
    read_self_match,
    why_not_honoured,
    why_not_replaced,
)
from kairos.venue.exchange import Exchange
from kairos.venue.faults import Faults, LostSession
from kairos.venue.orders import VenueOrder
from kairos.venue.reports import Report, VenueMessage

UNANSWERED: Final = (t.REJECT, t.BUSINESS_MESSAGE_REJECT, t.DONT_KNOW_TRADE)
"""What a client has against a message of ours is for people to look into: answering it could go on for ever."""


class ExchangeFace:
    """Serves order-entry lines. `reach` brings the market up to a time of the world and says where it has come to;
    `on_logon` is told when a client has logged on."""

    def __init__(
        self,
        exchange: Exchange,
        symbols: Symbols,
        faults: Faults,
        writer: Writer,
        reach: Callable[[int], Moment],
        on_logon: Callable[[], None],
    ) -> None:
        self._exchange: Final = exchange
        self._symbols: Final = symbols
        self.faults: Final = faults
        self._writer: Final = writer
        self._reach: Final = reach
        self._on_logon: Final = on_logon
        self._lines: Final[dict[str, FixLine]] = {}
        self._queries: Final[dict[VenueMessage, Query]] = {}
        self._details: Final[dict[tuple[str, str], OrderDetails]] = {}
        self._mass_cancels = 0

    def on_logged_on(self, line: FixLine) -> None:
        self._on_logon()

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """Orders stay in the book; what becomes of them is told when the client is back."""

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.msg_type in UNANSWERED:
            return
        now = self._reach(self._writer.now_ns())
        self._lines[line.session_id] = line
        if not self.faults.hears(now.market_ns):
            return
        lost = self.faults.loses_session()
        try:
            if not self._is_repeat(line, message, now):
                self._take(line, message, now)
        except FieldError as error:
            line.reject(message, error.reason, error.tag, error.text)
        except RefusedField as refused:
            answer(line, message, refused.rejection)
        self.flush(now)
        if lost is LostSession.CUT_OFF:
            line.pipe.cut()
        elif lost is LostSession.LOGGED_OUT:
            line.logout("logged out by a fault on demand")

    def flush(self, now: Moment) -> None:
        """Send what the exchange has reported and the faults let pass by now."""
        for exec_id in self.faults.due_busts(now.market_ns):
            self._exchange.bust(exec_id, now.market_ns)
        self.faults.pass_on(self._exchange.drain(), now.market_ns)
        sent = self.faults.due(now.market_ns)
        for message in sent:
            self._send(message, now)
        for message in sent:  # only now: a fault may have sent one twice
            self._queries.pop(message, None)

    def _send(self, message: VenueMessage, now: Moment) -> None:
        line = self._lines[message.client]
        dialect = dialect_of_line(line)
        if isinstance(message, Report):
            details = self._details.get((message.client, message.cl_ord_id), NO_ORDER_DETAILS)
            body = execution_report(message, dialect, now, self._queries.get(message), details)
            line.send(t.EXECUTION_REPORT, body)
        else:
            line.send(t.ORDER_CANCEL_REJECT, cancel_reject(message, dialect, now))

    def _take(self, line: FixLine, message: Message, now: Moment) -> None:
        msg_type = message.msg_type
        if msg_type == t.NEW_ORDER_SINGLE:
            self._submit(line, message, now)
        elif msg_type == t.ORDER_CANCEL_REQUEST:
            self._cancel(line, message, now)
        elif msg_type == t.ORDER_CANCEL_REPLACE_REQUEST:
            self._replace(line, message, now)
        elif msg_type == t.ORDER_STATUS_REQUEST:
            self._status(line, message, now)
        elif msg_type == t.ORDER_MASS_CANCEL_REQUEST:
            self._mass_cancel(line, message, now)
        elif msg_type == t.ORDER_MASS_STATUS_REQUEST:
            self._mass_status(line, message, now)
        else:
            answer(line, message, unsupported_type(message))

    def _is_repeat(self, line: FixLine, message: Message, now: Moment) -> bool:
        """PossResend(97) with a ClOrdID(11) that came before: the order's state is told, nothing is done twice."""
        cl_ord_id = message.get(t.CL_ORD_ID)
        known = self._exchange.clients.get(line.session_id, {})
        if cl_ord_id not in known or not message.get_bool(t.POSS_RESEND):
            return False
        order = known[cl_ord_id]
        self._exchange.status(line.session_id, cl_ord_id, order.instrument, order.side, now.market_ns)
        return True

    def _submit(self, line: FixLine, message: Message, now: Moment) -> None:
        cl_ord_id = read_id(message, t.CL_ORD_ID)
        side = read_side(message)
        terms = read_terms(message, dialect_of_line(line))
        instrument = read_instrument(message, self._symbols)
        refuse_text = self._keep_details(line, message, cl_ord_id) or self.faults.refuses_order()
        details = self._details.get((line.session_id, cl_ord_id), NO_ORDER_DETAILS)
        if self.faults.loses_order():
            return
        self._exchange.submit(
            line.session_id, cl_ord_id, instrument, side, terms.ord_type, terms.time_in_force, terms.order_qty,
            now.market_ns, terms.price, terms.stop_px, terms.max_floor, market_expiry(terms, now), refuse_text,
            details.min_qty, message.get(t.SELF_MATCH_PREVENTION_ID), read_self_match(message),
        )  # fmt: skip

    def _keep_details(self, line: FixLine, message: Message, cl_ord_id: str) -> str:
        """What the order says beside its terms, for its reports; empty, or which of it this exchange can't do."""
        details = read_details(message, dialect_of_line(line).version, is_custom)
        if details is not NO_ORDER_DETAILS:
            self._details[(line.session_id, cl_ord_id)] = details
        return why_not_honoured(details)

    def _cancel(self, line: FixLine, message: Message, now: Moment) -> None:
        cl_ord_id = read_id(message, t.CL_ORD_ID)
        self._exchange.cancel(line.session_id, cl_ord_id, read_id(message, t.ORIG_CL_ORD_ID), now.market_ns)

    def _replace(self, line: FixLine, message: Message, now: Moment) -> None:
        client = line.session_id
        cl_ord_id = read_id(message, t.CL_ORD_ID)
        orig_cl_ord_id = read_id(message, t.ORIG_CL_ORD_ID)
        side = read_side(message)
        terms = read_terms(message, dialect_of_line(line))
        order = self._exchange.clients.get(client, {}).get(orig_cl_ord_id)
        if order is not None and order.is_live():
            text = why_not_replaced(order, read_instrument(message, self._symbols), side, terms)
            text = text or self._keep_details(line, message, cl_ord_id) or self._why_not_min_qty(line, cl_ord_id, order)
            if text:
                self._exchange.blotter.refuse_change(
                    client, order, cl_ord_id, orig_cl_ord_id, CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST,
                    CxlRejReason.OTHER, text, now.market_ns,
                )  # fmt: skip
                return
        self._exchange.replace(
            client, cl_ord_id, orig_cl_ord_id, terms.order_qty, now.market_ns, terms.price, terms.stop_px,
            terms.max_floor, market_expiry(terms, now),
        )  # fmt: skip

    def _why_not_min_qty(self, line: FixLine, cl_ord_id: str, order: VenueOrder) -> str:
        """MinQty(110) matters when an order enters, so a replace may repeat it, not change it; empty if it does not."""
        min_qty = self._details.get((line.session_id, cl_ord_id), NO_ORDER_DETAILS).min_qty
        return f"MinQty(110) can't change from {order.min_qty}" if min_qty not in (0, order.min_qty) else ""

    def _status(self, line: FixLine, message: Message, now: Moment) -> None:
        cl_ord_id = read_id(message, t.CL_ORD_ID)
        side = read_side(message)
        instrument = read_instrument(message, self._symbols)
        self.flush(now)
        self._exchange.status(line.session_id, cl_ord_id, instrument, side, now.market_ns)
        for report in self._answers(now):
            self._queries[report] = Query(ord_status_req_id=message.get(t.ORD_STATUS_REQ_ID))

    def _mass_cancel(self, line: FixLine, message: Message, now: Moment) -> None:
        """The report that it was done goes first, then one report an order."""
        read_id(message, t.CL_ORD_ID)
        instrument, reject_reason, text = mass_cancel_scope(message, self._symbols)
        self.flush(now)
        count = 0 if reject_reason else self._exchange.mass_cancel(line.session_id, instrument, now.market_ns)
        self._mass_cancels += 1
        order_id = f"{self._exchange.blotter.id_prefix}-M{self._mass_cancels}"
        body = mass_cancel_report(message, order_id, instrument, reject_reason, text, count, now)
        line.send(t.ORDER_MASS_CANCEL_REPORT, body)

    def _mass_status(self, line: FixLine, message: Message, now: Moment) -> None:
        req_id = read_id(message, t.MASS_STATUS_REQ_ID)
        instrument = mass_status_scope(message, self._symbols)
        self.flush(now)
        count = self._exchange.mass_status(line.session_id, instrument, now.market_ns)
        for number, report in enumerate(self._answers(now), 1):
            self._queries[report] = Query("", req_id, count, is_last=number == count)
        if count == 0:
            line.send(t.EXECUTION_REPORT, no_orders_report(req_id, instrument, now))

    def _answers(self, now: Moment) -> list[Report]:
        """The answers to a question that the exchange was just asked; they go the way of all reports."""
        reported = self._exchange.drain()
        self.faults.pass_on(reported, now.market_ns)
        return [
            report for report in reported if isinstance(report, Report) and report.exec_type is ExecType.ORDER_STATUS
        ]


def dialect_of_line(line: FixLine) -> Dialect:
    config = line.session.config
    dialect = dialect_of(application_version(config.begin_string, config.default_appl_ver_id))
    if dialect is None:
        raise InvariantError(f"NO_DIALECT session={line.session_id}")
    return dialect
