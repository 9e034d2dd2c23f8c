"""Orders that say the same beside their terms share one object; one that says something else never gets it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import frame

from kairos.adapters.fix_mapping.details import read_details
from kairos.adapters.fix_mapping.rules import is_custom
from kairos.fix.message import Message
from kairos.fix.parser import Parser, parse

HEAD = "35=D|34={n}|49=A|52=20261123-09:00:00|56=B|11=O{n}|38={n}00|40=2|44=10.00|54=1|55=XXX|60=20261123-09:00:00|"
PARTIES = "453=2|448=LEI{a}|447=N|452=1|448=T{b}|447=D|452=12|"
SAID = st.builds(
    lambda exec_inst, capacity, first, second, custom, min_qty: (
        f"18={exec_inst}|528={capacity}|110={min_qty}|{PARTIES.format(a=first, b=second)}5001={custom}|"
    ),
    st.sampled_from(("1", "5", "1 6")),
    st.sampled_from("AP"),
    st.sampled_from("12"),
    st.sampled_from(("1", "2", "A LONGER NAME")),
    st.sampled_from("XY"),
    st.sampled_from(("0", "10", "100")),
)


def details_of(message: Message) -> object:
    return read_details(message, "FIX.4.4", is_custom)


@given(st.lists(SAID, min_size=1, max_size=3), st.lists(st.integers(0, 2), max_size=10))
def test_what_an_order_says_is_read_as_if_it_were_the_first(kinds: list[str], order: list[int]) -> None:
    parser = Parser()
    for n, pick in enumerate(order, 1):
        raw = frame(HEAD.format(n=n) + kinds[pick % len(kinds)])
        assert details_of(parser.parse(raw)) == details_of(parse(raw))


def test_orders_that_say_the_same_share_it() -> None:
    parser = Parser()
    body = "18=1|110=10|" + PARTIES.format(a=1, b=2)
    first, second = (details_of(parser.parse(frame(HEAD.format(n=n) + body))) for n in (1, 2))
    assert first is second
    other = details_of(parser.parse(frame(HEAD.format(n=3) + body.replace("110=10", "110=20"))))
    assert other is not first
