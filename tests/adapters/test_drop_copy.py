"""Drop copies: every report in the copy's own words, marked as a copy, to those who may see it."""

from __future__ import annotations

import pytest
from tests.adapters.groups_desk import VERSIONS, GroupsDesk, begin_string, dictionary
from tests.adapters.mapping_desk import RULES, DeskBook, framed, shown

from kairos.adapters.drop_copy import DropCopy, DropCopyGateway
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.fix.validate import validate
from kairos.model.commands import RecordTrade
from kairos.model.events import Event
from kairos.model.numbers import PRICE_SCALE

AT = "60=20261122-08:00:00.000"
ORDER = f"11=A1|21=3|55=2330|207=XTAI|54=1|{AT}|38=1000|40=2|44=1005"


class CopyingDesk(GroupsDesk):
    """A desk with drop copies beside its client: one in `version` of all, one of a stranger's account."""

    def __init__(self, version: str) -> None:
        self.copies: list[tuple[str, bytes]] = []
        self._gateway: DropCopyGateway | None = None
        self._copy_version = version
        super().__init__("FIX.4.4")

    def _tell(self, event: Event) -> None:
        super()._tell(event)
        if self._gateway is None:
            book = DeskBook(self.engine)
            sessions = [
                DropCopy("ALL", self._copy_version, (), ()),
                DropCopy("ACC2", self._copy_version, (), ("ACC2",)),
                DropCopy("C1", self._copy_version, ("C1",), ()),
            ]
            self._gateway = DropCopyGateway(book, self.directory, ClientReports(book, self.directory), sessions)
        self.copies += self._gateway.copies_of(event)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_report_is_copied_in_the_words_of_the_copy(version: str) -> None:
    desk = CopyingDesk(version)
    desk.says("D", ORDER)
    desk.hears(RecordTrade(1, 400, 1005 * PRICE_SCALE, "BANK", ""))
    desk.says("F", f"11=A2|41=A1|55=2330|54=1|{AT}")
    reports = [report for report in desk.to_client if report[1] == "8"]
    assert [session for session, _body in desk.copies] == ["ALL", "C1"] * len(reports)
    assert len(reports) == 4
    for _session, body in desk.copies:
        message = framed(begin_string(version), "8", body)
        violation = validate(message, dictionary(version), RULES)
        assert violation is None, violation.text
    told = [shown(body) for session, body in desk.copies if session == "ALL"]
    assert all(("797=Y" in line) == (version >= "FIX.4.4") for line in told)
    assert [line.split("|17=")[1].split("|")[0] for line in told] == [
        shown(body).split("|17=")[1].split("|")[0] for _session, _type, body in reports
    ]


@pytest.mark.parametrize(("version", "field"), [("FIX.4.2", "109=C1"), ("FIX.4.4", "453=1|448=C1|447=D|452=3")])
def test_a_copy_names_its_client(version: str, field: str) -> None:
    desk = CopyingDesk(version)
    desk.says("D", ORDER)
    assert all(f"|{field}" in shown(body) for _session, body in desk.copies)


def test_a_copy_of_one_account_has_nothing_of_others() -> None:
    desk = CopyingDesk("FIX.4.4")
    desk.says("D", ORDER.replace("11=A1", "11=A1|1=ACC2"))
    assert [session for session, _body in desk.copies] == ["ALL", "ACC2", "C1"]


def test_what_was_refused_is_copied_too() -> None:
    desk = CopyingDesk("FIX.4.4")
    desk.says("D", ORDER.replace("38=1000", "38=0"))
    assert all("|150=8|" in shown(body) for _session, body in desk.copies)
    assert len(desk.copies) == 2
