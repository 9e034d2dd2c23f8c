"""Which version the application messages of a session have, and the Dictionary of the whole.

Up to FIX 4.4 BeginString(8) says it all. From FIX 5.0 on it is FIXT.1.1, the version of header, trailer and
administrative messages, and a code says the version of the application messages: DefaultApplVerID(1137) in the Logon(A)
for the session, ApplVerID(1128) in a header for that message. Source: FIX Session Protocol 1.1, "ApplVerID".
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix.dictionary import Dictionary, load_dictionary
from kairos.fix.errors import LocalError
from kairos.fix.specs import FieldSpec, Members
from kairos.fix.versions import APPL_VERSIONS, FIXT


def version_of(appl_ver_id: str) -> str:
    """The version that a code names: "9" is "FIX.5.0SP2"."""
    version = APPL_VERSIONS.get(appl_ver_id, "")
    if not version:
        raise LocalError(f"ApplVerID(1128) {appl_ver_id!r} names no version that we know; use one of {_choices()}")
    return version


def appl_ver_id_of(version: str) -> str:
    """The code of a version: "FIX.5.0SP2" is "9"."""
    for code, name in APPL_VERSIONS.items():
        if name == version:
            return code
    raise LocalError(f"{version!r} has no ApplVerID(1128); use one of {_choices()}")


def application_version(begin_string: str, appl_ver_id: str) -> str:
    """The version of a session's application messages: "FIX.4.4", or over FIXT.1.1 the one that the code names."""
    return version_of(appl_ver_id) if begin_string == FIXT else begin_string


def _choices() -> str:
    return ", ".join(f"{code} ({name})" for code, name in APPL_VERSIONS.items())


class JoinedDictionary(Dictionary):
    """One version's header, trailer and administrative messages around the application messages of another."""

    __slots__ = ("_application", "_transport")

    def __init__(self, transport: Dictionary, application: Dictionary) -> None:
        super().__init__("")
        self.version = transport.version
        self._transport: Final = transport
        self._application: Final = application

    def field(self, tag: i64) -> FieldSpec | None:
        return self._transport.field(tag) or self._application.field(tag)

    def has_message(self, msg_type: str) -> bool:
        return self._transport.has_message(msg_type) or self._application.has_message(msg_type)

    def message_types(self) -> list[str]:
        administrative = self._transport.message_types()
        return administrative + [each for each in self._application.message_types() if each not in administrative]

    def message_name(self, msg_type: str) -> str:
        return self.owner(msg_type).message_name(msg_type)

    def add_header(self, members: Members) -> None:
        self._transport.add_header(members)

    def add_body(self, members: Members, msg_type: str) -> None:
        self.owner(msg_type).add_body(members, msg_type)

    def add_trailer(self, members: Members) -> None:
        self._transport.add_trailer(members)

    def owner(self, msg_type: str) -> Dictionary:
        return self._transport if self._transport.has_message(msg_type) else self._application


def join_dictionaries(transport: Dictionary, application: Dictionary) -> Dictionary:
    """Header, trailer and administrative messages of `transport`, all else of `application`.

    The two of a house that has its own, as `quickfix_xml` reads them, are joined the same way.
    """
    if not transport.header_tags():
        raise LocalError(f"{transport.version} has no header; give the transport's dictionary (FIXT.1.1) first")
    return JoinedDictionary(transport, application)


_JOINED: Final[dict[str, Dictionary]] = {}


def session_dictionary(begin_string: str, appl_ver_id: str = "") -> Dictionary:
    """The dictionary of a session's messages; `appl_ver_id` matters over FIXT.1.1 only. Made once a process."""
    if begin_string != FIXT:
        return load_dictionary(begin_string)
    if not appl_ver_id:
        raise LocalError(
            f"{FIXT} carries messages of another version; set DefaultApplVerID(1137) to one of {_choices()}"
        )
    version = version_of(appl_ver_id)
    joined = _JOINED.get(version)
    if joined is None:
        joined = join_dictionaries(load_dictionary(FIXT), load_dictionary(version))
        _JOINED[version] = joined
    return joined
