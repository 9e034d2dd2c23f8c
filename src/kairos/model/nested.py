"""Commands inside a command: what a list or a cross holds, as the same records that go over the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from librt.strings import BytesWriter
from mypy_extensions import i64

from kairos.model.commands import Command, SubmitOrder
from kairos.model.enums import HandlInst
from kairos.model.wire import decode_command, encode_command
from kairos.model.wire_types import WireError

HEAD_BYTES = 6  # code, version, length of the rest


def encode_commands(commands: Sequence[Command]) -> bytes:
    """Commands back to back."""
    w = BytesWriter()
    for command in commands:
        encode_command(w, command)
    return w.getvalue()


def decode_commands(data: bytes) -> list[Command]:
    """The commands in `data`; `WireError` for bytes that no version of Kairos wrote."""
    commands: list[Command] = []
    at: i64 = 0
    while at < len(data):
        if at + HEAD_BYTES > len(data):
            raise WireError(f"command at offset {at} is cut off")
        behind: i64 = at + HEAD_BYTES + int.from_bytes(data[at + 2 : at + HEAD_BYTES], "little")
        commands.append(decode_command(data[at:behind]))
        at = behind
    return commands


def by_hand(order: SubmitOrder) -> SubmitOrder:
    """The same order for a person to work, as both sides of a cross are."""
    values = [HandlInst.MANUAL if name == "handl_inst" else getattr(order, name) for name in order.names()]
    make: Callable[..., SubmitOrder] = SubmitOrder
    return make(*values)
