"""What a line does with a message that gives no command: it is kept, and answered unless it is itself a refusal."""

from __future__ import annotations

from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.rejection import Rejection, RejectionKind
from kairos.fix import tags as t
from kairos.fix.message import Message

MAX_TEXT = 200


def answer(line: FixLine, message: Message, rejection: Rejection) -> None:
    """Reject(3) or BusinessMessageReject(j), as the mapping decided; the message is journaled as refused."""
    if rejection.kind is RejectionKind.SESSION:
        ref_tag = rejection.ref_tag if rejection.ref_tag else None
        line.reject(message, rejection.reason, ref_tag, rejection.text)
    else:
        line.business_reject(message, rejection.reason, rejection.text, rejection.ref_id)


def keep_complaint(line: FixLine, message: Message) -> None:
    """The peer refused a message of ours: an answer would be refused too, but a person must see it."""
    seq = message.get(t.REF_SEQ_NUM)[:MAX_TEXT]
    what = f"our MsgSeqNum(34) {seq}" if seq else "a request of ours"
    line.keep(message, f"the peer refused {what}: {message.get(t.TEXT)[:MAX_TEXT] or 'no Text(58)'}")
