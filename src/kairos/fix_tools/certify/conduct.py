"""The rules that hold for a client in every case, whatever the script asks for. Each breach is a finding in words."""

from __future__ import annotations

from kairos.fix.dictionary import Dictionary
from kairos.fix.message import Message
from kairos.fix_tools.certify.wording import message_name

ORDER_MESSAGES = frozenset("DFG")


class Conduct:
    """Remembers the orders of one client; `findings` are what it did wrong since they were last taken."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._findings: list[str] = []
        self._used: dict[str, str] = {}
        self._instrument: dict[str, tuple[str, str]] = {}

    def take(self) -> list[str]:
        findings, self._findings = self._findings, []
        return findings

    def add(self, finding: str) -> None:
        self._findings.append(finding)

    def judge(self, message: Message) -> None:
        """An application message that the session took."""
        if message.msg_type not in ORDER_MESSAGES:
            return
        cl_ord_id, name = message.get(11), message_name(message.msg_type, self._dictionary)
        if cl_ord_id in self._used:
            if message.get(97) != "Y":
                self.add(
                    f"{name}: ClOrdID(11)={cl_ord_id} was used before, by {self._used[cl_ord_id]}: take a new one for "
                    "each message; an order that may be a repeat says so with PossResend(97)=Y"
                )
            return
        self._used[cl_ord_id] = name
        if message.msg_type == "D":
            self._instrument[cl_ord_id] = (message.get(55), message.get(54))
        else:
            self._judge_chain(message, name, cl_ord_id)

    def _judge_chain(self, message: Message, name: str, cl_ord_id: str) -> None:
        orig = message.get(41)
        known = self._instrument.get(orig)
        if known is None:
            self.add(f"{name}: OrigClOrdID(41)={orig or '(absent)'} names no order that was sent")
            return
        if message.msg_type == "G":
            self._instrument[cl_ord_id] = known
        for tag, was in ((55, known[0]), (54, known[1])):
            if message.get(tag) != was:
                label = self._dictionary.label(tag)
                self.add(f"{name}: {label}={message.get(tag) or '(absent)'}, but the order of {orig} has {was}")
