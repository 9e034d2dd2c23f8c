"""A peer that asks again for what it does not get again: who serves the line hears of it once the answer has left."""

from __future__ import annotations

from tests.adapters.test_fix_line import Bench, numbers


def test_the_gateway_hears_of_it_behind_the_answer() -> None:
    """A venue throws away what comes before the gap is filled, questions too: they are asked under new numbers."""
    bench = Bench()
    heard: list[list[int]] = []
    bench.line.on_kept_back = lambda: heard.append(numbers(bench.transport))
    bench.log_on()
    bench.line.received(bench.order("A"))
    bench.writer.commit()
    assert heard == []
    bench.line.received(bench.message("2", (7, "1"), (16, "0")))
    for _ in range(5):
        bench.writer.commit()
    assert len(heard) == 1
    assert heard[0] == numbers(bench.transport) and len(heard[0]) > 2
