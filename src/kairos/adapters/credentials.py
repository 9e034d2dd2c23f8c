"""Passwords of FIX sessions: kept as a scrypt hash that carries its own parameters, compared in constant time.

    scrypt$16384$8$1$<salt>$<hash>        n, r, p, then salt and hash in base64

scrypt is RFC 7914. n=2**14, r=8, p=1 are its author's for logins that somebody waits for: 16 MiB and some 50 ms a try,
so that a stolen file is dear to search, and a flood of Logons is bounded work on one thread beside the order path.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from typing import Final

SCHEME: Final = "scrypt"
COST: Final = (2**14, 8, 1)
SALT_BYTES: Final = 16
HASH_BYTES: Final = 32
MAX_MEMORY: Final = 64 * 1024 * 1024  # a try takes 128*n*r bytes; what a line of the file may make us take is bounded
MAX_PASSES: Final = 16
MAX_PASSWORD_BYTES: Final = 1024  # the longest that a Logon can hold is far shorter; hashing it stays cheap


class PasswordHash:
    """A hash that can be asked. Make it with `parse_hash` or `hash_password`."""

    def __init__(self, n: int, r: int, p: int, salt: bytes, digest: bytes) -> None:
        self._n: Final = n
        self._r: Final = r
        self._p: Final = p
        self._salt: Final = salt
        self._digest: Final = digest

    def matches(self, password: str) -> bool:
        """Whether this is the password. Takes as long for a wrong one."""
        given = password.encode()
        if len(given) > MAX_PASSWORD_BYTES:
            return False
        digest = _scrypt(given, self._salt, self._n, self._r, self._p, len(self._digest))
        return hmac.compare_digest(digest, self._digest)

    def __str__(self) -> str:
        salt, digest = (b64encode(part).decode("ascii") for part in (self._salt, self._digest))
        return f"{SCHEME}${self._n}${self._r}${self._p}${salt}${digest}"

    def __repr__(self) -> str:
        return "PasswordHash(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PasswordHash) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def hash_password(password: str) -> PasswordHash:
    """A new hash of it, with a salt of its own."""
    if not 0 < len(password.encode()) <= MAX_PASSWORD_BYTES:
        raise ValueError(f"a password has 1 to {MAX_PASSWORD_BYTES} bytes")
    n, r, p = COST
    salt = secrets.token_bytes(SALT_BYTES)
    return PasswordHash(n, r, p, salt, _scrypt(password.encode(), salt, n, r, p, HASH_BYTES))


def parse_hash(text: str) -> PasswordHash:
    """What `kairos fix hash-password` printed; ValueError says what is wrong, and never shows the text."""
    remedy = "make one with `kairos fix hash-password`"
    parts = text.split("$")
    if len(parts) != 6 or parts[0] != SCHEME or not all(part.isdecimal() and len(part) < 9 for part in parts[1:4]):
        raise ValueError(f"is not a password hash (scrypt$n$r$p$salt$hash); {remedy}")
    n, r, p = (int(part) for part in parts[1:4])
    try:
        salt, digest = (b64decode(part, validate=True) for part in parts[4:])
    except binascii.Error as error:
        raise ValueError(f"has a salt or hash that is not base64; {remedy}") from error
    power_of_two = n > 1 and n & (n - 1) == 0
    if not power_of_two or not r or not 1 <= p <= MAX_PASSES or 128 * n * r > MAX_MEMORY or n * r * p < COST[0]:
        raise ValueError(f"has scrypt parameters n={n} r={r} p={p}, too weak or too dear to check; {remedy}")
    if len(salt) < SALT_BYTES // 2 or len(digest) < HASH_BYTES // 2:
        raise ValueError(f"has a salt or hash that is too short; {remedy}")
    return PasswordHash(n, r, p, salt, digest)


def _scrypt(password: bytes, salt: bytes, n: int, r: int, p: int, size: int) -> bytes:
    return hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, maxmem=2 * MAX_MEMORY, dklen=size)
