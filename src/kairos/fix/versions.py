"""What sets the versions of the session protocol apart: which fields each has, and how it writes infinity and time.

Source: the FIX specifications 4.0 to 4.4 and FIXT 1.1, and the dictionaries of QuickFIX that are made from them.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.errors import LocalError

FIXT: Final = "FIXT.1.1"

APPL_VERSIONS: Final[dict[str, str]] = {
    "2": "FIX.4.0",
    "3": "FIX.4.1",
    "4": "FIX.4.2",
    "5": "FIX.4.3",
    "6": "FIX.4.4",
    "7": "FIX.5.0",
    "8": "FIX.5.0SP1",
    "9": "FIX.5.0SP2",
}
"""The application versions that FIXT.1.1 can carry, by their ApplVerID(1128) and DefaultApplVerID(1137)."""

_ANY_REASON: Final = 99


class ProtocolVersion:
    """One version, by the order in which they appeared: 40 to 44 for FIX.4.0 to FIX.4.4, 50 for FIXT.1.1."""

    __slots__ = (
        "begin_string",
        "fraction_digits",
        "has_last_processed",
        "has_location_ids",
        "has_next_expected",
        "has_reject_reasons",
        "has_reset_flag",
        "infinity",
        "is_fixt",
        "last_reject_reason",
    )

    def __init__(self, begin_string: str, rank: int, last_reject_reason: int) -> None:
        self.begin_string: Final = begin_string
        self.is_fixt: Final = rank >= 50
        self.has_location_ids: Final = rank >= 41
        self.has_reset_flag: Final = rank >= 41
        self.has_reject_reasons: Final = rank >= 42
        """RefTagID(371), RefMsgType(372), SessionRejectReason(373) in Reject(3); and BusinessMessageReject(j)."""
        self.has_last_processed: Final = rank >= 42
        self.has_next_expected: Final = rank >= 44
        self.last_reject_reason: Final = last_reject_reason
        """The last SessionRejectReason(373) that it knows; what came later is told by Text(58) alone."""
        self.infinity: Final[i64] = 0 if rank >= 42 else 999_999
        """EndSeqNo(16) for "and all that follow"."""
        self.fraction_digits: Final[i64] = 3 if rank >= 42 else 0
        """UTCTimestamp had no fraction of a second at first."""


_VERSIONS: Final = (
    ProtocolVersion("FIX.4.0", 40, 0),
    ProtocolVersion("FIX.4.1", 41, 0),
    ProtocolVersion("FIX.4.2", 42, tags.INVALID_MSG_TYPE),
    ProtocolVersion("FIX.4.3", 43, tags.NON_DATA_VALUE_HAS_SOH),
    ProtocolVersion("FIX.4.4", 44, _ANY_REASON),
    ProtocolVersion(FIXT, 50, _ANY_REASON),
)
BEGIN_STRINGS: Final = tuple([version.begin_string for version in _VERSIONS])


def protocol_version(begin_string: str) -> ProtocolVersion:
    for version in _VERSIONS:
        if version.begin_string == begin_string:
            return version
    raise LocalError(f"BeginString(8) {begin_string!r} is not supported; use one of {', '.join(BEGIN_STRINGS)}")
