"""The exchange by FIX: each request does what it says, in both versions; every answer is valid by the dictionary."""

from __future__ import annotations

import pytest
from tests.simulator.client import SECOND, Client, OpenWriter, told

from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.fix.values import parse_utc
from kairos.market.tape import Quote
from kairos.model.numbers import parse_price as px
from kairos.simulator.exchange_face import ExchangeFace
from kairos.simulator.market_clock import MarketClock, Moment
from kairos.venue.exchange import Exchange
from kairos.venue.faults import FaultPlan, Faults
from kairos.venue.listing import Listing

OPEN, NOON, CLOSE = 100 * SECOND, 300 * SECOND, 9_000 * SECOND
SPEED = 60
NAMES = ["AAA.XNYS", "TWO.XNYS", "TWO.XPAR"]
BOTH = pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.4"])


class Venue:
    """An open exchange with a quote in AAA: 500 at 10.00 bid, 300 at 10.02 offered."""

    def __init__(self, plan: FaultPlan | None = None) -> None:
        self.writer = OpenWriter()
        self.exchange = Exchange([Listing(name, px("0.01"), 1, OPEN, CLOSE, closing_wait_ns=0) for name in NAMES], "D")
        self.clock = MarketClock(NOON, SPEED, self.writer.wall_ns)
        self.clock.begin(self.writer.wall_ns)
        faults = Faults(plan or FaultPlan(), 1)
        self.logons = 0
        self.face = ExchangeFace(self.exchange, Symbols(NAMES), faults, self.writer, self.reach, self.logged_on)
        self.exchange.advance(NOON)
        self.exchange.on_quote(Quote("AAA.XNYS", NOON, px("10"), 500, px("10.02"), 300))

    def reach(self, wall_ns: int) -> Moment:
        market_ns = self.clock.market_ns(wall_ns)
        self.exchange.advance(market_ns)
        return self.clock.moment(market_ns, wall_ns)

    def logged_on(self) -> None:
        self.logons += 1

    def wait(self, seconds: int) -> None:
        self.writer.wall_ns += seconds * SECOND
        self.face.flush(self.reach(self.writer.wall_ns))

    def faults_off(self) -> None:
        self.face.faults.plan = FaultPlan()

    def client(self, version: str = "FIX.4.4", name: str = "KAIROS") -> Client:
        return Client(self.face, self.writer, version, name)


@BOTH
@pytest.mark.parametrize(
    ("fields", "heard"),
    [
        ({"_44": "9.99"}, ["A1 NEW 0/400"]),
        ({"_44": "10.02"}, ["A1 NEW 0/400", "A1 {part} 300@10.02 300/100"]),
        ({"_44": "10.02", "_59": 3}, ["A1 NEW 0/400", "A1 {part} 300@10.02 300/100", "A1 CANCELED 300/0"]),
        ({"_44": "10.02", "_59": 4}, ["A1 NEW 0/400", "A1 CANCELED 0/0"]),
        ({"_38": 300}, ["A1 NEW 0/300", "A1 {fill} 300@10.02 300/0"]),
        ({"_38": 300, "_54": 5}, ["A1 NEW 0/300", "A1 {fill} 300@10 300/0"]),
        ({"_40": 3, "_99": "10.05"}, ["A1 NEW 0/400"]),
        ({"_40": 4, "_99": "10.05", "_44": "10.06"}, ["A1 NEW 0/400"]),
        ({"_44": "9.99", "_111": 50}, ["A1 NEW 0/400"]),
        ({"_55": "AAA", "_207": "XNYS", "_44": "9.99", "_59": 1}, ["A1 NEW 0/400"]),
        ({"_44": "9.995"}, ["A1 REJECTED 0/0"]),
        ({"_55": "NIL", "_44": "9"}, ["A1 REJECTED 0/0"]),
        ({"_55": "TWO", "_44": "9"}, ["A1 REJECTED 0/0"]),
        ({"_55": "TWO", "_207": "XPAR", "_44": "9"}, ["A1 NEW 0/400"]),
    ],
)
def test_an_order_of_each_kind(version: str, fields: dict[str, object], heard: list[str]) -> None:
    client = Venue().client(version)
    client.order("A1", 1, 400, **fields)
    words = {"part": "PARTIAL", "fill": "FILL"} if version == "FIX.4.2" else {"part": "TRADE", "fill": "TRADE"}
    assert client.reports() == [text.format(**words) for text in heard]


