"""Who counts and logs what FIX lines do."""

from __future__ import annotations

from typing import Protocol


class LineObserver(Protocol):
    def fix_received(self, session: str, count: int) -> None: ...

    def fix_sent(self, session: str, count: int) -> None: ...

    def fix_state(self, session: str, up: bool, reason: str) -> None: ...

    def fix_given_up(self, session: str, count: int) -> None:
        """Numbers begin anew: so many messages, numbered while nobody was there, can't be asked for any more."""

    def fix_defect(self, session: str, error: Exception) -> None:
        """Our own code failed over a message or a session's change of state."""
