"""A careful QuickFIX client: orders at a steady rate, each until it is answered. Killed, it goes on where it was.

quickfix_client.py FOLDER PORT VERSION SENDER TARGET COUNT RATE

An order is recorded before QuickFIX has it. One that was never answered is sent again with PossResend(97)=Y, once the
session has had time to bring what was missed.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path

import quickfix as fix
from quickfix_peer import Application, Records, get, settings

CATCH_UP_S = 2.0


class Client(Application):
    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self.answered = {row["cl_ord_id"] for row in records.of("report")}
        self.logged_on_at = 0.0

    def onLogon(self, session_id: fix.SessionID) -> None:
        super().onLogon(session_id)
        self.logged_on_at = time.monotonic()

    def fromApp(self, message: fix.Message, session_id: fix.SessionID) -> None:
        header = message.getHeader()
        msg_type = get(header, 35)
        if msg_type != "8":
            self.records.add("other", text=message.toString().replace("\x01", "|"))
            return
        cl_ord_id = get(message, 11)
        self.records.add(
            "report", cl_ord_id=cl_ord_id, exec_id=get(message, 17), exec_type=get(message, 150),
            ord_status=get(message, 39), last_qty=get(message, 32), cum_qty=get(message, 14), text=get(message, 58),
            exec_trans_type=get(message, 20), seq=int(get(header, 34)), poss_dup=get(header, 43),
        )  # fmt: skip
        self.answered.add(cl_ord_id)

    def order(self, cl_ord_id: str, price: str, poss_resend: bool) -> None:
        terms = {11: cl_ord_id, 21: "1", 38: "10", 40: "2", 44: price, 54: "1", 55: "XXX", 59: "0"}
        self.send("D", terms, poss_resend)


def trade(client: Client, count: int, rate: float, stop: threading.Event) -> None:
    """Until each order is answered, or `stop` is set."""
    wanted = {row["cl_ord_id"]: row["price"] for row in client.records.of("want")}
    under_way: set[str] = set()
    while not stop.wait(1 / rate):
        if client.session is None:
            under_way.clear()
            continue
        if time.monotonic() - client.logged_on_at < CATCH_UP_S:
            continue
        for cl_ord_id in [each for each in wanted if each not in client.answered and each not in under_way]:
            under_way.add(cl_ord_id)
            client.records.add("again", cl_ord_id=cl_ord_id)
            client.order(cl_ord_id, wanted[cl_ord_id], True)
        if len(wanted) < count:
            cl_ord_id, price = f"Q{len(wanted)}", "161.00" if len(wanted) % 2 else "153.00"
            wanted[cl_ord_id] = price
            under_way.add(cl_ord_id)
            client.records.add("want", cl_ord_id=cl_ord_id, price=price)
            client.order(cl_ord_id, price, False)
        elif all(cl_ord_id in client.answered for cl_ord_id in wanted):
            client.records.add("complete")
            return


def main() -> None:
    folder, port, version, sender, target, count, rate = sys.argv[1:]
    records = Records(Path(folder) / "records")
    client = Client(records)
    config = settings(Path(folder), "initiator", int(port), version, sender, target)
    initiator = fix.SocketInitiator(client, fix.FileStoreFactory(config), config)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    initiator.start()
    trade(client, int(count), float(rate), stop)
    while not stop.wait(0.2):
        pass
    initiator.stop()


if __name__ == "__main__":
    main()