@BOTH
def test_a_report_repeats_the_order(version: str) -> None:
    client = Venue().client(version)
    client.order("A1", 1, 400, _44="9.9", _111=100, _59=0)
    (new,) = client.heard()
    wanted = {"11": "A1", "37": "D-O1", "17": "D-E1", "38": "400", "40": "2", "44": "9.9", "54": "1", "55": "AAA"}
    wanted |= {"207": "XNYS", "59": "0", "111": "100", "39": "0", "150": "0", "14": "0", "151": "400", "6": "0"}
    assert wanted.items() <= new.items()
    assert ("20" in new) == (version == "FIX.4.2")


@BOTH
def test_on_the_close_is_said_in_the_words_of_the_version(version: str) -> None:
    client = Venue().client(version)
    client.order("A1", 1, 100, **({"_40": "B", "_44": "9"} if version == "FIX.4.2" else {"_44": "9", "_59": 7}))
    (new,) = client.heard()
    assert (new["40"], new.get("59")) == (("B", None) if version == "FIX.4.2" else ("2", "7"))


@BOTH
def test_replace_and_cancel(version: str) -> None:
    client = Venue().client(version)
    client.order("A1", 1, 400, _44="9.9").heard()
    given: dict[str, object] = {"_55": "AAA", "_54": 1, "_60": client.time()}
    if version == "FIX.4.2":
        given["_21"] = 1
    client.send("G", _41="A1", _11="A2", _38=300, _40=2, _44="9.91", **given)
    (replaced,) = client.heard()
    assert {"11": "A2", "41": "A1", "150": "5", "38": "300", "44": "9.91", "151": "300"}.items() <= replaced.items()
    given.pop("_21", None)
    client.send("F", _41="A2", _11="A3", _38=300, **given)
    assert client.reports() == ["A3 CANCELED 0/0"]
    client.send("F", _41="A3", _11="A4", _38=300, **given)
    (late,) = client.heard()
    assert {"35": "9", "11": "A4", "41": "A3", "39": "4", "434": "1", "102": "0"}.items() <= late.items()


@BOTH
@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"_54": 2}, "Side(54) can't change from 1"),
        ({"_40": 1}, "OrdType(40) can't change from 2; cancel the order and enter a new one"),
        ({"_59": 1}, "TimeInForce(59) can't change from 0; cancel the order and enter a new one"),
        ({"_55": "TWO", "_207": "XPAR"}, "Symbol(55) can't change: the order is in AAA.XNYS"),
    ],
)
def test_a_replace_cannot_make_another_order(version: str, change: dict[str, object], text: str) -> None:
    client = Venue().client(version)
    client.order("A1", 1, 400, _44="9.9").heard()
    given = {"_41": "A1", "_11": "A2", "_21": 1, "_55": "AAA", "_54": 1, "_60": client.time(), "_38": 300, "_40": 2}
    client.send("G", **(given | {"_44": "9.9"} | change))
    (refused,) = client.heard()
    assert (refused["35"], refused["434"], refused["58"]) == ("9", "2", text)
    client.send("H", _11="A1", _55="AAA", _54=1)
    assert client.heard()[0]["44"] == "9.9"


@BOTH
def test_status(version: str) -> None:
    client = Venue().client(version)
    client.order("A1", 1, 400, _44="10.02").heard()
    query = {"_790": "Q1"} if version == "FIX.4.4" else {}
    client.send("H", _11="A1", _55="AAA", _54=1, **query)
    client.send("H", _11="A9", _55="AAA", _54=1)
    known, unknown = client.heard()
    assert {"39": "1", "14": "300", "151": "100", "17": "0"}.items() <= known.items()
    assert {"39": "8", "37": "NONE", "103": "5", "58": "ClOrdID(11) A9 is not known here"}.items() <= unknown.items()
    if version == "FIX.4.2":
        assert (known["20"], known["150"], unknown["150"]) == ("3", "1", "8")
    else:
        assert (known["150"], known["790"]) == ("I", "Q1") and "790" not in unknown


