"""The judge finds what it looks for: each claim fails on a record in which exactly that went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.torture.audit import Claim, claims_on_desk, claims_on_records
from tests.torture.record import Entry, Record, read_record
from tests.torture.session import History
from tests.torture.wire import Fields, Framer, decode, encode

FIX = "FIX.4.4"
ORDER = {11: "A-1", 54: "1", 55: "AAA", 38: "10"}
ROUTE = {11: "R1", 54: "1", 55: "AAA", 38: "10"}
TRADE = {31: "100.5", 32: "10"}


def report(exec_id: str, kind: str, status: str, cum: str, leaves: str, **more: str) -> Fields:
    average = {6: "100.5" if cum != "0" else "0"}
    named = {int(tag[1:]): value for tag, value in more.items()}
    return {37: "7", 17: exec_id, 150: kind, 39: status, 14: cum, 151: leaves, **ORDER, **average, **named}


ACK = report("1", "0", "0", "0", "10")
FILL = report("2", "F", "2", "10", "0", _31="100.5", _32="10")


class Line:
    """Writes both sides of a session down as one party would."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._seq = {"I": 1, "O": 1}

    def say(self, direction: str, msg_type: str, fields: Fields, seq: int = 0) -> Line:
        number = seq or self._seq[direction]
        if not seq:
            self._seq[direction] += 1
        self.entries.append(Entry(direction, encode(FIX, msg_type, number, "X", "Y", fields)))
        return self

    def history(self) -> History:
        return History(iter(self.entries))


def good_client() -> Line:
    return Line().say("O", "D", ORDER).say("I", "8", ACK).say("I", "8", FILL)


def good_venue() -> Line:
    return Line().say("I", "D", ROUTE).say("O", "8", FILL | ROUTE | {17: "E1", 37: "V1"})


def failed(client: Line, venue: Line) -> list[str]:
    return sentences(claims_on_records({"A": client.history()}, venue.history()))


def sentences(claims: list[Claim]) -> list[str]:
    return [claim.sentence for claim in claims if claim.exceptions]


def test_a_record_in_which_all_went_well() -> None:
    assert failed(good_client(), good_venue()) == []


def test_what_came_again_flagged_is_no_fault() -> None:
    client = good_client().say("I", "8", FILL | {43: "Y", 122: "20261122-00:00:00"}, seq=2)
    assert failed(client, good_venue()) == []


@pytest.mark.parametrize(
    ("client", "venue", "sentence"),
    [
        (good_client().say("I", "8", FILL), good_venue(), "every execution is told once"),
        (good_client().say("I", "8", ACK | {17: "3"}), good_venue(), "every ClOrdID(11) is accepted once"),
        (good_client().say("I", "8", FILL | {17: "3", 37: "8"}), good_venue(), "an order keeps its OrderID(37)"),
        (good_client().say("O", "F", {11: "A-2", 41: "A-1"}), good_venue(), "every order and request is answered"),
        (good_client().say("I", "3", {58: "no"}), good_venue(), "nothing is rejected as malformed"),
        (
            Line().say("O", "D", ORDER).say("I", "8", ACK).say("I", "8", FILL | {151: "1"}),
            good_venue(),
            "quantities and average price of each report follow from its trades",
        ),
        (good_client().say("I", "8", ACK, seq=1), good_venue(), "the session rules hold"),
        (
            good_client().say("I", "8", FILL | {43: "Y", 31: "99"}, seq=2),
            good_venue(),
            "a number names one message, whenever it is sent",
        ),
        (
            good_client().say("I", "4", {43: "Y", 123: "Y", 36: "3"}, seq=1),
            good_venue(),
            "no report is passed over by a gap fill",
        ),
        (good_client(), good_venue().say("I", "D", ROUTE), "nothing goes to the venue twice, and no order as PossDup"),
        (
            good_client(),
            Line().say("I", "D", ROUTE | {43: "Y"}).say("O", "8", FILL | ROUTE),
            "nothing goes to the venue twice, and no order as PossDup",
        ),
        (
            Line().say("O", "D", ORDER).say("I", "8", ACK),
            good_venue(),
            "what the venue traded is what clients were told, trade by trade",
        ),
    ],
)
def test_each_fault_is_found(client: Line, venue: Line, sentence: str) -> None:
    assert sentence in failed(client, venue)


def test_an_acknowledged_order_that_the_desk_forgot() -> None:
    row: dict[str, Any] = {"cum_qty": 10, "leaves_qty": 0}
    clients = {"A": good_client().history()}
    assert sentences(claims_on_desk(clients, {"7": row})) == []
    assert sentences(claims_on_desk(clients, {})) == ["every acknowledged order is known to the desk"]
    other = sentences(claims_on_desk(clients, {"7": row | {"cum_qty": 9}}))
    assert other == ["client and desk agree on where each order stands"]


def test_a_torn_burst_was_never_written(tmp_path: Path) -> None:
    """Cut anywhere, a record is its whole bursts, and goes on after them."""
    path = tmp_path / "record"
    record = Record(path)
    for burst in (("I", "O"), ("O",)):
        for direction in burst:
            record.add(direction, encode(FIX, "0", 1, "X", "Y", {}))
        record.keep()
    whole = path.read_bytes()
    first = whole.index(b"\n.\n") + 3
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        Record(path)
        assert [entry.direction for entry in read_record(path)] == (["I", "O"] if cut >= first else [])


def test_frames_come_whole_however_the_stream_is_cut() -> None:
    frames = [encode(FIX, "0", seq, "X", "Y", {112: "10=1"}) for seq in (1, 2)]
    stream = b"".join(frames)
    for cut in range(len(stream)):
        framer = Framer()
        assert [*framer.frames(stream[:cut]), *framer.frames(stream[cut:])] == frames
    assert decode(frames[1])[34] == "2"
    with pytest.raises(ValueError, match="BodyLength"):
        decode(frames[0].replace(b"35=0", b"35=1"))
