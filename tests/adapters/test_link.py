"""The engine's link: who may come in, what a subscriber sees, what a command gives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kairos.adapters.group_commit import GroupCommit
from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.link_client import LinkClient
from kairos.adapters.link_frames import AskError, FrameSplitter, LinkError, frame, read_or_make_token
from kairos.adapters.link_pipe import FULL_BYTES
from kairos.adapters.link_server import LinkServer
from kairos.engine.engine import Engine
from kairos.model.commands import Command, DefineClient, DefineUser, RequestMassStatus
from kairos.model.enums import MassStatusReqType, Role
from kairos.model.events import ClientDefined, CommandRefused, UserDefined
from kairos.runtime import Runtime
from kairos.state.snapshot import snapshot

TOKEN = "secret"
MANY, LONG = 400, 30_000
ADA = DefineUser("ada", "Ada", Role.ADMINISTRATOR, True, "")


class WallClock:
    def now_ns(self) -> int:
        return time.time_ns()


def on_engine(folder: Path, client: Callable[[Path], Any]) -> Any:
    """Run `client` in a thread against an engine with user ada on a link."""

    async def run() -> Any:
        journal = MemoryJournal()
        engine = Engine()
        runtime = Runtime(engine, journal, WallClock(), asyncio.get_running_loop())
        committer = GroupCommit(journal, runtime.committed, runtime.failed)
        runtime.start(committer)
        runtime.submit(ADA)
        server = LinkServer(
            "test",
            "0",
            TOKEN,
            runtime,
            lambda: snapshot(engine.desk, runtime.now_ns()),
            lambda user: user in engine.desk.users,
            runtime.next_seq,
            {"echo": echo},
        )
        runtime.on_batch = server.on_batch
        path = folder / "link.sock"
        await server.start(path)
        try:
            return await asyncio.to_thread(client, path)
        finally:
            await server.stop()
            committer.close()

    return asyncio.run(run())


async def echo(user_id: str, said: Mapping[str, object]) -> object:
    """A question that is no command: who asked, and what."""
    if "refuse" in said:
        raise AskError(f"{user_id} may not")
    return [user_id, said.get("word")]


def client_named(name: str, user: str = "ada") -> Command:
    return DefineClient(name, name, True, user)


def test_a_command_is_answered_with_its_durable_events(tmp_path: Path) -> None:
    def client(path: Path) -> list[str]:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            assert link.engine_name == "test"
            return [type(event).__name__ for event in link.command(client_named("ACME"))]

    assert on_engine(tmp_path, client) == ["ClientDefined"]


def test_commands_are_answered_in_their_order(tmp_path: Path) -> None:
    def client(path: Path) -> list[Any]:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            first = link.command(DefineUser("eve", "Eve", Role.TRADER, True, "ada"))
            return first + link.command(client_named("ACME"))

    first, second = on_engine(tmp_path, client)
    assert isinstance(first, UserDefined)
    assert isinstance(second, ClientDefined)


def test_a_snapshot_of_more_than_the_transport_holds_arrives(tmp_path: Path) -> None:
    def client(path: Path) -> int:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            for number in range(MANY):
                link.command(DefineClient(f"C{number}", "x" * LONG, True, "ada"))
            return sum(len(event.name) for event in link.snapshot()[0] if isinstance(event, ClientDefined))

    assert MANY * LONG > FULL_BYTES
    assert on_engine(tmp_path, client) == MANY * LONG


def test_a_snapshot_and_what_follows_leave_no_gap(tmp_path: Path) -> None:
    def client(path: Path) -> tuple[list[str], list[str]]:
        with LinkClient.connect(path, TOKEN, "ada") as giver, LinkClient.connect(path, TOKEN, "ada") as watcher:
            giver.command(client_named("BEFORE"))
            events, through = watcher.snapshot()
            giver.command(client_named("AFTER"))
            seq, event = next(watcher.events(5.0))
            assert seq > through
            assert isinstance(event, ClientDefined)
            return [e.client_id for e in events if isinstance(e, ClientDefined)], [event.client_id]

    assert on_engine(tmp_path, client) == (["BEFORE"], ["AFTER"])


def test_answers_come_before_the_events_that_subscribers_see(tmp_path: Path) -> None:
    def client(path: Path) -> list[bool]:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            _, through = link.snapshot()
            (given,) = link.command(client_named("ACME"))
            seen = next(link.events(5.0))
            return [seen == (through + 1, given), list(link.events(0.1)) == []]

    assert on_engine(tmp_path, client) == [True, True]


def test_the_wrong_token_is_turned_away(tmp_path: Path) -> None:
    def client(path: Path) -> None:
        LinkClient.connect(path, "guess", "ada")

    with pytest.raises(LinkError, match="token does not match"):
        on_engine(tmp_path, client)


def test_an_unknown_user_is_turned_away(tmp_path: Path) -> None:
    def client(path: Path) -> None:
        LinkClient.connect(path, TOKEN, "mallory")

    with pytest.raises(LinkError, match="'mallory' is unknown"):
        on_engine(tmp_path, client)


def test_nobody_acts_in_another_name(tmp_path: Path) -> None:
    def client(path: Path) -> None:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            link.command(client_named("ACME", user="bob"))

    with pytest.raises(LinkError, match="must carry the user of this link, 'ada'"):
        on_engine(tmp_path, client)


def test_a_command_that_names_nobody_is_not_for_people(tmp_path: Path) -> None:
    def client(path: Path) -> None:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            link.command(RequestMassStatus("S", "C", "1", MassStatusReqType.ALL_ORDERS, ""))

    with pytest.raises(LinkError, match="must carry the user"):
        on_engine(tmp_path, client)


def test_a_role_that_may_not_is_refused_by_name(tmp_path: Path) -> None:
    def client(path: Path) -> list[Any]:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            link.command(DefineUser("tom", "Tom", Role.TRADER, True, "ada"))
        with LinkClient.connect(path, TOKEN, "tom") as link:
            return link.command(DefineClient("ACME", "Acme", True, "tom"))

    (event,) = on_engine(tmp_path, client)
    assert isinstance(event, CommandRefused)
    assert event.code.value == "NOT_ENTITLED"


def test_without_an_engine_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"is `kairos serve` running\?"):
        LinkClient.connect(tmp_path / "nobody.sock", TOKEN, "ada")


def test_the_token_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "link.token"
    token = read_or_make_token(path)
    assert read_or_make_token(path) == token
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_frames_come_together_from_any_pieces(size: int) -> None:
    data = frame(7, b"abc") + frame(8, b"") + frame(9, b"x" * 300)
    splitter = FrameSplitter()
    found = [f for at in range(0, len(data), size) for f in splitter.feed(data[at : at + size])]
    assert found == [(7, b"abc"), (8, b""), (9, b"x" * 300)]


def test_a_frame_without_bounds_is_refused() -> None:
    with pytest.raises(LinkError, match="a frame of 4294967295 bytes"):
        list(FrameSplitter().feed(b"\xff\xff\xff\xff\x01"))


def test_a_question_is_answered_to_who_asked_and_a_refusal_says_why(tmp_path: Path) -> None:
    def client(path: Path) -> list[object]:
        with LinkClient.connect(path, TOKEN, "ada") as link:
            answer = link.ask("echo", word="hello")
            with pytest.raises(LinkError, match="ada may not"):
                link.ask("echo", refuse=True)
            with pytest.raises(LinkError, match="knows no 'nothing'"):
                link.ask("nothing")
            return [answer, link.ask("echo", word="again")]

    assert on_engine(tmp_path, client) == [["ada", "hello"], ["ada", "again"]]
