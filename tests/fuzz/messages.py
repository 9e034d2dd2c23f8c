"""Messages that are nearly sound: of a type that the dictionary has, with its fields, and with some of them wrong."""

from __future__ import annotations

from typing import Final

from tests.fuzz.choices import Choices

from kairos.fix.data_tags import DATA_TAGS
from kairos.fix.dictionary import Dictionary
from kairos.fix.specs import FieldSpec, Group, Member, Members

SOH: Final = b"\x01"
_NOT_OURS: Final = frozenset({8, 9, 10, 34, 35, 49, 52, 56, 43, 97, 122, *DATA_TAGS.values()})
"""Header and trailer, which the caller adds as it means them, and data fields, which come with their length."""

MAX_OPTIONAL: Final = 6
MAX_FIELDS: Final = 60
MAX_DEPTH: Final = 4

_ODD_VALUES: Final = (
    b"",
    b" ",
    b"-",
    b"-1",
    b"0",
    b"1.",
    b".5",
    b"1e9",
    b"NaN",
    b"+7",
    b"99999999999999999999999999",
    b"-99999999999999999999",
    b"0000000000000000000000000001",
    b"=",
    b"35=D",
    b"8=FIX.4.4",
    b"\x00",
    b"\xff\xfe\x80",
    b"\xe5\x8f\xb0",
    b"20261301-25:61:61",
    b"20260230",
    b"x" * 300,
    b"1 2 3",
    b"N",
)
_BY_TYPE: Final[dict[str, tuple[bytes, ...]]] = {
    "INT": (b"1", b"-5", b"007"),
    "SEQNUM": (b"1", b"2", b"999999"),
    "LENGTH": (b"3", b"0", b"250000"),
    "NUMINGROUP": (b"1", b"2", b"0"),
    "BOOLEAN": (b"Y", b"N"),
    "UTCTIMESTAMP": (b"20261122-09:30:00", b"20261122-09:30:00.123", b"20261122-23:59:60.123456789"),
    "UTCDATEONLY": (b"20261122",),
    "UTCDATE": (b"20261122",),
    "LOCALMKTDATE": (b"20261122",),
    "UTCTIMEONLY": (b"09:30:00", b"09:30:00.123456"),
    "MONTHYEAR": (b"202611", b"20261122", b"202611w4"),
    "DAYOFMONTH": (b"31",),
    "CHAR": (b"A", b"1"),
    "COUNTRY": (b"TW",),
    "CURRENCY": (b"TWD",),
    "EXCHANGE": (b"XTAI",),
}
_NUMBERS: Final = (b"100", b"28.41", b"-3.5", b"0.00000001", b"1005")
_TEXTS: Final = (b"A1", b"2330", b"17", b"A2", b"x y")


def framed(begin_string: bytes, fields: bytes) -> bytes:
    """With a true BodyLength(9) and CheckSum(10), whatever the fields are."""
    head = b"8=%b\x019=%d\x01" % (begin_string, len(fields)) + fields
    return head + b"10=%03d\x01" % (sum(head) & 255)


def body_of(choices: Choices, dictionary: Dictionary, msg_type: str) -> list[bytes]:
    """Fields of such a message; two of three are sound, in the others something is off. The header is the caller's."""
    body = _Body(choices, wild=choices.one_in(3))
    body.fill(dictionary, msg_type)
    return body.fields


class _Body:
    """The fields of one message as they are made up."""

    def __init__(self, choices: Choices, wild: bool) -> None:
        self.fields: Final[list[bytes]] = []
        self._choices: Final = choices
        self._wild: Final = wild

    def fill(self, dictionary: Dictionary, msg_type: str) -> None:
        choices = self._choices
        spec = dictionary.message(msg_type)
        if spec is None:
            self.fields += [b"%d=%b" % (choices.number(0, 6000), choices.pick(_TEXTS)) for _ in range(3)]
            return
        for member in self._chosen(spec.members, MAX_OPTIONAL):
            if member.tag not in _NOT_OURS:
                self._add(member, 0)
        if self._wild:
            _disturb(self.fields, choices)

    def _odd(self, n: int) -> bool:
        """Whether something goes wrong that does so once in `n` times."""
        return self._wild and self._choices.one_in(n)

    def _chosen(self, members: Members, optional: int) -> list[Member]:
        """The required ones and a few of the others, in the dictionary's order."""
        choices = self._choices
        places = {int(member.position) for member in members.required if not self._odd(30)}
        places.update(choices.number(0, len(members.order) - 1) for _ in range(choices.number(0, optional)))
        return [members.order[place] for place in sorted(places)]

    def _add(self, member: Member, depth: int) -> None:
        choices = self._choices
        if len(self.fields) > MAX_FIELDS:
            return
        data_tag = DATA_TAGS.get(int(member.tag))
        if member.group is not None and depth < MAX_DEPTH:
            self._add_group(member.group, depth)
        elif data_tag is not None:
            data = choices.bytes(12) or b"x"
            stated = len(data) + (self._odd(6) - self._odd(6))
            self.fields += [b"%d=%d" % (member.tag, stated), b"%d=%b" % (data_tag, data)]
        else:
            self.fields.append(b"%d=%b" % (member.tag, self._value(member.field)))

    def _add_group(self, group: Group, depth: int) -> None:
        choices = self._choices
        entries = choices.number(1, 3)
        stated = choices.pick((entries + 1, 0, 1_000_000, -1)) if self._odd(8) else entries
        self.fields.append(b"%d=%d" % (group.count_tag, stated))
        for _ in range(entries):
            members = self._chosen(group.members, 2)
            if group.members.order[0] not in members and not self._odd(30):
                members.insert(0, group.members.order[0])
            for member in members:
                self._add(member, depth + 1)

    def _value(self, field: FieldSpec) -> bytes:
        choices = self._choices
        if self._odd(12):
            return choices.pick(_ODD_VALUES)
        if self._odd(30):
            return choices.bytes(20)
        if field.values and not self._odd(20):
            return choices.pick(sorted(field.values))
        if field.type_name in _BY_TYPE:
            return choices.pick(_BY_TYPE[field.type_name])
        return choices.pick(_TEXTS if "STRING" in field.type_name else _NUMBERS)


def _disturb(fields: list[bytes], choices: Choices) -> None:
    """A field twice, out of place, unknown, or not a field at all."""
    for _ in range(choices.pick((0, 0, 0, 0, 1, 2))):
        at = choices.number(0, len(fields))
        kind = choices.number(0, 5)
        if kind == 0 and fields:
            fields.insert(at, choices.pick(fields))
        elif kind == 1 and fields:
            fields.insert(at, fields.pop(choices.number(0, len(fields) - 1)))
        elif kind == 2:
            fields.insert(at, b"%d=%b" % (choices.number(0, 70000), choices.pick(_ODD_VALUES)))
        elif kind == 3:
            fields.insert(at, choices.bytes(8))
        elif kind == 4:
            fields.insert(
                at, choices.pick((b"43=Y", b"97=Y", b"34=1", b"10=000", b"8=FIX.4.4", b"-1=x", b"0=x", b"=x"))
            )
        elif fields:
            fields.pop(choices.number(0, len(fields) - 1))
