"""One thing that a reference file defines, and the kinds of things that there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kairos.adapters.file_rows import Row
from kairos.model.commands import Command

THE_HOUSE: Final = ""  # the user_id of what files say


class Kind(StrEnum):
    """What a table or a CSV file holds, in the order in which the engine can take it."""

    FIRM = "firm"
    DESK = "desk"
    USER = "user"
    CLIENT = "client"
    ACCOUNT = "account"
    VENUE = "venue"
    BROKER = "broker"
    INSTRUMENT = "instrument"
    RESTRICTED = "restricted"
    LIMIT = "limit"
    ENTITLEMENT = "entitlement"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file defines: its id, the ids that it names, and its commands; `row` tells where it stands."""

    kind: Kind
    row: Row
    id_field: str
    id: str
    names: tuple[tuple[str, Kind, str], ...]  # field, kind, id
    commands: tuple[Command, ...]
