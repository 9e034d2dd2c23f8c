"""The engine's figures in Prometheus' text format, made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from kairos.adapters.metrics import SECONDS, Durations, Metrics

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_COUNTERS: Final = (
    ("kairos_orders_accepted", "Client orders accepted", "accepted"),
    ("kairos_trades", "Executions of client orders", "traded"),
    ("kairos_fix_turned_away", "Connections of FIX clients that were turned away", "turned_away"),
    ("kairos_batches_committed", "Batches made durable", "batches"),
    ("kairos_events_committed", "Events made durable", "events"),
)
_LABELLED_COUNTERS: Final = (
    ("kairos_orders_refused", "Client orders refused, by code", "code", "refused"),
    ("kairos_venue_reports_refused", "Reports of venues that a person must look at", "code", "reports_refused"),
    ("kairos_rule_responses", "Levels that rules of risk took, dry runs too, by rule", "rule", "responses"),
    ("kairos_fix_messages_in", "FIX messages received", "session", "messages_in"),
    ("kairos_fix_messages_out", "FIX messages sent", "session", "messages_out"),
    (
        "kairos_defects",
        "Failures of our own code that the house outlived; the log has each with its traceback",
        "where",
        "defects",
    ),
)
_GAUGES: Final = (
    ("kairos_queue_depth", "Events waiting for the next commit", "queue"),
    ("kairos_open_orders", "Client orders still open", "orders_open"),
    ("kairos_journal_bytes", "Size of the journal", "bytes_of_journal"),
    ("kairos_link_subscribers", "Subscribers of the link", "subscribers"),
    ("kairos_engine_halted", "1 after the engine has stopped itself", "halted"),
)
_HISTOGRAMS: Final = (
    ("kairos_commit_seconds", "Time to make a batch durable", "commits"),
    ("kairos_ack_seconds", "From a command in to its answer let out", "acks"),
    ("kairos_loop_stall_seconds", "How late the event loop came back to a timer", "stalls"),
    ("kairos_gc_seconds", "How long the garbage collector held the engine up", "collections"),
)
"""Name, help, (label,) attribute of `Metrics`."""


def exposition(metrics: Metrics) -> bytes:
    """All of it."""
    registry = CollectorRegistry()
    registry.register(_Collector(metrics))
    return generate_latest(registry)


class _Collector:
    """Fulfils prometheus_client's `Collector`."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        for name, text, attribute in _COUNTERS:
            yield CounterMetricFamily(name, text, value=getattr(self._metrics, attribute))
        for name, text, label, attribute in _LABELLED_COUNTERS:
            counter = CounterMetricFamily(name, text, labels=[label])
            for value, count in getattr(self._metrics, attribute).items():
                counter.add_metric([value], count)
            yield counter
        for name, text, attribute in _GAUGES:
            yield GaugeMetricFamily(name, text, value=getattr(self._metrics, attribute))
        up = GaugeMetricFamily("kairos_fix_session_up", "1 while logged on", labels=["session"])
        for session, is_up in self._metrics.sessions_up.items():
            up.add_metric([session], is_up)
        yield up
        for name, text, attribute in _HISTOGRAMS:
            yield _histogram(name, text, getattr(self._metrics, attribute))


def _histogram(name: str, text: str, durations: Durations) -> HistogramMetricFamily:
    buckets, below = [], 0
    for bound, count in zip((*map(str, SECONDS), "+Inf"), durations.counts, strict=True):
        below += count
        buckets.append((bound, below))
    return HistogramMetricFamily(name, text, buckets=buckets, sum_value=durations.total_s)
