"""The controls of the gate in order of precedence: what each answers, and where it is set.

Sources of the clauses: 17 CFR 240.15c3-5 ("SEC 15c3-5"); Commission Delegated Regulation (EU) 2017/589 ("RTS 6") and
2017/566 ("RTS 9"); Regulation (EU) 596/2014 ("MAR"); FINRA rule 5210; the Hong Kong SFC's Code of Conduct, paragraph 18
and schedule 7.
"""

from __future__ import annotations

from typing import Final

from kairos.model.refusals import RefusalCode
from kairos.risk.control import Control
from kairos.risk.controls_market import MARKET_CONTROLS

_R = RefusalCode
_KILL: Final = "kairos kill, an API call, FIX OrderMassCancelRequest(q)"
_RULES: Final = "rules of responses, kairos risk rules"
_SFC: Final = "SFC Code of Conduct 18 and schedule 7"


def _limit(kind: str) -> str:
    return f"limit {kind} of any place"


def _account(name: str, kind: str) -> str:
    return f"account's limit {name}; {_limit(kind)}"


OWN_CONTROLS: Final[tuple[Control, ...]] = (
    Control(
        _R.DUPLICATE_CL_ORD_ID,
        "Duplicate ClOrdID",
        "SEC 15c3-5(c)(1)(ii)",
        "always on",
        "A ClOrdID(11) of the day names one order, never a second.",
    ),
    Control(
        _R.SESSION_THROTTLED,
        "Rate of a session",
        "RTS 6 art. 15(1)(d)",
        "a session's max_messages_per_s",
        "Messages that a FIX session sends beyond what was agreed.",
    ),
    Control(
        _R.NOT_ENTITLED,
        "Entitlement",
        "SEC 15c3-5(c)(2)(iii); RTS 6 art. 15(5)",
        "people's roles; entitlements of any place",
        "Who may trade what, for whom, by which session.",
    ),
    Control(
        _R.KILL,
        "Kill switch",
        "SEC 15c3-5(c)(1); RTS 6 art. 12; " + _SFC,
        _KILL,
        "Nothing new passes where it is engaged.",
    ),
    Control(_R.RULE_HALTED, "Halt by rule", "RTS 6 art. 12, 15(5)", _RULES, "Nothing new passes."),
    Control(_R.RULE_PAUSED, "Pause by rule", "RTS 6 art. 15(5)", _RULES, "Nothing that adds quantity passes."),
    Control(
        _R.RULE_REDUCE_ONLY, "Reduce-only", "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(4)", _RULES, "Only closing orders pass."
    ),
    Control(_R.RULE_PASSIVE, "Passive-only", "RTS 6 art. 15(5)", _RULES, "Nothing passes that could trade at once."),
    Control(_R.RULE_SLOWED, "Slowing", "RTS 6 art. 15(3)", _RULES, "Orders keep a distance in time."),
    Control(
        _R.RATE,
        "Message rate",
        "RTS 6 art. 15(1)(d); " + _SFC,
        _account("rate_per_s, rate_burst", "RATE") + "; a session's max_messages_per_s",
        "New orders and replaces by token bucket.",
    ),
    Control(
        _R.REPEATED_EXECUTIONS,
        "Repeated-execution throttle",
        "RTS 6 art. 15(3)",
        _limit("REPEATED_EXECUTIONS"),
        "Executions of an instrument on one side within a window.",
    ),
    Control(
        _R.DUPLICATE_ORDER,
        "Duplicate order",
        "SEC 15c3-5(c)(1)(ii)",
        _limit("DUPLICATE_ORDER"),
        "The same account, instrument, side, quantity and price within a window.",
    ),
    Control(
        _R.ORDER_TO_TRADE,
        "Order-to-trade ratio",
        "RTS 9",
        _limit("ORDER_TO_TRADE"),
        "Requests of the day an execution.",
    ),
    Control(
        _R.MAX_ORDER_QTY,
        "Order quantity",
        "SEC 15c3-5(c)(1)(ii); RTS 6 art. 15(1)(c)",
        _account("max_order_qty", "ORDER_QTY"),
        "OrderQty(38) of one order, or of a route.",
    ),
    Control(
        _R.MAX_ORDER_NOTIONAL,
        "Order value",
        "SEC 15c3-5(c)(1)(ii); RTS 6 art. 15(1)(b)",
        _account("max_order_notional", "ORDER_NOTIONAL"),
        "What is left to execute of one order, at its price.",
    ),
    Control(
        _R.NO_REFERENCE_PRICE,
        "Reference price",
        "SEC 15c3-5(c)(1)(ii); RTS 6 art. 15(1)(a)",
        "always on",
        "Without a price of the market no price is checked, so nothing passes.",
    ),
    Control(
        _R.NO_RATE,
        "Exchange rate",
        "SEC 15c3-5(c)(1)(i)",
        "always on",
        "Without a rate no value is known, nothing passes.",
    ),
    Control(
        _R.PRICE_COLLAR,
        "Price collar",
        "SEC 15c3-5(c)(1)(ii); RTS 6 art. 15(1)(a); " + _SFC,
        _account("collar_bps", "COLLAR_BPS, COLLAR_TICKS"),
        "How far a price is from the reference, in basis points or ticks.",
    ),
    Control(
        _R.SELF_MATCH,
        "Self-match",
        "MAR art. 12(1)(a); FINRA 5210.02",
        _limit("SELF_MATCH"),
        "Units of own working orders that the order could trade with.",
    ),
    Control(_R.MAX_OPEN_ORDERS, "Open orders", "RTS 6 art. 15(4)", _limit("OPEN_ORDERS"), "How many orders work."),
    Control(
        _R.MAX_OPEN_NOTIONAL,
        "Open value",
        "SEC 15c3-5(c)(1)(i)",
        _limit("OPEN_NOTIONAL"),
        "Value of the working orders at their own prices.",
    ),
    Control(
        _R.MAX_POSITION,
        "Position",
        "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(4)",
        _account("max_position", "POSITION"),
        "Units held, with every working order on the side filled.",
    ),
    Control(
        _R.MAX_EXPOSURE,
        "Exposure",
        "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(4) and (5)",
        _account("max_gross_exposure, max_net_exposure", "GROSS_, NET_, LONG_ and SHORT_EXPOSURE"),
        "Gross, net, long and short at the mark, working orders in the worst direction.",
    ),
    Control(
        _R.CONCENTRATION,
        "Concentration",
        "RTS 6 art. 15(4)",
        _limit("CONCENTRATION_BPS"),
        "Share of one instrument in the gross exposure.",
    ),
    Control(
        _R.MAX_DAY_NOTIONAL,
        "Value of the day",
        "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(1)(b)",
        _limit("DAY_NOTIONAL"),
        "Traded today, and all that works.",
    ),
    Control(
        _R.MAX_ADV,
        "Share of volume",
        "RTS 6 art. 15(1)(c)",
        _limit("ADV_BPS"),
        "Share of the average daily volume; refused where that is unknown.",
    ),
    Control(
        _R.MAX_LOSS,
        "Loss",
        "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(4)",
        _limit("LOSS"),
        "Money lost, realized and at the mark.",
    ),
    Control(
        _R.CREDIT,
        "Credit",
        "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(4)",
        _limit("CREDIT"),
        "Money that positions and working purchases take, in all currencies.",
    ),
    Control(
        _R.BUYING_POWER,
        "Buying power",
        "SEC 15c3-5(c)(1)(i); RTS 6 art. 15(4); " + _SFC,
        "the account's cash",
        "A purchase spends no more than the account has free.",
    ),
    Control(
        _R.PLUGIN_CHECK,
        "The firm's own checks",
        "SEC 15c3-5(c); RTS 6 art. 15",
        "entry points kairos.risk.checks",
        "Functions of installed packages; one that fails refuses.",
    ),
    Control(
        _R.RULE_ASKS,
        "Second person",
        "RTS 6 art. 15(6)",
        _RULES,
        "What opens risk waits until a second person lets it.",
    ),
)
CONTROLS: Final[tuple[Control, ...]] = tuple(
    sorted((*OWN_CONTROLS, *MARKET_CONTROLS), key=lambda control: list(RefusalCode).index(control.code))
)
"""All of them, those of the market among them, in order of precedence."""
