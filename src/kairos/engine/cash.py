"""An order by CashOrderQty(152): how many units its money buys, at the price at which the order weighs."""

from __future__ import annotations

from kairos.engine.terms import with_qty
from kairos.model.commands import SubmitOrder
from kairos.model.numbers import MAX_QTY, notional_of
from kairos.model.values import Terms
from kairos.risk.subject import reserve_price
from kairos.state.desk import Desk


def ordered_terms(desk: Desk, c: SubmitOrder) -> Terms:
    """The order's terms with an OrderQty(38): of an amount of money the whole lots that it buys, none where no price is
    known."""
    if c.cash_qty == 0:
        return c.terms
    instrument = desk.instruments.get(c.instrument_id)
    if instrument is None:
        return c.terms
    px = reserve_price(instrument, c.side, c.terms)
    lot = notional_of(instrument.lot_size, px, instrument.multiplier)
    units = c.cash_qty // lot * int(instrument.lot_size) if lot > 0 else 0
    return with_qty(c.terms, max(min(units, MAX_QTY), 0))
