"""Makes the dictionaries of kairos.fix from QuickFIX's XML files.

    python tools/make_fix_dictionary.py DIRECTORY-WITH-FIX44.xml

DIRECTORY is `spec` of the QuickFIX source archive (`pip download --no-binary :all: --no-deps quickfix==1.16.0`).
To add a version: name its XML file below and in `kairos.fix.dictionary.VERSIONS`, and run this.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kairos.fix.quickfix_xml import quickfix_xml_to_text

SOURCES = {"FIX.4.2": "FIX42.xml", "FIX.4.4": "FIX44.xml"}
TARGET = Path(__file__).resolve().parent.parent / "src" / "kairos" / "fix" / "dictionaries"
HEADING = (
    "# Made by tools/make_fix_dictionary.py from spec/{name} of QuickFIX 1.16.0; see NOTICE.\n"
    "# The form is described in kairos.fix.dictionary.\n"
)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    for version, name in SOURCES.items():
        text = quickfix_xml_to_text(Path(arguments[0]) / name)
        (TARGET / f"{version}.txt").write_text(HEADING.format(name=name) + text, "ascii")
        print(f"{version}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
