"""What FIX 4.2 and FIX 4.4 say differently, as tables.

FIX 4.2 has no codes for some reasons that FIX 4.4 knows: the nearest older code is sent, and Text(58) says the rest.
Source: the specifications of both versions, field definitions of the tags named beside each table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FIX_4_2: Final = "FIX.4.2"
FIX_4_4: Final = "FIX.4.4"

MARKET_ON_CLOSE: Final = "5"
LIMIT_ON_CLOSE: Final = "B"
"""OrdType(40) of FIX 4.2; later versions say it with TimeInForce(59)."""

_ORD_REJ_REASONS_42: Final = {"11": "0", "13": "0", "15": "0", "99": "0"}
"""OrdRejReason(103): FIX 4.2 ends at 8; "broker option" stands for the rest."""
_CXL_REJ_REASONS_42: Final = {"6": "2", "99": "2"}
"""CxlRejReason(102): FIX 4.2 ends at 3."""


class Dialect:
    """The words of one version.

    is_fix_4_2: ExecTransType(20) tells new, cancel, correct and status apart and fills are ExecType(150) 1 and 2;
                market and limit on close are OrdType(40) 5 and B; AF, q, r and the fields of 8 for AF do not exist
    """

    __slots__ = ("_cxl_rej", "_ord_rej", "_other_restatement", "_restatements", "is_fix_4_2")

    def __init__(
        self,
        is_fix_4_2: bool,
        ord_rej: Mapping[str, str],
        cxl_rej: Mapping[str, str],
        restatements: frozenset[str],
        other_restatement: str,
    ) -> None:
        self.is_fix_4_2: Final = is_fix_4_2
        self._ord_rej: Final = ord_rej
        self._cxl_rej: Final = cxl_rej
        self._restatements: Final = restatements
        self._other_restatement: Final = other_restatement

    def ord_rej_reason(self, reason: str) -> str:
        return self._ord_rej.get(reason, reason)

    def cxl_rej_reason(self, reason: str) -> str:
        return self._cxl_rej.get(reason, reason)

    def restatement_reason(self, reason: str) -> str:
        """ExecRestatementReason(378) of a venue, or what stands for one that this version doesn't have."""
        return reason if reason in self._restatements else self._other_restatement


_42: Final = Dialect(True, _ORD_REJ_REASONS_42, _CXL_REJ_REASONS_42, frozenset("012345"), "4")
_44: Final = Dialect(False, {}, {}, frozenset(("10", *"0123456789")), "99")

_DIALECTS: Final = {FIX_4_2: _42, FIX_4_4: _44}


def dialect_of(begin_string: str) -> Dialect | None:
    """The words of a BeginString(8); None for one that the mapping doesn't speak."""
    return _DIALECTS.get(begin_string)


def begin_string_of(session: str) -> str:
    """A FIX session's id begins with its BeginString(8): "FIX.4.2:KAIROS->CLIENT1". Of other sessions: ""."""
    head, colon, _rest = session.partition(":")
    return head if colon and head.startswith("FIX") else ""
