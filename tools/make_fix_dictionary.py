"""Makes the dictionaries of kairos.fix from QuickFIX's XML files, and from these the parser's table of data fields.

    python tools/make_fix_dictionary.py DIRECTORY-WITH-FIX44.xml

DIRECTORY is `spec` of the QuickFIX source archive (`pip download --no-binary :all: --no-deps quickfix==1.16.0`).
To add a version: name it in `kairos.fix.dictionary.VERSIONS`, and run this.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kairos.fix.dictionary import VERSIONS
from kairos.fix.quickfix_xml import quickfix_xml_to_text

SOURCES = {version: version.replace(".", "") + ".xml" for version in VERSIONS}
CORRECTIONS = {
    "^(field 18 ExecInst) STRING": r"\1 MULTIPLEVALUESTRING",
    "33! 58! 95 96$": "33!(58!) 95 96",
    "^(field 65 SymbolSfx STRING) .*": r"\1",
    "^(field 347 MessageEncoding STRING) .*": r"\1",
    "^(field 803 PartySubIDType INT .*)": r"\1 4000+",
    "^(field 847 TargetStrategy INT .*)": r"\1 1000+",
    "@RelatedInstrumentGrp 779! ": "@RelatedInstrumentGrp 779 ",
}
"""Where the files are narrower than the specification:

- ExecInst(18) holds several values, parted by spaces; FIX 4.0 and 4.1 have no type to say so
- LinesOfText(33) counts a group in News(B) and Email(C) of FIX 4.0 as in every later version
- SymbolSfx(65) has the suffixes of the exchanges besides the two values for bonds
- MessageEncoding(347) is named by IANA, and houses use more than the four in the list
- numbers from 4000 and 1000 on are there for bilateral use
- LastUpdateTime(779) became part of the snapshot in an extension of FIX 5.0 SP2, which doesn't bind those without it
"""
SUPPLEMENTS = {
    "FIXT.1.1": """\
# Left empty in that file; from the FIXT 1.1 specification: what a Logon(A) may say of the messages to come.
field 384 NoMsgTypes NUMINGROUP
field 385 MsgDirection CHAR R S
field 1410 DefaultVerIndicator BOOLEAN N Y
component MsgTypeGrp 384(372 385 1130 1406 1131 1410)
"""
}
TARGET = Path(__file__).resolve().parent.parent / "src" / "kairos" / "fix" / "dictionaries"
DATA_TAGS = TARGET.parent / "data_tags.py"
DATA_TAGS_HEADING = '''"""The data field of each length field, FIX 4.0 to 5.0 SP2.

Made by tools/make_fix_dictionary.py from the dictionaries: edit those, not this file.
"""

from __future__ import annotations

from typing import Final

DATA_TAGS: Final[dict[int, int]] = {
'''
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
        for wrong, right in CORRECTIONS.items():
            text = re.sub(wrong, right, text, flags=re.MULTILINE)
        text += SUPPLEMENTS.get(version, "")
        (TARGET / f"{version}.txt").write_text(HEADING.format(name=name) + text, "ascii")
        print(f"{version}: {len(text.splitlines())} lines")
    DATA_TAGS.write_text(DATA_TAGS_HEADING + "".join(f"    {pair},\n" for pair in _data_tags()) + "}\n", "ascii")
    return 0


def _data_tags() -> list[str]:
    """`length tag: data tag` of every version, paired by name: RawDataLength and RawData, XmlDataLen and XmlData."""
    pairs: dict[int, int] = {}
    for version in VERSIONS:
        text = (TARGET / f"{version}.txt").read_text("ascii")
        fields = re.findall(r"^field (\d+) (\w+)", text, re.MULTILINE)
        tags = {name.replace("SecurityDesc", "SecDesc"): int(tag) for tag, name in fields}
        for name, tag in tags.items():
            data = tags.get(re.sub("Len(gth)?$", "", name), tag)
            if data != tag:
                pairs[tag] = data
    return [f"{length}: {data}" for length, data in sorted(pairs.items())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
