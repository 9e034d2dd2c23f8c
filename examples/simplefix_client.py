"""The smallest FIX client: log on, buy, watch, cancel, log out. Needs `pip install simplefix`.

    python simplefix_client.py --port 9878 --sender ACME --target KAIROS --symbol XXX --price 160.00

It keeps no sequence numbers: it begins each day anew with ResetSeqNumFlag(141)=Y. A client that trades for real keeps
its numbers, and what it sent, as FIX asks.
"""

from __future__ import annotations

import argparse
import socket
import time
from datetime import UTC, datetime

import simplefix

STATUS = {"0": "New", "1": "Partially filled", "2": "Filled", "4": "Canceled", "6": "Pending cancel", "8": "Rejected"}


class Client:
    """One connection. Names and numbers as FIX has them."""

    def __init__(self, host: str, port: int, sender: str, target: str) -> None:
        self.sock = socket.create_connection((host, port), timeout=10)
        self.parser = simplefix.FixParser()
        self.sender, self.target = sender, target
        self.next_out = 1

    def send(self, msg_type: str, *fields: tuple[int, object]) -> None:
        message = simplefix.FixMessage()
        message.append_pair(8, "FIX.4.4")
        message.append_pair(35, msg_type)
        message.append_pair(34, self.next_out)
        message.append_pair(49, self.sender)
        message.append_utc_timestamp(52, precision=3)
        message.append_pair(56, self.target)
        for tag, value in fields:
            message.append_pair(tag, value)
        self.next_out += 1
        self.sock.sendall(message.encode())

    def receive(self, seconds: float) -> simplefix.FixMessage | None:
        """The next application message, or Logon or Logout; heartbeats are answered on the way."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            message = self.parser.get_message()
            if message is None:
                self.sock.settimeout(max(end - time.monotonic(), 0.01))
                try:
                    data = self.sock.recv(65536)
                except TimeoutError:
                    return None
                if not data:
                    raise ConnectionError("the other side closed the connection")
                self.parser.append_buffer(data)
            elif message.message_type == b"1":
                self.send("0", (112, message.get(112).decode()))
            elif message.message_type != b"0":
                return message
        return None


def now() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H:%M:%S.%f")[:-3]


def show(message: simplefix.FixMessage) -> None:
    text = {tag: (message.get(tag) or b"").decode() for tag in (11, 39, 14, 151, 31, 32, 58, 102)}
    if message.message_type == b"8":
        fill = f", {text[32]} @ {text[31]}" if text[32] not in ("", "0") else ""
        print(f"{text[11]}: {STATUS.get(text[39], text[39])}, done {text[14]}, left {text[151]}{fill} {text[58]}")
    else:
        print(f"message {message.message_type.decode()}: {text[58]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9878)
    parser.add_argument("--sender", default="ACME")
    parser.add_argument("--target", default="KAIROS")
    parser.add_argument("--account", default="")
    parser.add_argument("--symbol", required=True)
    parser.add_argument("--qty", type=int, default=100)
    parser.add_argument("--price", required=True)
    parser.add_argument("--seconds", type=float, default=5, help="how long to watch before it cancels")
    args = parser.parse_args()

    client = Client(args.host, args.port, args.sender, args.target)
    client.send("A", (98, 0), (108, 30), (141, "Y"))
    logon = client.receive(10)
    if logon is None or logon.message_type != b"A":
        raise SystemExit("no Logon came back: is the session configured, and free?")
    print("logged on")

    order = f"{args.sender}-{int(time.time() * 1000)}"
    account = [(1, args.account)] if args.account else []
    side, quantity = (54, 1), (38, args.qty)
    client.send(
        "D",
        *account,
        (11, order),
        (21, 1),
        quantity,
        (40, 2),
        (44, args.price),
        side,
        (55, args.symbol),
        (59, 0),
        (60, now()),
    )
    end = time.monotonic() + args.seconds
    while time.monotonic() < end:
        message = client.receive(end - time.monotonic())
        if message is not None:
            show(message)
            if message.get(39) in (b"2", b"8"):
                break
    else:
        client.send("F", (11, f"{order}-C"), quantity, (41, order), side, (55, args.symbol), (60, now()))
        while (message := client.receive(5)) is not None:
            show(message)
            if message.get(39) == b"4" or message.message_type == b"9":
                break
    client.send("5")
    client.receive(5)
    print("logged out")


if __name__ == "__main__":
    main()
