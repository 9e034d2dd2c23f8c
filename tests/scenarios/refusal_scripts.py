"""For each kind of limit: orders that pass just within it, and the one that does not; as scenarios' lines."""

from __future__ import annotations

from typing import Final, NamedTuple

from kairos.model.enums import LimitKind, NodeKind, ScopeKind

HOUSE: Final = """
desk EQ
desk FI
client OTHER
user tom TRADER desk FI
account A1 of ACME cash 900000000 in TWD desk EQ trader tina
account B1 of OTHER cash 900000000 in TWD desk FI trader tom
venue XTAF
instrument TXF.XTAF tick 5 lot 1000 ref 1000 in USD cfi FXXXXX
instrument USD/TWD.XFXS ref 1 tick 0.001 lot 1 cfi IFXXXP
account A1 of ACME cash 900000000 in TWD desk EQ trader tina
figures 2330.XTAI adv 20000
figures TXF.XTAF adv 20000
"""
"""An account on every level, and another that shares none with it but the firm; instruments that share no scope."""

NODES: Final[dict[NodeKind, str]] = {
    NodeKind.FIRM: "firm",
    NodeKind.DESK: "desk EQ",
    NodeKind.CLIENT: "client ACME",
    NodeKind.ACCOUNT: "account A1",
    NodeKind.TRADER: "trader tina",
    NodeKind.STRATEGY: "strategy A1/ALPHA",
}
"""In the order in which their refusals are told."""
SCOPES: Final[dict[ScopeKind, str]] = {
    ScopeKind.ALL: "",
    ScopeKind.CURRENCY: "currency TWD",
    ScopeKind.ASSET_CLASS: "class E",
    ScopeKind.MARKET: "market XTAI",
    ScopeKind.INSTRUMENT: "instrument 2330.XTAI",
}
ELSEWHERE: Final = "for B1 from OTHER via CLIENT2"
OTHER_MARKET: Final = "TXF.XTAF"


class Script(NamedTuple):
    """A limit, the steps that stay within it, and the order that does not: its code and what was seen."""

    limit: str
    before: str
    order: str
    seen: str


SCRIPTS: Final[dict[LimitKind, Script]] = {
    LimitKind.ORDER_QTY: Script("2000", "submit X BUY 2000 @ 1000", "BUY 3000 @ 1000", "MAX_ORDER_QTY qty=3000"),
    LimitKind.ORDER_NOTIONAL: Script(
        "2000000", "submit X BUY 2000 @ 1000", "BUY 3000 @ 1000", "MAX_ORDER_NOTIONAL value=3000000"
    ),
    LimitKind.COLLAR_BPS: Script("100bps", "submit X BUY 1000 @ 1010", "BUY 1000 @ 1015", "PRICE_COLLAR away_bps=150"),
    LimitKind.COLLAR_TICKS: Script("2", "submit X BUY 1000 @ 1010", "BUY 1000 @ 1015", "PRICE_COLLAR away_ticks=3"),
    LimitKind.RATE: Script(
        "2 window 10s", "submit W BUY 1000 @ 1000\nsubmit X BUY 1000 @ 1000", "BUY 1000 @ 1000", "RATE requests=3"
    ),
    LimitKind.REPEATED_EXECUTIONS: Script(
        "1 window 10s",
        "submit X BUY 1000 @ 1000\nvenue fill R1 1000 @ 1000",
        "BUY 1000 @ 1000",
        "REPEATED_EXECUTIONS repeats=2",
    ),
    LimitKind.DUPLICATE_ORDER: Script(
        "1 window 10s", "submit X BUY 1000 @ 1000", "BUY 1000 @ 1000", "DUPLICATE_ORDER duplicates=2"
    ),
    LimitKind.ORDER_TO_TRADE: Script(
        "1 burst 2",
        "submit W BUY 1000 @ 1000\nsubmit X BUY 1000 @ 1000",
        "BUY 1000 @ 1000",
        "ORDER_TO_TRADE orders_to_trades=3",
    ),
    LimitKind.SELF_MATCH: Script("0", "submit X BUY 1000 @ 1000", "SELL 1000 @ 1000", "SELF_MATCH own_qty=1000"),
    LimitKind.OPEN_ORDERS: Script("1", "submit X BUY 1000 @ 1000", "BUY 1000 @ 1000", "MAX_OPEN_ORDERS open_orders=2"),
    LimitKind.OPEN_NOTIONAL: Script(
        "2000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_OPEN_NOTIONAL open_value=3000000"
    ),
    LimitKind.POSITION: Script("2000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_POSITION position=3000"),
    LimitKind.GROSS_EXPOSURE: Script(
        "2000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_EXPOSURE gross=3000000"
    ),
    LimitKind.NET_EXPOSURE: Script(
        "2000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_EXPOSURE net=3000000"
    ),
    LimitKind.LONG_EXPOSURE: Script(
        "2000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_EXPOSURE long=3000000"
    ),
    LimitKind.SHORT_EXPOSURE: Script(
        "2000000", "submit X SELL 2000 @ 1000", "SELL 1000 @ 1000", "MAX_EXPOSURE short=3000000"
    ),
    LimitKind.CONCENTRATION_BPS: Script(
        "50% burst 4000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "CONCENTRATION share_bps=7500"
    ),
    LimitKind.DAY_NOTIONAL: Script(
        "2000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_DAY_NOTIONAL day_value=3000000"
    ),
    LimitKind.ADV_BPS: Script("10%", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "MAX_ADV adv_bps=1500"),
    LimitKind.LOSS: Script(
        "10000",
        "submit X BUY 1000 @ 1000\nvenue fill R1 1000 @ 1000\nmark 2330.XTAI last 985",
        "BUY 1000 @ 985",
        "MAX_LOSS loss=15000",
    ),
    LimitKind.CREDIT: Script("2000000", "submit X BUY 2000 @ 1000", "BUY 1000 @ 1000", "CREDIT credit=3000000"),
}
