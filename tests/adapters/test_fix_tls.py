"""TLS for FIX: who shows which certificate, and who is turned away for it. Certificates are made here."""

from __future__ import annotations

import asyncio
import ssl
from hashlib import sha256
from pathlib import Path

import pytest
from tests.adapters.fix_house import Answering, FixClient, FixHouse, SilentObserver, client, house_of, run

from kairos.adapters import fix_tls_listener
from kairos.adapters.fix_initiator import Destination, FixInitiator
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_tls import connecting_context, listening_context
from kairos.demo.setup import free_ports
from kairos.fix.dictionary import load_dictionary
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig

trustme = pytest.importorskip("trustme", reason="trustme makes the certificates")


class Certificates:
    """An authority, a server's certificate for localhost, and one each for two clients."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(self.ca)
        self.fingerprints: dict[str, str] = {}
        server = authority.issue_cert("localhost", "127.0.0.1")
        self.cert, self.key = self._write(folder, "server", server)
        self.clients = {}
        for name in ("ACME", "EVE"):
            issued = authority.issue_cert(f"{name.lower()}.example", common_name=name)
            self.clients[name] = self._write(folder, name, issued)
        self.foreign = self._write(folder, "foreign", trustme.CA().issue_cert("acme.example", common_name="ACME"))

    def _write(self, folder: Path, name: str, issued: trustme.LeafCert) -> tuple[Path, Path]:
        cert, key = folder / f"{name}.pem", folder / f"{name}.key"
        issued.cert_chain_pems[0].write_to_path(cert)
        issued.private_key_pem.write_to_path(key)
        self.fingerprints[name] = sha256(ssl.PEM_cert_to_DER_cert(cert.read_text())).hexdigest()
        return cert, key

    def listening(self, require: bool = True) -> ssl.SSLContext:
        return listening_context(self.cert, self.key, self.ca, require)

    def connecting(self, pair: tuple[Path, Path] | None = None) -> ssl.SSLContext:
        return connecting_context(self.ca, *(pair or (None, None)))


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_a_session_goes_over_tls(certificates: Certificates) -> None:
    async def test() -> None:
        async with house_of(client("ACME", require_tls=True), tls=certificates.listening(False)) as house:
            peer = await FixClient.connect(house.port, "ACME", certificates.connecting())
            await peer.log_on()
            peer.send("B", (148, "x"), (33, "1"), (58, "x"))
            assert (await peer.hear_until(lambda m: m.msg_type == "B")).seq_num == 2
            await peer.close()

    run(test)


@pytest.mark.parametrize("pin", ["ACME", "fingerprint"])
@pytest.mark.parametrize(("shown", "let_in"), [("ACME", True), ("EVE", False)])
def test_a_pinned_session_is_for_its_certificate_alone(
    certificates: Certificates, pin: str, shown: str, let_in: bool
) -> None:
    async def test() -> None:
        wanted = certificates.fingerprints["ACME"] if pin == "fingerprint" else pin
        async with house_of(client("ACME", client_cert=wanted), tls=certificates.listening()) as house:
            peer = await FixClient.connect(house.port, "ACME", certificates.connecting(certificates.clients[shown]))
            if let_in:
                await peer.log_on()
            else:
                peer.send("A", (98, "0"), (108, "30"))
                assert await peer.is_hung_up()
                assert "('EVE') is not the one of" in house.turned_away[0]
                assert house.lines["ACME"].session.next_in == 1
            await peer.close()

    run(test)


def test_a_session_that_asks_for_tls_can_not_be_had_without(certificates: Certificates) -> None:
    async def test() -> None:
        async with house_of(client("ACME", require_tls=True), client("BETA", client_cert="BETA")) as house:
            for name in ("ACME", "BETA"):
                peer = await FixClient.connect(house.port, name)
                peer.send("A", (98, "0"), (108, "30"))
                assert await peer.is_hung_up()
                await peer.close()
            assert "must use TLS" in house.turned_away[0]
            assert "(none) is not the one of" in house.turned_away[1]

    run(test)


@pytest.mark.parametrize("shown", ["none", "foreign"])
def test_without_a_certificate_of_the_authority_there_is_no_line(certificates: Certificates, shown: str) -> None:
    async def test() -> None:
        pair = None if shown == "none" else certificates.foreign
        async with house_of(client("ACME"), tls=certificates.listening()) as house:
            try:
                peer = await FixClient.connect(house.port, "ACME", certificates.connecting(pair))
                peer.send("A", (98, "0"), (108, "30"))
                assert await peer.is_hung_up()
                await peer.close()
            except OSError:
                pass  # the handshake itself may fail, depending on the version of TLS
            while not house.turned_away:
                await asyncio.sleep(0.001)
            assert "no TLS" in house.turned_away[0]

    run(test)


def test_plain_fix_on_the_tls_port_and_a_handshake_that_never_ends_are_cut_off(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        monkeypatch.setattr(fix_tls_listener, "HANDSHAKE_TIMEOUT_S", 0.05)
        async with house_of(client("ACME"), tls=certificates.listening()) as house:
            plain = await FixClient.connect(house.port, "ACME")
            plain.send("A", (98, "0"), (108, "30"))
            assert await plain.is_hung_up()
            silent = await FixClient.connect(house.port, "ACME")
            assert await silent.is_hung_up()
            assert not house.acceptor.open
            assert ["no TLS" in why for why in house.turned_away] == [True, True]
            for peer in (plain, silent):
                await peer.close()

    run(test)


@pytest.mark.parametrize("server_name", ["localhost", "venue.example"])
def test_an_initiator_checks_whose_certificate_it_is_shown(certificates: Certificates, server_name: str) -> None:
    async def test() -> None:
        config = client("VENUE")
        async with house_of(config, tls=certificates.listening()) as house:
            line = initiating_line(house)
            tls = certificates.connecting(certificates.clients["ACME"])
            initiator = FixInitiator(line, Destination("127.0.0.1", house.port, 5, tls, server_name))
            initiator.start()
            if server_name == "localhost":
                while not line.logged_on:
                    await asyncio.sleep(0.001)
            else:
                while not house.turned_away:
                    await asyncio.sleep(0.001)
                assert not line.connected
            await initiator.stop()

    run(test)


def test_an_initiator_can_be_stopped_at_any_moment_of_a_connection_that_fails() -> None:
    """A cancel that meets the failure was swallowed once: the initiator went on, and stopping it never ended."""

    async def test() -> None:
        async with house_of(client("VENUE")) as house:
            line = initiating_line(house)
            (nobody_listens,) = free_ports(1)
            for ticks in range(20):
                initiator = FixInitiator(line, Destination("127.0.0.1", nobody_listens, 60))
                initiator.start()
                for _ in range(ticks):
                    await asyncio.sleep(0)
                await initiator.stop()

    run(test)


def initiating_line(house: FixHouse) -> FixLine:
    session = Session(SessionConfig("FIX.4.4", "VENUE", "KAIROS", initiator=True), load_dictionary("FIX.4.4"))
    return FixLine(session, house.runtime, Answering(), house.sent, SilentObserver())
