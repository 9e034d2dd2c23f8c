"""A venue that lost an order gets it once more, under the same ClOrdID(11) with PossResend(97), and no third time."""

from __future__ import annotations

from tests.adapters.mapping_desk import NOW_NS, MappingDesk
from tests.adapters.test_fix_line import Bench, Writer

from kairos.adapters.journal_memory import MemoryJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.adapters.venue_gateway import VenueGateway, VenueOrders
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.model.commands import AdvanceTime, Command
from kairos.model.events import Event

ACK_TIMEOUT_NS = 5_000_000_000
ORDER = "11=A|55=2330|207=XTAI|54=1|38=1000|40=2|44=1000|60=20261122-08:00:00"


class DeskWriter(Writer):
    """A line's writer with a desk behind it, whose time tests move."""

    def __init__(self, desk: House) -> None:
        super().__init__()
        self.desk = desk
        self.desk_ns = NOW_NS

    def submit(self, command: Command) -> list[Event]:
        events = self.desk.engine.handle(command, self.desk_ns)
        for event in events:
            self.desk._tell(event)
        return events


class House(MappingDesk):
    """The mapping's desk with a line to its venue."""

    orders: VenueOrders | None = None

    def __init__(self) -> None:
        super().__init__()
        self.writer = DeskWriter(self)
        self.bench = Bench(self.writer)
        self.bench.line._application = VenueGateway("XTAI", self.writer, SentMessages(MemoryJournal()))  # type: ignore[assignment,arg-type]
        self.orders = VenueOrders(self.requests)
        self.orders.lines["XTAI"] = self.bench.line
        self.bench.log_on()

    def _tell(self, event: Event) -> None:
        super()._tell(event)
        if self.orders is not None:
            self.orders.on_event(event, 0)

    def wait_for_the_venue(self) -> None:
        """Until its answer is overdue."""
        self.writer.desk_ns += ACK_TIMEOUT_NS
        self.writer.submit(AdvanceTime())

    def arrived(self, msg_type: str) -> list[Message]:
        """What of one type the venue has got so far."""
        self.writer.commit()
        frames = b"".join(self.bench.transport.written).split(b"8=FIX.4.4\x01")[1:]
        messages = [parse(b"8=FIX.4.4\x01" + frame) for frame in frames]
        return [message for message in messages if message.msg_type == msg_type]

    def does_not_know(self, asked: Message) -> None:
        """The venue answers a status request: unknown order."""
        fields = (6, "0"), (11, asked.get(11)), (14, "0"), (17, "0"), (37, "NONE"), (39, "8"), (54, "1"), (55, "2330")
        self.bench.line.received(
            self.bench.message("8", *fields, (103, "5"), (150, "I"), (151, "0"), (790, asked.get(790)))
        )


def sent(orders: list[Message]) -> list[tuple[str, bool]]:
    return [(order.get(t.CL_ORD_ID), order.get_bool(t.POSS_RESEND)) for order in orders]


def test_what_the_venue_never_saw_goes_once_more_as_a_possible_resend_and_no_third_time() -> None:
    house = House()
    house.client("D", ORDER)
    house.wait_for_the_venue()
    (first,) = house.arrived(t.ORDER_STATUS_REQUEST)
    assert sent(house.arrived(t.NEW_ORDER_SINGLE)) == [("R1", False)]
    house.does_not_know(first)
    assert sent(house.arrived(t.NEW_ORDER_SINGLE)) == [("R1", False), ("R1", True)]
    house.wait_for_the_venue()
    house.does_not_know(first)
    second = house.arrived(t.ORDER_STATUS_REQUEST)[-1]
    assert house.engine.desk.routes[1].is_live(), "that answer was to the question before"
    house.does_not_know(second)
    assert len(house.arrived(t.NEW_ORDER_SINGLE)) == 2
    assert not house.engine.desk.routes[1].is_live()
    assert b"\x0139=8\x01" in house.to_client[-1][2]


def test_both_sendings_are_one_order() -> None:
    house = House()
    house.client("D", ORDER)
    house.wait_for_the_venue()
    house.does_not_know(house.arrived(t.ORDER_STATUS_REQUEST)[0])
    one, again = house.arrived(t.NEW_ORDER_SINGLE)
    same = (t.CL_ORD_ID, t.SYMBOL, t.SIDE, t.ORDER_QTY, t.PRICE, t.ORD_TYPE, t.ACCOUNT)
    assert [one.get(tag) for tag in same] == [again.get(tag) for tag in same]
    assert again.seq_num > one.seq_num and not again.has(t.POSS_DUP_FLAG)
    assert len(house.engine.desk.orders[1].routes) == 1
