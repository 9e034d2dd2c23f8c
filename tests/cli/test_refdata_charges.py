"""`kairos refdata charges` tells each charge, its row and the net amount."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from kairos.cli.main import main


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["refdata", "charges", *words])


def test_each_charge_is_told_with_its_row_and_the_net_amount() -> None:
    told = ask("XHKG", "--date", "2026-11-20", "--side", "sell", "--qty", "400", "--px", "381.4")
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0].split(maxsplit=3) == [
        "stamp_duty",
        "153",
        "HKD",
        "0.1 % of notional, rounded up to 1 for each contract note, MiscFeeType(139) 5",
    ]
    assert "from 2023-11-17; " in lines[1] and "NOT CHECKED: " in lines[1]
    assert lines[3].endswith("; checked at its source")
    assert lines[-1] == "the seller receives 152387.62 HKD"


def test_fills_are_given_one_after_the_other() -> None:
    two = ["--qty", "1000", "--px", "1085", "--qty", "1000", "--px", "1085"]
    told = ask("XTAI", "--date", "2026-11-20", "--side", "buy", *two)
    assert told.output.splitlines()[-1] == "the buyer pays 2173092 TWD"
    assert (
        "each --qty needs its --px: 2 and 1" in ask("XTAI", "--date", "2026-11-20", "--side", "buy", *two[:-2]).output
    )


def test_nobody_pays_the_notional_of_a_future() -> None:
    words = ["XTAF", "--date", "2026-11-20", "--side", "buy", "--qty", "3", "--px", "7888"]
    told = ask(*words, "--class", "taiex_future", "--multiplier", "200")
    assert told.output.splitlines()[-1] == "charges in all: 96 TWD (the notional is not paid)"


def test_a_house_has_commissions_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        '[[commission]]\nmarket = "XNYS"\nbasis = "quantity"\nrate = "0.005"\nunit = "0.01"\nminimum = "1"\n'
    )
    words = ["XNYS", "--date", "2026-11-20", "--side", "buy", "--qty", "1000", "--px", "10", "--commissions", str(path)]
    lines = ask(*words).output.splitlines()
    assert lines[0].split(maxsplit=3)[:3] == ["commission", "5", "USD"]
    assert lines[-1] == "the buyer pays 10005.01 USD"


def test_a_day_without_a_row_is_an_error() -> None:
    told = ask("XNYS", "--date", "2024-01-02", "--side", "sell", "--qty", "1", "--px", "1")
    assert told.exit_code == 1
    assert "Error: sec_section_31_fee: no row for stock on XNYS at 2024-01-02; look the rate up" in told.output
