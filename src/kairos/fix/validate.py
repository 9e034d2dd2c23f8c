"""Judges a parsed message by a dictionary, in one pass over its fields.

A violation carries what a Reject(3) needs: SessionRejectReason(373), RefTagID(371) and Text(58), the text being the one
that FIX gives the reason. A message may break several rules; the one reported is the first in this order, which is
that of QuickFIX's conformance definitions:

1. MsgType(35) is not in the dictionary (11)
2. header, body and trailer are not in that order (14)
3. a required field of header, body or trailer is missing (1), the lowest tag first
4. field by field, those of the header before the trailer's and the body's, the lowest tag first, a group with its
   count: repeated (13), empty (4), malformed (6), not an allowed value (5), a tag that doesn't exist (0) or not in this
   message (2), a group's order (15) or count (16), a required field of an entry missing (1)

So the pass remembers the first of 4, and goes on to see whether 2 or 3 takes its place.
"""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr, u8

from kairos.fix import tags as t
from kairos.fix.dictionary import Dictionary
from kairos.fix.message import Message
from kairos.fix.specs import BODY, EMPTY, FOREIGN, HEADER, MALFORMED, TRAILER, FieldSpec, Group, Members
from kairos.fix.values import parse_int

TEXTS: Final[dict[int, str]] = {
    t.INVALID_TAG_NUMBER: "Invalid tag number",
    t.REQUIRED_TAG_MISSING: "Required tag missing",
    t.TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE: "Tag not defined for this message type",
    t.TAG_SPECIFIED_WITHOUT_A_VALUE: "Tag specified without a value",
    t.VALUE_IS_INCORRECT: "Value is incorrect (out of range) for this tag",
    t.INCORRECT_DATA_FORMAT: "Incorrect data format for value",
    t.INVALID_MSG_TYPE: "Invalid MsgType",
    t.TAG_APPEARS_MORE_THAN_ONCE: "Tag appears more than once",
    t.TAG_OUT_OF_REQUIRED_ORDER: "Tag specified out of required order",
    t.GROUP_FIELDS_OUT_OF_ORDER: "Repeating group fields out of order",
    t.INCORRECT_NUM_IN_GROUP_COUNT: "Incorrect NumInGroup count for repeating group",
}
"""Text(58) by SessionRejectReason(373). UNDEFINED_TAG (3) is missing on purpose: a tag that a version doesn't define is
answered with 0, as other engines do."""


_PAST_ANY_TAG: Final[i64] = 1_000_000_000
"""The parser reads tags of nine digits at most."""


class Violation:
    """Why a message is rejected. `has_ref_tag` is False when no tag is to blame; a tag 0 or -1 can be to blame."""

    __slots__ = ("has_ref_tag", "reason", "ref_tag", "text")

    def __init__(self, reason: i64, ref_tag: i64, has_ref_tag: bool = True) -> None:
        self.reason: Final[i64] = reason
        self.ref_tag: Final[i64] = ref_tag
        self.text: Final = TEXTS[reason]
        self.has_ref_tag: Final = has_ref_tag


class ValidationRules:
    """Which rules hold in a session; all do, unless the counterparty is known to break one.

    `allow_user_defined` takes tags from 5000 on that the dictionary doesn't have in that message.
    """

    __slots__ = (
        "allow_user_defined",
        "data_formats",
        "defined_tags",
        "enum_values",
        "field_order",
        "group_counts",
        "group_order",
        "message_tags",
        "msg_types",
        "repeated_tags",
        "required_tags",
        "values_present",
    )

    def __init__(
        self,
        *,
        field_order: bool = True,
        msg_types: bool = True,
        required_tags: bool = True,
        repeated_tags: bool = True,
        values_present: bool = True,
        data_formats: bool = True,
        enum_values: bool = True,
        defined_tags: bool = True,
        message_tags: bool = True,
        group_order: bool = True,
        group_counts: bool = True,
        allow_user_defined: bool = True,
    ) -> None:
        self.field_order: Final = field_order
        self.msg_types: Final = msg_types
        self.required_tags: Final = required_tags
        self.repeated_tags: Final = repeated_tags
        self.values_present: Final = values_present
        self.data_formats: Final = data_formats
        self.enum_values: Final = enum_values
        self.defined_tags: Final = defined_tags
        self.message_tags: Final = message_tags
        self.group_order: Final = group_order
        self.group_counts: Final = group_counts
        self.allow_user_defined: Final = allow_user_defined


