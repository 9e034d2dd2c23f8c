"""A venue that acknowledges, fills in parts, cancels and replaces by the roll of seeded dice, and forgets nothing.

venue.py FOLDER PORT NAME SEED
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.torture.client import HOUSE
from tests.torture.peer import Peer, listening
from tests.torture.wire import Fields, utc_now

Say = Callable[[str, Fields], None]

VERSION = "FIX.4.4"
BUY = "1"
REJECTS = 0.03
FILLS_AT_ONCE = 0.4
# Of the orders that rest, how many trade in a turn at most.
TRADES_A_TURN = 10
OPEN = frozenset("015")


class VenueOrder:
    __slots__ = ("cl_ord_id", "cum", "entered", "order_id", "px", "qty", "status")

    def __init__(self, entered: Fields) -> None:
        self.entered = entered
        self.order_id = f"V-{entered[11]}"
        self.cl_ord_id = entered[11]
        self.qty = int(entered[38])
        self.px = entered[44]
        self.cum = 0
        self.status = ""


class VenueBook:
    def __init__(self, seed: str) -> None:
        self.orders: dict[str, VenueOrder] = {}  # by every ClOrdID(11) that names it
        self.open: dict[str, VenueOrder] = {}  # by OrderID(37)
        self.by_order_id: dict[str, VenueOrder] = {}
        self.reports = 0
        self.seed = seed
        self.chance: Random | None = None

    # The fold

    def came(self, fields: Fields) -> None:
        kind = fields[35]
        if kind == "D" and fields[11] not in self.orders:
            order = VenueOrder(fields)
            self.orders[fields[11]] = self.by_order_id[order.order_id] = order
        elif kind in ("F", "G") and fields[41] in self.orders:
            self.orders[fields[11]] = self.orders[fields[41]]

    def sent(self, fields: Fields) -> None:
        if fields[35] != "8" or fields[150] == "I" or fields[37] not in self.by_order_id:
            return
        self.reports += 1
        order = self.by_order_id[fields[37]]
        order.status, order.cum = fields[39], int(fields[14])
        if fields[150] == "5":
            order.cl_ord_id, order.qty, order.px = fields[11], int(fields[38]), fields[44]
        if order.status in OPEN:
            self.open[order.order_id] = order
        else:
            self.open.pop(order.order_id, None)

    # What it does

    def logged_on(self, say: Say) -> None:
        pass

    def answer(self, fields: Fields, say: Say) -> None:
        kind = fields[35]
        if kind == "D":
            self._new(self.orders[fields[11]], fields, say)
        elif kind == "F":
            self._cancel(fields, say)
        elif kind == "G":
            self._replace(fields, say)
        elif kind == "H":
            self._tell(fields, say)

    def act(self, say: Say) -> None:
        chance = self._chance()
        resting = list(self.open.values())
        for order in chance.sample(resting, min(len(resting), chance.randint(0, TRADES_A_TURN))):
            self._trade(order, say)

    def _new(self, order: VenueOrder, fields: Fields, say: Say) -> None:
        if order.status:
            self._tell(fields, say)
            return
        if self._chance().random() < REJECTS:
            say("8", self._report(order, "8", "8") | {103: "0", 58: "by the roll of the dice"})
            return
        say("8", self._report(order, "0", "0"))
        if self._chance().random() < FILLS_AT_ONCE:
            self._trade(order, say)

    def _trade(self, order: VenueOrder, say: Say) -> None:
        """All that is left, or a part of it, at the limit or better; four decimals tell most trades apart."""
        chance = self._chance()
        left = order.qty - order.cum
        qty = left if chance.random() < 0.5 else chance.randint(1, left)
        better = chance.randint(0, 9_999)
        px = str(Decimal(order.px) + Decimal(-better if order.entered[54] == BUY else better).scaleb(-4))
        cum = order.cum + qty
        status = "2" if cum == order.qty else "1"
        say("8", self._report(order, "F", status, cum) | {31: px, 32: str(qty)})

    def _cancel(self, fields: Fields, say: Say) -> None:
        order = self.orders.get(fields[41])
        if order is None or order.status not in OPEN:
            self._refuse(order, fields, "1", say)
            return
        say("8", self._report(order, "4", "4") | {11: fields[11], 41: order.cl_ord_id})

    def _replace(self, fields: Fields, say: Say) -> None:
        order = self.orders.get(fields[41])
        if order is None or order.status not in OPEN or int(fields[38]) <= order.cum:
            self._refuse(order, fields, "2", say)
            return
        qty = int(fields[38])
        new = {11: fields[11], 41: order.cl_ord_id, 38: str(qty), 44: fields[44], 151: str(qty - order.cum)}
        say("8", self._report(order, "5", "1" if order.cum else "0") | new)

    def _refuse(self, order: VenueOrder | None, fields: Fields, response_to: str, say: Say) -> None:
        state = {37: order.order_id, 39: order.status, 102: "0"} if order else {37: "NONE", 39: "8", 102: "1"}
        say("9", {11: fields[11], 41: fields[41], 434: response_to, 60: utc_now()} | state)

    def _tell(self, fields: Fields, say: Say) -> None:
        """Where an order stands; OrdRejReason(103) 5 for one that never came."""
        order = self.orders.get(fields[11])
        asked = {790: fields[790]} if 790 in fields else {}
        if order is not None:
            say("8", self._report(order, "I", order.status) | asked)
            return
        nothing = {38: "0", 14: "0", 151: "0", 6: "0", 60: utc_now()}
        names = {37: "NONE", 11: fields[11], 17: "0", 150: "I", 39: "8", 103: "5", 54: fields[54], 55: fields[55]}
        say("8", names | nothing | asked)

    def _report(self, order: VenueOrder, exec_type: str, status: str, cum: int = -1) -> Fields:
        cum = order.cum if cum < 0 else cum
        leaves = order.qty - cum if status in OPEN else 0
        names = {37: order.order_id, 11: order.cl_ord_id, 17: f"E{self.reports + 1}" if exec_type != "I" else "0"}
        what = {150: exec_type, 39: status, 54: order.entered[54], 55: order.entered[55], 44: order.px}
        return names | what | {38: str(order.qty), 14: str(cum), 151: str(leaves), 6: "0", 60: utc_now()}

    def _chance(self) -> Random:
        """Other dice after each start, or it would roll the same."""
        if self.chance is None:
            self.chance = Random(f"{self.seed}-{self.reports}")
        return self.chance

    def status(self) -> dict[str, object]:
        return {"orders": len(self.by_order_id), "open": len(self.open)}


def main() -> None:
    folder, port, name, seed = Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:5]
    book = VenueBook(f"{seed}-{name}")
    Peer(folder, (VERSION, name, HOUSE), book, listening(port), initiator=False).run()


if __name__ == "__main__":
    main()
