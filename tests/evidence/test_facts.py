"""What the report counts is what the journal's events say, each number once."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from tests.evidence.a_day import NEXT_DAY, SECOND, START, WRITTEN_AFTER, the_day, write_journal
from tests.history.journals import simulated

from kairos.adapters import journal_sqlite_read
from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.evidence.facts import Facts
from kairos.evidence.gather import Gatherer, gather
from kairos.evidence.settings import Group
from kairos.evidence.timing import Durations
from kairos.history.span import Span
from kairos.model.enums import ApprovalOutcome, CxlRejResponseTo
from kairos.model.events import (
    KillCompleted,
    KillEngaged,
    KillReleased,
    OrderAccepted,
    OrderRefused,
    RequestRefused,
    TradingDayStarted,
)
from kairos.model.wire import encode_events
from kairos.ports import Batch


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    write_journal(tmp_path / "journal.db")
    return tmp_path / "journal.db"


@pytest.fixture
def facts(journal: Path) -> Facts:
    return gather(journal, Span())


def test_refusals_are_counted_by_code_client_account_and_day(facts: Facts) -> None:
    """A cancel that was refused is none of the gate's."""
    assert facts.refused == {"MAX_ORDER_QTY": 3, "PRICE_COLLAR": 2}
    assert facts.refused_of == {
        ("MAX_ORDER_QTY", "ACME", "A1"): 3,
        ("PRICE_COLLAR", "BETA", "B1"): 1,
        ("PRICE_COLLAR", "ACME", ""): 1,
    }
    assert facts.refused_on == {
        ("MAX_ORDER_QTY", 20261123): 2,
        ("PRICE_COLLAR", 20261123): 2,
        ("MAX_ORDER_QTY", 20261124): 1,
    }
    assert facts.orders == 6
    assert facts.commands_refused == {("ReleaseKill", "NOT_ENTITLED", "tina"): 1}


def test_the_counts_are_those_of_the_events(journal: Path, facts: Facts) -> None:
    events = the_day()
    assert facts.events == len(events) and (facts.first_seq, facts.last_seq) == (1, len(events))
    assert sum(facts.refused.values()) == sum(isinstance(e, OrderRefused) for e in events) + sum(
        isinstance(e, RequestRefused) and e.response_to.name.endswith("REPLACE_REQUEST") for e in events
    )
    decided = [event for event in events if isinstance(event, OrderAccepted | OrderRefused)]
    assert facts.durable.count == len(decided)
    assert (facts.durable.least_ns, facts.durable.largest_ns) == (WRITTEN_AFTER, WRITTEN_AFTER)


def test_the_counts_of_days_of_a_rough_market_are_those_of_its_events(tmp_path: Path) -> None:
    """Counted another way: over the events themselves."""
    events = simulated(tmp_path / "rough.db")
    facts = gather(tmp_path / "rough.db", Span())
    refused = Counter(event.code.value for event in events if isinstance(event, OrderRefused))
    replaces = CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST
    refused += Counter(
        event.code.value for event in events if isinstance(event, RequestRefused) and event.response_to is replaces
    )
    assert facts.events == len(events) and facts.refused == dict(refused) and facts.refused
    for split in (facts.refused_of, facts.refused_on):
        by_code: Counter[str] = Counter()
        for key, count in split.items():
            by_code[str(key[0])] += count
        assert by_code == refused
    kills = [event for event in events if isinstance(event, KillEngaged)]
    assert len(facts.kills) == len(kills)


def test_a_setting_stands_with_who_made_it_and_a_change_with_old_and_new(facts: Facts) -> None:
    standing = {(one.place, one.name): one for one in facts.settings if one.group is Group.LIMIT}
    tightened = standing["ACCOUNT A1", "MAX_ORDER_QTY"]
    assert (tightened.value, tightened.at_ns, tightened.user_id) == ("500", START + 3 * SECOND, "rita")
    placed = standing["DESK EQ INSTRUMENT 2330.XTAI", "DAY_NOTIONAL"]
    assert (placed.value, placed.user_id, placed.text) == ("250000 TWD, REASON", "rita", "wild market")
    changed = [change for change in facts.changes if change.name == "MAX_ORDER_QTY"]
    assert [(change.old, change.new, change.user_id) for change in changed] == [
        ("", "1000", ""),
        ("1000", "500", "rita"),
    ]
    assert len(facts.changes) == len({(c.group, c.place, c.name, c.new) for c in facts.changes})


