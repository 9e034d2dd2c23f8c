"""Market data of a simulated exchange: what its market shows, clients' orders and the tape together."""

from __future__ import annotations

from tests.adapters.fix_market_data.test_face import lines
from tests.simulator.client import SECOND, Client, OpenWriter

from kairos.adapters.fix_market_data.face import MarketDataFace
from kairos.adapters.fix_market_data.symbols import Symbols
from kairos.market.tape import AnyTapeEvent, BookAction, BookOrder, DepthLevel, Quote, Trade
from kairos.market.tape_batch import BatchWriter
from kairos.market.tape_events import put_event
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.numbers import parse_price as px
from kairos.simulator.boards import ExchangeBoards
from kairos.venue.exchange import Exchange
from kairos.venue.listing import Listing, TradingRules

NAME = "AAA.XNYS"
OPEN, CLOSE = 100, 1_000
TAPELESS = TradingRules(tape_auctions=False)


class Watched:
    """An exchange with one instrument and one subscriber of its whole book, its trades and its auctions by changes."""

    def __init__(self, has_tape: bool = True, at: int = 300) -> None:
        rules = TradingRules() if has_tape else TAPELESS
        listing = Listing(
            NAME, px("0.01"), 1, OPEN * SECOND, CLOSE * SECOND, has_quotes=has_tape, rules=rules, has_tape=has_tape
        )
        self.exchange = Exchange([listing], "D")
        self.now = at * SECOND
        self.exchange.advance(self.now)
        self.boards = ExchangeBoards(self.exchange)
        self.writer = OpenWriter()
        self.face = MarketDataFace(self.boards.boards, Symbols([NAME]), 100, refresh=self.boards.refresh)
        self.boards.changed = self.face.changed
        self.client = Client(self.face, self.writer)
        self.client.raw("V", [
            (262, "M"), (263, 1), (264, 0), (265, 1), (267, 4), (269, "0"), (269, "1"), (269, "2"), (269, "B"),
            (146, 1), (55, "AAA"),
        ])  # fmt: skip

    def tape(self, *events: AnyTapeEvent) -> Watched:
        out = BatchWriter(NAME)
        for event in events:
            put_event(out, event)
        batch = out.take()
        self.exchange.on_rows(batch, 0, batch.count)
        self.boards.see(batch, 0, int(batch.count))
        return self

    def order(self, cl_ord_id: str, side: Side, qty: int, price: str, show: int = 0, client: str = "C") -> Watched:
        self.exchange.submit(
            client, cl_ord_id, NAME, side, OrdType.LIMIT, TimeInForce.DAY, qty, self.now, px(price), 0, show
        )
        return self

    def at(self, second: int) -> Watched:
        self.now = second * SECOND
        self.exchange.advance(self.now)
        return self

    def heard(self) -> list[str]:
        self.writer.wall_ns += SECOND
        self.boards.hear(self.now)
        self.face.flush(self.writer.wall_ns)
        frames, self.client.ear.frames = self.client.ear.frames, []
        return [line for frame in frames for line in lines(frame, self.client.version)]


def quote(bid: str, bid_size: int, ask: str, ask_size: int) -> Quote:
    return Quote(NAME, 300 * SECOND, px(bid), bid_size, px(ask), ask_size)


def test_a_client_s_resting_order_is_seen_with_its_size_and_gone_when_canceled() -> None:
    watched = Watched().tape(quote("10", 100, "10.05", 200))
    assert watched.heard() == ["W 0 10 x 100", "W 1 10.05 x 200"]
    assert watched.order("B1", Side.BUY, 30, "10.02").heard() == ["X new 0 10.02 x 30"]
    watched.exchange.cancel("C", "B2", "B1", watched.now)
    assert watched.heard() == ["X delete 0 10.02 x -"]
    assert watched.heard() == []


def test_the_tape_and_clients_are_one_size_at_a_price_and_an_iceberg_shows_its_tip() -> None:
    watched = Watched().tape(quote("10", 100, "10.05", 200))
    watched.order("B1", Side.BUY, 30, "10").order("S1", Side.SELL, 500, "10.05", show=50)
    assert watched.heard() == ["W 0 10 x 130", "W 1 10.05 x 250"]


def test_what_a_client_took_of_the_tape_is_gone_from_the_feed() -> None:
    watched = Watched().tape(quote("10", 100, "10.05", 200))
    watched.heard()
    assert watched.order("B1", Side.BUY, 150, "10.05").heard() == ["X change 1 10.05 x 50"]
    assert watched.order("B2", Side.BUY, 50, "10.05").heard() == ["X delete 1 10.05 x -"]
    assert watched.tape(quote("10", 100, "10.05", 260)).heard() == ["X new 1 10.05 x 60"]


def test_a_deep_tape_is_seen_in_its_depth_and_its_executions_are_prints() -> None:
    levels = [
        DepthLevel(NAME, 300 * SECOND, False, px(price), 10, price != "10.3") for price in ("10.1", "10.2", "10.3")
    ]
    assert Watched().tape(*levels).heard() == ["W 1 10.1 x 10", "W 1 10.2 x 10", "W 1 10.3 x 10"]
    added = BookOrder(NAME, 300 * SECOND, BookAction.ADD, 7, True, px("10"), 100)
    watched = Watched().tape(added)
    assert watched.heard() == ["W 0 10 x 100"]
    executed = BookOrder(NAME, 301 * SECOND, BookAction.EXECUTE, 7, True, px("10"), 40)
    assert watched.tape(executed).heard() == ["X change 0 10 x 60", "X new B - x 40", "X new 2 10 x 40"]


def test_a_trade_between_clients_is_a_print_and_one_with_the_tape_is_not() -> None:
    watched = Watched().tape(quote("10", 100, "10.05", 200), Trade(NAME, 300 * SECOND, px("10"), 5))
    watched.heard()
    watched.order("B1", Side.BUY, 30, "10.02").order("S1", Side.SELL, 30, "10.02", client="D")
    assert watched.heard() == ["X change B - x 35", "X new 2 10.02 x 30"]
    assert watched.order("S2", Side.SELL, 100, "10").heard() == ["X delete 0 10 x -"]


def test_an_auction_of_clients_prints_once_for_all_who_traded_in_it() -> None:
    watched = Watched(has_tape=False, at=50)
    watched.order("B1", Side.BUY, 30, "10").order("B2", Side.BUY, 20, "10").order("S1", Side.SELL, 50, "10", client="D")
    assert watched.heard() == []
    assert watched.at(OPEN).heard() == ["X new B - x 50", "X new 2 10 x 50"]


def test_what_an_auction_left_over_is_seen_when_trading_goes_on() -> None:
    watched = Watched(has_tape=False, at=50).order("B1", Side.BUY, 30, "10")
    assert watched.heard() == []
    assert watched.at(OPEN).heard() == ["W 0 10 x 30"]
