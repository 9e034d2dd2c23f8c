"""NewOrderList(E), ListExecute(L), ListCancelRequest(K), ListStatusRequest(M) become commands."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.client_in import ClientDoor, new_order
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.parts import Parts, group_in
from kairos.adapters.fix_mapping.reading import MAX_TEXT, read_id, read_required, read_text
from kairos.adapters.fix_mapping.rejection import unsupported
from kairos.adapters.fix_mapping.rules_groups import OWN_TAGS, refuse_fields_of_whole
from kairos.fix import tags as t
from kairos.fix.layout import ABSENT
from kairos.fix.message import Message
from kairos.model.commands import CancelList, Command, ExecuteList, RequestListStatus, SubmitList, SubmitOrder
from kairos.model.enums import ListExecInstType
from kairos.model.nested import encode_commands

_EXEC_INST_TYPES: Final = {kind.value: kind for kind in ListExecInstType}
_OWN_TAGS: Final = OWN_TAGS[t.NEW_ORDER_LIST]


def read_list(message: Message, door: ClientDoor, directory: InstrumentDirectory) -> SubmitList:
    """A list, or the part of one that a message has. In FIX 4.0 and 4.1 each message has one order."""
    group = group_in(door.dialect.version, t.NEW_ORDER_LIST, t.NO_ORDERS)
    parts = Parts(message, group)
    if group is None:
        orders = [new_order(parts.alone(t.NEW_ORDER_SINGLE, _OWN_TAGS), door, directory)]
    else:
        refuse_fields_of_whole(parts.head(), strict=True)
        _check_sequence(parts)
        orders = [_order(parts, i, door, directory) for i in range(len(parts.entries))]
    return SubmitList(
        list_id=read_id(message, t.LIST_ID),
        client_id=door.client_id,
        session=door.session_id,
        tot_no_orders=_total(message),
        exec_inst_type=_exec_inst_type(message, has_group=group is not None),
        text=message.get(t.LIST_EXEC_INST)[:MAX_TEXT],
        orders=encode_commands(orders),
        last_fragment=message.get_bool(t.LAST_FRAGMENT),
        poss_resend=message.get_bool(t.POSS_RESEND),
        user_id="",
    )


def _order(parts: Parts, i: int, door: ClientDoor, directory: InstrumentDirectory) -> SubmitOrder:
    """An order of the list, its fields allowed as those of a NewOrderSingle(D) are."""
    entry = parts.entries[i]
    refuse_fields_of_whole(parts.part(t.NEW_ORDER_LIST, entry, False, frozenset()), strict=False)
    return new_order(parts.part(t.NEW_ORDER_SINGLE, entry, False, _OWN_TAGS), door, directory)


def _check_sequence(parts: Parts) -> None:
    before = 0
    for entry in parts.entries:
        number = entry.get_int(t.LIST_SEQ_NO)
        if number <= before:
            raise unsupported(parts.message, t.LIST_SEQ_NO, f"{number} comes after {before}: the numbers ascend from 1")
        before = number


def _total(message: Message) -> int:
    read_required(message, t.TOT_NO_ORDERS)
    total = message.get_int(t.TOT_NO_ORDERS)
    if total <= 0:
        raise unsupported(message, t.TOT_NO_ORDERS, "a list has orders")
    return total


def _exec_inst_type(message: Message, has_group: bool) -> ListExecInstType:
    """Before FIX 4.2 a list always waits: ListExecute(L) begins it."""
    if message.find(t.LIST_EXEC_INST_TYPE) == ABSENT:
        return ListExecInstType.IMMEDIATE if has_group else ListExecInstType.WAIT_FOR_EXECUTE
    kind = _EXEC_INST_TYPES.get(message.get(t.LIST_EXEC_INST_TYPE))
    if kind is None:
        raise unsupported(message, t.LIST_EXEC_INST_TYPE, "at once (1) and wait for ListExecute(L) (2) are")
    return kind


def read_list_request(message: Message, door: ClientDoor) -> Command:
    """What is asked of a list by its name. Other fields are informational: a cancel must pass."""
    list_id = read_id(message, t.LIST_ID)
    if message.msg_type == t.LIST_EXECUTE:
        return ExecuteList(list_id, door.client_id, door.session_id, read_text(message), "")
    if message.msg_type == t.LIST_CANCEL_REQUEST:
        return CancelList(list_id, door.client_id, door.session_id, read_text(message), "")
    return RequestListStatus(list_id, door.client_id, door.session_id)
