"""The gate before the market: the checks in order of precedence, the first refusal binding.

One more check, the duplicate order, needs the client's ClOrdIDs and stands at the door (`engine.submit`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.model.refusals import Refusal
from kairos.risk import checks
from kairos.risk.subject import Subject

Check = Callable[[Subject], Refusal | None]

GATE: Final[tuple[Check, ...]] = (
    checks.kill,
    checks.rate,
    checks.restricted,
    checks.order_qty,
    checks.order_notional,
    checks.reference_price,
    checks.price_collar,
    checks.position,
    checks.exposure,
    checks.buying_power,
)


def first_refusal(subject: Subject) -> Refusal | None:
    """The binding refusal, or None when the order may pass."""
    for check in GATE:
        refusal = check(subject)
        if refusal is not None:
            return refusal
    return None


HELD: Final[tuple[Check, ...]] = (
    checks.kill,
    checks.restricted,
    checks.order_qty,
    checks.order_notional,
    checks.reference_price,
    checks.price_collar,
)


def first_refusal_of_held(subject: Subject) -> Refusal | None:
    """Of an order that passed the gate when it came and goes to the market only now. It was counted then: in the rate,
    the position, the exposure and the buying power."""
    for check in HELD:
        refusal = check(subject)
        if refusal is not None:
            return refusal
    return None
