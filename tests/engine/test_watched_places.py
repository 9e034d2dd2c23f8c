"""Commands for what is reckoned: taken, refused, and not repeated."""

from __future__ import annotations

import pytest

from kairos.engine.engine import Engine
from kairos.engine.watched_places import MAX_DAYS
from kairos.model.commands import SetReturns, WatchPlace
from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.events import CommandRefused, PlaceWatched, ReturnsSet
from kairos.model.refusals import RefusalCode
from kairos.model.values import DailyReturn, Place
from kairos.scenario.market import open_market
from kairos.scenario.world import INSTRUMENT, World

FIRM = Place(NodeKind.FIRM, "", ScopeKind.ALL, "")


@pytest.fixture
def engine() -> Engine:
    world = World()
    open_market(world)
    return world.engine


def test_a_place_is_watched_once(engine: Engine) -> None:
    assert isinstance(engine.handle(WatchPlace(FIRM, ""), 10)[0], PlaceWatched)
    assert engine.desk.tree.cell(FIRM).indicators is not None
    assert engine.handle(WatchPlace(FIRM, ""), 20) == []


def test_a_place_of_nobody_is_refused(engine: Engine) -> None:
    nowhere = Place(NodeKind.ACCOUNT, "NOBODY", ScopeKind.ALL, "")
    refused = engine.handle(WatchPlace(nowhere, ""), 10)[0]
    assert isinstance(refused, CommandRefused) and refused.code is RefusalCode.UNKNOWN_ACCOUNT
    assert engine.desk.tree.find(nowhere) is None


def test_returns_replace_those_before(engine: Engine) -> None:
    for ppm in (1, 2):
        lines = (DailyReturn(20260105, ppm), DailyReturn(20260106, 0))
        assert isinstance(engine.handle(SetReturns(INSTRUMENT, lines, "", ""), 10)[0], ReturnsSet)
    assert list(engine.desk.returns.scenarios(INSTRUMENT)) == [2, 0]
    assert engine.desk.returns.dates == [20260105, 20260106]


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ([(20260105, 0), (20260105, 0)], "order"),
        ([(20260106, 0), (20260105, 0)], "order"),
        ([(20260105, 10_000_001)], "ppm"),
        ([(20260105, -1_000_001)], "ppm"),
        ([(20260000 + n, 0) for n in range(MAX_DAYS + 1)], "bound"),
    ],
)
def test_returns_that_can_t_be_are_refused(engine: Engine, lines: list[tuple[int, int]], word: str) -> None:
    returns = tuple(DailyReturn(date, ppm) for date, ppm in lines)
    refused = engine.handle(SetReturns(INSTRUMENT, returns, "", ""), 10)[0]
    assert isinstance(refused, CommandRefused) and refused.code is RefusalCode.INVALID_VALUE
    assert word in str(refused.context)
    unknown = engine.handle(SetReturns("NOTHING.XTAI", (), "", ""), 10)[0]
    assert isinstance(unknown, CommandRefused) and unknown.code is RefusalCode.UNKNOWN_INSTRUMENT
