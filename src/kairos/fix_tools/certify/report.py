"""What a certification found, for the screen, as Markdown and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kairos.fix_tools.certify.suite import Result

MARKS: Final = {"passed": "ok", "failed": "FAILED", "skipped": "skipped"}


def summary(results: list[Result]) -> str:
    counts = {outcome: sum(result.outcome == outcome for result in results) for outcome in MARKS}
    return f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped"


def told(result: Result) -> str:
    """One case in a line, and a line more for each finding."""
    lines = [f"{MARKS[result.outcome]:8}{result.case.name}"]
    if result.skipped:
        lines[0] += f" ({result.skipped})"
    if result.findings and result.step:
        lines.append(f"        at step: {result.step}")
    lines += [f"        {finding}" for finding in result.findings]
    return "\n".join(lines)


def as_json(session_id: str, results: list[Result]) -> str:
    rows = [
        {
            "case": result.case.name,
            "ask": result.case.ask,
            "outcome": result.outcome,
            "step": result.step if result.findings else "",
            "findings": result.findings,
            "seconds": round(result.seconds, 3),
        }
        for result in results
    ]
    return json.dumps({"session": session_id, "summary": summary(results), "cases": rows}, indent=2) + "\n"


def as_markdown(session_id: str, results: list[Result]) -> str:
    lines = [f"# FIX certification of {session_id}", "", f"{summary(results)}.", ""]
    lines += ["| case | outcome | findings |", "|---|---|---|"]
    for result in results:
        findings = "<br>".join(finding.replace("|", "\\|") for finding in result.findings) or result.skipped
        lines.append(f"| {result.case.name} | {result.outcome} | {findings} |")
    return "\n".join(lines) + "\n"


def write_report(path: Path, session_id: str, results: list[Result]) -> None:
    """By the file's ending: .json, or Markdown."""
    make = as_json if path.suffix == ".json" else as_markdown
    path.write_text(make(session_id, results), "utf-8")
