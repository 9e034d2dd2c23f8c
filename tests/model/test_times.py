"""A moment in words is the one that the standard library would say."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from kairos.model.times import utc_text

LAST_NS = 2**63 - 1  # in the year 2262


@given(st.integers(0, LAST_NS))
@example(0)
@example(951_782_400_000_000_000)  # 29 February 2000
@example(4_107_542_399_999_999_999)  # the last nanosecond of February 2100, which has no 29th
@example(LAST_NS)
def test_a_moment_is_told_as_the_standard_library_tells_it(at_ns: int) -> None:
    assert utc_text(at_ns) == datetime.fromtimestamp(at_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
