"""What the engine counts of itself. A method is called for each thing that happens; nothing here can fail or wait.

On the order path a count is an integer that grows: Prometheus' own objects, with a lock and a float each, take a
microsecond apiece and are made only when somebody asks (`metrics_export`).

Labels are bounded: refusal codes are an enumeration, sessions and kinds are configured. No client, order or instrument
ever becomes a label.
"""

from __future__ import annotations

from typing import Final

# From a memory journal (10 us) to a disk that one should replace (1 s); a commit with a full sync takes 0.1 to 10 ms.
SECONDS: Final = (0.00001, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)


class Durations:
    """How often something took how long: by the first bound of `SECONDS` that was enough, the last for all beyond."""

    def __init__(self) -> None:
        self.counts: Final[list[int]] = [0] * (len(SECONDS) + 1)
        self.total_s: float = 0.0

    def note(self, seconds: float) -> None:
        place = 0
        for bound in SECONDS:
            if seconds <= bound:
                break
            place += 1
        self.counts[place] += 1
        self.total_s += seconds


class Metrics:
    """A house's figures."""

    def __init__(self) -> None:
        self.accepted: int = 0
        self.traded: int = 0
        self.batches: int = 0
        self.events: int = 0
        self.turned_away: int = 0
        self.refused: Final[dict[str, int]] = {}
        self.reports_refused: Final[dict[str, int]] = {}
        self.responses: Final[dict[str, int]] = {}
        self.messages_in: Final[dict[str, int]] = {}
        self.messages_out: Final[dict[str, int]] = {}
        self.defects: Final[dict[str, int]] = {}
        self.sessions_up: Final[dict[str, int]] = {}
        self.queue: int = 0
        self.orders_open: int = 0
        self.bytes_of_journal: int = 0
        self.subscribers: int = 0
        self.halted: int = 0
        self.commits: Final = Durations()
        self.acks: Final = Durations()
        self.stalls: Final = Durations()
        self.collections: Final = Durations()

    def orders_accepted(self, count: int = 1) -> None:
        self.accepted += count

    def order_refused(self, code: str) -> None:
        _add(self.refused, code, 1)

    def trades(self, count: int = 1) -> None:
        self.traded += count

    def venue_report_refused(self, code: str) -> None:
        _add(self.reports_refused, code, 1)

    def rule_responded(self, rule_id: str) -> None:
        _add(self.responses, rule_id, 1)

    def fix_in(self, session: str, count: int = 1) -> None:
        _add(self.messages_in, session, count)

    def fix_out(self, session: str, count: int = 1) -> None:
        _add(self.messages_out, session, count)

    def session_up(self, session: str, up: bool) -> None:
        """Say it for every configured session at the start, so that one that never came up shows as 0."""
        self.sessions_up[session] = int(up)

    def fix_turned_away(self) -> None:
        self.turned_away += 1

    def committed(self, events: int, seconds: float) -> None:
        """A batch of so many events became durable within so many seconds."""
        self.batches += 1
        self.events += events
        self.commits.note(seconds)

    def acknowledged(self, seconds: float) -> None:
        """The answer to a command was let out so many seconds after the command came in."""
        self.acks.note(seconds)

    def loop_stalled(self, seconds: float) -> None:
        """The event loop came back to a timer so much too late."""
        self.stalls.note(seconds)

    def collected(self, seconds: float) -> None:
        """The garbage collector held everything up for so long."""
        self.collections.note(seconds)

    def queue_depth(self, events: int) -> None:
        self.queue = events

    def open_orders(self, count: int) -> None:
        self.orders_open = count

    def journal_bytes(self, size: int) -> None:
        self.bytes_of_journal = size

    def link_subscribers(self, count: int) -> None:
        self.subscribers = count

    def defect(self, where: str) -> None:
        """Something that should be impossible: a person must read the log. `where` is a part of the house."""
        _add(self.defects, where, 1)

    def engine_halted(self, halted: bool) -> None:
        self.halted = int(halted)


def _add(counts: dict[str, int], label: str, count: int) -> None:
    counts[label] = counts.get(label, 0) + count
