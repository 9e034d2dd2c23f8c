"""QuickFIX's acceptance definitions against `kairos fix echo`, as a real process, compiled and interpreted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

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


def play(definitions: Path, pure: str, wanted: Callable[[str], bool]) -> list[str]:
    """What the shared program says of each version. They have sessions of their own, so they go side by side."""
    driver = definitions.parents[1] / "tools" / "fix_acceptance.py"
    if not driver.exists():
        pytest.skip(f"no {driver.name} beside the shared data")
    with echo(pure) as port:
        command = [sys.executable, str(driver), "127.0.0.1", str(port), "--timeout", "30"]
        playing = []
        for version in VERSIONS:
            files = [str(path) for path in sorted((definitions / version).glob("*.def")) if wanted(path.name)]
            playing.append(subprocess.Popen([*command, *files], stdout=subprocess.PIPE, text=True))
        return [said.communicate(timeout=300)[0].partition(" in ")[0] for said in playing]


@pytest.mark.parametrize("pure", ["", "1"], ids=["as built", "interpreted"])
def test_the_acceptance_definitions_pass(pure: str, shared_data: Callable[[str], Path]) -> None:
    definitions = shared_data("fix_acceptance")
    if not pure and not kairos.COMPILED:
        pytest.skip("nothing is compiled: the interpreted run is all there is")
    assert play(definitions, pure, lambda name: name not in SLOW) == ["56/56 passed (strict)", "57/57 passed (strict)"]


def test_the_definitions_that_wait_for_heartbeats_pass(shared_data: Callable[[str], Path]) -> None:
    assert play(shared_data("fix_acceptance"), "", lambda name: name in SLOW) == ["2/2 passed (strict)"] * 2
