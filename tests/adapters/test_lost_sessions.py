"""Cancel on disconnect: who lost his session has his orders taken back, after the grace, and only then."""

from __future__ import annotations

from kairos.adapters.config_fix import CancelOnDisconnect
from kairos.adapters.lost_sessions import LostSessions
from kairos.model.commands import CancelSessionOrders, Command
from kairos.model.events import Event

SECOND = 1_000_000_000


class Writer:
    def __init__(self) -> None:
        self.now = 0
        self.given: list[Command] = []

    def now_ns(self) -> int:
        return self.now

    def submit(self, command: Command) -> list[Event]:
        self.given.append(command)
        return []


class Log:
    def warning(self, event: str, **fields: object) -> None: ...


def sessions(**agreed: CancelOnDisconnect) -> tuple[LostSessions, Writer]:
    writer = Writer()
    return LostSessions(writer, agreed, Log()), writer  # type: ignore[arg-type]


def test_without_an_agreement_orders_go_on_working() -> None:
    losses, writer = sessions()
    losses.lost("S", by_wish=False)
    assert writer.given == []


def test_without_a_grace_orders_are_taken_back_at_once() -> None:
    losses, writer = sessions(S=CancelOnDisconnect())
    losses.lost("S", by_wish=False)
    assert writer.given == [CancelSessionOrders("S", False, "cancel on disconnect of S")]


def test_back_within_the_grace_nothing_happens() -> None:
    losses, writer = sessions(S=CancelOnDisconnect(grace_s=10))
    losses.lost("S", by_wish=False)
    writer.now = 9 * SECOND
    losses.tick()
    losses.back("S")
    writer.now = 60 * SECOND
    losses.tick()
    assert writer.given == []


def test_after_the_grace_orders_are_taken_back() -> None:
    losses, writer = sessions(S=CancelOnDisconnect(grace_s=10, outliving=True))
    losses.lost("S", by_wish=False)
    for seconds in (5, 9, 10, 11):
        writer.now = seconds * SECOND
        losses.tick()
    assert writer.given == [CancelSessionOrders("S", True, "cancel on disconnect of S")]


def test_it_is_repeated_at_growing_intervals_for_a_venue_that_was_away_and_then_no_more() -> None:
    losses, writer = sessions(S=CancelOnDisconnect())
    losses.lost("S", by_wish=False)
    given_at = []
    for second in range(1_000):
        writer.now = second * SECOND
        before = len(writer.given)
        losses.tick()
        if len(writer.given) > before:
            given_at.append(second)
    assert given_at == [2, 6, 14, 30, 62, 126, 254, 510]


def test_who_is_back_decides_for_himself() -> None:
    losses, writer = sessions(S=CancelOnDisconnect())
    losses.lost("S", by_wish=False)
    losses.back("S")
    writer.now = 600 * SECOND
    losses.tick()
    assert len(writer.given) == 1


def test_a_logout_is_no_loss_unless_it_is_agreed() -> None:
    losses, writer = sessions(S=CancelOnDisconnect(), T=CancelOnDisconnect(on_logout=True))
    losses.lost("S", by_wish=True)
    assert writer.given == []
    losses.lost("T", by_wish=True)
    assert len(writer.given) == 1
