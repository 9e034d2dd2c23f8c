"""Why a message is broken: every reason that can be told, not only the first.

First what makes it garbled, by which an engine ignores it; then, as if that were mended, what its dictionary says
against its content, by which an engine rejects it. What passes here is what kairos.fix itself would take.
"""

from __future__ import annotations

from typing import Final

from kairos.fix import tags as t
from kairos.fix.dictionary import Dictionary, field_label
from kairos.fix.errors import GarbledError
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, Violation, validate
from kairos.fix_tools.dictionaries import Choice
from kairos.fix_tools.fields import NO_TAG, FieldList, nest
from kairos.fix_tools.log_reader import FoundMessage

REASONS: Final = {
    t.INVALID_TAG_NUMBER: "INVALID_TAG_NUMBER",
    t.REQUIRED_TAG_MISSING: "REQUIRED_TAG_MISSING",
    t.TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE: "TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE",
    t.UNDEFINED_TAG: "UNDEFINED_TAG",
    t.TAG_SPECIFIED_WITHOUT_A_VALUE: "TAG_SPECIFIED_WITHOUT_A_VALUE",
    t.VALUE_IS_INCORRECT: "VALUE_IS_INCORRECT",
    t.INCORRECT_DATA_FORMAT: "INCORRECT_DATA_FORMAT",
    t.INVALID_MSG_TYPE: "INVALID_MSG_TYPE",
    t.TAG_APPEARS_MORE_THAN_ONCE: "TAG_APPEARS_MORE_THAN_ONCE",
    t.TAG_OUT_OF_REQUIRED_ORDER: "TAG_OUT_OF_REQUIRED_ORDER",
    t.GROUP_FIELDS_OUT_OF_ORDER: "GROUP_FIELDS_OUT_OF_ORDER",
    t.INCORRECT_NUM_IN_GROUP_COUNT: "INCORRECT_NUM_IN_GROUP_COUNT",
}
_RULES: Final = (
    "field_order",
    "msg_types",
    "required_tags",
    "repeated_tags",
    "values_present",
    "data_formats",
    "enum_values",
    "defined_tags",
    "message_tags",
    "group_order",
    "group_counts",
)
_ALL: Final = ValidationRules()
_ALONE: Final = [ValidationRules(**{name: name == chosen for name in _RULES}) for chosen in _RULES]
_SHOWN_VALUES: Final = 16
"""Allowed values named in a reason; SecurityType(167) has a hundred."""


class Problem:
    """A reason to refuse a message: a code to count by, words, and the tag to blame, if there is one.

    `garbled`: an engine ignores such a message; otherwise it answers with a Reject(3).
    """

    __slots__ = ("code", "garbled", "tag", "text")

    def __init__(self, code: str, text: str, tag: int = NO_TAG, garbled: bool = False) -> None:
        self.code: Final = code
        self.text: Final = text
        self.tag: Final = tag
        self.garbled: Final = garbled


def _garbled_by(code: str, text: str, tag: int = NO_TAG) -> Problem:
    return Problem(code, text, tag, garbled=True)


def find_problems(found: FoundMessage, fields: FieldList, choice: Choice) -> list[Problem]:
    problems = _garbled(found, fields)
    if not problems:
        try:
            message = parse(found.frame)
        except GarbledError as error:
            return [_garbled_by("GARBLED", str(error))]
    else:
        mended = _mended(fields)
        if mended is None:
            return problems
        message = mended
    if not choice.known:
        text = f"there is no dictionary for BeginString(8) {fields.get(t.BEGIN_STRING)!r}; its content was not checked"
        return [*problems, Problem("UNKNOWN_VERSION", text, t.BEGIN_STRING)]
    return problems + _violations(message, fields, choice.dictionary)


