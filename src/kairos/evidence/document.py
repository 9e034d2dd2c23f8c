"""A report before it is a page: sections of paragraphs and tables, the same for HTML and PDF."""

from __future__ import annotations

from typing import NamedTuple


class Table(NamedTuple):
    """`numbers` are the columns that stand to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


class Section(NamedTuple):
    """`table` is None where there is nothing to list; the paragraphs then say so."""

    title: str
    paragraphs: tuple[str, ...]
    table: Table | None


class Document(NamedTuple):
    """`language` is a BCP 47 tag; `facts` stand below the title: what it is about, in name and value."""

    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    end: str
