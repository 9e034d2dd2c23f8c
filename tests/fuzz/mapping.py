"""From any well-framed message to a command.

Claim: `command_of`, of clients and of venues, gives a Command or a Rejection (a venue's may mean nothing: None) and
never raises, whether or not the message is valid by its dictionary.
"""

from __future__ import annotations

from typing import Final

from tests.adapters.mapping_events import INSTRUMENT
from tests.fuzz.choices import Choices
from tests.fuzz.codec import VERSIONS
from tests.fuzz.messages import SOH, body_of, framed

from kairos.adapters.fix_mapping import client_in, venue_in
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.versions import dialect_of
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import GarbledError
from kairos.fix.parser import parse
from kairos.model.wire_types import Record

FROM_VENUES: Final = ("8", "9", "j", "3", "8", "9", "N", "Z")
TYPES: Final = ("D", "G", "F", "H", "Q", "q", "AF", "E", "K", "L", "M", "s", "t", "u", "AB", "AC", "BN", "J", "V")
SPOKEN: Final = tuple(version for version in VERSIONS if dialect_of(version[0]) is not None)


_ORDER: Final = "11=A1|21=1|55=2330|54=1|60=20261122-08:00:00|38=1000|40=2|44=1005|59=0"
SOUND: Final = {
    "D": _ORDER,
    "G": f"{_ORDER}|41=A0",
    "F": "11=A1|41=A0|55=2330|54=1|60=20261122-08:00:00|38=1000",
    "8": "37=V1|11=17|17=E1|20=0|150=F|39=1|55=2330|54=1|38=1000|32=100|31=1005|14=100|151=900|6=1005",
}
"""Messages that become commands, so that what is added to them or changed in them is all that is odd."""


def run(data: bytes) -> None:
    choices = Choices(data)
    begin_string, appl_ver_id = choices.pick(SPOKEN)
    dictionary = session_dictionary(begin_string, appl_ver_id)
    door = ClientDoor(f"{begin_string}:US->THEM", "C1", begin_string, choices.pick(("", "DEFAULT")))
    directory = InstrumentDirectory()
    directory.note(INSTRUMENT)
    for _ in range(20):
        if not choices.more():
            return
        msg_type = choices.pick((*TYPES, *FROM_VENUES, *SOUND, *SOUND))
        head = [b"35=%b" % msg_type.encode(), b"49=THEM", b"56=US", b"34=5", b"52=20261122-09:30:00"]
        fields = SOH.join([*head, *_body(choices, dictionary, msg_type)]) + SOH
        try:
            message = parse(framed(begin_string.encode(), fields))
        except GarbledError:
            continue
        command = client_in.command_of(message, door, directory)
        assert isinstance(command, Record | Rejection)
        report = venue_in.command_of(message, "V1", lambda seq: None)
        assert report is None or isinstance(report, Record | Rejection)


def _body(choices: Choices, dictionary: Dictionary, msg_type: str) -> list[bytes]:
    """A sound body with some fields of another beside its own, or in their place; or one made up of what may be."""
    other = body_of(choices, dictionary, msg_type)
    if msg_type not in SOUND or not other or choices.one_in(4):
        return other
    fields = {field.partition("=")[0]: field.encode() for field in SOUND[msg_type].split("|")}
    for _ in range(choices.number(0, 4)):
        field = choices.pick(other)
        fields[field.partition(b"=")[0].decode("iso-8859-1")] = field
    return list(fields.values())
