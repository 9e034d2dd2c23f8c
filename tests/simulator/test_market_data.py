"""Market data: what is subscribed is told at most once an interval, and only when it has changed."""

from __future__ import annotations

import pytest
from tests.simulator.client import Client, OpenWriter, judged

from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.groups import read_group
from kairos.fix.parser import parse
from kairos.market.tape import Quote, Trade
from kairos.model.numbers import parse_price as px
from kairos.simulator.market_data import MAX_SUBSCRIPTIONS, MarketDataFace
from kairos.simulator.symbols import Symbols

NAMES = ["AAA.XNYS", "BBB.XNYS"]
MS = 1_000_000


class Feed:
    """A face with one subscriber."""

    def __init__(self, version: str = "FIX.4.4") -> None:
        self.writer = OpenWriter()
        self.face = MarketDataFace(NAMES, Symbols(NAMES), self.writer, 100)
        self.client = Client(self.face, self.writer, version)

    def ask(
        self, md_req_id: str = "M", symbols: str = "AAA", kinds: str = "012", kind: int = 1, depth: int = 1
    ) -> Feed:
        pairs: list[tuple[int, object]] = [(262, md_req_id), (263, kind), (264, depth), (267, len(kinds))]
        pairs += [(269, code) for code in kinds] + [(146, len(symbols.split()))]
        for symbol in symbols.split():
            pairs += [(55, symbol), (207, "XNYS")]
        self.client.raw("V", pairs)
        return self

    def quote(self, bid: str, offer: str, name: str = "AAA.XNYS") -> Feed:
        self.face.see(Quote(name, self.writer.wall_ns, px(bid), 100, px(offer), 200))
        return self

    def trade(self, price: str, size: int, name: str = "AAA.XNYS") -> Feed:
        self.face.see(Trade(name, self.writer.wall_ns, px(price), size))
        return self

    def after(self, ms: int) -> list[dict[str, str]]:
        """What the subscriber hears that much later: `{"55": ..., "0": "10 x 100", ...}` for each W."""
        self.writer.wall_ns += ms * MS
        self.face.flush(self.writer.wall_ns)
        frames, self.client.ear.frames = self.client.ear.frames, []
        return [figures(frame, self.client.version) for frame in frames]


def figures(frame: bytes, version: str) -> dict[str, str]:
    said = judged(frame, version)
    if said["35"] != "W":
        return {tag: said[tag] for tag in ("35", "281", "58") if tag in said}
    spec = load_dictionary(version).message("W")
    group = spec.group(t.NO_MD_ENTRIES) if spec is not None else None
    assert group is not None
    entries = {e.get(269): f"{e.get(270)} x {e.get(271)}" for e in read_group(parse(frame), group)}
    return {"55": said["55"], "262": said["262"]} | entries | ({"387": said["387"]} if "387" in said else {})


BOTH = pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.4"])


@BOTH
def test_a_subscription_begins_with_what_is_known(version: str) -> None:
    feed = Feed(version).quote("10", "10.02").trade("10.01", 50).ask()
    (first,) = feed.after(0)[:1]
    wanted = {"55": "AAA", "262": "M", "0": "10 x 100", "1": "10.02 x 200", "2": "10.01 x 50"}
    assert first == wanted | ({"387": "50"} if version == "FIX.4.2" else {})


def test_nothing_is_told_before_the_tape_has_spoken() -> None:
    feed = Feed().ask(symbols="AAA BBB")
    assert feed.after(1000) == []
    assert [w["55"] for w in feed.quote("5", "6", "BBB.XNYS").after(0)] == ["BBB"]


def test_changes_within_the_interval_become_one() -> None:
    feed = Feed().ask().quote("10", "10.02")
    assert len(feed.after(0)) == 1
    feed.quote("10", "10.03")
    assert feed.after(50) == []
    feed.quote("10", "10.04")
    assert feed.after(49) == []
    (w,) = feed.after(1)
    assert w["1"] == "10.04 x 200"
    assert feed.after(1000) == []


def test_a_quote_that_says_nothing_new_is_not_told() -> None:
    feed = Feed().ask().quote("10", "10.02")
    feed.after(0)
    assert feed.quote("10", "10.02").after(1000) == []


def test_the_day_s_figures() -> None:
    feed = Feed().trade("10", 100).trade("12", 300).trade("9", 100).trade("11", 100).ask(kinds="4789B", kind=0)
    assert feed.after(0) == [
        {"55": "AAA", "262": "M", "4": "10 x ", "7": "12 x ", "8": "9 x ", "9": "11 x ", "B": " x 600"}
    ]
    assert feed.face.tops["AAA.XNYS"].vwap() == px("11")


def test_a_snapshot_is_told_once_and_an_ended_subscription_no_more() -> None:
    feed = Feed().quote("10", "10.02")
    feed.after(0)
    assert len(feed.ask("S", kind=0).after(0)) == 1
    assert feed.quote("10", "10.03").after(1000) == []
    assert len(feed.ask("M").after(0)) == 1
    assert feed.ask("M", kind=2).quote("10", "10.04").after(1000) == []


def test_a_subscription_ends_with_its_session() -> None:
    feed = Feed().quote("10", "10.02").ask()
    feed.after(0)
    feed.client.drop()
    before = feed.client.line.session.next_out
    feed.quote("10", "10.03").after(1000)
    assert feed.client.line.session.next_out == before


@BOTH
@pytest.mark.parametrize(
    ("asked", "reason", "named"),
    [
        ({"symbols": "NIL"}, "0", "Symbol(55) NIL.XNYS"),
        ({"depth": 5}, "5", "MarketDepth(264)"),
        ({"kinds": "03"}, "8", "MDEntryType(269) 3"),
    ],
)
def test_what_is_not_offered_is_refused(version: str, asked: dict[str, str], reason: str, named: str) -> None:
    (refused,) = Feed(version).ask(**asked).after(0)  # type: ignore[arg-type]
    assert (refused["35"], refused["281"]) == ("Y", reason) and named in refused["58"]


def test_a_request_id_is_used_once_at_a_time_and_subscriptions_are_bounded() -> None:
    feed = Feed().ask("M").ask("M")
    assert [refused["281"] for refused in feed.after(0)] == ["1"]
    for number in range(MAX_SUBSCRIPTIONS):
        feed.ask(f"M{number}")
    (refused,) = feed.after(0)
    assert refused["35"] == "Y" and "281" not in refused


def test_an_order_on_a_market_data_line_is_refused() -> None:
    feed = Feed()
    feed.client.order("A1", 1, 100)
    assert feed.client.reports()[0].startswith("j MsgType(35) 'D'")
