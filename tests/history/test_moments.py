"""Moments are read as people write them, exactly, and a bad one is told with what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.cli.words import when
from kairos.history.moments import moment_text, parse_moment

NOON = 1_795_348_800_000_000_000  # 2026-11-22 12:00 UTC


@pytest.mark.parametrize(
    ("text", "at_ns"),
    [
        ("2026-11-22T12:00:00Z", NOON),
        ("2026-11-22 12:00", NOON),
        ("2026-11-22 12:00:00.5", NOON + 500_000_000),
        ("2026-11-22T12:00:00.000000001Z", NOON + 1),
        ("2026-11-22T20:00:00+08:00", NOON),
        ("2026-11-22 20:00 Asia/Taipei", NOON),
        ("2026-11-22 07:00:00.25 America/New_York", NOON + 250_000_000),
        ("2026-11-22", NOON - 12 * 3600 * 10**9),
        (" 2026-11-22 12:00 UTC ", NOON),
    ],
)
def test_utc_offsets_and_zones(text: str, at_ns: int) -> None:
    assert parse_moment(text) == at_ns


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("yesterday", "is not a moment; write it as"),
        ("", "is not a moment"),
        ("12:00", "is not a moment"),
        ("2026-13-01", "month must be in 1..12"),
        ("2026-11-22 25:00", "hour must be in 0..23"),
        ("2026-11-22T12:00:00.1234567891Z", "is not a moment"),
        ("2026-11-22 12:00 Asia/Taipeh", "Asia/Taipeh is no time zone"),
        ("2026-11-22 12:00 ../etc/passwd", "is not a moment"),
        ("2026-11-01 01:30 America/New_York", "it was twice; write it in UTC"),
        ("2026-03-08 02:30 America/New_York", "there was no such time"),
    ],
)
def test_a_bad_moment_is_told(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_moment(text)


@given(at_ns=st.integers(0, 2**62))
def test_what_we_print_is_read_again(at_ns: int) -> None:
    assert parse_moment(moment_text(at_ns)) == at_ns
    assert parse_moment(when(at_ns)) == at_ns // 1000 * 1000