def _garbled(found: FoundMessage, fields: FieldList) -> list[Problem]:
    problems: list[Problem] = []
    head = [field.tag for field in fields.all[:3]]
    if head != [t.BEGIN_STRING, t.BODY_LENGTH, t.MSG_TYPE]:
        missing = [
            label
            for tag, label in ((8, "BeginString(8)"), (9, "BodyLength(9)"), (35, "MsgType(35)"))
            if not fields.has(tag)
        ]
        text = f"{' and '.join(missing)} missing: " if missing else ""
        problems.append(
            _garbled_by("HEAD", f"{text}the first fields must be BeginString(8), BodyLength(9), MsgType(35)")
        )
    for place, field in enumerate(fields.all, 1):
        if field.tag == NO_TAG:
            problems.append(_garbled_by("NOT_A_FIELD", f"field {place} is not tag=value: {fields.text(field)[:40]!r}"))
            break
    problems += _length_problem(found, fields)
    problems += _checksum_problem(found, fields)
    return problems


def _length_problem(found: FoundMessage, fields: FieldList) -> list[Problem]:
    if not fields.has(t.BODY_LENGTH):
        return []
    head = 0
    for field in fields.all:
        head += len(b"%d=" % field.tag) + len(field.value) + 1
        if field.tag == t.BODY_LENGTH:
            break
    trailer = found.frame.rfind(b"\x0110=") + 1 if found.whole else len(found.frame)
    stated = fields.raw(t.BODY_LENGTH)
    if not stated.isdigit():
        text = (
            f"BodyLength(9) is {stated[:20].decode('iso-8859-1')!r}, not a number; the body has {trailer - head} bytes"
        )
        return [_garbled_by("BODY_LENGTH", text, t.BODY_LENGTH)]
    if found.whole and int(stated[:10]) != trailer - head:
        text = f"BodyLength(9) says {int(stated[:10])}, the body has {trailer - head} bytes"
        return [_garbled_by("BODY_LENGTH", text, t.BODY_LENGTH)]
    return []


def _checksum_problem(found: FoundMessage, fields: FieldList) -> list[Problem]:
    if not found.whole:
        text = "CheckSum(10) is missing: the message is cut short, or its last fields run together"
        return [_garbled_by("CHECK_SUM", text, t.CHECK_SUM)]
    at = found.frame.rfind(b"\x0110=") + 1
    stated = found.frame[at + 3 : -1]
    total = sum(found.frame[:at]) & 255
    if len(stated) != 3 or not stated.isdigit():
        text = f"CheckSum(10) is {stated.decode('iso-8859-1')!r}, not three digits; the bytes sum to {total:03d}"
        return [_garbled_by("CHECK_SUM", text, t.CHECK_SUM)]
    if int(stated) != total:
        return [
            _garbled_by("CHECK_SUM", f"CheckSum(10) says {int(stated):03d}, the bytes sum to {total:03d}", t.CHECK_SUM)
        ]
    return []


def _mended(fields: FieldList) -> Message | None:
    """The message with a true head and trailer, so that its content can be judged; None when it is beyond that."""
    if not fields.has(t.MSG_TYPE):
        return None
    framing = (t.BEGIN_STRING, t.BODY_LENGTH, t.MSG_TYPE, t.CHECK_SUM, NO_TAG)
    parts = [b"35=%b\x01" % fields.raw(t.MSG_TYPE)]
    parts += [b"%d=%b\x01" % (field.tag, field.value) for field in fields.all if field.tag not in framing]
    body = b"".join(parts)
    head = b"8=%b\x019=%d\x01" % (fields.raw(t.BEGIN_STRING), len(body))
    try:
        return parse(head + body + b"10=%03d\x01" % (sum(head + body) & 255))
    except GarbledError:
        return None


def _violations(message: Message, fields: FieldList, dictionary: Dictionary) -> list[Problem]:
    """The violation that an engine would answer with, then what else each rule finds."""
    first = validate(message, dictionary, _ALL)
    if first is None:
        return []
    found = [first]
    for rules in _ALONE:
        violation = validate(message, dictionary, rules)
        if violation is not None and not any(_same(violation, other) for other in found):
            found.append(violation)
    problems = [_in_words(violation, fields, dictionary) for violation in found]
    blamed = {problem.tag for problem in problems}
    return problems + [problem for problem in _others_missing(fields, dictionary) if problem.tag not in blamed]


