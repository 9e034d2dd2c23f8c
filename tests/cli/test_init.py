"""`kairos init` writes files that load as they are, and that run the shipped exchange."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kairos.adapters.config_file import check_against_reference, load_config
from kairos.adapters.reference_files import ReferenceFile, load_reference
from kairos.cli.init import TEMPLATES, init, render, template_text
from kairos.market.shipped import shipped_tapes
from kairos.model.commands import DefineInstrument, DefineVenue
from kairos.model.numbers import parse_price

OPTION = re.compile(r"^#(?=[a-z_]+ = |\[)", re.MULTILINE)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    result = CliRunner().invoke(init, [str(folder)])
    assert result.exit_code == 0, result.output
    return folder


def test_the_written_files_load_and_agree(house: Path) -> None:
    config = load_config(house / "kairos.toml")
    commands = load_reference(config.reference)
    check_against_reference(config, commands)
    assert {file.name for file in house.iterdir()} == set(TEMPLATES)


def test_the_simulated_exchange_has_the_instruments_and_the_market_of_the_venue(house: Path) -> None:
    config = load_config(house / "kairos.toml")
    commands = load_reference(config.reference)
    assert config.simulator is not None and config.simulator.enabled
    (venue,) = [command for command in commands if isinstance(command, DefineVenue)]
    instruments = {command.instrument_id: command for command in commands if isinstance(command, DefineInstrument)}
    shipped = {tape.instrument: tape for tape in shipped_tapes()}
    assert config.simulator.venue_id == venue.venue_id
    assert {tape.instrument_id for tape in config.simulator.tapes} == instruments.keys()
    for instrument in instruments.values():
        tape = shipped[instrument.instrument_id]
        assert (instrument.mic, instrument.currency) == (venue.mic, tape.currency)
        assert (instrument.tick_size, instrument.lot_size) == (tape.tick, tape.lot)
        assert instrument.reference_px > 0


def test_each_option_that_is_commented_out_is_right_and_shows_the_default(house: Path) -> None:
    """Taking away every `#` before an option changes nothing, but for those that have no default."""
    file = house / "kairos.toml"
    before = load_config(file)
    text = file.read_text(encoding="utf-8")
    assert len(OPTION.findall(text)) > 25
    file.write_text(OPTION.sub("", text), encoding="utf-8")
    after = load_config(file)
    (venue,) = after.venue_sessions
    assert after.simulator is not None
    assert (after.log.file, venue.password_env) == (house / "kairos.log", "SIM_PASSWORD")
    assert after.simulator.market_minutes == 60
    undone = replace(
        after,
        log=replace(after.log, file=None),
        venue_sessions=(replace(venue, password_env=""),),
        simulator=replace(after.simulator, market_minutes=None),
    )
    assert undone == before


def test_the_commented_options_of_the_reference_data_are_right_too(house: Path) -> None:
    file = house / "reference.toml"
    file.write_text(OPTION.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert len([c for c in load_reference([ReferenceFile(file)]) if isinstance(c, DefineVenue)]) == 2


def test_the_order_of_the_readme_is_on_the_tick(house: Path) -> None:
    text = (house / "README.txt").read_text(encoding="utf-8")
    found = re.search(r"kairos order buy \d+ (\S+) --account \S+ --limit (\S+)", text)
    assert found
    tape = next(tape for tape in shipped_tapes() if tape.instrument == found[1])
    assert parse_price(found[2]) % tape.tick == 0


def test_files_that_are_there_are_not_overwritten_unless_forced(house: Path) -> None:
    (house / "README.txt").unlink()
    (house / "kairos.toml").write_text("mine", encoding="utf-8")
    refused = CliRunner().invoke(init, [str(house)])
    assert refused.exit_code == 1
    assert "has kairos.toml, reference.toml already; use --force" in refused.output
    assert (house / "kairos.toml").read_text(encoding="utf-8") == "mine"
    assert not (house / "README.txt").exists()
    assert CliRunner().invoke(init, [str(house), "--force"]).exit_code == 0
    load_config(house / "kairos.toml")


def test_a_folder_that_cannot_be_made_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(init, [str(tmp_path / "file" / "house")])
    assert result.exit_code == 1
    assert "can't write to" in result.output


def test_nothing_is_left_to_fill_in() -> None:
    assert all("$" not in text for text in render().values())


def test_the_systemd_unit_runs_serve_and_writes_only_where_it_may() -> None:
    lines = template_text("kairos.service").splitlines()
    assert any(re.fullmatch(r"ExecStart=\S+/kairos serve --config \S+", line) for line in lines)
    assert {"Type=exec", "Restart=on-failure", "ProtectSystem=strict", "StateDirectory=kairos"} <= set(lines)
