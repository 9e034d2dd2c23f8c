"""Tape files: read exactly, or refused with file, line and field."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kairos.market.tape import PrintKind, Quote, TapeEvent
from kairos.market.tape_file import MAX_LINE, read_tape
from kairos.model.errors import ReferenceDataError

GOOD = "kairos-tape,1\nQ,5,10.01,100,10.02,200\nT,5,10.015,7,O\nQ,6,0,0,10.02,200\nT,9,10,1,\n"


def tape(folder: Path, text: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode("latin-1")) if name.endswith(".gz") else text.encode("latin-1"))
    return path


def shown(event: TapeEvent) -> tuple[object, ...]:
    if isinstance(event, Quote):
        return (event.instrument, event.time_ns, event.bid_px, event.bid_size, event.ask_px, event.ask_size)
    return (event.instrument, event.time_ns, event.px, event.size, event.kind)


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz"])
def test_a_tape_is_read_exactly_plain_or_compressed(tmp_path: Path, name: str) -> None:
    assert [shown(event) for event in read_tape(tape(tmp_path, GOOD, name), "A.XNYS", 1000)] == [
        ("A.XNYS", 1005, 10_01000000, 100, 10_02000000, 200),
        ("A.XNYS", 1005, 10_01500000, 7, PrintKind.OPENING_AUCTION),
        ("A.XNYS", 1006, 0, 0, 10_02000000, 200),
        ("A.XNYS", 1009, 10_00000000, 1, PrintKind.REGULAR),
    ]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("X,1,10,1,", "kind"),
        ("", "kind"),
        ("Q,1,10,1,10.02", "ask_size"),
        ("Q,1,10,1,10.02,1,1", "ask_size"),
        ("Q,1,10,0,10.02,1", "bid_size"),
        ("Q,1,10,1,0,1", "ask_size"),
        ("Q,1,-1,1,10,1", "bid_px"),
        ("Q,1,1e1,1,10,1", "bid_px"),
        ("Q,1,10,1,10,\xff", "ask_size"),
        ("Q,1,10,1.5,10,1", "bid_size"),
        ("Q,x,10,1,10,1", "time_ns"),
        ("Q,99999999999999999999,10,1,10,1", "time_ns"),
        ("T,1,10", "size"),
        ("T,1,0,1,", "px"),
        ("T,1,10,0,", "size"),
        ("T,1,10,-1,", "size"),
        ("T,1,10,1,Z", "flag"),
        ("T,1,0.000000001,1,", "px"),
        ("T,1,10,1," + "x" * MAX_LINE, "line"),
    ],
)
def test_a_bad_line_is_refused_with_its_place(tmp_path: Path, line: str, field: str) -> None:
    path = tape(tmp_path, f"kairos-tape,1\nT,1,10,1,\n{line}\nT,1,10,1,\n")
    with pytest.raises(ReferenceDataError) as caught:
        list(read_tape(path, "A"))
    assert (caught.value.file, caught.value.place, caught.value.field) == (str(path), "line 3", field)


def test_time_never_goes_back(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="line 3: time_ns: is 1 ns before"):
        list(read_tape(tape(tmp_path, "kairos-tape,1\nT,5,10,1,\nT,4,10,1,\n"), "A"))


@pytest.mark.parametrize("text", ["", "kairos-tape,3\n", "T,5,10,1,\n", "\xff\xfe\n"])
def test_a_file_without_the_header_is_no_tape(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReferenceDataError, match="header"):
        list(read_tape(tape(tmp_path, text), "A"))


def test_a_tape_cut_off_anywhere_is_read_to_a_whole_line_or_refused(tmp_path: Path) -> None:
    for end in range(len(GOOD)):
        whole = GOOD[:end].endswith("\n")
        try:
            events = list(read_tape(tape(tmp_path, GOOD[:end]), "A"))
        except ReferenceDataError:
            assert not whole
        else:
            assert whole and len(events) == GOOD[:end].count("\n") - 1


def test_a_compressed_tape_cut_off_anywhere_or_followed_by_other_bytes_is_refused(tmp_path: Path) -> None:
    data = gzip.compress(GOOD.encode())
    for bad in [*(data[:end] for end in range(len(data))), data + b"tail"]:
        path = tmp_path / "t.csv.gz"
        path.write_bytes(bad)
        with pytest.raises(ReferenceDataError):
            list(read_tape(path, "A"))
