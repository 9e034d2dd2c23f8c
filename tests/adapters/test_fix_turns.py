"""Turns of a line: one read of one session is worked off piece by piece, in order, and nothing of it is lost."""

from __future__ import annotations

import asyncio

from tests.adapters.fix_house import FixClient, client, house_of, run
from tests.adapters.test_fix_line import Bench, Writer, numbers

from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_pace import TokenBucket
from kairos.adapters.fix_turns import MAX_TURN_MESSAGES
from kairos.fix.message import Message
from kairos.fix.session_state import SessionState
from kairos.model.events import SessionReceived, SessionSent

SECOND = 1_000_000_000


def logged_on() -> Bench:
    bench = Bench()
    bench.log_on()
    return bench


def flood(bench: Bench, count: int) -> bytes:
    return b"".join(bench.order(f"A{n}") for n in range(count))


def answered(bench: Bench) -> list[str]:
    """The ClOrdIDs that were answered, in order; `Echo` answers each twice."""
    bodies = [e.body for e in bench.writer.recorded if isinstance(e, SessionSent) and e.msg_type == "B"]
    return [body.decode().strip("\x01").removeprefix("58=") for body in bodies[::2]]


def test_a_flood_is_worked_off_in_turns_and_read_on_only_when_it_is() -> None:
    bench = logged_on()
    count = 2 * MAX_TURN_MESSAGES + 1
    bench.line.received(flood(bench, count))
    assert len(answered(bench)) == MAX_TURN_MESSAGES
    assert not bench.transport.reading
    bench.writer.turn()
    assert len(answered(bench)) == 2 * MAX_TURN_MESSAGES
    assert not bench.transport.reading
    bench.writer.turn()
    assert answered(bench) == [f"A{n}" for n in range(count)]
    assert bench.transport.reading
    assert bench.writer.later == []
    noted = [e.next_in for e in bench.writer.recorded if isinstance(e, SessionReceived)]
    assert noted[1:] == [2 + MAX_TURN_MESSAGES, 2 + 2 * MAX_TURN_MESSAGES, 2 + count]


def test_a_read_of_just_one_turn_costs_one_more_look_and_no_message() -> None:
    bench = logged_on()
    bench.line.received(flood(bench, MAX_TURN_MESSAGES))
    bench.writer.turn()
    assert len(answered(bench)) == MAX_TURN_MESSAGES
    assert bench.transport.reading and bench.writer.later == []


def test_what_is_read_while_a_turn_is_awaited_comes_behind_what_waits() -> None:
    """A transport may hand over what it had read before it was paused; also half a message."""
    bench = logged_on()
    bench.line.received(flood(bench, MAX_TURN_MESSAGES + 1))
    more = bench.order("B")
    bench.line.received(more[:50])
    bench.line.received(more[50:])
    assert len(answered(bench)) == MAX_TURN_MESSAGES
    bench.writer.turn()
    assert answered(bench)[-2:] == [f"A{MAX_TURN_MESSAGES}", "B"]


def test_what_was_read_before_the_line_fell_is_still_worked_off() -> None:
    bench = logged_on()
    count = 3 * MAX_TURN_MESSAGES
    bench.line.received(flood(bench, count))
    bench.line.lost()
    assert answered(bench) == [f"A{n}" for n in range(count)]
    assert bench.application.states == ["on", "out"]
    assert bench.line.session.next_in == count + 2
    following = bench.attach()
    bench.writer.turn()
    assert len(answered(bench)) == count, "a turn of the lost transport is no turn of the next"
    assert following.reading


def test_a_logout_waits_for_its_turn_and_what_stands_before_it_is_done() -> None:
    bench = logged_on()
    bench.line.received(flood(bench, MAX_TURN_MESSAGES + 1) + bench.message("5"))
    assert bench.application.states == ["on"]
    bench.writer.turn()
    assert len(answered(bench)) == MAX_TURN_MESSAGES + 1
    assert bench.application.states == ["on", "out"]
    bench.writer.commit()
    assert bench.transport.closed or bench.line.session.state is not SessionState.LOGGED_ON


def test_a_transport_that_closes_meanwhile_is_left_alone() -> None:
    bench = logged_on()
    bench.line.received(flood(bench, MAX_TURN_MESSAGES))
    bench.transport.closed = True
    bench.writer.turn()
    assert not bench.transport.reading


def test_after_a_halt_a_turn_does_nothing() -> None:
    bench = logged_on()
    bench.line.received(flood(bench, MAX_TURN_MESSAGES + 5))
    before = len(bench.writer.recorded)
    bench.writer.halted = True
    bench.writer.turn()
    assert len(bench.writer.recorded) == before