def _same(one: Violation, other: Violation) -> bool:
    return one.reason == other.reason and one.ref_tag == other.ref_tag


def _others_missing(fields: FieldList, dictionary: Dictionary) -> list[Problem]:
    spec = dictionary.message(fields.get(t.MSG_TYPE))
    members = spec.members.required if spec is not None else []
    absent = [int(member.tag) for member in members if not fields.has(member.tag) and member.tag != t.CHECK_SUM]
    return [_missing(tag, dictionary) for tag in absent if tag not in (t.BEGIN_STRING, t.BODY_LENGTH, t.MSG_TYPE)]


def _missing(tag: int, dictionary: Dictionary) -> Problem:
    return Problem(REASONS[t.REQUIRED_TAG_MISSING], f"{dictionary.label(tag)} is required and missing", tag)


def _in_words(violation: Violation, fields: FieldList, dictionary: Dictionary) -> Problem:
    reason, tag = int(violation.reason), int(violation.ref_tag)
    code = REASONS.get(reason, f"REASON_{reason}")
    label = dictionary.label(tag)
    msg_type = fields.get(t.MSG_TYPE)
    if reason == t.INVALID_MSG_TYPE:
        return Problem(code, f"{dictionary.version} has no message of MsgType(35) {msg_type!r}", t.MSG_TYPE)
    if reason == t.REQUIRED_TAG_MISSING:
        return _missing(tag, dictionary)
    if reason == t.INVALID_TAG_NUMBER:
        return Problem(code, f"{field_label(tag)} is not defined in {dictionary.version}", tag)
    if reason == t.TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE:
        return Problem(code, f"{label} does not belong in {dictionary.message_name(msg_type)}({msg_type})", tag)
    if reason == t.INCORRECT_DATA_FORMAT:
        kind = dictionary.field_type(tag)
        return Problem(code, f"{label} is {_value(violation, fields)}, not well formed for its type {kind}", tag)
    if reason == t.VALUE_IS_INCORRECT:
        return Problem(code, f"{label} is {_value(violation, fields)}, allowed are {_allowed(dictionary, tag)}", tag)
    if reason == t.INCORRECT_NUM_IN_GROUP_COUNT:
        return Problem(
            code,
            f"{label} says {_value(violation, fields)}, but {_entries(tag, fields, dictionary)} entries follow",
            tag,
        )
    if reason == t.GROUP_FIELDS_OUT_OF_ORDER:
        return Problem(code, f"{label} is not in the order that its repeating group has in {dictionary.version}", tag)
    return Problem(code, f"{label}: {violation.text[0].lower()}{violation.text[1:]}", tag)


def _entries(count_tag: int, fields: FieldList, dictionary: Dictionary) -> str:
    """How many there are of a group; of one inside another, it is not known which."""
    counts: set[int] = set()
    waiting = nest(fields.all, dictionary.message(fields.get(t.MSG_TYPE)))
    while waiting:
        node = waiting.pop()
        if node.field.tag == count_tag:
            counts.add(len(node.entries or ()))
        for entry in node.entries or ():
            waiting += entry
    return str(counts.pop()) if len(counts) == 1 else "other numbers of"


def _value(violation: Violation, fields: FieldList) -> str:
    """The value to blame; of a tag that comes several times it is not known which one."""
    values = [fields.text(field) for field in fields.all if field.tag == violation.ref_tag]
    return (
        f"{values[0][:64]!r}"
        if len(set(values)) == 1
        else f"one of {', '.join(repr(value[:32]) for value in values[:4])}"
    )


def _allowed(dictionary: Dictionary, tag: int) -> str:
    values = sorted(value.decode("iso-8859-1") for value in dictionary.field_values(tag))
    more = ", ..." if len(values) > _SHOWN_VALUES else ""
    return ", ".join(values[:_SHOWN_VALUES]) + more
