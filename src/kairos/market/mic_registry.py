"""The market identifier codes of ISO 10383, as of the list that ships (`registry/mics.csv`, with its NOTICE)."""

from __future__ import annotations

import csv
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from kairos.market.codes import CodeError

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


def refuse_unlisted(mic: str) -> None:
    """Raise `CodeError`, with the code that it may be meant to be, unless the list has the MIC."""
    if mic not in registered_mics():
        close = get_close_matches(mic, registered_mics(), n=1)
        remedy = f"did you mean {close[0]!r}?" if close else "look it up"
        raise CodeError(f"{mic!r} is not active in ISO 10383 as of {PUBLISHED}; {remedy}")