def test_mass_cancel_tells_that_it_was_done_and_then_each_order() -> None:
    venue = Venue()
    client, other = venue.client(), venue.client(name="OTHER")
    other.order("A1", 1, 10, _44="9").heard()
    client.order("A1", 1, 10, _44="9").order("A2", 1, 10, _44="9").order("T1", 1, 10, _44="9", _55="TWO", _207="XPAR")
    client.heard()
    client.send("q", _11="M1", _530=1, _55="AAA", _60=client.time())
    report, *rest = client.heard()
    assert {"35": "r", "11": "M1", "531": "1", "533": "2", "55": "AAA", "37": "D-M1"}.items() <= report.items()
    assert [said["11"] for said in rest] == ["A1", "A2"]
    client.send("q", _11="M2", _530=7, _60=client.time())
    assert client.reports() == ["r ", "T1 CANCELED 0/0"]
    assert other.heard() == []


@pytest.mark.parametrize(
    ("fields", "reason"), [({"_530": 3}, "0"), ({"_530": 1, "_55": "NIL"}, "1"), ({"_530": 7, "_54": 1}, "99")]
)
def test_a_mass_cancel_that_cannot_be_done_cancels_nothing(fields: dict[str, object], reason: str) -> None:
    client = Venue().client()
    client.order("A1", 1, 10, _44="9").heard()
    client.send("q", _11="M1", _60=client.time(), **fields)
    (report,) = client.heard()
    assert (report["35"], report["531"], report["532"]) == ("r", "0", reason)


def test_mass_status_numbers_its_reports() -> None:
    client = Venue().client()
    client.order("A1", 1, 10, _44="9").order("A2", 1, 10, _44="9").heard()
    client.send("AF", _584="S1", _585=7)
    assert [(r["11"], r["584"], r["911"], r["912"]) for r in client.heard()] == [
        ("A1", "S1", "2", "N"),
        ("A2", "S1", "2", "Y"),
    ]
    client.send("AF", _584="S2", _585=1, _55="TWO", _207="XPAR")
    (none,) = client.heard()
    assert {"584": "S2", "911": "0", "912": "Y", "58": "no live orders", "55": "TWO"}.items() <= none.items()


@BOTH
@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"_38": "1.5"}, ("j", "OrderQty(38)")),
        ({"_44": "1.123456789"}, ("3", "Price(44)")),
        ({"_44": "9" * 20}, ("3", "Price(44)")),
        ({"_54": 3}, ("j", "Side(54)")),
        ({"_40": "P"}, ("j", "OrdType(40)")),
        ({"_59": 5}, ("j", "TimeInForce(59)")),
        ({"_11": "A" * 65}, ("j", "ClOrdID(11)")),
    ],
)
def test_what_cannot_be_read_is_refused_by_field_and_tag(
    version: str, fields: dict[str, object], answer: tuple[str, str]
) -> None:
    venue = Venue()
    client = venue.client(version)
    client.order("A1", 1, 400, **({"_44": "9.9"} | fields))
    (said,) = client.heard()
    assert said["35"] == answer[0] and answer[1] in said["58"]
    assert venue.exchange.live_orders(client.line.session_id, "", NOON) == []


def test_an_order_without_a_quantity_is_refused_by_field_and_tag() -> None:
    client = Venue().client()
    client.send("D", _11="A1", _55="AAA", _54=1, _40=1, _60=client.time(), _152=1000)
    (said,) = client.heard()
    assert said["35"] == "j" and "OrderQty(38)" in said["58"]


def test_an_unsupported_type_is_refused_and_a_reject_of_the_client_is_not_answered() -> None:
    client = Venue().client()
    client.send("3", _45=1, _58="no").send("j", _45=1, _372="8", _380=0)
    assert client.heard() == []
    client.send("e", _324="R1", _263=0)
    assert client.reports()[0].startswith("j MsgType(35) 'e'")


def test_an_expiry_comes_at_its_time_on_the_wire_however_fast_the_market() -> None:
    venue = Venue()
    client = venue.client()
    client.order("A1", 1, 10, _44="9", _59=6, _126=client.time(30)).heard()
    venue.wait(29)
    assert client.heard() == []
    venue.wait(1)
    assert client.reports() == ["A1 EXPIRED 0/0"]


