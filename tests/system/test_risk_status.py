"""`kairos risk follow | status | watch` against a whole house of real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.system.house import House

pytestmark = pytest.mark.slow


def test_a_place_is_followed_and_seen(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        assert "NOT_ENTITLED" in house.run("risk", "follow", "firm", check=False)
        assert "PlaceWatched" in house.run("risk", "follow", "ACME-1", "--user", "risk")
        assert "followed already" in house.run("risk", "follow", "ACME-1", "--user", "risk")
        house.run("order", "buy", "100", "XXX.XNYS", "--account", "ACME-1")
        (row,) = [json.loads(line) for line in house.run("risk", "status", "ACME-1", "--json").splitlines()]
        assert (row["place"], row["watched"], row["indicators"]["ORDER_TO_TRADE"]) == ("ACCOUNT ACME-1", True, "1")
        assert {limit["kind"] for limit in row["limits"]} >= {"max_gross_exposure", "max_net_exposure", "cash"}
        assert "UNKNOWN_ACCOUNT" in house.run("risk", "status", "NOBODY", check=False)
        assert "ACCOUNT ACME-1" in house.run("risk", "watch", "--seconds", "1")
