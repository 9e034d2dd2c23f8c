"""Waits for what the client is to do. What comes instead, or too late, is a `StepFailed` in words with tags."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

from kairos.fix import tags
from kairos.fix.message import Message
from kairos.fix_tools.certify.broker import Arrival, Broker, Down
from kairos.fix_tools.certify.cases import Step
from kairos.fix_tools.certify.wording import in_words, message_name

# What may come at any time without being wrong, unless it is what the step waits for.
UNREMARKABLE: Final = frozenset(
    (tags.HEARTBEAT, tags.TEST_REQUEST, tags.RESEND_REQUEST, tags.SEQUENCE_RESET, tags.LOGON)
)
# Longer than a slow client needs to answer the protocol, on top of the heartbeat interval.
ANSWER_S: Final = 10.0


class StepFailed(Exception):
    """The client did not do what the script expects; the case ends."""


class Watch:
    """Reads one client's inbox; `take` is given each message that is let pass."""

    def __init__(self, broker: Broker, timeout_s: float, take: Callable[[Message], None]) -> None:
        self._broker = broker
        self._timeout_s = timeout_s
        self._take = take

    async def _arrival(self, seconds: float) -> Arrival | None:
        try:
            return await asyncio.wait_for(self._broker.inbox.get(), max(seconds, 0.001))
        except TimeoutError:
            return None

    async def next(self, msg_type: str, step: Step) -> Message:
        """The next message of this type; anything else that is remarkable fails the step."""
        wanted = message_name(msg_type, self._broker.dictionary)
        end = time.monotonic() + self._patience(msg_type)
        while True:
            arrival = await self._arrival(end - time.monotonic())
            if arrival is None:
                raise StepFailed(f"expected {wanted}{_conditions(step)}, nothing came in time")
            if isinstance(arrival, Down):
                if msg_type == tags.LOGON:
                    continue
                raise StepFailed(f"expected {wanted}, but the connection ended: {arrival.reason}")
            if arrival.msg_type == msg_type and self._is_meant(arrival, step):
                return arrival
            if arrival.msg_type not in UNREMARKABLE:
                raise StepFailed(f"expected {wanted}{_conditions(step)}, got {self.told(arrival)}")

    def _patience(self, msg_type: str) -> float:
        if msg_type in (tags.HEARTBEAT, tags.TEST_REQUEST, tags.RESEND_REQUEST, tags.LOGOUT):
            return ANSWER_S + 1.5 * self._broker.heart_bt_int_s
        return self._timeout_s

    def _is_meant(self, message: Message, step: Step) -> bool:
        """A Heartbeat is meant when it answers what was asked: others come whenever they are due."""
        if message.msg_type != tags.HEARTBEAT:
            return True
        wanted = step.fields.get(112)
        return message.get(112) == wanted if wanted else not message.has(112) or 112 not in step.fields

    async def nothing(self, msg_type: str | None, seconds: float) -> None:
        """No application message, or none of that type."""
        end = time.monotonic() + seconds
        while (arrival := await self._arrival(end - time.monotonic())) is not None:
            if isinstance(arrival, Down):
                raise StepFailed(f"expected the line to stay up, but it ended: {arrival.reason}")
            if arrival.msg_type == msg_type or (msg_type is None and arrival.msg_type not in UNREMARKABLE):
                raise StepFailed(f"expected no {msg_type or 'message'}, got {self.told(arrival)}")
            self._take(arrival)

    async def disconnect(self) -> None:
        end = time.monotonic() + ANSWER_S + 3 * self._broker.heart_bt_int_s
        while (arrival := await self._arrival(end - time.monotonic())) is not None:
            if isinstance(arrival, Down):
                return
        raise StepFailed("expected the client to end the connection, it is still up")

    async def gap_answer(self, missed: int) -> None:
        """The missed number, as a gap fill that passes over it or with PossDupFlag(43)."""
        end = time.monotonic() + ANSWER_S
        while (arrival := await self._arrival(end - time.monotonic())) is not None:
            if isinstance(arrival, Down):
                raise StepFailed(f"expected an answer to our ResendRequest(2), the connection ended: {arrival.reason}")
            if arrival.msg_type == tags.SEQUENCE_RESET and arrival.seq_num <= missed:
                return self._check_gap_fill(arrival, missed)
            if arrival.seq_num == missed:
                return self._check_possible_duplicate(arrival)
        raise StepFailed(f"expected MsgSeqNum(34)={missed} again or a gap fill over it, nothing came in time")

    def _check_gap_fill(self, message: Message, missed: int) -> None:
        if message.get(123) != "Y" or message.get_int(36) <= missed:
            raise StepFailed(f"expected GapFillFlag(123)=Y and NewSeqNo(36) beyond {missed}, got {self.told(message)}")

    def _check_possible_duplicate(self, message: Message) -> None:
        if message.get(43) != "Y" or not message.has(122):
            raise StepFailed(
                f"expected PossDupFlag(43)=Y and OrigSendingTime(122) in what is sent again, got {self.told(message)}"
            )
        self._take(message)

    def told(self, message: Message) -> str:
        return in_words(message, self._broker.dictionary)


def fits(message: Message, step: Step) -> bool:
    """Whether a message is what an `expect` waits for."""
    return message.msg_type == step.argument(0) and all(
        holds(message, tag, value) for tag, value in step.fields.items()
    )


def holds(message: Message, tag: int, value: str | None) -> bool:
    if value is None:
        return not message.has(tag)
    return message.has(tag) and (value == "*" or _same(message.get(tag), value))


def _same(found: str, wanted: str) -> bool:
    """Numbers by value: 100 is 100.00."""
    try:
        return Decimal(found) == Decimal(wanted)
    except InvalidOperation:
        return found == wanted


def _conditions(step: Step) -> str:
    wanted = [f"{tag}={value}" for tag, value in step.fields.items() if value is not None]
    return f" with {' '.join(wanted)}" if wanted else ""
