"""TLS for FIX sessions: contexts made from a configuration, and who a peer's certificate says it is."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

# A handshake is two round trips and a signature: a peer that needs longer is not coming.
HANDSHAKE_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """What of a verified client certificate a session may be pinned to."""

    common_name: str
    sha256: str  # of the whole certificate, in small hex digits


def listening_context(cert: Path, key: Path, client_ca: Path | None, require_client_cert: bool) -> ssl.SSLContext:
    """For a listener: TLS 1.2 or later. Clients' certificates are checked against `client_ca`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(cert, key)
    if client_ca is not None:
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED if require_client_cert else ssl.CERT_OPTIONAL
    return context


def connecting_context(ca: Path | None, cert: Path | None, key: Path | None) -> ssl.SSLContext:
    """For a connection that we open: the peer's name and certificate are always checked, against `ca` or, without one,
    against the authorities that the system trusts."""
    context = ssl.create_default_context(cafile=None if ca is None else str(ca))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if cert is not None:
        context.load_cert_chain(cert, key)
    return context


def certificate_of(transport: asyncio.BaseTransport) -> Certificate | None:
    """The peer's certificate; None where it showed none, or the line is not encrypted."""
    secured: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    whole = secured.getpeercert(binary_form=True) if secured is not None else None
    if secured is None or not whole:
        return None
    return Certificate(_common_name(secured.getpeercert()), sha256(whole).hexdigest())


def _common_name(certificate: object) -> str:
    subject = certificate.get("subject", ()) if isinstance(certificate, dict) else ()
    for names in subject:
        for name, value in names:
            if name == "commonName":
                return str(value)
    return ""
