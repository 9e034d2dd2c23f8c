"""`kairos fix echo`: the small application that QuickFIX's acceptance definitions talk to.

It echoes orders, security definitions and emails, sorted by tag, and answers any other application message with
"Unsupported Message Type", as QuickFIX words it. A ClOrdID(11) that it has seen in this session is not echoed again
when PossResend(97) says that it may be a repeat. Its names and sessions are those that the definitions were written
for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kairos.fix import admin, tags
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.dictionary import Dictionary
from kairos.fix.groups import read_group
from kairos.fix.message import Message
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.specs import BODY
from kairos.fix.validate import ValidationRules
from kairos.fix_tools.memory_line import MemoryLine

SENDER_COMP_ID = "ISLD"

# BeginString(8), the peer's CompID, DefaultApplVerID(1137).
SESSIONS = (
    ("FIX.4.0", "TW40", ""),
    ("FIX.4.1", "TW41", ""),
    ("FIX.4.2", "TW42", ""),
    ("FIX.4.3", "TW43", ""),
    ("FIX.4.4", "TW44", ""),
    ("FIX.4.4", "TW", ""),
    ("FIX.4.4", "NO_CHECK_FIELDS_HAVE_VALUES", ""),
    ("FIXT.1.1", "TW50", "7"),
    ("FIXT.1.1", "TW50SP1", "8"),
    ("FIXT.1.1", "TW50SP2", "9"),
)

ORDER = "D"
ECHOED = frozenset((ORDER, "d", "C"))
# Who sent or relayed the message, and for whom: echoed as they came.
ROUTE = frozenset(
    (
        tags.SENDER_SUB_ID,
        tags.TARGET_SUB_ID,
        tags.ON_BEHALF_OF_COMP_ID,
        tags.ON_BEHALF_OF_SUB_ID,
        tags.ON_BEHALF_OF_LOCATION_ID,
        tags.DELIVER_TO_COMP_ID,
        tags.DELIVER_TO_SUB_ID,
        tags.DELIVER_TO_LOCATION_ID,
    )
)
UNSUPPORTED_MESSAGE_TYPE = 3  # BusinessRejectReason(380)


class EchoApplication:
    """One session's: it remembers the ClOrdIDs until the peer logs out."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._seen: set[str] = set()

    def on_message(self, line: MemoryLine, message: Message) -> None:
        if message.msg_type == tags.REJECT:
            return
        if message.msg_type not in ECHOED:
            self._refuse(line, message)
        elif not self._is_repeat(message):
            body = sorted_body(message, self._dictionary)
            route = b"".join(_field(message, at) for at in _indexes(message, ROUTE))
            line.send(message.msg_type, body, message.get(tags.POSS_RESEND) == "Y", route)

    def _refuse(self, line: MemoryLine, message: Message) -> None:
        """Over FIXT.1.1 with DefaultApplVerID(1137): the specification has no such field there, but QuickFIX has."""
        text = "Unsupported Message Type"
        if not line.session.config.version.has_reject_reasons:
            text = "Unsupported message type"  # QuickFIX spells it so in a Reject(3)
        appl_ver_id = line.session.config.default_appl_ver_id
        if not appl_ver_id:
            line.business_reject(message, UNSUPPORTED_MESSAGE_TYPE, text)
            return
        body = admin.business_reject_body(message, UNSUPPORTED_MESSAGE_TYPE, text)
        line.send(tags.BUSINESS_MESSAGE_REJECT, body + b"%d=%b\x01" % (tags.DEFAULT_APPL_VER_ID, appl_ver_id.encode()))

    def _is_repeat(self, message: Message) -> bool:
        if message.msg_type != ORDER:
            return False
        cl_ord_id = message.get(tags.CL_ORD_ID)
        if message.get(tags.POSS_RESEND) == "Y" and cl_ord_id in self._seen:
            return True
        self._seen.add(cl_ord_id)
        return False

    def on_refused(self, line: MemoryLine, message: Message, text: str) -> None: ...

    def on_logged_on(self, line: MemoryLine) -> None: ...

    def on_logged_out(self, line: MemoryLine, reason: str) -> None:
        self._seen.clear()

    def on_disconnect(self, line: MemoryLine, reason: str) -> None: ...


def sorted_body(message: Message, dictionary: Dictionary) -> bytes:
    """The fields of a valid message's body, encoded, with ascending tags; a group stays whole behind its count."""
    spec = dictionary.message(message.msg_type)
    assert spec is not None, "the session delivers what its dictionary has"
    pieces: list[tuple[int, bytes]] = []
    i = 0
    while i < message.count():
        tag = int(message.tags[i])
        member = spec.members.find(tag)
        behind = i + 1
        if member is not None and member.group is not None:
            entries = read_group(message, member.group)
            behind = int(entries[-1].end) if entries else behind
        if member is None or member.region == BODY:
            pieces.append((tag, b"".join(_field(message, at) for at in range(i, behind))))
        i = behind
    return b"".join(piece for _, piece in sorted(pieces, key=lambda piece: piece[0]))


def _indexes(message: Message, wanted: frozenset[int]) -> list[int]:
    return [at for at in range(message.count()) if message.tags[at] in wanted]


def _field(message: Message, at: int) -> bytes:
    return b"%d=%b\x01" % (message.tags[at], message.bytes_at(at))


def echo_lines(clock: Callable[[], int] = time.time_ns) -> dict[str, MemoryLine]:
    """A line for each session of the definitions, by its session id."""
    lines = {}
    for begin_string, target_comp_id, appl_ver_id in SESSIONS:
        values_present = target_comp_id != "NO_CHECK_FIELDS_HAVE_VALUES"
        config = SessionConfig(
            begin_string,
            SENDER_COMP_ID,
            target_comp_id,
            reset_on_logon=True,
            rules=ValidationRules(allow_user_defined=False, values_present=values_present),
            default_appl_ver_id=appl_ver_id,
        )
        dictionary = session_dictionary(begin_string, appl_ver_id)
        line = MemoryLine(Session(config, dictionary), EchoApplication(dictionary), clock)
        lines[line.session_id] = line
    return lines
