"""What a check of reference data found: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kairos.model.errors import ReferenceDataError

MAX_FINDINGS: Final = 1_000  # an hour's reading; a file with more has one cause


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (`is_error`), or that a person should look at."""

    file: str
    place: str
    field: str
    problem: str
    remedy: str = ""
    is_error: bool = True


class Findings:
    """Collects findings up to a bound, and counts those beyond it."""

    def __init__(self) -> None:
        self.kept: Final[list[Finding]] = []
        self.left_out = 0
        self.errors = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it."""
        self.errors += finding.is_error
        if len(self.kept) < MAX_FINDINGS:
            self.kept.append(finding)
        else:
            self.left_out += 1

    def error(self, file: str, place: str, field: str, problem: str) -> None:
        """Something wrong; what comes after the last "; " of its sentence is the remedy."""
        told, _, remedy = problem.rpartition("; ")
        self.add(Finding(file, place, field, told or problem, remedy if told else ""))

    def warning(self, file: str, place: str, field: str, problem: str) -> None:
        """Something to look at, in the same form."""
        told, _, remedy = problem.rpartition("; ")
        self.add(Finding(file, place, field, told or problem, remedy if told else "", is_error=False))

    def add_all(self, errors: tuple[ReferenceDataError, ...]) -> None:
        """What a reader found."""
        for error in errors:
            self.error(error.file, error.place, error.field, error.problem)
