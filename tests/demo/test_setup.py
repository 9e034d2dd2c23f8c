"""The house of a demo is one that `kairos serve` takes, on ports of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.adapters.reference_files import load_reference
from kairos.demo.cast import MAX_CLIENTS, cast_of
from kairos.demo.setup import RESTRICTED, Course, free_ports, make_folder, write_house
from kairos.model.commands import SetLimits, SetRestriction

COURSE = Course(speed=6, market_minutes=5, seed=1)


@pytest.mark.parametrize("count", [1, 4, MAX_CLIENTS])
def test_the_files_are_read_back_as_they_were_meant(tmp_path: Path, count: int) -> None:
    members = cast_of(count, COURSE.speed)
    house = write_house(tmp_path, COURSE, members)
    sessions = house.config.fix.sessions
    assert [(one.begin_string, one.client_id) for one in sessions] == [(m.begin_string, m.client_id) for m in members]
    simulator = house.config.simulator
    assert simulator is not None
    assert (simulator.speed, simulator.market_minutes, simulator.seed) == (6, 5, 1)
    commands = load_reference(house.config.reference)
    limits = {one.account_id: one.limits for one in commands if isinstance(one, SetLimits)}
    assert limits == {account.account_id: account.limits for member in members for account in member.accounts}
    assert [one.instrument_id for one in commands if isinstance(one, SetRestriction)] == [RESTRICTED]


def test_both_versions_of_fix_are_spoken() -> None:
    assert {member.begin_string for member in cast_of(2, 1)} == {"FIX.4.2", "FIX.4.4"}


def test_all_clients_differ() -> None:
    members = cast_of(MAX_CLIENTS, 1)
    assert len({member.client_id for member in members}) == len(members)
    assert len({member.client_id[:3] for member in members}) == len(members), "ClOrdIDs begin with these"


def test_one_trades_by_an_algo_beside_those_that_were_asked_for() -> None:
    assert [bool(member.strategy_id) for member in cast_of(3, 1)] == [False, False, False, True]


def test_ports_are_free_and_differ() -> None:
    assert len(set(free_ports(5))) == 5


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    with pytest.raises(OSError, match="is not empty"):
        make_folder(tmp_path)


def test_a_wanted_folder_is_made(tmp_path: Path) -> None:
    assert make_folder(tmp_path / "a" / "b").is_dir()
