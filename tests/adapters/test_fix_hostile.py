"""Peers that storm, stall or send what our own code fails over: it stays with their session, and nothing is lost."""

from __future__ import annotations

import asyncio

import pytest
from tests.adapters.fix_house import FixClient, FixHouse, client, house_of, run, text
from tests.adapters.test_fix_line import NOW, Bench, Transport

from kairos.adapters import fix_line
from kairos.adapters.client_gateway import ClientGateway
from kairos.adapters.config_fix import CompIds, MarketDataConfig
from kairos.adapters.fix_answers import keep_complaint
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.adapters.fix_mapping.lists_out import ListReports
from kairos.adapters.logs import get_log
from kairos.adapters.lost_sessions import LostSessions
from kairos.adapters.market_feed import MarketFeed
from kairos.app.desk_book import DeskBook
from kairos.fix.dictionary import load_dictionary
from kairos.fix.message import Message
from kairos.market.boards import Boards
from kairos.model.errors import InvariantError
from kairos.model.events import SessionReceived, SessionRefused
from kairos.model.wire import encode_events
from kairos.state.desk import Desk


class Failing:
    """An application with a defect: it can't take a News(B) that says "poison"."""

    def __init__(self, house: FixHouse) -> None:
        self.house = house
        self.taken: list[str] = []
        self.defects: list[Exception] = []

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.get(58) == "poison":
            raise KeyError("no such thing")
        if message.get(58) == "torn":
            self.house.runtime.halt(InvariantError("TORN"))
            raise InvariantError("TORN")
        self.taken.append(message.get(58))

    def on_logged_on(self, line: FixLine) -> None:
        raise ValueError("on_logged_on")

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        raise ValueError("on_logged_out")

    def fix_received(self, session: str, count: int) -> None: ...
    def fix_sent(self, session: str, count: int) -> None: ...
    def fix_state(self, session: str, up: bool, reason: str) -> None: ...
    def fix_given_up(self, session: str, count: int) -> None: ...

    def fix_defect(self, session: str, error: Exception) -> None:
        self.defects.append(error)


def failing(house: FixHouse) -> Failing:
    application = Failing(house)
    for line in house.lines.values():
        line._application = application
        line.observer = application
    return application


def news(peer: FixClient, words: str) -> None:
    peer.send("B", (148, words), (33, "1"), (58, words))


def test_a_message_that_our_own_code_fails_over_is_journaled_and_answered_and_the_next_is_taken() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            application = failing(house)
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            for words in ("before", "poison", "after"):
                news(peer, words)
            answer = await peer.hear_until(lambda m: m.msg_type == "j")
            peer.send("1", (112, "alive"))
            await peer.hear_until(lambda m: m.get(112) == "alive")
            assert (answer.get(45), answer.get(380), answer.get(58)) == ("3", "0", fix_line.INTERNAL_ERROR)
            assert application.taken == ["before", "after"]
            assert [type(error) for error in application.defects] == [ValueError, KeyError]
            events = house.events()
            kept = [e for e in events if isinstance(e, SessionRefused)]
            assert [(e.msg_seq_num, e.text) for e in kept] == [(3, fix_line.INTERNAL_ERROR)]
            assert b"poison" in kept[0].raw
            assert [e.next_in for e in events if isinstance(e, SessionReceived)][-1] == 6
            await peer.close()

    run(test)


def test_a_refusal_that_our_own_code_fails_over_is_kept_and_not_answered() -> None:
    async def test() -> None:
        async with house_of(client("ACME")) as house:
            failing(house)
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            peer.send("j", (45, "1"), (58, "poison"), (372, "B"), (380, "0"))
            peer.send("1", (112, "alive"))
            await peer.hear_until(lambda m: m.get(112) == "alive")
            assert [m.msg_type for m in peer.heard] == ["A", "0"]
            assert [e.msg_seq_num for e in house.events() if isinstance(e, SessionRefused)] == [2]
            await peer.close()

    run(test)


def test_after_a_broken_invariant_nothing_of_that_batch_leaves() -> None:
    """The peer has no answer, so it sends the message again to whoever starts anew from the journal."""

    async def test() -> None:
        async with house_of(client("ACME")) as house:
            failing(house)
            peer = await FixClient.connect(house.port, "ACME")
            await peer.log_on()
            news(peer, "torn")
            while not house.runtime.is_halted():
                await asyncio.sleep(0.001)
            assert [e.next_in for e in house.events() if isinstance(e, SessionReceived)] == [2]
            house.runtime._events.clear()
            await peer.close()

    run(test)


