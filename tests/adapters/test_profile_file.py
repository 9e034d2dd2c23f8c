"""A profile's file is read strictly: each error names file, line, field and remedy, and one reading finds all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.adapters.file_errors import FileErrors, Problems
from kairos.adapters.profile_file import read_profile
from kairos.adapters.profiles import load_profile, profile_paths
from kairos.market.profile import MarketProfile
from kairos.market.timetable import DayKind

GOOD = """\
mic = "XTAI"
name = "A market"
time_zone = "Asia/Taipei"
calendar = "XTAI"
currency = "TWD"

[[order_kinds]]
name = "all"
takes = ["limit/day"]

[[timetable]]
days = ["full"]
from = 2020-01-01
source = "the rules"
checked = true
spans = [
  { name = "day", phase = "continuous", at = "09:00", to = "13:30", orders = "all", cancels = true },
]

[[ticks]]
classes = ["stock"]
from = 2020-01-01
source = "the rules"
checked = true
bands = [["0.01", "10", "0.01"], ["10", "", "0.05"]]
"""


def read(folder: Path, text: str) -> MarketProfile:
    path = folder / "XTAI.toml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    profile = read_profile(path, problems)
    problems.raise_if_any()
    assert profile is not None
    return profile


def test_a_small_profile_is_read(tmp_path: Path) -> None:
    profile = read(tmp_path, GOOD)
    assert profile.classes() == ["stock"]
    assert ("main", DayKind.FULL) in profile.timetables


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('mic = "XTAI"\n', "", "line 1: mic: is missing; add it"),
        ("Asia/Taipei", "Asia/Taipeh", "line 3: time_zone: 'Asia/Taipeh' is not a time zone; use a name of the IANA"),
        ('"TWD"', '"NTD"', "line 5: currency: 'NTD' is not a currency"),
        ("limit/day", "limit", "line 9: order_kinds.takes: item 1: 'limit' must be an order type and a time in force"),
        ("limit/day", "limit/dya", "line 9: order_kinds.takes: item 1: 'dya' must be 'day' or"),
        (
            "from = 2020-01-01\nsource",
            'from = "soon"\nsource',
            "line 13: timetable.from: 'soon' is not a date; write it",
        ),
        (
            "checked = true\nspans",
            "checked = false\nspans",
            "timetable.note: is missing; a row that is not checked says",
        ),
        ("checked = true\nspans", "spans", "line 11: timetable.checked: is missing; add it"),
        ('"09:00"', '"9:00"', "timetable.spans[1].at: '9:00' is not a time of day; write it as \"09:00\""),
        ('"09:00"', '"14:00"', "timetable.spans[1].to: must be after at"),
        ('"continuous"', '"continous"', "timetable.spans[1].phase: 'continous' must be"),
        (
            'orders = "all"',
            'orders = "al"',
            "timetable.spans[1].orders: 'al' is none of the order_kinds; did you mean 'all'?",
        ),
        ("cancels = true", "cancel = true", "timetable.spans[1].cancel: is not known here; did you mean 'cancels'?"),
        (
            '"10", "", "0.05"',
            '"11", "", "0.05"',
            "line 25: ticks.bands: the band from 11 to no end does not begin where",
        ),
        ('"10", "", "0.05"', '"10", "0.05"', "ticks.bands: item 2: ['10', '0.05'] must be an array of three"),
        ('"0.05"]]', "0.05]]", 'item 2: 0.05 would be a binary float, which is not exact; write it in quotes: "0.05"'),
        ("[[ticks]]", "[[tick]]", "tick: is not known here; did you mean 'ticks'?"),
        ("bands =", 'band_includes = "both"\nbands =', "ticks.band_includes: 'both' must be 'from' or 'to'"),
    ],
)
def test_an_error_names_place_field_and_remedy(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(FileErrors) as raised:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert told in str(raised.value)
    assert all(error.file.endswith("XTAI.toml") for error in raised.value.errors)


@pytest.mark.parametrize(
    ("until", "first", "told"),
    [
        (
            "2020-12-31",
            "2020-12-31",
            "ticks of stock: 2020-12-31 overlaps the row 2020-01-01 to 2020-12-31; end that one before",
        ),
        ("2020-12-31", "2021-01-02", "ticks of stock: 2021-01-02 leaves a gap after the row 2020-01-01 to 2020-12-31"),
        ("2019-12-31", "2021-01-01", "2019-12-31 is before from, 2020-01-01"),
    ],
)
def test_rows_that_overlap_or_leave_a_gap_are_told_with_their_line(
    tmp_path: Path, until: str, first: str, told: str
) -> None:
    ticks = GOOD[GOOD.index("[[ticks]]") :]
    ended = GOOD.replace(ticks, ticks.replace("2020-01-01", f"2020-01-01\nuntil = {until}"))
    with pytest.raises(FileErrors) as raised:
        read(tmp_path, ended + ticks.replace("2020-01-01", first))
    assert told in str(raised.value)
    assert "line " in raised.value.errors[0].place


def test_an_inline_table_is_counted(tmp_path: Path) -> None:
    """The stretches of a timetable stand in inline tables, which have no line of their own in the error."""
    second = '{ name = "late", phase = "continuous", at = "14:00", to = "1500" },\n]'
    with pytest.raises(FileErrors) as raised:
        read(tmp_path, GOOD.replace("},\n]", "},\n  " + second, 1))
    assert "line 16: timetable.spans[2].to: '1500' is not a time of day" in str(raised.value)


def test_stretches_that_overlap_are_refused(tmp_path: Path) -> None:
    second = '{ name = "late", phase = "continuous", at = "13:00", to = "14:00" },\n]'
    with pytest.raises(FileErrors, match="'late' begins before 'day' ends"):
        read(tmp_path, GOOD.replace("},\n]", "},\n  " + second, 1))


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileErrors) as raised:
        read(tmp_path, GOOD.replace('"TWD"', '"NTD"').replace("limit/day", "x").replace('"13:30"', '"1330"'))
    assert len(raised.value.errors) >= 3


def test_a_houses_profile_replaces_the_shipped_one(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    assert load_profile("XTAI", tmp_path).name == "A market"
    assert profile_paths(tmp_path)["XHKG"] == profile_paths()["XHKG"]


def test_a_profile_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "XHKG.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(FileErrors, match="is 'XTAI'; a profile's file is named for its MIC"):
        load_profile("XHKG", tmp_path)
