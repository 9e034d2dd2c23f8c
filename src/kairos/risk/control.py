"""A control of the gate, as reports and pages name it."""

from __future__ import annotations

from typing import Final

from mypy_extensions import mypyc_attr

from kairos.model.refusals import RefusalCode


@mypyc_attr(acyclic=True)
class Control:
    """
    code:    with which it refuses
    clauses: of the rules that it answers
    where:   how it is set
    doc:     what it refuses, in a sentence
    """

    def __init__(self, code: RefusalCode, name: str, clauses: str, where: str, doc: str) -> None:
        self.code: Final[RefusalCode] = code
        self.name: Final[str] = name
        self.clauses: Final[str] = clauses
        self.where: Final[str] = where
        self.doc: Final[str] = doc
