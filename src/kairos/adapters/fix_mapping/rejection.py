"""Why a well-framed message gives no command: what the session answers, Reject(3) or BusinessMessageReject(j)."""

from __future__ import annotations

from enum import Enum
from typing import Final

from kairos.fix import tags as t
from kairos.fix.dictionary import field_label
from kairos.fix.message import Message

OTHER: Final = 0
UNSUPPORTED_MESSAGE_TYPE: Final = 3
CONDITIONALLY_REQUIRED_FIELD_MISSING: Final = 5
"""BusinessRejectReason(380)."""


class RejectionKind(Enum):
    SESSION = "3"
    BUSINESS = "j"


class Rejection:
    """`reason` is SessionRejectReason(373) or BusinessRejectReason(380); `ref_tag` 0 where no one field is to blame;
    `ref_id` is BusinessRejectRefID(379), the ClOrdID(11) of the message."""

    __slots__ = ("kind", "reason", "ref_id", "ref_tag", "text")

    def __init__(self, kind: RejectionKind, reason: int, ref_tag: int, text: str, ref_id: str) -> None:
        self.kind: Final = kind
        self.reason: Final = reason
        self.ref_tag: Final = ref_tag
        self.text: Final = text
        self.ref_id: Final = ref_id

    def __repr__(self) -> str:
        return f"Rejection({self.kind.value}, reason={self.reason}, ref_tag={self.ref_tag}, {self.text!r})"


class RefusedField(Exception):
    """A field stops the message; the mapping's entrance turns it into its `rejection`."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.text)
        self.rejection: Final = rejection


def label(tag: int) -> str:
    """ "LeavesQty(151)", also of a field that only another version has."""
    return field_label(tag)


def unsupported(message: Message, tag: int, why: str) -> RefusedField:
    """A value that FIX allows and we don't take."""
    value = message.get(tag)[:64]
    return _business(message, OTHER, tag, f"{label(tag)} {value!r} is not supported: {why}")


def missing_here(message: Message, tag: int, when: str) -> RefusedField:
    """A field that FIX leaves optional, and that this message needs."""
    text = f"{label(tag)} is required {when}"
    return _business(message, CONDITIONALLY_REQUIRED_FIELD_MISSING, tag, text)


def missing(message: Message, tag: int) -> RefusedField:
    """A field that FIX requires; the session's validator sees it first, unless that rule is switched off."""
    text = f"{label(tag)} is required"
    ref_id = message.get(t.CL_ORD_ID)
    return RefusedField(Rejection(RejectionKind.SESSION, t.REQUIRED_TAG_MISSING, tag, text, ref_id))


def unsupported_type(message: Message) -> Rejection:
    text = f"MsgType(35) {message.msg_type!r} is not supported"
    ref_id = message.get(t.CL_ORD_ID)
    return Rejection(RejectionKind.BUSINESS, UNSUPPORTED_MESSAGE_TYPE, t.MSG_TYPE, text, ref_id)


def _business(message: Message, reason: int, tag: int, text: str) -> RefusedField:
    return RefusedField(Rejection(RejectionKind.BUSINESS, reason, tag, text, message.get(t.CL_ORD_ID)))
