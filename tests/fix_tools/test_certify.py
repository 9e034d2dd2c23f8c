"""`kairos fix certify` against a client that is right, and against clients that are wrong in one way each."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.fix_tools.certify_client import CertifyClient

from kairos.fix_tools.certify.cases import ScriptError, Step, load_cases, read_cases
from kairos.fix_tools.certify.steps import VERBS

CASES = [case.name for case in load_cases((), VERBS)]


def certify(
    folder: Path, faults: str = "", cases: tuple[str, ...] = (), version: str = "FIX.4.4", option: str = "--announce"
) -> tuple[int, dict[str, list[str]]]:
    """The exit code, and the findings of each case."""
    report = folder / "report.json"
    command = [sys.executable, "-m", "kairos", "fix", "certify", "--port", "0", "--target", "CLIENT", "--timeout", "8"]
    command += [option, "--version", version, "--report", str(report)]
    command += [word for case in cases for word in ("--case", case)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment) as process:
        assert process.stdout is not None
        port = 0
        said = []
        while not port:
            said.append(process.stdout.readline())
            assert said[-1], said
            listens = re.search(rb"listens on .*:(\d+)", said[-1])
            port = int(listens[1]) if listens else 0
        begin_string = "FIXT.1.1" if version.startswith("FIX.5") else version
        client = CertifyClient(port, begin_string, frozenset(faults.split()))
        thread = threading.Thread(target=client.run)
        thread.start()
        try:
            process.stdout.read()
            code = process.wait(10)
        finally:
            process.kill()
            client.stopped.set()
            thread.join()
    rows: list[dict[str, Any]] = json.loads(report.read_text())["cases"]
    return code, {row["case"]: row["findings"] for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.4", "FIX.5.0SP2"])
def test_a_client_that_is_right_passes_every_case(version: str, tmp_path: Path) -> None:
    assert certify(tmp_path, version=version) == (0, {case: [] for case in CASES})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "cases", "wrong", "words"),
    [
        ("reuses-ids", ("new-and-filled", "busted", "test-request"), {"busted"}, "ClOrdID(11)=SAME was used before"),
        ("resends-orders", ("new-and-filled", "never-answered"), {"never-answered"}, "expected no D"),
        ("wrong-chain", ("canceled", "new-and-filled"), {"canceled"}, "OrigClOrdID(41)"),
        ("market-for-limit", ("filled-before-acknowledged", "busted"), {"busted"}, "expected OrdType(40)=2"),
        ("no-heartbeats", ("test-request", "heartbeat"), {"heartbeat"}, "Heartbeat(0), nothing came in time"),
        ("ignores-gaps", ("new-and-filled", "gap-in-reports"), {"gap-in-reports"}, "expected ResendRequest(2)"),
        ("resets", ("new-and-filled", "line-drops"), {"line-drops"}, "expected no ResetSeqNumFlag(141)"),
    ],
)
def test_a_client_that_is_wrong_fails_where_it_is(
    fault: str, cases: tuple[str, ...], wrong: set[str], words: str, tmp_path: Path
) -> None:
    code, findings = certify(tmp_path, fault, cases)
    assert code == 1
    assert {case for case in cases if findings[case]} == wrong
    assert any(words in finding for case in wrong for finding in findings[case])


def test_a_step_is_a_verb_with_arguments_and_fields() -> None:
    step = Step("lose expect D 38=100 44=* -41 'two words'")
    assert (step.lost, step.verb, step.args) == (True, "expect", ["D", "two words"])
    assert step.fields == {38: "100", 44: "*", 41: None}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no [[case]]"),
        ("[[case]]\nname = 1", "name and ask are texts"),
        ('[[case]]\nname = "a"\nask = "b"\nsteps = ["jump"]', "unknown step 'jump'"),
        ('[[case]]\nname = "a"\nask = "b"\nsteps = ["reject \'x"]', "No closing quotation"),
        ('[[case]]\nname = "a"\nask = "b"\nsteps = ["ack"]\nmore = 1', "unknown more"),
        ("case = ]", "Invalid value"),
    ],
)
def test_a_script_that_is_wrong_says_where(text: str, words: str) -> None:
    with pytest.raises(ScriptError, match=re.escape(words)):
        read_cases(text, "mine.toml", VERBS)


def test_every_case_that_ships_asks_for_a_quantity_of_its_own() -> None:
    asked = [case.steps[0].fields.get(38) for case in load_cases((), VERBS) if case.begins_with_order()]
    assert None not in asked
    assert len(asked) == len(set(asked))
