"""Repeating groups: their entries, entries in entries, and counts that aren't true."""

from __future__ import annotations

import pytest
from tests.fix.wire import DELIVERIES, Delivery, frame

from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.errors import FieldError
from kairos.fix.groups import read_group
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.specs import Group

BOOK = "35=W|55=INTC|268=3|269=0|270=1.5|271=100|269=1|270=1.6|269=2|58=x|10000=y|"
PARTIES = "35=D|11=ID|453=2|448=X|447=D|452=1|802=2|523=a|803=1|523=b|803=2|448=Y|447=D|452=3|55=INTC|523=z|"


def group(msg_type: str, count_tag: int) -> Group:
    spec = load_dictionary("FIX.4.4").message(msg_type)
    assert spec is not None
    found = spec.group(count_tag)
    assert found is not None
    return found


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_entries_come_in_arrival_order_with_their_own_fields(deliver: Delivery) -> None:
    (raw,) = deliver(frame(BOOK))
    entries = read_group(parse(raw), group("W", t.NO_MD_ENTRIES))
    assert [entry.get(t.MD_ENTRY_TYPE) for entry in entries] == ["0", "1", "2"]
    assert [entry.get_decimal(t.MD_ENTRY_PX, 2) for entry in entries] == [150, 160, 0]
    assert [entry.get_int(t.MD_ENTRY_SIZE, -1) for entry in entries] == [100, -1, -1]
    assert [entry.has(t.TEXT) for entry in entries] == [False, False, True]
    assert entries[0].find(t.SYMBOL) == -1


def test_groups_inside_entries_are_read_from_their_entry_only() -> None:
    first, second = read_group(parse(frame(PARTIES)), group("D", t.NO_PARTY_IDS))
    assert [sub.get(523) for sub in first.groups(802)] == ["a", "b"]
    assert [sub.get_int(803) for sub in first.groups(802)] == [1, 2]
    assert (second.get(t.PARTY_ID), second.groups(802)) == ("Y", [])
    assert first.groups(t.PARTY_ID) == []
    assert not second.has(523)


def test_an_absent_or_empty_group_has_no_entries() -> None:
    assert read_group(parse(frame("35=W|55=INTC|")), group("W", t.NO_MD_ENTRIES)) == []
    assert read_group(parse(frame("35=W|55=INTC|268=0|58=x|")), group("W", t.NO_MD_ENTRIES)) == []


def test_a_houses_own_fields_belong_to_the_entry_that_they_stand_in() -> None:
    message = parse(frame("35=W|268=2|269=0|7001=a|270=1|269=1|7001=b|55=INTC|"))
    entries = read_group(message, group("W", t.NO_MD_ENTRIES))
    assert [entry.get(7001) for entry in entries] == ["a", ""]


@pytest.mark.parametrize(
    "body", [BOOK.replace("268=3", "268=2"), BOOK.replace("268=3", "268=4"), "35=W|268=1|270=1|269=0|"]
)
def test_a_count_that_is_not_true_is_refused_by_name(body: str) -> None:
    message: Message = parse(frame(body))
    with pytest.raises(FieldError, match=r"NoMDEntries\(268\)") as caught:
        read_group(message, group("W", t.NO_MD_ENTRIES))
    assert (caught.value.tag, caught.value.reason) == (268, t.INCORRECT_NUM_IN_GROUP_COUNT)


def test_a_nested_count_that_is_not_true_is_refused_by_name() -> None:
    first, _ = read_group(parse(frame(PARTIES.replace("802=2", "802=1"))), group("D", t.NO_PARTY_IDS))
    with pytest.raises(FieldError, match=r"NoPartySubIDs\(802\)"):
        first.groups(802)


def test_a_count_that_is_no_number_is_refused() -> None:
    with pytest.raises(FieldError, match=r"NoMDEntries\(268\)"):
        read_group(parse(frame("35=W|268=x|")), group("W", t.NO_MD_ENTRIES))
