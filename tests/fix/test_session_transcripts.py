"""The transcripts in tests/transcripts: each line of FIX in, and all that must come of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.transcripts.runner import TranscriptError, play, versions_of

TRANSCRIPTS = sorted((Path(__file__).parent.parent / "transcripts").glob("*.def"))
PLAYS = [(path, version) for path in TRANSCRIPTS for version in versions_of(path)]


@pytest.mark.parametrize(("path", "version"), PLAYS, ids=[f"{path.stem} {version}" for path, version in PLAYS])
@pytest.mark.parametrize("byte_by_byte", [False, True], ids=["whole", "byte by byte"])
def test_transcript(path: Path, version: str, byte_by_byte: bool) -> None:
    """The session does what the transcript says, in each version that has what it needs, however its bytes were cut."""
    assert play(path, byte_by_byte, version) > 0


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("i CONNECT\nI35=A|34=1|98=0|108=30|\nE35=A|34=2|98=0|108=30|\n", "came: E35=A|34=1"),
        ("i CONNECT\nI35=A|34=1|98=0|108=30|\n", "not expected at the end"),
        ("i CONNECT\nE35=A|34=1|98=0|108=30|\n", "nothing came"),
        ("i CONNECT\nN in=2 out=1\n", "the session has N in=1 out=1"),
    ],
)
def test_a_difference_is_seen(tmp_path: Path, lines: str, complaint: str) -> None:
    """The runner itself can fail."""
    path = tmp_path / "wrong.def"
    path.write_text(lines)
    with pytest.raises(TranscriptError, match=complaint.replace("|", r"\|")):
        play(path)
