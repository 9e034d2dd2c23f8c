"""How a line answers a message that gives no command."""

from __future__ import annotations

from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.rejection import Rejection, RejectionKind
from kairos.fix.message import Message


def answer(line: FixLine, message: Message, rejection: Rejection) -> None:
    """Reject(3) or BusinessMessageReject(j), as the mapping decided; the message is journaled as refused."""
    if rejection.kind is RejectionKind.SESSION:
        ref_tag = rejection.ref_tag if rejection.ref_tag else None
        line.reject(message, rejection.reason, ref_tag, rejection.text)
    else:
        line.business_reject(message, rejection.reason, rejection.text, rejection.ref_id)
