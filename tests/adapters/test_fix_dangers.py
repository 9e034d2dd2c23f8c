"""The dangers that other engines met, over sockets and a journal: `tests/fix/test_dangers.py` has them without I/O."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.adapters.fix_house import FixClient, FixHouse, client, house_of, run, text

from kairos.adapters.config_fix import SessionOptions
from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.fix.message import Message
from kairos.fix.values import format_utc
from kairos.fix.writer import BodyWriter, encode_frame
from kairos.model.events import SessionReceived
from kairos.ports import Batch


def put(peer: FixClient, seq: int, msg_type: str, body: bytes = b"", poss_dup: bool = False) -> None:
    now = format_utc(time.time_ns())
    orig = now if poss_dup else b""
    peer._writer.write(encode_frame("FIX.4.4", msg_type, seq, peer.name, "KAIROS", now, body, poss_dup, orig))


def gap_fill(new_seq_no: int) -> bytes:
    w = BodyWriter()
    w.put_int(36, new_seq_no)
    w.put_bool(123, True)
    return w.body()


def follow(begin: int, messages: list[Message]) -> int:
    """The number expected after an answer to a ResendRequest; each of its messages must be the one expected."""
    expected = begin
    for message in messages:
        assert message.seq_num == expected, f"{message} where {expected} is expected"
        expected = message.get_int(36) if message.msg_type == "4" else expected + 1
    return expected


def received(house: FixHouse) -> list[int]:
    return [int(event.next_in) for event in house.events() if isinstance(event, SessionReceived)]


async def ended(peer: FixClient) -> None:
    """Until all that was caused so far has been heard."""
    peer.send("1", (112, "end"))
    await peer.hear_until(lambda m: m.get(112) == "end")


@asynccontextmanager
async def restarted(journal: MemoryJournal) -> AsyncIterator[FixHouse]:
    """A house that finds what another one left when it was killed."""
    house = FixHouse(client("ACME"), journal=journal)
    house.port = await house.acceptor.start("127.0.0.1", 0)
    try:
        yield house
    finally:
        await house.stop()


async def kill(house: FixHouse, peer: FixClient) -> None:
    """Nothing more of the house reaches the journal or the wire."""
    house.runtime.halt(RuntimeError("killed"))
    house.runtime._events.clear()
    await peer.close()


def test_what_is_resent_while_live_messages_flow_is_never_an_original_twice() -> None:
    """quickfix #268."""

    async def test() -> None:
        async with house_of(client("ACME")) as house:
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            for n in range(200):
                peer.send("B", *((148, f"{n}"), (33, "1"), (58, f"{n}")))
                peer.send("2", (7, "1"), (16, "0"))
            await peer.hear_until(lambda m: m.seq_num == 201 and not m.has(43))
            await ended(peer)
            first_sight: dict[int, Message] = {}
            for message in peer.heard:
                first_sight.setdefault(message.seq_num, message)
            originals = [m.seq_num for m in peer.heard if not m.has(43)]
            assert originals == list(range(1, 203))
            assert not any(m.has(43) for m in first_sight.values())
            await peer.close()

    run(test)


@pytest.mark.parametrize(("begin", "end"), [(1, 0), (1, 7), (2, 5), (3, 3), (4, 999), (6, 0), (7, 8)])
def test_gap_fills_of_an_answer_bear_the_number_that_is_expected(begin: int, end: int) -> None:
    """quickfix #374."""

    async def test() -> None:
        async with house_of(client("ACME")) as house:
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            for kind in "aarrara":  # administrative or a report: numbers 2 to 8
                if kind == "r":
                    house.lines["ACME"].send("B", text("report"))
                else:
                    peer.send("1", (112, "x"))
                    await peer.hear_until(lambda m: m.msg_type == "0")
            await house.settled()
            peer.heard.clear()
            peer.send("2", (7, str(begin)), (16, str(end)))
            peer.send("1", (112, "end"))
            live = await peer.hear_until(lambda m: m.get(112) == "end")
            assert live.seq_num == 9
            assert follow(begin, peer.heard[:-1]) == (min(end, 8) if end else 8) + 1
            await peer.close()

    run(test)


def test_a_logout_in_a_gap_leaves_the_expected_number_also_for_who_starts_anew() -> None:
    """quickfix #538."""

    async def test() -> None:
        async with house_of(client("ACME")) as house:
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            put(peer, 5, "B", text("held"))
            await peer.hear_until(lambda m: m.msg_type == "2")
            put(peer, 6, "5")
            await peer.hear_until(lambda m: m.msg_type == "5")
            assert await peer.is_hung_up()
            await peer.close()
            await house.settled()
            assert received(house)[-1] == 2
            async with restarted(house.journal) as again:
                peer = await FixClient.connect(again.port, "ACME")
                put(peer, 7, "A", b"98=0\x01108=30\x01")
                asked = await peer.hear_until(lambda m: m.msg_type == "2")
                assert (asked.get(7), asked.get(16)) == ("2", "0")
                for seq in (2, 3, 4, 5):
                    put(peer, seq, "B", text(f"resent {seq}"), poss_dup=True)
                put(peer, 6, "4", gap_fill(8), poss_dup=True)
                await peer.hear_until(lambda m: m.msg_type == "B" and sum(h.msg_type == "B" for h in peer.heard) == 4)
                peer.seq = 7
                await ended(peer)
                assert sum(m.msg_type == "B" for m in peer.heard) == 4, "each was taken, and once"
                await peer.close()

    run(test)


