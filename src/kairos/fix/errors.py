"""What can go wrong in FIX, and whose fault it is.

FixError
├── RemoteError          the peer's bytes are at fault
│   ├── GarbledError     not a FIX message: ignored, its MsgSeqNum(34) is not consumed
│   └── FieldError       a FIX message with a bad field: answered with Reject(3)
└── LocalError           we misused this package
"""

from __future__ import annotations

from typing import Final


class FixError(Exception):
    """Root of every error that this package raises on purpose."""


class RemoteError(FixError):
    """The peer broke the protocol."""


class GarbledError(RemoteError):
    """BeginString(8), BodyLength(9), MsgType(35), CheckSum(10) or the tag=value structure is broken.

    FIX 4.4 volume 2, "Message integrity": such a message is ignored and its sequence number is not consumed.
    """


class FieldError(RemoteError):
    """One field of a well-formed message can't be used; `reason` is SessionRejectReason(373)."""

    def __init__(self, tag: int, reason: int, text: str) -> None:
        super().__init__(text)
        self.tag: Final = tag
        self.reason: Final = reason
        self.text: Final = text


class LocalError(FixError):
    """Our own code asked for something that FIX can't carry."""
