"""What must come of a step, as `Y replaced PARTIALLY_FILLED cum 2000`, and how an event is told in those words."""

from __future__ import annotations

from typing import Final

from kairos.model.enums import ListOrderStatus, OrdStatus
from kairos.model.events import Event, OrderEvent
from kairos.model.refusals import RefusalCode
from kairos.scenario.errors import Mismatch
from kairos.scenario.fields import NOWHERE, QTY_AT_PRICE, find, spell, spelled_as
from kairos.scenario.phrases import EXPECTABLE, headline, phrase_of, shown_fields, subject_of
from kairos.scenario.words import Words
from kairos.scenario.world import World

# Plain words for fields; any other field goes by its FIX-style name: `last_qty=500`.
FIELD_WORDS: Final[dict[str, str]] = {
    "cum": "cum_qty",
    "leaves": "leaves_qty",
    "avg": "avg_px",
    "qty": "order_qty",
    "price": "price",
    "stop": "stop_px",
    "show": "max_floor",
    "orig": "orig_cl_ord_id",
    "text": "text",
    "by": "user_id",
    "at": "venue_id",
    "contra": "contra",
    "affected": "affected",
    "total": "total",
}
STATUSES: Final = frozenset(OrdStatus.__members__)
LIST_STATUSES: Final = frozenset(ListOrderStatus.__members__)
CODES: Final = frozenset(RefusalCode.__members__)


class Expected:
    """One event as the file tells it: who, what, and some of its fields."""

    def __init__(self, text: str, subject: str, phrase: str, fields: list[tuple[str, str]]) -> None:
        self.text: Final = text
        self.subject: Final = subject
        self.phrase: Final = phrase
        self.fields: Final = fields

    def matches(self, event: Event, world: World) -> bool:
        """A phrase names the kind of event; without one, any event of a client order may be meant."""
        if self.phrase and self.phrase != phrase_of(event):
            return False
        if not self.phrase and not isinstance(event, OrderEvent):
            return False
        if self.subject and self.subject != subject_of(event, world):
            return False
        return all(spelled_as(find(event, name), text, name) for name, text in self.fields)


class Expectations:
    """All that must come of a step, in order. `open_ended`: anything may follow. `silent`: not even an echo."""

    def __init__(self, listed: list[Expected], open_ended: bool, silent: bool) -> None:
        self.listed: Final = listed
        self.open_ended: Final = open_ended
        self.silent: Final = silent

    def check(self, events: list[Event], world: World) -> None:
        """Raise `Mismatch` at the first event that differs. Echoes that are not listed are passed over."""
        at = 0
        for expected in self.listed:
            at = _position_of(expected, events, at, world) + 1
        if not self.open_ended:
            self._check_rest(events[at:], world)

    def _check_rest(self, rest: list[Event], world: World) -> None:
        unexpected = [event for event in rest if self.silent or not is_echo(event)]
        if unexpected:
            expected = "nothing" if self.silent else "nothing more"
            raise Mismatch(expected, "; ".join(tell(event, world) for event in unexpected))


def _position_of(expected: Expected, events: list[Event], start: int, world: World) -> int:
    """Where the expected event is, with nothing but echoes before it."""
    for at in range(start, len(events)):
        if expected.matches(events[at], world):
            return at
        if not is_echo(events[at]):
            raise Mismatch(expected.text, _told_like(expected, _nearest(expected, events[start : at + 1]), world))
    if start == len(events):
        raise Mismatch(expected.text, "nothing more")
    raise Mismatch(expected.text, _told_like(expected, _nearest(expected, events[start:]), world))


def check_not_refused(events: list[Event], world: World) -> None:
    """A step without an arrow may bring anything but a refusal."""
    for event in events:
        if phrase_of(event) in ("refused", "report refused", "list refused"):
            raise Mismatch("no refusal (the step has no ->)", tell(event, world))


def is_echo(event: Event) -> bool:
    """Whether the event only books what the step itself said, and need not be listed."""
    return EXPECTABLE[phrase_of(event)].echo


def _nearest(expected: Expected, events: list[Event]) -> Event:
    """The event that was probably meant: the first of the same kind, else the last."""
    same = [event for event in events if phrase_of(event) == expected.phrase]
    return same[0] if same else events[-1]


def _told_like(expected: Expected, event: Event, world: World) -> str:
    return tell(event, world, [name for name, _ in expected.fields])


def tell(event: Event, world: World, also: list[str] | None = None) -> str:
    """An event in the words of the language, with its main fields and those asked for."""
    parts = [subject_of(event, world), phrase_of(event), *headline(event)]
    context = [name for name, _ in getattr(event, "context", ())]
    for name in also or []:
        value = find(event, name)
        if name not in context and name not in shown_fields(event) and value is not NOWHERE:
            parts.append(f"{name}={spell(value, name)}")
    return " ".join(part for part in parts if part)


def parse_expectations(words: Words) -> Expectations:
    """Everything behind the arrow."""
    if words.take("nothing"):
        words.end()
        return Expectations([], False, True)
    listed: list[Expected] = []
    while words.peek() is not None:
        if words.take("..."):
            words.end()
            return Expectations(listed, True, False)
        listed.append(_parse_one(words))
        if words.peek() is not None and words.ahead(1) != "...":
            words.require(";")
    return Expectations(listed, False, False)


def _parse_one(words: Words) -> Expected:
    start = words.at
    phrase = _take_phrase(words)
    subject = ""
    if not phrase and not _at_field(words):
        subject = words.next("an event, a state or a subject").text
        phrase = _take_phrase(words)
    fields: list[tuple[str, str]] = []
    while (word := words.peek()) is not None and word.text not in (";", "..."):
        fields += _parse_field(words)
    if not phrase and not fields:
        raise words.problem("what happens to it: " + ", ".join(EXPECTABLE))
    text = " ".join(f'"{w.text}"' if w.quoted else w.text for w in words.words[start : words.at])
    return Expected(text, subject, phrase, fields)


def _take_phrase(words: Words) -> str:
    for count in (4, 3, 2, 1):
        phrase = words.ahead(count)
        if phrase in EXPECTABLE and len(phrase.split()) == count:
            words.at += count
            return phrase
    return ""


def _at_field(words: Words) -> bool:
    word = words.peek()
    if word is None:
        return False
    known = word.text in STATUSES | LIST_STATUSES or word.text in CODES or word.text in FIELD_WORDS
    return known or "=" in word.text or words.ahead(2).endswith(" @")


def _parse_field(words: Words) -> list[tuple[str, str]]:
    word = words.next("a field")
    if word.text in STATUSES:
        return [("ord_status", word.text)]
    if word.text in LIST_STATUSES:
        return [("list_status", word.text)]
    if word.text in CODES:
        return [("code", word.text)]
    if word.text in FIELD_WORDS:
        return [(FIELD_WORDS[word.text], words.next(f"the value of {word.text}").text)]
    name, equals, value = word.text.partition("=")
    if equals and name:
        return [(name, value.strip('"'))]
    if words.take("@"):
        return [(QTY_AT_PRICE[0], word.text), (QTY_AT_PRICE[1], words.next("a price").text)]
    words.at -= 1
    raise words.problem("a state, a refusal code, 'qty @ price', name=value, or one of " + " ".join(FIELD_WORDS))
