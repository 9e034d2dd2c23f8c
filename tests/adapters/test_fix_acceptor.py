"""Who may log on, over real sockets: names, passwords, places; who is turned away takes no number and hears nothing."""

from __future__ import annotations

import asyncio

import pytest
from tests.adapters.fix_house import FixClient, client, house_of, run

from kairos.adapters import fix_acceptor, logon_guard
from kairos.adapters.credentials import hash_password
from kairos.model.wire import encode_events

SECRET = hash_password("s3cret-word")


def test_a_client_with_its_password_is_let_in_and_the_password_is_kept_nowhere() -> None:
    async def test() -> None:
        async with house_of(client("ACME", username="bob", password_hash=SECRET)) as house:
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on((553, "bob"), (554, "s3cret-word"))
            assert [m.msg_type for m in peer.heard] == ["A"]
            peer.send("V", (554, "s3cret-word"))  # whatever it is there, it is refused, and journaled
            await peer.hear_until(lambda m: m.msg_type == "3")
            await house.settled()
            assert b"s3cret-word" not in encode_events(house.events())
            await peer.close()

    run(test)


@pytest.mark.parametrize(
    "said",
    [
        (),
        ((553, "bob"),),
        ((553, "bob"), (554, "wrong")),
        ((553, "eve"), (554, "s3cret-word")),
        ((554, "s3cret-word"),),
    ],
)
def test_a_wrong_password_is_answered_by_silence_and_takes_no_number(said: tuple[tuple[int, str], ...]) -> None:
    async def test() -> None:
        async with house_of(client("ACME", username="bob", password_hash=SECRET)) as house:
            peer = await FixClient.connect(house.port, "ACME")
            peer.send("A", (98, "0"), (108, "30"), *said)
            assert await peer.is_hung_up()
            assert house.turned_away == ["wrong username or password for FIX.4.4:KAIROS->ACME"]
            line = house.lines["ACME"]
            assert (line.session.next_in, line.session.next_out, house.events()) == (1, 1, [])
            await peer.close()

    run(test)


def test_a_guesser_is_shut_out_though_he_then_guesses_right() -> None:
    async def test() -> None:
        async with house_of(client("ACME", password_hash=SECRET)) as house:
            for _ in range(logon_guard.MAX_FAILURES):
                peer = await FixClient.connect(house.port, "ACME")
                peer.send("A", (98, "0"), (108, "30"), (554, "guess"))
                assert await peer.is_hung_up()
                await peer.close()
            peer = await FixClient.connect(house.port, "ACME")
            peer.send("A", (98, "0"), (108, "30"), (554, "s3cret-word"))
            assert await peer.is_hung_up()
            assert "blocked" in house.turned_away[-1]
            await peer.close()

    run(test)


def test_a_flood_of_wrong_logons_does_not_hold_up_a_session_that_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """While passwords are checked one after the other, answers to another client keep coming."""

    async def test() -> None:
        monkeypatch.setattr(logon_guard, "MAX_FAILURES", 1_000)
        async with house_of(client("ACME", password_hash=SECRET), client("BETA")) as house:
            calm = await FixClient.connect(house.port, "BETA")
            await calm.log_on()
            hostile = [await FixClient.connect(house.port, "ACME") for _ in range(20)]
            for peer in hostile:
                peer.send("A", (98, "0"), (108, "30"), (554, "guess"))
            answers = 0
            while len(house.turned_away) < 20:
                calm.send("B", (148, "x"), (33, "1"), (58, "x"))
                await calm.hear_until(lambda m: m.msg_type == "B")
                answers += 1
            assert answers > 20
            for peer in [*hostile, calm]:
                await peer.close()

    run(test)


def test_a_second_logon_neither_disturbs_the_first_nor_takes_a_number() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            first = await FixClient.connect(house.port, "ACME")
            await first.log_on()
            second = await FixClient.connect(house.port, "ACME")
            second.send("A", (98, "0"), (108, "30"), (141, "Y"))
            assert await second.is_hung_up()
            assert "connected already" in house.turned_away[-1]
            first.send("1", (112, "still there?"))
            heartbeat = await first.hear_until(lambda m: m.msg_type == "0")
            assert (heartbeat.seq_num, heartbeat.get(112)) == (2, "still there?")
            assert house.lines["ACME"].session.next_in == 3
            for peer in (first, second):
                await peer.close()

    run(test)


def test_two_logons_at_once_with_the_right_password_make_one_session() -> None:
    async def test() -> None:
        async with house_of(client("ACME", password_hash=SECRET)) as house:
            peers = [await FixClient.connect(house.port, "ACME") for _ in range(2)]
            for peer in peers:
                peer.send("A", (98, "0"), (108, "30"), (554, "s3cret-word"))
            await peers[0].hear_until(lambda m: m.msg_type == "A")
            assert await peers[1].is_hung_up()
            assert house.application.states == ["on ACME"]
            for peer in peers:
                await peer.close()

    run(test)


def test_an_address_has_so_many_places_and_who_logs_on_gives_his_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(logon_guard, "MAX_PENDING_OF_ADDRESS", 2)
        async with house_of(client("ACME")) as house:
            waiting = [await FixClient.connect(house.port, "ACME") for _ in range(2)]
            one_too_many = await FixClient.connect(house.port, "ACME")
            assert await one_too_many.is_hung_up()
            assert "have not logged on yet" in house.turned_away[0]
            await waiting[0].log_on()
            another = await FixClient.connect(house.port, "X")
            another.send("A", (98, "0"), (108, "30"))
            assert await another.is_hung_up()
            assert "no session" in house.turned_away[1]
            for peer in [*waiting, one_too_many, another]:
                await peer.close()

    run(test)


def test_silence_and_garbage_before_a_logon_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(fix_acceptor, "LOGON_TIMEOUT_S", 0.05)
        async with house_of(client("ACME")) as house:
            silent = await FixClient.connect(house.port, "ACME")
            assert await silent.is_hung_up()
            assert house.turned_away == ["no Logon(A) in time"]
            garbage = await FixClient.connect(house.port, "ACME")
            garbage._writer.write(b"GET / HTTP/1.1\r\n\r\n" * 10)
            assert await garbage.is_hung_up()
            assert len(house.turned_away) == 2
            for peer in (silent, garbage):
                await peer.close()
            await asyncio.sleep(0)

    run(test)
