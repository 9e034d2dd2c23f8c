"""What a session asks of its caller, in the order in which it must happen.

The caller journals what a batch of outputs means (numbers, bodies, epochs) and performs their effects, in the same
order, only when the batch is durable. `connection` tells which transport a frame belongs to, counted by
`Session.connected()`: a frame whose transport is gone by then must not go to the next one (`Session.is_current()`).
NO_CONNECTION: the message is numbered and kept, and the peer asks for it when it comes back.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from mypy_extensions import i64, mypyc_attr

from kairos.fix.message import Message

NO_CONNECTION: Final[i64] = -1
"""Never the number of a transport."""


@mypyc_attr(acyclic=True)
class Received:
    """The next inbound MsgSeqNum(34) that we expect has advanced to `next_in`."""

    __slots__ = ("next_in",)

    def __init__(self, next_in: i64) -> None:
        self.next_in: Final = next_in


@mypyc_attr(acyclic=True)
class Deliver:
    """A message for the application, in sequence, once, and valid by the dictionary.

    Reject(3) is delivered too: what the peer's session refused may be an order of ours.
    """

    __slots__ = ("message",)

    def __init__(self, message: Message) -> None:
        self.message: Final = message


@mypyc_attr(acyclic=True)
class Refused:
    """An inbound message that was answered with Reject(3) and not delivered; no `ref_tag`: no one field is to blame.

    Passwords in it are masked.
    """

    __slots__ = ("message", "reason", "ref_tag", "text")

    def __init__(self, message: Message, reason: int, ref_tag: int | None, text: str) -> None:
        self.message: Final = message
        self.reason: Final = reason
        self.ref_tag: Final = ref_tag
        self.text: Final = text


@mypyc_attr(acyclic=True)
class Sent:
    """A newly numbered message: keep its number, and if `resendable` what `SentMessage` holds; then write the frame.

    `header` is its header fields beyond those that every message has.
    """

    __slots__ = (
        "body",
        "connection",
        "frame",
        "header",
        "msg_type",
        "poss_resend",
        "resendable",
        "sending_time",
        "seq",
    )

    def __init__(
        self,
        seq: i64,
        msg_type: str,
        body: bytes,
        sending_time: bytes,
        frame: bytes,
        resendable: bool,
        poss_resend: bool,
        connection: i64,
        header: bytes = b"",
    ) -> None:
        self.seq: Final = seq
        self.msg_type: Final = msg_type
        self.body: Final = body
        self.sending_time: Final = sending_time
        self.frame: Final = frame
        self.resendable: Final = resendable
        self.poss_resend: Final = poss_resend
        self.connection: Final = connection
        self.header: Final = header


@mypyc_attr(acyclic=True)
class Write:
    """Bytes that take no new number: resent messages and gap fills."""

    __slots__ = ("connection", "frame")

    def __init__(self, frame: bytes, connection: i64) -> None:
        self.frame: Final = frame
        self.connection: Final = connection


@mypyc_attr(acyclic=True)
class SequenceReset:
    """A new epoch of numbers: messages kept from before it must never be resent in it."""

    __slots__ = ("next_in", "next_out")

    def __init__(self, next_in: i64, next_out: i64) -> None:
        self.next_in: Final = next_in
        self.next_out: Final = next_out


@mypyc_attr(acyclic=True)
class ResendNeeded:
    """The peer asked for `begin`..`end` (0: to the last); hand it to `Session.resend()` with what the journal keeps.

    Until it is answered to its end, perhaps in pieces, no other is given.
    """

    __slots__ = ("begin", "connection", "end", "epoch")

    def __init__(self, begin: i64, end: i64, connection: i64, epoch: i64) -> None:
        self.begin: Final = begin
        self.end: Final = end
        self.connection: Final = connection
        self.epoch: Final = epoch


@mypyc_attr(acyclic=True)
class TestAnswered:
    """The peer answered a TestRequest(1) with a Heartbeat(0) that carries its TestReqID(112)."""

    __slots__ = ("test_req_id",)

    def __init__(self, test_req_id: str) -> None:
        self.test_req_id: Final = test_req_id


@mypyc_attr(acyclic=True)
class LoggedOn:
    """Both Logons are through; application messages go to the wire from here on."""

    __slots__ = ()


@mypyc_attr(acyclic=True)
class LoggedOut:
    """The session that `LoggedOn` announced has ended."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason: Final = reason


@mypyc_attr(acyclic=True)
class Disconnect:
    """Close the transport after writing what came before; then call `Session.disconnected()`."""

    __slots__ = ("connection", "reason")

    def __init__(self, reason: str, connection: i64) -> None:
        self.reason: Final = reason
        self.connection: Final = connection


Output: TypeAlias = (
    Received
    | Deliver
    | Refused
    | Sent
    | Write
    | SequenceReset
    | ResendNeeded
    | TestAnswered
    | LoggedOn
    | LoggedOut
    | Disconnect
)
