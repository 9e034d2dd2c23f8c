"""The garbage collector is kept out of the way of orders, its pauses are told, and it is given back as it was."""

from __future__ import annotations

import gc

from kairos.app.collector import YOUNG_OBJECTS, Collector


def test_young_objects_are_looked_at_once_when_events_stand_still() -> None:
    told: list[float] = []
    collector = Collector(told.append)
    before = gc.get_threshold()
    collector.begin()
    try:
        told.clear()
        assert gc.get_threshold()[0] == YOUNG_OBJECTS
        for seq in (5, 6, 6, 6, 7, 7):
            collector.tick(seq)
        assert len(told) == 2
    finally:
        collector.end()
        gc.unfreeze()
    assert gc.get_threshold() == before
    gc.collect()
    assert len(told) == 2, "nobody is told any more"


def test_ending_what_never_began_changes_nothing() -> None:
    before = gc.get_threshold()
    Collector(lambda _seconds: None).end()
    assert gc.get_threshold() == before
