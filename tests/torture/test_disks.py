"""Disks that fill up or lose their power: what a client was told is there afterwards, and nothing more was told."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.torture.campaign import Campaign
from tests.torture.disks import MIB, Disk, why_not
from tests.torture.findings import verdict

pytestmark = pytest.mark.slow

SEED = os.environ.get("KAIROS_TORTURE_SEED", "20261122")
ROUNDS = int(os.environ.get("KAIROS_TORTURE_ROUNDS", "1"))
DISK_MIB = 256
# As much as some thousand orders need.
ROOM_BYTES = 2 * MIB


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    reason = why_not(tmp_path / "trial")
    if reason:
        pytest.skip(reason)
    with Disk(tmp_path / "disk", DISK_MIB) as disk:
        yield disk


def audit(campaign: Campaign, folder: Path) -> None:
    campaign.stand_again()
    campaign.fall_quiet()
    assert verdict(campaign.audit(), SEED, folder) == ""


def test_power_lost_at_a_frozen_point_in_time(disk: Disk, tmp_path: Path) -> None:
    """The house goes on from a copy of its disk as it was when it was frozen under load."""
    with Campaign(tmp_path / "torture", SEED, disk.path) as campaign:
        for _ in range(ROUNDS):
            campaign.load_until_busy()
            disk.freeze()
            campaign.house.kill_all()
            disk.go_back_to_frozen()
            audit(campaign, tmp_path)


def test_power_cut_off_with_nothing_flushed(disk: Disk, tmp_path: Path) -> None:
    """All that was written and not synced is gone; an engine that still runs finds its disk gone, and stops."""
    with Campaign(tmp_path / "torture", SEED, disk.path) as campaign:
        for _ in range(ROUNDS):
            campaign.load_until_busy()
            disk.cut_off()
            campaign.load(0.3)
            campaign.house.kill_all()
            disk.come_back()
            audit(campaign, tmp_path)


def test_disk_that_fills_up(disk: Disk, tmp_path: Path) -> None:
    """The engine stops before it acknowledges what it can't keep, and goes on when there is room."""
    with Campaign(tmp_path / "torture", SEED, disk.path) as campaign:
        campaign.load_until_busy()
        disk.fill(ROOM_BYTES)
        campaign.wait_for_word("the engine has halted")
        campaign.load(1.0)
        disk.empty()
        audit(campaign, tmp_path)


def test_file_that_may_not_grow(tmp_path: Path) -> None:
    """The same without root: the system lets the engine's files grow no further."""
    with Campaign(tmp_path / "torture", SEED) as campaign:
        campaign.load_until_busy()
        size = campaign.house.journal.with_name("journal.db-wal").stat().st_size + ROOM_BYTES // 4
        resource.prlimit(campaign.house.pid_of("engine"), resource.RLIMIT_FSIZE, (size, size))
        campaign.wait_for_word("the engine has halted")
        audit(campaign, tmp_path)
