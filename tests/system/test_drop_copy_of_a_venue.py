"""A venue's drop copy over real sockets: the order session is silent, the copy tells, the session says it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.system.fix_peer import FixPeer
from tests.system.running_engine import RunningEngine
from tests.system.test_order_states_on_the_wire import account, instrument
from tests.system.venue_peer import Held, VenuePeer

from kairos.demo.setup import free_ports
from kairos.model.enums import OrdStatus

pytestmark = pytest.mark.slow

SETTINGS = """
[engine]
name = "t"
data_dir = "data"
[http]
enabled = false
[log]
level = "error"
[fix]
port = {fix_port}
[[fix.session]]
begin_string = "FIX.4.4"
sender_comp_id = "KAIROS"
target_comp_id = "ACME"
client_id = "ACME"
default_account = "A-ACME"
[[venue_session]]
venue_id = "V"
begin_string = "FIX.4.4"
sender_comp_id = "KAIROS"
target_comp_id = "V"
host = "127.0.0.1"
port = {venue_port}
drop_copy = {{ sender_comp_id = "KAIROS", target_comp_id = "V-DC", port = {copy_port} }}
[reference]
files = ["reference.toml"]
"""


def until(holds: Callable[[], bool], what: str, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.01)


def say_both(held: Held, peer: VenuePeer) -> None:
    """The acknowledgement and a fill, as this session numbers its reports."""
    held.cum = 0
    peer.acknowledge(held)
    peer.fill(held, 40, "1000")


def test_what_a_silent_order_session_left_unknown_the_drop_copy_tells(tmp_path: Path) -> None:
    venue, copies = VenuePeer("V", "FIX.4.4"), VenuePeer("V-DC", "FIX.4.4", copies="V")
    ports = {"fix_port": free_ports(1)[0], "venue_port": venue.port, "copy_port": copies.port}
    (tmp_path / "kairos.toml").write_text(SETTINGS.format(**ports))
    (tmp_path / "reference.toml").write_text(
        '[[user]]\nuser_id = "tina"\nrole = "trader"\n[[client]]\nclient_id = "ACME"\n'
        + account("A-ACME", "ACME", "USD")
        + '\n[[venue]]\nvenue_id = "V"\nmic = "XASE"\nname = "V"\nack_timeout_ms = 200\n'
        + instrument("ONE", "XASE", "USD", 1000)
    )
    with RunningEngine(tmp_path / "kairos.toml") as engine:
        engine.wait_until_venues_are_up(1)
        assert engine.process is not None
        desk = engine.process.engine.desk
        copy_line = engine.process.lines["FIX.4.4:KAIROS->V-DC"]
        until(lambda: copy_line.logged_on, "the drop copy is up")
        client = FixPeer(ports["fix_port"], "ACME")
        client.connect()
        client.order("A1", "1", 100, "ONE", price="1000")
        held = venue.new_order()
        until(lambda: desk.routes[1].base is OrdStatus.UNKNOWN, "the route is UNKNOWN")
        say_both(held, copies)
        assert client.report_of("A1", "1")[14] == "40"
        say_both(held, venue)
        venue.fill(held, 60, "1000")
        assert client.report_of("A1", "2")[14] == "100"
        assert len([report for report in client.reports if report.get(150) == "F"]) == 2
        assert not venue.disputes
        assert not copies.disputes
        copies.send("5", {})
        until(lambda: not copy_line.logged_on, "the drop copy is down")
        assert desk.venues["V"].up
        client.logout()
    venue.close()
    copies.close()
