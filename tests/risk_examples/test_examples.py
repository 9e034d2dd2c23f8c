"""`kairos risk test`: examples go through the real gate, a wrong one is told with its place, and nothing is guessed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kairos.adapters.file_errors import FileErrors
from kairos.cli.init import init
from kairos.cli.risk_test import test_command as command
from kairos.model.refusals import Refusal
from kairos.model.values import CheckPlugin
from kairos.risk.plugins import OrderView, refuse
from kairos.risk_examples.definitions import Definitions, read_all_examples, read_definitions
from kairos.risk_examples.play import Outcome, play
from kairos.risk_examples.record import RecordError, read_records

REPO = Path(__file__).resolve().parents[2]
FOLDER = REPO / "examples" / "risk"
HOUSE = FOLDER / "house.toml"
SHIPPED = ((HOUSE,), (FOLDER / "tree.toml",), (HOUSE, FOLDER / "ladder.toml"))


def kairos_risk_test(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def outcome_of(tmp_path: Path, text: str) -> Outcome:
    """Of one example in a file of its own, in the shipped house."""
    file = tmp_path / "one.toml"
    file.write_text(f'[[example]]\nname = "one"\n{text}\n', encoding="utf-8")
    [example] = read_all_examples([file])
    return play(example, Definitions(read_definitions([HOUSE])))


@pytest.mark.parametrize("files", SHIPPED, ids=lambda files: files[-1].name)
def test_the_shipped_examples_come_out_as_written(files: tuple[Path, ...]) -> None:
    result = kairos_risk_test("-v", *files)
    assert result.exit_code == 0, result.output
    assert result.output.endswith(" examples, 0 failed\n") and not result.output.startswith("0 examples")


def test_every_shipped_file_is_played() -> None:
    assert {file for files in SHIPPED for file in files} == set(FOLDER.glob("*.toml"))


def test_a_wrong_example_is_told_with_its_place_and_what_was_seen(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        '# two lines\n# before\n[[example]]\nname = "hopeful"\n'
        'order = "BUY 30000 2330.XTAI @ 1000 for ACME-1"\nthen = "accepted"\n',
        encoding="utf-8",
    )
    result = kairos_risk_test(HOUSE, file)
    assert result.exit_code == 1
    lines = [line.strip() for line in result.output.splitlines()]
    assert lines[0] == f"FAIL {file}:3: hopeful"
    assert lines[1:3] == ["not so: accepted", "expected: accepted"]
    assert lines[3].startswith("seen:     ") and "refused MAX_ORDER_QTY qty=30000 limit=20000" in lines[3]
    assert lines[-1] == "9 examples, 1 failed"


@pytest.mark.parametrize(
    "text",
    [
        'order = "BUY 2000 2330.XTAI @ 1000"\nthen = "accepted"',
        'order = "BUY 2000 2330.XTAI @ 1000 for ACME-1 by tina"\nthen = ["accepted", "routed", "not refused"]',
        'given = "hold ACME-1 -5000 2330.XTAI @ 990 realized -1000"\n'
        'when = "position ACME-1 2330.XTAI -5000 avg 990 realized -1000"\nthen = "not refused"',
        'at = "2026-11-24T01:30"\ngiven = "mark 2330.XTAI last 900"\n'
        'order = "SELL 1000 2330.XTAI @ 1000 for ACME-1"\nthen = "refused PRICE_COLLAR reference=900"',
    ],
)
def test_an_example_that_is_so_passes(tmp_path: Path, text: str) -> None:
    outcome = outcome_of(tmp_path, text)
    assert outcome.passed, outcome


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('order = "BUY 2000 2330.XTAI @ 1000"\nthen = "refused"', "not so: refused"),
        ('order = "BUY 2000 2330.XTAI @ 1000"\nthen = "not accepted"', "not so: not accepted"),
        ('order = "BUY 2000 2330.XTAI @ 1000"\nthen = ["routed", "accepted"]', "not so: accepted"),
        (
            'order = "BUY 30000 2330.XTAI @ 1000"\nthen = "refused MAX_ORDER_QTY at DESK EQ"',
            "not so: refused MAX_ORDER_QTY at DESK EQ",
        ),
        ('order = "BUY 2000 2330.XTAI at 1000"\nthen = "accepted"', "its words: 1:"),
        ('order = "BUY 2000 2330.XTAI @ 1000"\nthen = "welcomed"', "its words: 1:"),
        ('when = ["mark 2330.XTAI last", "clock +1s"]\nthen = "accepted"', "its words: 1:"),
        (
            'given = "BUY 30000 2330.XTAI @ 1000"\norder = "BUY 1000 2330.XTAI @ 1000"\nthen = "accepted"',
            "given: BUY 30000",
        ),
        ('given = "hold A2 5 2330.XTAI"\norder = "BUY 1000 2330.XTAI"\nthen = "accepted"', "no such account"),
    ],
)
def test_an_example_that_is_not_so_fails(tmp_path: Path, text: str, why: str) -> None:
    outcome = outcome_of(tmp_path, text)
    assert not outcome.passed and why in outcome.problem


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('order = "BUY 1 X"', "then: is missing"),
        ('then = "accepted"', "order: say either the order that is sent"),
        ('order = "BUY 1 X"\nwhen = "clock +1s"\nthen = "accepted"', "order: say either"),
        ('order = ["BUY 1 X", 2]\nthen = "accepted"', "order: 2 must be a line of words"),
        ('order = "BUY 1 X"\nthen = "accepted"\nadn = "routed"', "adn: is not known here"),
        ('order = "BUY 1 X"\nthen = "accepted"\nat = "noon"', "at: 'noon' must be a time"),
    ],
)
def test_a_table_that_is_no_example_is_refused_before_anything_is_played(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(FileErrors) as refused:
        outcome_of(tmp_path, text)
    assert why in str(refused.value)


def test_each_example_begins_with_an_engine_of_its_own(tmp_path: Path) -> None:
    """Of one position of 50000 the second could not sell as much again."""
    words = 'given = "hold ACME-1 20000 2330.XTAI"\norder = "SELL 20000 2330.XTAI"\nthen = "accepted"'
    example = f'[[example]]\nname = "e"\n{words}\n'
    file = tmp_path / "twice.toml"
    file.write_text(example * 2, encoding="utf-8")
    assert kairos_risk_test(HOUSE, file).exit_code == 0


def test_the_firms_own_checks_are_asked(tmp_path: Path) -> None:
    def sells_nothing(view: OrderView) -> Refusal | None:
        return refuse() if view.open_sell else None

    text = '[[example]]\nname = "e"\norder = "SELL 1000 2330.XTAI @ 1000"\nthen = "refused PLUGIN_CHECK name=buyer"\n'
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    [example] = read_all_examples([file])
    plugin = CheckPlugin("buyer", "1", "", "")
    definitions = Definitions(read_definitions([HOUSE]), (plugin,), {"buyer": sells_nothing})
    assert play(example, definitions).passed
    assert not play(example, Definitions(definitions.commands)).passed


def test_json_tells_an_example_a_line() -> None:
    lines = kairos_risk_test("--json", HOUSE).stdout.splitlines()
    told = [json.loads(line) for line in lines]
    assert [one["passed"] for one in told] == [True] * 8
    assert told[1]["expected"] == "refused MAX_ORDER_QTY limit=20000" and "MAX_ORDER_QTY" in told[1]["seen"]
    assert HOUSE.read_text("utf-8").splitlines()[told[1]["line"] - 1] == "[[example]]"


def test_a_record_counts_examples_by_the_codes_that_they_ask_for(tmp_path: Path) -> None:
    wrong, record = tmp_path / "wrong.toml", tmp_path / "tests.jsonl"
    wrong.write_text(
        '[[example]]\nname = "e"\norder = "BUY 1000 2330.XTAI"\nthen = "refused PRICE_COLLAR"\n', encoding="utf-8"
    )
    kairos_risk_test("--record", record, "--by", "rita", HOUSE)
    kairos_risk_test("--record", record, "--by", "rita", HOUSE, wrong)
    first, second = read_records(record)
    assert (first.by, first.examples, first.failures) == ("rita", 8, 0)
    assert first.passed == {code: 1 for code in first.passed} and first.failed == {}
    assert set(first.passed) == {"MAX_ORDER_QTY", "PRICE_COLLAR", "MAX_ORDER_NOTIONAL", "MAX_POSITION", "KILL", "RATE"}
    assert (
        first.decided.orders == 21 and 0 < first.decided.least_ns <= first.decided.half_ns <= first.decided.longest_ns
    )
    assert (second.examples, second.failures, second.failed) == (9, 1, {"PRICE_COLLAR": 1})
    assert [name.split()[0] for name in second.files] == ["house.toml", "wrong.toml"]


def test_a_file_that_is_no_record_is_told_with_its_line(tmp_path: Path) -> None:
    record = tmp_path / "tests.jsonl"
    record.write_text('{"at_ns": "1"}\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"tests\.jsonl:1: no record"):
        list(read_records(record))


def test_a_kairos_toml_stands_for_the_files_that_it_names(tmp_path: Path) -> None:
    """Reference data and rules; what `kairos init` writes, with an example at its end and a rules file beside it."""
    assert CliRunner().invoke(init, [str(tmp_path)]).exit_code == 0
    reference, config = tmp_path / "reference.toml", tmp_path / "kairos.toml"
    symbol = tomllib.loads(reference.read_text("utf-8"))["instrument"][0]["symbol"]
    with reference.open("a", encoding="utf-8") as out:
        order = f"BUY 50001 {symbol}.XNYS @ 100 for ACME-1"
        out.write(f'\n[[example]]\nname = "e"\norder = "{order}"\nthen = "refused MAX_ORDER_QTY"\n')
    assert kairos_risk_test(config).output == "1 examples, 0 failed\n"
    with config.open("a", encoding="utf-8") as out:
        out.write('\n[risk]\nrules = "rules.toml"\n')
    example = '[[example]]\nname = "r"\nwhen = "clock +1s"\nthen = "not response taken"\n'
    (tmp_path / "rules.toml").write_text(example, encoding="utf-8")
    assert kairos_risk_test(config).output == "2 examples, 0 failed\n"


def test_no_example_is_no_success(tmp_path: Path) -> None:
    file = tmp_path / "none.toml"
    file.write_text("", encoding="utf-8")
    assert kairos_risk_test(file).exit_code == 1
