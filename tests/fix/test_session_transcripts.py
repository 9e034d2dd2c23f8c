"""The transcripts in tests/transcripts: each line of FIX in, and all that must come of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.transcripts.runner import TranscriptError, play

TRANSCRIPTS = sorted((Path(__file__).parent.parent / "transcripts").glob("*.def"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("byte_by_byte", [False, True], ids=["whole", "byte by byte"])
def test_transcript(path: Path, byte_by_byte: bool) -> None:
    """The session does what the transcript says, however its bytes were cut."""
    assert play(path, byte_by_byte) > 0


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
