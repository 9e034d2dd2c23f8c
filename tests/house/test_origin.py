"""Compiled files run only when they were asked for and were made from the sources beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import kairos
from kairos import _origin
from kairos.model import numbers

SUFFIX = EXTENSION_SUFFIXES[0]
REPORT = (
    "import kairos, kairos.room, kairos.room.desk as d, json;"
    "print(json.dumps([kairos.COMPILED, kairos.how_it_runs(), d.__file__.rpartition('.')[2]]))"
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the switch in a small package, "compiled": a real extension module stands in for mypyc's files."""
    real = Path(kairos.__path__[0])
    package = tmp_path / "kairos"
    (package / "room").mkdir(parents=True)
    for name in ("__init__.py", "_origin.py"):
        shutil.copy(real / name, package / name)
    (package / "room" / "__init__.py").touch()
    (package / "room" / "desk.py").write_text("WOOD = 'oak'\n", "utf-8")
    # Python finds an extension by its name alone; that it can't be loaded is how the test knows that it was chosen.
    for name in (f"{_origin.LIBRARY}{SUFFIX}", f"room/desk{SUFFIX}"):
        (package / name).write_bytes(b"not a library")
    return package


def run(package: Path, code: str = REPORT, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KAIROS_", "PYTHON"))}
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(package.parent)!r}); {code}"]
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=False)


def test_compiled_files_are_chosen_when_they_are_there(package: Path) -> None:
    assert "True compiled" in run(package, "import kairos; print(kairos.COMPILED, kairos.how_it_runs())").stdout
    assert "ImportError" in run(package).stderr


def test_the_switch_hides_the_compiled_files_of_every_room(package: Path) -> None:
    done = run(package, KAIROS_PURE="1")
    assert done.stdout == '[false, "interpreted, slower but identical: KAIROS_PURE is set", "py"]\n', done.stderr


def test_the_switch_turned_to_zero_is_off(package: Path) -> None:
    assert "True" in run(package, "import kairos; print(kairos.COMPILED)", KAIROS_PURE="0").stdout


def test_the_switch_leaves_other_packages_alone(package: Path) -> None:
    done = run(package, "import kairos, msgspec._core as c; print(c.__file__)", KAIROS_PURE="1")
    assert done.stdout.strip().endswith(SUFFIX), done.stderr


def test_shims_without_their_library_are_not_run(package: Path) -> None:
    (package / f"{_origin.LIBRARY}{SUFFIX}").unlink()
    assert "it was not compiled for this Python" in run(package).stdout


def test_a_source_edited_after_it_was_compiled_runs_itself(package: Path) -> None:
    desk = package / "room" / "desk.py"
    (package / _origin.DIGESTS).write_text(f"{_origin.digest(str(desk))}  room/desk.py\n", "utf-8")
    assert "ImportError" in run(package).stderr
    desk.write_text("WOOD = 'ash'\n", "utf-8")
    assert "room/desk.py was edited after it was compiled" in run(package).stdout


def test_a_source_that_is_gone_counts_as_edited(package: Path) -> None:
    (package / _origin.DIGESTS).write_text("0  room/chair.py\n", "utf-8")
    assert "room/chair.py was edited" in run(package).stdout


def test_how_it_runs_agrees_with_where_the_modules_come_from() -> None:
    assert str(numbers.__file__).endswith(".py") != kairos.COMPILED
    assert kairos.how_it_runs().startswith("compiled" if kairos.COMPILED else "interpreted")
