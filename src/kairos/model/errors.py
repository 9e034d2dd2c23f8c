"""Errors of the house: what must hold in production, and what a person gave us that can't be used."""

from __future__ import annotations


class InvariantError(Exception):
    """The book would be wrong; the single writer halts rather than go on. Never caught inside the core."""


def invariant(condition: bool, code: str, **context: object) -> None:
    """Raise `InvariantError` with the code and its context unless the condition holds (stays on under `python -O`)."""
    if not condition:
        details = " ".join(f"{key}={value}" for key, value in context.items())
        raise InvariantError(f"{code} {details}".rstrip())


class ReferenceDataError(ValueError):
    """A file of reference data or configuration can't be used; names the file, the place, the field and the remedy."""

    def __init__(self, file: str, place: str, field: str, problem: str) -> None:
        super().__init__(f"{file}: {place}: {field}: {problem}")
        self.file = file
        self.place = place
        self.field = field
        self.problem = problem
