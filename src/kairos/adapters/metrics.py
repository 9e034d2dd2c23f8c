"""What Prometheus is told. The runtime calls a method for each thing that happens; nothing here can fail or wait.

Labels are bounded: refusal codes are an enumeration, sessions and kinds are configured. No client, order or instrument
ever becomes a label.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# From a memory journal (10 us) to a disk that one should replace (1 s); a commit with a full sync takes 0.1 to 10 ms.
SECONDS: Final = (0.00001, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)


class Metrics:
    """A house's figures, in a registry of its own."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self.registry: Final = registry
        self._accepted: Final = Counter("kairos_orders_accepted", "Client orders accepted", registry=registry)
        self._refused: Final = Counter(
            "kairos_orders_refused", "Client orders refused, by code", ["code"], registry=registry
        )
        self._trades: Final = Counter("kairos_trades", "Executions of client orders", registry=registry)
        self._reports_refused: Final = Counter(
            "kairos_venue_reports_refused", "Reports of venues that a person must look at", ["code"], registry=registry
        )
        self._fix_in: Final = Counter("kairos_fix_messages_in", "FIX messages received", ["session"], registry=registry)
        self._fix_out: Final = Counter("kairos_fix_messages_out", "FIX messages sent", ["session"], registry=registry)
        self._session_up: Final = Gauge("kairos_fix_session_up", "1 while logged on", ["session"], registry=registry)
        self._turned_away: Final = Counter(
            "kairos_fix_turned_away", "Connections of FIX clients that were turned away", registry=registry
        )
        self._batches: Final = Counter("kairos_batches_committed", "Batches made durable", registry=registry)
        self._events: Final = Counter("kairos_events_committed", "Events made durable", registry=registry)
        self._commit_s: Final = Histogram(
            "kairos_commit_seconds", "Time to make a batch durable", buckets=SECONDS, registry=registry
        )
        self._ack_s: Final = Histogram(
            "kairos_ack_seconds", "From a command in to its answer let out", buckets=SECONDS, registry=registry
        )
        self._queue: Final = Gauge("kairos_queue_depth", "Events waiting for the next commit", registry=registry)
        self._open_orders: Final = Gauge("kairos_open_orders", "Client orders still open", registry=registry)
        self._journal_bytes: Final = Gauge("kairos_journal_bytes", "Size of the journal", registry=registry)
        self._subscribers: Final = Gauge("kairos_link_subscribers", "Subscribers of the link", registry=registry)
        self._defects: Final = Counter(
            "kairos_defects",
            "Failures of our own code that the house outlived; the log has each with its traceback",
            ["where"],
            registry=registry,
        )
        self._halted: Final = Gauge("kairos_engine_halted", "1 after the engine has stopped itself", registry=registry)

    def orders_accepted(self, count: int = 1) -> None:
        self._accepted.inc(count)

    def order_refused(self, code: str) -> None:
        self._refused.labels(code).inc()

    def trades(self, count: int = 1) -> None:
        self._trades.inc(count)

    def venue_report_refused(self, code: str) -> None:
        self._reports_refused.labels(code).inc()

    def fix_in(self, session: str, count: int = 1) -> None:
        self._fix_in.labels(session).inc(count)

    def fix_out(self, session: str, count: int = 1) -> None:
        self._fix_out.labels(session).inc(count)

    def session_up(self, session: str, up: bool) -> None:
        """Say it for every configured session at the start, so that one that never came up shows as 0."""
        self._session_up.labels(session).set(int(up))

    def fix_turned_away(self) -> None:
        self._turned_away.inc()

    def committed(self, events: int, seconds: float) -> None:
        """A batch of so many events became durable within so many seconds."""
        self._batches.inc()
        self._events.inc(events)
        self._commit_s.observe(seconds)

    def acknowledged(self, seconds: float) -> None:
        """The answer to a command was let out so many seconds after the command came in."""
        self._ack_s.observe(seconds)

    def queue_depth(self, events: int) -> None:
        self._queue.set(events)

    def open_orders(self, count: int) -> None:
        self._open_orders.set(count)

    def journal_bytes(self, size: int) -> None:
        self._journal_bytes.set(size)

    def link_subscribers(self, count: int) -> None:
        self._subscribers.set(count)

    def defect(self, where: str) -> None:
        """Something that should be impossible: a person must read the log. `where` is a part of the house."""
        self._defects.labels(where).inc()

    def engine_halted(self, halted: bool) -> None:
        self._halted.set(int(halted))

    def exposition(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self.registry)
