"""What a Logon(A) says, and whether we can agree to it."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.fix.session_config import MAX_HEART_BT_INT_S, session_id


def session_id_of(message: Message) -> str:
    """Our key of the session that a Logon from a peer is for, so that an acceptor can find it."""
    return session_id(
        message.get(tags.BEGIN_STRING), message.get(tags.TARGET_COMP_ID), message.get(tags.SENDER_COMP_ID)
    )


def wants_reset(message: Message) -> bool:
    return message.get(tags.RESET_SEQ_NUM_FLAG) == "Y"


def heart_bt_int_s(message: Message) -> i64:
    return message.get_int(tags.HEART_BT_INT)


def objection(message: Message) -> str:
    """Why this Logon can't be agreed to, as the Text(58) of a Logout; empty when it can."""
    try:
        if message.get_int(tags.ENCRYPT_METHOD) != 0:
            return "EncryptMethod(98) must be 0: no encryption inside FIX is supported"
        if not message.has(tags.HEART_BT_INT):
            return "HeartBtInt(108) is missing"
        if not 0 <= heart_bt_int_s(message) <= MAX_HEART_BT_INT_S:
            return f"HeartBtInt(108) is outside 0..{MAX_HEART_BT_INT_S} seconds"
    except FieldError as error:
        return str(error)
    return ""
