"""What is wrong with files that a person wrote: collected, so that one run tells of many, and raised together."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from kairos.model.errors import ReferenceDataError

MAX_ERRORS: Final = 20  # a screen; a file with more has one cause, and the rest would be noise


class FileErrors(ValueError):
    """Files of reference data or configuration can't be used, and nothing of them was; `errors` holds each reason."""

    def __init__(self, errors: Iterable[ReferenceDataError], complete: bool = True) -> None:
        self.errors: Final = tuple(errors)
        lines = [str(error) for error in self.errors]
        if not complete:
            lines.append(f"there may be more; only the first {len(self.errors)} are told")
        super().__init__("\n".join(lines))


class Problems:
    """Collects errors; raises when there are enough of them, or when asked."""

    def __init__(self, limit: int = MAX_ERRORS) -> None:
        self._limit: Final = limit
        self._errors: list[ReferenceDataError] = []

    def add(self, file: str, place: str, field: str, problem: str) -> None:
        self._errors.append(ReferenceDataError(file, place, field, problem))
        if len(self._errors) == self._limit:
            raise FileErrors(self._errors, complete=False)

    def raise_if_any(self) -> None:
        if self._errors:
            raise FileErrors(self._errors)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """The remedy for an unknown word: the one that looks like it, else all that are allowed."""
    known = sorted(allowed)
    close = get_close_matches(word, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"allowed: {', '.join(known)}" if known else "nothing is allowed here"
