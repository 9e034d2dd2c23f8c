"""The pace of a client's session: what is over it or too old is refused by name, and a cancel never is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.mapping_desk import FIX_44, NOW_NS, MappingDesk, written
from tests.adapters.test_config_file import SESSION, errors_of, load
from tests.adapters.test_fix_line import Bench

from kairos.adapters.client_gateway import ClientGateway
from kairos.adapters.config_fix import OnExcess, PaceConfig
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.lists_out import ListReports
from kairos.adapters.fix_pace import PACED, SessionPace, TokenBucket
from kairos.adapters.logs import get_log
from kairos.adapters.lost_sessions import LostSessions
from kairos.app.desk_book import DeskBook
from kairos.fix import tags as t
from kairos.model.commands import Command
from kairos.model.events import Event
from kairos.model.refusals import RefusalCode

SECOND = 1_000_000_000
MILLI = 1_000_000
ORDER = "11={}|55=2330|207=XTAI|54=1|38=1000|40=2|44=1000|60=20261122-08:00:00"
TWO_A_SECOND = PaceConfig(2, 0, OnExcess.REFUSE)


class Desk(MappingDesk):
    """The mapping's desk behind a gateway with a pace; it is its own writer, and its clock is moved by tests."""

    def __init__(self, pace: PaceConfig) -> None:
        super().__init__()
        self.now = NOW_NS
        book = DeskBook(self.engine.desk)
        self.line = Bench().line
        session = self.line.session_id
        doors = {session: ClientDoor(session, "C1", FIX_44, "ACC")}
        losses = LostSessions(self, {}, get_log("test"))  # type: ignore[arg-type]
        paces = {session: SessionPace(pace)}
        lists = ListReports(book)
        self.gateway = ClientGateway(self, self.directory, self.reports, lists, doors, losses, paces)  # type: ignore[arg-type]

    def now_ns(self) -> int:
        return self.now

    def submit(self, command: Command) -> list[Event]:
        before = len(self.events)
        self.do(command)
        return self.events[before:]

    def sends(self, msg_type: str, fields: str, header: str = "") -> str:
        """What the last thing is that the client hears of it: its OrdStatus(39), or what refused it."""
        before = len(self.to_client)
        self.gateway.on_message(self.line, written(FIX_44, msg_type, fields, header))
        if len(self.to_client) == before:
            return "nothing"
        fields_of = dict(field.split("=", 1) for field in self.to_client[-1][2].decode().strip("\x01").split("\x01"))
        code = fields_of.get("58", "").split(":")[0]
        return code if code in RefusalCode.__members__ else fields_of["39"]


def test_over_the_pace_an_order_is_refused_by_name_and_the_next_second_takes_it() -> None:
    desk = Desk(TWO_A_SECOND)
    said = [desk.sends("D", ORDER.format(name)) for name in "ABC"]
    assert said == ["0", "0", "SESSION_THROTTLED"]
    desk.now += SECOND // 2
    assert desk.sends("D", ORDER.format("C")) == "0", "a refused order leaves its ClOrdID free"


def test_what_is_refused_takes_nothing_of_the_pace() -> None:
    """A client that floods still has what was agreed."""
    desk = Desk(TWO_A_SECOND)
    for number in range(50):
        desk.sends("D", ORDER.format(f"F{number}"))
    desk.now += SECOND // 2
    assert desk.sends("D", ORDER.format("A")) == "0"


def test_cancels_and_questions_pass_whatever_the_pace_and_count_for_nothing() -> None:
    desk = Desk(TWO_A_SECOND)
    for name in "AB":
        desk.sends("D", ORDER.format(name))
    assert desk.sends("D", ORDER.format("C")) == "SESSION_THROTTLED"
    for _ in range(3):
        assert desk.sends("H", "11=A|55=2330|207=XTAI|54=1") == "0"
    assert desk.sends("F", "11=X|41=A|55=2330|207=XTAI|54=1|38=1000|60=20261122-08:00:00") == "6"
    assert desk.sends("q", "11=Y|530=7|60=20261122-08:00:00") != "SESSION_THROTTLED"
    desk.now += SECOND // 2
    assert desk.sends("D", ORDER.format("D")) == "0"


def test_a_replace_has_a_pace_as_a_new_order_has() -> None:
    desk = Desk(TWO_A_SECOND)
    for name in "AB":
        desk.sends("D", ORDER.format(name))
    replace = "11=R|41=A|55=2330|207=XTAI|54=1|38=2000|40=2|44=1000|60=20261122-08:00:00"
    assert desk.sends("G", replace) == "SESSION_THROTTLED"
    assert desk.to_client[-1][1] == "9"
    desk.now += SECOND
    assert desk.sends("G", replace) != "SESSION_THROTTLED"


