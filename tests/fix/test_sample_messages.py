"""922 files of valid and invalid messages of every type of FIX 4.0 to 5.0 SP2, from EPAM's FIX Antenna (Apache-2.0).

Each file's folder or name says what its messages are. Where our verdict differs, the table of exceptions says why, and
an exception that no message needs any more fails. Of differences to QuickFIX 1.16.0 there is one kind, that the order
of a group's fields is judged, which FIX 4.4 volume 1 prescribes and QuickFIX/J does as well.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from kairos.fix.appl_versions import session_dictionary
from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import GarbledError
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, validate

ARCHIVE = "fix_logs/epam_fix-antenna_validation_messages.tar.xz"
RULES = ValidationRules()
FRAME = re.compile(rb"8=FIX.*?\x0110=[^\x01]*\x01", re.DOTALL)
CHANGING = re.compile(rb"\x01(?:9|34|52|10)=[^\x01]*")

INVALID = re.compile(r"inv_datatypes|[Ii]nvalid|inv_multi|inv_enum")
"""A TestRequest(1) in these files announces the next message, and is valid."""
CONDITIONAL = re.compile(r"inv_cond_req")
"""Fields that a message needs when another has a certain value: not the dictionary, the reader of the message judges
these. QuickFIX's dictionary neither."""
PACKS = {"": "7", "sp1": "8", "sp2": "9", "sp1sp2": "9"}

GARBLED = (99, 0)
Verdict = tuple[int, int]

ORDER = "the fields of a group don't stand in the order of the dictionary"
COUNT = "so out of order that the group seems to end early, and its count not to be true"
FILLER = "the sample has a placeholder for a value that the type or the list does not allow"
COLUMN = "the specification's table requires it, a remark there frees some uses; QuickFIX requires it too"
LACKING = "QuickFIX's dictionary does not have the field there"
LEFT_OVER = "it stands in a group behind a field that the dictionary does not have there, where the group seems to end"
OTHER_PACK = "the sample is of another extension pack of FIX 5.0 SP2 than QuickFIX's dictionary"
NOT_TRUE = "its CheckSum(10), or the length of its data field, is not true"

VALID_BUT_REFUSED: dict[Verdict, str] = {
    GARBLED: NOT_TRUE,
    (0, 318): LACKING,
    (0, 502): LACKING,
    (1, 21): COLUMN,
    (1, 31): COLUMN,
    (1, 44): COLUMN,
    (1, 214): COLUMN,
    (1, 295): COLUMN,
    (1, 508): COLUMN,
    (2, 12): LEFT_OVER,
    (2, 15): LEFT_OVER,
    (2, 85): LEFT_OVER,
    (5, 27): FILLER,
    (5, 167): "TREASURY is no SecurityType(167) of FIX 4.4",
    (5, 233): FILLER,
    (5, 574): FILLER,
    (5, 1373): FILLER,
    (6, 877): FILLER,
    (6, 1156): FILLER,
    (6, 1258): FILLER,
    (6, 1492): FILLER,
    (15, 14): ORDER,
    (15, 41): ORDER,
    (15, 55): ORDER,
    (15, 200): ORDER,
    (15, 270): ORDER,
    (15, 566): ORDER,
    (15, 685): ORDER,
    (16, 428): COUNT,
    (16, 534): COUNT,
    (16, 552): COUNT,
}
INVALID_BUT_PASSED = {
    "inv_Check_MonthYear": "022008 is August of the year 220, and FIX's years run from 0000",
    "132-133_invalid": "a quote without bid and offer: what one field asks of another is not for the dictionary",
    "invalid_multipleCHARvalue_50sp1sp2": "later extension packs allow these values",
    "invalid_multipleSTRINGvalue_50sp1sp2": "later extension packs allow these values",
}


@cache
def samples(archive: Path) -> dict[str, set[bytes]]:
    """The messages of each file; those that differ in number and time only are one."""
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member) for member in tar.getmembers() if member.isfile()}
        texts = {name: file.read() for name, file in files.items() if file is not None}
    return {
        name: set({CHANGING.sub(b"", raw): raw for raw in FRAME.findall(text)}.values())
        for name, text in texts.items()
        if name.endswith(".fix")
    }


def dictionary_of(raw: bytes, name: str) -> Dictionary:
    """By ApplVerID(1128), or by the file's name where the message leaves it out or has a placeholder for it."""
    fields = dict(field.split(b"=", 1) for field in raw.split(b"\x01") if b"=" in field)
    code = fields.get(b"1128", b"").decode()
    named = re.search(r"50(sp1sp2|sp1|sp2)?", name.lower())
    if code not in [*"23456789"]:
        code = PACKS[named.group(1) or ""] if named else "9"
    return session_dictionary(fields[b"8"].decode(), code)


def judge(raw: bytes, name: str) -> Verdict | None:
    try:
        message = parse(raw)
    except GarbledError:
        return GARBLED
    violation = validate(message, dictionary_of(raw, name), RULES)
    return None if violation is None else (violation.reason, violation.ref_tag)


def verdicts(files: dict[str, set[bytes]]) -> Iterator[tuple[str, bytes, Verdict | None]]:
    for name, messages in sorted(files.items()):
        for raw in sorted(messages):
            yield name, raw, judge(raw, name)


@pytest.fixture(scope="module")
def files(shared_data: Callable[[str], Path]) -> dict[str, set[bytes]]:
    found = samples(shared_data(ARCHIVE))
    assert len(found) == 922
    return found


def test_valid_messages_pass(files: dict[str, set[bytes]]) -> None:
    valid = {name: found for name, found in files.items() if not INVALID.search(name) and not CONDITIONAL.search(name)}
    needed: set[Verdict] = set()
    passed = 0
    for name, raw, verdict in verdicts(valid):
        if verdict is None:
            passed += 1
        elif "sp2ep" not in name or verdict[0] not in (0, 2, 6, 15):
            assert verdict in VALID_BUT_REFUSED, (name, verdict, raw)
            needed.add(verdict)
    assert needed == set(VALID_BUT_REFUSED)
    assert passed > 1500, OTHER_PACK


def test_invalid_messages_are_refused_with_a_reason(files: dict[str, set[bytes]]) -> None:
    needed: set[str] = set()
    refused = 0
    for name, raw, verdict in verdicts({name: found for name, found in files.items() if INVALID.search(name)}):
        if verdict is not None:
            refused += 1
        elif b"\x0135=1\x01" not in raw:
            needed.add(Path(name).stem)
    assert needed == set(INVALID_BUT_PASSED)
    assert refused > 2000


def test_conditions_between_fields_are_left_to_the_reader(files: dict[str, set[bytes]]) -> None:
    """Judged without an error, one way or the other."""
    conditional = {name: found for name, found in files.items() if CONDITIONAL.search(name)}
    assert sum(verdict is not None for _, _, verdict in verdicts(conditional)) > 300
