"""Indicators, worked by hand as a trader would, and held against a plain reckoning from executions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.small_desk import ACCOUNT, FIRM, ONE, SECOND, SmallDesk

from kairos.model.enums import NodeKind, OrdType, ScopeKind, Side, TimeInForce
from kairos.model.events import CorporateActionApplied, OrderRejected, OrderReplaced, PositionRestated, ReturnsSet
from kairos.model.indicators import UNIT_OF, WORSE_BELOW, Indicator
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.model.refusals import RefusalCode
from kairos.model.values import DailyReturn, Place, Standing, Terms
from kairos.model.wire import encode_events
from kairos.risk.indicators import forecast_ns, value_of
from kairos.risk.value_at_risk import missing_returns
from kairos.state.cells import Cell
from kairos.state.snapshot import snapshot
from kairos.state.watching import take_touched


def seen(small: SmallDesk, cell: Cell, *indicators: Indicator) -> list[float | None]:
    """Values in units of currency."""
    values = [value_of(small.desk, cell, one, small.now_ns) for one in indicators]
    return [None if value is None else value / ONE for value in values]


def counted(small: SmallDesk, cell: Cell, indicator: Indicator) -> int | None:
    return value_of(small.desk, cell, indicator, small.now_ns)


def test_a_day_at_work() -> None:
    """Buy 1,000 at 500, it rises to 510, sell 400 there, it falls to 490."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.buy(1000, 500)
    small.mark("2330", 510)
    assert seen(small, cell, Indicator.UNREALIZED_PNL, Indicator.DAY_PNL) == [10_000, 10_000]
    small.sell(400, 510)
    assert seen(small, cell, Indicator.REALIZED_PNL, Indicator.UNREALIZED_PNL) == [4_000, 6_000]
    small.mark("2330", 490)
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PEAK_PNL, Indicator.DRAWDOWN) == [-2_000, 10_000, 12_000]
    assert seen(small, cell, Indicator.LOSS, Indicator.PNL) == [2_000, -2_000]
    assert seen(small, cell, Indicator.GROSS, Indicator.NET, Indicator.LONG, Indicator.SHORT) == [294_000] * 3 + [0]


def test_yesterdays_profit_is_not_todays() -> None:
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.buy(100, 500)
    small.mark("2330", 520)
    small.new_day()
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PNL, Indicator.PEAK_PNL) == [0, 2_000, 0]
    small.mark("2330", 515)
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.LOSS, Indicator.PNL) == [-500, 500, 1_500]


def test_a_bust_of_yesterdays_trade_leaves_today_as_without_it() -> None:
    """Both days are as they would have been: the trade's profit of yesterday goes from yesterday."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.buy(100, 500)
    wrong = small.buy(900, 500)
    small.mark("2330", 520)
    small.new_day()
    small.mark("2330", 515)
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PNL) == [-5_000, 15_000]
    small.bust(wrong)
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PNL) == [-500, 1_500]


def test_a_place_watched_late_knows_the_day_from_its_start() -> None:
    small = SmallDesk()
    small.mark("2330", 500)
    small.buy(100, 490)
    small.new_day()
    small.sell(50, 510)
    cell = small.watch()
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PEAK_PNL) == [500, 500]
    assert counted(small, cell, Indicator.WIN_RATE_BPS) == 10_000


def test_a_split_is_no_profit() -> None:
    """Two for one before the market opens: 200 at 260 instead of 100 at 520. Then it rises by 2. Who is short has no
    peak in between."""
    small = SmallDesk()
    cell, of_short = small.watch(), small.watch(Place(NodeKind.ACCOUNT, "A2", ScopeKind.ALL, ""))
    small.mark("2330", 500)
    small.buy(100, 500)
    small.sell(100, 500, account_id="A2")
    small.mark("2330", 520)
    small.new_day()
    px = 260 * ONE
    small.add(
        lambda at: CorporateActionApplied(
            at, "X1", "2330", CorporateActionKind.SPLIT, 1, 2, 1, 0, "TWD", OrderTreatment.CANCEL, px, 0, 0, px,
            small.desk.next_exec_id, 0, "", "",
        )
    )  # fmt: skip
    small.add(lambda at: PositionRestated(at, "A1", "2330", "X1", 200, 50_000 * ONE, 0, 0, "TWD"))
    small.add(lambda at: PositionRestated(at, "A2", "2330", "X1", -200, -50_000 * ONE, 0, 0, "TWD"))
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PNL) == [0, 2_000]
    assert seen(small, of_short, Indicator.DAY_PNL, Indicator.PEAK_PNL, Indicator.DRAWDOWN) == [0, 0, 0]
    small.mark("2330", 262)
    small.sell(50, 262)
    assert seen(small, cell, Indicator.DAY_PNL) == [400]
    assert counted(small, cell, Indicator.WIN_RATE_BPS) == 10_000
    again = small.from_snapshot()
    assert value_of(again, again.tree.cell(ACCOUNT), Indicator.DAY_PNL, small.now_ns) == 400 * ONE


def test_the_peak_and_a_bust() -> None:
    """An erroneous profit before the peak goes from the peak; an erroneous loss after it leaves no drawdown."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    wrong = small.buy(100, 400)
    assert seen(small, cell, Indicator.PEAK_PNL) == [10_000]
    small.bust(wrong)
    assert seen(small, cell, Indicator.PEAK_PNL, Indicator.DRAWDOWN) == [0, 0]
    small.buy(10, 490)
    wrong = small.buy(100, 700)
    assert seen(small, cell, Indicator.PEAK_PNL, Indicator.DRAWDOWN) == [100, 20_000]
    small.bust(wrong)
    assert seen(small, cell, Indicator.PEAK_PNL, Indicator.DRAWDOWN) == [100, 0]


