"""An instrument that names its class leaves out what the profile of its market gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.adapters.file_errors import FileErrors
from kairos.adapters.reference_files import ReferenceFile, load_reference
from kairos.model.commands import DefineInstrument
from kairos.model.numbers import parse_price


def load(folder: Path, text: str) -> DefineInstrument:
    path = folder / "ref.toml"
    path.write_text(f"[[instrument]]\n{text}", encoding="utf-8")
    (command,) = load_reference([ReferenceFile(path)])
    assert isinstance(command, DefineInstrument)
    return command


@pytest.mark.parametrize(
    ("text", "currency", "tick", "lot"),
    [
        ('symbol = "2330"\nmic = "XTAI"\nclass = "stock"\nreference_px = 1085\n', "TWD", "1", 1_000),
        ('symbol = "2317"\nmic = "XTAI"\nclass = "stock"\nreference_px = 200\n', "TWD", "0.5", 1_000),
        ('symbol = "2330"\nmic = "XTAI"\nclass = "stock"\n', "TWD", "0.01", 1_000),
        ('symbol = "BAC"\nmic = "XNYS"\nclass = "stock"\nreference_px = "52.37"\n', "USD", "0.01", 1),
        ('symbol = "TXFL6"\nmic = "XTAF"\nclass = "taiex_future"\nmultiplier = 200\n', "TWD", "1", 1),
        ('symbol = "0700"\nmic = "XHKG"\nclass = "stock"\nlot_size = 100\n', "HKD", "0.001", 100),
    ],
)
def test_currency_tick_and_lot_come_from_the_profile(
    tmp_path: Path, text: str, currency: str, tick: str, lot: int
) -> None:
    """The tick is the finest that the day's limits reach: 1085 may fall to 977, where a tick is 1 and not 5."""
    command = load(tmp_path, text)
    assert (command.currency, command.tick_size, command.lot_size) == (currency, parse_price(tick), lot)


def test_what_the_file_says_comes_before_the_profile(tmp_path: Path) -> None:
    text = 'symbol = "80700"\nmic = "XHKG"\nclass = "stock"\ncurrency = "CNY"\ntick_size = "0.2"\nlot_size = 100\n'
    command = load(tmp_path, text)
    assert (command.currency, command.tick_size) == ("CNY", parse_price("0.2"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('symbol = "1"\nmic = "XTAI"\nclass = "stok"\n', "no ticks for the class 'stok'; did you mean 'stock'?"),
        (
            'symbol = "1"\nmic = "XTKS"\nclass = "stock"\n',
            "needs the profile of its market: no market profile for 'XTKS'",
        ),
        ('symbol = "1"\nmic = "XHKG"\nclass = "stock"\n', "instrument.lot_size: is missing; add it"),
        ('symbol = "1"\nmic = "XTAI"\n', "instrument.tick_size: is missing; add it"),
    ],
)
def test_what_no_profile_gives_must_be_there(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FileErrors) as raised:
        load(tmp_path, text)
    assert told in str(raised.value)
