"""What the versions of FIX say differently, as tables.

The mapping writes the fields of FIX 4.2 and FIX 4.4. The others are near one of the two: FIX 4.0 and 4.1 tell what
happened by ExecTransType(20) as 4.2 does, FIX 4.3 and 5.0 to 5.0 SP2 by ExecType(150) as 4.4 does. Which of the fields
a version's message has is its dictionary's to say: what it lacks is left out (`fitting`). An older version has no codes
for some reasons: the nearest that it has is sent, or none, and Text(58) says the rest.
Source: the specifications of the versions, field definitions of the tags named beside each table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kairos.adapters.fix_mapping.fitting import Fitting
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.fix.versions import APPL_VERSIONS

FIX_4_0: Final = "FIX.4.0"
FIX_4_1: Final = "FIX.4.1"
FIX_4_2: Final = "FIX.4.2"
FIX_4_3: Final = "FIX.4.3"
FIX_4_4: Final = "FIX.4.4"
FIX_5_0: Final = "FIX.5.0"
FIX_5_0_SP1: Final = "FIX.5.0SP1"
FIX_5_0_SP2: Final = "FIX.5.0SP2"

MARKET_ON_CLOSE: Final = "5"
LIMIT_ON_CLOSE: Final = "B"
"""OrdType(40) up to FIX 4.2; later versions say it with TimeInForce(59)."""

_ORD_REJ_REASONS_40: Final = dict.fromkeys(("5", "6", "7", "11", "13", "15", "99"), "0")
_ORD_REJ_REASONS_41: Final = dict.fromkeys(("7", "11", "13", "15", "99"), "0")
_ORD_REJ_REASONS_42: Final = dict.fromkeys(("11", "13", "15", "99"), "0")
_ORD_REJ_REASONS_43: Final = dict.fromkeys(("13", "15", "99"), "0")
"""OrdRejReason(103): FIX 4.0 ends at 4, 4.1 at 6, 4.2 at 8, 4.3 at 12; "broker option" stands for the rest."""
_CXL_REJ_REASONS_40: Final = dict.fromkeys(("2", "3", "6", "99"), "")
_CXL_REJ_REASONS_42: Final = dict.fromkeys(("6", "99"), "2")
_CXL_REJ_REASONS_43: Final = {"99": "2"}
"""CxlRejReason(102): FIX 4.0 and 4.1 know "too late" and "unknown order", and leave others out; 4.2 ends at 3."""
_RESTATEMENTS_42: Final = frozenset("012345")
_RESTATEMENTS_43: Final = frozenset("012345678")
_RESTATEMENTS_44: Final = frozenset(("10", *"0123456789"))
"""ExecRestatementReason(378)."""
_PENDING: Final = {"E": "6"}
"""OrdStatus(39) and ExecType(150) of FIX 4.0 and 4.1: one code says that a cancel or a replace is pending."""
_NO_CHANGES: Final[dict[str, str]] = {}


class Dialect:
    """The words of one version; `version` names its dictionary.

    has_trans_type:  ExecTransType(20) tells new, cancel, correct and status apart and fills are ExecType(150) 1 and 2;
                     market and limit on close are OrdType(40) 5 and B; AF, q, r and the fields of 8 for AF don't exist
    has_restatement: ExecType(150) D tells what changed by itself; where there is none, a status report does
    always_last:     LastPx(31) and LastQty(32) stand in every ExecutionReport(8), 0 where nothing traded
    has_cxl_type:    OrderCancelRequest(F) says by CxlType(125) whether it is for all that remains
    has_action_id:   OrderMassCancelReport(r) has a number of its own, MassActionReportID(1369)
    """

    __slots__ = (
        "_cxl_rej",
        "_fitting",
        "_ord_rej",
        "_other_restatement",
        "_pending",
        "_restatements",
        "always_last",
        "has_action_id",
        "has_cxl_type",
        "has_restatement",
        "has_trans_type",
        "version",
    )

    def __init__(
        self,
        version: str,
        has_trans_type: bool,
        ord_rej: Mapping[str, str] = _NO_CHANGES,
        cxl_rej: Mapping[str, str] = _NO_CHANGES,
        restatements: frozenset[str] = _RESTATEMENTS_44,
        other_restatement: str = "99",
    ) -> None:
        is_first = version in (FIX_4_0, FIX_4_1)
        self.version: Final = version
        self.has_trans_type: Final = has_trans_type
        self.has_restatement: Final = not is_first
        self.always_last: Final = is_first
        self.has_cxl_type: Final = version == FIX_4_0
        self.has_action_id: Final = version in (FIX_5_0_SP1, FIX_5_0_SP2)
        self._pending: Final = _PENDING if is_first else _NO_CHANGES
        self._ord_rej: Final = ord_rej
        self._cxl_rej: Final = cxl_rej
        self._restatements: Final = restatements
        self._other_restatement: Final = other_restatement
        self._fitting: Final = None if version in (FIX_4_2, FIX_4_4) else Fitting(version)

    def fit(self, msg_type: str, body: bytes) -> bytes:
        """The body without what this version's message doesn't have. Those of 4.2 and 4.4 fit as they are written."""
        return body if self._fitting is None else self._fitting.fit(msg_type, body)

    def pending(self, code: str) -> str:
        """An OrdStatus(39) or ExecType(150), "pending replace" in this version's words."""
        return self._pending.get(code, code) if self._pending else code

    def ord_rej_reason(self, reason: str) -> str:
        return self._ord_rej.get(reason, reason)

    def cxl_rej_reason(self, reason: str) -> str:
        """ "" when this version has no word for it."""
        return self._cxl_rej.get(reason, reason)

    def restatement_reason(self, reason: str) -> str:
        """ExecRestatementReason(378) of a venue, or what stands for one that this version doesn't have."""
        return reason if reason in self._restatements else self._other_restatement


_DIALECTS: Final = {
    dialect.version: dialect
    for dialect in (
        Dialect(FIX_4_0, True, _ORD_REJ_REASONS_40, _CXL_REJ_REASONS_40),
        Dialect(FIX_4_1, True, _ORD_REJ_REASONS_41, _CXL_REJ_REASONS_40),
        Dialect(FIX_4_2, True, _ORD_REJ_REASONS_42, _CXL_REJ_REASONS_42, _RESTATEMENTS_42, "4"),
        Dialect(FIX_4_3, False, _ORD_REJ_REASONS_43, _CXL_REJ_REASONS_43, _RESTATEMENTS_43, "4"),
        Dialect(FIX_4_4, False),
        Dialect(FIX_5_0, False),
        Dialect(FIX_5_0_SP1, False),
        Dialect(FIX_5_0_SP2, False),
    )
}
VERSIONS: Final = tuple(_DIALECTS)


def dialect_of(version: str) -> Dialect | None:
    """The words of a version of application messages, "FIX.4.2" or "FIX.5.0SP2"; None for one that there is not."""
    return _DIALECTS.get(version)


def begin_string_of(session: str) -> str:
    """A FIX session's id begins with its BeginString(8): "FIX.4.2:KAIROS->CLIENT1". Of other sessions: ""."""
    head, colon, _rest = session.partition(":")
    return head if colon and head.startswith("FIX") else ""


def version_of_message(message: Message, default: str) -> str:
    """The version of a message's application part: by ApplVerID(1128), or `default`, the session's; before FIXT.1.1 by
    BeginString(8)."""
    begin_string = message.get(t.BEGIN_STRING)
    if begin_string in _DIALECTS:
        return begin_string
    return APPL_VERSIONS.get(message.get(t.APPL_VER_ID), default or FIX_5_0_SP2)