def test_a_bust_that_nobody_watches_is_of_no_account_to_others() -> None:
    """A2 is not watched; what A1 does next is no amendment."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    wrong = small.buy(100, 400, account_id="A2")
    small.buy(10, 500)
    small.bust(wrong)
    small.mark("2330", 510)
    assert seen(small, cell, Indicator.PEAK_PNL) == [100]


def test_won_and_lost_by_the_unit() -> None:
    """300 closed with a profit of 10 each, 100 with a loss of 20 each, 100 as they came: 75 % won, a ratio of 0.5, and
    2 a unit."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    assert counted(small, cell, Indicator.WIN_RATE_BPS) is None
    small.buy(500, 500)
    assert counted(small, cell, Indicator.EXPECTANCY) is None
    small.sell(300, 510)
    assert counted(small, cell, Indicator.PROFIT_TO_LOSS_RATIO_BPS) is None
    small.sell(100, 480)
    small.sell(100, 500)
    assert counted(small, cell, Indicator.WIN_RATE_BPS) == 7_500
    assert counted(small, cell, Indicator.PROFIT_TO_LOSS_RATIO_BPS) == 5_000
    assert seen(small, cell, Indicator.EXPECTANCY) == [2]


def test_shorts_win_when_it_falls() -> None:
    small = SmallDesk()
    cell = small.watch()
    small.mark("TXF", 20_000)
    small.sell(2, 20_000, "TXF")
    small.mark("TXF", 19_990)
    assert seen(small, cell, Indicator.UNREALIZED_PNL, Indicator.SHORT) == [4_000, 2 * 19_990 * 200]
    small.buy(1, 19_980, "TXF")
    assert seen(small, cell, Indicator.REALIZED_PNL) == [4_000]
    assert counted(small, cell, Indicator.WIN_RATE_BPS) == 10_000


def test_stop_loss_points() -> None:
    """Bought at 500, marked at 490: 2 % below what it cost."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.buy(100, 500)
    small.mark("2330", 490)
    assert counted(small, cell, Indicator.OPEN_LOSS_BPS) == 200
    assert counted(small, cell, Indicator.STOP_LOSS_DISTANCE) is None
    assert cell.indicators is not None
    cell.indicators.stop_loss = 3_000 * ONE
    assert seen(small, cell, Indicator.STOP_LOSS_DISTANCE) == [2_000]
    small.mark("2330", 450)
    assert seen(small, cell, Indicator.STOP_LOSS_DISTANCE) == [-2_000]


def test_the_largest_holding_of_the_firm() -> None:
    """Long 100 and short 40 of one in two accounts net to 60 at 500; 30 of another at 1,000 make it half."""
    small = SmallDesk()
    cell = small.watch(FIRM)
    small.mark("2330", 500)
    small.mark("TXF", 5)
    small.buy(100, 500)
    small.sell(40, 500, account_id="A2")
    assert counted(small, cell, Indicator.CONCENTRATION_BPS) == 10_000
    small.sell(30, 5, "TXF")
    assert counted(small, cell, Indicator.CONCENTRATION_BPS) == 5_000


def test_two_currencies_and_none_without_a_rate() -> None:
    """100 AAPL bought at 200, marked at 190, at 32 TWD: a loss of 32,000 TWD; of that currency's place too."""
    small = SmallDesk()
    dollars = Place(NodeKind.ACCOUNT, "A1", ScopeKind.CURRENCY, "USD")
    cell, of_dollars = small.watch(), small.watch(dollars)
    small.mark("AAPL", 200)
    small.buy(100, 200, "AAPL")
    assert counted(small, cell, Indicator.DAY_PNL) is None
    small.mark("USD/TWD", 32)
    small.mark("AAPL", 190)
    small.mark("2330", 500)
    small.buy(10, 500)
    assert seen(small, cell, Indicator.LOSS, Indicator.GROSS) == [32_000, 608_000 + 5_000]
    assert seen(small, of_dollars, Indicator.LOSS, Indicator.GROSS) == [32_000, 608_000]