def test_a_possible_duplicate_of_a_number_that_was_passed_over_is_taken_once() -> None:
    """quickfix-j #1254."""

    async def test() -> None:
        async with house_of(client("ACME")) as house:
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            put(peer, 2, "4", gap_fill(6))
            for _ in range(2):
                put(peer, 4, "B", text("late"), poss_dup=True)
            await peer.hear_until(lambda m: m.msg_type == "B")
            peer.seq = 5
            await ended(peer)
            assert sum(m.msg_type == "B" for m in peer.heard) == 1
            assert received(house)[-1] == 7
            await peer.close()

    run(test)


def test_who_starts_anew_in_the_middle_of_an_answer_gives_the_rest() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            for n in range(1_000):
                house.lines["ACME"].send("B", text(f"report {n}"))
            await house.settled()
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            peer.send("2", (7, "1"), (16, "0"))
            await peer.hear_until(lambda m: m.seq_num == 150)
            await kill(house, peer)
            async with restarted(house.journal) as again:
                peer = await FixClient.connect(again.port, "ACME")
                peer.seq = 2
                await peer.log_on()
                peer.heard.clear()
                peer.send("2", (7, "151"), (16, "0"))
                await peer.hear_until(lambda m: m.seq_num == 1_001)
                assert follow(151, peer.heard) == 1_003
                assert [m.get(58) for m in peer.heard[:2]] == ["report 150", "report 151"]
                await peer.close()

    run(test)


def test_after_a_reset_in_mid_session_only_messages_of_the_new_epoch_are_resent_also_after_a_restart() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            house.lines["ACME"].send("B", text("old"))
            await peer.hear_until(lambda m: m.get(58) == "old")
            peer.seq = 0
            peer.send("A", (98, "0"), (108, "30"), (141, "Y"))
            answer = await peer.hear_until(lambda m: m.msg_type == "A" and m.get(141) == "Y")
            assert answer.seq_num == 1
            house.lines["ACME"].send("B", text("new"))
            await peer.hear_until(lambda m: m.get(58) == "new")
            await kill(house, peer)
            async with restarted(house.journal) as again:
                peer = await FixClient.connect(again.port, "ACME")
                peer.seq = 1
                await peer.log_on()
                assert peer.heard[-1].seq_num == 3
                peer.heard.clear()
                peer.send("2", (7, "1"), (16, "0"))
                await peer.hear_until(lambda m: m.get(36) == "4")
                assert [(m.seq_num, m.get(58)) for m in peer.heard] == [(1, ""), (2, "new"), (3, "")]
                await peer.close()

    run(test)


class SlowDisk:
    """Makes nothing durable until it is told to."""

    def __init__(self, commit: GroupCommit) -> None:
        self._commit = commit
        self._held: list[Batch] | None = []

    def submit(self, batch: Batch) -> None:
        if self._held is None:
            self._commit.submit(batch)
        else:
            self._held.append(batch)

    def go_on(self) -> None:
        held, self._held = self._held, None
        for batch in held or []:
            self._commit.submit(batch)


def test_a_message_of_the_moment_before_a_logon_is_not_lost_to_a_peer_that_says_what_it_expects() -> None:
    """With NextExpectedMsgSeqNum(789) the peer asks for nothing: what is not durable yet when the Logon comes has to
    wait for the disk, and is then part of the answer."""

    async def test() -> None:
        options = SessionOptions(send_next_expected=True)
        async with house_of(client("ACME", options=options)) as house:
            disk = SlowDisk(house.commit)
            house.runtime._committer = disk
            house.lines["ACME"].send("B", text("report"))
            peer = await FixClient.connect(house.port, "ACME")
            peer.send("A", (98, "0"), (108, "30"), (789, "1"))
            while not house.lines["ACME"].logged_on:
                await asyncio.sleep(0.001)
            house.lines["ACME"].send("B", text("live"))
            disk.go_on()
            await peer.hear_until(lambda m: m.get(58) == "live")
            heard = [(m.seq_num, m.msg_type, m.get(43)) for m in peer.heard]
            assert heard == [(2, "A", ""), (1, "B", "Y"), (3, "B", "")]
            await peer.close()

    run(test)
