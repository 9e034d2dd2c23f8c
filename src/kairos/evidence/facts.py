"""What the report is made of: everything that happened to the controls between two moments, counted or listed."""

from __future__ import annotations

from typing import Final

from kairos.evidence.settings import Change, Setting
from kairos.evidence.timing import Durations
from kairos.model.enums import ApprovalOutcome


class Listed:
    """Something that goes on for a while, and is told once."""

    is_listed = False


class SoftPass:
    """An order that passed a soft limit."""

    def __init__(self, at_ns: int, order_id: int, code: str, seen: str, reason: str, user_id: str) -> None:
        self.at_ns: Final = at_ns
        self.order_id: Final = order_id
        self.code: Final = code
        self.seen: Final = seen
        self.reason: Final = reason
        self.user_id: Final = user_id


class Approval(Listed):
    """What waited for a second person; `outcome` is None while it does."""

    def __init__(self, approval_id: int, kind: str, summary: str, asked_by: str, asked_at_ns: int) -> None:
        self.approval_id: Final = approval_id
        self.kind: Final = kind
        self.summary: Final = summary
        self.asked_by: Final = asked_by
        self.asked_at_ns: Final = asked_at_ns
        self.outcome: ApprovalOutcome | None = None
        self.decided_by = ""
        self.decided_at_ns = 0
        self.text = ""

    def waited_ns(self) -> int:
        return self.decided_at_ns - self.asked_at_ns


class Kill(Listed):
    """A kill from its engagement on; times are 0 for what has not happened."""

    def __init__(self, place: str, at_ns: int, user_id: str, text: str) -> None:
        self.place: Final = place
        self.at_ns: Final = at_ns
        self.user_id: Final = user_id
        self.text: Final = text
        self.canceled = 0
        self.ended = 0
        self.took_ns = 0
        self.completed_at_ns = 0
        self.released_at_ns = 0
        self.released_by = ""
        self.release_text = ""


class Response(Listed):
    """A level that a rule took; times are 0 for what has not happened.

    latency_ns: from what caused it to the response; completed_ns: to the last of its orders being over
    """

    def __init__(self, at_ns: int, rule_id: str, place: str, level: int, seen: str, threshold: str) -> None:
        self.at_ns: Final = at_ns
        self.rule_id: Final = rule_id
        self.place: Final = place
        self.level: Final = level
        self.seen: Final = seen
        self.threshold: Final = threshold
        self.actions = ""
        self.dry_run = False
        self.orders = 0
        self.cause = ""
        self.latency_ns = 0
        self.completed_ns = 0
        self.released_at_ns = 0
        self.released_by = ""
        self.release = ""


class Facts:
    """All of it. Counts of refusals are by code, with client and account or with the trading date."""

    def __init__(self) -> None:
        self.events = 0
        self.first_seq = 0
        self.last_seq = 0
        self.first_at_ns = 0
        self.last_at_ns = 0
        self.orders = 0  # new orders and replaces that were decided
        self.settings: list[Setting] = []
        self.changes: list[Change] = []
        self.refused: Final[dict[str, int]] = {}
        self.refused_of: Final[dict[tuple[str, str, str], int]] = {}
        self.refused_on: Final[dict[tuple[str, int], int]] = {}
        self.commands_refused: Final[dict[tuple[str, str, str], int]] = {}  # command, code, user
        self.soft_passes: Final[list[SoftPass]] = []
        self.approvals: Final[list[Approval]] = []
        self.kills: Final[list[Kill]] = []
        self.responses: Final[list[Response]] = []
        self.durable: Final = Durations()  # from taking an order or replace up to its answer being on disk
        self.responded: Final = Durations()
        self.killed: Final = Durations()

    def count_refusal(self, code: str, client_id: str, account_id: str, trading_date: int) -> None:
        self.refused[code] = self.refused.get(code, 0) + 1
        of = (code, client_id, account_id)
        self.refused_of[of] = self.refused_of.get(of, 0) + 1
        on = (code, trading_date)
        self.refused_on[on] = self.refused_on.get(on, 0) + 1