def test_a_rate_moves_the_loss_and_the_peak() -> None:
    """10 AAPL won 100 USD: 3,200 TWD at 32, 3,000 at 30, and the rules look at once."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("USD/TWD", 32)
    small.mark("AAPL", 200)
    small.buy(10, 200, "AAPL")
    small.mark("AAPL", 210)
    take_touched(small.desk.tree.changes)
    small.mark("USD/TWD", 30)
    assert take_touched(small.desk.tree.changes) == [cell]
    assert seen(small, cell, Indicator.DAY_PNL, Indicator.PEAK_PNL, Indicator.DRAWDOWN) == [3_000, 3_200, 200]


def test_slippage_against_the_middle_when_the_order_came() -> None:
    """Bought 100 at 501 with the middle at 500: 100 lost, 20 bps. Sold 100 at 500.5 when it was 500: half won back."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500, spread=1)
    order = small.order(Side.BUY, 100)
    small.mark("2330", 501, spread=1)
    assert counted(small, cell, Indicator.SLIPPAGE) is None
    bought = small.fill(order, 100, 501)
    assert seen(small, cell, Indicator.SLIPPAGE) == [100]
    assert counted(small, cell, Indicator.SLIPPAGE_BPS) == 20
    small.mark("2330", 500, spread=1)
    small.sell(100, 500.5)
    assert seen(small, cell, Indicator.SLIPPAGE) == [50]
    small.correct(bought, 50, 502)
    assert seen(small, cell, Indicator.SLIPPAGE) == [50 * 2 - 50]
    small.bust(bought)
    assert seen(small, cell, Indicator.SLIPPAGE) == [-50]


def test_fills_rejects_and_requests() -> None:
    """Of 300 units ordered 100 trade; one order of three is rejected; five requests of which one trades."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    assert counted(small, cell, Indicator.FILL_RATE_BPS) is None
    trade = small.buy(100, 500)
    small.order(Side.BUY, 100)
    rejected = small.order(Side.BUY, 100)
    terms = small.desk.orders[rejected].terms
    small.add(
        lambda at: OrderRejected(
            at, rejected, small.desk.next_exec_id, terms, small.desk.orders[rejected].standing(),
            RefusalCode.VENUE_REFUSED, "",
        )
    )  # fmt: skip
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 3_333
    assert counted(small, cell, Indicator.REJECT_RATE_BPS) == 3_333
    assert counted(small, cell, Indicator.ORDER_TO_TRADE) == 3
    assert counted(small, cell, Indicator.ORDER_BURST) == 3
    assert counted(small, cell, Indicator.FILL_BURST) == 1
    small.bust(trade)
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 0
    assert counted(small, cell, Indicator.FILL_BURST) == 1, "it was seen to happen"


def test_what_works_when_the_watch_begins_was_ordered() -> None:
    small = SmallDesk()
    small.mark("2330", 500)
    order = small.order(Side.BUY, 100)
    cell = small.watch()
    small.fill(order, 25, 500)
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 2_500
    small.bust(small.fill(order, 25, 500))
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 2_500


def test_an_execution_from_before_the_watch_is_not_taken_back_from_it() -> None:
    small = SmallDesk()
    small.mark("2330", 500, spread=1)
    before = small.buy(100, 501)
    cell = small.watch()
    small.buy(100, 500)
    small.bust(before)
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 10_000
    assert seen(small, cell, Indicator.SLIPPAGE) == [0]


def test_a_replaced_order_counts_what_it_asks_for_now() -> None:
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    order = small.order(Side.BUY, 100)
    small.fill(order, 50, 500)
    terms = Terms(200, OrdType.LIMIT, ONE, 0, TimeInForce.DAY, 0, 0)
    standing = Standing(small.desk.orders[order].base, 50, 150, 500 * ONE)
    small.add(lambda at: OrderReplaced(at, order, small.desk.next_exec_id, "C1a", "C1", terms, standing, ""))
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 2_500


def test_what_is_open_when_the_day_turns_was_ordered_today() -> None:
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    order = small.order(Side.BUY, 100)
    small.fill(order, 60, 500)
    small.new_day()
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 0
    small.fill(order, 10, 500)
    assert counted(small, cell, Indicator.FILL_RATE_BPS) == 2_500


def test_a_forecast_of_a_loss() -> None:
    """A fall of 1 a second on 1,000 units: 5,000 further down in 5 seconds; nothing is short, or will be."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.buy(1000, 500)
    for px in range(499, 479, -1):
        small.mark("2330", px)
    now = small.now_ns
    assert seen(small, cell, Indicator.LOSS) == [20_000]
    due = forecast_ns(small.desk, cell, Indicator.LOSS, 25_000 * ONE, now)
    assert 4 * SECOND < due - now < 7 * SECOND
    assert forecast_ns(small.desk, cell, Indicator.LOSS, 20_000 * ONE, now) == now
    assert forecast_ns(small.desk, cell, Indicator.DRAWDOWN, 25_000 * ONE, now) == due
    assert forecast_ns(small.desk, cell, Indicator.SHORT, ONE, now) == 0


