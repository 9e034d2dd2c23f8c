"""Our own Parquet layout, and the commands."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from tests.market.test_tape_batch import batch_of, columns, tapes
from tests.tapes.samples import zipped
from tests.tapes.test_lean import QUOTES, TRADES

from kairos.cli.tape import tape
from kairos.market.tape_batch import BatchWriter
from kairos.model.errors import ReferenceDataError
from kairos.tapes.formats import read_own, write_own


@given(tapes)
def test_parquet_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, tuple[int, ...]]]
) -> None:
    path = tmp_path_factory.mktemp("tape") / "t.parquet"
    batch = batch_of(rows)
    assert write_own(path, "A.XNYS", iter([batch])) == len(rows)
    assert columns(list(read_own(path, "A.XNYS"))) == columns([batch])


def test_a_parquet_tape_is_shifted(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    out = BatchWriter("A.XNYS")
    out.put_quote(5, 10, 1, 11, 1)
    out.put_trade(6, 10, 1)
    write_own(path, "A.XNYS", iter([out.take()]))
    (batch,) = read_own(path, "B.XNYS", 100)
    assert (batch.instrument, batch.time_at(0), batch.time_at(1)) == ("B.XNYS", 105, 106)


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [("time_ns", 4, "time order"), ("kind", 99, "is none"), ("flags", -1, "is none"), ("px", -1, "less than 0")],
)
def test_a_row_that_no_tape_has_is_refused(tmp_path: Path, column: str, value: int, why: str) -> None:
    path = tmp_path / "t.parquet"
    rows = {name: [5, 5] for name in ("time_ns", "px", "size")} | {"kind": [2, 2]}
    rows |= {name: [0, 0] for name in ("flags", "ask_px", "ask_size", "ref")}
    rows[column] = [rows[column][0], value]
    pq.write_table(pa.table(rows).replace_schema_metadata({"kairos-tape": "1"}), path)
    with pytest.raises(ReferenceDataError, match=f"row 2: kind: .*{why}"):
        list(read_own(path, "A"))


def test_a_parquet_file_that_is_no_tape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(ReferenceDataError, match="is this a tape file"):
        list(read_own(path, "A"))


def test_without_pyarrow_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ReferenceDataError, match=r"pip install 'kairos-oms\[data\]'"):
        list(read_own(tmp_path / "t.parquet", "A"))


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(tape, [str(one) for one in arguments])
    return result.exit_code, result.output


def lean(folder: Path) -> Path:
    zipped(folder / "20131008_trade.zip", t__csv=TRADES)
    return zipped(folder / "20131008_quote.zip", q__csv=QUOTES)


@pytest.mark.parametrize("name", ["bac.csv", "bac.csv.gz", "bac.parquet"])
def test_a_source_is_converted_and_its_oddities_told(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    code, text = run("convert", lean(tmp_path), "--format", "lean", "--symbol", "BAC", "--mic", "XNYS", "--out", out)
    assert code == 0, text
    assert "rows read" in text and "unpaired ask rows" in text
    assert f"6 events of BAC.XNYS written to {out}" in text
    code, text = run("info", out)
    assert code == 0 and "2013-10-08 13:30:00.000" in text
    assert sorted(path.name for path in tmp_path.iterdir())[0] == "20131008_quote.zip"  # no partial file is left


def test_a_tape_that_should_not_be_used_is_told_by_the_exit_code(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("kairos-tape,2\nQ,1,10,1,11,1\nT,2,10,1,\n")
    bad.write_text("kairos-tape,2\nQ,1,12,1,11,1\nA,2,1,B,10,5,\nR,3,1,B,10,6,M\n")
    assert run("check", good)[0] == 0
    code, text = run("check", bad)
    assert code == 1
    marked = [line.split("   ")[0].strip() for line in text.splitlines() if "not to be used" in line]
    assert marked == [
        "crossed quotes",
        "more taken off a level than it showed",
        "moments that never end (MORE on the last row)",
    ]


def test_what_can_not_be_converted_is_told_without_a_file(tmp_path: Path) -> None:
    out = tmp_path / "x.parquet"
    source = lean(tmp_path)
    base = ("convert", source, "--format", "lean", "--symbol", "BAC", "--out", out)
    assert "is not a MIC" in run(*base, "--mic", "nyse")[1]
    assert "is no time zone" in run(*base, "--mic", "XNYS", "--zone", "Mars")[1]
    assert "must end with" in run(*base[:-1], tmp_path / "x.txt", "--mic", "XNYS")[1]
    source.write_bytes(b"no zip")
    code, text = run(*base, "--mic", "XNYS")
    assert code == 1 and "is the file whole?" in text
    assert not out.exists()
