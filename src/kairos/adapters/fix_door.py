"""Who may have a session: the rules of a house, asked before a connection gets its line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kairos.adapters.config_fix import FixSessionConfig
from kairos.adapters.credentials import PasswordHash
from kairos.adapters.fix_tls import Certificate, certificate_of


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end of a connection, as far as the network says."""

    address: str = ""  # empty where the transport has none
    encrypted: bool = False
    certificate: Certificate | None = None


def peer_of(transport: asyncio.BaseTransport) -> Peer:
    name = transport.get_extra_info("peername")
    encrypted = transport.get_extra_info("ssl_object") is not None
    return Peer(str(name[0]) if name else "", encrypted, certificate_of(transport))


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a Logon(A) must carry: Username(553), where one is agreed on, and Password(554)."""

    username: str
    password_hash: PasswordHash

    def fit(self, username: str, password: str) -> bool:
        """Whether these are they. It takes as long whatever is wrong."""
        fits = self.password_hash.matches(password)
        return fits and (not self.username or username == self.username)


class Door(Protocol):
    def refusal(self, session: str, peer: Peer) -> str:
        """Why the peer may not have this session now; empty when it may."""

    def credentials(self, session: str) -> Credentials | None:
        """What its Logon must carry, where that is asked for."""


class OpenDoor:
    """Everybody may have any session: a simulated exchange, a tool."""

    def refusal(self, session: str, peer: Peer) -> str:
        return ""

    def credentials(self, session: str) -> Credentials | None:
        return None


class ConfiguredDoor:
    """As `kairos.toml` says. `closed(session)` says why a session is not open at this hour; empty when it is."""

    def __init__(self, sessions: Mapping[str, FixSessionConfig], closed: Callable[[str], str]) -> None:
        self._sessions = sessions
        self._closed = closed

    def refusal(self, session: str, peer: Peer) -> str:
        config = self._sessions[session]
        if peer.address and not config.allows(peer.address):
            return f"{peer.address} is not an allowed address of {session}"
        if config.require_tls and not peer.encrypted:
            return f"{session} must use TLS: connect to the port of [fix.tls]"
        if config.client_cert and not config.is_pinned_to(peer.certificate):
            shown = f"{peer.certificate.common_name!r}" if peer.certificate else "none"
            return f"the certificate of {peer.address} ({shown}) is not the one of {session}"
        return self._closed(session)

    def credentials(self, session: str) -> Credentials | None:
        config = self._sessions[session]
        return None if config.password_hash is None else Credentials(config.username, config.password_hash)
