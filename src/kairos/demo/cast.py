"""Who trades in the demo: clients of different kinds, with limits narrow enough that each meets its own.

The figures are made for the prices of the shipped tapes (20 to 170 a unit): an ordinary order passes, and a careless
one is refused for the reason that such a client would really meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from kairos.fix.session_config import SessionConfig
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Limits

HOUSE: Final = "KAIROS"
TRADER: Final = "trader"
RISK_OFFICER: Final = "risk"
SECOND_OFFICER: Final = "chief"
MAX_CLIENTS: Final = 8
ALGO_QTY: Final = 400  # an order of the algo, and at first the largest that its strategy may send
STRATEGY_TAG: Final = 5847  # the house and its algo's client agreed on it
# What one client asks for in a minute of the market's time.
ACTIONS_A_MARKET_MINUTE: Final = 28
# Often enough that a silent line is noticed within a demo.
HEART_BT_INT_S: Final = 5
_NEVER_MET: Final = 1_000_000_000 * PRICE_SCALE


@dataclass(frozen=True, slots=True)
class Account:
    account_id: str
    currency: str
    cash: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class Member:
    """One client. `size` scales its orders; `weakness` is the refusal that its limits invite; `strategy_id` names the
    strategy of one that trades by an algo."""

    client_id: str
    name: str
    begin_string: str
    accounts: tuple[Account, ...]
    size: int
    weakness: str
    strategy_id: str = ""

    def account(self, currency: str) -> Account | None:
        return next((account for account in self.accounts if account.currency == currency), None)

    def session(self) -> SessionConfig:
        """The client's end of its FIX session."""
        return SessionConfig(self.begin_string, self.client_id, HOUSE, initiator=True, heart_bt_int_s=HEART_BT_INT_S)


def cast_of(count: int, speed: float) -> list[Member]:
    """`count` clients, from the fifth on further ones of the same kinds; and one that trades by an algo."""
    makers = (_asset_manager, _hedge_fund, _family_office, _program_desk)
    names = ("ALDER", "BIRCH", "CEDAR", "DOUGLAS", "ELM", "FIR", "GINKGO", "HAZEL")
    people = [makers[at % len(makers)](names[at], speed) for at in range(count)]
    return [*people, _systematic_fund(speed)]


def _asset_manager(name: str, speed: float) -> Member:
    limits = _limits(5_000, 600_000, 50_000, _rate(speed))
    accounts = (
        Account(f"{name}-US", "USD", _money(50_000_000), limits),
        Account(f"{name}-EU", "EUR", _money(20_000_000), limits),
    )
    return Member(name, f"{name.capitalize()} Asset Management", "FIX.4.4", accounts, 4, "MAX_ORDER_NOTIONAL")


def _hedge_fund(name: str, speed: float) -> Member:
    limits = _limits(2_000, 400_000, 1_500, _rate(speed))
    accounts = (
        Account(f"{name}-US", "USD", _money(20_000_000), limits),
        Account(f"{name}-EU", "EUR", _money(10_000_000), limits),
    )
    return Member(name, f"{name.capitalize()} Capital", "FIX.4.2", accounts, 2, "MAX_POSITION")


def _family_office(name: str, speed: float) -> Member:
    limits = _limits(2_000, 400_000, 20_000, _rate(speed))
    return Member(
        name,
        f"{name.capitalize()} Family Office",
        "FIX.4.4",
        (Account(f"{name}-US", "USD", _money(150_000), limits),),
        1,
        "BUYING_POWER",
    )


def _program_desk(name: str, speed: float) -> Member:
    limits = _limits(1_000, 300_000, 20_000, ceil(2 * actions_a_second(speed)))
    return Member(
        name,
        f"{name.capitalize()} Program Desk",
        "FIX.4.2",
        (Account(f"{name}-US", "USD", _money(20_000_000), limits),),
        2,
        "RATE",
    )


def _systematic_fund(speed: float) -> Member:
    limits = _limits(2_000, 400_000, 2_000, _rate(speed))
    accounts = (Account("JUNIPER-EU", "EUR", _money(5_000_000), limits),)
    return Member("JUNIPER", "Juniper Systematic", "FIX.4.4", accounts, 1, "REDUCE_ONLY", "MOMENTUM")


def actions_a_second(speed: float) -> float:
    """How often one client acts, in seconds of the world."""
    return ACTIONS_A_MARKET_MINUTE / 60 * speed


def _rate(speed: float) -> int:
    """A sustained rate that ordinary trading stays far below."""
    return ceil(10 * actions_a_second(speed))


def _limits(max_qty: int, max_notional: int, max_position: int, rate: int) -> Limits:
    return Limits(
        max_order_qty=max_qty,
        max_order_notional=_money(max_notional),
        collar_bps=500,
        max_position=max_position,
        max_gross_exposure=_NEVER_MET,
        max_net_exposure=_NEVER_MET,
        rate_per_s=rate,
        rate_burst=rate + 4,
    )


def _money(units: int) -> int:
    return units * PRICE_SCALE
