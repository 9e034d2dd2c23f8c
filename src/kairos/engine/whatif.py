"""What would the gate say? The order goes through the door and every check, and nothing comes of it but the answer."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.engine.queries import find_order
from kairos.engine.replace import refuse_replace_at_door, subject_of_replace
from kairos.engine.submit import refuse_at_door, subject_of_new
from kairos.model.commands import AskWhatIf, ReplaceOrder, SubmitOrder
from kairos.model.enums import Severity
from kairos.model.events import WhatIfReported
from kairos.model.nested import decode_commands
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.wire_types import WireError
from kairos.risk.gate import Admission, admit
from kairos.risk.subject import Subject
from kairos.risk.verdicts import all_verdicts

NOT_AN_ORDER = Refusal(RefusalCode.INVALID_VALUE, (("field", "order must be one SubmitOrder or ReplaceOrder"),))


def ask_what_if(core: Core, c: AskWhatIf) -> Refusal | None:
    """Answer a question about a new order or new terms; refused only where it asks about neither."""
    try:
        asked = decode_commands(c.order)
    except WireError:
        return NOT_AN_ORDER
    order = asked[0] if len(asked) == 1 else None
    if isinstance(order, SubmitOrder):
        _answer_new(core, c, order)
    elif isinstance(order, ReplaceOrder):
        _answer_replace(core, c, order)
    else:
        return NOT_AN_ORDER
    return None


def _answer_new(core: Core, c: AskWhatIf, order: SubmitOrder) -> None:
    refusal = refuse_at_door(core, order)
    subject = None if refusal is not None else subject_of_new(core, order)
    _report(core, c, order.client_id, order.account_id, order.instrument_id, refusal, subject)


def _answer_replace(core: Core, c: AskWhatIf, request: ReplaceOrder) -> None:
    order = find_order(core.desk, request.client_id, request.orig_cl_ord_id, request.order_id)
    refusal = refuse_replace_at_door(core, request, order)
    if order is None:
        _report(core, c, request.client_id, "", request.instrument_id, refusal, None)
        return
    subject = None if refusal is not None else subject_of_replace(core, request, order)
    _report(core, c, order.client_id, order.account_id(), order.instrument_id(), refusal, subject)


def _report(
    core: Core,
    c: AskWhatIf,
    client_id: str,
    account_id: str,
    instrument_id: str,
    at_door: Refusal | None,
    subject: Subject | None,
) -> None:
    """What the door says, else what the gate does, with all its verdicts."""
    binds, severity = at_door, Severity.HARD
    if subject is not None:
        binds, severity = _what_binds(admit(subject))
    core.emit(
        WhatIfReported(
            at_ns=core.now_ns,
            question_id=c.question_id,
            client_id=client_id,
            account_id=account_id,
            instrument_id=instrument_id,
            code=RefusalCode.NONE if binds is None else binds.code,
            context=() if binds is None else binds.context,
            severity=severity,
            verdicts=() if subject is None else tuple(all_verdicts(subject)),
            user_id=c.user_id,
        )
    )


def _what_binds(admission: Admission) -> tuple[Refusal | None, Severity]:
    """What refuses the order, or on which terms it passes."""
    if admission.refusal is not None:
        return admission.refusal, Severity.HARD
    if admission.approval is not None:
        return admission.approval, Severity.APPROVAL
    return (admission.reasons[0], Severity.REASON) if admission.reasons else (None, Severity.HARD)
