"""Writes the house of a demo: its folder, kairos.toml and reference data, on ports that are free."""

from __future__ import annotations

import random
import socket
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kairos.adapters.config import Config
from kairos.adapters.config_file import check_against_reference, load_config
from kairos.adapters.reference_files import load_reference
from kairos.cli.init import first_price, instrument_table
from kairos.demo.cast import ALGO_QTY, HOUSE, RISK_OFFICER, SECOND_OFFICER, STRATEGY_TAG, TRADER, Account, Member
from kairos.fix.session_config import session_id
from kairos.market.shipped import ShippedTape, shipped_tapes
from kairos.model.numbers import format_money, format_price

VENUE: Final = "SIM"
# A venue has one MIC; what is listed elsewhere reaches it by ExDestination(100).
VENUE_MIC: Final = "XNYS"
RESTRICTED: Final = "BBB.XNYS"
# Seconds of the world between the market's first moment and its open: clients log on and send orders for the auction.
PRE_OPEN_S: Final = 2.5
# Losses, in the account's money, at which the house slows an algo, shrinks its limits, and lets it close only.
STOP_LOSS: Final = (5, 30, 45)
# Of the market's time, the least between two orders of an algo that is slowed.
SLOW_MARKET_S: Final = 6
# Below the ephemeral ports of Linux (from 32768) and the BSDs (from 49152), above what services are registered for.
PORTS: Final = (20_000, 32_000)


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument of the demo. `start_px` is its tape's first trade."""

    tape: ShippedTape
    start_px: int

    @property
    def instrument_id(self) -> str:
        return self.tape.instrument

    @property
    def destination(self) -> str:
        """ExDestination(100) of an order in it."""
        return "" if self.tape.mic == VENUE_MIC else VENUE


@dataclass(frozen=True, slots=True)
class Course:
    """What was asked for: how fast (market seconds a second), how long, which chance."""

    speed: float
    market_minutes: int
    seed: int

    @property
    def seconds(self) -> float:
        """How long the market plays, from before its open."""
        return self.market_minutes * 60 / self.speed

    @property
    def start_before_open_s(self) -> int:
        """The same moment in the market's time."""
        return round(PRE_OPEN_S * self.speed)


@dataclass(frozen=True, slots=True)
class House:
    config: Config
    course: Course
    members: list[Member]
    listed: list[Listed]

    @property
    def folder(self) -> Path:
        return self.config.file.parent

    @property
    def exchange_journal(self) -> Path:
        """The simulated exchange's own record, beside ours."""
        return self.config.engine.data_dir / "simulator.db"


def make_folder(wanted: Path | None) -> Path:
    """A folder of the demo's own; `OSError` when the wanted one holds something."""
    if wanted is None:
        return Path(tempfile.mkdtemp(prefix="kairos-demo-"))
    wanted.mkdir(parents=True, exist_ok=True)
    if any(wanted.iterdir()):
        raise OSError(f"{wanted} is not empty; a demo begins in a new folder")
    return wanted.absolute()


def write_house(folder: Path, course: Course, members: list[Member]) -> House:
    """Write the files, and read them back as `kairos serve` will."""
    listed = [Listed(tape, first_price(tape)) for tape in shipped_tapes()]
    fix_port, venue_port, http_port = free_ports(3)
    file = folder / "kairos.toml"
    file.write_text(_config(course, members, listed, fix_port, venue_port, http_port), encoding="utf-8")
    (folder / "reference.toml").write_text(_reference(members, listed), encoding="utf-8")
    (folder / "rules.toml").write_text(_rules(course.speed), encoding="utf-8")
    config = load_config(file)
    check_against_reference(config, load_reference(config.reference))
    return House(config, course, members, listed)


def order_session_of_exchange(house: House) -> str:
    """The exchange's name of the session over which our orders come."""
    venue = house.config.venue_sessions[0]
    return session_id(venue.begin_string, venue.target_comp_id, venue.sender_comp_id)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on; held together, so that all differ. They lie below those that
    systems give to outgoing connections, which could take one before its server comes."""
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            sock = held.enter_context(socket.socket())
            with suppress(OSError):
                sock.bind(("127.0.0.1", random.randrange(*PORTS)))
                ports.append(sock.getsockname()[1])
        return ports


def _config(
    course: Course, members: list[Member], listed: list[Listed], fix_port: int, venue_port: int, http_port: int
) -> str:
    tapes = ", ".join(f'"{one.instrument_id}"' for one in listed)
    return f"""\
