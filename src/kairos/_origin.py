"""Which files run: the ones that mypyc compiled, or their sources.

Python prefers a compiled file to the source beside it. That is wrong twice: when KAIROS_PURE=1 asks for the sources,
and when a source was edited after it was compiled. A build in place (`make build`) therefore leaves a list of the
sources' digests; a wheel has none, its files never change. Decided once, before any other module of the package is
imported; then either all modules run compiled or none does.
"""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, PathFinder, SourceFileLoader

LIBRARY = "core__mypyc"
DIGESTS = "_built.txt"


def choose(package: str, folder: str) -> tuple[bool, str]:
    """Whether compiled files run, and a sentence that says so; hides them from the import system if they must not."""
    reason = why_interpreted(package, folder)
    if not reason:
        return True, "compiled"
    ignore_compiled(folder)
    return False, f"interpreted, slower but identical: {reason}"


def why_interpreted(package: str, folder: str) -> str:
    """The reason to run the sources; empty if there is none."""
    if os.environ.get("KAIROS_PURE", "0") not in ("", "0"):
        return "KAIROS_PURE is set"
    if PathFinder.find_spec(f"{package}.{LIBRARY}", [folder]) is None:
        return "it was not compiled for this Python (that takes a C compiler when Kairos is built)"
    edited = first_edited(folder)
    if edited:
        return f"{edited} was edited after it was compiled (`make build` renews it)"
    return ""


def first_edited(folder: str) -> str:
    """The first source that differs from the one that was compiled in place; empty if all are the same."""
    try:
        with open(os.path.join(folder, DIGESTS), encoding="utf-8") as lines:
            built = [line.rstrip("\n").partition("  ") for line in lines]
    except FileNotFoundError:
        return ""
    for known, _, name in built:
        if digest(os.path.join(folder, *name.split("/"))) != known:
            return name
    return ""


def digest(path: str) -> str:
    """The digest of a file's bytes; that of nothing if the file is gone."""
    try:
        with open(path, "rb") as file:
            return blake2b(file.read(), digest_size=16).hexdigest()
    except FileNotFoundError:
        return "gone"


def ignore_compiled(folder: str) -> None:
    """Let imports from this folder and those beneath it see only .py files."""
    beneath = folder + os.sep

    def source_only(path: str) -> FileFinder:
        if path != folder and not path.startswith(beneath):
            raise ImportError(f"{path} is not ours")
        return FileFinder(path, (SourceFileLoader, SOURCE_SUFFIXES))

    sys.path_hooks.insert(0, source_only)
    for path in list(sys.path_importer_cache):
        if path == folder or path.startswith(beneath):
            del sys.path_importer_cache[path]
