"""What a Logon(A) says, whether we can agree to it, and what of it nobody else may see."""

from __future__ import annotations

import re
from typing import Final

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.errors import FieldError, GarbledError
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.session_config import MAX_HEART_BT_INT_S, SessionConfig, session_id
from kairos.fix.values import checksum

_MASK: Final = b"***"
_SECRETS: Final = frozenset(
    {
        tags.PASSWORD,
        tags.NEW_PASSWORD,
        tags.RAW_DATA,
        tags.ENCRYPTED_PASSWORD,
        tags.ENCRYPTED_NEW_PASSWORD,
    }
)
"""RawData(96) is where FIX 4.2 and earlier put a password."""
_SECRET_FIELD: Final = re.compile(rb"(\x01(?:554|925)=)[^\x01]*|(\x01(?:96|1402|1404)=).*", re.DOTALL)


def session_id_of(message: Message) -> str:
    """Our key of the session that a Logon from a peer is for, so that an acceptor can find it."""
    return session_id(
        message.get(tags.BEGIN_STRING), message.get(tags.TARGET_COMP_ID), message.get(tags.SENDER_COMP_ID)
    )


def credentials_of(message: Message) -> tuple[str, str]:
    """Username(553) and Password(554), each "" when it is absent."""
    return message.get(tags.USERNAME), message.get(tags.PASSWORD)


def wants_reset(message: Message, config: SessionConfig) -> bool:
    return config.version.has_reset_flag and message.get(tags.RESET_SEQ_NUM_FLAG) == "Y"


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
        if message.has(tags.NEW_PASSWORD) or message.has(tags.ENCRYPTED_NEW_PASSWORD):
            return "NewPassword(925) is not supported: passwords are changed by the administrator"
        if message.get_int(tags.NEXT_EXPECTED_MSG_SEQ_NUM, 1) < 1:
            return "NextExpectedMsgSeqNum(789) is below 1"
    except FieldError as error:
        return str(error)
    return ""


def redacted(raw: bytes) -> bytes:
    """The frame with its passwords masked, and as whole as it was: for logs and journals."""
    if _SECRET_FIELD.search(raw) is None:
        return raw
    try:
        message = parse(raw)
    except GarbledError:
        return _SECRET_FIELD.sub(_mask, raw)
    return _framed([_shown(message, i) for i in range(message.count())])


def without_secrets(message: Message) -> Message:
    """The message as `redacted` shows it; itself when it holds no secret."""
    shown = redacted(message.raw)
    return message if shown is message.raw else parse(shown)


def _mask(found: re.Match[bytes]) -> bytes:
    return (found[1] or found[2]) + _MASK


def _shown(message: Message, i: int) -> bytes:
    tag = int(message.tags[i])
    value = message.bytes_at(i)
    if tag in _SECRETS:
        value = _MASK
    elif DATA_TAGS.get(tag, 0) in _SECRETS and value.isdigit():
        value = b"%d" % len(_MASK)
    return b"%d=%s\x01" % (tag, value)


def _framed(fields: list[bytes]) -> bytes:
    """The fields of a message with its BodyLength(9) and CheckSum(10) made true again."""
    body = b"".join(fields[2:-1])
    head = b"%s9=%d\x01%s" % (fields[0], len(body), body)
    return head + b"10=%03d\x01" % checksum(head, 0, len(head))