def test_a_strategy_and_a_trader_have_books_of_their_own() -> None:
    """Of one account two strategies, of which one wins 1,000 and the other loses 500; tina trades for two accounts. An
    average cost is of the book: 490 of ALPHA, 498 of tina, 497.5 of the account."""
    small = SmallDesk()
    places = [
        Place(NodeKind.STRATEGY, "A1/ALPHA", ScopeKind.ALL, ""),
        Place(NodeKind.STRATEGY, "A1/BETA", ScopeKind.ALL, ""),
        Place(NodeKind.TRADER, "tina", ScopeKind.ALL, ""),
        ACCOUNT,
    ]
    cells = [small.watch(place) for place in places]
    small.mark("2330", 500)
    for strategy, account, px in (("ALPHA", "A1", 490), ("BETA", "A1", 505), ("", "A2", 499)):
        order = small.order(Side.BUY, 100, "2330", account, strategy=strategy, trader="tina")
        small.fill(order, 100, px)
    assert [seen(small, cell, Indicator.DAY_PNL) for cell in cells] == [[1_000], [-500], [600], [500]]
    wrong = small.order(Side.SELL, 100, "2330", "A1", strategy="ALPHA", trader="tina")
    trade = small.fill(wrong, 100, 480)
    assert [seen(small, cell, Indicator.EXPECTANCY) for cell in cells] == [[-10], [None], [-18], [-17.5]]
    small.bust(trade)
    assert [seen(small, cell, Indicator.DAY_PNL) for cell in cells] == [[1_000], [-500], [600], [500]]
    small.new_day()
    small.mark("2330", 501)
    again = small.from_snapshot()
    for cell in cells:
        other = again.tree.cell(cell.place)
        assert value_of(again, other, Indicator.DAY_PNL, small.now_ns) == counted(small, cell, Indicator.DAY_PNL)
    assert [seen(small, cell, Indicator.DAY_PNL) for cell in cells] == [[100], [100], [300], [200]]


def test_an_unwatched_place_has_what_its_sums_tell_and_no_more() -> None:
    small = SmallDesk()
    cell = small.desk.tree.cell(ACCOUNT)
    small.mark("2330", 500)
    small.buy(10, 490)
    assert seen(small, cell, Indicator.DAY_PNL) == [100]
    assert counted(small, cell, Indicator.DRAWDOWN) is None
    assert forecast_ns(small.desk, cell, Indicator.LOSS, 1, small.now_ns) == 0


def test_every_indicator_has_a_unit_and_a_value() -> None:
    assert set(UNIT_OF) == set(Indicator) > WORSE_BELOW
    small = busy_desk()
    cell = small.watch()
    assert cell.indicators is not None
    cell.indicators.stop_loss = ONE
    assert [one for one in Indicator if value_of(small.desk, cell, one, small.now_ns) is None] == []


# Value at risk


