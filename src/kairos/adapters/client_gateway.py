"""The clients' side: what their FIX sessions ask becomes commands, what happens to their orders becomes reports."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_answers import answer, keep_complaint
from kairos.adapters.fix_line import REJECTS, Application, FixLine
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.client_out import ClientReport, ClientReports
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.lists_out import ListReports
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.requests_in import command_of
from kairos.adapters.fix_pace import SessionPace
from kairos.adapters.lost_sessions import LostSessions
from kairos.fix.message import Message
from kairos.model.commands import RefuseRequest
from kairos.model.events import Event, ListEvent
from kairos.model.nested import encode_commands
from kairos.ports import Writer

NO_PACES: Final[dict[str, SessionPace]] = {}


class ClientGateway(Application):
    """Serves every client line. `doors` says, by session, whose it is; `paces`, what pace is agreed."""

    def __init__(
        self,
        writer: Writer,
        directory: InstrumentDirectory,
        reports: ClientReports,
        lists: ListReports,
        doors: dict[str, ClientDoor],
        losses: LostSessions,
        paces: dict[str, SessionPace] = NO_PACES,
    ) -> None:
        self.lines: dict[str, FixLine] = {}
        self._losses = losses
        self._writer = writer
        self._directory = directory
        self._reports = reports
        self._lists = lists
        self._doors = doors
        self._paces = paces

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.msg_type in REJECTS:
            keep_complaint(line, message)
            return
        pace = self._paces.get(line.session_id) if self._paces else None
        refusal = None if pace is None else pace.refusal_of(message, self._writer.now_ns())
        command = command_of(message, self._doors[line.session_id], self._directory)
        if isinstance(command, Rejection):
            answer(line, message, command)
        elif refusal is None:
            self._writer.submit(command)
        else:
            self._writer.submit(RefuseRequest(encode_commands([command]), refusal.code, refusal.context))

    def on_event(self, event: Event, _seq: int) -> None:
        """Tell the client whose order it is, numbered now and sent when durable, whether he is logged on or not."""
        report = self._reports.reports_of(event)
        if report is not None:
            self._send(report)
        elif isinstance(event, ListEvent):
            for part in self._lists.reports_of(event):
                self._send(part)

    def _send(self, report: ClientReport) -> None:
        session, msg_type, body = report
        line = self.lines.get(session)
        if line is not None:
            line.send(msg_type, body)

    def on_logged_on(self, line: FixLine) -> None:
        """What he missed is in the journal, and his session asks for it."""
        self._losses.back(line.session_id)

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """His orders keep working, unless cancel-on-disconnect is agreed with him."""
        self._losses.lost(line.session_id, line.ended_by_wish)
