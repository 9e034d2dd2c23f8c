"""`check_files` finds what is wrong with reference files and instrument masters, each with its place and remedy."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from kairos.adapters.refdata_check import check_files
from kairos.adapters.refdata_findings import MAX_FINDINGS, Finding, Findings

DATE = datetime.date(2026, 11, 23)
VENUE = '[[venue]]\nvenue_id = "SIM"\nmic = "XTAI"\n'
STOCK = '[[instrument]]\nsymbol = "2330"\nmic = "XTAI"\nclass = "stock"\nreference_px = 1085\nisin = "TW0002330008"\n'


def check(folder: Path, **files: str) -> Findings:
    paths = []
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return check_files(paths, DATE)


def only(findings: Findings) -> Finding:
    (finding,) = findings.kept
    return finding


def test_a_clean_file_has_no_findings(tmp_path: Path) -> None:
    assert check(tmp_path, ref_toml=VENUE + STOCK).kept == []


@pytest.mark.parametrize(
    ("old", "new", "place", "field", "problem", "remedy"),
    [
        (
            'id = "SIM"\nmic = "XTAI"',
            'id = "SIM"\nmic = "XTAJ"',
            "line 3",
            "venue.mic",
            "not active in ISO 10383",
            "did you mean",
        ),
        ("1085", "1086", "line 8", "reference_px", "1086 is on no tick of XTAI", "try 1085 or 1090"),
        ("TW0002330008", "TW0002330009", "line 9", "instrument.isin", "its check digit would be 8", "typing error"),
        ("1085", '1085\ntick_size = "0.2"', "line 9", "tick_size", "0.2 is no tick of stock", "use 0.01, 0.05"),
        ("1085", "1085\nlot_size = 100", "line 9", "lot_size", "100 is no multiple of the lot of stock", "use 1000"),
        ('"stock"', '"stcok"', "line 7", "instrument.class", "no ticks for the class 'stcok'", "did you mean 'stock'?"),
    ],
)
def test_an_error_has_place_field_problem_and_remedy(
    tmp_path: Path, old: str, new: str, place: str, field: str, problem: str, remedy: str
) -> None:
    text = VENUE + STOCK
    assert old in text
    found = check(tmp_path, ref_toml=text.replace(old, new, 1))
    finding = found.kept[0]
    assert (finding.place, finding.field, finding.is_error) == (place, field, True)
    assert problem in finding.problem
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("TW0002330008", "US0378331005", "US0378331005 is of US, while shares of XTAI are mostly of TW, KY"),
        ("1085", '1085\ncurrency = "USD"', "USD is not the currency of XTAI, TWD"),
    ],
)
def test_what_is_only_unusual_is_a_warning(tmp_path: Path, old: str, new: str, problem: str) -> None:
    found = check(tmp_path, ref_toml=VENUE + STOCK.replace(old, new))
    assert problem in only(found).problem
    assert found.errors == 0


def test_a_price_off_the_files_own_tick_is_an_error(tmp_path: Path) -> None:
    text = '[[instrument]]\nsymbol = "A"\nmic = "XPAR"\ncurrency = "EUR"\ntick_size = "0.05"\nreference_px = "10.02"\n'
    assert "10.02 is no multiple of tick_size 0.05" in only(check(tmp_path, ref_toml=text)).problem


def test_files_are_checked_together(tmp_path: Path) -> None:
    found = check(tmp_path, a_toml=VENUE + STOCK, instruments_csv="symbol,mic,class\n2330,XTAI,stock\n")
    assert "defined twice, first in" in only(found).problem


MASTER = "symbol,exchange,isin,figi,currency\nAAPL,NMS,US0378331005,BBG000B9XRY4,USD\n"


def test_an_instrument_master_is_checked_by_its_headings(tmp_path: Path) -> None:
    bad = MASTER + "MSFT,NMS,US5949181046,BBG000BPH458,USD\nAAPL,NMS,,,USD\n\n"
    found = check(tmp_path, master_csv=bad)
    assert [(f.place, f.field) for f in found.kept] == [
        ("line 3", "isin"),
        ("line 3", "figi"),
        ("line 4", "symbol"),
    ]
    assert found.kept[2].problem == "AAPL of NMS is there twice, first in line 2"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\n1,2\n", "names no column that is known"),
        ("symbol,isin\nA\n", "are 1, but the header has 2"),
        ('symbol,isin\n"A,1\n', "can't be read"),
        ("symbol,mic\nA,XXXY\n", "not active in ISO 10383"),
    ],
)
def test_a_master_that_can_not_be_used_is_told(tmp_path: Path, text: str, problem: str) -> None:
    found = check(tmp_path, master_csv=text)
    assert any(problem in f.problem for f in found.kept), found.kept


def test_a_cut_off_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "master.csv.gz"
    path.write_bytes(gzip.compress(MASTER.encode() * 100)[:-20])
    assert "can't be read" in check_files([path], DATE).kept[-1].problem


def test_findings_are_bounded_and_counted(tmp_path: Path) -> None:
    found = check(tmp_path, master_csv="isin\n" + "X\n" * (MAX_FINDINGS + 5))
    assert (len(found.kept), found.left_out, found.errors) == (MAX_FINDINGS, 5, MAX_FINDINGS + 5)


def test_real_masters_hold_no_wrong_code(shared_data: Callable[[str], Path]) -> None:
    """FinanceDatabase, 19,290 instruments, and the 2,356 of the Taiwan list."""
    folder = shared_data("reference_data")
    names = ("instrument_master_financedatabase.csv.gz", "tw_isin_list.csv.gz")
    assert check_files([folder / name for name in names], DATE).kept == []
