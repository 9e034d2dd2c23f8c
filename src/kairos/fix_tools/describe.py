"""Messages and sums as lines for people, for a screen of 100 columns.

A line is a list of pieces, each with a style's name; who prints decides what a style looks like. Header and trailer
are run together, since one seldom needs them; each field of the body has its line, groups are indented.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final, TypeAlias

from kairos.fix.specs import HEADER, TRAILER
from kairos.fix_tools.analysis import LogMessage
from kairos.fix_tools.fields import NO_TAG, Node, nest
from kairos.fix_tools.gist import gist
from kairos.fix_tools.meanings import Meanings
from kairos.fix_tools.sequences import Run
from kairos.fix_tools.summary import Count, Summary

PLAIN: Final = ""
HEAD: Final = "head"
FAINT: Final = "faint"
NAME: Final = "name"
MEANING: Final = "meaning"
BAD: Final = "bad"
GOOD: Final = "good"

WIDTH: Final = 100
_NAME_COLUMN: Final = 26
_MAX_GAPS_TOLD: Final = 6
_MAX_RUNS_TOLD: Final = 5

Line: TypeAlias = list[tuple[str, str]]


def brief(message: LogMessage, meanings: Meanings) -> Iterator[Line]:
    """One line for the message, one for each thing wrong with it."""
    line = _heading(message)
    used = sum(len(text) for text, _ in line)
    words = _shown(gist(message, meanings))
    if used + 2 + len(words) <= WIDTH:
        yield [*line, ("  " + words if words else "", PLAIN)]
    else:
        yield line
        for part in textwrap.wrap(words, WIDTH - 8):
            yield [("        " + part, PLAIN)]
    yield from _faults(message, "        ")


def full(message: LogMessage, meanings: Meanings) -> Iterator[Line]:
    """Every field of the message."""
    yield _heading(message)
    prefix = _shown(message.found.prefix.decode("utf-8", "replace"))
    if prefix:
        yield [("  log      ", FAINT), (textwrap.shorten(prefix, WIDTH - 12, placeholder=" ..."), FAINT)]
    regions = _regions(message)
    yield from _run_together("  header   ", regions[0], message)
    for node in regions[1]:
        yield from _node(node, message, meanings, 4)
    yield from _run_together("  trailer  ", regions[2], message)
    yield from _faults(message, "  ")
    yield []


def _heading(message: LogMessage) -> Line:
    style = BAD if message.problems else HEAD
    parts = [f"#{message.number}", f"line {message.found.line}", message.time, message.direction]
    parts += [f"{message.sender or '?'} -> {message.target or '?'}", f"seq {message.seq or '?'}"]
    return [(_shown("  ".join(part for part in parts if part)) + "  ", FAINT), (_shown(message.name), style)]


def _faults(message: LogMessage, indent: str) -> Iterator[Line]:
    for problem in message.problems:
        lines = textwrap.wrap(f"{problem.code}: {_shown(problem.text)}", WIDTH - len(indent) - 2)
        for place, part in enumerate(lines):
            yield [(f"{indent}{'! ' if place == 0 else '  '}{part}", BAD)]
    for note in message.notes:
        yield [(f"{indent}({_shown(note)})", FAINT)]


def _regions(message: LogMessage) -> tuple[list[Node], list[Node], list[Node]]:
    spec = message.spec
    regions: tuple[list[Node], list[Node], list[Node]] = ([], [], [])
    for node in nest(message.fields.all, spec):
        tag = node.field.tag
        member = spec.members.find(tag) if spec is not None else None
        if member is not None:
            place = 0 if member.region == HEADER else 2 if member.region == TRAILER else 1
        else:
            place = 0 if tag in (8, 9, 35, 34, 49, 52, 56) else 2 if tag == 10 else 1
        regions[1 if node.entries else place].append(node)
    return regions


def _run_together(label: str, nodes: list[Node], message: LogMessage) -> Iterator[Line]:
    words = [f"{node.field.tag} {_name(node, message)}={_shown(message.fields.text(node.field))}" for node in nodes]
    indent = " " * len(label)
    for place, part in enumerate(_packed(words, WIDTH - len(label))):
        yield [(label if place == 0 else indent, FAINT), (part, FAINT)]


def _packed(words: list[str], width: int) -> list[str]:
    """Words parted by two blanks, none of them broken between lines."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 2 + len(word) <= width:
            lines[-1] += "  " + word
        else:
            lines.append(word)
    return lines


