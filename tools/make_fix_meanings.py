"""Makes the table of what coded values mean, for `kairos fix parse`, from QuickFIX's XML files.

    python tools/make_fix_meanings.py DIRECTORY-WITH-FIX44.xml

DIRECTORY is the one that tools/make_fix_dictionary.py takes. Where two versions word a meaning differently, the later
one counts: it mends spelling.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kairos.fix.versions import APPL_VERSIONS
from kairos.fix_tools.meanings import xml_to_meanings

OLDEST_FIRST = ("FIXT11", "FIX40", "FIX41", "FIX42", "FIX43", "FIX44", "FIX50", "FIX50SP1", "FIX50SP2")
TARGET = Path(__file__).resolve().parent.parent / "src" / "kairos" / "fix" / "dictionaries" / "meanings.txt"
SUPPLEMENT = "".join(
    f"{tag} {' '.join(f'{code}={version}' for code, version in APPL_VERSIONS.items())}\n"
    for tag in (1128, 1130, 1137, 1406)
)
"""ApplVerID and its kin, which those files leave without values."""

HEADING = (
    "# Made by tools/make_fix_meanings.py from spec/*.xml of QuickFIX 1.16.0; see NOTICE.\n"
    "# The form is described in kairos.fix_tools.meanings.\n"
)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    tables: dict[int, dict[str, str]] = {}
    texts = [xml_to_meanings(Path(arguments[0]) / f"{name}.xml") for name in OLDEST_FIRST]
    for line in "".join([*texts, SUPPLEMENT]).splitlines():
        tag, *words = line.split()
        tables.setdefault(int(tag), {}).update(word.split("=", 1) for word in words)
    lines = [
        f"{tag} {' '.join(f'{code}={meaning}' for code, meaning in tables[tag].items())}" for tag in sorted(tables)
    ]
    TARGET.write_text(HEADING + "\n".join(lines) + "\n", "ascii")
    print(f"{len(lines)} fields")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
