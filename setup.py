"""The part of the build that pyproject.toml cannot say: mypyc compiles the hot packages where that is possible."""

import sys
from pathlib import Path

from setuptools import setup

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))

from mypyc_build import BuildAllOrNothing, extensions_for

setup(ext_modules=extensions_for(sys.argv), cmdclass={"build_ext": BuildAllOrNothing})
