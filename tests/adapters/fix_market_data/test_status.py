"""How markets stand, asked for and told by FIX: phases and halts, in the codes that each version has."""

from __future__ import annotations

import pytest
from tests.simulator.client import Client, OpenWriter

from kairos.adapters.fix_market_data.face import MarketDataFace
from kairos.adapters.fix_market_data.status import MAX_STATUS_SUBSCRIPTIONS
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.market.board import MarketBoard
from kairos.model.market_enums import TradingPhase

NAMES = ["AAA.XNYS", "BBB.XNYS", "CCC.XTAI"]
VERSIONS = pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.3", "FIX.4.4"])


class Watch:
    """One client of a market-data face whose boards are the test's."""

    def __init__(self, version: str = "FIX.4.4", why_not: str = "") -> None:
        self.writer = OpenWriter()
        self.boards = {name: MarketBoard(name) for name in NAMES}
        self.face = MarketDataFace(self.boards, Symbols(NAMES), 100, lambda _session, _name: why_not)
        self.client = Client(self.face, self.writer, version)

    def phase(self, phase: TradingPhase | None, name: str = "AAA.XNYS") -> Watch:
        self.boards[name].on_phase("" if phase is None else phase.value, self.writer.wall_ns)
        return self.news(name)

    def halt(self, halted: bool, name: str = "AAA.XNYS") -> Watch:
        self.boards[name].on_halt(halted, self.writer.wall_ns)
        return self.news(name)

    def news(self, name: str) -> Watch:
        self.face.changed(name)
        self.face.flush(self.writer.wall_ns)
        return self

    def security(self, symbol: str = "AAA", kind: int = 1, req_id: str = "S") -> Watch:
        self.client.send("e", _324=req_id, _55=symbol, _263=kind)
        return self

    def session(self, kind: int = 1, req_id: str = "T", **more: object) -> Watch:
        self.client.send("g", _335=req_id, _263=kind, **more)
        return self

    def heard(self) -> list[str]:
        """`f AAA 17 3 N`: Symbol(55), SecurityTradingStatus(326), phase, unasked; `h 2 3 N`: TradSesStatus(340)."""
        found = []
        for said in self.client.heard():
            words = [said.get(tag, "-") for tag in (("55", "326") if said["35"] == "f" else ("340",))]
            found.append(" ".join([said["35"], *words, said.get("625", "-"), said.get("325", "-")]))
        return found


def test_a_subscriber_hears_at_once_and_then_of_each_change_once() -> None:
    watch = Watch().phase(TradingPhase.OPENING_AUCTION).security()
    assert watch.heard() == ["f AAA 21 2 N"]
    watch.phase(TradingPhase.CONTINUOUS).news("AAA.XNYS").halt(True).halt(False).phase(
        TradingPhase.CONTINUOUS, "BBB.XNYS"
    )
    assert watch.heard() == ["f AAA 17 3 Y", "f AAA 2 3 Y", "f AAA 17 3 Y"]


@pytest.mark.parametrize(
    ("version", "codes"),
    [
        ("FIX.4.2", "18 18 17 18 18 18 2 18 18"),
        ("FIX.4.3", "21 21 17 18 18 18 2 18 18"),
        ("FIX.4.4", "21 21 17 18 18 18 2 18 18"),
        ("FIX.5.0SP1", "21 21 17 24 18 24 24 18 18"),
        ("FIX.5.0SP2", "21 21 17 24 26 24 24 18 18"),
    ],
)
def test_each_phase_in_each_version(version: str, codes: str) -> None:
    """Pre-trading, opening, continuous, closing, post-trading, scheduled, unscheduled auction, lunch, closed."""
    told = []
    for phase in (*"1234569", "7", ""):
        watch = Watch(version)
        watch.boards["AAA.XNYS"].on_phase(phase, 1)
        watch.security(kind=0)
        (said,) = watch.client.heard()
        told.append(said["326"])
        has_phase = version not in ("FIX.4.2", "FIX.5.0SP1") or (version == "FIX.5.0SP1" and phase != "9")
        assert said.get("625", "") == (phase if has_phase else "")
    assert " ".join(told) == codes


@VERSIONS
def test_who_never_heard_of_a_phase_says_unknown(version: str) -> None:
    assert [text.split()[2] for text in Watch(version).security(kind=0).heard()] == ["20"]
    assert [text.split()[1] for text in Watch(version).session(kind=0).heard()] == [
        "3" if version == "FIX.4.2" else "0"
    ]


@VERSIONS
def test_a_market_stands_as_its_first_instrument_that_is_not_halted(version: str) -> None:
    watch = Watch(version)
    for name in NAMES:
        watch.phase(TradingPhase.CONTINUOUS, name)
    watch.session()
    assert [text.split()[1] for text in watch.heard()] == ["2"]
    watch.halt(True)
    assert watch.heard() == []
    watch.halt(True, "BBB.XNYS").halt(True, "CCC.XTAI")
    assert [text.split()[1] for text in watch.heard()] == ["1"]
    watch.halt(False, "CCC.XTAI").phase(TradingPhase.CLOSING_AUCTION, "CCC.XTAI")
    assert [text.split()[1] for text in watch.heard()] == ["2", "5"]


@VERSIONS
def test_what_is_not_here_is_said_so(version: str) -> None:
    watch = Watch(version).security("NIL").session(_336="7")
    first, second = watch.client.heard()
    assert (first["326"], second["340"]) == ("19", "3" if version == "FIX.4.2" else "6")
    assert "no such market" in second["58"]


def test_a_snapshot_is_told_once_and_an_ended_subscription_no_more() -> None:
    watch = Watch().phase(TradingPhase.CONTINUOUS).security(kind=0).session(kind=0)
    assert len(watch.heard()) == 2
    assert watch.halt(True).heard() == []
    watch.security().session()
    watch.heard()
    assert watch.security(kind=2).session(kind=2).halt(False).heard() == []


def test_subscriptions_are_bounded_and_end_with_their_session() -> None:
    watch = Watch().phase(TradingPhase.CONTINUOUS)
    for number in range(MAX_STATUS_SUBSCRIPTIONS):
        watch.security(req_id=f"S{number}")
    watch.heard()
    (refused,) = watch.security(req_id="ONE MORE").client.heard()
    assert (refused["35"], refused["380"]) == ("j", "0")
    watch.client.drop()
    before = watch.client.line.session.next_out
    assert watch.halt(True).client.line.session.next_out == before


def test_who_may_not_see_a_market_may_not_hear_of_it() -> None:
    (refused,) = Watch(why_not="not yours").security().client.heard()
    assert (refused["35"], refused["380"], refused["58"]) == ("j", "6", "not yours")
