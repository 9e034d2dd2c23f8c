"""What the runtime tells is what Prometheus reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from kairos.adapters.metrics import Metrics
from kairos.adapters.metrics_export import exposition


def samples(metrics: Metrics) -> dict[str, float]:
    """The exposition as `name{labels}` and value."""
    found = {}
    for family in text_string_to_metric_families(exposition(metrics).decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sample.labels.items())
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


@pytest.mark.parametrize(
    ("tell", "name", "value"),
    [
        (lambda m: m.orders_accepted(3), "kairos_orders_accepted_total", 3),
        (lambda m: m.order_refused("PRICE_COLLAR"), "kairos_orders_refused_total{code=PRICE_COLLAR}", 1),
        (lambda m: m.trades(), "kairos_trades_total", 1),
        (lambda m: m.venue_report_refused("OVERFILL"), "kairos_venue_reports_refused_total{code=OVERFILL}", 1),
        (lambda m: m.rule_responded("STOP"), "kairos_rule_responses_total{rule=STOP}", 1),
        (lambda m: m.fix_in("S", 2), "kairos_fix_messages_in_total{session=S}", 2),
        (lambda m: m.fix_out("S"), "kairos_fix_messages_out_total{session=S}", 1),
        (lambda m: m.session_up("S", True), "kairos_fix_session_up{session=S}", 1),
        (lambda m: m.session_up("S", False), "kairos_fix_session_up{session=S}", 0),
        (lambda m: m.committed(7, 0.002), "kairos_batches_committed_total", 1),
        (lambda m: m.committed(7, 0.002), "kairos_events_committed_total", 7),
        (lambda m: m.committed(7, 0.002), "kairos_commit_seconds_bucket{le=0.001}", 0),
        (lambda m: m.committed(7, 0.002), "kairos_commit_seconds_bucket{le=0.0025}", 1),
        (lambda m: m.acknowledged(0.004), "kairos_ack_seconds_sum", 0.004),
        (lambda m: m.committed(7, 99.0), "kairos_commit_seconds_bucket{le=1.0}", 0),
        (lambda m: m.committed(7, 99.0), "kairos_commit_seconds_bucket{le=+Inf}", 1),
        (lambda m: m.loop_stalled(0.03), "kairos_loop_stall_seconds_bucket{le=0.05}", 1),
        (lambda m: m.collected(0.002), "kairos_gc_seconds_count", 1),
        (lambda m: m.fix_turned_away(), "kairos_fix_turned_away_total", 1),
        (lambda m: m.defect("fix"), "kairos_defects_total{where=fix}", 1),
        (lambda m: m.queue_depth(5), "kairos_queue_depth", 5),
        (lambda m: m.open_orders(6), "kairos_open_orders", 6),
        (lambda m: m.journal_bytes(2**40), "kairos_journal_bytes", 2**40),
        (lambda m: m.link_subscribers(2), "kairos_link_subscribers", 2),
        (lambda m: m.engine_halted(True), "kairos_engine_halted", 1),
    ],
)
def test_each_fact_is_read_back(tell: Callable[[Metrics], None], name: str, value: float) -> None:
    metrics = Metrics()
    tell(metrics)
    assert samples(metrics)[name] == value


def test_two_houses_in_one_process_do_not_share_figures() -> None:
    one, other = Metrics(), Metrics()
    one.trades()
    assert samples(other)["kairos_trades_total"] == 0
