"""The build: what is compiled, what is shipped, and that locks, pins and versions agree."""

from __future__ import annotations

import fnmatch
import importlib
import re
import tomllib
from pathlib import Path

import pytest
from tools import mypyc_build

import kairos

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "src" / "kairos"
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, str]:
    text = (REPO / "requirements" / lock).read_text("utf-8")
    return {normal(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.M)}


def names_of(requirements: list[str]) -> set[str]:
    return {normal(found[0]) for line in requirements if (found := re.match(r"[\w.-]+", line))}


def test_every_module_that_is_listed_by_itself_exists() -> None:
    compiled = PROJECT["tool"]["kairos"]["compiled"]
    listed = [*compiled["modules"], *compiled["interpreted"]]
    assert [name for name in listed if not (PACKAGE / name).is_file()] == []


def test_hot_modules_are_those_of_the_hot_packages_and_the_listed_ones_without_init_files() -> None:
    hot = [path.as_posix() for path in mypyc_build.hot_sources()]
    assert "src/kairos/model/numbers.py" in hot
    assert "src/kairos/adapters/fix_line.py" in hot
    assert "src/kairos/adapters/fix_acceptor.py" not in hot
    assert not [path for path in hot if path.endswith("__init__.py")]


@pytest.mark.skipif(not kairos.COMPILED, reason="runs interpreted here")
def test_every_hot_module_runs_compiled() -> None:
    names = [".".join(path.with_suffix("").parts[1:]) for path in mypyc_build.hot_sources()]
    assert [name for name in names if str(importlib.import_module(name).__file__).endswith(".py")] == []


def test_a_machine_without_a_compiler_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAIROS_PURE", raising=False)
    monkeypatch.setenv("CC", "no-such-compiler -v")
    assert mypyc_build.why_not() == "there is no C compiler (no-such-compiler)"
    assert mypyc_build.extensions_for(["bdist_wheel"]) == []


def test_a_compiler_without_python_headers_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAIROS_PURE", raising=False)
    monkeypatch.setenv("CC", "false")
    assert "Python.h" in mypyc_build.why_not()


def test_asking_for_metadata_compiles_nothing() -> None:
    assert mypyc_build.extensions_for(["dist_info", "--output-dir", "x"]) == []


def test_every_file_of_the_package_that_is_no_source_is_shipped() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["kairos"]
    made = (".py", ".so", ".pyd", ".pyc")
    files = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*") if path.is_file()]
    data = [name for name in files if not name.endswith(made) and name != "_built.txt"]
    # `**/` matches no folder too, which fnmatch doesn't know.
    flat = [*patterns, *(pattern.removeprefix("**/") for pattern in patterns)]
    assert [name for name in data if not any(fnmatch.fnmatch(name, pattern) for pattern in flat)] == []


def test_every_folder_with_sources_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["project"]["version"] == kairos.__version__


def test_what_builds_a_wheel_is_what_builds_here() -> None:
    pins = dict(line.split("==") for line in PROJECT["build-system"]["requires"])
    dev = locked("dev.lock")
    assert {normal(name): version for name, version in pins.items()} == {
        normal(name): dev[normal(name)] for name in pins
    }


def test_the_wheel_asks_for_the_packages_that_are_locked() -> None:
    wanted = (REPO / "requirements" / "run.in").read_text("utf-8").splitlines()
    assert names_of(PROJECT["project"]["dependencies"]) == names_of(wanted)
    assert names_of(wanted) <= locked("run.lock").keys()


def test_development_runs_on_the_locked_packages() -> None:
    dev = locked("dev.lock")
    assert {name: dev.get(name) for name in locked("run.lock")} == locked("run.lock")
