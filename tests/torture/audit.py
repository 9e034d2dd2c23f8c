"""The judgement: what clients and the venue wrote down, held against each other and against what the desk says.

Every claim is a sentence and the exceptions found to it. Nothing here asks the engine what it believes happened on a
wire; the desk is asked only for what it must still know.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from tests.torture.reports import CLOSED, NEW, PENDING, REJECTED, STATUS, TRADE, exec_type
from tests.torture.session import ADMINISTRATIVE, History
from tests.torture.wire import Fields

EXAMPLES = 5
# What a resent message has anew: its length and checksum, the flag, the times.
ANEW = frozenset((9, 10, 43, 52, 122))
AVG_PX_ERROR = Decimal("0.00000001")


class Claim(NamedTuple):
    sentence: str
    exceptions: list[str]

    def __str__(self) -> str:
        word = "holds" if not self.exceptions else f"FAILS {len(self.exceptions)} times"
        return "\n    ".join([f"{word}: {self.sentence}", *self.exceptions[:EXAMPLES]])


def claims_on_records(clients: dict[str, History], venue: History) -> list[Claim]:
    """All that follows from the outside records alone."""
    parties = {**clients, "the venue": venue}
    per_client = (
        ("every execution is told once", told_twice),
        ("every ClOrdID(11) is accepted once", accepted_twice),
        ("an order keeps its OrderID(37)", renamed),
        ("every order and request is answered", unanswered),
        ("quantities and average price of each report follow from its trades", ill_reckoned),
        ("nothing is rejected as malformed", malformed),
    )
    return [
        Claim("the session rules hold", _each(parties, lambda history: history.session.defects)),
        Claim("a number names one message, whenever it is sent", _each(parties, renumbered)),
        Claim("no report is passed over by a gap fill", _each(clients, passed_over)),
        *(Claim(sentence, _each(clients, find)) for sentence, find in per_client),
        Claim("nothing goes to the venue twice, and no order as PossDup", list(sent_twice(venue))),
        Claim("what the venue traded is what clients were told, trade by trade", trades_differ(clients, venue)),
    ]


def claims_on_desk(clients: dict[str, History], orders: dict[str, dict[str, Any]]) -> list[Claim]:
    """What the desk must still know; `orders` by OrderID(37)."""
    return [
        Claim("every acknowledged order is known to the desk", _each(clients, lambda history: lost(history, orders))),
        Claim("client and desk agree on where each order stands", _each(clients, lambda h: differing(h, orders))),
    ]


def _each(parties: dict[str, History], find: Any) -> list[str]:
    return [f"{name}: {found}" for name, history in parties.items() for found in find(history)]


def reports(history: History) -> Iterator[Fields]:
    """New ExecutionReports(8), in order."""
    return (fields for fields in history.told if fields[35] == "8")


def events(history: History) -> Iterator[Fields]:
    """Those that tell of something that happened, not of how things stand."""
    return (fields for fields in reports(history) if exec_type(fields) != STATUS)


def renumbered(history: History) -> Iterator[str]:
    first: dict[int, Fields] = {}
    for fields in history.arrived:
        if fields[35] in ADMINISTRATIVE:
            continue
        seq = int(fields[34])
        said = {tag: value for tag, value in fields.items() if tag not in ANEW}
        if first.setdefault(seq, said) != said:
            yield f"MsgSeqNum(34) {seq} was {first[seq]} and is {said}"


def passed_over(history: History) -> Iterator[str]:
    seen = {int(fields[34]) for fields in history.arrived if fields[35] not in ADMINISTRATIVE}
    for fields in history.arrived:
        if fields[35] == "4":
            hidden = seen.intersection(range(int(fields[34]), int(fields[36])))
            if hidden:
                yield f"the gap fill {fields[34]} to {fields[36]} hides {sorted(hidden)[:EXAMPLES]}"


def told_twice(history: History) -> Iterator[str]:
    counted = Counter(fields[17] for fields in events(history))
    return (f"ExecID(17) {name} came {count} times" for name, count in counted.items() if count > 1)


def accepted_twice(history: History) -> Iterator[str]:
    counted = Counter(fields[11] for fields in events(history) if exec_type(fields) == NEW)
    return (f"ClOrdID(11) {name} was accepted {count} times" for name, count in counted.items() if count > 1)


def first_names(history: History) -> dict[str, str]:
    """Of each ClOrdID(11) that the client gave, the one that its order came in under."""
    first: dict[str, str] = {}
    for fields in history.departed:
        if 11 in fields and fields[35] in "DFG":
            first.setdefault(fields[11], first.get(fields.get(41, ""), fields[11]))
    return first


def renamed(history: History) -> Iterator[str]:
    first, order_ids = first_names(history), defaultdict(set)
    for fields in reports(history):
        if fields[37] != "NONE" and fields[39] != REJECTED:
            order_ids[first[fields[11]]].add(fields[37])
    owners = Counter(order_id for ids in order_ids.values() for order_id in ids)
    yield from (f"{name} is {sorted(ids)}" for name, ids in order_ids.items() if len(ids) > 1)
    yield from (f"OrderID(37) {order_id} names {count} orders" for order_id, count in owners.items() if count > 1)


def unanswered(history: History) -> Iterator[str]:
    answered = {fields.get(11) for fields in history.told if fields[35] != "8" or exec_type(fields) not in PENDING}
    asked = {fields[11] for fields in history.departed if fields[35] in "DFG"}
    return (f"ClOrdID(11) {name}" for name in sorted(asked - answered))


def malformed(history: History) -> Iterator[str]:
    return (f"{fields[35]} {fields.get(58)}" for fields in history.told if fields[35] in "3j")


class _Sum:
    def __init__(self) -> None:
        self.qty = 0
        self.notional = Decimal(0)


def ill_reckoned(history: History) -> Iterator[str]:
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for fields in events(history):
        total, cum, leaves = sums[fields[37]], int(fields[14]), int(fields[151])
        if exec_type(fields) == TRADE:
            total.qty += int(fields[32])
            total.notional += int(fields[32]) * Decimal(fields[31])
        average = total.notional / total.qty if total.qty else Decimal(0)
        works = fields[39] not in CLOSED
        if cum != total.qty or leaves != (int(fields[38]) - cum if works else 0):
            yield f"its trades come to {total.qty}: {fields}"
        elif abs(Decimal(fields[6]) - average) > AVG_PX_ERROR:
            yield f"its trades average {average}: {fields}"


def sent_twice(venue: History) -> Iterator[str]:
    orders = [fields for fields in venue.arrived if fields[35] in "DFG"]
    yield from (f"as PossDup: {fields}" for fields in orders if fields.get(43) == "Y")
    counted = Counter((fields[35], fields[11]) for fields in orders if fields.get(97) != "Y")
    yield from (f"{kind} {name} came {count} times" for (kind, name), count in counted.items() if count > 1)


def trades_differ(clients: dict[str, History], venue: History) -> list[str]:
    """By symbol, side, quantity and price, which together hardly ever come twice."""
    made = _trades(fields for fields in venue.departed if fields[35] == "8" and fields.get(43) != "Y")
    told = _trades(fields for history in clients.values() for fields in events(history))
    return [f"not told: {trade}" for trade in (made - told)] + [f"never made: {trade}" for trade in (told - made)]


def _trades(found: Iterable[Fields]) -> Counter[tuple[str, str, int, Decimal]]:
    trades = (fields for fields in found if exec_type(fields) == TRADE)
    return Counter((fields[55], fields[54], int(fields[32]), Decimal(fields[31])) for fields in trades)


def lost(history: History, orders: dict[str, dict[str, Any]]) -> Iterator[str]:
    first = first_names(history)
    for fields in events(history):
        if exec_type(fields) == NEW and fields[37] not in orders:
            yield f"{first[fields[11]]}, acknowledged as OrderID(37) {fields[37]}"
    for fields in reports(history):
        if exec_type(fields) == STATUS and fields[37] == "NONE" and 97 not in fields:
            yield f"asked about {fields[11]}, the desk knows nothing of it"


def differing(history: History, orders: dict[str, dict[str, Any]]) -> Iterator[str]:
    last = {fields[37]: fields for fields in events(history) if fields[37] in orders}
    for order_id, fields in last.items():
        row = orders[order_id]
        if (int(fields[14]), int(fields[151])) != (row["cum_qty"], row["leaves_qty"]):
            told = f"told {fields[14]} done and {fields[151]} left"
            yield f"OrderID(37) {order_id}: {told}, the desk has {row['cum_qty']} and {row['leaves_qty']}"
