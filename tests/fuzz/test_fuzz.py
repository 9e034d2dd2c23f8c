"""The claims of the fuzz targets hold for a thousand random inputs, and for each that ever broke one.

The search itself, guided by what the code does, is `make fuzz`; this proves in every run that its harness works.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fuzz import codec, log, mapping, session

FOUND = Path(__file__).parent / "found"
TARGETS: dict[str, tuple[Callable[[bytes], None], int]] = {
    "codec": (codec.run, 300),
    "session": (session.run, 300),
    "mapping": (mapping.run, 500),
    "log": (log.run, 80),
}
"""The body of each target, and how many inputs take it about a second, interpreted."""


@pytest.mark.parametrize("name", TARGETS)
def test_random_inputs_keep_the_claim(name: str) -> None:
    body, count = TARGETS[name]
    chance = random.Random(name)
    for number in range(count):
        data = chance.randbytes(chance.choice((20, 100, 400, 2000)))
        try:
            body(data)
        except BaseException as error:
            error.add_note(f"input {number} of target {name}: {data.hex()}")
            raise


def test_what_once_broke_a_claim_keeps_it_now() -> None:
    """Inputs that a search has found lie in tests/fuzz/found/TARGET."""
    for path in sorted(FOUND.glob("*/*")):
        TARGETS[path.parent.name][0](path.read_bytes())