STALE = PaceConfig(stale_after_ms=500)


@pytest.mark.parametrize(("age_ms", "said"), [(0, "0"), (500, "0"), (501, "STALE"), (60_000, "STALE"), (-60_000, "0")])
def test_an_order_that_waited_too_long_is_refused_as_stale(age_ms: int, said: str) -> None:
    desk = Desk(STALE)
    desk.now += age_ms * MILLI
    assert desk.sends("D", ORDER.format("A")) == said


def test_of_a_resent_order_the_first_sending_counts() -> None:
    desk = Desk(STALE)
    assert desk.sends("D", ORDER.format("A"), "43=Y|122=20261122-07:59:59.000") == "STALE"
    assert desk.sends("D", ORDER.format("A"), "43=Y|122=20261122-07:59:59.600") == "0"


def test_a_cancel_is_never_stale() -> None:
    desk = Desk(STALE)
    desk.sends("D", ORDER.format("A"))
    desk.now += 60 * SECOND
    assert desk.sends("F", "11=X|41=A|55=2330|207=XTAI|54=1|38=1000|60=20261122-08:00:00") == "6"


def test_a_delayed_session_is_refused_nothing_and_its_line_is_held_back() -> None:
    pace = SessionPace(PaceConfig(max_messages_per_s=1))
    assert [pace.refusal_of(written(FIX_44, "D", ORDER.format(n)), NOW_NS) for n in "AB"] == [None, None]
    bucket = pace.holding_back()
    assert bucket is not None and bucket.room(NOW_NS) == 0
    assert SessionPace(TWO_A_SECOND).holding_back() is None


def test_only_what_adds_risk_has_a_pace() -> None:
    takes_risk_away = {t.ORDER_CANCEL_REQUEST, t.ORDER_MASS_CANCEL_REQUEST, t.LIST_CANCEL_REQUEST}
    asks = {t.ORDER_STATUS_REQUEST, t.ORDER_MASS_STATUS_REQUEST, t.LIST_STATUS_REQUEST, t.CROSS_ORDER_CANCEL_REQUEST}
    assert not PACED & (takes_risk_away | asks)


@given(st.integers(1, 1000), st.integers(1, 50), st.lists(st.integers(0, SECOND // 5), min_size=1, max_size=200))
def test_a_bucket_lets_through_its_burst_and_its_rate_and_no_more(per_s: int, burst: int, gaps: list[int]) -> None:
    bucket, now, passed = TokenBucket(per_s, burst), NOW_NS, 0
    for gap in gaps:
        now += gap
        if bucket.room(now):
            bucket.take(now)
            passed += 1
        else:
            wait_ns = bucket.wait_ns(now)
            assert wait_ns > 0
            assert bucket.room(now + wait_ns - 1) == 0 and bucket.room(now + wait_ns) == 1
    each_ns = SECOND // per_s
    assert passed <= burst + sum(gaps) // each_ns + 1


def test_a_clock_that_is_set_back_stops_nobody_for_long() -> None:
    bucket = TokenBucket(10, 5)
    for _ in range(5):
        bucket.take(NOW_NS)
    assert bucket.wait_ns(NOW_NS - 3600 * SECOND) <= SECOND // 10


def test_the_pace_is_read_from_the_configuration(tmp_path: Path) -> None:
    text = SESSION + 'max_messages_per_s = 100\nmax_messages_burst = 20\non_excess = "refuse"\nstale_after_ms = 750\n'
    (session,) = load(tmp_path, text).fix.sessions
    assert session.pace == PaceConfig(100, 20, OnExcess.REFUSE, 750)
    (session,) = load(tmp_path, SESSION).fix.sessions
    assert session.pace == PaceConfig()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('max_messages_per_s = 5\non_excess = "drop"', "on_excess"),
        ('on_excess = "refuse"', "on_excess: says how to keep a pace"),
        ("max_messages_burst = 5", "add max_messages_per_s"),
        ("max_messages_per_s = -1", "max_messages_per_s"),
        ("stale_after_ms = 86400001", "stale_after_ms"),
    ],
)
def test_a_pace_that_makes_no_sense_is_told(tmp_path: Path, text: str, problem: str) -> None:
    assert any(problem in error for error in errors_of(tmp_path, SESSION + text)), errors_of(tmp_path, SESSION + text)