def test_a_replace_that_repeats_the_expiry_keeps_the_order_s_place() -> None:
    venue = Venue()
    client, other = venue.client(), venue.client(name="OTHER")
    terms: dict[str, object] = {"_44": "10.01", "_59": 6, "_126": client.time(30)}
    client.order("A1", 1, 20, **terms)
    other.order("B1", 1, 10, _44="10.01")
    venue.writer.wall_ns += 7_123_457
    client.send("G", _41="A1", _11="A2", _55="AAA", _54=1, _60=client.time(), _38=10, _40=2, **terms)
    client.heard()
    other.order("B2", 2, 10, _44="10.01").heard()
    assert client.reports() == ["A2 TRADE 10@10.01 10/0"]


def test_transact_time_is_the_world_s() -> None:
    venue = Venue()
    client = venue.client()
    client.order("A1", 1, 10, _44="9", _59=6, _126=client.time(30)).heard()
    expired_at = client.time(30)
    venue.wait(40)
    assert client.heard()[0]["60"] == expired_at
    client.order("A2", 1, 10, _44="9")
    (new,) = client.heard()
    assert parse_utc(new["60"].encode(), 0, 21) == venue.writer.wall_ns and new["60"] == new["52"]


def test_reports_of_a_client_who_is_away_are_numbered_for_him() -> None:
    venue = Venue()
    client, other = venue.client(), venue.client(name="OTHER")
    client.order("A1", 1, 100, _44="10.01").heard()
    client.drop()
    before = client.line.session.next_out
    other.order("B1", 2, 100, _44="10.01")
    assert client.heard() == [] and client.line.session.next_out == before + 1


def test_a_possible_resend_of_a_known_order_is_told_its_state_and_a_new_one_enters() -> None:
    client = Venue().client()
    client.order("A1", 1, 100, _44="9").order("A1", 1, 100, _44="9", _97="Y").order("A2", 1, 100, _44="9", _97="Y")
    assert client.reports() == ["A1 NEW 0/100", "A1 STATUS 0/100", "A2 NEW 0/100"]
    client.order("A1", 1, 100, _44="9")
    (duplicate,) = client.heard()
    assert (duplicate["150"], duplicate["103"]) == ("8", "6")


@BOTH
def test_a_bust_and_a_correction(version: str) -> None:
    venue = Venue()
    client = venue.client(version)
    client.order("A1", 1, 300, _44="10.02", _59=3)
    fill = client.heard()[1]
    now = venue.reach(venue.writer.wall_ns)
    assert venue.exchange.correct(fill["17"], 200, px("10.01"), now.market_ns) == ""
    venue.face.flush(now)
    corrected = client.heard()[0]
    assert {"19": fill["17"], "32": "200", "31": "10.01", "14": "200"}.items() <= corrected.items()
    assert venue.exchange.bust(fill["17"], now.market_ns) == ""
    venue.face.flush(now)
    busted = client.heard()[0]
    assert {"19": corrected["17"], "14": "0", "6": "0"}.items() <= busted.items()
    codes = ("20", "2", "1") if version == "FIX.4.2" else ("150", "G", "H")
    assert (corrected[codes[0]], busted[codes[0]]) == codes[1:]


def test_faults_stand_between_the_exchange_and_its_clients() -> None:
    client = Venue(FaultPlan(lose=1000)).client()
    assert client.order("A1", 1, 100, _44="9").heard() == []
    venue = Venue(FaultPlan(duplicate=1000, bust=1000, bust_after_ns=60 * SECOND))
    client = venue.client()
    client.order("A1", 1, 300, _44="10.02", _59=3)
    assert client.reports() == ["A1 NEW 0/300"] * 2 + ["A1 TRADE 300@10.02 300/0"] * 2
    venue.wait(1)
    assert client.reports()[0].startswith("A1 BUST")


def test_a_silent_order_tells_all_when_it_is_asked_and_the_answer_keeps_its_question() -> None:
    client = Venue(FaultPlan(silent=1000)).client()
    assert client.order("A1", 1, 100, _44="9").heard() == []
    client.send("AF", _584="S1", _585=7)
    ack, status = client.heard()
    assert (ack["150"], status["150"], status["584"]) == ("0", "I", "S1")


def test_the_first_logon_is_told() -> None:
    venue = Venue()
    venue.client()
    assert venue.logons == 1