def validate(message: Message, dictionary: Dictionary, rules: ValidationRules) -> Violation | None:
    """The violation to reject the message for, or None."""
    if message.layout.allowed_by is dictionary and _are_well(message):
        return None
    spec = dictionary.message(message.msg_type)
    if spec is None:
        return Violation(t.INVALID_MSG_TYPE, 0, has_ref_tag=False) if rules.msg_types else None
    return _Pass(message, dictionary, rules).run(spec.members)


def _are_well(message: Message) -> bool:
    """Whether no value breaks a rule, where the dictionary has nothing against the tags."""
    raw, starts, ends = message.raw, message.starts, message.ends
    fields = message.layout.fields
    count: i64 = len(fields)
    i: i64 = 0
    while i < count:
        if fields[i].verdict(raw, starts[i], ends[i]) != 0:
            return False
        i += 1
    return True


def _missing(members: Members, seen: vec[u8]) -> Violation:
    """One of the required fields is."""
    for member in members.required:
        if seen[member.position] == 0:
            break
    return Violation(t.REQUIRED_TAG_MISSING, member.tag)


@mypyc_attr(acyclic=True)
class _Pass:
    """One message's way through the rules; `found` is the first broken one of the fourth kind.

    `place` orders the field of the message that is looked at, or in whose group the pass is: those of the header before
    those of the trailer, and both before the body's. `floor` is the place of a
    broken group, since fields behind it may be what is left of it; `run_end` is behind the last run of a house's own
    fields that was measured.
    """

    __slots__ = ("dictionary", "floor", "found", "found_place", "given", "message", "place", "rules", "run_end")

    def __init__(self, message: Message, dictionary: Dictionary, rules: ValidationRules) -> None:
        self.message: Final = message
        self.given: Final = dictionary
        self.dictionary: Final = dictionary.owner(message.msg_type)
        self.rules: Final = rules
        self.found: Violation | None = None
        self.place: i64 = 0
        self.found_place: i64 = 0
        self.floor: i64 = -2 * _PAST_ANY_TAG
        self.run_end: i64 = 0

    def run(self, members: Members) -> Violation | None:
        tags, starts, ends = self.message.tags, self.message.starts, self.message.ends
        raw = self.message.raw
        count: i64 = len(tags)
        seen = vec[u8]([0] * len(members.order))
        lacking: i64 = len(members.required)
        region: i64 = HEADER
        plain: i64 = 0  # fields that stand where they may, once, and count no group
        i: i64 = 0
        while i < count:
            tag: i64 = tags[i]
            member = members.find(tag)
            if member is None:
                self.place = max(tag, self.floor)
                self._check_stranger(tag, i)
                i += 1
                continue
            self.place = tag
            if member.region != BODY:
                self.place -= _PAST_ANY_TAG if member.region == TRAILER else 2 * _PAST_ANY_TAG
            if member.region < region and self.rules.field_order:
                return Violation(t.TAG_OUT_OF_REQUIRED_ORDER, tag)
            if seen[member.position] == 0:
                seen[member.position] = 1
                if member.required:
                    lacking -= 1
                if member.region >= region and member.group is None:
                    plain += 1
            elif self.rules.repeated_tags:
                self._fail(t.TAG_APPEARS_MORE_THAN_ONCE, tag)
            region = member.region
            wrong = member.field.verdict(raw, starts[i], ends[i])
            if wrong != 0:
                self._fail_value(wrong, tag)
            if member.group is None:
                i += 1
                continue
            i = self._check_group(member.group, i)
            if self.found is not None and self.found_place == self.place:
                self.floor = self.place
        if lacking > 0 and self.rules.required_tags:
            return _missing(members, seen)
        if lacking == 0 and plain == count and self.message.layout.is_shared():
            self.message.layout.allow(self.given, [member.field for tag in tags if (member := members.find(tag))])
        return self.found

    def _fail(self, reason: i64, tag: i64) -> None:
        if self.found is None or self.place < self.found_place:
            self.found = Violation(reason, tag)
            self.found_place = self.place

    def _check_value(self, field: FieldSpec, i: i64) -> None:
        message = self.message
        wrong = field.verdict(message.raw, message.starts[i], message.ends[i])
        if wrong != 0:
            self._fail_value(wrong, message.tags[i])

    def _fail_value(self, wrong: i64, tag: i64) -> None:
        if wrong == EMPTY:
            if self.rules.values_present:
                self._fail(t.TAG_SPECIFIED_WITHOUT_A_VALUE, tag)
        elif wrong & MALFORMED != 0 and self.rules.data_formats:
            self._fail(t.INCORRECT_DATA_FORMAT, tag)
        elif wrong & FOREIGN != 0 and self.rules.enum_values:
            self._fail(t.VALUE_IS_INCORRECT, tag)

    def _check_stranger(self, tag: i64, i: i64) -> None:
        """A tag that the dictionary doesn't have in this message."""
        field = self.dictionary.field(tag)
        if field is not None:
            self._check_value(field, i)
        elif self.rules.values_present and self.message.starts[i] == self.message.ends[i]:
            self._fail(t.TAG_SPECIFIED_WITHOUT_A_VALUE, tag)
        if tag >= t.USER_DEFINED_TAGS_START and self.rules.allow_user_defined:
            return
        if field is None and self.rules.defined_tags:
            self._fail(t.INVALID_TAG_NUMBER, tag)
        elif field is not None and self.rules.message_tags:
            self._fail(t.TAG_NOT_DEFINED_FOR_THIS_MESSAGE_TYPE, tag)

    def _check_group(self, group: Group, at: i64) -> i64:
        """The entries that follow the count at index `at`; the index of the first field behind them."""
        tags = self.message.tags
        count: i64 = len(tags)
        entries: i64 = 0
        i: i64 = at + 1
        while i < count and tags[i] == group.first_tag:
            entries += 1
            i = self._check_entry(group, i)
        stated = self._stated(at)
        if stated > 0 and entries == 0 and i < count and group.members.find(tags[i]) is not None:
            if self.rules.group_order:
                self._fail(t.GROUP_FIELDS_OUT_OF_ORDER, tags[i])
        elif stated != entries and self.rules.group_counts:
            self._fail_count(group.count_tag)
        return i

    def _fail_count(self, count_tag: i64) -> None:
        """A count that is not true comes before what is wrong inside the entries, which may not be entries at all."""
        found = self.found
        if found is not None and self.found_place == self.place and found.ref_tag != count_tag:
            self.found = None
        self._fail(t.INCORRECT_NUM_IN_GROUP_COUNT, count_tag)

    def _stated(self, at: i64) -> i64:
        try:
            return parse_int(self.message.raw, self.message.starts[at], self.message.ends[at])
        except ValueError:
            return -1

    def _check_entry(self, group: Group, first: i64) -> i64:
        """One entry, which begins at index `first`; the index of the first field behind it."""
        tags = self.message.tags
        count: i64 = len(tags)
        seen = vec[u8]([0] * len(group.members.order))
        last: i64 = -1
        i: i64 = first
        while i < count and (i == first or tags[i] != group.first_tag):
            tag: i64 = tags[i]
            member = group.members.find(tag)
            if member is None:
                if not self._is_inside(group, i):
                    break
                self._check_stranger(tag, i)
                i += 1
                continue
            if seen[member.position] != 0 and self.rules.repeated_tags:
                self._fail(t.TAG_APPEARS_MORE_THAN_ONCE, tag)
            elif member.position < last and self.rules.group_order:
                self._fail(t.GROUP_FIELDS_OUT_OF_ORDER, tag)
            seen[member.position] = 1
            last = member.position
            self._check_value(member.field, i)
            i = i + 1 if member.group is None else self._check_group(member.group, i)
        self._check_entry_complete(group, seen)
        return i

    def _check_entry_complete(self, group: Group, seen: vec[u8]) -> None:
        if self.rules.required_tags:
            for member in group.members.required:
                if seen[member.position] == 0:
                    self._fail(t.REQUIRED_TAG_MISSING, member.tag)

    def _is_inside(self, group: Group, at: i64) -> bool:
        """Whether the fields from `at` on are a house's own, put between those of this group. Of a run of them only the
        first looks for the end."""
        tags = self.message.tags
        if not self.rules.allow_user_defined or tags[at] < t.USER_DEFINED_TAGS_START:
            return False
        i: i64 = max(at, self.run_end)
        while i < len(tags) and tags[i] >= t.USER_DEFINED_TAGS_START:
            i += 1
        self.run_end = i
        return i < len(tags) and group.members.find(tags[i]) is not None
