"""The hot paths take no more instructions than they did, and the counting itself can be trusted."""

from __future__ import annotations

import pytest

from bench import instructions

needs_valgrind = pytest.mark.skipif(bool(instructions.why_not()), reason=instructions.why_not() or "it can count here")


@pytest.mark.slow
@needs_valgrind
@pytest.mark.parametrize("path", instructions.PATHS)
def test_no_hot_path_grew(path: str) -> None:
    """`make instructions` measures the baseline anew, where a growth is meant."""
    kept = instructions.baseline().get(path)
    if kept is None:
        pytest.skip(f"no baseline for {instructions.version()}: `make instructions` makes one")
    assert instructions.instructions(path) <= kept * (1 + instructions.MAX_GROWTH), (
        f"renew: make instructions ({kept=})"
    )


@pytest.mark.slow
@needs_valgrind
def test_the_same_code_counts_the_same_twice() -> None:
    first, second = (instructions.instructions("encode") for _ in range(2))
    assert abs(first - second) <= first * 0.01


@pytest.mark.parametrize("path", instructions.PATHS)
def test_every_path_does_its_work(path: str) -> None:
    """Also where nothing can be counted: a path that fails would be noticed only by who has valgrind."""
    instructions.do(path, instructions.CHUNK)
