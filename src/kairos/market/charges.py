"""Fees and taxes of a market, reckoned from dated rows: exact, and never zero for want of a row.

A `Fee` has rows, each for some classes of instrument and a span of dates. The row that covers the day says how much and
of what, how it is rounded, and over which executions it is summed before that: each fill, each order, or the whole
contract note (`RoundingBasis`). No row is an error that says what is missing. A row whose rate is 0 is a statement of
its source: an exemption, or a fee that is not levied for a while.

Dates are YYYYMMDD, money and prices scaled by 10**8 (`kairos.model.numbers`), rates by 10**12.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import Side
from kairos.model.numbers import notional_of

RATE_DECIMALS: Final = 12  # the finest rate in force, $0.000003 a share, has six
RATE_SCALE: Final = 1_000_000_000_000
FOREVER: Final = 99_991_231  # `until` of a row that nothing ends yet
COMMISSION: Final = "commission"  # the fee that a house's own schedule takes the place of


class ChargeError(ValueError):
    """No row says what a fee is: names fee, market, class and date, and what to do."""


class Basis(StrEnum):
    """What a rate is multiplied with."""

    NOTIONAL = "notional"
    QUANTITY = "quantity"
    FLAT = "flat"


class Rounding(StrEnum):
    FLOOR = "floor"
    CEIL = "ceil"
    HALF_UP = "half_up"


class RoundingBasis(StrEnum):
    """What an amount is rounded for: the executions that are summed before."""

    CONTRACT = "contract"  # each contract of a derivative, times their number
    FILL = "fill"
    ORDER = "order"
    CONTRACT_NOTE = "contract_note"


class PaidBy(StrEnum):
    BUYER = "buy"
    SELLER = "sell"
    BOTH = "both"


class DayTrade(StrEnum):
    """Whether a row is for what was bought and sold on one day, for all else, or for either."""

    ONLY = "only"
    NOT = "not"
    ANY = "any"


class Fill:
    """An execution, and the order that it is of."""

    def __init__(self, side: Side, qty: i64, px: i64, order_id: i64 = 0) -> None:
        self.side: Final[Side] = side
        self.qty: Final[i64] = qty
        self.px: Final[i64] = px
        self.order_id: Final[i64] = order_id


class ChargeRow:
    """What a fee is for some classes over a span of dates.

    rate:    scaled by 10**12: of the notional, a unit of quantity, or flat in currency
    unit:    money that the amount is rounded to a multiple of
    minimum, maximum: money; 0 for none
    checked: whether the primary source was read; `note` says what was not
    """

    def __init__(
        self,
        fee: str,
        paid_by: PaidBy,
        classes: tuple[str, ...],
        day_trade: DayTrade,
        basis: Basis,
        rate: int,
        rounding: Rounding,
        unit: int,
        rounding_basis: RoundingBasis,
        minimum: int,
        maximum: int,
        from_date: i64,
        until_date: i64,
        source: str,
        checked: bool,
        note: str,
    ) -> None:
        self.fee: Final[str] = fee
        self.paid_by: Final[PaidBy] = paid_by
        self.classes: Final[tuple[str, ...]] = classes
        self.day_trade: Final[DayTrade] = day_trade
        self.basis: Final[Basis] = basis
        self.rate: Final[int] = rate
        self.rounding: Final[Rounding] = rounding
        self.unit: Final[int] = unit
        self.rounding_basis: Final[RoundingBasis] = rounding_basis
        self.minimum: Final[int] = minimum
        self.maximum: Final[int] = maximum
        self.from_date: Final[i64] = from_date
        self.until_date: Final[i64] = until_date
        self.source: Final[str] = source
        self.checked: Final[bool] = checked
        self.note: Final[str] = note

    def covers(self, instrument_class: str, date: i64, day_trade: bool) -> bool:
        if not self.from_date <= date <= self.until_date or instrument_class not in self.classes:
            return False
        return self.day_trade is DayTrade.ANY or day_trade == (self.day_trade is DayTrade.ONLY)

    def overlaps(self, other: ChargeRow) -> bool:
        """Whether both would cover the same execution."""
        if self.until_date < other.from_date or other.until_date < self.from_date:
            return False
        if DayTrade.ANY not in (self.day_trade, other.day_trade) and self.day_trade is not other.day_trade:
            return False
        return any(name in other.classes for name in self.classes)

    def is_paid_by(self, side: Side) -> bool:
        return self.paid_by is PaidBy.BOTH or (self.paid_by is PaidBy.BUYER) == (side is Side.BUY)


class Fee:
    """One fee of a market. Before `begins` it was not levied, nor after `ends`."""

    def __init__(self, name: str, misc_fee_type: str, begins: i64, ends: i64, rows: tuple[ChargeRow, ...]) -> None:
        self.name: Final[str] = name
        self.misc_fee_type: Final[str] = misc_fee_type  # MiscFeeType(139); empty where no code fits
        self.begins: Final[i64] = begins
        self.ends: Final[i64] = ends
        self.rows: Final[tuple[ChargeRow, ...]] = rows

    def row_of(self, instrument_class: str, date: i64, day_trade: bool) -> ChargeRow | None:
        for row in self.rows:
            if row.covers(instrument_class, date, day_trade):
                return row
        return None


class Charge:
    """What a fee comes to, and the row that says so."""

    def __init__(self, name: str, misc_fee_type: str, amount: int, currency: str, row: ChargeRow) -> None:
        self.name: Final[str] = name
        self.misc_fee_type: Final[str] = misc_fee_type
        self.amount: Final[int] = amount
        self.currency: Final[str] = currency
        self.row: Final[ChargeRow] = row


class ChargeSchedule:
    """The fees of a market. Of `margined` classes, futures, nobody pays the notional: only what is charged moves."""

    def __init__(
        self,
        file: str,
        mics: tuple[str, ...],
        currency: str,
        classes: tuple[str, ...],
        margined: tuple[str, ...],
        fees: tuple[Fee, ...],
    ) -> None:
        self.file: Final[str] = file
        self.mics: Final[tuple[str, ...]] = mics
        self.currency: Final[str] = currency
        self.classes: Final[tuple[str, ...]] = classes
        self.margined: Final[tuple[str, ...]] = margined
        self.fees: Final[tuple[Fee, ...]] = fees

    def charges(
        self,
        mic: str,
        instrument_class: str,
        date: i64,
        fills: list[Fill],
        day_trade: bool = False,
        multiplier: i64 = 1,
        commission: ChargeRow | None = None,
    ) -> list[Charge]:
        """What the fills of one contract note are charged: one account, instrument, day and side.

        `commission` is the house's own (`kairos.market.commissions`) and takes the place of the market's reference.
        Raises `ChargeError` where no row covers the day.
        """
        side = side_of(fills)
        found: list[Charge] = []
        if commission is not None:
            amount = amount_of(commission, fills, multiplier)
            found.append(Charge(COMMISSION, "", amount, self.currency, commission))
        for fee in self.fees:
            if (fee.name == COMMISSION and commission is not None) or not fee.begins <= date <= fee.ends:
                continue
            row = fee.row_of(instrument_class, date, day_trade)
            if row is None:
                raise ChargeError(self._missing(fee, mic, instrument_class, date, day_trade))
            if row.is_paid_by(side):
                amount = amount_of(row, fills, multiplier)
                found.append(Charge(fee.name, fee.misc_fee_type, amount, self.currency, row))
        return found

    def _missing(self, fee: Fee, mic: str, instrument_class: str, date: i64, day_trade: bool) -> str:
        of_what = f"{instrument_class} on {mic} at {date_text(date)}" + (
            ", sold the day it was bought" if day_trade else ""
        )
        if instrument_class not in self.classes:
            return f"{fee.name}: no row for {of_what}; the classes of {self.file} are {', '.join(self.classes)}"
        return f"{fee.name}: no row for {of_what}; look the rate up, and add it with its source to {self.file}"


def date_text(date: int) -> str:
    """20261123 as 2026-11-23."""
    return f"{date // 10_000:04d}-{date // 100 % 100:02d}-{date % 100:02d}"


def side_of(fills: list[Fill]) -> Side:
    """The side that all fills of a contract note are of."""
    if not fills:
        raise ChargeError("a contract note has at least one fill")
    side = fills[0].side
    for fill in fills:
        if (fill.side is Side.BUY) != (side is Side.BUY):
            raise ChargeError("a contract note is of one side: reckon what was bought and what was sold apart")
        if fill.qty <= 0:
            raise ChargeError(f"a fill has at least one unit, not {fill.qty}")
    return side


def amount_of(row: ChargeRow, fills: list[Fill], multiplier: i64) -> int:
    """What a row comes to for the fills of a contract note."""
    if row.rounding_basis is RoundingBasis.CONTRACT_NOTE:
        return _rounded(row, fills, multiplier)
    amount = 0
    if row.rounding_basis is RoundingBasis.ORDER:
        for of_order in by_order(fills):
            amount += _rounded(row, of_order, multiplier)
    elif row.rounding_basis is RoundingBasis.CONTRACT:
        for fill in fills:
            amount += _rounded(row, [Fill(fill.side, 1, fill.px)], multiplier) * int(fill.qty)
    else:
        for fill in fills:
            amount += _rounded(row, [fill], multiplier)
    return amount


def by_order(fills: list[Fill]) -> list[list[Fill]]:
    groups: dict[int, list[Fill]] = {}
    for fill in fills:
        groups.setdefault(fill.order_id, []).append(fill)
    return list(groups.values())


def _rounded(row: ChargeRow, fills: list[Fill], multiplier: i64) -> int:
    """The fills together, times the rate, to the unit, between minimum and maximum. A rate of 0 has no minimum."""
    if row.rate == 0:
        return 0
    amount = round_to(_base_of(row.basis, fills, multiplier) * row.rate, row.unit * RATE_SCALE, row.rounding) * row.unit
    amount = max(amount, row.minimum)
    return min(amount, row.maximum) if row.maximum else amount


def _base_of(basis: Basis, fills: list[Fill], multiplier: i64) -> int:
    """Notional as money; units, or one for a flat fee, in the same scale."""
    if basis is Basis.NOTIONAL:
        return notional(fills, multiplier)
    units = 1
    if basis is Basis.QUANTITY:
        units = sum([int(fill.qty) for fill in fills])
    return units * 100_000_000


def round_to(value: int, unit: int, rounding: Rounding) -> int:
    """value / unit as a whole number; `value` is not negative."""
    if rounding is Rounding.FLOOR:
        return value // unit
    if rounding is Rounding.CEIL:
        return -(-value // unit)
    return (value + value + unit) // (unit + unit)


def notional(fills: list[Fill], multiplier: i64 = 1) -> int:
    """What the fills are worth together, as money."""
    worth = 0
    for fill in fills:
        worth += notional_of(fill.qty, fill.px, multiplier)
    return worth


def total(charges: list[Charge]) -> int:
    """All charges together."""
    return sum([charge.amount for charge in charges])


def net_amount(fills: list[Fill], charges: list[Charge], multiplier: i64 = 1) -> int:
    """What a buyer pays, or a seller receives, with all charges; of a margined class see `total`."""
    charged = total(charges)
    worth = notional(fills, multiplier)
    return worth + charged if side_of(fills) is Side.BUY else worth - charged
