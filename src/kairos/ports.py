"""The protocols that the outside fulfils, with the values and errors that cross them.

Adapters implement these; the runtime knows nothing else about disks, clocks and wires. Errors belong to the port, not
to an adapter, so that the runtime and the command line can tell them apart whatever stands behind:

    JournalError
    ├── JournalAccessError    missing, or the system does not let us at it
    ├── JournalFormatError    no journal, or one of a newer format
    ├── JournalLockedError    somebody else has it open for writing
    ├── FencedError           a newer writer took over: this one must stop
    ├── JournalFullError      no room on the disk
    ├── JournalIOError        the disk failed to read, write or sync
    ├── JournalDamaged        what is read is not what was written
    ├── JournalHaltedError    an earlier commit failed, or it was closed
    ├── BatchRefusedError     the caller's batch does not fit on the end
    └── SnapshotUnusable      a snapshot that can't be used; an older one or the journal itself can
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kairos.model.commands import Command
from kairos.model.enums import HandlInst, OrdStatus, Side
from kairos.model.events import Event
from kairos.model.refusals import RefusalCode
from kairos.model.values import OrderDetails, Standing, Terms


class JournalError(Exception):
    """The journal can't do what was asked; says which journal, what is wrong and what to do."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {problem}; {remedy}")
        self.file = file
        self.problem = problem
        self.remedy = remedy


class JournalAccessError(JournalError):
    """The file is missing, or the system does not let us open, read or write it."""


class JournalFormatError(JournalError):
    """The file is no journal, or was written in a format that this version does not know."""


class JournalLockedError(JournalError):
    """Another process has the journal open for writing."""


class FencedError(JournalError):
    """A newer writer raised the epoch; nothing of this one may reach the journal or the outside any more."""


class JournalFullError(JournalError):
    """There is no room for the batch; nothing of it was kept."""


class JournalIOError(JournalError):
    """The disk failed. After a failed sync the batch may or may not be found on the next opening; nobody saw it."""


class JournalDamaged(JournalError):
    """A batch is missing, altered or unreadable; `first_seq` is where it was expected."""

    def __init__(self, file: str, first_seq: int, problem: str) -> None:
        remedy = "keep this file as it is, and go on from a copy that `kairos journal verify` passes"
        super().__init__(file, f"batch at sequence {first_seq}: {problem}", remedy)
        self.first_seq = first_seq


class JournalHaltedError(JournalError):
    """An earlier commit failed or the journal was closed: nothing is taken any more."""


class BatchRefusedError(JournalError):
    """The batch does not continue the journal, or is empty or too large: a defect of the caller."""


class SnapshotUnusable(JournalError):
    """A snapshot is damaged, of another journal, or of a newer format: recovery goes on without it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one commit makes durable: `count` encoded event records back to back, numbered from `first_seq`."""

    first_seq: int
    count: int
    body: bytes

    @property
    def last_seq(self) -> int:
        return self.first_seq + self.count - 1


class Journal(Protocol):
    """An append-only sequence of batches, numbered from 1 without a gap. One thread appends; any thread may read."""

    def append(self, batch: Batch) -> None:
        """Make the batch durable; it is so on return. Raises `JournalError`, and then takes no further batch."""

    def read(self, from_seq: int = 1) -> Iterator[Batch]:
        """The batches from the one that contains `from_seq`, checked as they are read; raises `JournalDamaged`."""

    def first_seq(self) -> int:
        """From which number on it can be read: 1, unless archived batches were taken away."""

    def next_seq(self) -> int:
        """The number that the next event will have."""

    def size_bytes(self) -> int:
        """The room that the journal takes where it lives."""

    def maintain(self, idle: bool) -> None:
        """Housekeeping between commits, by the thread that appends; `idle` says that no batch is waiting."""

    def close(self) -> None:
        """Let go of it. Closing twice is allowed."""


class Clock(Protocol):
    """Where the time comes from."""

    def now_ns(self) -> int:
        """Nanoseconds since 1970 UTC."""


class Outlet(Protocol):
    """Somewhere that bytes leave to: a FIX line, a subscriber of the link."""

    def deliver(self, payload: bytes, connection: int) -> None:
        """Take bytes that are now allowed to leave; `connection` tells for which transport they were made."""

    def flush(self) -> None:
        """Write what was delivered since the last flush, at once."""


