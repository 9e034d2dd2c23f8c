"""What subscribers are told of a batch, cut from the bytes that the journal keeps: nothing is encoded for them anew."""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, read_i32_le, write_i32_le, write_i64_le
from mypy_extensions import i32, i64, u8

from kairos.adapters.link_frames import EVENT
from kairos.model.events import (
    CrossEvent,
    Event,
    ListEvent,
    MarketEvent,
    OrderEvent,
    ReferenceEvent,
    RiskEvent,
    RouteEvent,
)
from kairos.model.wire_types import HEAD
from kairos.ports import Batch

_VERSION: Final = 1  # bytes of a batch before its first record: its format's version
_EVENT: Final = EVENT


def is_told(event: Event, reference_only: bool) -> bool:
    """Whether subscribers hear of it: of all but the sessions' own numbers and messages."""
    if isinstance(event, (OrderEvent, RouteEvent)):
        return not reference_only
    return isinstance(event, (ListEvent, CrossEvent, ReferenceEvent, MarketEvent, RiskEvent))


def told(batch: Batch, events: list[Event], after: i64, reference_only: bool) -> bytes:
    """The frames of those of a batch's events that are told and have numbers above `after`, one an event."""
    body = batch.body
    version = u8(body[0])
    w = BytesWriter()
    at: i64 = _VERSION
    seq: i64 = batch.first_seq
    for event in events:
        size: i64 = HEAD + i64(read_i32_le(body, at + 2))
        if seq > after and is_told(event, reference_only):
            write_i32_le(w, i32(1 + 8 + _VERSION + size))
            w.append(_EVENT)
            write_i64_le(w, seq)
            w.append(version)
            w.write(body[at : at + size])
        at += size
        seq += 1
    return w.getvalue()