def _node(node: Node, message: LogMessage, meanings: Meanings, indent: int, mark: str = "") -> Iterator[Line]:
    """A field, and the entries of the group that it counts; `mark` numbers the entry that it begins."""
    value = message.fields.text(node.field)
    tag = str(node.field.tag) if node.field.tag != NO_TAG else "?"
    name = _name(node, message)
    meaning = meanings.of(node.field.tag, value)
    left = f"{mark:>{indent}}{tag:>5} "
    room = max(30, WIDTH - len(left) - _NAME_COLUMN - 1)
    shown = _shown(value)
    parts = [shown[at : at + room] for at in range(0, len(shown), room)] or [""]
    line: Line = [(left, FAINT), (f"{name:<{_NAME_COLUMN}} ", NAME), (parts[0], PLAIN)]
    yield [*line, ("  " + meaning, MEANING)] if meaning else line
    for part in parts[1:]:
        yield [(" " * (len(left) + _NAME_COLUMN + 1) + part, PLAIN)]
    for number, entry in enumerate(node.entries or (), 1):
        for place, each in enumerate(entry):
            yield from _node(each, message, meanings, indent + 6, "" if place else f"[{number}]")


def _name(node: Node, message: LogMessage) -> str:
    return message.field_name(node.field.tag) or ("(own)" if node.field.tag >= 5000 else "?")


def _shown(text: str) -> str:
    """Control characters would upset a terminal, so they are spelled."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def sums(summary: Summary) -> Iterator[Line]:
    """By type, by reason, by session."""
    everything = summary.all
    if summary.passed_by == 0:
        yield [("no FIX message found", BAD)]
        return
    if everything.total == 0:
        yield [(f"none of the {summary.passed_by} messages is of that kind", PLAIN)]
        return
    yield [(f"{everything.total} messages: ", HEAD), (f"{everything.valid} valid", GOOD), *_broken(everything)]
    yield []
    yield [(f"  {'message':<44} {'count':>9} {'rejected':>9} {'garbled':>9}", FAINT)]
    for name, count in summary.types_by_count():
        yield [
            (f"  {_shown(name):<44} {count.total:>9} ", PLAIN),
            (f"{count.rejected or '':>9} {count.garbled or '':>9}", BAD),
        ]
    if summary.reasons:
        yield []
        yield [(f"  {'problem':<44} {'messages':>9} {'first':>9}", FAINT)]
    for code, reason in summary.reasons_by_count():
        yield [(f"  {code:<44} ", BAD), (f"{reason.count:>9} {'#' + str(reason.first):>9}", PLAIN)]
        for part in textwrap.wrap(f"e.g. {_shown(reason.text)}", WIDTH - 6):
            yield [("      " + part, FAINT)]
    yield from _sessions(summary)


def _broken(count: Count) -> Line:
    """Rejected: an engine answers with a Reject(3). Garbled: it ignores the message."""
    rejected = f", {count.rejected} to be rejected for their content" if count.rejected else ""
    garbled = f", {count.garbled} garbled" if count.garbled else ""
    return [(rejected + garbled, BAD)]


def _sessions(summary: Summary) -> Iterator[Line]:
    directions = summary.sequences.directions
    if directions:
        yield []
        yield [(f"  {'session of the log, from its sender':<44} {'messages':>9}  sequence numbers", FAINT)]
    for session, runs in sorted(directions.items()):
        total = sum(run.count for run in runs)
        line = f"  {_shown(session):<44} {total:>9}  "
        if len(runs) == 1:
            yield [(f"{line}{_range(runs[0])}", PLAIN), (_oddities(runs[0]), BAD)]
            yield from _gaps(runs[0])
            continue
        yield [(f"{line}{len(runs) - 1} resets", PLAIN)]
        told = [run for run in runs if len(runs) <= _MAX_RUNS_TOLD or _oddities(run)][:_MAX_RUNS_TOLD]
        for run in told:
            yield [(f"  {'':<44} {run.count:>9}  {_range(run)}", PLAIN), (_oddities(run), BAD)]
            yield from _gaps(run)
        if len(told) < len(runs):
            yield [(f"      {len(runs) - len(told)} more runs of numbers; --json tells them all", FAINT)]


def _range(run: Run) -> str:
    return f"{run.first}-{run.last}" if run.count else "none"


def _gaps(run: Run) -> Iterator[Line]:
    if run.gaps:
        gaps = [f"{low}-{high}" if high > low else str(low) for low, high in run.gaps[:_MAX_GAPS_TOLD]]
        more = " ..." if len(run.gaps) > _MAX_GAPS_TOLD or run.lost_gaps else ""
        yield [(f"      missing: {', '.join(gaps)}{more}", BAD)]


def _oddities(run: Run) -> str:
    words = [
        f"{run.missing()} missing" if run.gaps else "",
        f"{run.repeated} twice or too low" if run.repeated else "",
        f"{run.resent} resent" if run.resent else "",
    ]
    return "".join(f", {word}" for word in words if word)
