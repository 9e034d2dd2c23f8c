"""A careful QuickFIX venue: acknowledges and fills every order. Killed, it goes on where it was.

quickfix_venue.py FOLDER PORT VERSION SENDER TARGET

An order is recorded when it comes, a report when QuickFIX has it. What was not recorded as sent is sent again after a
start, with the same ExecID(17): the other side must take it once.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import quickfix as fix
from quickfix_peer import Application, Records, get, settings

HAS_TRADE_TYPE = {"FIX.4.2": False, "FIX.4.4": True, "FIX.5.0SP2": True}


class Venue(Application):
    def __init__(self, records: Records, version: str) -> None:
        super().__init__(records)
        self.has_trade_type = HAS_TRADE_TYPE[version]
        self.orders = {row["cl_ord_id"]: row for row in records.of("order")}
        self.sent = {row["exec_id"] for row in records.of("sent")}
        self.lock = threading.Lock()

    def fromApp(self, message: fix.Message, session_id: fix.SessionID) -> None:
        header = message.getHeader()
        msg_type, cl_ord_id = get(header, 35), get(message, 11)
        with self.lock:
            if msg_type == "D":
                self._take(message, cl_ord_id, int(get(header, 34)), get(header, 97) == "Y")
            elif msg_type == "H":
                self._tell(cl_ord_id, get(message, 54), get(message, 55))
            else:
                self.records.add("other", text=message.toString().replace("\x01", "|"))

    def _take(self, message: fix.Message, cl_ord_id: str, seq: int, poss_resend: bool) -> None:
        values = {"cl_ord_id": cl_ord_id, "qty": get(message, 38), "px": get(message, 44), "seq": seq}
        if cl_ord_id in self.orders:
            self.records.add("again", poss_resend=poss_resend, **values)
            self._tell(cl_ord_id, get(message, 54), get(message, 55))
            return
        values |= {"side": get(message, 54), "symbol": get(message, 55), "number": len(self.orders) + 1}
        self.records.add("order", poss_resend=poss_resend, **values)
        self.orders[cl_ord_id] = self.records.rows[-1]
        self.work(cl_ord_id)

    def work_all(self) -> None:
        with self.lock:
            for cl_ord_id in self.orders:
                self.work(cl_ord_id)

    def work(self, cl_ord_id: str) -> None:
        """The acknowledgement and the fill, as far as QuickFIX doesn't have them yet."""
        order = self.orders[cl_ord_id]
        qty = order["qty"]
        self._report(order, f"A{order['number']}", "0", "0", "0", qty, {})
        trade = {32: qty, 31: order["px"]}
        self._report(order, f"F{order['number']}", "F" if self.has_trade_type else "2", "2", qty, "0", trade)

    def _report(
        self,
        order: dict[str, str],
        exec_id: str,
        exec_type: str,
        status: str,
        cum: str,
        leaves: str,
        more: dict[int, str],
    ) -> None:
        if exec_id in self.sent or self.session is None:
            return
        self.send("8", self._fields(order, exec_id, exec_type, status, cum, leaves) | more)
        self.records.add("sent", exec_id=exec_id, cl_ord_id=order["cl_ord_id"])
        self.sent.add(exec_id)

    def _fields(
        self, order: dict[str, str], exec_id: str, exec_type: str, status: str, cum: str, leaves: str
    ) -> dict[int, str]:
        return {
            37: f"V{order['number']}", 11: order["cl_ord_id"], 17: exec_id, 150: exec_type, 39: status,
            20: "" if self.has_trade_type else "0", 55: order["symbol"], 54: order["side"], 38: order["qty"],
            151: leaves, 14: cum, 6: order["px"] if cum != "0" else "0",
        }  # fmt: skip

    def _tell(self, cl_ord_id: str, side: str, symbol: str) -> None:
        """Where an order stands; OrdStatus(39) 8 with OrdRejReason(103) 5 for one that never came."""
        status_type = {150: "I"} if self.has_trade_type else {20: "3", 150: "8"}
        order = self.orders.get(cl_ord_id)
        if order is None:
            unknown = {
                37: "NONE",
                11: cl_ord_id,
                17: "0",
                39: "8",
                103: "5",
                55: symbol,
                54: side,
                151: "0",
                14: "0",
                6: "0",
            }
            self.send("8", {**unknown, 38: "0", **status_type})
            return
        filled = f"F{order['number']}" in self.sent
        cum, leaves = (order["qty"], "0") if filled else ("0", order["qty"])
        status = "2" if filled else "0"
        fields = self._fields(order, "0", "I" if self.has_trade_type else status, status, cum, leaves)
        self.send("8", fields if self.has_trade_type else fields | {20: "3"})


def main() -> None:
    folder, port, version, sender, target = sys.argv[1:]
    records = Records(Path(folder) / "records")
    venue = Venue(records, version)
    config = settings(Path(folder), "acceptor", int(port), version, sender, target)
    acceptor = fix.SocketAcceptor(venue, fix.FileStoreFactory(config), config)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    acceptor.start()
    while not stop.wait(1.0):
        venue.work_all()
    acceptor.stop()


if __name__ == "__main__":
    main()
