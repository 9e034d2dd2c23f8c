"""NewOrderCross(s), CrossOrderCancelReplaceRequest(t), CrossOrderCancelRequest(u) become commands: each side is read as
the message that it would be alone."""

from __future__ import annotations

from kairos.adapters.fix_mapping.client_in import ClientDoor, cancellation, new_order, replacement
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.parts import Parts, group_in
from kairos.adapters.fix_mapping.reading import read_id
from kairos.adapters.fix_mapping.rejection import unsupported
from kairos.adapters.fix_mapping.rules_groups import ALONE, OWN_TAGS, refuse_fields_of_whole
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.model.commands import CancelCross, ReplaceCross, SubmitCross
from kairos.model.nested import by_hand, encode_commands


def read_cross(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> SubmitCross:
    orders = [by_hand(new_order(side, door, directory)) for side in _sides(message, door)]
    cross_id = read_id(message, t.CROSS_ID)
    return SubmitCross(cross_id, door.client_id, door.session_id, encode_commands(orders), "")


def read_cross_replace(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> ReplaceCross:
    """In FIX 4.4 and 5.0 a side has no OrigClOrdID(41): the cross and Side(54) say which order it is."""
    requests = [replacement(side, door, directory, names_order=False) for side in _sides(message, door)]
    cross_id, orig = read_id(message, t.CROSS_ID), read_id(message, t.ORIG_CROSS_ID)
    return ReplaceCross(cross_id, door.client_id, door.session_id, orig, encode_commands(requests), "")


def read_cross_cancel(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> CancelCross:
    requests = [cancellation(side, door, directory) for side in _sides(message, door)]
    cross_id, orig = read_id(message, t.CROSS_ID), read_id(message, t.ORIG_CROSS_ID)
    return CancelCross(cross_id, door.client_id, door.session_id, orig, encode_commands(requests), "")


def _sides(message: Message, door: ClientDoor) -> list[Message]:
    msg_type = message.msg_type
    parts = Parts(message, group_in(door.dialect.version, msg_type, t.NO_SIDES))
    refuse_fields_of_whole(parts.head(), strict=False)
    if len(parts.entries) != 2:
        raise unsupported(message, t.NO_SIDES, "a cross has two sides")
    return [parts.part(ALONE[msg_type], entry, True, OWN_TAGS[msg_type]) for entry in parts.entries]
