"""What operators ask of FIX sessions while the engine runs: how they stand, new numbers, a resend, a sign of life.

Questions come over the link (`ASK` in `link_frames`), and answers are plain values for JSON. Who changes something must
have the role for it, and new numbers are journaled with the person's name. A wish that can't be granted is an
`AskError` that says what to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import Final

from kairos.adapters.fix_door import peer_of
from kairos.adapters.fix_line import FixLine
from kairos.adapters.link_frames import AskError
from kairos.adapters.session_hours import SessionGates
from kairos.fix.errors import LocalError
from kairos.model.enums import ResetReason
from kairos.ports import Log, Writer

Ask = Mapping[str, object]

# Longer than a session waits for the answer to its Logout.
DISCONNECT_TIMEOUT_S: Final = 8.0
# A peer answers a TestRequest at once; a wait of minutes would tell no more than this.
TEST_TIMEOUT_S: Final = 10.0
MAX_SEQ_NUM: Final = 999_999_999


class FixOperator:
    """`lines` are all of the engine's, `roles` says what each serves ("client ACME"); `refusal(user)` says why a person
    may not change sessions, and is empty when he may."""

    def __init__(
        self,
        lines: Mapping[str, FixLine],
        roles: Mapping[str, str],
        gates: SessionGates,
        writer: Writer,
        refusal: Callable[[str], str],
        log: Log,
    ) -> None:
        self._lines: Final = lines
        self._roles: Final = roles
        self._gates: Final = gates
        self._writer: Final = writer
        self._refusal: Final = refusal
        self._log: Final = log
        self._tests: Final[dict[str, asyncio.Future[None]]] = {}
        self._tests_made = 0
        self.asks: Final[dict[str, Callable[[str, Ask], Awaitable[object]]]] = {
            "fix.sessions": self._sessions,
            "fix.reset": self._reset,
            "fix.resend": self._resend,
            "fix.send_test": self._send_test,
        }
        for line in lines.values():
            line.on_test_answered = self._test_answered

    async def _sessions(self, user_id: str, ask: Ask) -> object:
        return [self._standing(line) for line in self._lines.values()]

    def _standing(self, line: FixLine) -> dict[str, object]:
        transport, request = line.pipe.transport, line.pump.request
        hours = self._gates.hours.get(line.session_id)
        peer = peer_of(transport) if transport is not None else None
        return {
            "session": line.session_id,
            "serves": self._roles.get(line.session_id, ""),
            "state": line.session.state.value,
            "next_in": int(line.session.next_in),
            "next_out": int(line.session.next_out),
            "peer": peer.address if peer is not None else "",
            "tls": peer is not None and peer.encrypted,
            "logged_on_since_ns": line.logged_on_ns if line.logged_on else 0,
            "last_in_ns": line.last_in_ns,
            "last_out_ns": line.last_out_ns,
            "schedule": str(hours.config) if hours is not None else "",
            "closed": self._gates.closed(line.session_id, self._writer.now_ns()),
            "unread_bytes": line.pipe.unread_bytes(),
            "held": line.pump.held,
            "resending_from": int(request.begin) if request is not None else 0,
        }

    async def _reset(self, user_id: str, ask: Ask) -> object:
        """New numbers, while the session is down; with `logout` it is logged out first."""
        line = self._for_change(user_id, ask)
        next_in, next_out = _number(ask, "next_in", 0), _number(ask, "next_out", 0)
        if not next_in and not next_out:
            next_in = next_out = 1
        next_in, next_out = next_in or int(line.session.next_in), next_out or int(line.session.next_out)
        self._gates.held.add(line.session_id)
        try:
            if line.connected and not ask.get("logout"):
                raise AskError(f"{line.session_id} is {line.session.state.value}; log it out first: --logout")
            await self._bring_down(line)
            line.reset(ResetReason.OPERATOR.value, user_id, next_in, next_out)
        except LocalError as error:
            raise AskError(str(error)) from error
        finally:
            self._gates.held.discard(line.session_id)
        self._log.warning("numbers set", session=line.session_id, user=user_id, next_in=next_in, next_out=next_out)
        return {"session": line.session_id, "next_in": next_in, "next_out": next_out}

    async def _bring_down(self, line: FixLine) -> None:
        if line.connected:
            line.logout("an operator sets the sequence numbers anew")
        deadline = asyncio.get_running_loop().time() + DISCONNECT_TIMEOUT_S
        while line.connected:
            if asyncio.get_running_loop().time() > deadline:
                raise AskError(f"{line.session_id} did not disconnect in {DISCONNECT_TIMEOUT_S:.0f} s; try again")
            await asyncio.sleep(0.02)

    async def _resend(self, user_id: str, ask: Ask) -> object:
        """What we sent goes out again as PossDup, as if the peer had asked."""
        line = self._for_change(user_id, ask)
        begin, end = _number(ask, "begin", 1), _number(ask, "end", 0)
        if line.keeps_orders_back:
            raise AskError(f"{line.session_id} leads to a venue: an order is never sent twice")
        try:
            line.resend(begin, end)
        except LocalError as error:
            raise AskError(str(error)) from error
        self._log.warning("resend by an operator", session=line.session_id, user=user_id, begin=begin, end=end)
        return {"session": line.session_id, "begin": begin, "end": end or int(line.session.next_out) - 1}

    async def _send_test(self, user_id: str, ask: Ask) -> object:
        """A TestRequest(1), and how long its Heartbeat(0) took."""
        line = self._for_change(user_id, ask)
        self._tests_made += 1
        test_req_id = f"OPERATOR-{self._writer.now_ns()}-{self._tests_made}"
        answered = self._tests[test_req_id] = asyncio.get_running_loop().create_future()
        began = perf_counter()
        try:
            line.test(test_req_id)
            await asyncio.wait_for(answered, TEST_TIMEOUT_S)
        except LocalError as error:
            raise AskError(str(error)) from error
        except TimeoutError:
            raise AskError(f"{line.session_id} gave no Heartbeat in {TEST_TIMEOUT_S:.0f} s") from None
        finally:
            self._tests.pop(test_req_id, None)
        return {"session": line.session_id, "round_trip_us": int((perf_counter() - began) * 1_000_000)}

    def _test_answered(self, test_req_id: str) -> None:
        answered = self._tests.get(test_req_id)
        if answered is not None and not answered.done():
            answered.set_result(None)

    def _for_change(self, user_id: str, ask: Ask) -> FixLine:
        why = self._refusal(user_id)
        if why:
            raise AskError(why)
        return self._find(str(ask.get("session", "")))

    def _find(self, name: str) -> FixLine:
        """By the session's whole name, or by the peer's CompID where that says which."""
        if name in self._lines:
            return self._lines[name]
        found = [line for line in self._lines.values() if line.session.config.target_comp_id == name]
        if len(found) == 1:
            return found[0]
        known = ", ".join(self._lines) or "none"
        if found:
            raise AskError(f"{name!r} names {len(found)} sessions; give one in full: {known}")
        raise AskError(f"no session {name!r}; the sessions are: {known}")


def _number(ask: Ask, field: str, default: int) -> int:
    value = ask.get(field, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_SEQ_NUM:
        raise AskError(f"{field} {value!r} must be a whole number from 1 to {MAX_SEQ_NUM}")
    return value
