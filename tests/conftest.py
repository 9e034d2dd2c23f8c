"""What all tests share: how hypothesis runs, where the shared data lies, and a word on which files run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import kairos

REPO = Path(__file__).resolve().parent.parent

# QuickFIX takes nine minutes to build: `make interop` does it, and says where it is.
collect_ignore = [] if os.environ.get("KAIROS_INTEROP_PYTHON") else ["interop"]

# The same examples in every run, so that a failure repeats; `KAIROS_HYPOTHESIS=explore` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=1000, database=None, print_blob=True)
settings.load_profile(os.environ.get("KAIROS_HYPOTHESIS", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to test the sources when the compiled files were meant, or the other way round."""
    expected = os.environ.get("KAIROS_EXPECT", "")
    if expected and not kairos.how_it_runs().startswith(expected):
        raise pytest.UsageError(f"KAIROS_EXPECT={expected}, but Kairos runs {kairos.how_it_runs()}")


def pytest_report_header() -> str:
    return f"kairos {kairos.__version__}: {kairos.how_it_runs()}"


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """`shared_data("fix_logs")` is that part of the shared data; the test is skipped where it is absent."""
    root = Path(os.environ.get("KAIROS_SHARED") or REPO.parent / "shared" / "data")

    def find(name: str) -> Path:
        if not (root / name).exists():
            pytest.skip(f"no shared data {name}: put it beside the repository or set KAIROS_SHARED")
        return root / name

    return find
