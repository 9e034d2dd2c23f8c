"""kill -9 at random instants under load: nothing acknowledged is lost, nothing is sent or told twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.torture.campaign import Campaign
from tests.torture.findings import verdict

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("KAIROS_TORTURE_ROUNDS", "5"))
SEED = os.environ.get("KAIROS_TORTURE_SEED", "20261122")


def test_kill_nine_of_anybody_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Five rounds here, 200 in `make torture`; after each, every claim of `audit` is held against all records."""
    with Campaign(tmp_path / "torture", SEED) as campaign:
        for _ in range(ROUNDS):
            assert verdict(campaign.round(), SEED, tmp_path) == ""
        assert verdict(campaign.end(), SEED, tmp_path) == ""
        assert len(campaign.kills) >= ROUNDS
