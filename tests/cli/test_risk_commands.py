"""`kairos risk limits` and `kairos risk evidence` as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.evidence.a_day import write_journal

from kairos.cli.risk import risk


def kairos_risk(*arguments: object) -> Result:
    return CliRunner().invoke(risk, [str(argument) for argument in arguments])


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    write_journal(tmp_path / "journal.db")
    return tmp_path / "journal.db"


def limits_of(result: Result) -> dict[tuple[str, str], dict[str, str]]:
    assert result.exit_code == 0, result.output
    told = [json.loads(line) for line in result.stdout.splitlines()]
    return {(one["place"], one["name"]): one for one in told}


def test_limits_stand_with_who_set_them_and_when(journal: Path) -> None:
    limits = limits_of(kairos_risk("limits", "--journal", journal, "--json"))
    assert len(limits) == 8
    one = limits["ACCOUNT A1", "MAX_ORDER_QTY"]
    assert (one["value"], one["user_id"], one["at"]) == ("500", "rita", "2026-11-23 08:00:03.000000")


def test_limits_stand_as_they_did_at_a_moment(journal: Path) -> None:
    limits = limits_of(kairos_risk("limits", "--journal", journal, "--json", "--at", "2026-11-23T08:00:00Z"))
    assert limits["ACCOUNT A1", "MAX_ORDER_QTY"]["value"] == "1000"
    assert ("DESK EQ INSTRUMENT 2330.XTAI", "DAY_NOTIONAL") not in limits


def test_limits_show_other_settings_when_asked(journal: Path) -> None:
    groups = {
        one["group"] for one in limits_of(kairos_risk("limits", "--journal", journal, "--json", "--all")).values()
    }
    assert groups == {"limit", "person", "plugin", "rule"}
    words = kairos_risk("limits", "--journal", journal).output
    assert "8 settings" in words and "250000 TWD, REASON" in words and "wild market" in words


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_evidence_writes_html_and_pdf(journal: Path, tmp_path: Path, language: str) -> None:
    pytest.importorskip("reportlab")
    out, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    result = kairos_risk("evidence", "--journal", journal, "--out", out, "--pdf", pdf, "--language", language)
    assert result.exit_code == 0, result.output
    assert result.output == f"{out}: 27 events, 6 orders and replaces decided, 5 refused\n"
    assert f'<html lang="{language}">' in out.read_text("utf-8")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in tmp_path.glob("report.*")) == ["report.html", "report.pdf"]


def test_evidence_of_a_span(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = kairos_risk("evidence", "--journal", journal, "--out", out, "--from", "2026-11-24", "--to", "2026-11-25")
    assert result.output == f"{out}: 4 events, 1 orders and replaces decided, 1 refused\n"


def test_evidence_tells_when_each_control_was_tested(journal: Path, tmp_path: Path) -> None:
    house = Path(__file__).resolve().parents[2] / "examples" / "risk" / "house.toml"
    record, out = tmp_path / "tests.jsonl", tmp_path / "report.html"
    assert kairos_risk("test", "--record", record, house).exit_code == 0
    result = kairos_risk("evidence", "--journal", journal, "--out", out, "--tests", record)
    assert result.exit_code == 0, result.output
    assert "house.toml sha256:" in out.read_text("utf-8")
    record.write_text("no record\n", encoding="utf-8")
    wrong = kairos_risk("evidence", "--journal", journal, "--out", out, "--tests", record)
    assert wrong.exit_code == 1 and "tests.jsonl:1: no record" in wrong.output
