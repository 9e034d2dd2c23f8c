"""Whether a limit says what its kind needs, and nothing that would be ignored."""

from __future__ import annotations

from typing import Final

from kairos.model.enums import LimitKind
from kairos.model.limit_units import IN_MONEY
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.values import Limit
from kairos.state.bounds import MAX_REPEATS, MAX_REQUESTS, MAX_WINDOW_NS

OF_A_WINDOW: Final = (LimitKind.RATE, LimitKind.REPEATED_EXECUTIONS, LimitKind.DUPLICATE_ORDER)
WITH_BURST: Final = (LimitKind.RATE, LimitKind.ORDER_TO_TRADE, LimitKind.CONCENTRATION_BPS)
# Of what is no money: more shares than any company has, times the largest price; far below 2**63.
MAX_VALUE: Final = 10**18


def refuse_limit(limit: Limit) -> Refusal | None:
    """What is wrong with a limit; None when it can be hung."""
    kind = limit.kind
    if limit.value < 0 or (kind not in IN_MONEY and limit.value > MAX_VALUE):
        return _wrong("value", f"0 to {MAX_VALUE}")
    if kind in OF_A_WINDOW and not 0 < limit.window_ns <= MAX_WINDOW_NS:
        return _wrong("window", "more than 0, an hour at most")
    if kind not in OF_A_WINDOW and limit.window_ns:
        return _wrong("window", f"none for {kind.value}")
    if not 0 <= limit.burst <= (MAX_REQUESTS if kind is LimitKind.RATE else MAX_VALUE):
        return _wrong("burst", "not below 0, nor too large")
    if kind not in WITH_BURST and limit.burst:
        return _wrong("burst", f"none for {kind.value}")
    if limit.currency and kind not in IN_MONEY and kind is not LimitKind.CONCENTRATION_BPS:
        return _wrong("currency", f"none for {kind.value}")
    return _refuse_count(limit)


def _refuse_count(limit: Limit) -> Refusal | None:
    if limit.kind is LimitKind.RATE and limit.value > MAX_REQUESTS:
        return _wrong("value", f"at most {MAX_REQUESTS} requests a window")
    if limit.kind in OF_A_WINDOW and limit.kind is not LimitKind.RATE and limit.value > MAX_REPEATS:
        return _wrong("value", f"at most {MAX_REPEATS} repetitions")
    return None


def _wrong(field: str, must_be: str) -> Refusal:
    return Refusal(RefusalCode.INVALID_VALUE, (("field", field), ("must_be", must_be)))
