"""What every test of running houses needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.system import fix_peer


@pytest.fixture(autouse=True, scope="module")
def _peers_are_cut() -> Iterator[None]:
    """A client that a module leaves connected would be found, as an unclosed socket, in a later one."""
    yield
    for peer in fix_peer.OPEN:
        peer.cut()
    fix_peer.OPEN.clear()
