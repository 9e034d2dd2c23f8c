"""A client of the desk that sends as fast as it is answered: new orders, replaces, cancels, by the roll of seeded dice.

client.py FOLDER PORT VERSION NAME SEED

While the file `quiet` lies in its folder it sends nothing new and takes back what works.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.torture.peer import Peer, dialing
from tests.torture.reports import CLOSED, FIX_4_2, REPLACED, exec_type
from tests.torture.wire import Fields, utc_now

Say = Callable[[str, Fields], None]

HOUSE = "KAIROS"
SYMBOLS = ("AAA", "BBB", "CCC")
BUY, SELL_SHORT = "1", "5"
AUTOMATED, BY_HAND = "1", "3"
# Requests on their way: enough that the engine never waits for a client.
WINDOW = 300
BURST = 40
# How often an order that was never answered goes again with PossResend(97) after a logon, whether it need or not.
POSS_RESEND = 0.5
ASK_AGAIN_S = 1.5
QUESTIONS = 100
PRICE_TICKS = 10_000  # 100.00
SPREAD_TICKS = 200


class Order:
    """As its client knows it. `cl_ord_id` is the ClOrdID(11) that the desk has confirmed last."""

    __slots__ = ("cl_ord_id", "entered", "order_id", "pending", "replacing", "status")

    def __init__(self, entered: Fields) -> None:
        self.cl_ord_id = entered[11]
        self.entered = entered
        self.order_id = ""
        self.status = ""  # OrdStatus(39); empty before any answer
        self.pending = ""  # ClOrdID(11) of a request that is not answered
        self.replacing = False

    @property
    def works(self) -> bool:
        return self.status not in CLOSED and self.status != ""


class ClientBook:
    def __init__(self, folder: Path, name: str, version: str, seed: str) -> None:
        self.quiet_file = folder / "quiet"
        self.name, self.version = name, version
        self.orders: dict[str, Order] = {}  # by every ClOrdID(11) that names it
        self.open: dict[str, Order] = {}  # by the first ClOrdID(11): unanswered or working
        self.requests = 0
        self.seed = seed
        self.chance: Random | None = None
        self.asked_s = 0.0
        self.questions: list[str] = []
        self.was_quiet = False

    # The fold

    def sent(self, fields: Fields) -> None:
        kind = fields[35]
        if 11 not in fields or kind == "H" or fields.get(97) == "Y":
            return
        self.requests += 1
        if kind == "D":
            order = Order(fields)
            self.orders[fields[11]] = self.open[fields[11]] = order
        elif kind in ("F", "G"):
            order = self.orders[fields[41]]
            self.orders[fields[11]] = order
            order.pending = fields[11]
            order.replacing = kind == "G"

    def came(self, fields: Fields) -> None:
        order = self.orders.get(fields.get(11, "")) or self.orders.get(fields.get(41, ""))
        if order is None:
            return
        if fields[35] == "8":
            self._report(order, fields)
        elif fields[35] == "9":
            self._refusal(order, fields)

    def _refusal(self, order: Order, fields: Fields) -> None:
        if order.pending == fields[11]:
            order.pending = ""
        self._stands(order, fields[39])

    def _report(self, order: Order, fields: Fields) -> None:
        if fields.get(37, "NONE") != "NONE":
            order.order_id = fields[37]
        kind = exec_type(fields)
        if kind == REPLACED:
            order.cl_ord_id = fields[11]
            if order.replacing:
                order.pending = ""
        self._stands(order, fields[39])

    def _stands(self, order: Order, status: str) -> None:
        order.status = status
        if status in CLOSED:
            order.pending = ""
            self.open.pop(order.entered[11], None)

    # What it does

    def answer(self, fields: Fields, say: Say) -> None:
        pass

    def logged_on(self, say: Say) -> None:
        """It can't know what became of what was never answered, and says so."""
        chance = self._chance()
        for order in [order for order in self.open.values() if order.status == ""]:
            if chance.random() < POSS_RESEND:
                terms = {tag: value for tag, value in order.entered.items() if tag not in (8, 9, 10, 34, 35, 52)}
                say("D", terms | {97: "Y"})

    def act(self, say: Say) -> None:
        if self.quiet_file.exists():
            self._wind_up(say)
        else:
            self.was_quiet = False
            self._trade(say)

    def _trade(self, say: Say) -> None:
        waiting = sum(1 for order in self.open.values() if order.status == "" or order.pending)
        chance = self._chance()
        works = [order for order in self.open.values() if order.works and not order.pending]
        for _ in range(min(chance.randint(1, BURST), WINDOW - waiting)):
            order = chance.choice(works) if works else None
            roll = chance.random()
            if order is None or order.pending or roll < 0.6:
                say("D", self._new())
            elif roll < 0.8:
                say("G", self._replace(order))
            else:
                say("F", self._cancel(order))

    def _wind_up(self, say: Say) -> None:
        """Ask about some, take all back, and ask again for what still works after a while."""
        if time.monotonic() - self.asked_s < ASK_AGAIN_S:
            return
        self.asked_s = time.monotonic()
        if not self.was_quiet:
            self.was_quiet = True
            self._ask(say)
        works = [order for order in self.open.values() if order.works]
        if works and self.version != FIX_4_2:
            say("q", {11: self._next_id(), 530: "7", 60: utc_now()})
        for order in works if self.version == FIX_4_2 else ():
            say("F", self._cancel(order))

    def _ask(self, say: Say) -> None:
        """Whether the desk still knows what it confirmed."""
        known = [order for order in dict.fromkeys(self.orders.values()) if order.order_id and not order.pending]
        for order in self._chance().sample(known, min(QUESTIONS, len(known))):
            say("H", {11: order.cl_ord_id, 54: order.entered[54], 55: order.entered[55]})

    def _new(self) -> Fields:
        chance = self._chance()
        handl_inst = BY_HAND if chance.random() < 0.1 else AUTOMATED
        side = chance.choice((BUY, SELL_SHORT))
        terms = {1: f"{self.name}-1", 11: self._next_id(), 21: handl_inst, 54: side, 55: chance.choice(SYMBOLS)}
        short = {114: "N"} if side == SELL_SHORT else {}
        return terms | self._terms() | short

    def _replace(self, order: Order) -> Fields:
        before = order.entered
        names = {11: self._next_id(), 41: order.cl_ord_id, 21: before[21], 54: before[54], 55: before[55]}
        return names | self._terms() | ({114: "N"} if before[54] == SELL_SHORT else {})

    def _cancel(self, order: Order) -> Fields:
        names = {11: self._next_id(), 41: order.cl_ord_id, 54: order.entered[54], 55: order.entered[55]}
        return names | {38: order.entered[38], 60: utc_now()}

    def _terms(self) -> Fields:
        chance = self._chance()
        ticks = PRICE_TICKS + chance.randint(-SPREAD_TICKS, SPREAD_TICKS)
        return {38: str(chance.randint(1, 50)), 40: "2", 44: f"{ticks / 100:.2f}", 59: "0", 60: utc_now()}

    def _next_id(self) -> str:
        return f"{self.name}-{self.requests + 1}"

    def _chance(self) -> Random:
        """Other dice after each start, or it would roll the same."""
        if self.chance is None:
            self.chance = Random(f"{self.seed}-{self.requests}")
        return self.chance

    def status(self) -> dict[str, object]:
        unanswered = sum(1 for order in self.open.values() if order.status == "")
        return {"orders": self.requests, "open": len(self.open), "unanswered": unanswered, "quiet": self.was_quiet}


def main() -> None:
    folder, port, version, name, seed = Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:6]
    book = ClientBook(folder, name, version, f"{seed}-{name}")
    Peer(folder, (version, name, HOUSE), book, dialing(port), initiator=True).run()


if __name__ == "__main__":
    main()
