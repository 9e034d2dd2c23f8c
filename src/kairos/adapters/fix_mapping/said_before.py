"""What the last order of a layout said beside its terms: orders mostly say what the one before said.

The bytes of the fields that say it are compared, which costs a tenth of reading them; and orders that say the same
share the object.
"""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

from kairos.fix import tags as t
from kairos.fix.layout import same_bytes
from kairos.fix.message import Message
from kairos.model.values import OrderDetails

_MAX_KEPT: Final = 1_024
"""Longer messages are rarely repeated, and each layout keeps one."""


class SaidBefore:
    """`places` are the indexes of the fields that say details, in all messages of the layout."""

    __slots__ = ("_ends", "_places", "_raw", "_starts", "details")

    def __init__(self, message: Message, places: list[int], details: OrderDetails) -> None:
        self._places = vec[i64](places)
        self.keep(message, details)

    def keep(self, message: Message, details: OrderDetails) -> None:
        self._raw = message.raw
        self._starts = message.starts
        self._ends = message.ends
        self.details = details

    def repeats(self, message: Message) -> bool:
        """Whether a message of the layout says the same."""
        raw, starts, ends = message.raw, message.starts, message.ends
        for place in self._places:
            start: i64 = starts[place]
            before: i64 = self._starts[place]
            size: i64 = ends[place] - start
            if self._ends[place] - before != size or not same_bytes(self._raw, before, raw, start, size):
                return False
        return True


def details_said_before(message: Message) -> OrderDetails | None:
    """The details of the last order of this layout, if this one says the same; None: they must be read."""
    before = message.layout.kept
    if isinstance(before, SaidBefore) and before.repeats(message):
        return before.details
    return None


def keep_said(message: Message, details: OrderDetails, detail_tags: frozenset[int]) -> None:
    """Keep what was read for the next order of this layout; also its encoding and a house's own fields count."""
    layout = message.layout
    if not layout.is_shared() or len(message.raw) > _MAX_KEPT:
        return
    before = layout.kept
    if isinstance(before, SaidBefore):
        before.keep(message, details)
        return
    places = [
        place
        for place, tag in enumerate(message.tags)
        if tag in detail_tags or tag == t.MESSAGE_ENCODING or tag >= t.USER_DEFINED_TAGS_START
    ]
    layout.kept = SaidBefore(message, places, details)
