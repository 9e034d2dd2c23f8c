"""The judge objects to no honest fill on the shipped tapes, and to every wrong one that is slipped to it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from tests.venue.judge import Judge
from tests.venue.judge_day import OPENING_WAIT_NS, Day, with_halts
from tests.venue.judge_parties import Wish

import kairos
from kairos.market.shipped import ShippedTape, shipped_tapes
from kairos.market.tape import BookAction, BookOrder, HaltState, PrintKind, Quote, TapeHalt, Trade
from kairos.market.tape_file import read_tape
from kairos.model.enums import ExecType, OrdStatus, OrdType, Side, TimeInForce
from kairos.venue.listing import Listing
from kairos.venue.reports import Report
from kairos.venue.tape_impact import Impact
from kairos.venue.tape_rules import Cancels, TapeRules

TAPES = {tape.symbol: tape for tape in shipped_tapes()}
SECOND = 10**9
NUMBERS = itertools.count()


def day_of(tape: ShippedTape, orders: int, seed: int, rules: TapeRules | None = None) -> Day:
    listing = Listing(
        tape.instrument, tape.tick, tape.lot, tape.open_ns, tape.last_ns + 1, tape.has_quotes,
        opening_wait_ns=OPENING_WAIT_NS, tape_rules=rules,
    )  # fmt: skip
    return Day(listing, seed, orders, max(tape.first_ns, tape.open_ns - 60 * SECOND))


@pytest.mark.parametrize("symbol", list(TAPES))
def test_every_fill_on_a_shipped_tape_is_allowed(symbol: str) -> None:
    tape = TAPES[symbol]
    judge = day_of(tape, 600, 20180102).play(read_tape(tape.path, tape.instrument))
    assert judge.complaints == []
    assert sum(judge.counts.values()) > 300
    if tape.has_quotes:
        assert min(judge.counts[kind] for kind in ("taken from the tape", "in turn", "met by the tape")) > 20


RULES = [
    pytest.param(TapeRules(Cancels.PRO_RATA), 0, id="cancels pro rata"),
    pytest.param(TapeRules(impact=Impact(4, 30 * SECOND)), 0, id="impact"),
    pytest.param(None, 120, id="halts"),
]


@pytest.mark.parametrize(("rules", "halt_every_s"), RULES)
def test_every_fill_is_allowed_under_other_rules_too(rules: TapeRules | None, halt_every_s: int) -> None:
    tape = TAPES["XXX"]
    events = read_tape(tape.path, tape.instrument)
    judge = day_of(tape, 600, 20180103, rules).play(
        with_halts(events, tape.instrument, (halt_every_s or 10**6) * SECOND)
    )
    assert judge.complaints == []
    assert min(judge.counts[kind] for kind in ("taken from the tape", "in turn", "taken back", "corrected")) > 3


def test_the_crowd_meets_its_like_and_has_least_quantities() -> None:
    tape = TAPES["XXX"]
    judge = day_of(tape, 1500, 20180104).play(read_tape(tape.path, tape.instrument))
    assert judge.complaints == [] and judge.counts["prevented"] > 10
    assert sum(wish.min_qty > 0 for wish in judge.wishes.values()) > 100


def gives_a_place_at_the_front(level: Any, order: Any, shown: int, seq: int) -> None:
    """In place of `join`."""


def takes_no_print_for_late(*_: Any) -> int:
    return 0


def forgets_what_was_taken(side: Any, qty: int, now_ns: int) -> None:
    """In place of `TapeSide.take`: sells the same size again, but not for ever."""
    side.offer = None if qty * now_ns % 7 == 0 else side.offer


CHEATS = [
    pytest.param("kairos.venue.book.join", gives_a_place_at_the_front, "turn has not come", id="at the front"),
    pytest.param("kairos.venue.resting.late_part", takes_no_print_for_late, "printed late", id="late prints"),
    pytest.param("kairos.venue.tape_side.TapeSide.take", forgets_what_was_taken, "are left there", id="twice"),
]


@pytest.mark.skipif(kairos.how_it_runs().startswith("compiled"), reason="compiled code can't be replaced by a cheat's")
@pytest.mark.parametrize(("what", "cheat", "complaint"), CHEATS)
def test_an_exchange_that_cheats_is_caught(
    what: str, cheat: Callable[..., Any], complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what, cheat)
    judge = day_of(TAPES["XXX"], 600, 20180102).play(read_tape(TAPES["XXX"].path, TAPES["XXX"].instrument))
    assert any(complaint in text for text in judge.complaints)


def test_a_judge_of_one_rule_objects_to_an_exchange_of_another() -> None:
    tape = TAPES["XXX"]
    for rules, complaint in (
        (TapeRules(Cancels.PRO_RATA), "turn has not come"),
        (TapeRules(impact=Impact(4, 30 * SECOND)), "best that is left"),
    ):
        day = day_of(tape, 600, 20180103, rules)
        day.judge.pro_rata, day.judge.pushed = False, None
        day.play(read_tape(tape.path, tape.instrument))
        assert any(complaint in text for text in day.judge.complaints)


def report(
    name: str, exec_type: ExecType = ExecType.NEW, side: Side = Side.BUY, ord_type: OrdType = OrdType.LIMIT,
    tif: TimeInForce = TimeInForce.DAY, qty: int = 100, px: int = 1000, stop: int = 0, floor: int = 0,
    last_qty: int = 0, last_px: int = 0, cum: int = 0, liquidity: int = 0, match: str = "",
    exec_id: str = "", ref: str = "", reason: str = "",
) -> Report:  # fmt: skip
    leaves = 0 if exec_type in (ExecType.CANCELED, ExecType.EXPIRED) else qty - cum
    return Report(
        "C", exec_type, OrdStatus.NEW, exec_id or f"E{next(NUMBERS)}", ref, name, name, "", "A", side, ord_type, tif,
        qty, px, stop, floor, last_qty, last_px, cum, leaves, 0, None, "", 0, liquidity, match, reason,
    )  # fmt: skip


def fill(name: str, last_qty: int, last_px: int, liquidity: int, **terms: Any) -> Report:
    terms.setdefault("cum", last_qty)
    return report(name, ExecType.TRADE, last_qty=last_qty, last_px=last_px, liquidity=liquidity, **terms)


def change(name: str, exec_type: ExecType, ref: str, last_qty: int, cum: int) -> Report:
    """A bust, or a correction, of the execution `ref`."""
    return report(name, exec_type, px=1002, last_qty=last_qty, last_px=1002, cum=cum, ref=ref)


class Court:
    """A judge in an open market with bids 300 at 1000 and offers 200 at 1002, and one line a thing that happened."""

    def __init__(self) -> None:
        self.judge = Judge(0, 10**18, True, 0)
        self.now = 10 * SECOND
        self.quote(1000, 300, 1002, 200)

    def quote(self, bid: int, bid_size: int, ask: int, ask_size: int, *reports: Report) -> Court:
        self.judge.tape(Quote("A", self.now, bid, bid_size, ask, ask_size), list(reports))
        return self

    def trade(self, px: int, size: int, *reports: Report, kind: PrintKind = PrintKind.REGULAR) -> Court:
        self.judge.tape(Trade("A", self.now, px, size, kind), list(reports))
        return self

    def order(self, action: BookAction, ref: int, px: int, size: int, *reports: Report) -> Court:
        self.judge.tape(BookOrder("A", self.now, action, ref, True, px, size), list(reports))
        return self

    def halt(self, state: HaltState, *reports: Report) -> Court:
        self.judge.tape(TapeHalt("A", self.now, state), list(reports))
        return self

    def wish(self, name: str, wish: Wish) -> Court:
        self.judge.told("C", name, wish)
        return self

    def act(self, *reports: Report) -> Court:
        self.judge.acted(self.now, list(reports))
        return self


B1, TAKER = report("B1"), report("T", px=1002)


def test_the_judge_takes_honest_fills_for_honest() -> None:
    court = Court().act(TAKER, fill("T", 100, 1002, 2, px=1002)).act(B1).trade(1000, 350, fill("B1", 50, 1000, 1))
    court.act(report("S", side=Side.SELL, px=1003, qty=30)).quote(1004, 10, 1005, 10)
    assert (
        court.quote(1003, 40, 1005, 10, fill("S", 30, 1003, 1, side=Side.SELL, px=1003, qty=30)).judge.complaints == []
    )


WRONG: list[tuple[str, Callable[[Court], Court], str]] = [
    ("a better price", lambda c: c.act(TAKER, fill("T", 100, 1001, 2, px=1002)), "best that is left"),
    ("a size twice", lambda c: c.act(TAKER, fill("T", 100, 1002, 2, px=1002)).quote(1000, 300, 1002, 200).act(
        report("U", px=1002, qty=150), fill("U", 150, 1002, 2, px=1002, qty=150)), "only 100 of 200"),
    ("beyond the limit", lambda c: c.act(B1, fill("B1", 100, 1002, 2)), "beyond its limit"),
    ("before its turn", lambda c: c.act(B1).trade(1000, 300, fill("B1", 1, 1000, 1)), "turn has not come"),
    ("a print counted twice", lambda c: c.act(B1).trade(1000, 200).quote(1000, 100, 1002, 200).trade(
        1000, 150, fill("B1", 60, 1000, 1)), "turn has not come"),
    ("a late print", lambda c: c.act(B1).quote(999, 5, 1002, 200).trade(
        1000, 300, fill("B1", 10, 1000, 1)), "turn has not come"),
    ("more than the print", lambda c: c.act(report("B1", px=1001)).trade(
        1000, 50, fill("B1", 60, 1001, 1, px=1001)), "beyond the print's size"),
    ("a buyer's print to a bid", lambda c: c.act(report("B1", px=1001)).quote(1000, 300, 1001, 0).quote(
        1000, 300, 1002, 1).trade(1002, 50, fill("B1", 10, 1001, 1, px=1001)), "can't reach it"),
    ("past another client", lambda c: c.act(report("B1", px=1001)).act(report("B2", px=1001)).trade(
        1000, 50, fill("B2", 10, 1001, 1, px=1001)), "came before it"),
    ("past a better price", lambda c: c.act(report("B1", px=1001)).act(B2_AT_1000).trade(
        1000, 900, fill("B2", 10, 1000, 1)), "a better price of another client"),
    ("more than its tip", lambda c: c.act(report("B1", px=1001, floor=10)).trade(
        1000, 50, fill("B1", 20, 1001, 1, px=1001, floor=10)), "more than the 10"),
    ("an immediate order that rests", lambda c: c.act(report("I", tif=TimeInForce.IMMEDIATE_OR_CANCEL)), "and rests"),
    ("fill or kill in part", lambda c: c.act(
        report("K", tif=TimeInForce.FILL_OR_KILL, px=1002),
        fill("K", 60, 1002, 2, tif=TimeInForce.FILL_OR_KILL, px=1002),
        report("K", ExecType.CANCELED, tif=TimeInForce.FILL_OR_KILL, cum=60)), "fill or kill and has 60"),
    ("a stop before its trigger", lambda c: c.act(report("P", ord_type=OrdType.STOP, px=0, stop=1005)).trade(
        1004, 5, fill("P", 5, 1002, 2, ord_type=OrdType.STOP, px=0, stop=1005)), "nothing has triggered"),
    ("half a trade", lambda c: c.act(B1, fill("B1", 10, 1000, 2, match="M1")), "half a trade"),
    ("an auction beyond its volume", lambda c: c.act(report("O", tif=TimeInForce.AT_THE_CLOSE, qty=100, px=1010)).trade(
        1001, 60, fill("O", 70, 1001, 4, tif=TimeInForce.AT_THE_CLOSE, px=1010),
        kind=PrintKind.CLOSING_AUCTION), "beyond the print's volume"),
    ("an auction at another price", lambda c: c.act(report("O", tif=TimeInForce.AT_THE_CLOSE, px=1010)).trade(
        1001, 60, fill("O", 7, 1000, 4, tif=TimeInForce.AT_THE_CLOSE, px=1010),
        kind=PrintKind.CLOSING_AUCTION), "without that print"),
    ("past who is before it in the auction", lambda c: c.act(
        report("O", tif=TimeInForce.AT_THE_CLOSE, px=1010), report("Q", tif=TimeInForce.AT_THE_CLOSE, px=1009)).trade(
        1001, 60, fill("Q", 7, 1001, 4, tif=TimeInForce.AT_THE_CLOSE, px=1009),
        kind=PrintKind.CLOSING_AUCTION), "traded in the auction before"),
    ("before the tape's order", lambda c: c.order(BookAction.ADD, 1, 1001, 50).act(report("B1", px=1001)).order(
        BookAction.EXECUTE, 1, 1001, 50, fill("B1", 10, 1001, 1, px=1001)), "stand before it"),
    ("after it closed", lambda c: c.act(B1, report("B1", ExecType.CANCELED)).trade(
        999, 10, fill("B1", 10, 1000, 1)), "not open"),
    ("quantities that don't add up", lambda c: c.act(TAKER, fill("T", 10, 1002, 2, px=1002, cum=20)), "don't add up"),
    ("less than the least quantity", lambda c: c.wish("T", Wish(60)).act(TAKER, fill("T", 50, 1002, 2, px=1002), report(
        "T", ExecType.CANCELED, px=1002, cum=50)), "less than its least quantity 60"),
    ("a rest below the least quantity", lambda c: c.wish("B1", Wish(60)).act(B1), "less than its least quantity 60"),
    ("a trade with one's like", lambda c: c.wish("B1", Wish(0, "P")).wish("S", Wish(0, "P")).act(B1).act(SELLER, fill(
        "B1", 5, 1000, 1, match="M"), fill("S", 5, 1000, 2, side=Side.SELL, match="M")), "P is on both sides"),
    ("canceled for a like that is not there", lambda c: c.wish("B1", Wish(0, "P")).act(B1).act(
        report("B1", ExecType.CANCELED, reason="19")), "of which nobody is on the other side"),
    ("the passive one where nobody asked for it", lambda c: c.wish("B1", Wish(0, "P")).wish("S", Wish(0, "P")).act(
        B1).act(SELLER, report("B1", ExecType.CANCELED, reason="19")), "which nobody asked for"),
    ("the aggressive one that asked for the other", lambda c: c.wish("B1", Wish(0, "P")).wish("S", Wish(0, "P", 2)).act(
        B1).act(SELLER, report("S", ExecType.CANCELED, side=Side.SELL, reason="18")), "which it did not ask for"),
    ("a bust of no trade", lambda c: c.act(
        B1, change("B1", ExecType.TRADE_CANCEL, "E?", 10, 0)), "no present execution"),
    ("a bust twice", lambda c: c.act(TAKER, fill("T", 10, 1002, 2, px=1002, exec_id="F")).act(
        change("T", ExecType.TRADE_CANCEL, "F", 10, 0)).act(
        change("T", ExecType.TRADE_CANCEL, "F", 10, 0)), "no present execution"),
    ("a bust that still counts", lambda c: c.act(TAKER, fill("T", 10, 1002, 2, px=1002, exec_id="F")).act(
        change("T", ExecType.TRADE_CANCEL, "F", 10, 10)), "must be 0 and 100"),
    ("a correction that does not count", lambda c: c.act(TAKER, fill("T", 10, 1002, 2, px=1002, exec_id="F")).act(
        change("T", ExecType.TRADE_CORRECT, "F", 5, 10)), "must be 5 and 95"),
    ("a bust of one side", lambda c: c.act(B1).act(
        SELLER, fill("B1", 5, 1000, 1, match="M", exec_id="F"), fill("S", 5, 1000, 2, side=Side.SELL, match="M")).act(
        change("B1", ExecType.TRADE_CANCEL, "F", 5, 0)), "one side alone"),
    ("a fill in a halt", lambda c: c.act(B1).halt(HaltState.HALTED).quote(
        999, 5, 1000, 5, fill("B1", 5, 1000, 1)), "while nothing trades"),
    ("a fill while only quotes are taken again", lambda c: c.act(B1).halt(HaltState.HALTED).halt(
        HaltState.QUOTING, fill("B1", 5, 1000, 1)), "while nothing trades"),
]  # fmt: skip
B2_AT_1000, SELLER = report("B2"), report("S", side=Side.SELL)


@pytest.mark.parametrize(("do", "complaint"), [pytest.param(do, text, id=name) for name, do, text in WRONG])
def test_the_judge_objects_to(do: Callable[[Court], Court], complaint: str) -> None:
    complaints = do(Court()).judge.complaints
    assert any(complaint in text for text in complaints), complaints
