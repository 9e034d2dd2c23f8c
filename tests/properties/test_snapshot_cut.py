"""Wherever a journal is cut: a snapshot of its first part and a fold of the rest is a fold of all of it.

Equal in bytes, in the order of what is kept, in what FIX sessions find when they are asked to resend, and in what comes
of the same commands.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.silent_log import SilentLog
from tests.properties.test_any_commands import AGREEMENTS, EXEC_IDS, ROUTE_IDS, STEP, SUBMITS, through_the_wire
from tests.properties.test_any_groups import GROUP_STEP, OTHER_ACCOUNT
from tests.simulation.likeness import likeness, unlike

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.app.recovery import JournalCopy
from kairos.engine.engine import Engine
from kairos.model.commands import AdvanceTime, Command, DefineClient, ReportExecution, SetVenueState, StartTradingDay
from kairos.model.enums import ExecType, OrdStatus, ResetReason
from kairos.model.events import Event, SessionReceived, SessionReset, SessionSent
from kairos.model.wire import decode_events, encode_events
from kairos.ports import Batch
from kairos.scenario.market import open_market
from kairos.scenario.runner import run_text
from kairos.scenario.world import CLIENT, VENUE, World
from kairos.state.desk import Desk
from kairos.state.fold import apply
from kairos.state.snapshot import snapshot

SESSIONS = ("S1", "S2")
Step = tuple[Command, int] | tuple[int, str]

# Of sessions: what kind of event, in which session. Numbers are put in as they come to stand.
RECEIVED, SENT, ADMINISTRATIVE, LOGON, LOGOUT, RESET = range(6)
SESSION_STEP = st.tuples(
    st.sampled_from([RECEIVED, SENT, SENT, SENT, ADMINISTRATIVE, LOGON, LOGOUT, RESET]), st.sampled_from(SESSIONS)
)
# The venue gives orders other OrderIDs, and calls two by one; later it names routes by nothing else.
OTHER_NAMES = st.tuples(
    st.builds(
        ReportExecution, st.just(VENUE), st.just(ExecType.NEW), st.just(OrdStatus.NEW), ROUTE_IDS, st.just(""),
        st.sampled_from(["V1", "V2", "V3"]), EXEC_IDS, st.just(""), st.just(0), st.just(0), st.just(0), st.just(1000),
        st.just(1000), st.just(0), st.just(""), st.just(""), st.just(0), st.just(False),
    ),
    st.just(0),
)  # fmt: skip
STEPS = st.lists(st.one_of(STEP, STEP, GROUP_STEP, OTHER_NAMES, SESSION_STEP), min_size=8, max_size=40)
NEXT = st.lists(st.one_of(STEP, GROUP_STEP), max_size=6)


def by_order_id(venue_order_id: str) -> ReportExecution:
    return ReportExecution(
        VENUE, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, "", "", venue_order_id, f"Z{venue_order_id}", "", 100,
        1000 * 10**8, 0, 100, 900, 0, "", "", 0, False,
    )  # fmt: skip


# Where the order of what is kept shows: every route of a venue is asked about, every order ended, in that order.
QUESTIONS: list[Command] = [
    *map(by_order_id, ("V1", "V2", "V3")),
    SetVenueState(VENUE, False),
    SetVenueState(VENUE, True),
    AdvanceTime(),
    StartTradingDay(20261130),
    StartTradingDay(20261201),
]


def session_event(desk: Desk, kind: int, session: str, at_ns: int) -> Event:
    numbers = desk.sessions.get(session)
    next_in, next_out = (1, 1) if numbers is None else (int(numbers.next_in), int(numbers.next_out))
    if kind == RECEIVED:
        return SessionReceived(at_ns, session, next_in + 1)
    if kind == RESET:
        return SessionReset(at_ns, session, 1, 1, ResetReason.SCHEDULE.value, "")
    msg_type = {SENT: "8", ADMINISTRATIVE: "0", LOGON: "A", LOGOUT: "5"}[kind]
    body = b"report %d" % next_out if kind == SENT else b""
    return SessionSent(at_ns, session, next_out, msg_type, "20261123-09:00:00", False, body, b"")


def play(world: World, journal: SqliteJournal, steps: list[Step]) -> None:
    """A step is a batch, as long as anything happens in it."""
    for first, second in steps:
        if isinstance(first, Command):
            world.now_ns += int(second)
            events = world.give(through_the_wire(first))
        else:
            events = [session_event(world.desk, first, str(second), world.now_ns)]
            apply(world.desk, events[0])
        keep(journal, events)


def keep(journal: SqliteJournal, events: list[Event]) -> None:
    if events:
        journal.append(Batch(journal.next_seq(), len(events), encode_events(events)))


@contextmanager
def house() -> Iterator[tuple[Path, SqliteJournal]]:
    with tempfile.TemporaryDirectory() as folder:
        journal = SqliteJournal.open(Path(folder) / "journal.db", synchronous="OFF")
        try:
            yield Path(folder), journal
        finally:
            journal.close()


def opened_world(journal: SqliteJournal, agreement: DefineClient) -> World:
    world = World()
    open_market(world)
    world.give(*run_text(f"account {OTHER_ACCOUNT} of {CLIENT} cash 900000000", "").world.commands[-2:])
    world.give(agreement)
    for batch in world.batches:
        keep(journal, decode_events(batch))
    return world


def order_of_things(desk: Desk) -> list[list[object]]:
    """What iterating the desk gives first, and what last."""
    books = (desk.orders, desk.routes, desk.trades, desk.positions, desk.lists, desk.crosses, desk.sessions)
    reference = (desk.clients, desk.accounts, desk.venues, desk.instruments, desk.users, desk.venue_of_mic)
    held = [list(of_account) for of_account in desk.positions.values()]
    traded = [[trade.trade_id for trade in order.trades] for order in desk.orders.values()]
    routed = [[route.route_id for route in order.routes] for order in desk.orders.values()]
    return [list(book) for book in (*books, *reference)] + [*held, *traded, *routed]


def named_by_venues(desk: Desk) -> dict[str, int]:
    return {f"{v.venue_id}|{key}": route.route_id for v in desk.venues.values() for key, route in v.routes.items()}


def bytes_of(engine: Engine) -> bytes:
    return encode_events(snapshot(engine.desk, engine.core.now_ns))


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(AGREEMENTS, st.lists(SUBMITS, min_size=3, max_size=6), STEPS, NEXT, st.data())
def test_a_snapshot_anywhere_and_the_rest_is_the_whole_journal(
    agreement: DefineClient,
    orders: list[Command],
    steps: list[Step],
    following: list[tuple[Command, int]],
    data: st.DataObject,
) -> None:
    all_steps = [*((order, 0) for order in orders), *steps]
    cut = data.draw(st.integers(0, len(all_steps)))
    with house() as (folder, journal):
        world = opened_world(journal, agreement)
        play(world, journal, all_steps[:cut])
        keeper = JournalCopy(journal, folder / "snapshots", SilentLog())
        keeper.recover()
        keeper.write()
        play(world, journal, all_steps[cut:])
        whole = JournalCopy(journal, folder / "none", SilentLog())
        parts = JournalCopy(journal, folder / "snapshots", SilentLog())
        keeper.follow()
        for copy in (whole, parts):
            copy.recover()
        assert parts.from_snapshot and not whole.from_snapshot
        for copy in (parts, keeper):
            assert_same(whole, copy)
        for command, later in [*following, *((question, 0) for question in QUESTIONS)]:
            world.now_ns += later
            expected = whole.engine.handle(command, world.now_ns)
            assert parts.engine.handle(command, world.now_ns) == expected
        assert bytes_of(parts.engine) == bytes_of(whole.engine)


def assert_same(whole: JournalCopy, copy: JournalCopy) -> None:
    assert copy.head == whole.head
    assert copy.engine.core.now_ns == whole.engine.core.now_ns
    assert copy.engine.next_deadline_ns() == whole.engine.next_deadline_ns()
    assert bytes_of(copy.engine) == bytes_of(whole.engine)
    assert unlike(likeness(whole.engine.desk), likeness(copy.engine.desk)) == ""
    assert order_of_things(copy.engine.desk) == order_of_things(whole.engine.desk)
    assert named_by_venues(copy.engine.desk) == named_by_venues(whole.engine.desk)
    assert copy.sent.pack() == whole.sent.pack()
    for session in SESSIONS:
        assert copy.sent.through(session) == whole.sent.through(session)
        resent = [(m.seq, m.body, m.msg_type, m.sending_time) for m in copy.sent.read(session, 1, 0)]
        assert resent == [(m.seq, m.body, m.msg_type, m.sending_time) for m in whole.sent.read(session, 1, 0)]
