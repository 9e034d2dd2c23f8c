"""`kairos fix parse`: what it shows, in words and as JSON, what it hides, and how it ends."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.fix_tools.samples import logon, message, order

from kairos.cli.fix_parse import parse

LOGS = Path(__file__).parent.parent / "fix_tools" / "logs"
DESK = LOGS / "desk.log"
WIDTH = 100


def run(*args: object, stdin: bytes = b"") -> Result:
    result = CliRunner().invoke(parse, [str(arg) for arg in args], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.output.splitlines()]


def test_a_message_is_shown_in_words() -> None:
    output = run(DESK).output
    assert "#3  line 4  2026-11-22 09:30:01.001  out  BUYSIDE -> BROKER  seq 2  NewOrderSingle(D)" in output
    assert "       54 Side                       1  BUY" in output
    assert "      453 NoPartyIDs                 2" in output
    assert "       [2]  448 PartyID                    TRADER7" in output
    assert "            452 PartyRole                  12  EXECUTING_TRADER" in output
    assert "12 messages: 12 valid" in output
    assert "      missing: 4\n" in output


@pytest.mark.parametrize("name", ["desk.log", "broken.log"])
@pytest.mark.parametrize("form", [[], ["--brief"], ["--summary"]])
def test_lines_fit_the_screen(name: str, form: list[str]) -> None:
    lines = run(LOGS / name, *form).output.splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []
    assert "\x1b" not in "".join(lines)


def test_brief_is_one_line_where_it_fits() -> None:
    lines = run(DESK, "--brief").output.splitlines()
    assert lines[0].endswith("BUYSIDE -> BROKER  seq 1  Logon(A)")
    assert lines[1] == "        HeartBtInt 30  ResetSeqNumFlag YES  Username desk"


def test_the_exit_code_tells_whether_all_are_valid() -> None:
    assert run(DESK).exit_code == 0
    assert run(LOGS / "broken.log").exit_code == 1
    assert run(LOGS / "broken.log", "--order", "C17").exit_code == 0
    assert run("-", stdin=b"nothing here").exit_code == 0
    assert "no FIX message found" in run("-", stdin=b"nothing here").output


def test_a_log_without_what_was_asked_for_is_not_called_empty() -> None:
    assert "none of the 12 messages is of that kind" in run(DESK, "--problems").output


@pytest.mark.parametrize(
    "args", [[], ["no-such.log"], [DESK, "--transport-dictionary", DESK], [DESK, "--dictionary", DESK], [DESK, "--odd"]]
)
def test_bad_usage_is_2(args: list[object]) -> None:
    assert run(*args).exit_code == 2


def test_json_has_every_field_and_the_sums() -> None:
    *messages, sums = objects(run(DESK, "--json"))
    assert len(messages) == 12
    third = messages[2]
    assert (third["type"], third["name"], third["direction"], third["time"], third["line"]) == (
        *("D", "NewOrderSingle", "out"),
        *("2026-11-22 09:30:01.001", 4),
    )
    assert third["state"] == "valid" and third["problems"] == []
    fields = third["fields"]
    assert isinstance(fields, list)
    assert {"tag": 54, "name": "Side", "value": "1", "meaning": "BUY"} in fields
    parties = next(field for field in fields if field["tag"] == 453)
    assert [[each["value"] for each in entry] for entry in parties["entries"]] == [
        *(["FUND9", "D", "3"], ["TRADER7", "D", "12"])
    ]
    summary = sums["summary"]
    assert isinstance(summary, dict)
    assert (summary["messages"], summary["valid"], summary["types"]["NewOrderSingle(D)"]["messages"]) == (12, 12, 2)
    assert summary["sessions"][1]["gaps"] == [[4, 4]]


def test_json_tells_the_problems() -> None:
    *messages, sums = objects(run(LOGS / "broken.log", "--json"))
    assert messages[0]["problems"] == [
        {"reason": "CHECK_SUM", "tag": 10, "text": "CheckSum(10) says 000, the bytes sum to 203"}
    ]
    assert messages[0]["state"] == "garbled"
    summary = sums["summary"]
    assert isinstance(summary, dict) and summary["reasons"]["VALUE_IS_INCORRECT"]["messages"] == 1


def test_an_order_is_followed_through_its_replacements() -> None:
    """From the last of its names back to the first, whatever else the log holds; also from standard input."""
    for result in (run(DESK, "--order", "A2", "--json"), run("-", "--order", "A2", "--json", stdin=DESK.read_bytes())):
        *messages, _ = objects(result)
        assert [each["message"] for each in messages] == [3, 4, 5, 6, 7, 9]


def test_filters_choose_messages_but_gaps_are_of_the_whole_log() -> None:
    *messages, sums = objects(run(DESK, "--json", "--only", "D", "--only", "F"))
    assert [each["type"] for each in messages] == ["D", "D"]
    assert [each["messages"] for each in sums["summary"]["sessions"]] == [5, 7]  # type: ignore[index]
    *messages, _ = objects(run(LOGS / "broken.log", "--json", "--problems"))
    assert len(messages) == 20


def test_a_password_is_shown_nowhere() -> None:
    text = logon(more="554=hunter2|554=hunter2|925=hunter2|") + DESK.read_bytes()
    for form in ([], ["--json"], ["--brief"]):
        assert "hunter2" not in run("-", *form, stdin=text).output
    assert "hunter2" in text.decode()


def test_compressed_logs_and_archives_are_read(tmp_path: Path) -> None:
    text = DESK.read_bytes()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:xz") as tar:
        for name in ("a.log", "b.log"):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
    packed = {
        "gz": gzip.compress(text),
        "xz": lzma.compress(text),
        "bz2": bz2.compress(text),
        "tar": archive.getvalue(),
    }
    for kind, data in packed.items():
        path = tmp_path / f"log.{kind}"
        path.write_bytes(data)
        files = 2 if kind == "tar" else 1
        *messages, _ = objects(run(path, "--json"))
        assert len(messages) == 12 * files, kind
    *messages, _ = objects(run(tmp_path / "log.tar", "--json"))
    assert messages[12]["file"] == f"{tmp_path / 'log.tar'}:b.log"


def test_each_log_of_several_is_named() -> None:
    lines = run(DESK, LOGS / "broken.log", "--brief").output.splitlines()
    assert [line for line in lines if line.startswith("===")] == [f"=== {DESK}", f"=== {LOGS / 'broken.log'}"]
    assert "===" not in run(DESK).output


def test_a_damaged_archive_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "log.gz"
    path.write_bytes(gzip.compress(DESK.read_bytes())[:-30])
    result = run(path)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("Error: can't read the log to its end: ")


def test_control_characters_do_not_reach_the_terminal() -> None:
    result = run("-", stdin=order(more="58=\x1b[31mred\x07|"))
    assert r"\x1b[31mred\x07" in result.output and "\x1b[31m" not in result.output


def test_other_encodings_are_read() -> None:
    text = "台積電"
    body = f"347=UTF-8|33=1|58=x|354={len(text.encode())}|355={text}|"
    result = run("-", stdin=message(f"35=B|34=2|49=A|56=B|52=20261122-09:30:00|148=h|{body}"))
    assert text in result.output
