"""The tables of the rules of engagement (docs/FIX*.md), from the tables by which the code decides.

Each function takes `say`, the words of the document's language.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from docs_markdown import table
from docs_words import Words

from kairos.adapters.fix_mapping.rejection import label
from kairos.adapters.fix_mapping.rules import RULES, FieldRule, Treatment
from kairos.adapters.fix_mapping.rules_groups import GROUP_RULES, NOT_TAKEN
from kairos.adapters.fix_mapping.versions import FIX_4_2, VERSIONS, dialect_of
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.model import enums
from kairos.model.enums import OrdStatus
from kairos.model.refusals import REFUSAL_RULES, RefusalCode
from kairos.state.transitions import TABLE, Cell, Happening, Move

ORDER = (Treatment.HONOURED, Treatment.FIXED, Treatment.REFUSED, Treatment.INFORMATIONAL)
NEWEST = ("FIX.4.4", "FIX.5.0SP2", "FIX.4.2")
"""Where a message's name is looked up, in this order."""
UNKNOWN = enums.OrdStatus.UNKNOWN
"""Ours alone: it never goes to the wire."""
ENUMERATIONS: tuple[tuple[int, type[StrEnum]], ...] = (
    (t.SIDE, enums.Side),
    (t.ORD_TYPE, enums.OrdType),
    (t.TIME_IN_FORCE, enums.TimeInForce),
    (t.HANDL_INST, enums.HandlInst),
    (t.ORD_STATUS, enums.OrdStatus),
    (t.EXEC_TYPE, enums.ExecType),
    (t.ORD_REJ_REASON, enums.OrdRejReason),
    (t.CXL_REJ_REASON, enums.CxlRejReason),
    (t.CXL_REJ_RESPONSE_TO, enums.CxlRejResponseTo),
    (t.DK_REASON, enums.DKReason),
    (t.MASS_CANCEL_REQUEST_TYPE, enums.MassCancelRequestType),
    (t.MASS_STATUS_REQ_TYPE, enums.MassStatusReqType),
    (t.LIST_EXEC_INST_TYPE, enums.ListExecInstType),
    (t.LIST_STATUS_TYPE, enums.ListStatusType),
    (t.LIST_ORDER_STATUS, enums.ListOrderStatus),
    (t.EXEC_ACK_STATUS, enums.ExecAckStatus),
)
COMMA = ", "
SPELLED_OUT = {
    "duplicate cl ord id": "duplicate ClOrdID(11)",
    "ack": "acknowledgement",
    "exec started": "execution started",
}
ALL_RULES = {**RULES, **GROUP_RULES}
ANSWERS: dict[str, str] = {
    t.NEW_ORDER_SINGLE: "8",
    t.ORDER_CANCEL_REQUEST: "8 (pending, then canceled) or 9",
    t.ORDER_CANCEL_REPLACE_REQUEST: "8 (pending, then replaced) or 9",
    t.ORDER_STATUS_REQUEST: "8 with ExecType(150)=I; up to FIX 4.2 with ExecTransType(20)=3",
    t.ORDER_MASS_CANCEL_REQUEST: "r, then each order's reports",
    t.ORDER_MASS_STATUS_REQUEST: "8 an order; one that says so when there is none",
    t.DONT_KNOW_TRADE: "nothing: it is journaled, and a person looks",
    t.EXECUTION_ACKNOWLEDGEMENT: "nothing: it is journaled; one that does not know the trade is a DontKnowTrade(Q)",
    t.NEW_ORDER_LIST: "N, and 8 for each order",
    t.LIST_EXECUTE: "N, and 8 for each order",
    t.LIST_CANCEL_REQUEST: "N, and 8 for each order",
    t.LIST_STATUS_REQUEST: "N",
    t.NEW_ORDER_CROSS: "8 for each side",
    t.CROSS_ORDER_CANCEL_REPLACE_REQUEST: "8 for each side, or 9",
    t.CROSS_ORDER_CANCEL_REQUEST: "8 for each side, or 9",
    t.NEW_ORDER_MULTILEG: "8",
    t.MULTILEG_ORDER_CANCEL_REPLACE: "8 (pending, then replaced) or 9",
}
"""What we answer each message with that has rules."""
if ANSWERS.keys() != ALL_RULES.keys():
    raise SystemExit(f"docs_fix.ANSWERS and the rules differ: {sorted(ANSWERS.keys() ^ ALL_RULES.keys())}")