class Writer(Protocol):
    """The single writer, as adapters see it: commands in; facts and effects into the batch in hand."""

    def is_halted(self) -> bool:
        """Whether it has stopped for good: nothing may happen any more."""

    def is_congested(self) -> bool:
        """Whether more waits to be durable than it should: who can, stops reading until the batch in hand is."""

    def now_ns(self) -> int:
        """The time that commands carry."""

    def submit(self, command: Command) -> list[Event]:
        """Decide a command; its events join the batch in hand, and their effects leave when it is durable."""

    def record(self, event: Event) -> None:
        """Put a fact of the session layer into the batch in hand."""

    def release(self, outlet: Outlet, payload: bytes, connection: int) -> None:
        """Let bytes leave through an outlet once the batch in hand is durable, in the order of these calls."""

    def release_call(self, call: Callable[[], None]) -> None:
        """Do something once the batch in hand is durable, in the same order."""

    def call_later(self, delay_ns: int, call: Callable[[], None]) -> None:
        """Do something in a later turn of the loop, when others have had theirs and so long has passed."""


class OrderView(Protocol):
    """What adapters may read of a client order (`state.order.Order` is one)."""

    @property
    def order_id(self) -> int: ...
    @property
    def session(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def cl_ord_id(self) -> str: ...
    @property
    def side(self) -> Side: ...
    @property
    def handl_inst(self) -> HandlInst: ...
    @property
    def terms(self) -> Terms: ...
    @property
    def text(self) -> str: ...
    @property
    def details(self) -> OrderDetails: ...
    @property
    def list_id(self) -> str: ...
    @property
    def cross_id(self) -> str: ...
    @property
    def cash_qty(self) -> int: ...
    @property
    def by_phone(self) -> bool: ...
    @property
    def canceled_as(self) -> str: ...
    @property
    def carried(self) -> bool: ...
    @property
    def earlier_qty(self) -> int: ...
    def day_cum_qty(self) -> int: ...
    def day_avg_px(self) -> int: ...
    def asked_details(self) -> OrderDetails: ...
    def account_id(self) -> str: ...
    def instrument_id(self) -> str: ...


class RouteView(Protocol):
    """What adapters may read of a route (`state.order.Route` is one)."""

    @property
    def route_id(self) -> int: ...
    @property
    def order_id(self) -> int: ...
    @property
    def venue_id(self) -> str: ...
    @property
    def cl_ord_id(self) -> str: ...
    @property
    def venue_order_id(self) -> str: ...
    @property
    def side(self) -> Side: ...
    @property
    def terms(self) -> Terms: ...
    @property
    def base(self) -> OrdStatus: ...


class Book(Protocol):
    """The desk as adapters may read it, by id."""

    def order(self, order_id: int) -> OrderView: ...
    def route(self, route_id: int) -> RouteView: ...


class ListEntryView(Protocol):
    """An order of a list (`state.lists.ListEntry` is one): `order_id` is 0 and `code` says why when it was refused."""

    @property
    def cl_ord_id(self) -> str: ...
    @property
    def order_id(self) -> int: ...
    @property
    def code(self) -> RefusalCode: ...


class ListView(Protocol):
    """What adapters may read of a list of orders (`state.lists.OrderList` is one)."""

    @property
    def tot_no_orders(self) -> int: ...
    @property
    def entries(self) -> Sequence[ListEntryView]: ...


class StandingView(Protocol):
    """Where an order of a list stands."""

    @property
    def cl_ord_id(self) -> str: ...
    def standing(self) -> Standing: ...
    def unfilled_qty(self) -> int: ...


class ListBook(Protocol):
    """The desk's lists as adapters may read them; None for what it knows no more."""

    def order_list(self, client_id: str, list_id: str) -> ListView | None: ...
    def listed_order(self, order_id: int) -> StandingView | None: ...


class Log(Protocol):
    """Structured log entries: an event and its fields."""

    def info(self, event: str, **fields: object) -> object: ...
    def warning(self, event: str, **fields: object) -> object: ...
    def error(self, event: str, **fields: object) -> object: ...
