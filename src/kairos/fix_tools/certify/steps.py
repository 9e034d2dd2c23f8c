"""What each step of a script does. A step that finds the client wrong raises `StepFailed`, in words with tags."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from kairos.fix import tags
from kairos.fix.envelope import Envelope
from kairos.fix.message import Message
from kairos.fix.values import format_utc
from kairos.fix_tools.certify import book
from kairos.fix_tools.certify.book import BrokerOrder, Fields, Fill, plain
from kairos.fix_tools.certify.broker import Broker, WireMode
from kairos.fix_tools.certify.cases import Step
from kairos.fix_tools.certify.watch import StepFailed, Watch, holds
from kairos.fix_tools.certify.wording import message_name

TEST_REQ_ID: Final = "CERTIFY"
NAMES: Final = {
    "heartbeat": tags.HEARTBEAT,
    "test-request": tags.TEST_REQUEST,
    "resend-request": tags.RESEND_REQUEST,
    "logout": tags.LOGOUT,
    "logon": tags.LOGON,
}


class Steps:
    """One case's run: the order in hand, and a method for each verb."""

    def __init__(self, broker: Broker, timeout_s: float, serial: Callable[[], str]) -> None:
        self.broker = broker
        self.order: BrokerOrder | None = None
        self._watch = Watch(broker, timeout_s, self._take)
        self._serial = serial
        self._last: tuple[str, Fields] | None = None
        self._missed = 0

    async def run(self, step: Step) -> None:
        wire = self.broker.wire
        if step.lost and wire is not None:
            wire.mode = WireMode.LOSE
        try:
            await VERBS[step.verb](self, step)
        finally:
            if step.lost and wire is not None:
                wire.mode = WireMode.GOOD

    # What the client is to do

    async def expect(self, step: Step) -> None:
        what = step.argument(0)
        if what == "nothing":
            await self._watch.nothing(None, float(step.argument(1, "1")))
        elif what == "no":
            await self._watch.nothing(step.argument(1), float(step.argument(2, "1")))
        elif what == "disconnect":
            await self._watch.disconnect()
        elif what == "gap-answer":
            await self._watch.gap_answer(self._missed)
        else:
            message = await self._watch.next(NAMES.get(what, what), step)
            self._check(message, step)
            self._take(message)

    async def miss(self, step: Step) -> None:
        """Take the next message of this type as if it had been lost on the way to us."""
        self.broker.miss = step.argument(0)
        message = await self._watch.next(step.argument(0), step)
        self._missed = int(message.seq_num)
        self._check(message, step)

    # What the broker does with an order

    async def pending_new(self, step: Step) -> None:
        self._report(step, book.PENDING_NEW, book.PENDING_NEW)

    async def ack(self, step: Step) -> None:
        self._report(step, book.NEW, book.NEW)

    async def reject(self, step: Step) -> None:
        self._order().closed = True
        self._report(step, book.REJECTED, book.REJECTED, {58: step.argument(0)})

    async def fill(self, step: Step) -> None:
        """`fill QTY|rest [@ PX]`."""
        order = self._order()
        qty = order.leaves_qty if step.argument(0) == "rest" else _number(step, 0)
        px = _number(step, 2) if step.argument(1) == "@" else order.px or book.MARKET_PX
        order.fills.append(Fill(self._exec_id(), qty, px))
        shown = order.settle_status()
        if order.pending is not None:
            shown = book.PENDING_CANCEL if order.pending.msg_type == "F" else book.PENDING_REPLACE
            shown = order.status if order.status == book.FILLED else shown
        fields = {17: order.fills[-1].exec_id, 32: plain(qty), 31: plain(px)}
        self._report(step, book.TRADE, shown, fields)

    async def bust(self, step: Step) -> None:
        order = self._order()
        fill = self._last_fill()
        order.fills.remove(fill)
        status = order.status if order.closed else order.settle_status()
        self._report(step, book.BUST, status, {19: fill.exec_id, 32: plain(fill.qty), 31: plain(fill.px)})

    async def correct(self, step: Step) -> None:
        """`correct QTY @ PX`, of the last fill."""
        order = self._order()
        fill = self._last_fill()
        wrong, fill.exec_id = fill.exec_id, self._exec_id()
        fill.qty, fill.px = _number(step, 0), _number(step, 2)
        fields = {17: fill.exec_id, 19: wrong, 32: plain(fill.qty), 31: plain(fill.px)}
        self._report(step, book.CORRECT, order.settle_status(), fields)

    async def done_for_day(self, step: Step) -> None:
        self._order().closed = True
        self._report(step, book.DONE, book.DONE)

    async def cancel(self, step: Step) -> None:
        """Unasked."""
        order = self._order()
        order.closed, order.pending = True, None
        self._report(step, book.CANCELED, book.CANCELED, {58: step.argument(0)})

    async def restate(self, step: Step) -> None:
        """`restate QTY 378=REASON`."""
        order = self._order()
        order.qty = _number(step, 0)
        self._report(step, book.RESTATED, order.settle_status())

    async def pending_cancel(self, step: Step) -> None:
        self._pending("F")
        self._report(step, book.PENDING_CANCEL, book.PENDING_CANCEL)

    async def canceled(self, step: Step) -> None:
        self._pending("F")
        self._order().take_cancel()
        self._report(step, book.CANCELED, book.CANCELED)

    async def pending_replace(self, step: Step) -> None:
        self._pending("G")
        self._report(step, book.PENDING_REPLACE, book.PENDING_REPLACE)

    async def replaced(self, step: Step) -> None:
        self._pending("G")
        order = self._order()
        order.take_replace()
        status = order.settle_status()
        self._report(step, book.REPLACED, status if status != book.NEW or self._has_trade_type() else book.REPLACED)

    async def refuse_cancel(self, step: Step) -> None:
        self._refuse(step, "F")

    async def refuse_replace(self, step: Step) -> None:
        self._refuse(step, "G")

    async def status(self, step: Step) -> None:
        self._report(step, book.STATUS, self._order().status, {17: "0" if not self._has_trade_type() else ""})

    async def repeat(self, step: Step) -> None:
        """The last report again, as a new message with the same ExecID(17)."""
        if self._last is None:
            raise StepFailed("no report has been sent that could be repeated: the script is wrong")
        self._send(*self._last)

    # What the broker does with the line

    async def possdup(self, step: Step) -> None:
        """The last message again with its old number, as in an answer to a ResendRequest(2)."""
        self.broker.line.resend_last()

    async def garble(self, step: Step) -> None:
        """`garble STEP`: what it sends goes out with a wrong CheckSum(10)."""
        wire = self.broker.wire
        assert wire is not None
        wire.mode = WireMode.GARBLE
        try:
            await self.run(Step(step.text.partition(" ")[2]))
        finally:
            wire.mode = WireMode.GOOD

    async def test_request(self, step: Step) -> None:
        self.broker.test(TEST_REQ_ID)

    async def drop(self, step: Step) -> None:
        self.broker.drop()
        await self._watch.disconnect()

    async def silent(self, step: Step) -> None:
        """Nothing that we send is written until the line has dropped."""
        assert self.broker.wire is not None
        self.broker.wire.mode = WireMode.LOSE

    async def logout(self, step: Step) -> None:
        self.broker.line.logout(step.argument(0))

    async def number_too_low(self, step: Step) -> None:
        """A Heartbeat(0) with MsgSeqNum(34) 1 and without PossDupFlag(43)."""
        session = self.broker.line.session
        envelope = Envelope(session.config)
        self.broker.write_raw(
            envelope.original(tags.HEARTBEAT, 1, envelope.sending_time(time.time_ns()), b"", False, b"")
        )

    async def wait(self, step: Step) -> None:
        await asyncio.sleep(float(step.argument(0, "1")))

    async def close(self) -> None:
        """The case is over though an order is open: the client hears that it is canceled."""
        if self.order is not None and not self.order.closed and self.broker.logged_on:
            await self.cancel(Step("cancel 'end of the case'"))

    # Checking

    def _check(self, message: Message, step: Step) -> None:
        for tag, value in step.fields.items():
            if not holds(message, tag, value):
                label = self.broker.dictionary.label(tag)
                wanted = f"no {label}" if value is None else label if value == "*" else f"{label}={value}"
                raise StepFailed(f"expected {wanted}, got {self._watch.told(message)}")
        if message.msg_type in "FGH" and self.order is not None:
            self._check_chain(message)

    def _check_chain(self, message: Message) -> None:
        order = self._order()
        tag = 11 if message.msg_type == "H" else 41
        if message.get(tag) != order.cl_ord_id:
            label = self.broker.dictionary.label(tag)
            raise StepFailed(f"expected {label}={order.cl_ord_id}, the order as it stands, got {message.get(tag)}")

    def _take(self, message: Message) -> None:
        if message.msg_type == "D":
            self.order = BrokerOrder(message, f"B{self._serial()}")
        elif message.msg_type in ("F", "G") and self.order is not None:
            self.order.pending = message

    # Sending

    def _order(self) -> BrokerOrder:
        if self.order is None:
            raise StepFailed("no order has come that this step could be about: the script is wrong")
        return self.order

    def _last_fill(self) -> Fill:
        fills = self._order().fills
        if not fills:
            raise StepFailed("no fill stands that this step could be about: the script is wrong")
        return fills[-1]

    def _pending(self, msg_type: str) -> Message:
        pending = self._order().pending
        if pending is None or pending.msg_type != msg_type:
            raise StepFailed(f"no {message_name(msg_type, self.broker.dictionary)} has come: the script is wrong")
        return pending

    def _has_trade_type(self) -> bool:
        return self.broker.config.begin_string not in ("FIX.4.0", "FIX.4.1", "FIX.4.2")

    def _exec_id(self) -> str:
        return f"E{self._serial()}"

    def _report(self, step: Step, exec_type: str, status: str, more: Fields | None = None) -> None:
        fields = self._order().report(exec_type, status, self._exec_id(), _now())
        if exec_type not in (book.STATUS, book.BUST, book.CORRECT):
            self._order().status = status
        fields |= {tag: value for tag, value in (more or {}).items() if value}
        self._send("8", fields | {tag: value or "" for tag, value in step.fields.items()})

    def _refuse(self, step: Step, msg_type: str) -> None:
        request = self._pending(msg_type)
        order = self._order()
        order.pending = None
        fields = {
            37: order.order_id, 11: request.get(11), 41: order.cl_ord_id, 39: order.settle_status(),
            434: "1" if msg_type == "F" else "2", 58: step.argument(0), 60: _now(),
        }  # fmt: skip
        self._send("9", fields | {tag: value or "" for tag, value in step.fields.items()})

    def _send(self, msg_type: str, fields: Fields) -> None:
        self._last = (msg_type, fields)
        body = book.encode(msg_type, fields, self.broker.dictionary, self._has_trade_type())
        self.broker.line.send(msg_type, body)


