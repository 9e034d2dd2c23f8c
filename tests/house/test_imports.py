"""The import table holds, and is seen to fire."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tools.check_imports import TABLE, breaches_in

REPO = Path(__file__).resolve().parents[2]
MADE_UP = {"model": [], "state": ["model"], "app": ["*"], "__init__": []}


def make_package(tmp_path: Path, files: dict[str, str]) -> Path:
    package = tmp_path / "kairos"
    for name in ("__init__.py", "model/__init__.py", "model/ids.py", "state/__init__.py", "app.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch()
    for name, text in files.items():
        (package / name).write_text(text, "utf-8")
    return package


@pytest.mark.parametrize(
    "source",
    [
        "import kairos.state.order",
        "import os, kairos.state as s",
        "from kairos.state import order",
        "from kairos.state.order import Order",
        "from kairos import state",
        "from ..state import order",
        "from .. import state",
        "def late() -> None:\n    from kairos.state import order",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kairos.state import order",
        'from importlib import import_module\nimport_module("kairos.state")',
        '__import__("kairos.state.order")',
    ],
)
def test_a_forbidden_import_is_named_with_file_and_line_however_it_is_written(tmp_path: Path, source: str) -> None:
    package = make_package(tmp_path, {"model/ids.py": source})
    last = len(source.splitlines())
    assert list(breaches_in(package, MADE_UP)) == [
        f"kairos/model/ids.py:{last}: model imports state; it may import nothing of ours"
    ]


@pytest.mark.parametrize("source", ["from kairos.model import ids", "from ..model.ids import x", "from . import y"])
def test_an_allowed_import_passes(tmp_path: Path, source: str) -> None:
    assert list(breaches_in(make_package(tmp_path, {"state/__init__.py": source}), MADE_UP)) == []


def test_the_composition_root_may_import_everything(tmp_path: Path) -> None:
    source = "import kairos\nfrom kairos import __version__, model, state"
    assert list(breaches_in(make_package(tmp_path, {"app.py": source}), MADE_UP)) == []


def test_the_package_itself_is_not_for_the_rooms_below(tmp_path: Path) -> None:
    package = make_package(tmp_path, {"state/__init__.py": "from kairos import COMPILED"})
    assert list(breaches_in(package, MADE_UP)) == [
        "kairos/state/__init__.py:1: state imports __init__; it may import model"
    ]


def test_a_room_without_a_row_is_a_breach(tmp_path: Path) -> None:
    package = make_package(tmp_path, {"attic.py": ""})
    assert list(breaches_in(package, MADE_UP)) == [
        "kairos/attic.py:1: attic has no row in import_table.toml; give it one"
    ]


def test_the_table_has_no_circle() -> None:
    """Rooms can be put in an order in which each imports only earlier ones."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    rest = {room: set(allowed) - {"*"} for room, allowed in table.items()}
    while free := [room for room, allowed in rest.items() if not allowed & rest.keys()]:
        for room in free:
            del rest[room]
    assert rest == {}


def test_the_house_keeps_the_table() -> None:
    command = [sys.executable, str(REPO / "tools" / "check_imports.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
