"""Passwords: kept as a hash that says how it was made, and never shown again."""

from __future__ import annotations

import pytest

from kairos.adapters.credentials import PasswordHash, hash_password, parse_hash

WRITTEN = str(hash_password("correct horse"))


def test_a_hash_fits_its_password_and_no_other() -> None:
    kept = parse_hash(WRITTEN)
    assert kept.matches("correct horse")
    assert not any(kept.matches(other) for other in ("", "correct horse ", "Correct horse", "x" * 5000))


def test_the_same_password_has_another_hash_each_time() -> None:
    assert str(hash_password("correct horse")) != WRITTEN
    assert WRITTEN.startswith("scrypt$16384$8$1$")


def test_a_hash_shows_nothing_of_itself_in_a_log() -> None:
    assert repr(parse_hash(WRITTEN)) == "PasswordHash(...)"
    assert str(parse_hash(WRITTEN)) == WRITTEN
    assert isinstance(parse_hash(WRITTEN), PasswordHash)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ("hunter2", "is not a password hash"),
        (WRITTEN.replace("scrypt", "md5"), "is not a password hash"),
        (WRITTEN.replace("16384", "2"), "too weak or too dear"),
        (WRITTEN.replace("16384", "16383"), "too weak or too dear"),
        (WRITTEN.replace("16384", "4194304"), "too weak or too dear"),
        (WRITTEN.replace("$8$1$", "$8$99$"), "too weak or too dear"),
        (WRITTEN[:-9] + "!!!!", "not base64"),
        ("scrypt$16384$8$1$AAAA$AAAA", "too short"),
    ],
    ids=["plain", "kind", "weak", "uneven", "dear", "parallel", "letters", "short"],  # the salt differs each time
)
def test_what_is_no_hash_is_refused_without_repeating_it(changed: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as refused:
        parse_hash(changed)
    assert changed not in str(refused.value)
    assert "kairos fix hash-password" in str(refused.value)


def test_an_empty_password_is_none() -> None:
    with pytest.raises(ValueError, match="1 to 1024 bytes"):
        hash_password("")
