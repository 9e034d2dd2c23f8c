"""The check alone: at its first and last moment, and for what it does not mind. Run by `pytest` in this folder."""

from __future__ import annotations

import pytest
from late_selling import FROM_S, SECOND_NS, TO_S, late_selling

from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.events import AccountDefined, InstrumentDefined
from kairos.model.refusals import RefusalCode
from kairos.model.values import Terms
from kairos.risk.plugins import OrderView

PX = 100_000_000


def an_order(second: int, side: Side = Side.SELL, held: int = 0, mic: str = "XTAI") -> OrderView:
    """An order for 1000 shares at 1000, as the gate shows it."""
    instrument = InstrumentDefined(
        0, f"2330.{mic}", "2330", mic, "", "TWD", "", "ESVUFR", 5 * PX, 1000, 1, 1000 * PX, "", ()
    )
    return OrderView(
        instrument=instrument,
        account=AccountDefined(0, "A1", "ACME", "", "TWD", 0, True, ""),
        side=side,
        terms=Terms(1000, OrdType.LIMIT, 1000 * PX, 0, TimeInForce.DAY, 0, 0),
        is_replace=False,
        leaves_qty=1000,
        reserve_px=1000 * PX,
        notional=1_000_000 * PX,
        position_qty=held,
        open_buy=0 if side is Side.SELL else 1000,
        open_sell=1000 if side is Side.SELL else 0,
        cash=0,
        reserved=0,
        bid_px=0,
        ask_px=0,
        last_px=0,
        mark_px=1000 * PX,
        trading_date=20261123,
        now_ns=second * SECOND_NS,
    )


@pytest.mark.parametrize("second", [FROM_S, TO_S - 1])
def test_a_late_sale_of_what_is_not_held_is_refused(second: int) -> None:
    refusal = late_selling(an_order(second))
    assert refusal is not None
    assert (refusal.code, refusal.context) == (RefusalCode.PLUGIN_CHECK, (("selling", "1000"), ("held", "0")))


@pytest.mark.parametrize(
    "order",
    [
        an_order(FROM_S - 1),
        an_order(TO_S),
        an_order(FROM_S, held=1000),
        an_order(FROM_S, side=Side.BUY),
        an_order(FROM_S, mic="XNYS"),
    ],
)
def test_all_else_passes(order: OrderView) -> None:
    assert late_selling(order) is None
