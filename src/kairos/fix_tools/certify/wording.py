"""Messages in words, for findings: names with their tags."""

from __future__ import annotations

from typing import Final

from kairos.fix.dictionary import Dictionary
from kairos.fix.message import Message

# What tells one order message from another.
_TOLD: Final = (
    11,
    41,
    37,
    17,
    150,
    39,
    55,
    54,
    38,
    40,
    44,
    59,
    7,
    16,
    36,
    123,
    112,
    43,
    97,
    45,
    371,
    373,
    380,
    102,
    58,
)
_MAX_VALUE: Final = 60


def message_name(msg_type: str, dictionary: Dictionary) -> str:
    """ "NewOrderSingle(D)"."""
    return f"{dictionary.message_name(msg_type)}({msg_type})" if dictionary.has_message(msg_type) else f"35={msg_type}"


def in_words(message: Message, dictionary: Dictionary) -> str:
    told = [f"{dictionary.label(tag)}={message.get(tag)[:_MAX_VALUE]}" for tag in _TOLD if message.has(tag)]
    return f"{message_name(message.msg_type, dictionary)} MsgSeqNum(34)={message.seq_num} {' '.join(told)}".strip()
