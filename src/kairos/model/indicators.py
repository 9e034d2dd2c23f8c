"""What can be said of each indicator without a desk: its unit, and which way it worsens. What each means to the last
unit stands in `risk.indicators`."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kairos.model.enums import Indicator


class IndicatorUnit(Enum):
    """`MONEY` is scaled by 10**8, in the place's currency; 10_000 `BPS` are 100 %."""

    MONEY = auto()
    BPS = auto()
    COUNT = auto()


UNIT_OF: Final[dict[Indicator, IndicatorUnit]] = {
    Indicator.REALIZED_PNL: IndicatorUnit.MONEY,
    Indicator.UNREALIZED_PNL: IndicatorUnit.MONEY,
    Indicator.PNL: IndicatorUnit.MONEY,
    Indicator.DAY_PNL: IndicatorUnit.MONEY,
    Indicator.PEAK_PNL: IndicatorUnit.MONEY,
    Indicator.DRAWDOWN: IndicatorUnit.MONEY,
    Indicator.LOSS: IndicatorUnit.MONEY,
    Indicator.STOP_LOSS_DISTANCE: IndicatorUnit.MONEY,
    Indicator.OPEN_LOSS_BPS: IndicatorUnit.BPS,
    Indicator.WIN_RATE_BPS: IndicatorUnit.BPS,
    Indicator.PROFIT_TO_LOSS_RATIO_BPS: IndicatorUnit.BPS,
    Indicator.EXPECTANCY: IndicatorUnit.MONEY,
    Indicator.GROSS: IndicatorUnit.MONEY,
    Indicator.NET: IndicatorUnit.MONEY,
    Indicator.LONG: IndicatorUnit.MONEY,
    Indicator.SHORT: IndicatorUnit.MONEY,
    Indicator.CONCENTRATION_BPS: IndicatorUnit.BPS,
    Indicator.VAR: IndicatorUnit.MONEY,
    Indicator.EXPECTED_SHORTFALL: IndicatorUnit.MONEY,
    Indicator.FILL_RATE_BPS: IndicatorUnit.BPS,
    Indicator.REJECT_RATE_BPS: IndicatorUnit.BPS,
    Indicator.SLIPPAGE: IndicatorUnit.MONEY,
    Indicator.SLIPPAGE_BPS: IndicatorUnit.BPS,
    Indicator.ORDER_TO_TRADE: IndicatorUnit.COUNT,
    Indicator.ORDER_BURST: IndicatorUnit.COUNT,
    Indicator.FILL_BURST: IndicatorUnit.COUNT,
}
# The lower, the worse; a large one of any other is what a rule warns of.
WORSE_BELOW: Final = frozenset(
    (
        Indicator.REALIZED_PNL,
        Indicator.UNREALIZED_PNL,
        Indicator.PNL,
        Indicator.DAY_PNL,
        Indicator.PEAK_PNL,
        Indicator.STOP_LOSS_DISTANCE,
        Indicator.WIN_RATE_BPS,
        Indicator.PROFIT_TO_LOSS_RATIO_BPS,
        Indicator.EXPECTANCY,
        Indicator.FILL_RATE_BPS,
    )
)
# They fall by the mere passing of time.
CHANGES_WITH_TIME: Final = frozenset((Indicator.ORDER_BURST, Indicator.FILL_BURST))
