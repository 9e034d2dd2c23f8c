"""What subscribers are told of a batch: its own records, framed one by one."""

from __future__ import annotations

import pytest

from kairos.adapters.link_frames import EVENT, FrameSplitter
from kairos.adapters.link_told import told
from kairos.model.events import ClientDefined, Event, RouteUnknown, SessionReset
from kairos.model.wire import decode_events, encode_events
from kairos.ports import Batch

EVENTS: list[Event] = [
    ClientDefined(1, "A", "x" * 300, True, ""),
    SessionReset(2, "FIX.4.4:X->Y", 1, 1),
    RouteUnknown(3, 7, "lost"),
    ClientDefined(4, "B", "", True, ""),
]


def heard(after: int, reference_only: bool) -> list[tuple[int, Event]]:
    frames = told(Batch(11, len(EVENTS), encode_events(EVENTS)), EVENTS, after, reference_only)
    found = list(FrameSplitter().feed(frames))
    assert all(kind == EVENT for kind, _ in found)
    assert sum(5 + len(body) for _, body in found) == len(frames)
    return [(int.from_bytes(body[:8], "little"), event) for _, body in found for event in decode_events(body[8:])]


@pytest.mark.parametrize("after", range(10, 16))
def test_all_but_the_sessions_own_above_a_number(after: int) -> None:
    expected = [(seq, EVENTS[seq - 11]) for seq in (11, 13, 14) if seq > after]
    assert heard(after, reference_only=False) == expected


def test_reference_data_alone() -> None:
    assert heard(0, reference_only=True) == [(11, EVENTS[0]), (14, EVENTS[3])]
