"""NASDAQ's order flow, as LOBSTER tells it, makes NASDAQ's book in ours (see `bench/lobster_replay.py`)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.lobster_replay import CAME_INTO_VIEW, UNEXPLAINED, Replay, replay

MESSAGES = """\
34200.1,1,11,100,1000000,1
34200.2,1,12,50,1000000,1
34200.3,1,13,30,1000200,-1
34200.4,5,0,10,1000100,1
34200.5,4,11,40,1000000,1
34200.6,2,12,20,1000000,1
34200.7,4,11,60,1000000,1
34200.8,3,12,30,1000000,1
"""
BOOKS = """\
9999999999,0,1000000,100
9999999999,0,1000000,150
1000200,30,1000000,150
1000200,30,1000000,150
1000200,30,1000000,110
1000200,30,1000000,90
1000200,30,1000000,30
1000200,30,-9999999999,0
"""


def follow(folder: Path, messages: str, books: str) -> Replay:
    path = folder / "sample.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("A_message_1.csv", messages)
        archive.writestr("A_orderbook_1.csv", books)
    return replay(path, 1)


def test_a_told_flow_makes_the_told_book(tmp_path: Path) -> None:
    done = follow(tmp_path, MESSAGES, BOOKS)
    assert (done.messages, done.equal, done.causes, done.new_that_traded) == (7, [7], {}, 0)
    assert done.executions == {(False, True): 2}  # the first order stood there before the file began


def test_an_order_that_the_file_passes_over_is_noticed(tmp_path: Path) -> None:
    """Of two orders that the file told of, it executes the younger."""
    head = "34200,1,10,1,999900,1\n34200.1,3,10,1,999900,1\n"
    flow = head + "34200.2,1,11,5,1000000,1\n34200.3,1,12,5,1000000,1\n34200.4,4,12,5,1000000,1\n"
    bids = ("999900,1", "-9999999999,0", "1000000,5", "1000000,10", "1000000,5")
    books = "".join(f"9999999999,0,{bid}\n" for bid in bids)
    done = follow(tmp_path, flow, books)
    assert done.equal == [4]
    assert done.executions == {(True, False): 1}


def test_a_level_of_which_no_message_told_is_mended_and_counted(tmp_path: Path) -> None:
    flow = "34200,1,10,1,1000000,1\n34200.1,3,10,1,1000000,1\n34200.2,5,0,1,1000000,1\n"
    books = "9999999999,0,1000000,1\n9999999999,0,999900,7\n9999999999,0,999900,7\n"
    done = follow(tmp_path, flow, books)
    assert (done.equal, done.causes) == ([1], {CAME_INTO_VIEW: 1})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "levels", "least"),
    [
        ("LOBSTER_SampleFile_GOOG_2012-06-21_10.zip", 10, [0.999] * 9 + [0.956]),
        ("LOBSTER_SampleFile_AAPL_2012-06-21_1.zip", 1, [0.85]),
    ],
)
def test_a_real_day_makes_nasdaqs_book(
    shared_data: Callable[[str], Path], file: str, levels: int, least: list[float]
) -> None:
    """Where all orders are in view, nothing is unexplained, and fewer than 1 in 100 executions pass over an older order
    (NASDAQ's own doing: the older one still stands after it).
    """
    done = replay(shared_data(f"lobster_nasdaq_20120621/{file}"), levels)
    assert all(count / done.messages >= share for count, share in zip(done.equal, least, strict=True)), done.equal
    assert done.causes[UNEXPLAINED] == 0
    assert done.new_that_traded == 0
    assert done.executions[True, False] * 100 < done.executions[True, True]
