"""The mapping's desk for messages about several orders, in every version of FIX; all that it hears is validated."""

from __future__ import annotations

from tests.adapters.mapping_desk import RULES, MappingDesk, framed, session_of, shown, written

from kairos.adapters.fix_mapping.client_in import ClientDoor
from kairos.adapters.fix_mapping.lists_out import ListReports
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.requests_in import command_of
from kairos.engine.engine import Engine
from kairos.fix.appl_versions import appl_ver_id_of, session_dictionary
from kairos.fix.dictionary import Dictionary, load_dictionary
from kairos.fix.message import Message
from kairos.fix.validate import validate
from kairos.model.commands import Command, SetLimits
from kairos.model.events import Event
from kairos.ports import ListView, StandingView
from kairos.state.lists import group_key

FIXT = "FIXT.1.1"
VERSIONS = ("FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4", "FIX.5.0", "FIX.5.0SP1", "FIX.5.0SP2")


def begin_string(version: str) -> str:
    return FIXT if version.startswith("FIX.5") else version


def dictionary(version: str) -> Dictionary:
    return (
        session_dictionary(FIXT, appl_ver_id_of(version)) if version.startswith("FIX.5") else load_dictionary(version)
    )


class Lists:
    """`ports.ListBook` over the engine's state."""

    def __init__(self, engine: Engine) -> None:
        self.desk = engine.desk

    def order_list(self, client_id: str, list_id: str) -> ListView | None:
        return self.desk.lists.get(group_key(client_id, list_id))

    def listed_order(self, order_id: int) -> StandingView | None:
        return self.desk.orders.get(order_id)


class GroupsDesk(MappingDesk):
    """`version` is the client's."""

    def __init__(self, version: str = "FIX.4.4") -> None:
        self.version = version
        self._lists: ListReports | None = None
        super().__init__()
        self.do(SetLimits("ACC2", self.engine.desk.accounts["ACC"].limits, ""))

    def message(self, msg_type: str, fields: str, header: str = "") -> Message:
        message = written(begin_string(self.version), msg_type, fields, header)
        self.check(message)
        return message

    def check(self, message: Message) -> None:
        violation = validate(message, dictionary(self.version), RULES)
        assert violation is None, f"{message}: {violation.text}"

    def read(self, msg_type: str, fields: str, header: str = "") -> Command | Rejection:
        return self._read(self.message(msg_type, fields, header))

    def read_unchecked(self, msg_type: str, fields: str) -> Command | Rejection:
        """Of a session that does not validate."""
        return self._read(written(begin_string(self.version), msg_type, fields))

    def _read(self, message: Message) -> Command | Rejection:
        return command_of(message, ClientDoor(session_of(self.version), "C1", self.version, "ACC"), self.directory)

    def says(self, msg_type: str, fields: str, header: str = "") -> list[str]:
        """A client's message; what the client hears of it, as `8 1=ACC|...`."""
        command = self.read(msg_type, fields, header)
        assert not isinstance(command, Rejection), command
        return self.hears(command)

    def hears(self, command: Command) -> list[str]:
        before = len(self.to_client)
        self.do(command)
        told = self.to_client[before:]
        for _session, kind, body in told:
            self.check(framed(begin_string(self.version), kind, body))
        return [f"{kind} {shown(body)}" for _session, kind, body in told]

    def _tell(self, event: Event) -> None:
        super()._tell(event)
        if self._lists is None:
            self._lists = ListReports(Lists(self.engine))
        self.to_client += self._lists.reports_of(event)
