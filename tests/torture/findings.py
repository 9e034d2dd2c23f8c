"""What is kept when a claim fails: the parties' records and logs, the house's log and journal, the seed."""

from __future__ import annotations

from pathlib import Path

from tests.torture.audit import Claim


def failed(claims: list[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.exceptions]


def verdict(claims: list[Claim], seed: str, folder: Path) -> str:
    """Empty when all claims hold; else what failed, with what chance, and where to look."""
    found = failed(claims)
    if not found:
        return ""
    text = "\n".join(map(str, found))
    (folder / "FINDINGS").write_text(f"seed {seed}\n{text}\n")
    return f"{text}\nseed {seed}; records, logs and journal are kept in {folder}"