def test_what_took_how_long(facts: Facts) -> None:
    [kill] = facts.kills
    assert (kill.place, kill.user_id, kill.canceled, kill.ended, kill.took_ns) == ("A1", "tina", 3, 1, SECOND)
    assert (kill.released_at_ns, kill.released_by, kill.release_text) == (NEXT_DAY + 1, "rita", "checked")
    [response] = facts.responses
    assert (response.latency_ns, response.completed_ns, response.orders) == (900, SECOND + 900, 1)
    assert (response.seen, response.threshold, response.actions) == ("LOSS 1200", "1000", "SLOW 5s")
    assert (response.release, response.released_by) == ("PERSON", "rita")
    decided, waiting = facts.approvals
    assert (decided.outcome, decided.decided_by, decided.waited_ns()) == (ApprovalOutcome.APPROVED, "otto", 2 * SECOND)
    assert waiting.outcome is None


def test_a_kill_engaged_once_more_is_released_with_the_first() -> None:
    gatherer = Gatherer(Span())
    told = [
        KillEngaged(1, "A1", "first", "tina"),
        KillEngaged(2, "A1", "again", "otto"),
        KillCompleted(5, "A1", 2, 0, 3),
        KillReleased(9, "A1", "over", "rita"),
        KillEngaged(10, "A1", "anew", "tina"),
    ]
    for seq, event in enumerate(told, 1):
        gatherer.take(seq, event, event.at_ns)
    kills = [(kill.text, kill.took_ns, kill.released_at_ns) for kill in gatherer.facts.kills]
    assert kills == [("first", 0, 9), ("again", 3, 9), ("anew", 0, 0)]


def test_a_span_counts_what_lies_in_it_and_still_knows_what_stood_before(journal: Path) -> None:
    """What began before and ended within is told whole."""
    facts = gather(journal, Span(from_ns=NEXT_DAY))
    assert facts.refused == {"MAX_ORDER_QTY": 1} and facts.changes == [] and facts.soft_passes == []
    assert {one.name for one in facts.settings} >= {"MAX_ORDER_QTY", "DAY_NOTIONAL", "R1", "late_selling", "rita"}
    assert [kill.took_ns for kill in facts.kills] == [SECOND] and len(facts.responses) == 1
    assert facts.killed.count == 0 and facts.responded.count == 0
    earlier = gather(journal, Span(to_ns=START + 2 * SECOND))
    assert earlier.refused == {} and "500" not in {one.value for one in earlier.settings}


def test_a_long_journal_takes_no_more_memory_than_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the refusals, read some at a time: not ten times the memory."""
    monkeypatch.setattr(journal_sqlite_read, "READ_AHEAD_BYTES", 50_000)
    peaks = []
    for repeats in (20, 200):
        path = tmp_path / f"{repeats}.db"
        journal = SqliteJournal.open(path, synchronous="OFF")
        body = [event for event in the_day() if isinstance(event, TradingDayStarted | OrderRefused)] * 10
        for _ in range(repeats):
            journal.append(Batch(journal.next_seq(), len(body), encode_events(body)))
        journal.close()
        tracemalloc.start()
        assert sum(gather(path, Span()).refused.values()) == 40 * repeats
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


def test_durations_are_exact_at_the_ends_and_never_told_too_short() -> None:
    durations = Durations()
    for ns in range(1, 10_001):
        durations.add(ns * 1001)
    assert (durations.count, durations.least_ns, durations.largest_ns) == (10_000, 1001, 10_010_000)
    assert 5_005_000 <= durations.at_most_ns(50) <= 5_055_050
    assert 9_909_900 <= durations.at_most_ns(99) <= 10_010_000
    assert durations.at_most_ns(100) == 10_010_000
    assert Durations().at_most_ns(50) == 0