def fields(say: Words) -> str:
    """Every message of a client with what we do with each of its fields."""
    return "\n".join(f"## {message_name(msg_type)}\n\n{field_table(msg_type, say)}" for msg_type in ALL_RULES)


def messages(say: Words) -> str:
    """What a client may send, in which versions, and what answers it."""
    rows = [(message_name(msg_type), versions_with(msg_type), say(answer)) for msg_type, answer in ANSWERS.items()]
    rows += [
        (message_name(msg_type), versions_with(msg_type), say("j BusinessRejectReason(380)=3: {}").format(say(why)))
        for msg_type, why in NOT_TAKEN.items()
    ]
    return table((say("you send"), say("in"), say("you get")), rows)


def versions_with(msg_type: str) -> str:
    """ "4.2 4.3 4.4 5.0": the versions whose dictionary has the message."""
    have = [version for version in VERSIONS if load_dictionary(version).message(msg_type) is not None]
    return " ".join(version.removeprefix("FIX.") for version in have)


def message_name(msg_type: str) -> str:
    for version in NEWEST:
        spec = load_dictionary(version).message(msg_type)
        if spec is not None:
            return f"{spec.name}({msg_type})"
    return f"MsgType(35) {msg_type}"


def field_table(msg_type: str, say: Words) -> str:
    """Fields with one treatment and one note share a row."""
    shared: dict[tuple[Treatment, str], list[FieldRule]] = {}
    for rule in ALL_RULES[msg_type].values():
        shared.setdefault((rule.treatment, rule.note), []).append(rule)
    rows = [
        (say(treatment.value), say(COMMA).join(in_words(rule, say) for rule in rules), say(note))
        for wanted in ORDER
        for (treatment, note), rules in shared.items()
        if treatment is wanted
    ]
    return table((say("what we do"), say("fields"), say("how, or why")), rows)


def in_words(rule: FieldRule, say: Words) -> str:
    only = f" {say('only')} {' '.join(rule.values)}" if rule.values else ""
    return label(rule.tag) + only


def enumerations(say: Words) -> str:
    """The values that we take and send, by field."""
    rows = [
        (label(tag), say(COMMA).join(valued(member, say) for member in kind if member is not UNKNOWN))
        for tag, kind in ENUMERATIONS
    ]
    return table((say("field"), say("values")), rows)


def valued(member: StrEnum, say: Words) -> str:
    return f"{member.value} {say(spelled(member))}"


def spelled(member: StrEnum) -> str:
    words = member.name.lower().replace("_", " ")
    return SPELLED_OUT.get(words, words)


def refusals(say: Words) -> str:
    """The codes in order of precedence, with what each FIX version says."""
    words = dialect_of(FIX_4_2)
    assert words is not None
    rows = [
        (
            f"`{code.value}`",
            reason(rule.ord_rej_reason, words.ord_rej_reason, say),
            reason(rule.cxl_rej_reason, words.cxl_rej_reason, say),
            say(rule.text),
        )
        for code, rule in REFUSAL_RULES.items()
        if code is not RefusalCode.NONE
    ]
    return table((say("code"), "OrdRejReason(103)", "CxlRejReason(102)", say("Text(58) says")), rows)


def reason(code: StrEnum, in_42: Callable[[str], str], say: Words) -> str:
    older = in_42(code.value)
    return valued(code, say) + (say(" (4.2: {})").format(older) if older != code.value else "")


def order_states(say: Words) -> str:
    """`state.transitions`, a row a state."""
    head = (say("state"), *(say(spelled(happening)) for happening in Happening))
    rows = ((state_name(state), *(move_of(row[h], say) for h in Happening)) for state, row in TABLE.items())
    return table(head, rows)


def state_name(state: OrdStatus) -> str:
    return f"{state.name} `{state.value}`"


def move_of(cell: Cell, say: Words) -> str:
    """How a cell reads in the document, whose text explains these signs."""
    if cell.move is Move.REFUSE:
        return say("late") if cell.code is RefusalCode.TOO_LATE else "·"
    return f"`{cell.state.value}`" if cell.move is Move.STATE else f"{cell.move.value}"
