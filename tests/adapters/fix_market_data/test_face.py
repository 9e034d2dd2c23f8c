"""Market data: what is subscribed is told at most once an interval, and only when it has changed."""

from __future__ import annotations

import pytest
from tests.simulator.client import Client, OpenWriter, judged

from kairos.adapters.fix_market_data.entries import entries_of
from kairos.adapters.fix_market_data.face import MAX_SUBSCRIPTIONS, MarketDataFace
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.groups import read_group
from kairos.fix.parser import parse
from kairos.market.board import MarketBoard
from kairos.market.tape import Quote, Trade
from kairos.model.numbers import parse_price as px

NAMES = ["AAA.XNYS", "BBB.XNYS"]
MS = 1_000_000


class Feed:
    """A face with one subscriber."""

    def __init__(self, version: str = "FIX.4.4") -> None:
        self.writer = OpenWriter()
        self.boards = {name: MarketBoard(name) for name in NAMES}
        self.face = MarketDataFace(self.boards, Symbols(NAMES), 100)
        self.client = Client(self.face, self.writer, version)

    def ask(
        self,
        md_req_id: str = "M",
        symbols: str = "AAA",
        kinds: str = "012",
        kind: int = 1,
        depth: int = 1,
        update: int = 0,
    ) -> Feed:
        pairs: list[tuple[int, object]] = [
            (262, md_req_id),
            (263, kind),
            (264, depth),
            (265, update),
            (267, len(kinds)),
        ]
        pairs += [(269, code) for code in kinds] + [(146, len(symbols.split()))]
        for symbol in symbols.split():
            pairs += [(55, symbol), (207, "XNYS")]
        self.client.raw("V", pairs)
        return self

    def quote(self, bid: str, offer: str, name: str = "AAA.XNYS") -> Feed:
        self.boards[name].on_quote(Quote(name, self.writer.wall_ns, px(bid), 100, px(offer), 200))
        return self.news(name)

    def trade(self, price: str, size: int, name: str = "AAA.XNYS") -> Feed:
        self.boards[name].on_trade(Trade(name, self.writer.wall_ns, px(price), size))
        return self.news(name)

    def level(self, is_bid: bool, price: str, size: int) -> Feed:
        self.boards["AAA.XNYS"].on_level(is_bid, px(price), size, self.writer.wall_ns)
        return self.news("AAA.XNYS")

    def news(self, name: str = "AAA.XNYS") -> Feed:
        self.face.changed(name)
        return self

    def after(self, ms: int) -> list[dict[str, str]]:
        """What the subscriber hears that much later: `{"55": ..., "0": "10 x 100", ...}` for each W."""
        return [figures(frame, self.client.version) for frame in self.frames_after(ms)]

    def lines_after(self, ms: int) -> list[str]:
        """The same, line by line: `W 0 10 x 100`, `X new 0 10 x 100`."""
        return [line for frame in self.frames_after(ms) for line in lines(frame, self.client.version)]

    def frames_after(self, ms: int) -> list[bytes]:
        self.writer.wall_ns += ms * MS
        self.face.flush(self.writer.wall_ns)
        frames, self.client.ear.frames = self.client.ear.frames, []
        return frames


ACTIONS = {"0": "new", "1": "change", "2": "delete"}


def lines(frame: bytes, version: str) -> list[str]:
    """Each entry of a W or an X in words, with its conditions."""
    said = judged(frame, version)
    spec = load_dictionary(version).message(said["35"])
    group = spec.group(t.NO_MD_ENTRIES) if spec is not None else None
    assert group is not None, said
    found = []
    for entry in read_group(parse(frame), group):
        words = [said["35"]] + ([ACTIONS[entry.get(279)]] if said["35"] == "X" else [])
        words += [entry.get(269), entry.get(270) or "-", "x", entry.get(271) or "-"]
        words += [f"{tag}={entry.get(tag)}" for tag in (276, 277, 83) if entry.get(tag)]
        found.append(" ".join(words))
    return found


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
    assert feed.boards["AAA.XNYS"].top.vwap() == px("11")


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
        ({"depth": -1}, "5", "MarketDepth(264)"),
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


