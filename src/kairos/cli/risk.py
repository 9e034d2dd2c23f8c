"""`kairos risk`: limits, their tests, and the report on them."""

from __future__ import annotations

from typing import Final

import click

from kairos.cli.on_demand import OnDemand

COMMANDS: Final = {
    "status": ("risk_status", "status_command"),
    "watch": ("risk_status", "watch_command"),
    "follow": ("risk_status", "follow_command"),
    "returns": ("risk_returns", "returns"),
    "whatif": ("risk_whatif", "whatif"),
    "locates": ("risk_locates", "locates"),
    "locate": ("risk_locates", "locate"),
    "limit": ("risk_limit", "limit"),
    "limits": ("risk_limits", "limits_command"),
    "entitle": ("risk_entitle", "entitle"),
    "test": ("risk_test", "test_command"),
    "rules": ("risk_rules", "rules"),
    "backtest": ("risk_backtest", "backtest_command"),
    "evidence": ("risk_evidence", "evidence_command"),
}


@click.group(cls=OnDemand, commands_on_demand=COMMANDS)
def risk() -> None:
    """Limits and rules: what stands, what would happen, what did, and the report that a regulator asks for."""