def test_while_the_disk_is_behind_nothing_is_worked_off() -> None:
    bench = logged_on()
    bench.writer.congested = True
    bench.line.received(flood(bench, 3))
    assert answered(bench) == []
    assert not bench.transport.reading
    bench.writer.congested = False
    bench.writer.commit()
    assert answered(bench) == ["A0", "A1", "A2"]
    assert bench.transport.reading


def test_two_sessions_that_flood_take_turns() -> None:
    writer, order = Writer(), list[str]()
    for name in ("one", "other"):
        bench = Bench(writer)
        bench.log_on()
        bench.line.received(flood(bench, 2 * MAX_TURN_MESSAGES))
        bench.application.on_message = lambda line, message, name=name: order.append(name)  # type: ignore[method-assign]
    writer.turn()
    assert order == ["one"] * MAX_TURN_MESSAGES + ["other"] * MAX_TURN_MESSAGES


def paced(per_s: int, burst: int) -> tuple[Bench, TokenBucket]:
    bench = logged_on()
    bucket = TokenBucket(per_s, burst)
    bench.line.turns.bucket = bucket
    answer = bench.application.on_message

    def on_message(line: object, message: object) -> None:
        bucket.take(bench.writer.now)
        answer(line, message)  # type: ignore[arg-type]

    bench.application.on_message = on_message  # type: ignore[method-assign,assignment]
    return bench, bucket


def test_a_delayed_session_is_read_no_faster_than_its_pace() -> None:
    bench, _ = paced(per_s=10, burst=2)
    bench.line.received(flood(bench, 4))
    assert answered(bench) == ["A0", "A1"]
    assert not bench.transport.reading
    ((delay_ns, _call),) = bench.writer.later
    assert delay_ns == SECOND // 10
    for seen in (["A0", "A1", "A2"], ["A0", "A1", "A2", "A3"]):
        bench.writer.now += SECOND // 10
        bench.writer.turn()
        assert answered(bench) == seen
    assert not bench.transport.reading, "the bucket is empty"
    bench.writer.now += SECOND // 10
    bench.writer.turn()
    assert bench.transport.reading


def test_a_turn_that_comes_too_early_waits_again() -> None:
    bench, _ = paced(per_s=10, burst=1)
    bench.line.received(flood(bench, 2))
    bench.writer.now += SECOND // 20
    bench.writer.turn()
    assert answered(bench) == ["A0"]
    assert [delay_ns for delay_ns, _ in bench.writer.later] == [SECOND // 20]


def test_what_reaches_the_wire_of_a_flood_is_in_order() -> None:
    bench = logged_on()
    bench.line.received(flood(bench, MAX_TURN_MESSAGES + 3))
    bench.writer.turn()
    bench.writer.commit()
    sent = numbers(bench.transport)
    assert sent == list(range(1, 2 * (MAX_TURN_MESSAGES + 3) + 2))


class Sluice:
    """Lets so many through, and then none until it is opened again."""

    def __init__(self, left: int) -> None:
        self.left = left

    def room(self, now_ns: int) -> int:
        return self.left

    def wait_ns(self, now_ns: int) -> int:
        return 0 if self.left else SECOND // 1000


def test_over_sockets_a_flood_loses_nothing_and_another_session_is_answered_in_its_midst() -> None:
    """A session held to its pace has much unread when the other one asks, and all of it is answered in the end."""
    count = 600

    async def test() -> None:
        async with house_of(client("FLOOD"), client("CALM")) as house:
            house.lines["FLOOD"].turns.bucket = bucket = Sluice(100)
            answer = house.application.on_message

            def on_message(line: FixLine, message: Message) -> None:
                if line is house.lines["FLOOD"]:
                    bucket.left -= 1
                answer(line, message)

            house.application.on_message = on_message  # type: ignore[method-assign]
            flood, calm = [await FixClient.connect(house.port, name) for name in ("FLOOD", "CALM")]
            await asyncio.gather(flood.log_on(), calm.log_on())
            for number in range(count):
                flood.send("B", (148, f"N{number}"), (33, "1"), (58, "flood"))
            await flood.hear_until(lambda m: m.msg_type == "B")
            calm.send("B", (148, "calm"), (33, "1"), (58, "calm"))
            await calm.hear_until(lambda m: m.msg_type == "B")
            assert house.lines["FLOOD"].session.next_in == 100 + 2
            bucket.left = count
            await flood.hear_until(lambda m: m.seq_num == count + 1)
            assert [m.seq_num for m in flood.heard] == list(range(1, count + 2))
            await flood.close()
            await calm.close()

    run(test)
