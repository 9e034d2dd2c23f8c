"""LOBSTER: each message an event, and after each the book that LOBSTER shows."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tapes.samples import oddities, read, shown, zipped

from kairos.market import tape_batch as b
from kairos.market.tape_batch import TapeBatch
from kairos.market.tape_report import TapeReport
from kairos.model.errors import ReferenceDataError
from kairos.tapes.formats import read_source
from kairos.tapes.wanted import Wanted

WANTED = Wanted("ABC.XNAS")
NAME = "ABC_2012-06-21_34200000_57600000"
MESSAGES = """\
34200.1,4,11,4,100000,1
34200.25,1,12,50,100100,-1
34201,3,12,50,100100,-1
34201.5,5,0,7,100050,1
34202,2,77,10,100000,1
34203,7,0,0,-1,-1
34204,7,0,0,1,-1
"""
BOOK = """\
100200,5,100000,96
100100,50,100000,96
100200,5,100000,96
100200,5,100000,96
100200,5,100000,86
100200,5,100000,86
100200,5,100000,86
"""


def source(folder: Path, messages: str = MESSAGES, book: str = BOOK) -> Path:
    members = {f"{NAME}_message_1__csv": messages, f"{NAME}_orderbook_1__csv": book}
    return zipped(folder / "sample.zip", **members)


def test_messages_become_order_events_after_the_book_that_stood_before(tmp_path: Path) -> None:
    events, report = read("lobster", source(tmp_path), WANTED)
    assert [shown(event) for event in events] == [
        ("ADD", -200400, "S", 10.02, 5, True),
        ("ADD", -200001, "B", 10.0, 100, False),
        ("EXECUTE", 11, "B", 10.0, 4, False),
        ("ADD", 12, "S", 10.01, 50, False),
        ("DELETE", 12, "S", 10.01, 50, False),
        ("EXECUTE_HIDDEN", 0, "B", 10.005, 7, False),
        ("REDUCE", 77, "B", 10.0, 10, False),
        ("HALTED",),
        ("RESUMED",),
    ]
    assert events[2].time_ns == 1340285400_100000000  # 09:30:00.1 in New York, summer time
    assert (report.rows, report.events) == (7, 9)
    assert oddities(report)["cancels and executions of orders that the file never added"] == 2


def test_a_level_that_comes_into_the_window_is_added_in_the_same_moment(tmp_path: Path) -> None:
    messages = "34200,1,1,10,100100,-1\n34201,3,1,10,100100,-1\n"
    book = "100100,10,100000,5\n100300,8,100000,5\n"
    events, report = read("lobster", source(tmp_path, messages, book), WANTED)
    assert [shown(event) for event in events][2:] == [
        ("DELETE", 1, "S", 10.01, 10, True),
        ("ADD", -200600, "S", 10.03, 8, False),
    ]
    assert oddities(report)["levels that came into the window from below"] == 1


@pytest.mark.parametrize(
    ("messages", "book"),
    [
        ("34200,1,1,10,100100\n", BOOK),
        ("34200,1,x,10,100100,1\n", BOOK),
        ("34200.0000000001,1,1,10,100100,1\n", BOOK),
        (MESSAGES, BOOK + BOOK),
        (MESSAGES + MESSAGES, BOOK),
    ],
)
def test_what_is_garbled_or_does_not_belong_together_is_refused(tmp_path: Path, messages: str, book: str) -> None:
    with pytest.raises(ReferenceDataError, match=r"sample\.zip"):
        read("lobster", source(tmp_path, messages, book), WANTED)


def test_a_message_file_without_its_book_has_the_messages_alone(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}_message_1.csv"
    path.write_text(MESSAGES)
    events, _report = read("lobster", path, WANTED)
    assert len(events) == 7


def book_after(batches: list[TapeBatch]) -> list[tuple[int, int, int, int]]:
    """Best offer and bid after each moment, kept by hand from the rows alone: nothing of the reader is used."""
    sides: tuple[dict[int, int], dict[int, int]] = ({}, {})
    tops = []
    for batch in batches:
        for row in range(batch.count):
            kind, flags = batch.kind_at(row), batch.flags_at(row)
            levels = sides[0 if flags & b.BUY else 1]
            if kind not in (b.EXECUTE_HIDDEN, b.HALT):
                left = levels.get(batch.px_at(row), 0) + (batch.size_at(row) if kind == b.ADD else -batch.size_at(row))
                levels[batch.px_at(row)] = left
                if left <= 0:
                    del levels[batch.px_at(row)]
            if not flags & b.MORE:
                bid, ask = max(sides[0], default=0), min(sides[1], default=0)
                tops.append((ask, sides[1].get(ask, 0), bid, sides[0].get(bid, 0)))
    return tops


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "levels", "messages"),
    [
        ("AAPL", 1, 118_497),
        ("GOOG", 10, 147_916),
    ],
)
def test_the_best_level_after_every_message_of_the_real_day_is_lobsters(
    shared_data: Callable[[str], Path], name: str, levels: int, messages: int
) -> None:
    """A day of NASDAQ: the top of the tape's book equals the book file's, at each of its rows."""
    path = shared_data("lobster_nasdaq_20120621") / f"LOBSTER_SampleFile_{name}_2012-06-21_{levels}.zip"
    report = TapeReport()
    batches = list(read_source("lobster", [path], Wanted(f"{name}.XNAS"), report))
    assert report.rows == messages
    with zipfile.ZipFile(path) as archive:
        member = next(one for one in archive.namelist() if "orderbook" in one)
        lines = archive.read(member).decode().splitlines()
    told = [tuple(int(field) for field in line.split(",")[:4]) for line in lines]
    tops = book_after(batches)[1:]  # the first is the book before the file
    assert len(tops) == len(told)
    wrong = sum(
        (top[0], top[1], top[2], top[3]) != (row[0] * 10_000, row[1], row[2] * 10_000, row[3])
        for top, row in zip(tops, told, strict=True)
    )
    assert wrong == 0
