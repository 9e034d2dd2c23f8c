"""Kairos: an order management system for the order desk of a bank, broker or asset manager.

`COMPILED` tells whether the hot packages run compiled; `KAIROS_PURE=1` in the environment runs their sources.
"""

from __future__ import annotations

from typing import Final

from kairos import _origin

__version__: Final = "0.1.0"

COMPILED, _HOW = _origin.choose(__name__, __path__[0])


def how_it_runs() -> str:
    """One sentence for people: "compiled", or "interpreted, slower but identical: " and why."""
    return _HOW
