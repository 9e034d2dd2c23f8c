"""A QuickFIX client: log on with quickfix.cfg, buy, print each report, log out. Needs `pip install quickfix`.

python quickfix_client.py quickfix.cfg XXX 100 160.00
"""

from __future__ import annotations

import sys
import time

import quickfix as fix


class Client(fix.Application):
    """Sends one order when the session is up."""

    def __init__(self, symbol: str, qty: float, price: float) -> None:
        super().__init__()
        self.symbol, self.qty, self.price = symbol, qty, price
        self.done = False

    def onCreate(self, session_id: fix.SessionID) -> None: ...

    def onLogon(self, session_id: fix.SessionID) -> None:
        print("logged on:", session_id)
        order = fix.Message()
        order.getHeader().setField(fix.MsgType(fix.MsgType_NewOrderSingle))
        order.setField(fix.ClOrdID(f"QF-{int(time.time() * 1000)}"))
        order.setField(fix.HandlInst("1"))
        order.setField(fix.Symbol(self.symbol))
        order.setField(fix.Side(fix.Side_BUY))
        order.setField(fix.TransactTime())
        order.setField(fix.OrderQty(self.qty))
        order.setField(fix.OrdType(fix.OrdType_LIMIT))
        order.setField(fix.Price(self.price))
        fix.Session.sendToTarget(order, session_id)

    def onLogout(self, session_id: fix.SessionID) -> None:
        print("logged out:", session_id)

    def toAdmin(self, message: fix.Message, session_id: fix.SessionID) -> None: ...

    def fromAdmin(self, message: fix.Message, session_id: fix.SessionID) -> None: ...

    def toApp(self, message: fix.Message, session_id: fix.SessionID) -> None: ...

    def fromApp(self, message: fix.Message, session_id: fix.SessionID) -> None:
        print(message.toString().replace("\x01", "|"))
        status = fix.OrdStatus()
        if message.isSetField(status.getField()):
            message.getField(status)
            self.done = status.getValue() in (fix.OrdStatus_FILLED, fix.OrdStatus_REJECTED, fix.OrdStatus_CANCELED)


def main() -> None:
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    settings = fix.SessionSettings(sys.argv[1])
    client = Client(sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
    initiator = fix.SocketInitiator(client, fix.FileStoreFactory(settings), settings, fix.FileLogFactory(settings))
    initiator.start()
    end = time.monotonic() + 30
    while not client.done and time.monotonic() < end:
        time.sleep(0.1)
    initiator.stop()


if __name__ == "__main__":
    main()
