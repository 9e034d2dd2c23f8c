"""The market identifier codes of ISO 10383, as of the list that ships (`registry/mics.csv`, with its NOTICE)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

PUBLISHED: Final = "2026-01"  # the month of the list


class RegisteredMic:
    """One active code of the list."""

    def __init__(self, mic: str, operating_mic: str, country: str, name: str) -> None:
        self.mic: Final = mic
        self.operating_mic: Final = operating_mic
        self.country: Final = country
        self.name: Final = name


@cache
def registered_mics() -> dict[str, RegisteredMic]:
    """All active codes of the list."""
    path = Path(str(files("kairos.market"))) / "registry" / "mics.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: RegisteredMic(*row) for row in rows}
