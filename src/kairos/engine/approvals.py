"""Four eyes: what waits for a second person is kept, and done when he says so.

A command is kept as its bytes and handled, once it is approved, as if its asker gave it then: what has changed
meanwhile may refuse it. An order that waits was accepted and weighs on its limits (`engine.held_orders`). Nobody
approves what he asked for; who asked may take it back by refusing it.
"""

from __future__ import annotations

from typing import Final

from kairos.engine.core import Core
from kairos.engine.held_orders import reject_held, release_held, tell_held
from kairos.engine.timers import APPROVAL
from kairos.engine.users import BACK_OFFICE, CONTROL, refuse_person
from kairos.model.commands import Command, DecideApproval, DefinePolicy, ReleaseKill
from kairos.model.enums import ApprovalKind, ApprovalOutcome, Role
from kairos.model.events import ApprovalDecided, ApprovalRequested, OrderEvent, PolicyDefined
from kairos.model.nested import decode_commands, encode_commands
from kairos.model.numbers import format_price
from kairos.model.refusals import Refusal, RefusalCode, describe
from kairos.state.kills import KillPlace, place_of
from kairos.state.order import Order

# Longer, and the market is not the one that the asker saw.
DEFAULT_EXPIRY_NS: Final = 30 * 60 * 1_000_000_000
# Over a weekend and a holiday.
MAX_EXPIRY_NS: Final = 5 * 86_400 * 1_000_000_000
# Who is asked more often than that approves without looking, and what asks so often is a machine that has run wild.
MAX_PENDING: Final = 100

APPROVERS: Final[dict[ApprovalKind, tuple[Role, ...]]] = {
    ApprovalKind.ORDER: CONTROL,
    ApprovalKind.LIMIT: CONTROL,
    ApprovalKind.KILL_RELEASE: CONTROL,
    ApprovalKind.RESTRICTION: CONTROL,
    ApprovalKind.TRADE: BACK_OFFICE,
    ApprovalKind.RESPONSE: CONTROL,
    ApprovalKind.POLICY: (Role.ADMINISTRATOR,),
}


def ask(
    core: Core,
    kind: ApprovalKind,
    command: Command | None,
    asked_by: str,
    summary: str,
    word: str = "",
    order_id: int = 0,
) -> Refusal | None:
    """Let something wait for a second person; None once it does. `word` is to be typed at the approval."""
    approvals = core.desk.approvals
    if len(approvals.pending) >= MAX_PENDING:
        return Refusal(RefusalCode.APPROVALS_FULL, (("limit", str(MAX_PENDING)),))
    rule = approvals.rule(kind)
    expires_at_ns = core.now_ns + (DEFAULT_EXPIRY_NS if rule is None else rule.expires_after_ns)
    approval_id = approvals.next_id
    core.emit(
        ApprovalRequested(
            at_ns=core.now_ns,
            approval_id=approval_id,
            kind=kind,
            asked_by=asked_by,
            summary=summary,
            order_id=order_id,
            command=b"" if command is None else encode_commands([command]),
            word=word,
            expires_at_ns=expires_at_ns,
        )
    )
    core.timers.add(expires_at_ns, APPROVAL, approval_id)
    return None


def hold_order(core: Core, order: Order, breach: Refusal, user_id: str) -> None:
    """Let an accepted order wait: it breaches a soft limit that a second person may let it pass."""
    tell_held(core, order, breach)
    refusal = ask(core, ApprovalKind.ORDER, None, user_id, _summary_of_order(order, breach), order_id=order.order_id)
    if refusal is not None:
        reject_held(core, order, refusal.code, describe(refusal.code, refusal.context))


def _summary_of_order(order: Order, breach: Refusal) -> str:
    price = f" @ {format_price(order.terms.price)}" if order.terms.price else ""
    what = f"{order.side.name} {order.terms.order_qty} {order.instrument_id()}{price} for {order.account_id()}"
    return f"{what}: {describe(breach.code, breach.context)}"


