"""Which fields a message has, in which order: its MsgType(35) and its tags.

A session's messages mostly have the fields of the last one of their type, in the same order. They share its Layout, so
that what the tags alone decide is found out once, and a text that stands where the last message had the same one is
that very text: an account or a symbol is not made anew for each order.

Who reads an order asks for some fifty fields, most of which are absent. So a table says, for the last byte of a tag,
where the first field with such a tag is: there the search begins, and mostly it ends there, or need not begin.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from librt.vecs import vec
from mypy_extensions import i64, mypyc_attr, u8

from kairos.fix.dictionary import Dictionary
from kairos.fix.specs import FieldSpec

ABSENT: Final = -1

TABLE_MASK: Final = 255
TABLE_FIELDS: Final[i64] = 255
_TABLE_SIZE: Final = 256
"""An entry is a byte: 0 for none, else 1 more than the index of one of the first 255 fields."""

WORD: Final = 8
_MASKS: Final = vec[i64]([(1 << 8 * size) - 1 for size in range(WORD)])
"""By number of bytes less than eight: what of a word they are."""
_MAX_TEXT: Final = 64
_MAX_FRAME: Final = 1_024
"""Longer texts are rarely repeated; and a text is kept with the frame that it stood in, some of a session's at most."""


@mypyc_attr(acyclic=True)
class Layout:
    """The tags of a message, in arrival order; `first` is the table that a search begins with.

    allowed_by, fields: the dictionary that has nothing against these tags, with the field that each is; the values have
                        still to be looked at
    note, kept:         for who reads the messages: what these tags mean to him (0: not looked at yet), and what he
                        keeps for the next of this layout
    """

    __slots__ = (
        "_frames",
        "_sizes",
        "_starts",
        "_texts",
        "allowed_by",
        "fields",
        "first",
        "kept",
        "msg_type",
        "note",
        "tags",
    )

    def __init__(self, msg_type: str, tags: vec[i64]) -> None:
        self.msg_type: Final = msg_type
        self.tags = tags
        self.allowed_by: Dictionary | None = None
        self.fields: list[FieldSpec] = []
        self.note: i64 = 0
        self.kept: object | None = None
        self.first = _first_fields(tags)
        self._texts: list[str] = []
        self._frames: list[bytes] = []
        self._starts = vec[i64]()
        self._sizes = vec[i64]()

    def share(self) -> None:
        """From now on messages have it in common: keep the texts that they may repeat."""
        count = len(self.tags)
        self._texts = [""] * count
        self._frames = [b""] * count
        self._starts = vec[i64]([0] * count)
        self._sizes = vec[i64]([0] * count)

    def is_shared(self) -> bool:
        return len(self._sizes) > 0

    def allow(self, dictionary: Dictionary, fields: list[FieldSpec]) -> None:
        """Note that the dictionary has nothing against these tags, and which field each is."""
        self.allowed_by = dictionary
        self.fields = fields

    def text(self, i: i64, raw: bytes, start: i64, end: i64) -> str:
        """The text of field `i`. Any byte is a character in ISO-8859-1, so this can't fail."""
        size: i64 = end - start
        if i >= len(self._sizes) or size > _MAX_TEXT or end + WORD > len(raw):
            return raw[start:end].decode("iso-8859-1")
        if self._sizes[i] == size and same_bytes(self._frames[i], self._starts[i], raw, start, size):
            return self._texts[i]
        text = raw[start:end].decode("iso-8859-1")
        if len(raw) <= _MAX_FRAME:
            self._texts[i] = text
            self._frames[i] = raw
            self._starts[i] = start
            self._sizes[i] = size
        return text


def same_bytes(one: bytes, start: i64, other: bytes, other_start: i64, size: i64) -> bool:
    """Whether so many bytes are the same. Behind them must be seven more in each, as the trailer of a frame is."""
    i: i64 = 0
    while i + WORD <= size:
        if read_i64_le(one, start + i) != read_i64_le(other, other_start + i):
            return False
        i += WORD
    if i == size:
        return True
    differing: i64 = read_i64_le(one, start + i) ^ read_i64_le(other, other_start + i)
    return differing & _MASKS[size - i] == 0


def _first_fields(tags: vec[i64]) -> vec[u8]:
    first = vec[u8]([0] * _TABLE_SIZE)
    count: i64 = len(tags)
    i: i64 = min(count, TABLE_FIELDS)
    while i > 0:
        first[tags[i - 1] & TABLE_MASK] = u8(i)
        i -= 1
    return first