def test_two_sides_never_refuse_each_others_refusals() -> None:
    """Else one Reject(3) of a report of ours would go back and forth for ever."""
    bench = Bench()
    bench.log_on()
    directory, book = InstrumentDirectory(), DeskBook(Desk())
    reports, lists = ClientReports(book, directory), ListReports(book)
    losses = LostSessions(bench.writer, {}, get_log("test"))
    bench.line._application = ClientGateway(bench.writer, directory, reports, lists, {}, losses)
    sent = bench.line.session.next_out
    for refusal in ("3", "j"):
        fields = [(45, "1"), (58, "not taken"), (372, "8")] + ([(380, "0")] if refusal == "j" else [])
        bench.line.received(bench.message(refusal, *fields))
    assert bench.line.session.next_out == sent
    kept = [e for e in bench.writer.recorded if isinstance(e, SessionRefused)]
    assert [e.text for e in kept] == ["the peer refused our MsgSeqNum(34) 1: not taken"] * 2


ASKED = MarketDataConfig(CompIds("KAIROS-MD", "XTAI-MD"))


def test_a_market_data_line_answers_what_it_does_not_know_and_keeps_what_refuses_it() -> None:
    bench = Bench()
    bench.log_on()
    bench.line._application = MarketFeed(bench.writer, load_dictionary("FIX.4.4"), "XTAI", Boards(), ASKED)
    bench.line.received(bench.message("Y", (262, "marks"), (281, "1"), (58, "twice the same id")))
    bench.line.received(bench.order("A1"))
    kept = [e.text for e in bench.writer.recorded if isinstance(e, SessionRefused)]
    assert kept == ["the peer refused a request of ours: twice the same id", "MsgType(35) 'D' is not supported"]
    assert bench.line.session.next_out == 3, "the order is answered"


def test_a_password_in_a_message_that_the_application_refuses_is_not_journaled() -> None:
    """UserRequest(BE) holds one by right."""
    bench = Bench()
    bench.log_on()

    class Refusing:
        def on_message(self, line: FixLine, message: Message) -> None:
            line.business_reject(message, 3, "not supported", "")
            keep_complaint(line, message)

    bench.line._application = Refusing()  # type: ignore[assignment]
    bench.line.received(bench.message("BE", (923, "1"), (924, "1"), (553, "bob"), (554, "s3cret-word")))
    kept = encode_events(bench.writer.recorded)
    assert b"s3cret-word" not in kept
    assert b"\x01554=***\x01" in kept


def test_a_storm_of_resend_requests_is_answered_in_turns() -> None:
    """Each is small and could be answered at once; a thousand of them in one read could not."""

    async def test() -> None:
        async with house_of(client("ACME"), client("BETA")) as house:
            for n in range(90):
                house.lines["ACME"].send("B", text(f"report {n}"))
            await house.settled()
            peer, other = [await FixClient.connect(house.port, name) for name in ("ACME", "BETA")]
            await other.log_on()
            await peer.log_on()
            peer.heard.clear()
            before = house.lines["ACME"].session.next_in
            for _ in range(1_000):
                peer.send("2", (7, "1"), (16, "90"))
            peer.send("1", (112, "after"))
            other.send("1", (112, "other"))
            await other.hear_until(lambda m: m.get(112) == "other")
            await peer.hear_until(lambda m: m.get(112) == "after")
            assert house.lines["ACME"].session.next_in == before + 1_001
            answers = [m for m in peer.heard if m.seq_num == 1]
            assert 1 <= len(answers) < 50, "what is asked while an answer is under way is served by it"
            for each in (peer, other):
                await each.close()

    run(test)


class Stalled(Transport):
    """Its peer reads nothing, so that closing it never ends."""

    def close(self) -> None:
        self.closed = True


def test_a_peer_that_never_reads_is_cut_after_we_hung_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its session could not connect again: the old connection would still be there."""
    bench = Bench()
    bench.log_on()
    bench.line.received(bench.message("5"))
    bench.writer.commit()
    transport = bench.transport
    assert (transport.closed, transport.aborted) == (True, False)
    bench.line.tick()
    assert not transport.aborted
    monkeypatch.setattr(bench.writer, "now_ns", lambda: NOW + fix_line.CLOSE_TIMEOUT_NS)
    bench.line.tick()
    assert transport.aborted


def test_messages_that_nobody_will_ask_for_are_told_when_numbers_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench()
    bench.log_on()
    told: list[int] = []
    monkeypatch.setattr(bench.line.observer, "fix_given_up", lambda _session, count: told.append(count))
    bench.line.lost()
    for words in ("one", "two"):
        bench.line.send("B", text(words))
    bench.line.reset("schedule")
    bench.line.reset("schedule")
    assert told == [2]
