"""Messages as they were on the wire, and as writers of logs put them down."""

from __future__ import annotations

from kairos.fix_tools.analysis import Analyzer, LogMessage
from kairos.fix_tools.dictionaries import Dictionaries
from kairos.fix_tools.log_reader import FoundMessage, LogReader

_HEADER = "49=BUYSIDE|56=BROKER|52=20261122-09:30:00.000|"


def message(text: str, begin_string: str = "FIX.4.4") -> bytes:
    """The message whose body, from MsgType(35) on, is `text`; `|` stands for SOH, and a backquote for `|`."""
    return framed(text.replace("|", "\x01").replace("`", "|").encode(), begin_string)


def framed(body: bytes, begin_string: str = "FIX.4.4") -> bytes:
    head = b"8=%s\x019=%d\x01" % (begin_string.encode(), len(body)) + body
    return head + b"10=%03d\x01" % (sum(head) & 255)


def order(cl_ord_id: str = "A1", seq: int = 2, more: str = "") -> bytes:
    return message(
        f"35=D|34={seq}|{_HEADER}11={cl_ord_id}|21=1|55=IBM|54=1|60=20261122-09:30:00|38=100|40=2|44=28.41|{more}"
    )


def logon(seq: int = 1, more: str = "") -> bytes:
    return message(f"35=A|34={seq}|{_HEADER}98=0|108=30|{more}")


def admin(msg_type: str, seq: int, more: str = "") -> bytes:
    return message(f"35={msg_type}|34={seq}|{_HEADER}{more}")


def found_in(text: bytes, chunk: int = 1_000_000) -> list[FoundMessage]:
    chunks = (text[at : at + chunk] for at in range(0, len(text), chunk))
    return list(LogReader("a.log").messages(chunks))


def frames_in(text: bytes, chunk: int = 1_000_000) -> list[bytes]:
    return [found.frame for found in found_in(text, chunk)]


def read(text: bytes, dictionaries: Dictionaries | None = None) -> list[LogMessage]:
    analyzer = Analyzer(dictionaries or Dictionaries())
    return [analyzer.take(found) for found in found_in(text)]


def codes(text: bytes) -> list[list[str]]:
    """The reasons against each message."""
    return [[problem.code for problem in message.problems] for message in read(text)]
