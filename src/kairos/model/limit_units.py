"""The units of limits' values, by kind: what is not of money or basis points is a plain number."""

from __future__ import annotations

from typing import Final

from kairos.model.enums import LimitKind

IN_MONEY: Final = frozenset(
    (
        LimitKind.ORDER_NOTIONAL,
        LimitKind.OPEN_NOTIONAL,
        LimitKind.GROSS_EXPOSURE,
        LimitKind.NET_EXPOSURE,
        LimitKind.LONG_EXPOSURE,
        LimitKind.SHORT_EXPOSURE,
        LimitKind.CREDIT,
        LimitKind.DAY_NOTIONAL,
        LimitKind.LOSS,
    )
)
IN_BPS: Final = frozenset((LimitKind.COLLAR_BPS, LimitKind.CONCENTRATION_BPS, LimitKind.ADV_BPS))
