"""What a log writer put before a message: when, and whether it came in or went out. Nothing is guessed from arrows."""

from __future__ import annotations

import re
from typing import Final

_TIME: Final = re.compile(
    rb"(?:\d{4}[-/.]?\d\d[-/.]?\d\d|\d\d[-/.](?:\d\d|[A-Za-z]{3})[-/.]\d{4})[ T,-]{1,3}\d\d:?\d\d:?\d\d"
    rb"(?:[.,:]\d{1,9}(?:_\d{3})*)?(?:Z|[+-]\d\d:?\d\d)?"
    rb"|(?<![\d:])\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
)
_IN: Final = re.compile(
    rb"[\[(<](?i:in)[\])>]|\bIN\b|\bin:|\b(?i:incoming|inbound|recv|rcvd?|received?|receiving|fromapp|fromadmin|rx)\b"
)
_OUT: Final = re.compile(
    rb"[\[(<](?i:out)[\])>]|\bOUT\b|\bout:|\b(?i:outgoing|outbound|sent|sending|toapp|toadmin|tx|going out)\b"
)
"""As words "in" and "out" are too common: they count in brackets, in capitals, or before a colon."""


def time_in(prefix: bytes) -> str:
    """The writer's time as it stands there, in whatever zone the writer keeps; "" when there is none."""
    match = _TIME.search(prefix)
    return match[0].decode("ascii") if match else ""


def direction_in(prefix: bytes) -> str:
    """ "in", "out", or "" when the prefix does not say, or says both."""
    incoming, outgoing = _IN.search(prefix), _OUT.search(prefix)
    if (incoming is None) == (outgoing is None):
        return ""
    return "in" if incoming else "out"
