"""What an engine lives through besides kill -9: a pause, a clean stop, and a second engine on its journal."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.system.house import KAIROS
from tests.torture.campaign import Campaign
from tests.torture.findings import verdict

from kairos.demo.setup import free_ports
from kairos.supervisor import UNSTARTABLE

pytestmark = pytest.mark.slow

SEED = os.environ.get("KAIROS_TORTURE_SEED", "20261122")
PAUSE_S = 3.0
SECOND_S = 40.0


def audit(campaign: Campaign, folder: Path) -> None:
    campaign.stand_again()
    campaign.fall_quiet()
    assert verdict(campaign.audit(), SEED, folder) == ""


def test_engine_that_stands_still_for_seconds(tmp_path: Path) -> None:
    """As when its machine is moved: SIGSTOP under load, then SIGCONT."""
    with Campaign(tmp_path / "torture", SEED) as campaign:
        campaign.load_until_busy()
        campaign.house.hit("engine", signal.SIGSTOP)
        time.sleep(PAUSE_S)
        campaign.house.hit("engine", signal.SIGCONT)
        campaign.load(0.5)
        audit(campaign, tmp_path)


def test_clean_stop_under_load(tmp_path: Path) -> None:
    with Campaign(tmp_path / "torture", SEED) as campaign:
        campaign.load_until_busy()
        assert campaign.house.stop() == 0
        assert "has halted" not in campaign.house.log.read_text()
        audit(campaign, tmp_path)


def second_engine(campaign: Campaign) -> subprocess.Popen[str]:
    """Another house's configuration that names the same journal."""
    text = (campaign.house.folder / "kairos.toml").read_text()
    for port in (campaign.house.fix_port, campaign.house.http_port):
        text = text.replace(f"port = {port}", f"port = {free_ports(1)[0]}")
    text = text.replace("[reference]", f'[link]\nsocket = "{campaign.folder / "second.sock"}"\n\n[reference]')
    config = campaign.house.folder / "second.toml"
    config.write_text(text)
    command = [*KAIROS, "engine", "--config", str(config)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_second_engine_on_the_same_journal_is_refused(tmp_path: Path) -> None:
    with Campaign(tmp_path / "torture", SEED) as campaign:
        campaign.load_until_busy()
        second = second_engine(campaign)
        said, _ = second.communicate(timeout=SECOND_S)
        assert second.returncode == UNSTARTABLE
        assert "is open for writing by process" in said
        audit(campaign, tmp_path)
        assert "has halted" not in campaign.house.log.read_text()


def test_engine_whose_lock_was_taken_away_is_fenced(tmp_path: Path) -> None:
    """Somebody deletes the lock file and starts a second engine: the first writes nothing more, and says why."""
    with Campaign(tmp_path / "torture", SEED) as campaign:
        campaign.load_until_busy()
        campaign.house.journal.with_name("journal.db.lock").unlink()
        second = second_engine(campaign)
        campaign.wait_for_word("a newer writer took over")
        second.kill()
        second.communicate()
        audit(campaign, tmp_path)
