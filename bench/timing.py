"""Wall and CPU time of one run on one core; it imports nothing of ours, since those we compare with run it too."""

from __future__ import annotations

import os
import time

# A run that waited this much was disturbed: its figure would tell of the machine's other guests.
MAX_WAIT_RATIO = 1.08


def pin(core: int) -> None:
    """Keep this process, with all its threads, on one core."""
    if hasattr(os, "sched_setaffinity") and core < (os.cpu_count() or 1):
        os.sched_setaffinity(0, {core})


class Stopwatch:
    """Measures from `__enter__` to `__exit__`."""

    def __init__(self) -> None:
        self.wall_s = 0.0
        self.cpu_s = 0.0

    def __enter__(self) -> Stopwatch:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall_s = time.perf_counter() - self._wall
        self.cpu_s = time.process_time() - self._cpu