def decide_approval(core: Core, c: DecideApproval) -> Refusal | None:
    """Approve or refuse; the kept command of what was approved is the caller's to handle."""
    waiting = core.desk.approvals.pending.get(c.approval_id)
    if waiting is None:
        return Refusal(RefusalCode.UNKNOWN_APPROVAL, (("approval_id", str(c.approval_id)),))
    if waiting.expires_at_ns <= core.now_ns:
        _expire(core, waiting)
        return Refusal(RefusalCode.APPROVAL_EXPIRED, (("approval_id", str(c.approval_id)),))
    own = c.user_id == waiting.asked_by and c.user_id != ""
    if own and not c.approve:
        _end(core, waiting, ApprovalOutcome.WITHDRAWN, c.user_id, c.text)
        return None
    refusal = refuse_person(core.desk, c.user_id, APPROVERS[waiting.kind])
    if refusal is not None:
        return refusal
    if own:
        return Refusal(RefusalCode.OWN_REQUEST, (("user", c.user_id),))
    if c.approve and c.word != waiting.word:
        return Refusal(RefusalCode.WRONG_WORD, (("approval_id", str(c.approval_id)),))
    _end(core, waiting, ApprovalOutcome.APPROVED if c.approve else ApprovalOutcome.REFUSED, c.user_id, c.text)
    return None


def expire_approval(core: Core, approval_id: int) -> None:
    """Its time has come, if it still waits."""
    waiting = core.desk.approvals.pending.get(approval_id)
    if waiting is not None and waiting.expires_at_ns <= core.now_ns:
        _expire(core, waiting)


def _expire(core: Core, waiting: ApprovalRequested) -> None:
    _end(core, waiting, ApprovalOutcome.EXPIRED, "", "nobody decided in time")


def _end(core: Core, waiting: ApprovalRequested, outcome: ApprovalOutcome, user_id: str, text: str) -> None:
    """It waits no more; an order that did goes to the market, or back to its client."""
    core.emit(
        ApprovalDecided(
            at_ns=core.now_ns,
            approval_id=waiting.approval_id,
            kind=waiting.kind,
            outcome=outcome,
            asked_by=waiting.asked_by,
            user_id=user_id,
            text=text,
            order_id=waiting.order_id,
        )
    )
    order = core.desk.orders.get(waiting.order_id) if waiting.order_id else None
    if order is None or not order.is_open():
        return
    if outcome is ApprovalOutcome.APPROVED:
        release_held(core, order)
    elif outcome is ApprovalOutcome.EXPIRED:
        reject_held(core, order, RefusalCode.APPROVAL_EXPIRED, text)
    else:
        reject_held(core, order, RefusalCode.APPROVAL_REFUSED, text)


def settle_approvals(core: Core) -> None:
    """Orders that ended while they waited, by a cancel, a kill or the day, wait no more: called when a command has
    been handled."""
    approvals = core.desk.approvals
    if not approvals.of_order:
        return
    touched: dict[int, bool] = {}
    for event in core.events:
        if isinstance(event, OrderEvent):
            touched[getattr(event, "order_id", 0)] = True
    for order_id in touched:
        if approvals.waits(order_id) and not core.desk.orders[order_id].may_trade():
            waiting = approvals.pending[approvals.of_order[order_id]]
            _end(core, waiting, ApprovalOutcome.WITHDRAWN, "", "its order has ended")


def withdraw_releases(core: Core, place: KillPlace) -> None:
    """A kill is released: who asked for that needs no answer, and must not get it for a later kill of the place."""
    for waiting in list(core.desk.approvals.pending.values()):
        if waiting.kind is ApprovalKind.KILL_RELEASE:
            (kept,) = decode_commands(waiting.command)
            if isinstance(kept, ReleaseKill) and place_of(kept).spelling() == place.spelling():
                _end(core, waiting, ApprovalOutcome.WITHDRAWN, "", "the kill is released")


def define_policy(core: Core, c: DefinePolicy) -> Refusal | None:
    """What needs a second person from now on; what waits already goes on waiting."""
    kinds = [rule.kind.value for rule in c.rules]
    if len(kinds) != len(dict.fromkeys(kinds)):
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "rules: a kind is named twice"),))
    for rule in c.rules:
        if not 0 < rule.expires_after_ns <= MAX_EXPIRY_NS or rule.notional < 0:
            seen = (("field", f"{rule.kind.name} expires_after_ns, notional"), ("bound", str(MAX_EXPIRY_NS)))
            return Refusal(RefusalCode.INVALID_VALUE, seen)
    core.emit(PolicyDefined(core.now_ns, c.rules, c.text, c.user_id))
    return None