def _now() -> str:
    return format_utc(time.time_ns()).decode("ascii")


def _number(step: Step, at: int) -> Decimal:
    try:
        return Decimal(step.argument(at))
    except InvalidOperation:
        raise StepFailed(f"step {step.text!r}: {step.argument(at)!r} is not a number: the script is wrong") from None


Verb: TypeAlias = Callable[[Steps, Step], Awaitable[None]]

VERBS: Final[dict[str, Verb]] = {
    "expect": Steps.expect,
    "miss": Steps.miss,
    "pending-new": Steps.pending_new,
    "ack": Steps.ack,
    "reject": Steps.reject,
    "fill": Steps.fill,
    "bust": Steps.bust,
    "correct": Steps.correct,
    "done-for-day": Steps.done_for_day,
    "cancel": Steps.cancel,
    "restate": Steps.restate,
    "pending-cancel": Steps.pending_cancel,
    "canceled": Steps.canceled,
    "pending-replace": Steps.pending_replace,
    "replaced": Steps.replaced,
    "refuse-cancel": Steps.refuse_cancel,
    "refuse-replace": Steps.refuse_replace,
    "status": Steps.status,
    "repeat": Steps.repeat,
    "possdup": Steps.possdup,
    "garble": Steps.garble,
    "test-request": Steps.test_request,
    "drop": Steps.drop,
    "silent": Steps.silent,
    "logout": Steps.logout,
    "number-too-low": Steps.number_too_low,
    "wait": Steps.wait,
}
