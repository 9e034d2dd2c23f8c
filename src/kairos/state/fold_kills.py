"""Folds the kill switch into the desk, and writes it into a snapshot."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import OrdStatus
from kairos.model.events import (
    Event,
    KillCompleted,
    KillEngaged,
    KillProgressed,
    KillReleased,
    KillSnapshot,
    RiskEvent,
)
from kairos.state.kills import Kill, Kills, place_of, place_of_account


def fold_engaged(kills: Kills, event: KillEngaged) -> None:
    """Engaged anew, a kill is a new one: who, when, why, its word, and what still works."""
    kill = Kill(place_of(event), event.at_ns, event.user_id, event.text, event.word)
    _open(kill, event.working)
    kill.to_cancel = len(kill.working)
    kills.engaged[kill.name] = kill


def fold_released(kills: Kills, event: KillReleased) -> None:
    kills.engaged.pop(place_of(event).spelling(), None)


def apply_kill_event(kills: Kills, event: RiskEvent) -> bool:
    """False for an event of another matter."""
    if isinstance(event, KillProgressed):
        _progressed(kills, event)
    elif isinstance(event, KillSnapshot):
        _restored(kills, event)
    else:
        return isinstance(event, KillCompleted)
    return True


def _progressed(kills: Kills, event: KillProgressed) -> None:
    kill = kills.engaged[event.kill]
    del kill.working[event.route_id if event.route_id else event.order_id]
    if event.ord_status is OrdStatus.CANCELED:
        kill.canceled += 1
    else:
        kill.ended += 1


def _restored(kills: Kills, event: KillSnapshot) -> None:
    kill = Kill(place_of(event), event.engaged_at_ns, event.user_id, event.text, event.word)
    kill.to_cancel, kill.canceled, kill.ended = event.to_cancel, event.canceled, event.ended
    _open(kill, event.working)
    kills.engaged[kill.name] = kill


def fold_killed(kills: Kills, account_id: str, at_ns: i64) -> None:
    """A snapshot of before kills had a state says only that one is engaged."""
    if not kills.is_engaged(account_id):
        kill = Kill(place_of_account(account_id), at_ns, "", "", "")
        kills.engaged[kill.name] = kill


def snapshot_kills(kills: Kills, at_ns: i64, events: list[Event]) -> None:
    for kill in kills.engaged.values():
        place = kill.place
        events.append(
            KillSnapshot(
                at_ns=at_ns,
                node=place.node,
                node_id=place.node_id,
                scope=place.scope,
                scope_id=place.scope_id,
                venue_id=place.venue_id,
                engaged_at_ns=kill.engaged_at_ns,
                user_id=kill.user_id,
                text=kill.text,
                word=kill.word,
                to_cancel=kill.to_cancel,
                canceled=kill.canceled,
                ended=kill.ended,
                working=" ".join([str(number) for number in kill.working]),
            )
        )


def _open(kill: Kill, numbers: str) -> None:
    for number in numbers.split():
        kill.working[int(number)] = True
