"""The example plug-in of examples/risk_plugin: found by its entry point, as when it is installed, and right by its own
tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from kairos.app.check_plugins import find_checks, load_checks
from kairos.app.errors import Unstartable
from kairos.cli.risk_test import test_command as command
from kairos.model.values import CheckPlugin
from kairos.scenario.world import World

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "examples" / "risk_plugin"
PROJECT = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))["project"]


def install(folder: Path, points: dict[str, str], name: str = "late-selling-check", version: str = "1.0.0") -> None:
    """What an installer leaves of a package's metadata."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    lines = [f"{point} = {value}" for point, value in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[kairos.risk.checks]", *lines, ""]), encoding="utf-8")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example plug-in beside Kairos."""
    monkeypatch.syspath_prepend(str(PACKAGE))
    monkeypatch.syspath_prepend(str(tmp_path))
    install(tmp_path, PROJECT["entry-points"]["kairos.risk.checks"])
    return tmp_path


def test_it_is_found_with_its_name_and_version(installed: Path) -> None:
    [found] = find_checks()
    told = CheckPlugin(
        "late_selling", "1.0.0", "house rule 12", "no sale of more than is held in the last five minutes"
    )
    assert found.plugin == told


class Log:
    def __init__(self) -> None:
        self.names: list[object] = []

    def info(self, _event: str, **values: object) -> None:
        self.names.append(values["names"])


def test_a_start_tells_the_journal_what_is_installed_and_what_no_longer_is(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, log = World(), Log()
    writer = SimpleNamespace(submit=world.give)
    load_checks(world.desk, writer, log)
    assert list(world.desk.plugins.known) == list(world.desk.plugins.functions) == ["late_selling"]
    monkeypatch.setattr("kairos.app.check_plugins.find_checks", list)
    load_checks(world.desk, writer, log)
    assert world.desk.plugins.known == {} and world.desk.plugins.functions == {}
    told = len(world.commands)
    load_checks(world.desk, writer, log)
    assert len(world.commands) == told == 2 and log.names == [["late_selling"], []]


def test_the_gate_asks_it(installed: Path) -> None:
    """Its examples are played with it installed; without it, the late sale would pass."""
    files = [str(REPO / "examples" / "risk" / "house.toml"), str(PACKAGE / "late_selling.toml")]
    result = CliRunner().invoke(command, ["-v", *files])
    assert result.exit_code == 0, result.output


@pytest.mark.slow
def test_its_own_tests_pass() -> None:
    paths = os.pathsep.join([str(REPO / "src"), str(PACKAGE)])
    environment = {**os.environ, "PYTHONPATH": paths}
    arguments = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(PACKAGE)]
    done = subprocess.run(arguments, cwd=PACKAGE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ({"gone": "no_such_module:CHECK"}, "can't be loaded"),
        ({"bare": "late_selling:late_selling"}, "must be a kairos.risk.plugins.RiskCheck"),
    ],
)
def test_the_engine_does_not_start_without_a_check_that_is_installed(
    installed: Path, points: dict[str, str], why: str
) -> None:
    install(installed, points, "broken-check")
    with pytest.raises(Unstartable, match=why):
        find_checks()


def test_two_checks_of_one_name_are_refused(installed: Path) -> None:
    install(installed, {"late_selling": "late_selling:CHECK"}, "another")
    with pytest.raises(Unstartable, match="two packages have a check called 'late_selling'"):
        find_checks()
