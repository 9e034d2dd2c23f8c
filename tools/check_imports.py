"""Check that each room of src/kairos imports only what tools/import_table.toml allows it.

Every import counts: at the top, inside a function, under TYPE_CHECKING, relative, and `import_module("kairos...")`.
`from kairos import x` is the room x if there is one, else the package itself (`__init__`), which only the composition
root may import. Prints file:line for each breach; exit status 1 if there is one.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_name("import_table.toml")
LOADERS = ("import_module", "__import__")

Table = dict[str, list[str]]


def main() -> int:
    breaches = list(breaches_in(ROOT / "src" / "kairos", tomllib.loads(TABLE.read_text("utf-8"))))
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


def breaches_in(package: Path, table: Table) -> Iterator[str]:
    """Each forbidden import below the package's folder, as "file:line: what is wrong", in order."""
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        room = room_of(inside.parts)
        where = f"{package.name}/{inside.as_posix()}"
        if room not in table:
            yield f"{where}:1: {room} has no row in {TABLE.name}; give it one"
            continue
        for line, target in sorted(imported_rooms(path, package)):
            if target != room and target not in table[room] and "*" not in table[room]:
                allowed = ", ".join(table[room]) or "nothing of ours"
                yield f"{where}:{line}: {room} imports {target}; it may import {allowed}"


def room_of(parts: tuple[str, ...]) -> str:
    """The room that a path inside the package belongs to: its first folder, or the module at the top."""
    return parts[0].removesuffix(".py")


def imported_rooms(path: Path, package: Path) -> set[tuple[int, str]]:
    """The rooms that a file imports, with the line."""
    found: set[tuple[int, str]] = set()
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        for name in imported_names(node, path, package):
            parts = name.split(".")
            if parts[0] != package.name:
                continue
            is_room = len(parts) > 1 and ((package / parts[1]).is_dir() or (package / f"{parts[1]}.py").is_file())
            found.add((getattr(node, "lineno", 1), parts[1] if is_room else "__init__"))
    return found


def imported_names(node: ast.AST, path: Path, package: Path) -> list[str]:
    """The absolute dotted names that one node of the syntax tree imports; none if it is no import."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = [node.module] if node.module else []
        if node.level:
            folder = path.relative_to(package.parent).parts[: -node.level]
            base = [*folder, *base]
        return [".".join([*base, alias.name]) for alias in node.names]
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return [str(node.args[0].value)] if function in LOADERS else []
    return []


if __name__ == "__main__":
    sys.exit(main())
