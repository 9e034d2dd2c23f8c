"""QuickFIX's acceptance definitions against `kairos fix echo`, as a real process, compiled and interpreted."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import kairos

pytestmark = pytest.mark.slow

SLOW = ("4a_NoDataSentDuringHeartBtInt.def", "6_SendTestRequest.def")
VERSIONS = ("fix42", "fix44")


@contextmanager
def echo(pure: str) -> Iterator[int]:
    """The port of an echo process that ends with the block; it must end well when told to."""
    command = [sys.executable, "-m", "kairos", "fix", "echo", "--port", "0"]
    environment = {**os.environ, "KAIROS_PURE": pure}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout is not None
        try:
            listens = re.search(rb":(\d+) for", process.stdout.readline())
            assert listens is not None
            yield int(listens[1])
            process.terminate()
            assert process.wait(10) == 0
        finally:
            process.kill()


def driver(definitions: Path) -> Any:
    """The program that plays a definition; it is part of the shared tools."""
    path = definitions.parents[1] / "tools" / "fix_acceptance.py"
    if not path.exists():
        pytest.skip(f"no {path.name} beside the shared data")
    spec = importlib.util.spec_from_file_location("fix_acceptance", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def play(definitions: Path, pure: str, wanted: Callable[[str], bool]) -> tuple[int, list[str]]:
    """How many were played, and what failed. The versions have sessions of their own, so they go side by side."""
    run = driver(definitions).run

    def play_version(version: str, port: int) -> list[tuple[str, str | None]]:
        files = sorted(path for path in (definitions / version).glob("*.def") if wanted(path.name))
        return [(f"{version}/{path.name}", run(str(path), ("127.0.0.1", port), "strict", 30)) for path in files]

    with echo(pure) as port, ThreadPoolExecutor() as pool:
        played = [each for part in pool.map(lambda v: play_version(v, port), VERSIONS) for each in part]
    return len(played), [f"{name}: {why}" for name, why in played if why]


@pytest.mark.parametrize("pure", ["", "1"], ids=["as built", "interpreted"])
def test_the_acceptance_definitions_pass(pure: str, shared_data: Callable[[str], Path]) -> None:
    definitions = shared_data("fix_acceptance")
    if not pure and not kairos.COMPILED:
        pytest.skip("nothing is compiled: the interpreted run is all there is")
    assert play(definitions, pure, lambda name: name not in SLOW) == (113, [])


def test_the_definitions_that_wait_for_heartbeats_pass(shared_data: Callable[[str], Path]) -> None:
    assert play(shared_data("fix_acceptance"), "", lambda name: name in SLOW) == (4, [])
