"""What an order says beside its terms, in the language: `exec_inst "6 G" order_capacity A parties 3=ACME,4=CLEAR`."""

from __future__ import annotations

from typing import Any, Final

from kairos.model.numbers import NumberError, parse_qty
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Party, PreAlloc
from kairos.model.wire_types import Pairs
from kairos.scenario.errors import SyntaxProblem
from kairos.scenario.words import Option, Options, Words, name, qty

_CUSTOM_CODE: Final = "D"
"""PartyIDSource(447): a code that both sides know."""


def _pairs(words: Words, expected: str) -> Pairs:
    """`KEY=VALUE`, several with commas between."""
    word = words.next(expected)
    pairs = tuple(part.partition("=")[::2] for part in word.text.split(","))
    if not all(key and value for key, value in pairs):
        raise SyntaxProblem(word.line, word.column, word.text, expected)
    return pairs


def _parties(words: Words) -> tuple[Party, ...]:
    pairs = _pairs(words, "PartyRole=PartyID, as 3=ACME,4=CLEAR")
    return tuple(Party(party_id, _CUSTOM_CODE, role, ()) for role, party_id in pairs)


def _allocs(words: Words) -> tuple[PreAlloc, ...]:
    expected = "ACCOUNT=QTY, as ACME-1=600,ACME-2=400"
    pairs = _pairs(words, expected)
    try:
        return tuple(PreAlloc(account, "", "", "", parse_qty(text), ()) for account, text in pairs)
    except NumberError as error:
        words.at -= 1
        raise words.problem(f"{expected} ({error})") from None


def _custom(words: Words) -> Pairs:
    return _pairs(words, "TAG=VALUE, as 9001=X")


_READERS: Final = {"min_qty": qty, "parties": _parties, "allocs": _allocs, "custom": _custom}

DETAILS: Final[dict[str, Option]] = {field: (field, _READERS.get(field, name)) for field in NO_ORDER_DETAILS.names()}


def read_details(o: Options) -> OrderDetails:
    """What the words say; NO_ORDER_DETAILS when they say nothing."""
    if not says_details(o):
        return NO_ORDER_DETAILS
    said: list[Any] = [o.get(field, getattr(NO_ORDER_DETAILS, field)) for field in NO_ORDER_DETAILS.names()]
    return OrderDetails(*said)


def says_details(o: Options) -> bool:
    return any(o.has(field) for field in DETAILS)
