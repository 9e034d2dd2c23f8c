"""The order state change matrices over real sockets, row by row: FIX 4.4's 47, and D1 to D37 in FIX 4.2's words.

One engine process with a journal on disk, a client and a venue that are simplefix. The scenarios' rows are facts of the
FIX specifications (shared data); `tests/scenarios/fix_order_states` ships the same against the core.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.system.fix_peer import FixPeer
from tests.system.matrix import Play, Table
from tests.system.running_engine import RunningEngine
from tests.system.venue_peer import FIX_4_2, VenuePeer

from kairos.app.clock import SystemClock, trading_date
from kairos.demo.setup import free_ports

pytestmark = pytest.mark.slow

FIX_4_4 = "FIX.4.4"
HERE = Path(__file__).parent
PLAYED = sorted(path.stem for path in (HERE.parent / "scenarios" / "fix_order_states").glob("*.scn"))
OF_4_4_ONLY = {"B.1.d", "B.1.e", "B.1.f", "D.2.b", "D.2.c", "E.1.e", "J.1.d", "K.1.a", "K.1.b", "L.1.b"}
# What was agreed with whom. Each client has a session in either version; but an order by phone is told over a client's
# first session, and CALLS has one only.
AGREEMENTS = {
    "ACME": "",
    "CALLS": "",
    "WAITS": 'ack = "on_venue_ack"',
    "ONCE": 'second_replace = "at_once"',
    "NEVER": 'second_replace = "refused"',
}
VERSIONS = {"CALLS": (FIX_4_2,)}
CLIENT_OF = {"B.1.d": "WAITS", "B.1.e": "WAITS", "G.1.c": "WAITS", "D.2.b": "ONCE", "D.2.d": "NEVER"}
CLIENT_OF_42 = {**CLIENT_OF, "E.1.a": "CALLS"}
LIMITS = """
[account.limits]
max_order_qty = 1000000
max_order_notional = "1000000000000"
collar_bps = 10000
max_position = 1000000000
max_gross_exposure = "1000000000000000"
max_net_exposure = "1000000000000000"
rate_per_s = 100000
rate_burst = 100000
"""


def instrument(symbol: str, mic: str, currency: str, reference_px: int) -> str:
    return (
        f'[[instrument]]\nsymbol = "{symbol}"\nmic = "{mic}"\nname = "{symbol}"\ncurrency = "{currency}"\n'
        f'tick_size = "0.1"\nlot_size = 1\nreference_px = "{reference_px}"\n'
    )


def account(account_id: str, client_id: str, currency: str) -> str:
    return (
        f'[[account]]\naccount_id = "{account_id}"\nclient_id = "{client_id}"\ncurrency = "{currency}"\n'
        f'cash = "1000000000000"\n{LIMITS}'
    )


def reference() -> str:
    parts = ['[[user]]\nuser_id = "tina"\nrole = "trader"\n']
    for client_id, agreement in AGREEMENTS.items():
        parts += [f'[[client]]\nclient_id = "{client_id}"\n{agreement}\n', account(f"A-{client_id}", client_id, "USD")]
    parts.append(account("E-ACME", "ACME", "EUR"))
    for venue_id, mic in (("V44", "XASE"), ("V42", "ARCX")):
        parts.append(f'[[venue]]\nvenue_id = "{venue_id}"\nmic = "{mic}"\nname = "{venue_id}"\n')
    parts += [instrument("ONE", "XASE", "USD", 1000), instrument("TWO", "ARCX", "USD", 1000)]
    return "\n".join([*parts, instrument("EUR", "XASE", "EUR", 20)])


def settings(port: int, venues: list[VenuePeer]) -> str:
    parts = [
        '[engine]\nname = "t"\ndata_dir = "data"\n[http]\nenabled = false\n[log]\nlevel = "error"\n',
        f"[fix]\nport = {port}\n",
    ]
    for client_id in AGREEMENTS:
        for version in VERSIONS.get(client_id, (FIX_4_4, FIX_4_2)):
            parts.append(
                f'[[fix.session]]\nbegin_string = "{version}"\nsender_comp_id = "KAIROS"\n'
                f'target_comp_id = "{client_id}"\nclient_id = "{client_id}"\ndefault_account = "A-{client_id}"\n'
            )
    for venue in venues:
        parts.append(
            f'[[venue_session]]\nvenue_id = "{venue.comp_id}"\nbegin_string = "{venue.begin_string}"\n'
            f'sender_comp_id = "KAIROS"\ntarget_comp_id = "{venue.comp_id}"\nhost = "127.0.0.1"\nport = {venue.port}\n'
        )
    return "\n".join([*parts, '[reference]\nfiles = ["reference.toml"]\n'])


class House:
    """One engine for all scenarios, its two venues, and the clients as they are asked for."""

    def __init__(self, engine: RunningEngine, venues: dict[str, VenuePeer]) -> None:
        assert engine.process is not None
        self.engine, self.venues = engine, venues
        self.port = engine.process.config.fix.port
        self.peers: dict[tuple[str, str], FixPeer] = {}
        self.day = trading_date(SystemClock().now_ns(), "UTC", 0)

    def next_day(self) -> int:
        self.day += 1
        return self.day

    def peer(self, client_id: str, version: str) -> FixPeer:
        peer = self.peers.get((client_id, version))
        if peer is None:
            peer = FixPeer(self.port, client_id, begin_string=version)
            peer.connect()
            self.peers[client_id, version] = peer
        return peer

    def table(self, scenario_id: str, version: str) -> Table:
        client_id = (CLIENT_OF if version == FIX_4_4 else CLIENT_OF_42).get(scenario_id, "ACME")
        symbol, mic = ("ONE", "XASE") if version == FIX_4_4 else ("TWO", "ARCX")
        return Table(
            self.engine, self.peer(client_id, version), self.venues[version], client_id, symbol, f"{symbol}.{mic}"
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("wire")
    venues = {FIX_4_4: VenuePeer("V44", FIX_4_4), FIX_4_2: VenuePeer("V42", FIX_4_2)}
    (folder / "reference.toml").write_text(reference())
    (folder / "kairos.toml").write_text(settings(free_ports(1)[0], list(venues.values())))
    with RunningEngine(folder / "kairos.toml") as engine:
        engine.wait_until_venues_are_up(len(venues))
        house = House(engine, venues)
        yield house
        for peer in house.peers.values():
            peer.logout()
    for venue in venues.values():
        venue.close()


def scenario_of(shared_data: Callable[[str], Path], file: str, scenario_id: str) -> dict[str, object]:
    rows = json.loads((shared_data("fix_order_states") / file).read_text("utf-8"))
    return next(scenario for scenario in rows if scenario["id"] == scenario_id)


@pytest.mark.parametrize("scenario_id", PLAYED)
def test_fix_4_4(scenario_id: str, house: House, shared_data: Callable[[str], Path]) -> None:
    scenario = scenario_of(shared_data, "order_state_scenarios.json", scenario_id)
    table = house.table(scenario_id, FIX_4_4)
    if scenario_id == "L.1.b":
        table.symbol, table.account_id = "EUR", "E-ACME"
    Play(scenario, table, house.next_day()).run()


@pytest.mark.parametrize("scenario_id", [name for name in PLAYED if name not in OF_4_4_ONLY])
def test_fix_4_2(scenario_id: str, house: House, shared_data: Callable[[str], Path]) -> None:
    scenario = scenario_of(shared_data, "order_state_scenarios_42.json", scenario_id)
    Play(scenario, house.table(scenario_id, FIX_4_2), house.next_day()).run()


def test_every_scenario_of_both_editions_is_played(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("fix_order_states")
    ids_44, ids_42 = (
        {scenario["id"] for scenario in json.loads((folder / name).read_text("utf-8"))}
        for name in ("order_state_scenarios.json", "order_state_scenarios_42.json")
    )
    assert ids_44 == set(PLAYED)
    assert ids_42 == set(PLAYED) - OF_4_4_ONLY
