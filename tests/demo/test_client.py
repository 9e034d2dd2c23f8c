"""The demo's FIX client keeps its numbers and its messages through a torn line, both ways."""

from __future__ import annotations

import asyncio
import time
from collections import deque

from kairos.demo.client import FixClient
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.message import Message
from kairos.fix.outputs import NO_CONNECTION, Deliver, Disconnect, Output, ResendNeeded, Sent, Write
from kairos.fix.resend import SentMessage
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.writer import BodyWriter

HOST = "127.0.0.1"
WAIT_S = 10.0


class Broker(asyncio.Protocol):
    """The other side: one session that outlives its connections."""

    def __init__(self) -> None:
        self.session = Session(SessionConfig("FIX.4.4", "KAIROS", "ALDER"), load_dictionary("FIX.4.4"))
        self.got: list[str] = []
        self.sent: list[SentMessage] = []
        self.transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        self.session.connected(time.time_ns())

    def data_received(self, data: bytes) -> None:
        self.session.receive(data, time.time_ns())
        self.work()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self.session.disconnected(time.time_ns())
        self.work()

    def tell(self, text: str) -> None:
        body = BodyWriter()
        for tag, value in ((t.CL_ORD_ID, "A1"), (t.ORDER_ID, "7"), (t.ORD_STATUS, "0"), (t.ORIG_CL_ORD_ID, "A0")):
            body.put_str(tag, value)
        body.put_str(t.TEXT, text)
        body.put_str(t.CXL_REJ_RESPONSE_TO, "1")
        self.session.send(t.ORDER_CANCEL_REJECT, body.body(), time.time_ns())
        self.work()

    def work(self) -> None:
        queue: deque[Output] = deque(self.session.drain())
        while queue:
            self._perform(queue.popleft())
            queue.extend(self.session.drain())

    def _perform(self, output: Output) -> None:
        if isinstance(output, Deliver):
            self.got.append(output.message.get(t.CL_ORD_ID))
        elif isinstance(output, Sent):
            if output.resendable:
                self.sent.append(SentMessage(output.seq, output.msg_type, output.body, output.sending_time))
            if output.connection != NO_CONNECTION and self.transport is not None:
                self.transport.write(output.frame)
        elif isinstance(output, Write) and self.transport is not None:
            self.transport.write(output.frame)
        elif isinstance(output, ResendNeeded):
            self.session.resend(output, self.sent, self.session.next_out - 1, time.time_ns())
        elif isinstance(output, Disconnect) and self.transport is not None:
            self.transport.close()


def order(cl_ord_id: str) -> bytes:
    body = BodyWriter()
    for tag, value in ((t.CL_ORD_ID, cl_ord_id), (t.ORDER_QTY, "1"), (t.ORD_TYPE, "1"), (t.SIDE, "1")):
        body.put_str(tag, value)
    body.put_str(t.SYMBOL, "XXX")
    body.put_utc(t.TRANSACT_TIME, time.time_ns())
    return body.body()


async def until(what: str, holds: object) -> None:
    assert callable(holds)
    try:
        async with asyncio.timeout(WAIT_S):
            while not holds():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(what) from None


async def torn_line() -> tuple[Broker, FixClient, list[Message]]:
    broker = Broker()
    server = await asyncio.get_running_loop().create_server(lambda: broker, HOST, 0)
    port = server.sockets[0].getsockname()[1]
    heard: list[Message] = []
    config = SessionConfig("FIX.4.4", "ALDER", "KAIROS", initiator=True)
    client = FixClient(config, HOST, port, heard.append)
    client.start()
    await until("the client logs on", lambda: client.logged_on)
    client.send(t.NEW_ORDER_SINGLE, order("A1"))
    await until("A1 arrives", lambda: broker.got == ["A1"])
    client.cut_off()
    await until("the line is down", lambda: not client.logged_on and broker.transport is None)
    client.send(t.NEW_ORDER_SINGLE, order("A2"))
    broker.tell("while you were away")
    client.come_back()
    await until("both sides have what they missed", lambda: broker.got == ["A1", "A2"] and len(heard) == 1)
    await client.stop()
    server.close()
    await server.wait_closed()
    return broker, client, heard


def test_what_either_side_sent_while_the_line_was_torn_arrives_once_when_it_is_back() -> None:
    broker, client, heard = asyncio.run(torn_line())
    assert broker.got == ["A1", "A2"]
    assert [one.get(t.TEXT) for one in heard] == ["while you were away"]
    assert client.logons == 2
    assert client.refused == []
    assert not client.logged_on


def test_a_client_whose_engine_is_not_there_stops_at_once() -> None:
    async def alone() -> FixClient:
        client = FixClient(SessionConfig("FIX.4.2", "BIRCH", "KAIROS", initiator=True), HOST, 1, lambda _message: None)
        client.start()
        await asyncio.sleep(0.05)
        await asyncio.wait_for(client.stop(), WAIT_S)
        return client

    assert asyncio.run(alone()).logons == 0
