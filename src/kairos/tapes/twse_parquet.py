"""Five levels a side of a Taiwanese stock as a Parquet table: ts symbol bid1..5 bidsz1..5 ask1..5 asksz1..5, sizes in
board lots of 1,000 shares. Quotes only: nothing tells what traded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kairos.market.tape_batch import Batches, BatchWriter
from kairos.market.tape_report import TapeReport
from kairos.tapes.arrow import NO_DECIMAL, NO_DECIMAL_DONE, parquet_blocks, prices, times_ns, words
from kairos.tapes.folds.levels import LevelRows
from kairos.tapes.parts import only, ready, rest
from kairos.tapes.wanted import Wanted, day_ns

ZONE: Final = "Asia/Taipei"
BOARD_LOT: Final = 1000
DECIMALS: Final = 2
LEVELS: Final = range(1, 6)
PRICES: Final = [f"{side}{level}" for side in ("bid", "ask") for level in LEVELS]
SIZES: Final = [f"{side}sz{level}" for side in ("bid", "ask") for level in LEVELS]


def read_levels(paths: list[Path], wanted: Wanted, report: TapeReport) -> Batches:
    """One instrument, of one day or all."""
    path = only(paths, "a table of levels")
    out = BatchWriter(wanted.instrument, wanted.shift_ns)
    fold = LevelRows(out, *day_ns(wanted.date, wanted.zone or ZONE), wanted.lot or BOARD_LOT)
    for block in parquet_blocks(path, ["ts", *PRICES, *SIZES], wanted.symbol):
        exact = [prices(path, name, block[name], DECIMALS) for name in PRICES]
        report.count(NO_DECIMAL.format(DECIMALS), NO_DECIMAL_DONE, sum(strange for _column, strange in exact))
        columns = [column for column, _strange in exact]
        sizes = [words(path, name, block[name]) for name in SIZES]
        fold.feed(len(block["ts"]), times_ns(path, "ts", block["ts"]), columns, sizes)
        yield from ready(out)
    fold.end(report)
    yield from rest(out, report)
