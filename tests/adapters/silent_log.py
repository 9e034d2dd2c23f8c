"""A log that says nothing and remembers what it was told."""

from __future__ import annotations


class SilentLog:
    def __init__(self) -> None:
        self.entries: list[tuple[str, dict[str, object]]] = []

    def info(self, event: str, **fields: object) -> None:
        self.entries.append((event, fields))

    warning = info
    error = info

    def told(self, event: str) -> list[dict[str, object]]:
        """What was said under this name."""
        return [fields for name, fields in self.entries if name == event]
