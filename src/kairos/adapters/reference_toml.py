"""Reference data in TOML: an array of tables for each kind, and the restricted list, as instrument ids or tables."""

from __future__ import annotations

from pathlib import Path

from kairos.adapters.file_errors import Problems
from kairos.adapters.reference_entry import Entry, Kind
from kairos.adapters.reference_kinds import read_entry
from kairos.adapters.toml_file import read_toml


def read_reference_toml(path: Path, problems: Problems) -> list[Entry]:
    """Everything that the file defines; its errors go to `problems`."""
    top = read_toml(path, problems)
    if top is None:
        return []
    entries = []
    for kind in Kind:
        shorthand = "instrument_id" if kind is Kind.RESTRICTED else ""
        entries += [read_entry(kind, row) for row in top.tables(kind.value, shorthand)]
    top.tables("example")  # what must come of them; for `kairos risk test`
    top.finish()
    return entries
