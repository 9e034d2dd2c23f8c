"""What both QuickFIX programs share: their configuration, fields of a message, and records that survive kill -9.

Run by the Python that has QuickFIX, so this file and the two programs import nothing of Kairos. QuickFIX writes its
store and calls the application in two steps: killed between them, it gives a message to the application twice, or has
kept one that was never sent. So the application keeps its own records, as every FIX application must: a line is with
the operating system before the call returns, which is all that a killed process needs.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import quickfix as fix

DICTIONARIES = Path(sys.prefix) / "share" / "quickfix"


class Records:
    """An append-only file of JSON lines; `rows` holds what was there and what is added."""

    def __init__(self, path: Path) -> None:
        self.rows: list[dict[str, Any]] = []
        if path.exists():
            self.rows = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def add(self, kind: str, **values: Any) -> None:
        row = {"kind": kind, **values}
        os.write(self._file, json.dumps(row).encode() + b"\n")
        self.rows.append(row)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["kind"] == kind]


def settings(folder: Path, role: str, port: int, version: str, sender: str, target: str) -> fix.SessionSettings:
    """`version`: FIX.4.2, FIX.4.4 or FIX.5.0SP2, the last over FIXT.1.1."""
    lines = [
        "[DEFAULT]", f"ConnectionType={role}", "StartTime=00:00:00", "EndTime=00:00:00", "HeartBtInt=5",
        "ReconnectInterval=1", "UseDataDictionary=Y", f"FileStorePath={folder / 'store'}", "SocketReuseAddress=Y",
        "SocketNodelay=Y", f"SocketConnectPort={port}" if role == "initiator" else f"SocketAcceptPort={port}",
        "SocketConnectHost=127.0.0.1", "[SESSION]", f"SenderCompID={sender}", f"TargetCompID={target}",
    ]  # fmt: skip
    name = version.replace(".", "")
    if version.startswith("FIX.5"):
        lines += [
            "BeginString=FIXT.1.1",
            f"DefaultApplVerID={version}",
            f"TransportDataDictionary={DICTIONARIES / 'FIXT11.xml'}",
            f"AppDataDictionary={DICTIONARIES / name}.xml",
        ]
    else:
        lines += [f"BeginString={version}", f"DataDictionary={DICTIONARIES / name}.xml"]
    path = folder / f"{role}.cfg"
    path.write_text("\n".join(lines) + "\n")
    return fix.SessionSettings(str(path))


def get(message: fix.FieldMap, tag: int) -> str:
    if not message.isSetField(tag):
        return ""
    field = fix.StringField(tag)
    message.getField(field)
    return str(field.getString())


def put(message: fix.FieldMap, fields: dict[int, str]) -> None:
    for tag, value in fields.items():
        if value:
            message.setField(fix.StringField(tag, value))


class Application(fix.Application):
    """Records each Reject(3) that either side sends: there should be none."""

    def __init__(self, records: Records) -> None:
        super().__init__()
        self.records = records
        self.session: fix.SessionID | None = None

    def onCreate(self, session_id: fix.SessionID) -> None: ...

    def onLogon(self, session_id: fix.SessionID) -> None:
        self.session = fix.SessionID(
            session_id.getBeginString().getValue(),
            session_id.getSenderCompID().getValue(),
            session_id.getTargetCompID().getValue(),
        )

    def onLogout(self, session_id: fix.SessionID) -> None:
        self.session = None

    def toAdmin(self, message: fix.Message, session_id: fix.SessionID) -> None:
        self._note_reject("we", message)

    def fromAdmin(self, message: fix.Message, session_id: fix.SessionID) -> None:
        self._note_reject("they", message)

    def toApp(self, message: fix.Message, session_id: fix.SessionID) -> None: ...

    def fromApp(self, message: fix.Message, session_id: fix.SessionID) -> None: ...

    def _note_reject(self, who: str, message: fix.Message) -> None:
        if get(message.getHeader(), 35) == "3":
            self.records.add("reject", by=who, text=message.toString().replace("\x01", "|"))

    def send(self, msg_type: str, fields: dict[int, str], poss_resend: bool = False) -> None:
        """Numbered and stored when this returns; sent now, or when the peer asks for it."""
        message = fix.Message()
        message.getHeader().setField(fix.MsgType(msg_type))
        if poss_resend:
            message.getHeader().setField(fix.PossResend(True))
        put(message, fields)
        message.setField(fix.TransactTime())
        session = self.session
        if session is not None:
            fix.Session.sendToTarget(message, session)
