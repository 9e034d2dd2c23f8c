"""The logs that others wrote, kept beside the repository: every message found, by the counts in their SOURCE.md."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from kairos.fix_tools.analysis import Analyzer, LogMessage
from kairos.fix_tools.dictionaries import Dictionaries
from kairos.fix_tools.log_reader import LogReader
from kairos.fix_tools.sources import Sources

SHARED = Path(os.environ.get("KAIROS_SHARED") or Path(__file__).resolve().parents[3] / "shared" / "data")
LOGS = SHARED / "fix_logs"
pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the real logs are not on this machine (KAIROS_SHARED)")

COUNTS = {
    "fix-log-to-orchestra/FIX.4.2-KOD-BON.messages.current.log": (2486, 2486, 2486),
    "fix-log-to-orchestra/FIXT.1.1-EXEC-BANZAI.messages.log": (94, 92, 92),
    "hffix/fix.5.0.set.2": (65, 65, 65),
    "hffix/fix.4.1.set.1": (16, 16, 16),
    "quickfixj-testserver/FIX.4.2-OMS-STREAMBASE.body": (840, 838, None),
    "quickfixj-testserver/FIX.4.2-BANZAI-STREAMBASE.body": (247, 247, 247),
    "sackfixlogplayer/example.fix.log": (48, 6, 12),
    "quickfix-logviewer/tmp.log": (819, 117, 819),
    "quickfix-logviewer/small.log": (84, 0, 0),
    "fix2json/100FIX42.dat": (100, 0, 0),
    "fix-log-to-orchestra/Montran_order_messages.log": (12, 12, 12),
    "fix-log-to-orchestra/delimitertest.log": (9, None, None),
    "fix-log-to-orchestra/Test_UserDefined.log": (15, None, None),
    "fix-log-to-orchestra/20200105.txt": (1, None, None),
    "fix-log-to-orchestra/UDFinNestedGroups.txt": (1, 0, None),
}
"""Messages, of them with a correct CheckSum(10), with a correct BodyLength(9); None where the source says "mixed"."""

STATED = {
    "ExpectedMessageCount": lambda messages: str(len(messages)),
    "ExpectedBeginString": lambda messages: messages[0].fields.get(8) if messages else "",
    "ExpectedSenderCompId": lambda messages: messages[0].sender if messages else "",
    "ExpectedTargetCompId": lambda messages: messages[0].target if messages else "",
}


def analyzed(path: Path) -> list[LogMessage]:
    analyzer = Analyzer(Dictionaries())
    with Sources([str(path)], again=False) as sources:
        return [analyzer.take(found) for log in sources.logs() for found in LogReader(log.name).messages(log.chunks())]


def without(code: str, messages: list[LogMessage]) -> int:
    return sum(all(problem.code != code for problem in message.problems) for message in messages)


@pytest.mark.parametrize("name", COUNTS)
def test_messages_checksums_and_lengths_are_as_counted(name: str) -> None:
    messages = analyzed(LOGS / name)
    total, checksums, lengths = COUNTS[name]
    assert len(messages) == total
    if checksums is not None:
        assert without("CHECK_SUM", messages) == checksums
    if lengths is not None:
        assert without("BODY_LENGTH", messages) == lengths


@pytest.mark.parametrize("path", sorted((LOGS / "Log4FIX-J").glob("*.log")), ids=lambda path: path.stem)
def test_the_samples_that_state_their_content_hold_it(path: Path) -> None:
    messages = analyzed(path)
    text = path.read_text("iso-8859-1")
    for key, actual in STATED.items():
        stated = re.search(rf"^{key}=(\S*)", text, re.MULTILINE)
        assert stated is None or stated[1] == actual(messages), key


def test_anonymised_messages_are_readable() -> None:
    """With BodyLength(9) and CheckSum(10) blanked, the fields are all there, and the reasons told."""
    messages = analyzed(LOGS / "fix2json" / "100FIX42.dat")
    assert Counter(message.msg_type for message in messages) == {"D": 75, "8": 25}
    assert all(message.fields.get(11) and message.fields.get(54) in "1235" for message in messages)
    assert all({problem.code for problem in message.problems} >= {"BODY_LENGTH", "CHECK_SUM"} for message in messages)


@pytest.mark.slow
def test_the_archive_of_samples_is_read_whole() -> None:
    """922 files, 19,401 messages; each is judged, and those that are named invalid for their data types are refused."""
    messages = analyzed(LOGS / "epam_fix-antenna_validation_messages.tar.xz")
    files = {message.found.source for message in messages}
    assert len(files) == 922
    by_folder: dict[str, list[LogMessage]] = {}
    for message in messages:
        by_folder.setdefault(message.found.source.split("/")[-2], []).append(message)
    for folder in ("fixdatafix40", "fixdatafix41", "fixdatafix42"):
        assert not any(message.problems for message in by_folder[folder])
    for folder in ("FIX44Invalid", "FIX50sp1Invalid", "FIX50sp2Invalid"):
        assert all(message.problems for message in by_folder[folder])
    unknown = {problem.code for message in messages for problem in message.problems} & {"UNKNOWN_VERSION", "HEAD"}
    assert not unknown
