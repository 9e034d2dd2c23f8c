"""`kairos refdata check`, `market` and `calendar` tell what they find, and set the exit code."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from kairos.cli.main import main


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["refdata", *words])


def test_check_shows_a_table_and_exits_1_on_errors(tmp_path: Path) -> None:
    path = tmp_path / "ref.toml"
    path.write_text('[[instrument]]\nsymbol = "2330"\nmic = "XTAI"\nclass = "stock"\nreference_px = 1086\n')
    told = ask("check", str(path), "--date", "2026-11-23")
    assert told.exit_code == 1
    line = next(line for line in told.output.splitlines() if "reference_px" in line)
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells[0] == "error"
    assert cells[2:] == ["line 5", "reference_px", "1086 is on no tick of XTAI", "try 1085 or 1090"]
    assert told.output.splitlines()[-1] == "1 files: 1 errors, 0 warnings"


def test_check_exits_0_on_warnings_alone(tmp_path: Path) -> None:
    path = tmp_path / "ref.toml"
    path.write_text('[[instrument]]\nsymbol = "2330"\nmic = "XTAI"\nclass = "stock"\nisin = "US0378331005"\n')
    told = ask("check", str(path))
    assert told.exit_code == 0, told.output
    assert told.output.splitlines()[-1] == "1 files: 0 errors, 1 warnings"


def test_market_shows_the_day_in_local_time_and_its_sources() -> None:
    told = ask("market", "XHKG", "--date", "2026-11-23", "--class", "stock")
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0] == "XHKG, Stock Exchange of Hong Kong: 2026-11-23, Monday, full day; HKD"
    (closing,) = (line for line in lines if "random_closing" in line)
    assert "16:08-16:10" in closing and "08:08-08:10" in closing
    assert "uncrosses at random in the last 120 s" in closing
    assert "(0.25, 10] 0.005" in told.output
    assert "[not checked]" in told.output
    assert "structured" not in told.output


def test_market_shows_the_night_before_with_its_date() -> None:
    assert "11-20 15:00-11-21 05:00" in ask("market", "XTAF", "--date", "2026-11-23").output


def test_market_tells_when_a_trade_settles() -> None:
    """T+1 in New York, past Columbus Day, on which the banks are closed."""
    told = ask("market", "XNYS", "--date", "2026-10-09", "--class", "stock")
    assert told.exit_code == 0, told.output
    assert "T+1: 2026-10-13, Tuesday" in told.output
    assert "lot 100, from 250.01 40, from 1000.01 10, from 10000.01 1; odd lots allowed" in told.output


def test_market_tells_that_a_settlement_is_beyond_the_calendar() -> None:
    last = ask("calendar", "XSHG", "--from", "2026-01-01", "--to", "2026-01-02").output.split()[-1]
    told = ask("market", "XSHG", "--date", last, "--class", "stock_star")
    assert f"T+1, beyond the calendar's last day, {last}" in told.output
    assert "lot 1; at least 200, then steps of 1; at most 100000" in told.output


def test_market_tells_of_a_rule_that_nobody_looked_up() -> None:
    told = ask("market", "XTAI", "--date", "2026-11-23", "--class", "etn")
    (short,) = (line for line in told.output.splitlines() if "short sales" in line)
    assert "not known" in short


def test_market_tells_the_bands_by_price_and_a_night_by_its_date() -> None:
    told = ask("market", "XNAS", "--date", "2026-11-23").output
    assert "75 % at most 0.15, from 0.75: 20 %, above 3: 5 %; measured from the last 300 s" in " ".join(told.split())
    assert "09:28-09:29:30" in told
    assert "21:00-11-24 01:00" in told, "the end of the post-market session in UTC"
    assert "11-20 14:50-14:58" in ask("market", "XTAF", "--date", "2026-11-23").output


def test_market_tells_a_day_without_a_session() -> None:
    told = ask("market", "XTAI", "--date", "2024-10-31")
    assert told.exit_code == 1
    assert told.output.startswith("Error: XTAI has no session on 2024-10-31; the one before is on 2024-10-30")


def test_market_tells_an_unknown_market_or_class() -> None:
    assert "no market profile for 'XTKS'" in ask("market", "XTKS").output
    told = ask("market", "XTAI", "--date", "2026-11-23", "--class", "stok")
    assert (told.exit_code, "did you mean 'stock'" in told.output) == (1, True)


def test_calendar_lists_what_is_out_of_the_rule() -> None:
    told = ask("calendar", "XHKG", "--from", "2026-12-21", "--to", "2027-01-01")
    assert told.exit_code == 0, told.output
    assert told.output.splitlines()[:-1] == [
        "2026-12-24 Thu half day",
        "2026-12-25 Fri closed",
        "2026-12-31 Thu half day",
        "2027-01-01 Fri closed",
    ]
    assert told.output.splitlines()[-1].startswith("8 sessions; the calendar of XHKG reaches from 2000-01-01 to ")


def test_calendar_says_who_closed_a_day() -> None:
    told = ask("calendar", "XTAF", "--from", "2024-10-28", "--to", "2024-11-01", "--sessions")
    assert "2024-10-31 Thu closed: Typhoon Kong-rey (TWSE 5-minute bars have no trade" in told.output
    assert "2024-11-01 Fri session" in told.output


def test_calendar_tells_the_days_of_settlement_that_are_no_sessions_and_the_other_way_round() -> None:
    before = ask("calendar", "XTAI", "--from", "2024-02-05", "--to", "2024-02-08").output.splitlines()
    assert [line.split(" (")[0] for line in before[:-1]] == [
        "2024-02-06 Tue closed; settlement only: Lunar New Year",
        "2024-02-07 Wed closed; settlement only: Lunar New Year",
        "2024-02-08 Thu closed",
    ]
    (banks, _) = ask("calendar", "XNYS", "--from", "2026-10-12", "--to", "2026-10-13").output.splitlines()
    assert banks.startswith("2026-10-12 Mon no settlement: Columbus Day (FINRA Notices to Members 95-77")


def test_calendar_tells_a_late_opening(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        '[[late_open]]\ncalendar = "XHKG"\ndate = 2026-11-23\nat = "13:30"\n'
        'reason = "Typhoon"\nsource = "HKEX notice"\n'
    )
    told = ask("calendar", "XHKG", "--from", "2026-11-23", "--to", "2026-11-24", "--calendars", str(path))
    assert told.output.splitlines()[0] == "2026-11-23 Mon opens at 13:30: Typhoon (HKEX notice)"


def test_calendar_ends_where_it_ends() -> None:
    told = ask("calendar", "XSHG", "--from", "2026-12-01", "--to", "2040-01-31")
    assert told.exit_code == 1
    assert "the calendar of XSHG reaches from 2000-01-01 to" in told.output
