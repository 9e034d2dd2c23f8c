"""`kairos risk entitle`: a person or a session is granted a place, and it is withdrawn again."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from kairos.cli import risk_entitle
from kairos.model.commands import Command
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.events import Event
from kairos.model.values import Place
from kairos.scenario.market import open_market
from kairos.scenario.world import World


class Desk:
    """Stands for the link to a running engine."""

    def __init__(self) -> None:
        self.world = World()
        open_market(self.world)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def command(self, command: Command) -> list[Event]:
        return self.world.give(command)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    stand_in = Desk()
    monkeypatch.setattr(risk_entitle, "open_link", lambda *_: stand_in)
    return stand_in


def entitle(*arguments: str) -> Result:
    return CliRunner().invoke(risk_entitle.entitle, [*arguments, "--user", "rita"])


def test_a_person_is_granted_a_place_and_it_is_withdrawn(desk: Desk) -> None:
    granted = desk.world.desk.tree.entitlements
    result = entitle("tina", "account:A1+instrument:2330.XTAI", "covers it")
    assert result.output == "tina may trade: ACCOUNT A1 INSTRUMENT 2330.XTAI\n"
    place = Place(NodeKind.ACCOUNT, "A1", ScopeKind.INSTRUMENT, "2330.XTAI")
    (event,) = granted.all()
    assert (event.place, event.holder_id, event.text, event.user_id) == (place, "tina", "covers it", "rita")
    result = entitle("tina", "account:A1+instrument:2330.XTAI", "left", "--withdraw")
    assert result.output == "tina was granted no more: ACCOUNT A1 INSTRUMENT 2330.XTAI\n"
    assert granted.all() == []


def test_a_session_is_granted_a_place(desk: Desk) -> None:
    result = entitle("CLIENT1", "client:ACME", "as agreed", "--session")
    assert result.output == "CLIENT1 may trade: CLIENT ACME\n"
    (event,) = desk.world.desk.tree.entitlements.all()
    assert (event.session, event.holder_id) == ("CLIENT1", "")


def test_what_the_engine_refuses_is_told(desk: Desk) -> None:
    result = entitle("nobody", "firm", "x")
    assert result.exit_code == 1 and "UNKNOWN_USER" in result.output
