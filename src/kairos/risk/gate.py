"""The gate before the market: the checks in order of precedence, the first refusal binding.

One more check, the duplicate order, needs the client's ClOrdIDs and stands at the door (`engine.submit`).

The checks are called by name, not from a tuple: compiled, that is a jump, where a function object is called with its
arguments packed and checked.
"""

from __future__ import annotations

from kairos.model.refusals import Refusal
from kairos.risk import checks
from kairos.risk.subject import Subject


def first_refusal(s: Subject) -> Refusal | None:
    """The binding refusal, or None when the order may pass."""
    return (
        checks.kill(s)
        or checks.rate(s)
        or checks.restricted(s)
        or checks.order_qty(s)
        or checks.order_notional(s)
        or checks.reference_price(s)
        or checks.price_collar(s)
        or checks.position(s)
        or checks.exposure(s)
        or checks.buying_power(s)
    )


def first_refusal_of_held(s: Subject) -> Refusal | None:
    """Of an order that passed the gate when it came and goes to the market only now. It was counted then: in the rate,
    the position, the exposure and the buying power."""
    return (
        checks.kill(s)
        or checks.restricted(s)
        or checks.order_qty(s)
        or checks.order_notional(s)
        or checks.reference_price(s)
        or checks.price_collar(s)
    )