def test_reports_repeat_what_an_order_says_beside_its_terms_also_of_a_replaced_one() -> None:
    client = Venue().client()
    client.send("D", _11="A1", _55="AAA", _54=1, _38=100, _40=2, _44="9.00", _60=client.time(), _528="A", _18="5")
    (new,) = client.heard()
    assert (new["39"], new["528"], new["18"]) == ("0", "A", "5")
    client.send("G", _41="A1", _11="A2", _55="AAA", _54=1, _38=100, _40=2, _44="10.02", _60=client.time(), _528="P")
    replaced, fill = client.heard()
    assert (replaced["150"], replaced["528"], "18" in replaced) == ("5", "P", False)
    assert (fill["150"], fill["528"], fill["30"]) == ("F", "P", "XNYS")


@pytest.mark.parametrize(("tag", "value"), [("18", "6"), ("63", "2")])
def test_an_instruction_that_the_exchange_does_not_know_is_refused_by_name(tag: str, value: str) -> None:
    client = Venue().client()
    wanted = {"_11": "A1", "_55": "AAA", "_54": 1, "_38": 100, "_40": 2, "_44": "9.00", "_60": client.time()}
    client.send("D", **wanted, **{f"_{tag}": value})
    (refused,) = client.heard()
    assert refused["39"] == "8" and f"({tag})" in refused["58"] and "not honoured here" in refused["58"]


def test_a_least_quantity_is_honoured() -> None:
    client = Venue().client()
    client.order("A1", 1, 400, _44="10.02", _110=301).order("A2", 1, 400, _44="10.02", _110=300)
    assert client.reports() == ["A1 NEW 0/400", "A1 CANCELED 0/0", "A2 NEW 0/400", "A2 TRADE 300@10.02 300/100"]


def test_a_dead_exchange_answers_nothing_until_it_lives_again() -> None:
    venue = Venue(FaultPlan(dead=1000, dead_ns=SPEED * SECOND))
    client = venue.client().order("A1", 1, 100, _44="9")
    venue.faults_off()
    client.order("A2", 1, 100, _44="9")
    assert client.reports() == []
    venue.wait(1)
    client.order("A3", 1, 100, _44="9")
    assert client.reports() == ["A3 NEW 0/100"]


def test_a_session_is_logged_out_by_a_fault() -> None:
    venue = Venue(FaultPlan(logout=1000))
    client = venue.client().order("A1", 1, 100, _44="9")
    assert client.reports() == ["A1 NEW 0/100", "5 logged out by a fault on demand"]


@pytest.mark.parametrize(
    ("version", "liquidity", "match_id"),
    [
        ("FIX.4.2", ("", ""), ""),
        ("FIX.4.4", ("1", "2"), ""),
        ("FIX.5.0", ("1", "2"), ""),
        ("FIX.5.0SP1", ("1", "2"), "D-T1"),
        ("FIX.5.0SP2", ("1", "2"), "D-T1"),
    ],
)
def test_a_fill_says_who_took_and_which_trade_it_was_where_the_version_can(
    version: str, liquidity: tuple[str, str], match_id: str
) -> None:
    venue = Venue()
    maker, taker = venue.client(version, "MAKER"), venue.client(version, "TAKER")
    maker.order("A1", 2, 50, _44="10.01")
    taker.order("B1", 1, 50, _44="10.01")
    made, took = maker.heard()[-1], taker.heard()[-1]
    assert (made.get("851", ""), took.get("851", "")) == liquidity
    assert made.get("880", "") == took.get("880", "") == match_id


def test_orders_of_one_party_are_kept_apart_as_they_say() -> None:
    """SelfMatchPreventionID(2362) and SelfMatchPreventionInstruction(2964), which FIX 5.0 SP2 alone has."""
    client = Venue().client("FIX.5.0SP2")
    client.order("A1", 2, 50, _44="10.01", _2362="ME")
    client.order("B1", 1, 50, _44="10.01", _2362="ME")
    client.order("B2", 1, 50, _44="10.01", _2362="ME", _2964=2)
    heard = client.heard()
    assert [told(said) for said in heard] == [
        "A1 NEW 0/50", "B1 NEW 0/50", "B1 CANCELED 0/0", "B2 NEW 0/50", "A1 CANCELED 0/0"
    ]  # fmt: skip
    assert [said.get("378", "") for said in heard] == ["", "", "18", "", "19"]