def returns(small: SmallDesk, instrument_id: str, ppm: list[int], first_date: int = 1) -> None:
    """One a day, from a date on."""
    lines = tuple(DailyReturn(first_date + n, one) for n, one in enumerate(ppm))
    small.add(lambda at: ReturnsSet(at, instrument_id, lines, "", ""))


def test_value_at_risk_by_hand() -> None:
    """A year in which the worst days were -5, -4, -3, -2 % and the rest +0.1 %: of 250 days the third worst, 3 %."""
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.buy(200, 500)
    assert counted(small, cell, Indicator.VAR) is None
    assert missing_returns(small.desk, cell) == ["2330"]
    returns(small, "2330", [-50_000, -40_000, -30_000, -20_000] + [1_000] * 246)
    assert seen(small, cell, Indicator.VAR) == [3_000]
    assert seen(small, cell, Indicator.EXPECTED_SHORTFALL) == [(5_000 + 4_000 + 3_000 + 2_000 - 100 - 100) / 6]
    small.sell(200, 500)
    assert seen(small, cell, Indicator.VAR, Indicator.EXPECTED_SHORTFALL) == [0, 0]


def test_a_hedge_lowers_it_only_on_the_same_dates() -> None:
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.mark("TXF", 5)
    small.buy(200, 500)
    small.sell(100, 5, "TXF")
    wild = [(-1) ** n * 10_000 for n in range(250)]
    returns(small, "2330", wild)
    returns(small, "TXF", wild)
    assert seen(small, cell, Indicator.VAR) == [0]
    returns(small, "TXF", wild, first_date=2)
    assert seen(small, cell, Indicator.VAR) == [2_000]


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(-100_000, 100_000), min_size=100, max_size=300), min_size=2, max_size=2),
    st.integers(-500, 500),
    st.integers(-5, 5),
)
def test_value_at_risk_against_a_plain_sort(lines: list[list[int]], shares: int, futures: int) -> None:
    small = SmallDesk()
    cell = small.watch()
    small.mark("2330", 500)
    small.mark("TXF", 20_000)
    for qty, px, name in ((shares, 500, "2330"), (futures, 20_000, "TXF")):
        if qty:
            small.trade(Side.BUY if qty > 0 else Side.SELL, abs(qty), px, name)
    for name, line in zip(("2330", "TXF"), lines, strict=True):
        returns(small, name, line)
    days = max(map(len, lines))
    worth = (shares * 500, futures * 20_000 * 200)
    losses = []
    for day in range(max(days - 250, 0), days):
        on_day = (Fraction(line[day] if day < len(line) else 0, 10**6) for line in lines)
        losses.append(-sum(value * part for value, part in zip(worth, on_day, strict=True)))
    losses.sort(reverse=True)
    tail = losses[: len(losses) * 250 // 10_000]
    expected = max(losses[len(losses) // 100], 0), max(sum(tail) / len(tail), 0)
    assert value_of(small.desk, cell, Indicator.VAR, small.now_ns) == expected[0] * ONE
    assert value_of(small.desk, cell, Indicator.EXPECTED_SHORTFALL, small.now_ns) == expected[1] * ONE // 1


# Against a plain reckoning


def busy_desk() -> SmallDesk:
    small = SmallDesk()
    small.watch()
    small.mark("2330", 500, spread=1)
    returns(small, "2330", [100 * n for n in range(-60, 60)])
    small.buy(100, 500)
    small.sell(50, 490)
    small.sell(10, 520)
    return small


QTY, PX = st.integers(1, 300), st.integers(400, 600)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("trade"), st.sampled_from(("A1", "A2")), st.booleans(), QTY, PX),
        st.tuples(st.just("mark"), PX),
        st.tuples(st.just("bust"), st.integers(0, 20)),
        st.tuples(st.just("correct"), st.integers(0, 20), QTY, PX),
        st.tuples(st.just("day")),
        st.tuples(st.just("watch"), st.sampled_from((ACCOUNT, FIRM))),
    ),
    max_size=25,
)


