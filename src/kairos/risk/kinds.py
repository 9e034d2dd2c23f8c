"""What each kind of limit is refused with, what it measures, and in which units."""

from __future__ import annotations

from typing import Final

from mypy_extensions import mypyc_attr

from kairos.model.numbers import format_money
from kairos.model.refusals import RefusalCode
from kairos.risk.checks_limits import NOT_KNOWN
from kairos.state import bounds
from kairos.state.bounds import Bound

MONEY: Final = ""  # as a unit: the currency of the limit


@mypyc_attr(acyclic=True)
class KindRule:
    def __init__(self, code: RefusalCode, what: str, unit: str) -> None:
        self.code: Final[RefusalCode] = code
        self.what: Final[str] = what
        self.unit: Final[str] = unit

    def text_of(self, value: int) -> str:
        if value == NOT_KNOWN:
            return "unknown"
        return format_money(value) if self.unit == MONEY else str(value)

    def unit_of(self, bound: Bound) -> str:
        return bound.currency if self.unit == MONEY else self.unit


_R = RefusalCode
_RULES: Final[dict[int, KindRule]] = {
    bounds.ORDER_QTY: KindRule(_R.MAX_ORDER_QTY, "qty", "units"),
    bounds.ORDER_NOTIONAL: KindRule(_R.MAX_ORDER_NOTIONAL, "value", MONEY),
    bounds.COLLAR_BPS: KindRule(_R.PRICE_COLLAR, "away_bps", "bps"),
    bounds.COLLAR_TICKS: KindRule(_R.PRICE_COLLAR, "away_ticks", "ticks"),
    bounds.RATE: KindRule(_R.RATE, "requests", "requests"),
    bounds.REPEATED_EXECUTIONS: KindRule(_R.REPEATED_EXECUTIONS, "repeats", "executions"),
    bounds.DUPLICATE_ORDER: KindRule(_R.DUPLICATE_ORDER, "duplicates", "orders"),
    bounds.OPEN_ORDERS: KindRule(_R.MAX_OPEN_ORDERS, "open_orders", "orders"),
    bounds.OPEN_NOTIONAL: KindRule(_R.MAX_OPEN_NOTIONAL, "open_value", MONEY),
    bounds.POSITION: KindRule(_R.MAX_POSITION, "position", "units"),
    bounds.GROSS_EXPOSURE: KindRule(_R.MAX_EXPOSURE, "gross", MONEY),
    bounds.NET_EXPOSURE: KindRule(_R.MAX_EXPOSURE, "net", MONEY),
    bounds.LONG_EXPOSURE: KindRule(_R.MAX_EXPOSURE, "long", MONEY),
    bounds.SHORT_EXPOSURE: KindRule(_R.MAX_EXPOSURE, "short", MONEY),
    bounds.CREDIT: KindRule(_R.CREDIT, "credit", MONEY),
    bounds.DAY_NOTIONAL: KindRule(_R.MAX_DAY_NOTIONAL, "day_value", MONEY),
    bounds.CONCENTRATION_BPS: KindRule(_R.CONCENTRATION, "share_bps", "bps"),
    bounds.ADV_BPS: KindRule(_R.MAX_ADV, "adv_bps", "bps"),
    bounds.ORDER_TO_TRADE: KindRule(_R.ORDER_TO_TRADE, "orders_to_trades", "requests"),
    bounds.SELF_MATCH: KindRule(_R.SELF_MATCH, "own_qty", "units"),
    bounds.LOSS: KindRule(_R.MAX_LOSS, "loss", MONEY),
}


def rule_of(bound: Bound) -> KindRule:
    return _RULES[bound.number]
