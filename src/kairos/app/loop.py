"""The event loop of every process: uvloop where it is installed, asyncio's own elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

try:
    import uvloop
except ImportError:  # it has no build for every platform
    NEW_LOOP: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
else:
    NEW_LOOP = uvloop.new_event_loop


def run(main: Coroutine[Any, Any, int]) -> int:
    """Run to the end and return the exit code."""
    with asyncio.Runner(loop_factory=NEW_LOOP) as runner:
        return runner.run(main)
