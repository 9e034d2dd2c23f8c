"""What we do with the fields of messages about several orders, beside those of each order.

An order inside of one has the rules of the message that it would be alone (`ALONE`): they are in `rules`. Here stand
the fields that only the whole has.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_mapping.rejection import unsupported
from kairos.adapters.fix_mapping.rules import (
    HEADER_AND_TRAILER,
    NOT_OFFERED,
    FieldRule,
    Treatment,
    fixed,
    honoured,
    informational,
    is_custom,
    refused,
    rule_of,
    tags_of,
)
from kairos.adapters.fix_mapping.rules_legs import MULTILEG
from kairos.fix import tags as t
from kairos.fix.message import Message

ALONE: Final = {
    t.NEW_ORDER_LIST: t.NEW_ORDER_SINGLE,
    t.NEW_ORDER_CROSS: t.NEW_ORDER_SINGLE,
    t.CROSS_ORDER_CANCEL_REPLACE_REQUEST: t.ORDER_CANCEL_REPLACE_REQUEST,
    t.CROSS_ORDER_CANCEL_REQUEST: t.ORDER_CANCEL_REQUEST,
    t.NEW_ORDER_MULTILEG: t.NEW_ORDER_SINGLE,
    t.MULTILEG_ORDER_CANCEL_REPLACE: t.ORDER_CANCEL_REPLACE_REQUEST,
}
"""What each order of a message is read as."""

_NO_BIDS: Final = "we take lists to work, and make no bids for them"
_IN_EACH_ORDER: Final = "name parties in each order"

_LIST: Final = [
    honoured(t.LIST_ID, "at most 64 characters, used once a day"),
    honoured(t.TOT_NO_ORDERS, "of the whole list, over all its messages; at most 2000"),
    honoured(t.LAST_FRAGMENT, "Y with fewer orders than TotNoOrders(68) refuses the list"),
    honoured(t.NO_ORDERS, "each order with the fields of a NewOrderSingle(D)"),
    honoured(t.LIST_SEQ_NO, "ascending within a message, from 1"),
    honoured(t.LIST_EXEC_INST, "kept with the list; 512 characters"),
    honoured(t.LIST_EXEC_INST_TYPE, "1 at once, 2 wait for ListExecute(L); absent is 1, before FIX 4.2 it is 2"),
    fixed(t.BID_TYPE, _NO_BIDS, "3"),
    fixed(414, "send a ListStatusRequest(M) when you want to know; executions are reported as they come", "1", "3"),
    *refused("send a ListStatusRequest(M) when you want to know", 415),
    *refused(_NO_BIDS, 390, 391, 765, 766, 767, 401),
    *refused("terms of bonds, repos and funds are not taken", 480, 481, 513),
    *refused("settlement is agreed for the account", 160),
    *refused(_IN_EACH_ORDER, *tags_of("1116-1121")),
    *refused("orders of a list do not depend on each other", 1385, 1386, 2401),
    *informational("ListExecInst(69) is what we read", 352, 353),
    *informational("for the sender's own records", 105),
]

_OF_A_LIST: Final = [
    honoured(t.LIST_ID, "a list of the session's client"),
    honoured(t.TEXT, "512 characters"),
]

_CROSS: Final = [
    honoured(t.CROSS_ID, "at most 64 characters, used once a day"),
    fixed(t.CROSS_TYPE, "a cross trades all of both sides, or nothing", "1"),
    fixed(t.CROSS_PRIORITIZATION, "no side goes first", "0"),
    honoured(t.NO_SIDES, "both sides, of two accounts of the client, with the same OrderQty(38)"),
    fixed(t.HANDL_INST, "a person of the desk executes a cross", "3"),
    *refused(_IN_EACH_ORDER, *tags_of("1116-1121")),
    *informational("for the sender's own records", 659, 962, 2422),
]

_CROSS_CHANGE: Final = [
    *_CROSS,
    honoured(t.ORIG_CROSS_ID, "the cross's last accepted CrossID(548)"),
    *informational("the sides are named by OrigClOrdID(41)", t.ORDER_ID, 961),
]

_ACKNOWLEDGEMENT: Final = [
    honoured(t.ORDER_ID, "ours"),
    honoured(t.EXEC_ID, "ours"),
    honoured(t.EXEC_ACK_STATUS, "0 and 1 are recorded; 2 is a DontKnowTrade(Q)"),
    honoured(t.DK_REASON, "with ExecAckStatus(1036) 2; a person looks into it"),
    honoured(t.TEXT, "512 characters"),
]

GROUP_RULES: Final[dict[str, dict[int, FieldRule]]] = {
    msg_type: {rule.tag: rule for rule in rules}
    for msg_type, rules in (
        (t.NEW_ORDER_LIST, _LIST),
        (t.LIST_EXECUTE, _OF_A_LIST),
        (t.LIST_CANCEL_REQUEST, _OF_A_LIST),
        (t.LIST_STATUS_REQUEST, _OF_A_LIST),
        (t.NEW_ORDER_CROSS, _CROSS),
        (t.CROSS_ORDER_CANCEL_REPLACE_REQUEST, _CROSS_CHANGE),
        (t.CROSS_ORDER_CANCEL_REQUEST, _CROSS_CHANGE),
        (t.EXECUTION_ACKNOWLEDGEMENT, _ACKNOWLEDGEMENT),
        (t.NEW_ORDER_MULTILEG, MULTILEG),
        (t.MULTILEG_ORDER_CANCEL_REPLACE, MULTILEG),
    )
}
"""By MsgType(35) and tag; what is not here and not an order's is informational, but in a NewOrderList(E) refused."""

OWN_TAGS: Final = {msg_type: frozenset(rules) for msg_type, rules in GROUP_RULES.items()}
"""What an order of such a message leaves to the whole."""

NOT_TAKEN: Final = {
    t.LIST_STRIKE_PRICE: _NO_BIDS,
    t.BID_REQUEST: _NO_BIDS,
    t.BID_RESPONSE: _NO_BIDS,
}
"""Messages that are refused as such, with the reason that is told."""


def rule_in_group(msg_type: str, tag: int) -> FieldRule:
    """What we do with a field of the standard's, of the whole or of an order in it."""
    rule = GROUP_RULES[msg_type].get(tag)
    if rule is not None:
        return rule
    if msg_type in ALONE:
        return rule_of(ALONE[msg_type], tag)
    return FieldRule(tag, Treatment.INFORMATIONAL, "the ids say what it is about")


def refuse_fields_of_whole(head: Message, strict: bool) -> None:
    """Raise RefusedField for the first field outside of the orders that the message may not have, or not with that
    value. `strict`: a field without a row is one."""
    rules = GROUP_RULES[head.msg_type]
    for tag in head.tags:
        rule = rules.get(tag)
        if tag in HEADER_AND_TRAILER or (rule is None and not strict):
            continue
        if rule is None:
            raise unsupported(head, tag, NOT_OFFERED if not is_custom(tag) else "it stands in no order")
        refused_value = rule.treatment is Treatment.FIXED and head.get(tag) not in rule.values
        if rule.treatment is Treatment.REFUSED or refused_value:
            raise unsupported(head, tag, rule.note)
