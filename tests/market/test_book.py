"""The top of the book and the day's figures are exact."""

from __future__ import annotations

from kairos.market.book import TopOfBook
from kairos.market.tape import Quote, Trade
from kairos.model.numbers import format_price, parse_price


def test_a_book_that_has_seen_nothing_has_no_mark() -> None:
    book = TopOfBook("A")
    assert (book.mark(), book.vwap()) == (0, 0)


def test_the_mark_is_the_middle_of_the_quote_until_there_is_a_print() -> None:
    book = TopOfBook("A")
    book.on_quote(Quote("A", 1, parse_price("10.00"), 1, parse_price("10.01"), 1))
    assert format_price(book.mark()) == "10.005"
    book.on_trade(Trade("A", 2, parse_price("9.99"), 5))
    assert format_price(book.mark()) == "9.99"


def test_the_days_figures() -> None:
    book = TopOfBook("A")
    for second, (price, size) in enumerate([("10.00", 100), ("10.03", 50), ("9.98", 1), ("10.01", 100)]):
        book.on_trade(Trade("A", second, parse_price(price), size))
    figures = (book.open_px, book.high_px, book.low_px, book.last_px)
    assert [format_price(px) for px in figures] == ["10", "10.03", "9.98", "10.01"]
    assert (book.volume, book.trade_count, book.trade_time_ns) == (251, 4, 3)
    assert format_price(book.turnover) == "2512.48"
    assert format_price(book.vwap()) == "10.00988048"
