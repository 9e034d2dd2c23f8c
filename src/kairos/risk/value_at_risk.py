"""Historical value at risk and expected shortfall of a place: what its holdings would have lost on each past day.

The method is full historical simulation with one day's horizon: each scenario (`state.returns`) gives every instrument
held its return of that day; the place's loss is the sum. Nothing is assumed of how returns are distributed or hang
together. A holding in another currency is taken at the present rate of exchange. All is reckoned in integers, holdings
in whole units of currency and returns in millionths, so that a loss is exact to 10**-6 of a currency unit.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.numbers import PRICE_SCALE, notional_of, product
from kairos.state.cells import Cell
from kairos.state.desk import Desk
from kairos.state.reference import Instrument

# What supervisors ask for: value at risk at 99 % for backtesting, expected shortfall at 97.5 % for capital (Basel
# Committee, minimum capital requirements for market risk).
VAR_TAIL_BPS: Final = 100
SHORTFALL_TAIL_BPS: Final = 250
BASIS_POINTS: Final = 10_000
MICRO_TO_MONEY: Final = PRICE_SCALE // 1_000_000


@mypyc_attr(acyclic=True)
class Holding:
    """What a place holds of an instrument in all: signed units, and their value at the mark in the place's currency."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument: Final[Instrument] = instrument
        self.qty: i64 = 0
        self.value: int = 0


def holdings_of(desk: Desk, cell: Cell) -> list[Holding] | None:
    """Its positions by instrument, without what nets to nothing; None where a rate is missing."""
    by_id: dict[str, Holding] = {}
    for position in desk.tree.positions_of(cell):
        instrument = position.instrument
        holding = by_id.get(instrument.instrument_id)
        if holding is None:
            holding = Holding(instrument)
            by_id[instrument.instrument_id] = holding
        holding.qty += position.qty
    held = [holding for holding in by_id.values() if holding.qty]
    for holding in held:
        defined = holding.instrument.defined
        worth = notional_of(holding.qty, holding.instrument.mark_px(), holding.instrument.multiplier)
        value = desk.tree.rates.convert(worth, defined.currency, cell.currency)
        if value is None:
            return None
        holding.value = value
    return held


def losses_of(desk: Desk, cell: Cell) -> list[int] | None:
    """The loss in each scenario, in millionths of the currency, the worst first; None where returns of something held
    are missing."""
    holdings = holdings_of(desk, cell)
    days = len(desk.returns.dates)
    if holdings is None or days == 0:
        return None
    losses = [0] * days
    for holding in holdings:
        name = holding.instrument.instrument_id
        if not desk.returns.has(name):
            return None
        whole: i64 = holding.value // PRICE_SCALE
        scenario = desk.returns.scenarios(name)
        for at in range(days):
            losses[at] -= product(whole, scenario[at])
    losses.sort(reverse=True)
    return losses


def value_at_risk(desk: Desk, cell: Cell) -> int | None:
    """The loss of a day that is exceeded on one day in a hundred at most; 0 where not even that is a loss."""
    losses = losses_of(desk, cell)
    if losses is None:
        return None
    return max(losses[len(losses) * VAR_TAIL_BPS // BASIS_POINTS], 0) * MICRO_TO_MONEY


def expected_shortfall(desk: Desk, cell: Cell) -> int | None:
    """The average loss of the worst fortieth of all days."""
    losses = losses_of(desk, cell)
    if losses is None:
        return None
    worst = max(len(losses) * SHORTFALL_TAIL_BPS // BASIS_POINTS, 1)
    return max(sum(losses[:worst]) * MICRO_TO_MONEY // worst, 0)


def missing_returns(desk: Desk, cell: Cell) -> list[str]:
    """The instruments held of whose returns too little is known."""
    held = holdings_of(desk, cell) or []
    return [one.instrument.instrument_id for one in held if not desk.returns.has(one.instrument.instrument_id)]