class Plain:
    """Executions, marks and days as they were, reckoned from the start each time, in fractions."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []  # day, account, signed units, price; by execution
        self.mark = Fraction(500)
        self.day = 0
        self.day_marks = [Fraction(0)]

    def of_account(self, account_id: str) -> dict[str, Fraction]:
        qty = cost = realized = won = lost = Fraction(0)
        units = {"won_qty": 0, "lost_qty": 0}
        base, turned = Fraction(0), False
        for day, account, signed, px in [*self.rows, [self.day, account_id, 0, 0]]:
            if day == self.day and not turned and self.day:
                base, turned = realized + qty * self.day_marks[-1] - cost, True
                won = lost = Fraction(0)
                units = {"won_qty": 0, "lost_qty": 0}
            if account != account_id or not signed:
                continue
            closing = min(abs(signed), abs(qty)) if qty * signed < 0 else 0
            if closing:
                average = cost / qty
                gain = (px - average) * closing * (1 if qty > 0 else -1)
                realized += gain
                won, lost = won + max(gain, 0), lost + max(-gain, 0)
                units["won_qty"] += closing if gain > 0 else 0
                units["lost_qty"] += closing if gain < 0 else 0
                cost -= average * closing * (1 if qty > 0 else -1)
            opening = signed - closing * (1 if signed > 0 else -1)
            cost += opening * px
            qty += signed
        pnl = realized + qty * self.mark - cost
        return {"pnl": pnl, "day": pnl - base, "realized": realized, "won": won, "lost": lost, **units}


def play(small: SmallDesk, plain: Plain, steps: list[tuple[object, ...]]) -> None:
    ids: list[int] = []
    for step in steps:
        match step:
            case ("trade", str(account), bool(buy), int(qty), int(px)):
                ids.append(small.trade(Side.BUY if buy else Side.SELL, qty, px, account_id=account))
                plain.rows.append([plain.day, account, qty if buy else -qty, px])
            case ("mark", int(px)):
                small.mark("2330", px)
                plain.mark = Fraction(px)
            case ("bust" | "correct", int(at), *now) if at < len(ids) and is_amendable(small, ids[at]):
                sign = 1 if small.desk.orders[small.desk.trades[ids[at]].order_id].side is Side.BUY else -1
                if now:
                    small.correct(ids[at], now[0], now[1])
                    plain.rows[at][2:] = [sign * now[0], now[1]]
                else:
                    small.bust(ids[at])
                    plain.rows[at][2:] = [0, 0]
            case ("day",):
                small.new_day()
                plain.day += 1
                plain.day_marks.append(plain.mark)
            case ("watch", Place() as place):
                small.watch(place)


def is_amendable(small: SmallDesk, trade_id: int) -> bool:
    return trade_id in small.desk.trades and not small.desk.trades[trade_id].busted


@settings(max_examples=80)
@given(STEPS)
def test_profit_and_loss_are_what_executions_say(steps: list[tuple[object, ...]]) -> None:
    """After any trades, marks, busts, corrections and days, watched from whenever: each account to the last unit but
    for the rounding of an average cost, the firm to the sum of them."""
    small, plain = SmallDesk(), Plain()
    small.mark("2330", 500)
    play(small, plain, steps)
    accounts = {name: plain.of_account(name) for name in ("A1", "A2")}
    rounding = len(plain.rows) * 300  # units of 10**-8: a share of a cost is rounded once a closing
    for place, names in ((ACCOUNT, ["A1"]), (FIRM, ["A1", "A2"])):
        cell = small.watch(place)
        for indicator, figure in (
            (Indicator.PNL, "pnl"), (Indicator.DAY_PNL, "day"), (Indicator.REALIZED_PNL, "realized"),
        ):  # fmt: skip
            expected = sum(accounts[name][figure] for name in names) * ONE
            value = value_of(small.desk, cell, indicator, small.now_ns)
            assert value == pytest.approx(expected, abs=rounding, rel=0)
        day = cell.sums[0].day if cell.sums else None
        if day is not None:
            assert day.won == pytest.approx(sum(accounts[n]["won"] for n in names) * ONE, abs=rounding, rel=0)
            assert day.lost == pytest.approx(sum(accounts[n]["lost"] for n in names) * ONE, abs=rounding, rel=0)


@settings(max_examples=60)
@given(STEPS)
def test_a_snapshot_keeps_every_indicator(steps: list[tuple[object, ...]]) -> None:
    small, plain = SmallDesk(), Plain()
    small.watch()
    small.mark("2330", 500)
    play(small, plain, steps)
    again = small.from_snapshot()
    now = small.now_ns
    for cell in small.desk.tree.cells.values():
        other = again.tree.cell(cell.place)
        for one in Indicator:
            assert value_of(small.desk, cell, one, now) == value_of(again, other, one, now), one
            level = 10**12
            assert forecast_ns(small.desk, cell, one, level, now) == forecast_ns(again, other, one, level, now), one
    assert encode_events(snapshot(small.desk, now)) == encode_events(snapshot(again, now))
