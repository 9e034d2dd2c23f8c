"""An instrument is found by its symbol where that says enough, and never guessed."""

from __future__ import annotations

import pytest

from kairos.adapters.fix_market_data.symbols import Symbols, parted

LISTED = ["AAA.XNYS", "TWO.XNYS", "TWO.XPAR", "BRK.A.XNYS"]


@pytest.mark.parametrize(
    ("symbol", "mic", "instrument"),
    [
        ("AAA", "XNYS", "AAA.XNYS"),
        ("AAA", "", "AAA.XNYS"),
        ("AAA.XNYS", "", "AAA.XNYS"),
        ("AAA.XNYS", "XNYS", "AAA.XNYS"),
        ("AAA", "XPAR", "AAA.XPAR"),
        ("TWO", "", "TWO"),
        ("TWO", "XPAR", "TWO.XPAR"),
        ("BRK.A", "", "BRK.A.XNYS"),
        ("NIL", "", "NIL"),
    ],
)
def test_what_is_meant(symbol: str, mic: str, instrument: str) -> None:
    assert Symbols(LISTED).instrument(symbol, mic) == instrument


def test_a_name_comes_apart_at_its_market() -> None:
    assert [parted(name) for name in ("AAA.XNYS", "BRK.A.XNYS", "BRK.A", "NIL")] == [
        ("AAA", "XNYS"), ("BRK.A", "XNYS"), ("BRK.A", ""), ("NIL", "")
    ]  # fmt: skip
