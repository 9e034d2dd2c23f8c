"""The venues' side: what the desk wants of a venue becomes messages, what the venue reports becomes commands."""

from __future__ import annotations

from kairos.adapters.fix_answers import answer, keep_complaint
from kairos.adapters.fix_line import REJECTS, FixLine
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.venue_in import command_of
from kairos.adapters.fix_mapping.venue_out import VenueRequests
from kairos.adapters.sent_messages import SentMessages
from kairos.fix.message import Message
from kairos.fix.versions import APPL_VERSIONS
from kairos.model.commands import SetVenueState
from kairos.model.events import Event, RouteRequested
from kairos.ports import Writer


class VenueOrders:
    """Sends what the desk wants of venues, each over its own line."""

    def __init__(self, requests: VenueRequests) -> None:
        self.lines: dict[str, FixLine] = {}
        self._requests = requests

    def on_event(self, event: Event, _seq: int) -> None:
        request = self._requests.request_of(event)
        if request is None:
            return
        venue_id, msg_type, body = request
        line = self.lines.get(venue_id)
        if line is not None:
            line.send(msg_type, body, isinstance(event, RouteRequested) and event.poss_resend)


class VenueGateway:
    """Serves the order line of one venue."""

    def __init__(self, venue_id: str, writer: Writer, sent: SentMessages) -> None:
        self.venue_id = venue_id
        self._writer = writer
        self._sent = sent

    def on_message(self, line: FixLine, message: Message) -> None:
        version = APPL_VERSIONS.get(line.session.config.default_appl_ver_id, "")
        command = command_of(message, self.venue_id, lambda seq: self._what_we_sent(line.session_id, seq), version)
        if command is not None and not isinstance(command, Rejection):
            self._writer.submit(command)
        elif message.msg_type in REJECTS:
            keep_complaint(line, message)
        elif command is not None:
            answer(line, message, command)

    def _what_we_sent(self, session: str, seq: int) -> tuple[str, bytes] | None:
        found = self._sent.find(session, seq)
        return None if found is None else (found.msg_type, found.body)

    def on_logged_on(self, line: FixLine) -> None:
        self._writer.submit(SetVenueState(self.venue_id, True))

    def ask_again(self) -> None:
        """The venue asked for messages again and got a gap fill. Among them may be what we sent since it logged on,
        which it threw away as too early, questions and all: ask anew, as if its session had just come up."""
        self._writer.submit(SetVenueState(self.venue_id, False))
        self._writer.submit(SetVenueState(self.venue_id, True))

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        self._writer.submit(SetVenueState(self.venue_id, False))
