"""Long answers to ResendRequests: in pieces, in order, each number once, and nobody else waits for them."""

from __future__ import annotations

import asyncio
import time

import pytest
from tests.adapters.fix_house import FixClient, FixHouse, client, house_of, run, text

from kairos.adapters import fix_pipe, fix_resend, sent_messages
from kairos.fix.message import Message

MANY = 20_000


def numbers(messages: list[Message]) -> list[int]:
    return [message.seq_num for message in messages]


async def fill(house: FixHouse, name: str, count: int, words: str = "report") -> None:
    """Number messages for a client that is not there."""
    for n in range(count):
        house.lines[name].send("B", text(f"{words} {n}"))
        if n % 2_000 == 0:
            await house.settled()
    await house.settled()


async def log_on_and_ask(peer: FixClient, begin: int = 1) -> int:
    """Returns the number of the answer to the Logon."""
    peer.send("A", (98, "0"), (108, "30"))
    logon = await peer.hear_until(lambda m: m.msg_type == "A")
    peer.heard.clear()
    peer.send("2", (7, str(begin)), (16, "0"))
    return int(logon.seq_num)


def test_twenty_thousand_messages_come_in_order_each_once_with_live_ones_behind_them() -> None:
    async def test() -> None:
        async with house_of(client("ACME"), client("BETA")) as house:
            await fill(house, "ACME", MANY)
            other = await FixClient.connect(house.port, "BETA")
            await other.log_on()
            peer = await FixClient.connect(house.port, "ACME")
            logon = await log_on_and_ask(peer)
            assert logon == MANY + 1
            await peer.hear_until(lambda m: m.seq_num == 1)
            house.lines["ACME"].send("B", text("live"))
            served = 0
            listening = asyncio.create_task(peer.hear_until(lambda m: m.get(58) == "live"))
            while not listening.done():
                other.send("B", (148, "x"), (33, "1"), (58, "x"))
                await other.hear_until(lambda m: m.msg_type == "B")
                served += not listening.done()
            await listening
            assert numbers(peer.heard) == [*range(1, MANY + 1), MANY + 1, MANY + 2]
            assert all(m.get(43) == "Y" for m in peer.heard[:-1])
            assert (peer.heard[-2].msg_type, peer.heard[-1].has(43)) == ("4", False)
            assert served >= 10
            for each in (peer, other):
                await each.close()

    run(test)


def test_a_second_request_in_the_middle_is_served_by_the_answer_under_way() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            await fill(house, "ACME", 3_000)
            peer = await FixClient.connect(house.port, "ACME")
            await log_on_and_ask(peer)
            peer.send("2", (7, "1500"), (16, "0"))
            peer.send("1", (112, "after"))
            await peer.hear_until(lambda m: m.get(112) == "after")
            assert numbers(peer.heard) == [*range(1, 3_002), 3_002]
            await peer.close()

    run(test)


def test_a_cut_in_the_middle_ends_the_answer_and_the_next_connection_asks_anew() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            await fill(house, "ACME", 3_000)
            peer = await FixClient.connect(house.port, "ACME")
            await log_on_and_ask(peer)
            await peer.hear_until(lambda m: m.seq_num == 100)
            await peer.close()
            while house.lines["ACME"].connected:
                await asyncio.sleep(0.001)
            assert not house.lines["ACME"].pump.active
            again = await FixClient.connect(house.port, "ACME")
            again.seq = peer.seq
            logon = await log_on_and_ask(again, 100)
            await again.hear_until(lambda m: m.msg_type == "4" and m.get(36) == str(logon + 1))
            resent = [n for n in numbers(again.heard) if n <= 3_000]
            assert resent == list(range(100, 3_001))
            await again.close()

    run(test)


def test_a_logout_in_the_middle_is_answered_and_the_answer_ends() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            await fill(house, "ACME", 5_000)
            peer = await FixClient.connect(house.port, "ACME")
            await log_on_and_ask(peer)
            peer.send("5")
            await peer.hear_until(lambda m: m.msg_type == "5")
            assert await peer.is_hung_up()
            assert numbers(peer.heard) == sorted(numbers(peer.heard))
            await peer.close()

    run(test)


def test_an_answer_rests_while_the_peer_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies between the journal and a peer that takes nothing stays bounded."""

    async def test() -> None:
        async with house_of(client("ACME")) as house:
            await fill(house, "ACME", 6_000, "a long report " * 100)
            peer = await FixClient.connect(house.port, "ACME")
            peer.send("A", (98, "0"), (108, "30"))
            peer.send("2", (7, "1"), (16, "0"))
            line = house.lines["ACME"]
            while not line.pipe.is_full():
                await asyncio.sleep(0.001)
            for _ in range(50):
                await asyncio.sleep(0.001)
                assert line.pipe.unread_bytes() < fix_pipe.FULL_BYTES + 2 * sent_messages.PIECE_BYTES
            assert line.pump.active
            await peer.hear_until(lambda m: m.seq_num == 6_000)
            assert peer.heard[0].msg_type == "A"
            assert numbers(peer.heard[1:]) == list(range(1, 6_001))
            await peer.close()

    run(test)


def test_too_much_held_behind_an_answer_cuts_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(fix_resend, "MAX_UNREAD_BYTES", 50_000)
        async with house_of(client("ACME")) as house:
            await fill(house, "ACME", 6_000, "a long report " * 100)
            peer = await FixClient.connect(house.port, "ACME")
            peer.send("A", (98, "0"), (108, "30"))
            peer.send("2", (7, "1"), (16, "0"))
            line = house.lines["ACME"]
            while not line.pipe.is_full():
                await asyncio.sleep(0.001)
            for _ in range(200):
                line.send("B", text("live " * 100))
            while line.connected:
                await asyncio.sleep(0.001)
            assert (line.pump.active, line.pump.held, line.session.next_out) == (False, 0, 6_202)
            await peer.close()

    run(test)


def test_a_slow_reader_is_cut_off_and_another_session_feels_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(fix_pipe, "MAX_UNREAD_BYTES", 200_000)
        async with house_of(client("SLOW"), client("BETA")) as house:
            slow = await FixClient.connect(house.port, "SLOW")
            await slow.log_on()
            other = await FixClient.connect(house.port, "BETA")
            await other.log_on()
            end = time.monotonic() + 20
            while house.lines["SLOW"].connected and time.monotonic() < end:
                for _ in range(20):
                    house.lines["SLOW"].send("B", text("much " * 2_000))
                other.send("B", (148, "x"), (33, "1"), (58, "x"))
                await other.hear_until(lambda m: m.msg_type == "B")
            assert house.application.states == ["on SLOW", "on BETA", "lost SLOW"]
            for peer in (slow, other):
                await peer.close()

    run(test)
