"""Reference data in CSV: one kind a file."""

from __future__ import annotations

from pathlib import Path

from kairos.adapters.csv_file import read_csv
from kairos.adapters.file_errors import Problems
from kairos.adapters.reference_entry import Entry, Kind
from kairos.adapters.reference_kinds import read_entry


def read_reference_csv(path: Path, kind: Kind, problems: Problems) -> list[Entry]:
    """Everything that the file defines; its errors go to `problems`."""
    return [read_entry(kind, row) for row in read_csv(path, problems)]
