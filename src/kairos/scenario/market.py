"""The market that a scenario finds when it says nothing else, written in the language itself."""

from __future__ import annotations

from typing import Final

from kairos.scenario.parser import parse_scenario
from kairos.scenario.world import ACCOUNT, CLIENT, FIRST_DAY, INSTRUMENT, VENUE, World

MARKET: Final = f"""
day {FIRST_DAY}
venue {VENUE}
venue BRK1 broker
instrument {INSTRUMENT} tick 5 lot 1000 ref 1000 in TWD
client {CLIENT}
account {ACCOUNT} of {CLIENT} cash 900000000 in TWD
user tina TRADER
user rita RISK
user otto OPERATIONS
user ada ADMINISTRATOR
"""


def open_market(world: World) -> None:
    """Play the default market's steps."""
    for step in parse_scenario(MARKET).steps:
        step.action(world)
