"""Framing, parser, validator and groups, with every dictionary.

Claim: bytes become frames or are skipped; a frame becomes a Message or raises GarbledError; a message is valid or has a
Violation; a field or group is read or raises FieldError. Nothing else is raised, and the bytes held are bounded.
"""

from __future__ import annotations

from typing import Final

from tests.fuzz.choices import Choices
from tests.fuzz.messages import SOH, body_of, framed

from kairos.fix.appl_versions import session_dictionary
from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import FieldError, GarbledError, RemoteError
from kairos.fix.framing import MAX_FRAME_BYTES, MAX_PENDING_BYTES, FrameReader
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.versions import APPL_VERSIONS, FIXT

VERSIONS: Final = (
    *((version, "") for version in ("FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4")),
    *((FIXT, code) for code in APPL_VERSIONS),
)
RULES: Final = ValidationRules()
LENIENT: Final = ValidationRules(field_order=False, required_tags=False, group_order=False, allow_user_defined=False)


def run(data: bytes) -> None:
    choices = Choices(data)
    begin_string, appl_ver_id = choices.pick(VERSIONS)
    dictionary = session_dictionary(begin_string, appl_ver_id)
    reader = FrameReader()
    while choices.more():
        try:
            reader.feed(_some_bytes(choices, begin_string, dictionary))
        except RemoteError:
            return
        while (frame := reader.next()) is not None:
            assert len(frame) <= MAX_FRAME_BYTES
            _take(frame, dictionary)
        assert reader.pending() <= MAX_PENDING_BYTES


def _some_bytes(choices: Choices, begin_string: str, dictionary: Dictionary) -> bytes:
    if choices.one_in(5):
        return choices.bytes(64)
    msg_type = choices.pick(dictionary.message_types())
    head = [b"35=%b" % msg_type.encode(), b"49=A", b"56=B", b"34=%d" % choices.number(0, 300), b"52=20261122-09:30:00"]
    fields = SOH.join([*head, *body_of(choices, dictionary, msg_type)]) + SOH
    frame = framed(begin_string.encode(), fields)
    if choices.one_in(8):
        at = choices.number(0, len(frame) - 1)
        frame = frame[:at] + choices.bytes(4) + frame[at + choices.number(0, 3) :]
    return frame


def _take(frame: bytes, dictionary: Dictionary) -> None:
    try:
        message = parse(frame)
    except GarbledError:
        return
    assert message.raw == frame
    for rules in (RULES, LENIENT):
        violation = validate(message, dictionary, rules)
        assert violation is None or violation.text
    _read_fields(message)
    spec = dictionary.message(message.msg_type)
    for member in spec.members.order if spec is not None else ():
        if member.group is not None:
            try:
                _read_entries(read_group(message, member.group))
            except FieldError as error:
                assert error.text


def _read_fields(message: Message) -> None:
    for i in range(message.count()):
        message.text_at(i)
        for read in (message.int_at, message.utc_at, message.utc_date_at, message.bool_at):
            try:
                read(i)
            except FieldError as error:
                assert error.tag == message.tags[i]
        try:
            message.decimal_at(i, 8)
        except FieldError as error:
            assert error.tag == message.tags[i]


def _read_entries(entries: list[GroupEntry]) -> None:
    """Each entry begins with its group's first field and lies behind the one before."""
    behind = 0
    for entry in entries:
        assert behind <= entry.first < entry.end <= entry.message.count()
        assert entry.message.tags[entry.first] == entry.group.first_tag
        behind = entry.end
        for member in entry.group.members.order:
            if member.group is not None:
                try:
                    _read_entries(entry.groups(member.tag))
                except FieldError as error:
                    assert error.text
