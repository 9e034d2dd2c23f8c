"""The encodings that MessageEncoding(347) names for EncodedText(355) and its like.

FIX 4.2 to 5.0 SP2 name ISO-2022-JP, EUC-JP, Shift_JIS and UTF-8; the others are what houses of the region agree on. All
other fields are ASCII by the specification, and taken as ISO-8859-1.
"""

from __future__ import annotations

from typing import Final

_CODECS: Final[dict[str, str]] = {
    "iso-2022-jp": "iso2022_jp",
    "euc-jp": "euc_jp",
    "shift_jis": "shift_jis",
    "utf-8": "utf_8",
    "us-ascii": "ascii",
    "iso-8859-1": "iso8859_1",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
    "gb2312": "gb2312",
    "gbk": "gbk",
    "gb18030": "gb18030",
    "euc-kr": "euc_kr",
}
"""Python's codec by the name that IANA gives the encoding, in small letters."""


def is_known_encoding(name: str) -> bool:
    return name.lower() in _CODECS


def encode_text(text: str, encoding: str) -> bytes:
    """ValueError when the encoding, which is a known one, hasn't a character of the text."""
    return text.encode(_CODECS[encoding.lower()])


def decode_text(data: bytes, encoding: str) -> str:
    """ValueError when the bytes are not of the encoding, which is a known one."""
    return data.decode(_CODECS[encoding.lower()])
