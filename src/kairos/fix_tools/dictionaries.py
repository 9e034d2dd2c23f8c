"""Which dictionary explains a message of a log: by its BeginString(8), over FIXT by what its Logon(A) agreed on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kairos.fix import tags as t
from kairos.fix.appl_versions import join_dictionaries, session_dictionary, version_of
from kairos.fix.dictionary import Dictionary, load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.quickfix_xml import read_quickfix_xml
from kairos.fix.versions import APPL_VERSIONS, FIXT
from kairos.fix_tools.fields import FieldList
from kairos.fix_tools.meanings import Meanings, standard_meanings, xml_to_meanings

APPL_VER_ID: Final = 1128
LATEST: Final = "9"
"""What FIXT messages are taken for whose log holds no Logon(A): the version that has all fields of those before."""

FALLBACK: Final = "FIX.4.4"
"""Names the fields of a message whose version is unknown."""

MAX_SESSIONS: Final = 10_000
"""Logons remembered; a log of more CompID pairs than that is not of one house."""


class Choice:
    """The dictionary of a message and the name of its version; `known` is False when there is none for it."""

    __slots__ = ("dictionary", "known", "version")

    def __init__(self, dictionary: Dictionary, version: str, known: bool = True) -> None:
        self.dictionary: Final = dictionary
        self.version: Final = version
        self.known: Final = known


class Dictionaries:
    """`house` and `transport` are XML files; the house's own takes the place of the standard one of its version."""

    def __init__(self, house: Path | None = None, transport: Path | None = None) -> None:
        self.meanings: Final[Meanings] = standard_meanings()
        self._house: Dictionary | None = None
        self._default_appl_ver_ids: Final[dict[frozenset[str], str]] = {}
        self._choices: Final[dict[tuple[str, str], Choice]] = {}
        for path in (transport, house):
            if path is not None:
                self.meanings.add(xml_to_meanings(path))
        if house is not None:
            own = read_quickfix_xml(house)
            if not own.header_tags():
                own = join_dictionaries(read_quickfix_xml(transport) if transport else load_dictionary(FIXT), own)
            self._house = own

    def choose(self, fields: FieldList) -> Choice:
        begin_string = fields.get(t.BEGIN_STRING)
        appl_ver_id = self._appl_ver_id(fields) if begin_string == FIXT else ""
        choice = self._choices.get((begin_string, appl_ver_id))
        if choice is None:
            choice = self._make(begin_string, appl_ver_id)
            if choice.known:
                self._choices[begin_string, appl_ver_id] = choice
        return choice

    def _make(self, begin_string: str, appl_ver_id: str) -> Choice:
        if self._house is not None and self._house.version == begin_string:
            return Choice(self._house, begin_string)
        try:
            version = version_of(appl_ver_id) if appl_ver_id else begin_string
            return Choice(session_dictionary(begin_string, appl_ver_id), version)
        except LocalError:
            return Choice(load_dictionary(FALLBACK), begin_string, known=False)

    def _appl_ver_id(self, fields: FieldList) -> str:
        pair = frozenset((fields.get(t.SENDER_COMP_ID), fields.get(t.TARGET_COMP_ID)))
        agreed = fields.get(t.DEFAULT_APPL_VER_ID)
        if (
            fields.raw(t.MSG_TYPE) == b"A"
            and agreed in APPL_VERSIONS
            and len(self._default_appl_ver_ids) < MAX_SESSIONS
        ):
            self._default_appl_ver_ids[pair] = agreed
        return fields.get(APPL_VER_ID) or self._default_appl_ver_ids.get(pair, LATEST)
