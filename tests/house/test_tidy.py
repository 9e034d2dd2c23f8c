"""The style of the house, where a machine can see it. Exceptions are named here, each with its reason."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "src" / "kairos"
CORE = ("model", "state", "risk", "engine", "fix", "venue")

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
# What tools/generate_model.py writes.
GENERATED = ("model/values.py", "model/commands.py", "model/events.py", "model/wire.py")
LONG_FUNCTIONS: frozenset[str] = frozenset()  # "room/module.py:function", with the reason beside it

OUTSIDE = frozenset(("asyncio", "datetime", "os", "random", "secrets", "socket", "threading", "time", "uuid"))
# Core module -> what it may import of OUTSIDE, with the reason beside it.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "fix/schedule.py": frozenset(("datetime",)),  # reckons with calendars and time zones; asks no clock
}
MAY_FLOAT: frozenset[str] = frozenset()  # core modules that may hold a float, with the reason beside each

# Spelled in pieces, so that this file doesn't hold what it looks for.
MACHINE = re.compile(
    "|".join(
        (
            r"/wor" r"k/(main|shared)",
            r"/ro" r"ot/\.",
            r"/ho" r"me/\w",
            r"/op" r"t/pypi",
            r"python" r"hosted",
            r"py" r"pi\.org",
            r"registry\." r"npm",
            r"\.deb" r"ian\.org",
        )
    )
)


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def core_sources() -> list[Path]:
    return [path for path in sources() if name_of(path).split("/")[0] in CORE]


def tracked() -> list[Path]:
    """The files that are, or would be, committed; all but what is made where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git repository, so no list of tracked files")
    return [path for name in listed.stdout.split("\0") if name and (path := REPO / name).is_file()]


def long_functions(name: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES and f"{name}:{node.name}" not in LONG_FUNCTIONS:
                yield f"{name}:{node.lineno}: {node.name} has {lines} lines"


def outside_imports(name: str, text: str) -> Iterator[str]:
    """Imports of a clock, chance, threads or the operating system."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for module in sorted({full.split(".")[0] for full in names} & OUTSIDE - MAY_IMPORT.get(name, frozenset())):
            yield f"{name}:{getattr(node, 'lineno', 0)}: imports {module}"


def floats(name: str, text: str) -> Iterator[str]:
    """Float literals, the name `float`, and true division."""
    for node in ast.walk(ast.parse(text)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        named = isinstance(node, ast.Name) and node.id == "float"
        division = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        if (literal or named or division) and name not in MAY_FLOAT:
            yield f"{name}:{getattr(node, 'lineno', 0)}: float arithmetic"


def test_no_file_is_longer_than_one_idea() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    long = {name: n for name, n in lengths.items() if n > MAX_FILE_LINES and name not in GENERATED}
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    hand_written = [path for path in sources() if name_of(path) not in GENERATED]
    assert [hit for path in hand_written for hit in long_functions(name_of(path), path.read_text("utf-8"))] == []


def test_the_core_knows_no_clock_chance_thread_or_machine() -> None:
    assert [hit for path in core_sources() for hit in outside_imports(name_of(path), path.read_text("utf-8"))] == []


def test_the_core_computes_no_float() -> None:
    assert [hit for path in core_sources() for hit in floats(name_of(path), path.read_text("utf-8"))] == []


def test_no_tracked_file_names_this_machine_or_a_registry() -> None:
    texts = ((path, path.read_bytes().decode("utf-8", "replace")) for path in tracked())
    hits = [(path.name, found[0]) for path, text in texts if (found := MACHINE.search(text))]
    assert hits == []


def test_lock_files_name_no_address() -> None:
    locks = sorted((REPO / "requirements").glob("*.lock"))
    assert locks
    assert [
        path.name for path in locks if re.search(r"http|file:/|--(extra-)?index|--find-links", path.read_text())
    ] == []


def test_every_locked_package_has_hashes() -> None:
    for path in (REPO / "requirements").glob("*.lock"):
        for entry in re.findall(r"^\S+==.*(?:\n .*)*", path.read_text("utf-8"), re.M):
            assert "--hash=sha256:" in entry, f"{path.name}: {entry.splitlines()[0]}"


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (long_functions, "def f():\n" + "    pass\n" * MAX_FUNCTION_LINES),
        (outside_imports, "import os.path"),
        (outside_imports, "def f():\n    from datetime import date"),
        (floats, "x = 0.5"),
        (floats, "x = float('1')"),
        (floats, "x = 1 / 2"),
        (floats, "x /= 2"),
    ],
)
def test_each_rule_fires(rule: object, source: str) -> None:
    assert callable(rule)
    assert list(rule("model/made_up.py", source))


def test_the_machine_rule_fires() -> None:
    assert MACHINE.search("see /wor" + "k/main/src") and MACHINE.search("https://py" + "pi.org/simple")
