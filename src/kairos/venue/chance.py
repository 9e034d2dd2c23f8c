"""Chance from a seed, the same everywhere."""

from __future__ import annotations

from typing import Final

MASK: Final = (1 << 64) - 1


class SplitMix64:
    """The generator splitmix64 (Steele, Lea and Flood, 2014): small, seeded, the same everywhere."""

    def __init__(self, seed: int) -> None:
        self.state = seed & MASK

    def next(self) -> int:
        """64 bits."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        bits = self.state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
        return bits ^ (bits >> 31)

    def hits(self, per_mille: int) -> bool:
        """True in `per_mille` of a thousand calls; draws nothing for a fault that is off."""
        return per_mille > 0 and self.next() % 1000 < per_mille


def seed_of(seed: int, name: str) -> int:
    """A seed of its own for each name, so that one's draws don't move another's (FNV-1a over the name)."""
    mixed = 0xCBF29CE484222325 ^ (seed & MASK)
    for byte in name.encode():
        mixed = ((mixed ^ byte) * 0x100000001B3) & MASK
    return mixed
