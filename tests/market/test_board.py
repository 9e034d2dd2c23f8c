"""A board: levels, prints, and how old what it shows is."""

from __future__ import annotations

from kairos.market.board import RECENT_TRADES, MarketBoard
from kairos.market.tape import PrintKind, Quote, Trade
from kairos.model.numbers import parse_price as px

NAME = "AAA.XNYS"


def test_levels_stand_from_the_best_and_the_top_follows_them() -> None:
    board = MarketBoard(NAME)
    for is_bid, price, size in ((True, "9.98", 3), (True, "10", 1), (True, "9.99", 2), (False, "10.02", 5)):
        board.on_level(is_bid, px(price), size, 1)
    assert board.bids.levels(2) == ((px("10"), 1), (px("9.99"), 2))
    assert (board.top.bid_px, board.top.ask_px, board.top.ask_size) == (px("10"), px("10.02"), 5)
    board.on_level(True, px("10"), 0, 2)
    assert board.top.bid_px == px("9.99")
    board.replace_levels({}, {}, 3)
    assert (board.bids.levels(), board.asks.levels(), board.top.bid_px) == ((), (), 0)


def test_a_quote_replaces_what_was_shown() -> None:
    board = MarketBoard(NAME)
    board.on_level(True, px("9"), 9, 1)
    board.on_quote(Quote(NAME, 2, px("10"), 1, 0, 0))
    assert board.bids.levels() == ((px("10"), 1),) and board.asks.levels() == ()


def test_only_news_changes_the_version_but_every_word_the_age() -> None:
    board = MarketBoard(NAME)
    board.on_quote(Quote(NAME, 1, px("10"), 1, px("11"), 1))
    version = board.version
    board.on_quote(Quote(NAME, 5, px("10"), 1, px("11"), 1))
    assert (board.version, board.changed_at_ns) == (version, 5)
    board.on_level(True, px("10"), 2, 6)
    assert board.version == version + 1


def test_a_market_is_stale_until_its_feed_says_a_word_again() -> None:
    board = MarketBoard(NAME)
    board.on_quote(Quote(NAME, 1, px("10"), 1, px("11"), 1))
    board.grow_stale(9)
    board.grow_stale(12)
    version = board.version
    assert board.stale_since_ns == 9 and board.top.bid_px == px("10")
    board.on_quote(Quote(NAME, 15, px("10"), 1, px("11"), 1))
    assert board.stale_since_ns == 0 and board.version == version + 1


def test_prints_after_a_count_are_known_as_far_as_they_are_kept() -> None:
    board = MarketBoard(NAME)
    for number in range(RECENT_TRADES + 50):
        board.on_trade(Trade(NAME, number, px("10"), number + 1))
    assert [trade.size for trade in board.trades_after(RECENT_TRADES + 48)] == [RECENT_TRADES + 49, RECENT_TRADES + 50]
    assert len(board.trades_after(0)) == RECENT_TRADES
    assert board.trades_after(RECENT_TRADES + 50) == []


def test_the_close_is_the_closing_auction_s_price() -> None:
    board = MarketBoard(NAME)
    board.on_trade(Trade(NAME, 1, px("10"), 1))
    assert board.top.close_px == 0
    board.on_trade(Trade(NAME, 2, px("10.5"), 1, PrintKind.CLOSING_AUCTION))
    assert board.top.close_px == px("10.5")


def test_the_last_trade_of_a_feed_that_tells_not_all_is_no_print() -> None:
    board = MarketBoard(NAME)
    board.on_last(px("10"), 5, 1)
    version = board.version
    board.on_last(px("10"), 5, 2)
    assert (board.top.last_px, board.top.volume, board.trades_after(0), board.version) == (px("10"), 0, [], version)
