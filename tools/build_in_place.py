"""Compile the hot packages beside their sources, unless what lies there was made from the same sources and tools.

    python tools/build_in_place.py            compile what changed
    python tools/build_in_place.py --remove   remove all compiled files

The list of digests is removed first and written last: a build that was cut short is never taken for a whole one, and
no compiled file of a source that has gone stays behind.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from hashlib import blake2b
from importlib.metadata import version

from mypyc_build import PACKAGE, ROOT, hot_sources, why_not

sys.path.insert(0, str(ROOT / "src"))

from kairos._origin import DIGESTS, digest

MANIFEST = PACKAGE / DIGESTS
RECIPE = ROOT / "build" / "recipe.txt"
BUILT_SUFFIXES = (".so", ".pyd")


def main() -> int:
    parser = argparse.ArgumentParser(description="Compile the hot packages in place.")
    parser.add_argument("--remove", action="store_true", help="remove all compiled files instead")
    if parser.parse_args().remove:
        remove()
        return 0
    if is_current():
        return 0
    obstacle = why_not()
    if obstacle:
        remove()
        print(f"Kairos runs interpreted, slower but identical: {obstacle}.")
        return 0
    return build()


def build() -> int:
    """Compile everything that changed; the compiler's output goes to build/compile.log and is shown on failure."""
    started = time.monotonic()
    sources, recipe = digests(), recipe_digest()
    print(f"Compiling {len(sources)} modules ...", flush=True)
    remove()
    RECIPE.parent.mkdir(exist_ok=True)
    log = RECIPE.parent / "compile.log"
    with log.open("w", encoding="utf-8") as output:
        command = [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"]
        environment = os.environ | {"KAIROS_MUST_COMPILE": "1"}
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode != 0:
        remove()
        print(f"{log.read_text('utf-8')}\nThe build failed; without it: KAIROS_PURE=1", file=sys.stderr)
        return done.returncode
    RECIPE.write_text(recipe, "ascii")
    MANIFEST.write_text(sources_text(sources), "utf-8")
    print(f"Compiled {len(sources)} modules in {time.monotonic() - started:.0f} s.")
    return 0


def is_current() -> bool:
    """Whether the compiled files came from these very sources, build files, compiler settings and this Python."""
    return (
        MANIFEST.exists()
        and MANIFEST.read_text("utf-8") == sources_text(digests())
        and RECIPE.exists()
        and RECIPE.read_text("ascii") == recipe_digest()
        and all(any(path.parent.glob(f"{path.stem}.*{BUILT_SUFFIXES[os.name == 'nt']}")) for path in hot_sources())
    )


def digests() -> dict[str, str]:
    """The digest of each hot source, by its path inside the package."""
    found = ((ROOT / path).relative_to(PACKAGE).as_posix() for path in hot_sources())
    return {name: digest(str(PACKAGE / name)) for name in found}


def sources_text(sources: dict[str, str]) -> str:
    return "".join(f"{known}  {name}\n" for name, known in sources.items())


def recipe_digest() -> str:
    """What decides the result besides the sources."""
    files = [digest(str(ROOT / name)) for name in ("setup.py", "tools/mypyc_build.py")]
    tools = [version(name) for name in ("mypy", "librt", "setuptools")]
    settings = [os.environ.get(name, "") for name in ("CC", "CFLAGS", "LDSHARED")]
    return blake2b(repr([sys.version, files, tools, settings]).encode(), digest_size=16).hexdigest()


def remove() -> None:
    """Remove the digests first, then every compiled file of the package."""
    MANIFEST.unlink(missing_ok=True)
    for suffix in BUILT_SUFFIXES:
        for path in PACKAGE.rglob(f"*{suffix}"):
            path.unlink()


if __name__ == "__main__":
    raise SystemExit(main())
