"""A book of clients alone, without day, door or tape, spoken to in one line an order."""

from __future__ import annotations

from tests.venue.desk import TIFS, px

from kairos.model.enums import OrdType, Side
from kairos.model.numbers import format_price
from kairos.venue.blotter import Blotter
from kairos.venue.book import OrderBook
from kairos.venue.orders import SelfMatch, VenueOrder
from kairos.venue.reports import Report
from kairos.venue.resting import show_quote
from kairos.venue.taking import enter


class Floor:
    """Orders have the ids that they are entered under."""

    def __init__(self, has_tape: bool = False) -> None:
        self.blotter = Blotter("D")
        self.book = OrderBook(self.blotter, has_quotes=has_tape, turn_percent=0, has_tape=has_tape)
        self.orders: dict[str, VenueOrder] = {}

    def quote(self, bid: str, bid_size: int, ask: str, ask_size: int) -> Floor:
        show_quote(self.book, px(bid), bid_size, px(ask), ask_size)
        return self

    def enter(self, text: str, smp_id: str = "", smp: SelfMatch = SelfMatch.CANCEL_AGGRESSIVE, at: int = 0) -> Floor:
        """`B1 BUY 100 @ 10.01 show 10 min 50 IOC`, or `B1 BUY 100 MKT`."""
        words = text.replace(" MKT", "").split()
        cl_ord_id, side, qty, rest = words[0], Side[words[1]], int(words[2]), words[3:]
        named = dict(zip(rest[::2], rest[1::2], strict=False))
        tif = TIFS[rest[-1]] if rest and rest[-1] in TIFS else TIFS["DAY"]
        kind = OrdType.LIMIT if "@" in named else OrdType.MARKET
        order = VenueOrder(
            cl_ord_id, cl_ord_id, "C", "A", side, kind, tif, qty, px(named.get("@", "")), 0,
            int(named.get("show", "0")), 0, len(self.orders),
        )  # fmt: skip
        order.min_qty = int(named.get("min", "0"))
        order.smp_id, order.smp = smp_id, smp
        self.orders[cl_ord_id] = order
        enter(self.book, order, at)
        return self

    def reports(self) -> list[Report]:
        return [message for message in self.blotter.drain() if isinstance(message, Report)]

    def heard(self) -> list[str]:
        """`B1 100@10.01` for a fill, `B1 CANCELED` for an end."""
        return [
            f"{report.cl_ord_id} {report.last_qty}@{format_price(report.last_px)}"
            if report.last_qty
            else f"{report.cl_ord_id} {report.exec_type.name}"
            for report in self.reports()
        ]

    def bids(self) -> list[str]:
        return self._shown(True)

    def asks(self) -> list[str]:
        return self._shown(False)

    def _shown(self, is_buy: bool) -> list[str]:
        """Orders of one side by price and time, each `B1 40`: what is left of it."""
        return [f"{order.cl_ord_id} {order.leaves_qty}" for order in self.book.queue_of(is_buy).orders()]
