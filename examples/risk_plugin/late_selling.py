"""A check of the house: who holds nothing sells nothing in the last five minutes of Taipei's trading.

The time is the order's own (`view.now_ns`), never a clock's: the same order is decided the same in a test, a what-if
and a replay.
"""

from __future__ import annotations

from kairos.model.enums import Side
from kairos.model.refusals import Refusal
from kairos.risk.plugins import OrderView, RiskCheck, refuse

MARKET = "XTAI"
SECOND_NS = 1_000_000_000
DAY_S = 86_400
FROM_S = 5 * 3600 + 25 * 60  # 05:25 UTC is 13:25 in Taipei
TO_S = 5 * 3600 + 30 * 60


def late_selling(view: OrderView) -> Refusal | None:
    """Refuse a sale of more than is held, from 13:25 to 13:30."""
    second = view.now_ns // SECOND_NS % DAY_S
    if view.instrument.mic != MARKET or view.side is Side.BUY or not FROM_S <= second < TO_S:
        return None
    if view.open_sell <= view.position_qty:
        return None
    return refuse(("selling", str(view.open_sell)), ("held", str(view.position_qty)))


CHECK = RiskCheck(
    late_selling,
    clause="house rule 12",
    text="no sale of more than is held in the last five minutes",
)
