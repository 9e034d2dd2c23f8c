"""What an engine says of itself over HTTP: how long commits, collections and stalls of its loop took during a load."""

from __future__ import annotations

import re
import time
from urllib.error import URLError
from urllib.request import urlopen

# By the words that a table has for them.
TIMES = {"commit": "kairos_commit_seconds", "gc": "kairos_gc_seconds", "stall": "kairos_loop_stall_seconds"}
_BUCKET = re.compile(r'^(\w+)_bucket\{le="([^"]+)"\} (\S+)$', re.MULTILINE)

START_S = 30.0  # within this an engine that has just been started listens
BEYOND_S = 10.0  # stands for longer than the last bound

Counts = dict[str, list[tuple[float, float]]]


def scrape(http_port: int) -> Counts:
    """For each of TIMES the bounds in seconds, and how often it took at most so long since the engine's start."""
    text = _text(http_port)
    found: Counts = {name: [] for name in TIMES.values()}
    for name, bound, count in _BUCKET.findall(text):
        if name in found:
            found[name].append((min(float(bound), BEYOND_S), float(count)))
    return {word: found[name] for word, name in TIMES.items()}


def _text(http_port: int) -> str:
    end = time.monotonic() + START_S
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{http_port}/metrics", timeout=START_S) as answer:
                return str(answer.read(), "utf-8")
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def longest_us(before: Counts, after: Counts) -> dict[str, float]:
    """The bound within which all between two scrapes stayed, and for commits also 99.9 of 100; 0 where none was."""
    found = {}
    for word, counts in after.items():
        earlier = before[word] or [(bound, 0.0) for bound, _ in counts]
        since = [(bound, now - then) for (bound, now), (_, then) in zip(counts, earlier, strict=True)]
        found[f"{word} longest"] = _within(since, 1.0) * 1e6
        if word == "commit":
            found["commit p99.9"] = _within(since, 0.999) * 1e6
    return found


def _within(counts: list[tuple[float, float]], share: float) -> float:
    total = counts[-1][1]
    return next(bound for bound, count in counts if count >= share * total) if total else 0.0
