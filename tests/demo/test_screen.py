"""What the live screen shows fits its terminal, and says by mark and word what it says by colour."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from tests.demo.desk_events import accepted, canceled, traded

from kairos.demo.cast import cast_of
from kairos.demo.link_watch import LinkWatch
from kairos.demo.screen import LiveScreen, PlainLines, picture, progress, rounded, short_terms
from kairos.demo.setup import Course, write_house
from kairos.demo.trader import Trader
from kairos.demo.view import View
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Terms


@pytest.fixture
def view(tmp_path: Path) -> View:
    """Sixty orders, the last three a sale, a part-filled one and a canceled one."""
    course = Course(speed=6, market_minutes=5, seed=1)
    house = write_house(tmp_path, course, cast_of(4, 6))
    watch = LinkWatch(house)
    for order_id in range(1, 61):
        watch.blotter.apply(accepted(order_id, side=Side.SELL if order_id == 58 else Side.BUY))
    watch.blotter.apply(traded(59, 1, 40, 40))
    watch.blotter.apply(canceled(60, 0))
    view = View(house, [Trader(member, house, at) for at, member in enumerate(house.members)], watch)
    for number in range(20):
        view.say(f"event {number}, longer than a line of the terminal" + " and so on" * 12)
    view.refresh()
    return view


def shown(view: View, width: int, height: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=False)
    with console.capture() as capture:
        console.print(picture(view, width, height))
    return capture.get().splitlines()


@pytest.mark.parametrize(("width", "height"), [(100, 30), (160, 50), (80, 24)])
def test_the_picture_fits_its_terminal(view: View, width: int, height: int) -> None:
    lines = shown(view, width, height)
    assert len(lines) < height
    assert max(map(len, lines)) <= width


def test_the_newest_order_stands_first_and_the_last_event_last(view: View) -> None:
    lines = shown(view, 100, 30)
    assert lines[4].split()[0] == "60"
    assert "event 19" in lines[-1]


def test_side_and_status_are_words(view: View) -> None:
    canceled_one, part_filled, sale = shown(view, 100, 30)[4:7]
    assert "▲ BUY" in canceled_one and "– canceled" in canceled_one
    assert "◐ part filled" in part_filled and " 40 " in part_filled
    assert "▼ SELL" in sale and "○ working" in sale


def test_terms_are_short_and_whole() -> None:
    terms = Terms(100, OrdType.STOP_LIMIT, 10 * PRICE_SCALE, 11 * PRICE_SCALE, TimeInForce.GOOD_TILL_DATE, 5, 25)
    assert short_terms(terms) == "STL >11 10 GTD (25)"


def test_an_average_is_rounded_for_the_eye() -> None:
    assert rounded(1_585_153_333) == "15.8515"


@pytest.mark.parametrize(
    ("headless", "as_json", "terminal"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_plain_lines_where_a_live_screen_would_be_noise(headless: bool, as_json: bool, terminal: bool) -> None:
    console = Console(file=io.StringIO(), force_terminal=terminal)
    assert isinstance(progress(headless, as_json, console), PlainLines)


def test_a_terminal_has_a_live_screen() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    assert isinstance(progress(False, False, console), LiveScreen)


def test_plain_lines_come_when_the_phase_changes_and_not_all_the_time(view: View) -> None:
    out = io.StringIO()
    plain = PlainLines(out)
    plain.show(view)
    plain.show(view)
    view.phase = "winding up"
    plain.show(view)
    assert [line.rpartition("(")[2] for line in out.getvalue().splitlines()] == [
        "the house is being opened)",
        "winding up)",
    ]
