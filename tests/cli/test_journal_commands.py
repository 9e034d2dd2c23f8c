"""`kairos journal` as people type it: what it says, in words and JSON, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.history.journals import simulated

from kairos.adapters.config_file import load_config
from kairos.adapters.journal_archive import archive_paths
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.journal_verify import verify
from kairos.cli.init import init
from kairos.cli.journal import journal
from kairos.model.events import Event, OrderAccepted


def kairos(*arguments: str) -> Result:
    return CliRunner().invoke(journal, arguments)


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, Path, list[Event]]:
    """The configuration, the journal (ten days old), and what is in it."""
    folder = tmp_path / "house"
    assert CliRunner().invoke(init, [str(folder)]).exit_code == 0
    config = load_config(folder / "kairos.toml")
    config.journal.file.parent.mkdir()
    return config.file, config.journal.file, simulated(config.journal.file, days_old=10)


def test_replay_shows_the_desk_as_it_was(house: tuple[Path, Path, list[Event]]) -> None:
    _, file, events = house
    told = json.loads(kairos("replay", str(file), "--to-seq", "200", "--all", "--json").stdout)
    assert (told["seq"], told["at_ns"]) == (200, str(events[199].at_ns))
    accepted = [event.order_id for event in events[:200] if isinstance(event, OrderAccepted)]
    assert {order["order_id"] for order in told["orders"]} <= set(accepted)
    assert told["accounts"] and told["venues"] and told["positions"]
    words = kairos("replay", str(file), "--to-seq", "200").stdout
    for title in (
        "The desk after sequence 200",
        "orders",
        "Positions: ",
        "Accounts: ",
        "FIX sessions: none",
        "Venues: ",
    ):
        assert title in words


@pytest.mark.parametrize("command", ["verify", "show", "replay", "export"])
def test_a_file_may_be_named_from_where_one_stands(
    house: tuple[Path, Path, list[Event]], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As everybody types it: `kairos journal verify data/journal.db`."""
    _, file, events = house
    order = next(str(event.order_id) for event in events if isinstance(event, OrderAccepted))
    more = [order] if command == "show" else []
    monkeypatch.chdir(file.parent.parent)
    result = kairos(command, str(file.relative_to(file.parent.parent)), *more)
    assert result.exit_code == 0 and result.stdout


def test_replay_of_one_order_ends_at_the_moment(house: tuple[Path, Path, list[Event]]) -> None:
    _, file, events = house
    first = next(event for event in events if isinstance(event, OrderAccepted))
    lines = kairos("replay", str(file), "--order", str(first.order_id), "--to-seq", "300").stdout.splitlines()
    assert "OrderAccepted" in lines[0]
    assert all(int(line.split()[0]) <= 300 for line in lines)


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (["--to", "yesterday"], 2, "'yesterday' is not a moment; write it as"),
        (["--to", "2020-01-01"], 1, "had no event by then"),
        (["--to", "2030-01-01", "--to-seq", "3"], 2, "not both"),
        (["--to-seq", "0"], 2, "0 is not in the range"),
        (["--order", "NONE"], 1, "no order 'NONE'"),
    ],
)
def test_replay_tells_what_it_can_not_mean(
    house: tuple[Path, Path, list[Event]], options: list[str], code: int, why: str
) -> None:
    done = kairos("replay", str(house[1]), *options)
    assert (done.exit_code, why in " ".join(done.output.split())) == (code, True), done.output


def test_archive_needs_a_snapshot_and_then_moves_what_is_old(house: tuple[Path, Path, list[Event]]) -> None:
    config, file, _ = house
    before = verify(file)
    done = kairos("archive", "--config", str(config))
    assert done.exit_code == 1
    assert "let `kairos journal snapshot` write one first" in done.output
    assert kairos("snapshot", "--config", str(config)).exit_code == 0
    done = kairos("archive", "--config", str(config), "--keep-days", "11")
    assert "nothing to archive" in done.output
    done = kairos("archive", "--config", str(config))
    assert (done.exit_code, "the live file let go of" in done.output) == (0, True), done.output
    assert verify(file) == before
    assert len(archive_paths(file)) == 1
    assert "nothing to archive" in kairos("archive", "--config", str(config)).output


def test_archive_beside_a_running_engine_leaves_its_file_alone(house: tuple[Path, Path, list[Event]]) -> None:
    config, file, events = house
    assert kairos("snapshot", "--config", str(config)).exit_code == 0
    writer = SqliteJournal.open(file)
    done = kairos("archive", "--config", str(config))
    assert (done.exit_code, "when it starts the next time" in done.output) == (0, True), done.output
    assert next(iter(writer.read(1))).first_seq == 1
    writer.close()
    writer = SqliteJournal.open(file)
    assert writer.trim() > 100
    writer.close()
    assert verify(file).events == len(events)


def test_verify_names_the_first_bad_sequence(house: tuple[Path, Path, list[Event]]) -> None:
    _, file, _ = house
    whole = kairos("verify", str(file))
    assert (whole.exit_code, whole.output.startswith("journal verified: ")) == (0, True)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = kairos("verify", str(file))
    report = verify(file)
    assert done.exit_code == 1
    assert f"journal DAMAGED at sequence {report.at_first_seq}" in done.output
