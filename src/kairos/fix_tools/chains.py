"""The life of one order in a log: what its identifiers lead to.

ClOrdID(11) and OrigClOrdID(41) link an order to its replacements, OrderID(37) to its reports. An identifier means
something only between the same two parties. A chain is followed both ways, so the log is read until nothing new turns
up; what is kept is the chain alone, whatever the log's size.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kairos.fix import tags as t
from kairos.fix_tools.fields import FieldList

_CLIENT_IDS: Final = (t.CL_ORD_ID, t.ORIG_CL_ORD_ID)
_ORDER_IDS: Final = (t.ORDER_ID, 198)
"""OrderID(37) and SecondaryOrderID(198)."""
_NO_ID: Final = frozenset({"", "NONE", "UNKNOWN", "0"})

_Key = tuple[frozenset[str], str, str]


class Chain:
    """The orders that the identifiers lead to, as client's ids or broker's; grows as messages are shown to it."""

    def __init__(self, order_ids: Iterable[str]) -> None:
        self._wanted: Final = frozenset(order_ids)
        self._known: Final[set[_Key]] = set()

    def concerns(self, fields: FieldList) -> bool:
        """Whether the message belongs to the chain as far as it is known; what it names is known from then on."""
        keys = _keys(fields)
        if not any(key in self._known or key[2] in self._wanted for key in keys):
            return False
        self._known.update(keys)
        return True

    def follow(self, messages: Iterable[FieldList]) -> bool:
        """Read a log once; whether anything new was learned."""
        before = len(self._known)
        for fields in messages:
            self.concerns(fields)
        return len(self._known) > before


def _keys(fields: FieldList) -> list[_Key]:
    parties = frozenset((fields.get(t.SENDER_COMP_ID), fields.get(t.TARGET_COMP_ID)))
    keys: list[_Key] = []
    for kind, tags in (("client", _CLIENT_IDS), ("broker", _ORDER_IDS)):
        names = [fields.text(field) for field in fields.all if field.tag in tags]
        keys += [(parties, kind, name) for name in names if name not in _NO_ID]
    return keys
