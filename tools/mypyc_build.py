"""How the hot packages are compiled: what to compile, whether this machine can, and how to do it in parallel.

pyproject.toml lists packages and single modules (`[tool.kairos.compiled]`). mypyc makes one C file a module, one shared
library with all the code (`kairos/core__mypyc`), and a small shim a module. A shim without its library can't be
imported, so the build keeps all of them or none; with none the package is whole, only slower.

Used by setup.py, so it may import nothing but setuptools and, late, mypyc.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from setuptools import Extension
from setuptools.command.build_ext import build_ext
from setuptools.errors import CCompilerError, ExecError, PlatformError

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "kairos"
LIBRARY = "kairos.core"  # mypyc adds "__mypyc"; kairos/_origin.py looks for it by that name
BUILDING = {"build", "build_ext", "bdist_wheel", "editable_wheel", "install"}


def hot_sources() -> list[Path]:
    """The modules to compile, sorted, relative to the root of the repository."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["kairos"]["compiled"]
    interpreted = {PACKAGE / name for name in config["interpreted"]}
    found = (path for name in config["packages"] for path in (PACKAGE / name).rglob("*.py"))
    hot = {path for path in found if path.name != "__init__.py" and path not in interpreted}
    hot |= {PACKAGE / name for name in config["modules"]}
    return sorted(path.relative_to(ROOT) for path in hot)


def why_not() -> str:
    """Why this machine can't compile, in words that name the remedy; empty if it can."""
    if os.environ.get("KAIROS_PURE", "0") not in ("", "0"):
        return "KAIROS_PURE is set"
    command = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "")
    if not command:
        return ""  # Windows: setuptools finds its own compiler, or the build falls back
    with tempfile.TemporaryDirectory() as scratch:
        probe = Path(scratch, "probe.c")
        probe.write_text("#include <Python.h>\n", "ascii")
        include = f"-I{sysconfig.get_path('include')}"
        try:
            done = subprocess.run(
                [*command, include, "-c", str(probe), "-o", f"{probe}.o"], capture_output=True, check=False
            )
        except OSError:
            return f"there is no C compiler ({command[0]})"
    return "" if done.returncode == 0 else "the C compiler finds no Python.h (Debian: python3-dev)"


def extensions_for(arguments: Sequence[str]) -> list[Extension]:
    """The extensions of this setup.py run; none where nothing is built, so that asking for metadata stays quick."""
    if not BUILDING.intersection(arguments):
        return []
    obstacle = why_not()
    if obstacle:
        print(f"kairos: not compiled, {obstacle}; it will run interpreted", file=sys.stderr)
        return []
    return generate()


def generate() -> list[Extension]:
    """Translate the hot modules to C; a type error in one of them ends the build."""
    from mypyc.build import mypycify  # noqa: PLC0415  (absent where nothing is compiled)

    os.chdir(ROOT)
    sources = [str(path) for path in hot_sources()]
    options = ["--config-file=", "--ignore-missing-imports"]
    extensions: list[Extension] = mypycify(
        [*options, *sources], group_name=LIBRARY, multi_file=True, opt_level="3", debug_level="0"
    )
    for extension in extensions:
        extension.optional = True
        extension.include_dirs.append("build/kairos")  # where mypyc puts the headers of a library inside a package
    return extensions


class BuildAllOrNothing(build_ext):
    """Compiles in parallel; if one file fails nothing is compiled (under KAIROS_MUST_COMPILE the build fails)."""

    def build_extensions(self) -> None:
        jobs = int(os.environ.get("KAIROS_JOBS", "0")) or os.cpu_count() or 1
        self.parallel = jobs
        compile_in_parallel(self.compiler, jobs)
        for extension in self.extensions:
            extension.optional = False  # a failure must reach us: half of the extensions is worse than none
        try:
            super().build_extensions()
        except (CCompilerError, ExecError, PlatformError) as error:
            if os.environ.get("KAIROS_MUST_COMPILE", "0") not in ("", "0"):
                raise
            self.warn(f"kairos: not compiled, it will run interpreted: {error}")
            self.discard()

    def discard(self) -> None:
        for extension in self.extensions:
            Path(self.get_ext_fullpath(extension.name)).unlink(missing_ok=True)
        self.extensions.clear()


def compile_in_parallel(compiler: Any, jobs: int) -> None:
    """Let this compiler object compile the files of one extension side by side; setuptools knows only one by one."""

    def compile_all(
        sources: Sequence[str],
        output_dir: str | None = None,
        macros: Any = None,
        include_dirs: Any = None,
        debug: bool = False,
        extra_preargs: Any = None,
        extra_postargs: Any = None,
        depends: Any = None,
    ) -> list[str]:
        prepared = compiler._setup_compile(output_dir, macros, include_dirs, sources, depends, extra_postargs)
        _, objects, extra, options, build = prepared
        arguments = compiler._get_cc_args(options, debug, extra_preargs)

        def compile_one(item: tuple[str, tuple[str, str]]) -> None:
            target, (source, suffix) = item
            if not up_to_date(target, source, depends or ()):
                compiler._compile(target, source, suffix, arguments, extra, options)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(compile_one, build.items()))
        return list(objects)

    compiler.compile = compile_all


def up_to_date(target: str, source: str, headers: Sequence[str]) -> bool:
    """Whether the object file is newer than its C file and all headers; mypyc rewrites only files that change."""
    made = Path(target)
    newest = max(Path(path).stat().st_mtime_ns for path in (source, *headers) if Path(path).exists())
    return made.exists() and made.stat().st_mtime_ns > newest
