"""What a caller of the link is sent: in order, as fast as he reads, and no more than is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator

from kairos.adapters.link_pipe import MAX_UNREAD_BYTES, LinkPipe

MIB = 1024 * 1024


class Caller(asyncio.Transport):
    """Reads only when told to: after `room` bytes the transport is full."""

    def __init__(self, pipe: LinkPipe, room: int) -> None:
        super().__init__()
        self.pipe = pipe
        self.room = room
        self.got: list[bytes] = []
        self.aborted = False
        pipe.attach(self)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.got.append(bytes(data))
        self.room -= len(data)
        if self.room <= 0:
            self.pipe.pause()

    def read(self, room: int) -> None:
        self.room = room
        self.pipe.resume()

    def abort(self) -> None:
        self.aborted = True


def with_pipe(scene: Callable[[LinkPipe], Coroutine[None, None, None]]) -> None:
    asyncio.run(scene(LinkPipe()))


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def send(pipe: LinkPipe, frame: bytes) -> None:
    pipe.put(frame)
    pipe.flush()


def test_a_snapshot_is_made_only_as_it_is_read_and_what_comes_later_waits_behind_it() -> None:
    made: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(6):
            made.append(number)
            yield b"%d" % number

    async def scene(pipe: LinkPipe) -> None:
        caller = Caller(pipe, room=2)
        pipe.send_snapshot(pieces())
        send(pipe, b"after")
        await turns(10)
        assert made == [0, 1]
        assert caller.got == [b"0", b"1"]
        caller.read(100)
        send(pipe, b"later")
        await turns(10)
        assert b" ".join(caller.got) == b"0 1 2 3 4 5 after later"
        send(pipe, b"at once")
        assert caller.got[-1] == b"at once"

    with_pipe(scene)


def test_one_piece_a_turn_of_the_loop() -> None:
    async def scene(pipe: LinkPipe) -> None:
        caller = Caller(pipe, room=100)
        pipe.send_snapshot(iter([b"0", b"1", b"2"]))
        for number in range(3):
            assert len(caller.got) == number
            await turns(1)
        assert len(caller.got) == 3

    with_pipe(scene)


def test_what_waited_for_room_goes_before_a_snapshot_asked_for_later() -> None:
    async def scene(pipe: LinkPipe) -> None:
        caller = Caller(pipe, room=1)
        send(pipe, b"fills")
        send(pipe, b"waits")
        pipe.send_snapshot(iter([b"snapshot"]))
        pipe.send_snapshot(iter([b"another"]))
        caller.read(100)
        await turns(10)
        assert caller.got == [b"fills", b"waits", b"snapshot", b"another"]

    with_pipe(scene)


def test_who_does_not_read_is_cut_off_at_the_bound() -> None:
    async def scene(pipe: LinkPipe) -> None:
        caller = Caller(pipe, room=1)
        send(pipe, b"fills")
        for _ in range(MAX_UNREAD_BYTES // MIB):
            send(pipe, bytes(MIB))
        was_aborted = caller.aborted
        send(pipe, b"x")
        assert (was_aborted, caller.aborted) == (False, True)
        caller.read(100)
        send(pipe, b"x")
        assert caller.got == [b"fills"]

    with_pipe(scene)


def test_who_reads_at_last_may_fall_behind_as_far_again() -> None:
    async def scene(pipe: LinkPipe) -> None:
        caller = Caller(pipe, room=1)
        send(pipe, b"fills")
        for _ in range(2):
            for _ in range(MAX_UNREAD_BYTES // MIB):
                send(pipe, bytes(MIB))
            caller.read(2 * MAX_UNREAD_BYTES)
            await turns(MAX_UNREAD_BYTES // MIB + 2)
            caller.pipe.pause()
        assert not caller.aborted
        assert sum(map(len, caller.got)) == 2 * MAX_UNREAD_BYTES + len(b"fills")

    with_pipe(scene)


def test_without_a_transport_everything_vanishes() -> None:
    async def scene(pipe: LinkPipe) -> None:
        send(pipe, b"x")
        pipe.send_snapshot(iter([b"y"]))
        caller = Caller(pipe, room=1)
        pipe.send_snapshot(iter([b"0", b"1"]))
        await turns(2)
        pipe.detach()
        caller.read(10)
        await turns(3)
        assert caller.got == [b"0"]

    with_pipe(scene)
