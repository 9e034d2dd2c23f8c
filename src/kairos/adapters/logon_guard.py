"""Bounds on those who have not logged on yet: how many there may be, how often they may fail, who waits to be checked.

A stranger can cost us a socket, some bytes and a password check. Each has a bound here, in all and by address, so that
one address can neither take the places of all others nor guess for long. The time is an argument, in seconds.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

# Each session needs a place for a moment only, but after a cut of the network all come back at once.
MAX_PENDING: Final = 256
# A client's gateway opens its sessions at once, from one address; a desk has a few dozen of them.
MAX_PENDING_OF_ADDRESS: Final = 32
# At 50 ms a check the last in the queue has its answer after 1.6 s, well before peers give up a Logon.
MAX_CHECKS: Final = 32
# A person mistypes, a configuration is wrong and retries: that is a few times. Then it is quiet for a while, so that
# guessing goes at 5 tries in 5 minutes. An address behind which several clients sit is blocked for all of them.
MAX_FAILURES: Final = 5
BLOCK_S: Final = 300.0
MAX_ADDRESSES: Final = 4096  # of which failures are remembered; the oldest give way


class LogonGuard:
    def __init__(self) -> None:
        self._pending: dict[str, int] = {}
        self._total = 0
        self._checks = 0
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def enter(self, address: str, now_s: float) -> str:
        """A connection that is nobody's yet wants a place; why it may not have one, or empty."""
        if self.is_blocked(address, now_s):
            return f"{address} is blocked after {MAX_FAILURES} wrong passwords"
        if self._total >= MAX_PENDING:
            return f"{MAX_PENDING} connections have not logged on yet"
        if self._pending.get(address, 0) >= MAX_PENDING_OF_ADDRESS:
            return f"{MAX_PENDING_OF_ADDRESS} connections of {address} have not logged on yet"
        self._pending[address] = self._pending.get(address, 0) + 1
        self._total += 1
        return ""

    def leave(self, address: str) -> None:
        """It has logged on, or is gone."""
        self._total -= 1
        left = self._pending[address] - 1
        if left:
            self._pending[address] = left
        else:
            del self._pending[address]

    def begin_check(self) -> bool:
        """Whether one more password may wait to be checked."""
        if self._checks >= MAX_CHECKS:
            return False
        self._checks += 1
        return True

    def end_check(self) -> None:
        self._checks -= 1

    def failed(self, address: str, now_s: float) -> None:
        """A wrong password came from there."""
        count, since_s = self._failures.pop(address, (0, now_s))
        if now_s - since_s > BLOCK_S:
            count, since_s = 0, now_s
        count += 1
        self._failures[address] = (count, now_s if count >= MAX_FAILURES else since_s)
        if len(self._failures) > MAX_ADDRESSES:
            self._failures.popitem(last=False)

    def succeeded(self, address: str) -> None:
        self._failures.pop(address, None)

    def is_blocked(self, address: str, now_s: float) -> bool:
        count, since_s = self._failures.get(address, (0, 0.0))
        return count >= MAX_FAILURES and now_s - since_s <= BLOCK_S