# A demo's house, written by `kairos demo`; `kairos init` writes one with all that can be said.
[engine]
name = "demo"

[fix]
port = {fix_port}
{"".join(_session(member) for member in members)}
[[venue_session]]
venue_id = "{VENUE}"
begin_string = "FIX.4.4"
sender_comp_id = "{HOUSE}"
target_comp_id = "{VENUE}"
host = "127.0.0.1"
port = {venue_port}
reconnect_interval_s = 1

[venue_session.market_data]
sender_comp_id = "{HOUSE}-MD"
target_comp_id = "{VENUE}-MD"

[http]
port = {http_port}

[log]
format = "json"
file = "kairos.log"

[reference]
files = ["reference.toml"]

[risk]
rules = "rules.toml"

[simulator]
venue_id = "{VENUE}"
tapes = [{tapes}]
speed = {course.speed:g}
seed = {course.seed}
market_minutes = {course.market_minutes}
start_before_open_s = {course.start_before_open_s}
"""


def _rules(speed: float) -> str:
    """The stop-loss ladder of each strategy. The losses are what a few dozen spreads cost; the pace is the market's."""
    spacing = f"{max(round(SLOW_MARKET_S * 1000 / speed), 1)}ms"
    return f"""\
[[rule]]
id = "STOP-LOSS"
text = "what a strategy may lose from its best of the day"
indicator = "drawdown"
each = "strategy"

[[rule.level]]
at = {STOP_LOSS[0]}
release_at = 0
after = "1h"
actions = ["alert", "slow every {spacing}"]

[[rule.level]]
at = {STOP_LOSS[1]}
release_at = 0
after = "1h"
actions = ["alert", "shrink to 50%"]

[[rule.level]]
at = {STOP_LOSS[2]}
release = "two_people"
actions = ["alert", "reduce_only", "cancel"]
"""


def _session(member: Member) -> str:
    return f"""
[[fix.session]]
begin_string = "{member.begin_string}"
sender_comp_id = "{HOUSE}"
target_comp_id = "{member.client_id}"
client_id = "{member.client_id}"
{f"strategy_tag = {STRATEGY_TAG}" if member.strategy_id else ""}
"""


def _reference(members: list[Member], listed: list[Listed]) -> str:
    instruments = "".join(instrument_table(one.tape, format_price(one.start_px)) for one in listed)
    return f"""\
restricted = [{{ instrument_id = "{RESTRICTED}", text = "we advise its board" }}]

[[user]]
user_id = "{TRADER}"
name = "A trader of the desk"
role = "trader"

[[user]]
user_id = "{RISK_OFFICER}"
name = "A risk officer"
role = "risk"

[[user]]
user_id = "{SECOND_OFFICER}"
name = "The chief risk officer"
role = "risk"

[[venue]]
venue_id = "{VENUE}"
name = "The simulated exchange"
mic = "{VENUE_MIC}"
{"".join(_client(member) for member in members)}{instruments}"""


def _client(member: Member) -> str:
    head = f"""
[[client]]
client_id = "{member.client_id}"
name = "{member.name}"
"""
    accounts = "".join(_account(member, account) for account in member.accounts)
    return head + accounts + (_strategy_limit(member) if member.strategy_id else "")


def _strategy_limit(member: Member) -> str:
    return f"""
[[limit]]
strategy = "{member.accounts[0].account_id}/{member.strategy_id}"
kind = "order_qty"
value = {ALGO_QTY}
"""


def _account(member: Member, account: Account) -> str:
    limits = account.limits
    return f"""
[[account]]
account_id = "{account.account_id}"
client_id = "{member.client_id}"
currency = "{account.currency}"
cash = "{format_money(account.cash)}"

[account.limits]
max_order_qty = {limits.max_order_qty}
max_order_notional = "{format_money(limits.max_order_notional)}"
collar_bps = {limits.collar_bps}
max_position = {limits.max_position}
max_gross_exposure = "{format_money(limits.max_gross_exposure)}"
max_net_exposure = "{format_money(limits.max_net_exposure)}"
rate_per_s = {limits.rate_per_s}
rate_burst = {limits.rate_burst}
"""
