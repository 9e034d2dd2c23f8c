"""Where a kill hangs, how that is spelled, and what old journals said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.model.enums import NodeKind, ScopeKind
from kairos.model.events import AccountSnapshot, DeskSnapshot, KillEngaged, KillReleased
from kairos.scenario.runner import run_text
from kairos.scenario.world import ACCOUNT
from kairos.state.fold import apply
from kairos.state.kills import KillPlace, parse_place

IDS = st.text("ABCxyz019.-_", min_size=1, max_size=12)
NODES = st.tuples(st.sampled_from([node for node in NodeKind if node is not NodeKind.FIRM]), IDS)
SCOPES = st.tuples(st.sampled_from([scope for scope in ScopeKind if scope is not ScopeKind.ALL]), IDS)
PLACES = st.builds(
    lambda node, scope, venue_id: KillPlace(*node, *scope, venue_id),
    st.one_of(st.just((NodeKind.FIRM, "")), NODES),
    st.one_of(st.just((ScopeKind.ALL, "")), SCOPES),
    st.one_of(st.just(""), IDS),
)


@given(PLACES)
def test_every_place_is_read_as_it_is_spelled(place: KillPlace) -> None:
    again = parse_place(place.spelling())
    assert (again.node, again.node_id, again.scope, again.scope_id, again.venue_id) == (
        (place.node, place.node_id, place.scope, place.scope_id, place.venue_id)
    )


@pytest.mark.parametrize("text", ["", "desk:", "desk:A+trader:B", "colour:red", "A1+B2", "venue:X+venue:Y", "A1+", "+"])
def test_what_is_no_place_is_refused_with_the_words_that_are(text: str) -> None:
    with pytest.raises(ValueError, match="no place of a kill: firm, an account's id, or WORD:ID"):
        parse_place(text)


def test_an_account_called_firm_is_not_the_firm() -> None:
    place = KillPlace(NodeKind.ACCOUNT, "firm", ScopeKind.ALL, "", "")
    assert place.spelling() == "account:firm"
    assert parse_place("account:firm").node is NodeKind.ACCOUNT


def test_events_of_before_kills_had_a_place_mean_what_they_meant() -> None:
    desk = run_text("mark 2330.XTAI last 1000", "setup").world.desk
    apply(desk, KillEngaged(1, "", "all of it", "rita"))
    apply(desk, KillEngaged(2, ACCOUNT, "this one", "rita"))
    assert list(desk.kills.engaged) == ["firm", ACCOUNT]
    apply(desk, KillReleased(3, "", "", "ada"))
    assert list(desk.kills.engaged) == [ACCOUNT]


def test_a_snapshot_of_before_says_only_that_a_kill_is_engaged() -> None:
    desk = run_text("mark 2330.XTAI last 1000", "setup").world.desk
    apply(desk, AccountSnapshot(5, ACCOUNT, 0, 0, 0, True))
    apply(desk, DeskSnapshot(5, 1, 1, 1, 20261123, True))
    assert list(desk.kills.engaged) == [ACCOUNT, "firm"]
    assert desk.kills.engaged["firm"].word == "firm"
    assert desk.kills.engaged["firm"].engaged_at_ns == 5
