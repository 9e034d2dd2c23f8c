"""What the venue's tests share: a desk that speaks to an `Exchange` in one line a step and hears one line a report.

Prices are decimal text, times are seconds of the test's own day; instrument A has quotes, P has prints only.
"""

from __future__ import annotations

from kairos.market.tape import BookAction, BookOrder, DepthLevel, PrintKind, Quote, Trade
from kairos.model.enums import ExecType, OrdType, Side, TimeInForce
from kairos.model.numbers import format_price, parse_price
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing
from kairos.venue.reports import Report, VenueMessage
from kairos.venue.tape_rules import TapeRules

SECOND = 1_000_000_000
OPEN, CLOSE = 100, 1000
TIFS = {
    "DAY": TimeInForce.DAY,
    "GTC": TimeInForce.GOOD_TILL_CANCEL,
    "GTD": TimeInForce.GOOD_TILL_DATE,
    "OPG": TimeInForce.AT_THE_OPENING,
    "CLS": TimeInForce.AT_THE_CLOSE,
    "IOC": TimeInForce.IMMEDIATE_OR_CANCEL,
    "FOK": TimeInForce.FILL_OR_KILL,
}


def px(text: str) -> int:
    return parse_price(text) if text else 0


def line(message: VenueMessage) -> str:
    """`A1 TRADE 100@10.01 cum 100 leaves 0 FILLED`: what a trader would want to see of a report."""
    if not isinstance(message, Report):
        return f"{message.cl_ord_id} REFUSED {message.cxl_rej_reason.name}"
    if message.ord_rej_reason is not None and message.exec_type is ExecType.REJECTED:
        return f"{message.cl_ord_id} REJECTED {message.ord_rej_reason.name}"
    fill = f" {message.last_qty}@{format_price(message.last_px)}" if message.last_qty else ""
    state = f"cum {message.cum_qty} leaves {message.leaves_qty} {message.ord_status.name}"
    return f"{message.cl_ord_id} {message.exec_type.name}{fill} {state}"


class Desk:
    """One exchange, already open unless told otherwise."""

    def __init__(
        self, opened: bool = True, lot: int = 1, turn_percent: int = 50, rules: TapeRules | None = None
    ) -> None:
        times = (OPEN * SECOND, CLOSE * SECOND)
        wait = 60 * SECOND
        self.exchange = Exchange(
            [
                Listing("A", px("0.01"), lot, *times, opening_wait_ns=wait, closing_wait_ns=wait, tape_rules=rules),
                Listing("P", px("0.01"), lot, *times, False, turn_percent, wait, wait),
            ],
            "D",
        )
        self.now = 0
        self.messages: list[VenueMessage] = []
        if opened:
            self.at(OPEN + 60)

    def at(self, second: int) -> Desk:
        self.now = second * SECOND
        self.exchange.advance(self.now)
        return self

    def order(self, text: str, instrument: str = "A", client: str = "C", expire: int = 0) -> Desk:
        """`A1 BUY 100 @ 10.01 stop 10 show 10 IOC`, or `A1 BUY 100 MKT`; the time in force comes last, DAY if none."""
        words = text.replace(" MKT", "").split()
        cl_ord_id, side, qty, rest = words[0], Side[words[1]], int(words[2]), words[3:]
        named = dict(zip(rest[::2], rest[1::2], strict=False))
        time_in_force = TIFS[rest[-1]] if rest and rest[-1] in TIFS else TimeInForce.DAY
        limited, stopped = "@" in named, "stop" in named
        kinds = {
            (False, False): OrdType.MARKET,
            (True, False): OrdType.LIMIT,
            (False, True): OrdType.STOP,
            (True, True): OrdType.STOP_LIMIT,
        }
        self.exchange.submit(
            client, cl_ord_id, instrument, side, kinds[limited, stopped], time_in_force, qty, self.now,
            px(named.get("@", "")), px(named.get("stop", "")), int(named.get("show", "0")), expire * SECOND,
        )  # fmt: skip
        return self

    def replace(self, new: str, old: str, qty: int, price: str, show: int = 0, client: str = "C") -> Desk:
        self.exchange.replace(client, new, old, qty, self.now, px(price), 0, show, 0)
        return self

    def cancel(self, new: str, old: str, client: str = "C") -> Desk:
        self.exchange.cancel(client, new, old, self.now)
        return self

    def quote(self, bid: str, bid_size: int, ask: str, ask_size: int, instrument: str = "A") -> Desk:
        self.exchange.on_quote(Quote(instrument, self.now, px(bid), bid_size, px(ask), ask_size))
        return self

    def trade(self, price: str, size: int, instrument: str = "A", kind: PrintKind = PrintKind.REGULAR) -> Desk:
        self.exchange.on_trade(Trade(instrument, self.now, px(price), size, kind))
        return self

    def level(self, side: str, price: str, size: int, more: bool = False) -> Desk:
        self.exchange.on_level(DepthLevel("A", self.now, side == "BUY", px(price), size, more))
        return self

    def tape_order(self, action: BookAction, ref: int, side: str, price: str, size: int) -> Desk:
        self.exchange.on_tape_order(BookOrder("A", self.now, action, ref, side == "BUY", px(price), size))
        return self

    def add(self, ref: int, side: str, price: str, size: int) -> Desk:
        return self.tape_order(BookAction.ADD, ref, side, price, size)

    def shrink(self, ref: int, side: str, price: str, size: int) -> Desk:
        return self.tape_order(BookAction.REDUCE, ref, side, price, size)

    def execute(self, ref: int, side: str, price: str, size: int) -> Desk:
        return self.tape_order(BookAction.EXECUTE, ref, side, price, size)

    def heard(self) -> list[str]:
        """What was reported since the last time, one line a report."""
        drained = self.exchange.drain()
        self.messages += drained
        return [line(message) for message in drained]

    def fills(self) -> list[str]:
        """`A1 100@10.01` for each fill since the last time."""
        return [f"{words[0]} {words[2]}" for text in self.heard() if (words := text.split())[1] == "TRADE"]
