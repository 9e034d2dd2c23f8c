"""When the garbage collector may hold the engine up, and for how long it did.

Live orders, events and messages are freed by their reference counts; the collector only finds cycles, of which an
order makes none. Left alone it would look through every container of all live orders each time their number has grown
by a quarter. So what is there at the start is set aside for good, young
objects are looked at while nothing happens, and all of them only where the trading day turns. On a day without a pause
the young are looked at each time `YOUNG_OBJECTS` more were made than freed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import perf_counter
from typing import Final

# A fraction of a millisecond to look through (`kairos_gc_seconds` tells what it takes).
YOUNG_OBJECTS: Final = 20_000
_NEVER: Final = 1_000_000_000
_MIDDLE: Final = 1


class Collector:
    """`note` is told how many seconds each collection took."""

    def __init__(self, note: Callable[[float], None]) -> None:
        self._note: Final = note
        self._started = 0.0
        self._before: tuple[int, int, int] | None = None
        self._seen_seq = self._collected_seq = 0

    def begin(self) -> None:
        """The engine is up."""
        self._before = gc.get_threshold()
        self.collect_all()
        gc.set_threshold(YOUNG_OBJECTS, 10, _NEVER)
        gc.callbacks.append(self._watch)

    def end(self) -> None:
        if self._before is not None:
            gc.callbacks.remove(self._watch)
            gc.set_threshold(*self._before)
            self._before = None

    def tick(self, seq: int) -> None:
        """`seq` is how far the events are: where it stands still, nothing happens just now."""
        if seq == self._seen_seq != self._collected_seq:
            self._collected_seq = seq
            gc.collect(_MIDDLE)
        self._seen_seq = seq

    def collect_all(self) -> None:
        """Look at everything, and set what is left aside."""
        gc.collect()
        gc.freeze()

    def _watch(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._started = perf_counter()
        else:
            self._note(perf_counter() - self._started)
