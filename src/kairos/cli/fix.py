"""`kairos fix`: read FIX logs, test a counterparty, look after sessions."""

from __future__ import annotations

from typing import Final

import click

from kairos.cli.on_demand import OnDemand

COMMANDS: Final = {
    "parse": ("fix_parse", "parse"),
    "echo": ("fix_echo", "echo"),
    "certify": ("fix_certify", "certify"),
    "sessions": ("fix_sessions", "sessions"),
    "resend": ("fix_sessions", "resend"),
    "reset": ("fix_sessions", "reset"),
    "send-test": ("fix_sessions", "send_test"),
    "hash-password": ("fix_sessions", "hash_password"),
}


@click.group(cls=OnDemand, commands_on_demand=COMMANDS)
def fix() -> None:
    """FIX: read logs, test a counterparty, look after sessions."""