def test_the_book_s_depth_is_told_from_the_best() -> None:
    feed = Feed()
    for price in ("10", "9.99", "9.98"):
        feed.level(True, price, 100)
    feed.level(False, "10.02", 300).level(False, "10.01", 200)
    assert feed.ask("TWO", kinds="01", depth=2).lines_after(0) == [
        "W 0 10 x 100", "W 0 9.99 x 100", "W 1 10.01 x 200", "W 1 10.02 x 300"
    ]  # fmt: skip
    assert len(feed.ask("ALL", kinds="01", depth=0).lines_after(0)) == 5


def test_changes_are_told_as_such_after_a_first_snapshot() -> None:
    feed = Feed().level(True, "10", 100).level(True, "9.99", 50).level(False, "10.01", 200)
    assert len(feed.ask(kinds="01", depth=2, update=1).lines_after(0)) == 3
    feed.level(True, "10", 150).level(True, "9.99", 0).level(True, "9.98", 70)
    assert feed.lines_after(1000) == ["X delete 0 9.99 x -", "X change 0 10 x 150", "X new 0 9.98 x 70"]
    assert feed.news().lines_after(1000) == []


def test_a_level_that_came_and_went_between_two_tellings_is_not_told() -> None:
    feed = Feed().level(True, "10", 100).ask(kinds="0", update=1)
    feed.lines_after(0)
    assert feed.level(True, "10.01", 5).level(True, "10.01", 0).lines_after(1000) == []


def test_every_print_is_told_to_who_asks_for_changes() -> None:
    feed = Feed().trade("10", 1).ask(kinds="2B", update=1)
    assert feed.lines_after(0) == ["W 2 10 x 1", "W B - x 1"]
    feed.trade("10", 2).trade("11", 3)
    assert feed.lines_after(1000) == ["X change B - x 6", "X new 2 10 x 2", "X new 2 11 x 3"]


def test_changes_are_numbered_where_the_version_has_a_field_for_it() -> None:
    feed = Feed("FIX.4.4").level(True, "10", 1).ask(kinds="0", update=1)
    feed.lines_after(0)
    assert feed.level(True, "10", 2).lines_after(1000) == ["X change 0 10 x 2"]


def test_a_lost_feed_is_told_with_its_prices_marked_and_again_when_it_is_back() -> None:
    feed = Feed().quote("10", "10.02").ask(kinds="01", update=1)
    feed.lines_after(0)
    feed.boards["AAA.XNYS"].grow_stale(feed.writer.wall_ns)
    assert feed.news().lines_after(1000) == ["W 0 10 x 100 276=B", "W 1 10.02 x 200 276=B"]
    assert feed.quote("10", "10.02").lines_after(1000) == ["W 0 10 x 100", "W 1 10.02 x 200"]


def test_what_an_auction_would_give_is_told_with_its_imbalance() -> None:
    feed = Feed()
    feed.boards["AAA.XNYS"].on_auction(px("10.01"), 500, -200, feed.writer.wall_ns)
    assert feed.news().ask(kinds="A").lines_after(0) == ["W A 10.01 x 200 277=Q"]
    feed.boards["AAA.XNYS"].on_auction(px("10.02"), 700, 0, feed.writer.wall_ns)
    assert feed.news().lines_after(1000) == ["W A 10.02 x -"]
    auction = entries_of(feed.boards["AAA.XNYS"], ("Q",), 0)
    assert [(entry.px, entry.size) for entry in auction] == [(px("10.02"), 700)]


def test_a_session_hears_only_of_what_it_is_entitled_to() -> None:
    writer = OpenWriter()
    face = MarketDataFace({name: MarketBoard(name) for name in NAMES}, Symbols(NAMES), 100, lambda _s, _i: "not yours")
    client = Client(face, writer)
    client.raw("V", [(262, "M"), (263, 1), (264, 1), (267, 1), (269, "0"), (146, 1), (55, "AAA"), (207, "XNYS")])
    (refused,) = client.heard()
    assert (refused["35"], refused["281"], refused["58"]) == ("Y", "3", "not yours")
