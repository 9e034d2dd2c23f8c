"""A QuickFIX-Python acceptor that validates by its FIX44.xml, keeps a FileStore, and answers each order.

    .venv-interop/bin/python -m bench.peers.quickfix_python FOLDER PORT

It checks nothing about an order, keeps no book and never syncs: what its session layer and one answer cost.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import quickfix as fix

DICTIONARY = Path(sys.prefix) / "share" / "quickfix" / "FIX44.xml"


class Desk(fix.Application):  # type: ignore[misc]
    """Answers NewOrderSingle with ExecutionReport, ExecType New."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def onCreate(self, session_id: fix.SessionID) -> None: ...
    def onLogon(self, session_id: fix.SessionID) -> None: ...
    def onLogout(self, session_id: fix.SessionID) -> None: ...
    def toAdmin(self, message: fix.Message, session_id: fix.SessionID) -> None: ...
    def fromAdmin(self, message: fix.Message, session_id: fix.SessionID) -> None: ...
    def toApp(self, message: fix.Message, session_id: fix.SessionID) -> None: ...

    def fromApp(self, message: fix.Message, session_id: fix.SessionID) -> None:
        self.count += 1
        report = fix.Message()
        report.getHeader().setField(fix.MsgType("8"))
        for tag in (1, 11, 38, 44, 54, 55):
            field = fix.StringField(tag)
            message.getField(field)
            report.setField(field)
        for tag, value in ((6, "0"), (14, "0"), (17, f"E{self.count}"), (37, f"V{self.count}"), (39, "0"), (150, "0")):
            report.setField(fix.StringField(tag, value))
        report.setField(fix.StringField(151, "100"))
        report.setField(fix.TransactTime())
        fix.Session.sendToTarget(report, session_id)


def settings(folder: Path, port: int) -> fix.SessionSettings:
    path = folder / "acceptor.cfg"
    path.write_text(
        "\n".join(
            (
                "[DEFAULT]", "ConnectionType=acceptor", "StartTime=00:00:00", "EndTime=00:00:00",
                "UseDataDictionary=Y", f"DataDictionary={DICTIONARY}", f"FileStorePath={folder / 'store'}",
                "SocketNodelay=Y", f"SocketAcceptPort={port}", "[SESSION]", "BeginString=FIX.4.4",
                "SenderCompID=KAIROS", "TargetCompID=ACME", "",
            )
        )
    )  # fmt: skip
    return fix.SessionSettings(str(path))


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    config = settings(folder, port)
    acceptor = fix.SocketAcceptor(Desk(), fix.FileStoreFactory(config), config)
    acceptor.start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
