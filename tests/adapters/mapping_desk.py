"""A desk behind the mapping: an engine, two clients (FIX 4.2 and FIX 4.4), a venue in either version.

Messages are written by simplefix, read by our parser and judged by our dictionaries; what is sent is shown with `|`.
"""

from __future__ import annotations

import simplefix

from kairos.adapters.fix_mapping import client_in, venue_in
from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.rules import NO_AGREEMENT, Agreement
from kairos.adapters.fix_mapping.venue_details import USUAL_AGREEMENT, VenueAgreement
from kairos.adapters.fix_mapping.venue_out import VenueRequests
from kairos.engine.engine import Engine
from kairos.fix.dictionary import load_dictionary
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.validate import ValidationRules, validate
from kairos.fix.writer import encode_frame
from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineVenue,
    SetLimits,
    SetVenueState,
)
from kairos.model.enums import VenueKind
from kairos.model.events import Event, InstrumentDefined
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Limits
from kairos.ports import OrderView, RouteView

FIX_42 = "FIX.4.2"
FIX_44 = "FIX.4.4"
NOW_NS = 1_795_334_400_000_000_000  # 2026-11-22 08:00:00 UTC
RULES = ValidationRules()


def session_of(begin_string: str) -> str:
    return f"{begin_string}:KAIROS->C1"


def written(begin_string: str, msg_type: str, fields: str, header: str = "") -> Message:
    """What a counterparty sends: `fields` as `11=A1|55=2330`."""
    message = simplefix.FixMessage()
    message.append_pair(8, begin_string)
    message.append_pair(35, msg_type)
    for tag, value in ((49, "C1"), (56, "KAIROS"), (34, 7), (52, "20261122-08:00:00.000")):
        message.append_pair(tag, value, header=True)
    for field in filter(None, header.split("|")):
        message.append_pair(*field.split("=", 1), header=True)
    for field in filter(None, fields.split("|")):
        message.append_pair(*field.split("=", 1))
    return parse(message.encode())


def framed(begin_string: str, msg_type: str, body: bytes) -> Message:
    """A body of ours as the peer gets it."""
    return parse(encode_frame(begin_string, msg_type, 7, "KAIROS", "C1", b"20261122-08:00:00.000", body))


def complaint(message: Message, begin_string: str) -> str:
    """What the dictionary has against a message; "" when nothing."""
    violation = validate(message, load_dictionary(begin_string), RULES)
    return "" if violation is None else f"{message}: {violation.text} ({violation.ref_tag})"


def shown(body: bytes) -> str:
    return body.decode("iso-8859-1").replace("\x01", "|").rstrip("|")


def ascending(body: bytes) -> bool:
    tags = [int(field.split(b"=")[0]) for field in body.split(b"\x01")[:-1]]
    return tags == sorted(tags)


class DeskBook:
    """`ports.Book` over the engine's state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def order(self, order_id: int) -> OrderView:
        return self.engine.desk.orders[order_id]

    def route(self, route_id: int) -> RouteView:
        return self.engine.desk.routes[route_id]


class MappingDesk:
    def __init__(
        self,
        venue_version: str = FIX_44,
        agreement: Agreement = NO_AGREEMENT,
        venue_agreement: VenueAgreement = USUAL_AGREEMENT,
    ) -> None:
        self.agreement = agreement
        self.venue_agreement = venue_agreement
        self.engine = Engine()
        self.directory = InstrumentDirectory()
        self.venue_version = venue_version
        book = DeskBook(self.engine)
        self.reports = ClientReports(book, self.directory)
        self.requests = VenueRequests(
            book,
            self.directory,
            lambda venue_id: venue_version,
            lambda venue_id: self.venue_agreement,
            lambda venue_id: self.engine.desk.venues[venue_id].defined,
        )
        self.to_client: list[tuple[str, str, bytes]] = []
        self.to_venue: list[tuple[str, bytes]] = []
        self.events: list[Event] = []
        for command in _reference_data():
            self.do(command)

    def do(self, command: Command) -> None:
        for event in self.engine.handle(command, NOW_NS):
            self._tell(event)

    def client(self, msg_type: str, fields: str, begin_string: str = FIX_44, header: str = "") -> list[str]:
        """A client's message; what the client hears of it, as `8 1=ACC|...`."""
        message = written(begin_string, msg_type, fields, header)
        assert complaint(message, begin_string) == ""
        door = ClientDoor(session_of(begin_string), "C1", begin_string, "ACC", self.agreement)
        return self._heard(client_in.command_of(message, door, self.directory))

    def venue(self, msg_type: str, fields: str, header: str = "") -> list[str]:
        """A venue's message; what the client hears of it."""
        message = written(self.venue_version, msg_type, fields, header)
        assert complaint(message, self.venue_version) == ""
        return self._heard(venue_in.command_of(message, "XTAI", lambda seq: self.to_venue[seq - 1]))

    def asked(self) -> str:
        """What the venue was last asked, as `D 1=ACC|...`."""
        msg_type, body = self.to_venue[-1]
        return f"{msg_type} {shown(body)}"

    def _heard(self, command: Command | Rejection | None) -> list[str]:
        assert not isinstance(command, Rejection), command
        before = len(self.to_client)
        if command is not None:
            self.do(command)
        return [f"{msg_type} {shown(body)}" for _session, msg_type, body in self.to_client[before:]]

    def _tell(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, InstrumentDefined):
            self.directory.note(event)
        report = self.reports.reports_of(event)
        if report is not None:
            self.to_client.append(report)
        request = self.requests.request_of(event)
        if request is not None:
            self.to_venue.append(request[1:])


def _reference_data() -> list[Command]:
    qty, money = 10**9, 10**15 * PRICE_SCALE
    return [
        DefineInstrument(
            "2330.XTAI", "2330", "XTAI", "TSMC", "TWD", "TW0002330008", "", PRICE_SCALE, 1, 1, 1000 * PRICE_SCALE, ""
        ),
        DefineInstrument("2330.XETR", "2330", "XETR", "Other", "EUR", "", "", PRICE_SCALE, 1, 1, 10 * PRICE_SCALE, ""),
        DefineClient("C1", "Client", True, ""),
        DefineAccount("ACC", "C1", "Account", "TWD", money, True, ""),
        DefineAccount("ACC2", "C1", "Another", "TWD", money, True, ""),
        SetLimits("ACC", Limits(qty, money, 10_000, qty, money, money, 1000, 1000), ""),
        DefineVenue("XTAI", VenueKind.EXCHANGE, "Taiwan", "XTAI", 5_000_000_000, "", "6G", "1", True),
        SetVenueState("XTAI", True),
    ]
