"""Drop copies: sessions that get a copy of every ExecutionReport(8), or of those of some clients or accounts. A
client's back office, a clearing firm, or the house's own risk system may have one.

A copy is numbered in the same batch as the event that it tells, and sent again like anything: who was away asks for
it. It says CopyMsgIndicator(797) Y where the version has it, is in the words of the copy's own session, and names the
client as a party in role 3, before FIX 4.3 as ClientID(109). Such a session only listens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kairos.adapters.fix_answers import answer, keep_complaint
from kairos.adapters.fix_line import REJECTS, FixLine
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.execution_report import ExecutionReport, execution_report_body
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.rejection import UNSUPPORTED_MESSAGE_TYPE, Rejection, RejectionKind
from kairos.adapters.fix_mapping.versions import Dialect, dialect_of
from kairos.fix import tags as t
from kairos.fix.errors import LocalError
from kairos.fix.message import Message
from kairos.model.events import Event, OrderEvent
from kairos.model.values import OrderDetails, Party
from kairos.ports import Book

CLIENT_ROLE: Final = "3"
"""PartyRole(452): Client ID."""
PROPRIETARY: Final = "D"
"""PartyIDSource(447): the id is ours."""


class DropCopy:
    """One session's agreement: whose reports it gets. With neither clients nor accounts named it gets all."""

    __slots__ = ("accounts", "clients", "dialect", "session_id")

    def __init__(self, session_id: str, version: str, clients: Sequence[str], accounts: Sequence[str]) -> None:
        dialect = dialect_of(version)
        if dialect is None:
            raise LocalError(f"session {session_id}: version {version!r} has no mapping")
        self.session_id: Final = session_id
        self.dialect: Final[Dialect] = dialect
        self.clients: Final = frozenset(clients)
        self.accounts: Final = frozenset(accounts)

    def wants(self, client_id: str, account_id: str) -> bool:
        return not (self.clients or self.accounts) or client_id in self.clients or account_id in self.accounts


class DropCopyGateway:
    """Serves every drop copy line."""

    def __init__(
        self, book: Book, directory: InstrumentDirectory, reports: ClientReports, copies: Sequence[DropCopy]
    ) -> None:
        self.lines: dict[str, FixLine] = {}
        self._book = book
        self._directory = directory
        self._reports = reports
        self._copies = copies

    def on_message(self, line: FixLine, message: Message) -> None:
        """It only listens."""
        if message.msg_type in REJECTS:
            keep_complaint(line, message)
            return
        text = f"MsgType(35) {message.msg_type!r} is not supported: this session gets copies and asks for nothing"
        kind, ref_id = RejectionKind.BUSINESS, message.get(t.CL_ORD_ID)
        answer(line, message, Rejection(kind, UNSUPPORTED_MESSAGE_TYPE, t.MSG_TYPE, text, ref_id))

    def on_event(self, event: Event, _seq: int) -> None:
        for session, body in self.copies_of(event):
            line = self.lines.get(session)
            if line is not None:
                line.send(t.EXECUTION_REPORT, body)

    def copies_of(self, event: Event) -> list[tuple[str, bytes]]:
        """Session and body of each copy of the report that the event makes; none of what is no ExecutionReport(8)."""
        if not self._copies or not isinstance(event, OrderEvent):
            return []
        report = self._reports.execution_of(event)
        if report is None:
            return []
        client_id = self._client_of(event, report)
        wanting = [copy for copy in self._copies if copy.wants(client_id, report.account_id)]
        if not wanting:
            return []
        report.is_copy = True
        report.details = naming_client(report.details, client_id)
        listing = self._directory.listing(report.instrument_id)
        return [(copy.session_id, execution_report_body(report, listing, copy.dialect)) for copy in wanting]

    def _client_of(self, event: OrderEvent, report: ExecutionReport) -> str:
        said: str = getattr(event, "client_id", "")
        return said or (self._book.order(report.order_id).client_id if report.order_id else "")

    def on_logged_on(self, line: FixLine) -> None:
        """What it missed is in the journal, and it asks for it."""

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """Copies go on being numbered for it."""


def naming_client(details: OrderDetails, client_id: str) -> OrderDetails:
    """The same details with the client among the parties, unless the order names one itself."""
    if not client_id or any(party.role == CLIENT_ROLE for party in details.parties):
        return details
    parties = (*details.parties, Party(client_id, PROPRIETARY, CLIENT_ROLE, ()))
    values = [parties if name == "parties" else getattr(details, name) for name in details.names()]
    make: Callable[..., OrderDetails] = OrderDetails
    return make(*values)
