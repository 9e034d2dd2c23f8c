"""The reader of logs and all that explains a message.

Claim: no bytes make it raise; each frame is more than nothing and ends with SOH; what it calls valid the parser takes;
and it finds the same messages however the log is chopped.
"""

from __future__ import annotations

import json
from typing import Final

from tests.fuzz.choices import Choices
from tests.fuzz.codec import VERSIONS, session_dictionary
from tests.fuzz.messages import SOH, body_of, framed

from kairos.fix.parser import parse
from kairos.fix_tools.analysis import Analyzer, State
from kairos.fix_tools.as_json import message_as_json, summary_as_json
from kairos.fix_tools.describe import brief, full, sums
from kairos.fix_tools.dictionaries import Dictionaries
from kairos.fix_tools.log_reader import FoundMessage, LogReader
from kairos.fix_tools.summary import Summary

DICTIONARIES: Final = Dictionaries()
DELIMITERS: Final = (b"\x01", b"|", b"^A", b";", b"\\u0001", b"<SOH>", b" ", b"\t", b"&#1;", b"^", b" | ")
BETWEEN: Final = (b"\n", b"", b"\r\n", b"2026-11-22 09:30:00 [in] ", b"]]></m>\n", b"8=FIX", b"9=5|35=0|34=1|", b"\x00")


def run(data: bytes) -> None:
    choices = Choices(data)
    size = choices.pick((100_000, 1000, 64, 17))
    log = b"".join(_some_text(choices) for _ in range(12) if choices.more())
    found = _found(log, 100_000_000)
    summary = Summary()
    analyzer = Analyzer(DICTIONARIES)
    for each in found:
        assert len(each.frame) > 1 and each.frame.endswith(SOH)
        message = analyzer.take(each)
        if message.state is State.VALID:
            assert parse(each.frame).msg_type.encode("iso-8859-1") == message.fields.raw(35)
        summary.pass_by(message)
        summary.take(message)
        json.dumps(message_as_json(message, DICTIONARIES.meanings))
        for line in (*brief(message, DICTIONARIES.meanings), *full(message, DICTIONARIES.meanings)):
            assert "".join(text for text, _ in line).isprintable()
    json.dumps(summary_as_json(summary))
    assert list(sums(summary))
    confirmed = [each.frame for each in found if each.confirmed]
    assert [each.frame for each in _found(log, size) if each.confirmed] == confirmed


def _found(log: bytes, size: int) -> list[FoundMessage]:
    chunks = (log[at : at + size] for at in range(0, len(log), size))
    return list(LogReader().messages(chunks))


def _some_text(choices: Choices) -> bytes:
    if choices.one_in(6):
        return choices.bytes(40)
    begin_string, appl_ver_id = choices.pick(VERSIONS)
    dictionary = session_dictionary(begin_string, appl_ver_id)
    msg_type = choices.pick(dictionary.message_types())
    head = [b"35=%b" % msg_type.encode(), b"34=%d" % choices.number(0, 300), b"49=A", b"56=B", b"52=20261122-09:30:00"]
    frame = framed(begin_string.encode(), SOH.join([*head, *body_of(choices, dictionary, msg_type)]) + SOH)
    text = frame.replace(SOH, choices.pick(DELIMITERS))
    if choices.one_in(6):
        width = choices.number(5, 90)
        text = b"\n".join(text[at : at + width] for at in range(0, len(text), width))
    if choices.one_in(6):
        text = text[: choices.number(0, len(text))]
    return choices.pick(BETWEEN) + text + choices.pick(BETWEEN)
