"""Rounds of load with kill -9 in the middle; after each everything stands again, falls quiet, and is audited."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.torture.audit import Claim, claims_on_desk, claims_on_records
from tests.torture.client import HOUSE
from tests.torture.house import CLIENTS, VENUE, Party, TorturedHouse
from tests.torture.record import read_record
from tests.torture.replay import claims_on_journal
from tests.torture.session import History

# A moment of load before, between and after kills, in seconds.
MOMENTS_S = (0.05, 0.9)
MAX_KILLS = 3
BUSY_REQUESTS = 400
BUSY_S = 60.0
AWAY_S = (0.0, 0.6)
FREEZE_S = 3.0
QUIET_S = 90.0
NUMBERS_S = 10.0


class Campaign:
    """One house and its parties; `seed` decides the load and the moments of the kills, the machine decides the rest."""

    def __init__(self, folder: Path, seed: str, data_dir: Path | None = None) -> None:
        self.folder = folder
        self.seed = seed
        self.house = TorturedHouse(folder / "house", data_dir)
        self.venue = Party(folder / VENUE, "venue", str(self.house.venue_port), VENUE, seed)
        port = str(self.house.fix_port)
        self.clients = {
            name: Party(folder / name, "client", port, version, name, seed) for name, version in CLIENTS.items()
        }
        self.trader = Party(folder / "trader", "trader", str(self.house.folder / "kairos.toml"))
        self.rounds = 0
        self.kills: list[str] = []
        self.kills_before = 0

    def __enter__(self) -> Campaign:
        with ExitStack() as undo:
            undo.callback(self.end_at_once)
            self.venue.start()
            self.house.stand()
            self.trader.start()
            for client in self.clients.values():
                client.start()
            undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.end_at_once()

    def end_at_once(self) -> None:
        for party in (*self.clients.values(), self.venue, self.trader):
            party.kill()
        self.house.kill_all()

    # A round

    def round(self) -> list[Claim]:
        """Returns what was found, claim by claim."""
        self.rounds += 1
        self.kills_before = len(self.kills)
        chance = Random(f"{self.seed}-{self.rounds}")
        self.load_until_busy()
        self.load(chance.uniform(*MOMENTS_S))
        for _ in range(chance.randint(1, MAX_KILLS)):
            self.strike(chance)
            time.sleep(chance.uniform(*MOMENTS_S))
        self.stand_again()
        self.fall_quiet()
        return self.audit()

    def load(self, seconds: float) -> None:
        """So long at full speed."""
        for client in self.clients.values():
            client.be_quiet(False)
        time.sleep(seconds)

    def load_until_busy(self) -> None:
        """Until every client has sent some hundred requests more."""
        before = {name: self._requests_of(client) for name, client in self.clients.items()}
        end = time.monotonic() + BUSY_S
        while any(self._requests_of(client) < before[name] + BUSY_REQUESTS for name, client in self.clients.items()):
            assert time.monotonic() < end, f"no load: {self._restless()}\n{self.house.last_words()}"
            self.load(0.05)

    def wait_for_word(self, word: str) -> None:
        """Under load, until the house's log says it."""
        end = time.monotonic() + BUSY_S
        while word not in self.house.log.read_text():
            assert time.monotonic() < end, f"never said: {word}\n{self.house.last_words()}"
            self.load(0.1)

    def _requests_of(self, client: Party) -> int:
        return int(client.status().get("orders", 0))

    def strike(self, chance: Random) -> None:
        name, blow = chance.choice(self._blows())
        self.kills.append(name)
        blow(chance.uniform(*AWAY_S))

    def _blows(self) -> list[tuple[str, Callable[[float], None]]]:
        """The engine is hit most. What each takes is how long the fallen lie there."""
        engine: list[tuple[str, Callable[[float], None]]] = [("engine", self._kill_engine)] * 4
        parties = [(name, self._killing(party)) for name, party in self.clients.items()]
        supervisor = [("supervisor", self._kill_supervisor), ("supervisor and engine", self._kill_both)]
        venue = [(VENUE, self._killing(self.venue)), ("trader", self._killing(self.trader))]
        return [*engine, *supervisor, *venue, *venue[:1], ("keeper", self._kill_keeper), *parties]

    def _kill_engine(self, _away_s: float) -> None:
        self.house.hit("engine", signal.SIGKILL)

    def _kill_keeper(self, _away_s: float) -> None:
        """Who writes snapshots."""
        self.house.hit("keeper", signal.SIGKILL)

    def _kill_supervisor(self, _away_s: float) -> None:
        """Started again at once: the orphan may still be there."""
        self.house.kill_supervisor()
        self.house.launch()

    def _kill_both(self, away_s: float) -> None:
        self.house.kill_all()
        time.sleep(away_s)
        self.house.launch()

    def _killing(self, party: Party) -> Callable[[float], None]:
        def blow(away_s: float) -> None:
            party.check_alive()
            party.kill()
            time.sleep(away_s)
            party.start()

        return blow

    # After it

    def stand_again(self) -> None:
        self.house.stand()
        for party in (self.venue, self.trader, *self.clients.values()):
            party.check_alive()

    def fall_quiet(self) -> None:
        """No new orders, and those that work taken back; who is not quiet by then is found by the audit."""
        for client in self.clients.values():
            client.be_quiet(True)
        end = time.monotonic() + QUIET_S
        while not self._is_quiet() and time.monotonic() < end:
            self.house.keep_up()
            time.sleep(0.1)

    def _is_quiet(self) -> bool:
        at_clients = [client.status() for client in self.clients.values()]
        at_venue = self.venue.status()
        return at_venue.get("open") == 0 and all(
            status.get("quiet") and status["logged_on"] and status["open"] == 0 for status in at_clients
        )

    def audit(self) -> list[Claim]:
        clients = {name: History(read_record(party.record)) for name, party in self.clients.items()}
        venue = History(read_record(self.venue.record))
        return [
            *claims_on_records(clients, venue),
            *claims_on_desk(clients, self.house.orders()),
            Claim("both sides of each session expect the same numbers", self._numbers_that_differ()),
            Claim("all have come to rest", self._restless()),
            *claims_on_journal(self.house.journal),
        ]

    def _numbers_that_differ(self) -> list[str]:
        """A heartbeat may be on its way: look again for a while."""
        end = time.monotonic() + NUMBERS_S
        while True:
            found = self._compare_numbers()
            if not found or time.monotonic() > end:
                return found
            time.sleep(0.2)

    def _compare_numbers(self) -> list[str]:
        ours = self.house.sessions()
        theirs = {name: party.status() for name, party in (*self.clients.items(), (VENUE, self.venue))}
        found = []
        for name, status in theirs.items():
            row = ours[name]
            if (row["next_in"], row["next_out"]) != (status["next_out"], status["next_in"]):
                has = f"{HOUSE} has in {row['next_in']} out {row['next_out']}"
                found.append(f"{name}: {has}, the other side in {status['next_in']} out {status['next_out']}")
        return found

    def _restless(self) -> list[str]:
        if self._is_quiet():
            return []
        parties = {VENUE: self.venue, **self.clients}
        return [f"{name}: {party.status()}" for name, party in parties.items()]

    def told(self) -> str:
        """What the round was, in a line."""
        orders = sum(map(self._requests_of, self.clients.values()))
        at_venue = self.venue.status().get("orders")
        killed = ", ".join(self.kills[self.kills_before :])
        return f"killed {killed}; {orders} requests so far, {at_venue} orders at the venue"

    # Its end

    def end(self) -> list[Claim]:
        """A clean stop, as by systemd."""
        for client in self.clients.values():
            client.stop()
        code = self.house.stop()
        self.venue.stop()
        return [Claim("`kairos serve` ends well", [f"exit code {code}"] if code else []), *self.audit_journal()]

    def audit_journal(self) -> list[Claim]:
        return claims_on_journal(self.house.journal)
