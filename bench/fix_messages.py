"""The FIX messages of the load: a NewOrderSingle of 24 fields with header and trailer, made before the clock runs."""

from __future__ import annotations

import time

SOH = "\x01"
CLIENT, SERVER = "ACME", "KAIROS"
FIELDS = 24
ACK = b"\x0135=8\x01"
REFUSED = b"\x0139=8\x01"


def message(seq: int, msg_type: str, body: str, client: str = CLIENT) -> bytes:
    content = f"35={msg_type}{SOH}34={seq}{SOH}49={client}{SOH}52={stamp()}{SOH}56={SERVER}{SOH}{body}"
    frame = f"8=FIX.4.4{SOH}9={len(content)}{SOH}{content}".encode()
    return frame + f"10={sum(frame) % 256:03d}{SOH}".encode()


def logon(client: str = CLIENT, seq: int = 1) -> bytes:
    return message(seq, "A", f"98=0{SOH}108=30{SOH}", client)


def order(seq: int, client: str = CLIENT) -> bytes:
    """8, 9, 35, 34, 49, 52, 56, sixteen of the body, 10. A care order: no venue's time is in its acknowledgement."""
    fields = {
        1: f"{client}-1", 11: f"O{seq}", 15: "USD", 18: "1", 21: "3", 38: "100", 40: "2", 44: "10.00", 54: "1",
        55: "XXX", 58: "bench", 59: "0", 60: stamp(), 63: "0", 207: "XNYS", 528: "A",
    }  # fmt: skip
    return message(seq, "D", "".join(f"{tag}={value}{SOH}" for tag, value in fields.items()), client)


def orders(first_seq: int, count: int, client: str = CLIENT) -> list[bytes]:
    return [order(first_seq + n, client) for n in range(count)]


def names_of(sessions: int) -> tuple[str, ...]:
    """The clients of so many sessions."""
    return tuple(f"C{n}" for n in range(sessions)) if sessions > 1 else (CLIENT,)


def stamp() -> str:
    return time.strftime("%Y%m%d-%H:%M:%S", time.gmtime()) + ".000"
