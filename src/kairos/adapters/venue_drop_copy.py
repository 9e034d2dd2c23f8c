"""A venue's drop copy: a session that only tells us what became of orders at the venue, ours among others'.

It resolves what the order session left UNKNOWN. Whether it is up says nothing of the venue: orders go over the other.
"""

from __future__ import annotations

from kairos.adapters.fix_answers import answer, keep_complaint
from kairos.adapters.fix_line import REJECTS, FixLine
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.venue_in import copied_command_of
from kairos.fix.message import Message
from kairos.fix.versions import APPL_VERSIONS
from kairos.ports import Writer


class VenueDropCopy:
    """Serves the drop copy line of one venue."""

    def __init__(self, venue_id: str, writer: Writer) -> None:
        self._venue_id = venue_id
        self._writer = writer

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.msg_type in REJECTS:
            keep_complaint(line, message)
            return
        version = APPL_VERSIONS.get(line.session.config.default_appl_ver_id, "")
        command = copied_command_of(message, self._venue_id, version)
        if isinstance(command, Rejection):
            answer(line, message, command)
        elif command is not None:
            self._writer.submit(command)

    def on_logged_on(self, line: FixLine) -> None:
        """What was told while it was down comes again by its numbers."""

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """Orders go on."""
