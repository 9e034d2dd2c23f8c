"""The firm's own checks in the gate, last of the hard ones: in the order of their names, the first refusal binding.

One that raises refuses, with the error's text: a control that fails is not waved through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import mypyc_attr

from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk.subject import Subject
from kairos.state.check_plugins import CheckFunction, OrderView

MAX_ERROR: Final = 200  # characters of an error's text in a refusal: a line of FIX's Text(58)


@mypyc_attr(acyclic=True)
class RiskCheck:
    """What an entry point of the group `kairos.risk.checks` names: the function, the rule that it answers, and what it
    refuses, in a sentence."""

    def __init__(self, check: CheckFunction, clause: str, text: str) -> None:
        self.check = check
        self.clause = clause
        self.text = text


def refuse(*seen: tuple[str, str]) -> Refusal:
    """What a check of the firm's own answers when it refuses: pairs of what was seen and which bound it met."""
    return Refusal(RefusalCode.PLUGIN_CHECK, seen)


def plugin_check(s: Subject) -> Refusal | None:
    """The firm's own checks (SEC 15c3-5(c); RTS 6 article 15: further controls that a firm finds appropriate)."""
    plugins = s.desk.plugins
    if not plugins.known:
        return None
    view = view_of(s)
    for name in sorted(plugins.known):
        refusal = _asked(name, plugins.functions.get(name), view)
        if refusal is not None:
            return refusal
    return None


def _asked(name: str, check: Callable[[OrderView], object] | None, view: OrderView) -> Refusal | None:
    """What one says, under its name."""
    if check is None:
        return _refused(name, (("error", "the package that has it is not installed here"),))
    try:
        answer = check(view)
        if answer is None:
            return None
        if isinstance(answer, Refusal):
            return _refused(name, answer.context)
        return _refused(name, (("error", f"it answered {type(answer).__name__}, not a Refusal or None"),))
    except Exception as error:
        return _refused(name, (("error", f"{type(error).__name__}: {error}"[:MAX_ERROR]),))


def _refused(name: str, seen: tuple[tuple[str, str], ...]) -> Refusal:
    return Refusal(RefusalCode.PLUGIN_CHECK, (("name", name), *seen))


def view_of(s: Subject) -> OrderView:
    instrument, account, position = s.instrument, s.account, s.position
    return OrderView(
        instrument=instrument.defined,
        account=account.defined,
        side=s.side,
        terms=s.terms,
        is_replace=s.order is not None,
        leaves_qty=s.leaves_qty,
        reserve_px=s.reserve_px,
        notional=s.notional(),
        position_qty=position.qty,
        open_buy=s.open_buy(),
        open_sell=s.open_sell(),
        cash=account.cash,
        reserved=account.reserved,
        bid_px=instrument.bid_px,
        ask_px=instrument.ask_px,
        last_px=instrument.last_px,
        mark_px=instrument.mark_px(),
        trading_date=s.desk.trading_date,
        now_ns=s.now_ns,
        strategy_id=s.strategy_id,
        trader_id=s.trader_id,
        user_id=s.user_id,
    )
