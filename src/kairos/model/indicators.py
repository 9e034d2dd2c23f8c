"""The indicators of risk, and what can be said of each without a desk: its unit, and which way it worsens. What each
means to the last unit stands in `risk.indicators`."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kairos.model.enums import Code


class Indicator(Code):
    """What is watched of a place, and a rule's levels are of (ours). Money is in the place's currency; a day is the
    trading day; what each means to the last unit stands in `risk.indicators`."""

    REALIZED_PNL = "REALIZED_PNL"  # since ever, on closed units
    UNREALIZED_PNL = "UNREALIZED_PNL"  # on open units, at the mark
    PNL = "PNL"  # both
    DAY_PNL = "DAY_PNL"
    PEAK_PNL = "PEAK_PNL"  # highest DAY_PNL of the day
    DRAWDOWN = "DRAWDOWN"  # how far DAY_PNL is below it
    LOSS = "LOSS"  # of the day, above 0
    STOP_LOSS_DISTANCE = "STOP_LOSS_DISTANCE"  # from LOSS to the place's stop-loss level
    OPEN_LOSS_BPS = "OPEN_LOSS_BPS"  # loss on open units, of what they cost
    WIN_RATE_BPS = "WIN_RATE_BPS"  # units closed with a profit, of those closed with a profit or a loss
    PROFIT_TO_LOSS_RATIO_BPS = "PROFIT_TO_LOSS_RATIO_BPS"  # average profit a unit of average loss a unit
    EXPECTANCY = "EXPECTANCY"  # profit or loss a closed unit
    GROSS = "GROSS"  # exposures: with working orders in the worst direction
    NET = "NET"
    LONG = "LONG"  # at the mark, without working orders
    SHORT = "SHORT"
    CONCENTRATION_BPS = "CONCENTRATION_BPS"  # the largest instrument's share of LONG and SHORT
    VAR = "VAR"  # historical value at risk of a day
    EXPECTED_SHORTFALL = "EXPECTED_SHORTFALL"
    FILL_RATE_BPS = "FILL_RATE_BPS"  # units executed of units ordered
    REJECT_RATE_BPS = "REJECT_RATE_BPS"  # orders refused here or by a venue, of all
    SLIPPAGE = "SLIPPAGE"  # against the middle when the order came, a cost above 0
    SLIPPAGE_BPS = "SLIPPAGE_BPS"
    ORDER_TO_TRADE = "ORDER_TO_TRADE"  # requests a trade
    ORDER_BURST = "ORDER_BURST"  # requests in a sliding window
    FILL_BURST = "FILL_BURST"


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
