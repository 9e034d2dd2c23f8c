"""The documents tell the truth, where a machine can see it: tables, links, paths, commands and targets."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kairos.cli.main import main

REPO = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*REPO.glob("*.md"), *REPO.glob("docs/*.md")])
NAMES = [path.relative_to(REPO).as_posix() for path in DOCUMENTS]

LINK = re.compile(r"""\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)\"""")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
PLACE = re.compile(r"(?:src|tests|tools|docs|examples|bench|requirements)/[\w./*-]+|\.ci/\w+")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
# Nothing that a reader needs lies elsewhere; the acknowledgment of QuickFIX must name its address.
ADDRESSES = ("http://www.quickfixengine.org/", "http://127.0.0.1:")


def commands_in(text: str) -> Iterator[str]:
    """Each `kairos ...` that the text tells people to type: a line of a code block, or a piece of inline code."""
    for block in FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            command = " ".join(line.split(" #")[0].removeprefix("$ ").removeprefix(".venv/bin/").split())
            if command.startswith("kairos "):
                yield command
    for piece in CODE.findall(FENCE.sub("", text)):
        if piece.startswith("kairos "):
            yield piece


def fault_of_command(command: str) -> str:
    """What is wrong with a command line; "" if the command and all its options exist. A group alone is fine."""
    found: click.Command = main
    words = command.split()[1:]
    while words and isinstance(found, click.Group) and not words[0].startswith("-"):
        inner = found.get_command(click.Context(found), words[0])
        if inner is None:
            return f"{command}: no command {words[0]!r}"
        found = inner
        words.pop(0)
    known = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)}
    known |= {"--help", "-h"}
    wrong = [word for word in words if word.startswith("-") and word.split("=")[0] not in known]
    return f"{command}: no option {wrong[0]}" if wrong else ""


def faults_of_links(path: Path, text: str) -> Iterator[str]:
    for pair in LINK.findall(text):
        target = (pair[0] or pair[1]).split("#")[0]
        if target and not target.startswith("http") and not (path.parent / target).exists():
            yield f"{path.name}: {target} does not exist"


def faults_of_places(text: str) -> Iterator[str]:
    for piece in CODE.findall(text):
        if PLACE.fullmatch(piece) and not any(REPO.glob(piece.rstrip("/"))):
            yield f"{piece} does not exist"


def faults_of_targets(text: str) -> Iterator[str]:
    targets = set(re.findall(r"^([a-z]+):", (REPO / "Makefile").read_text("utf-8"), re.MULTILINE))
    written = [*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))]
    yield from (f"make {name} does not exist" for code in written for name in MAKE.findall(code) if name not in targets)


def test_made_parts_are_what_the_code_says() -> None:
    command = [sys.executable, str(REPO / "tools" / "make_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_relative_link_leads_somewhere(name: str) -> None:
    path = REPO / name
    assert list(faults_of_links(path, path.read_text("utf-8"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_file_named_is_there(name: str) -> None:
    assert list(faults_of_places((REPO / name).read_text("utf-8"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_named_exists(name: str) -> None:
    text = (REPO / name).read_text("utf-8")
    assert [fault for command in commands_in(text) if (fault := fault_of_command(command))] == []
    assert list(faults_of_targets(text)) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_reader_is_sent_to_another_address(name: str) -> None:
    found = re.findall(r"https?://[^\s)>\"'`]*", (REPO / name).read_text("utf-8"))
    assert [address for address in found if not address.startswith(ADDRESSES)] == []


def test_the_command_rule_fires() -> None:
    text = "```\n$ kairos orders --sideways\nkairos order \\\n  borrow 5\n```\n`kairos journal burn`, `kairos watch`"
    assert [fault_of_command(command) for command in commands_in(text)] == [
        "kairos orders --sideways: no option --sideways",
        "kairos order borrow 5: no command 'borrow'",
        "kairos journal burn: no command 'burn'",
        "",
    ]


def test_the_other_rules_fire() -> None:
    text = '[a](nowhere.md) <img src="nowhere.svg"> `src/kairos/nowhere.py` `make nothing`'
    assert len(list(faults_of_links(REPO / "README.md", text))) == 2
    assert list(faults_of_places(text)) == ["src/kairos/nowhere.py does not exist"]
    assert list(faults_of_targets(text)) == ["make nothing does not exist"]
