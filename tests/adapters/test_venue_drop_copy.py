"""A venue's drop copy: its reports become commands that say so, and it is never disputed with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.adapters.mapping_desk import FIX_42, FIX_44, MappingDesk, written

from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.venue_in import copied_command_of
from kairos.model.commands import ReportExecution
from kairos.model.enums import OrdStatus

NEW = "11=A1|21=1|55=2330|207=XTAI|54=1|60=20261122-08:00:00|38=1000|40=2|44=1005"
ACK = "37=V1|17=E1|11=R1|150=0|39=0|55=2330|54=1|151=1000|14=0|6=0"
FILL = "37=V1|17=E2|11=R1|150=F|39=1|55=2330|54=1|151=600|14=400|6=1005|32=400|31=1005"


class CopyDesk(MappingDesk):
    """A desk whose venue has a drop copy."""

    def copied(self, fields: str) -> list[str]:
        command = copied_command_of(written(self.venue_version, "8", fields), "XTAI")
        return self._heard(command)


@pytest.fixture
def desk() -> Iterator[CopyDesk]:
    desk = CopyDesk()
    desk.client("D", NEW)
    yield desk
    assert [msg_type for msg_type, _ in desk.to_venue] == ["D"]  # no DontKnowTrade(Q), whatever the copy said


def test_whichever_session_tells_first_counts(desk: CopyDesk) -> None:
    assert desk.copied(ACK) == []
    (told,) = desk.copied(FILL)
    assert "|14=400|" in told
    assert desk.venue("8", ACK) + desk.venue("8", FILL) == []
    route = desk.engine.desk.routes[1]
    assert (route.base, route.cum_qty, route.venue_order_id) == (OrdStatus.PARTIALLY_FILLED, 400, "V1")
    (told,) = desk.venue("8", FILL.replace("17=E2", "17=E3").replace("151=600|14=400", "151=200|14=800"))
    assert "|14=800|" in told
    assert desk.copied(FILL.replace("17=E2", "17=E3")) == []
    assert desk.engine.desk.routes[1].cum_qty == 800


def test_orders_of_other_systems_are_passed_over(desk: CopyDesk) -> None:
    events = len(desk.events)
    assert desk.copied(FILL.replace("11=R1", "11=THEIRS").replace("37=V1", "37=V9")) == []
    assert len(desk.events) == events


def test_an_overfill_is_kept_for_a_person_and_not_disputed(desk: CopyDesk) -> None:
    assert desk.copied(FILL.replace("|32=400|", "|32=4000|")) == []
    assert [type(event).__name__ for event in desk.events[-1:]] == ["VenueReportRefused"]
    assert desk.engine.desk.routes[1].cum_qty == 0


def test_its_execution_reports_say_that_they_are_copies() -> None:
    command = copied_command_of(written(FIX_42, "8", "20=0|" + FILL.replace("150=F", "150=1")), "XTAI")
    assert isinstance(command, ReportExecution)
    assert (command.copied, command.exec_id, command.last_qty) == (True, "E2", 400)


@pytest.mark.parametrize(
    ("msg_type", "fields"),
    [("9", "37=V1|11=R1-1|41=R1|39=0|434=1|102=1"), ("3", "45=3|372=8|58=no"), ("j", "45=3|372=8|380=0")],
)
def test_refusals_over_a_drop_copy_say_nothing_of_a_route(msg_type: str, fields: str) -> None:
    assert copied_command_of(written(FIX_44, msg_type, fields), "XTAI") is None


def test_what_it_cannot_read_is_refused_by_name() -> None:
    refused = copied_command_of(written(FIX_44, "8", FILL.replace("|31=1005", "")), "XTAI")
    assert isinstance(refused, Rejection)
    assert "LastPx(31)" in refused.text
