"""A message in one line: the fields of its type that one looks for first, in words."""

from __future__ import annotations

from typing import Final

from kairos.fix_tools.analysis import LogMessage
from kairos.fix_tools.fields import FieldList
from kairos.fix_tools.meanings import Meanings

_ORDER: Final = (11, 41, 54, 38, 152, 55, 40, 44, 99, 59)
_USUAL: Final = (11, 41, 37, 54, 38, 55, 44, 58)
_TELLING: Final[dict[str, tuple[int, ...]]] = {
    "A": (98, 108, 141, 1137, 553, 789, 58),
    "0": (112,),
    "1": (112,),
    "2": (7, 16),
    "3": (45, 371, 372, 373, 58),
    "4": (123, 36),
    "5": (58,),
    "j": (45, 372, 379, 380, 58),
    "D": _ORDER,
    "G": _ORDER,
    "F": (11, 41, 37, 54, 38, 55),
    "8": (11, 41, 37, 20, 150, 39, 54, 55, 38, 32, 31, 14, 151, 6, 103, 58),
    "9": (11, 41, 37, 39, 434, 102, 58),
    "V": (262, 263, 264, 146, 55),
    "W": (262, 55, 268),
    "X": (262, 268),
    "Y": (262, 281, 58),
}
_IN_WORDS: Final = frozenset({20, 39, 40, 54, 59, 98, 102, 103, 123, 141, 150, 263, 281, 373, 380, 434, 1137})
"""Where the meaning says it all; elsewhere the value does."""

_QUIET: Final[dict[int, frozenset[str]]] = {20: frozenset({"0"}), 98: frozenset({"0"}), 32: frozenset({"0"})}
"""Values that are so usual that to name them is noise."""

_PRICES_OF_A_TRADE: Final = (31,)


def gist(message: LogMessage, meanings: Meanings) -> str:
    """`ClOrdID A1  Side BUY  OrderQty 100  Symbol IBM  OrdType LIMIT  Price 28.41`."""
    fields = message.fields
    words: list[str] = []
    for tag in _TELLING.get(message.msg_type, _USUAL):
        if fields.has(tag) and not _is_noise(tag, fields):
            words.append(f"{message.field_name(tag) or tag} {_value(tag, fields, meanings)}")
    return "  ".join(words)


def _is_noise(tag: int, fields: FieldList) -> bool:
    value = fields.get(tag)
    if value in _QUIET.get(tag, ()):
        return True
    return tag in _PRICES_OF_A_TRADE and (not fields.has(32) or fields.get(32).strip("0.") == "")


def _value(tag: int, fields: FieldList, meanings: Meanings) -> str:
    value = fields.get(tag)
    return meanings.of(tag, value) or value if tag in _IN_WORDS else value
