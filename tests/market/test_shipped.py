"""The tapes of the package are what their index and their notice say, and what the tool makes of the source."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kairos.market.shipped import ShippedTape, shipped_tapes, tapes_folder
from kairos.market.tape import PrintKind, Quote, Trade
from kairos.market.tape_file import read_tape
from kairos.model.errors import ReferenceDataError

TAPES = shipped_tapes()


def test_five_instruments_ship_and_one_has_quotes() -> None:
    assert [tape.instrument for tape in TAPES] == ["XXX.XNYS", "ETF.XNYS", "AAA.XNYS", "BBB.XNYS", "ABC.XPAR"]
    assert [tape.symbol for tape in TAPES if tape.has_quotes] == ["XXX"]


@pytest.mark.parametrize("tape", TAPES, ids=[tape.symbol for tape in TAPES])
def test_a_tape_is_what_the_index_says(tape: ShippedTape) -> None:
    events = list(read_tape(tape.path, tape.instrument))
    assert (len(events), events[0].time_ns, events[-1].time_ns) == (tape.events, tape.first_ns, tape.last_ns)
    assert any(isinstance(event, Quote) for event in events) == tape.has_quotes
    assert datetime.fromtimestamp(tape.open_ns // 10**9, UTC).date().isoformat() == tape.date
    for event in events:
        if isinstance(event, Quote):
            assert event.ask_px == 0 or event.bid_px < event.ask_px
            assert event.bid_px % tape.tick == event.ask_px % tape.tick == 0


def test_the_opening_auctions_are_marked() -> None:
    for symbol, size in (("XXX", 103_504), ("ABC", 142_584)):
        tape = next(tape for tape in TAPES if tape.symbol == symbol)
        events = read_tape(tape.path, tape.instrument)
        sizes = [e.size for e in events if isinstance(e, Trade) and e.kind is PrintKind.OPENING_AUCTION]
        assert sizes == [size]


def test_the_tapes_stay_small_and_their_notice_names_each_file_and_the_licence() -> None:
    files = [tape.path for tape in TAPES]
    assert sum(path.stat().st_size for path in files) < 1_200_000
    notice = (tapes_folder() / "NOTICE").read_text("utf-8")
    assert "GPL >= 2" in notice and "018058644b8eb1fc1f6cfcc1a37bd91bd8c10900" in notice
    for tape in TAPES:
        assert tape.path.name in notice and tape.date in notice


def test_a_bad_index_is_refused_with_its_place(tmp_path: Path) -> None:
    good = (tapes_folder() / "index.csv").read_text("utf-8")
    (tmp_path / "index.csv").write_text(good.replace(",0.005,", ",half a cent,"), "utf-8")
    with pytest.raises(ReferenceDataError, match=r"index\.csv: line 6: row: 'half a cent'"):
        shipped_tapes(tmp_path)
    (tmp_path / "index.csv").write_text(good.replace("symbol,", "name,", 1), "utf-8")
    with pytest.raises(ReferenceDataError, match="header"):
        shipped_tapes(tmp_path)


@pytest.mark.slow
def test_the_tool_makes_the_same_tapes_from_the_source(shared_data: Callable[[str], Path], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    source = shared_data("taq_highfrequency_R")
    assert importlib.import_module("tools.make_tape").main([str(source), str(tmp_path)]) == 0
    for name in ["index.csv", *(tape.path.name for tape in TAPES)]:
        assert (tmp_path / name).read_bytes() == (tapes_folder() / name).read_bytes(), name
