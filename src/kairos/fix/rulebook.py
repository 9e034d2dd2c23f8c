"""Judges inbound messages by the dictionary of their version.

Below FIX 5.0 a session has one version. FIXT.1.1 carries several: a message says its own in ApplVerID(1128), or has the
one that the peer's Logon named in DefaultApplVerID(1137).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kairos.fix import admin, arrival, tags
from kairos.fix.arrival import Fault
from kairos.fix.dictionary import Dictionary, field_label
from kairos.fix.message import Message
from kairos.fix.session_config import SessionConfig
from kairos.fix.validate import validate


class Rulebook:
    """`dictionary` is that of the session's default version, `others` are those of the other ApplVerID codes."""

    def __init__(self, config: SessionConfig, dictionary: Dictionary, others: Mapping[str, Dictionary]) -> None:
        self._config: Final = config
        self._dictionary: Final = dictionary
        self._by_code: Final[dict[str, Dictionary]] = {**others, config.default_appl_ver_id: dictionary}
        self._peers_default: Dictionary = dictionary

    def label(self, tag: int) -> str:
        """How an error names a field, also one that the session's version doesn't have: "LeavesQty(151)"."""
        return self._dictionary.label(tag) if self._dictionary.field_name(tag) else field_label(tag)

    def objection_to_version(self, message: Message) -> str:
        """Take the DefaultApplVerID(1137) of a Logon; why it can't be agreed to, empty when it can."""
        if not self._config.version.is_fixt:
            return ""
        code = message.get(tags.DEFAULT_APPL_VER_ID)
        dictionary = self._by_code.get(code) if code else None
        if dictionary is None:
            choices = ", ".join(sorted(self._by_code))
            return f"DefaultApplVerID(1137) {code!r} is not supported; use {choices}"
        self._peers_default = dictionary
        return ""

    def fault(self, message: Message) -> Fault | None:
        """What the message must be refused for. The CompIDs must be there, whatever validation is switched off."""
        dictionary = self._dictionary_of(message)
        if dictionary is None:
            text = "Invalid/Unsupported Application Version"
            return Fault(tags.UNSUPPORTED_APPLICATION_VERSION, tags.APPL_VER_ID, text, False)
        violation = validate(message, dictionary, self._config.rules)
        if violation is not None:
            ref_tag = violation.ref_tag if violation.has_ref_tag else None
            return Fault(violation.reason, ref_tag, violation.text, False)
        missing = arrival.missing_comp_id(message)
        if missing is not None:
            return Fault(tags.REQUIRED_TAG_MISSING, missing, "Required tag missing", False)
        return None

    def _dictionary_of(self, message: Message) -> Dictionary | None:
        if not self._config.version.is_fixt or message.msg_type in admin.ADMINISTRATIVE:
            return self._dictionary
        code = message.get(tags.APPL_VER_ID)
        return self._by_code.get(code) if code else self._peers_default
