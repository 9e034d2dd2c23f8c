"""An order's life as its client reads it: D, G, F and the venue's answers through mapping and engine, in both versions.

A step is who speaks and what; below it, the fields that tell the story in each report to the client.
"""

from __future__ import annotations

import pytest
from tests.adapters.mapping_desk import FIX_42, FIX_44, MappingDesk, ascending, complaint, framed

STORY = ("11", "41", "37", "20", "150", "39", "38", "14", "151", "32", "31", "6", "19", "103", "102", "434")
ON = "55=2330|207=XTAI|54=1"
WHO = f"{ON}|60=20261122-08:00:00"
OF_ROUTE = "37=V1|55=2330|54=1"

FIX_44_STORY = [
    ("client", "D", f"11=A1|{WHO}|38=1000|40=2|44=1005", ["8 11=A1 37=1 150=0 39=0 38=1000 14=0 151=1000 32=0 6=0"]),
    ("venue", "8", f"11=R1|17=E1|150=0|39=0|151=1000|14=0|6=0|{OF_ROUTE}", []),
    (
        "venue", "8", f"11=R1|17=E2|150=F|39=1|151=600|14=400|6=0|32=400|31=1004.5|{OF_ROUTE}",
        ["8 11=A1 37=1 150=F 39=1 38=1000 14=400 151=600 32=400 31=1004.5 6=1004.5"],
    ),
    (
        "client", "G", f"11=A2|41=A1|{WHO}|38=1200|40=2|44=1006",
        ["8 11=A2 41=A1 37=1 150=E 39=E 38=1000 14=400 151=600 32=0 6=1004.5"],
    ),
    (
        "venue", "8", f"11=R1|17=E3|150=F|39=E|151=500|14=500|6=0|32=100|31=1004.5|{OF_ROUTE}",
        ["8 11=A1 37=1 150=F 39=E 38=1000 14=500 151=500 32=100 31=1004.5 6=1004.5"],
    ),
    (
        "venue", "8", f"11=R1-1|41=R1|17=E4|150=5|39=1|151=700|14=500|6=0|38=1200|{OF_ROUTE}",
        ["8 11=A2 41=A1 37=1 150=5 39=1 38=1200 14=500 151=700 32=0 6=1004.5"],
    ),
    (
        "client", "D", f"11=A1|{WHO}|38=9|40=1",
        ["8 11=A1 37=1 150=8 39=1 38=1200 14=500 151=700 32=0 6=1004.5 103=6"],
    ),
    ("client", "H", f"11=A2|{ON}", ["8 11=A2 37=1 150=I 39=1 38=1200 14=500 151=700 6=1004.5"]),
    (
        "venue", "8", f"11=R1-1|17=E5|19=E3|150=H|39=1|151=800|14=400|6=0|{OF_ROUTE}",
        ["8 11=A2 37=1 150=H 39=1 38=1200 14=400 151=800 32=0 6=1004.5 19=4"],
    ),
    (
        "client", "F", f"11=A3|41=A2|{WHO}",
        ["8 11=A3 41=A2 37=1 150=6 39=6 38=1200 14=400 151=800 32=0 6=1004.5"],
    ),
    ("client", "F", f"11=A4|41=A2|{WHO}", ["9 11=A4 41=A2 37=1 39=6 102=3 434=1"]),
    (
        "venue", "8", f"11=R1-2|41=R1-1|17=E6|150=4|39=4|151=0|14=400|6=0|{OF_ROUTE}",
        ["8 11=A3 41=A2 37=1 150=4 39=4 38=1200 14=400 151=0 32=0 6=1004.5"],
    ),
    ("client", "F", f"11=A5|41=A3|{WHO}", ["9 11=A5 41=A2 37=1 39=4 102=0 434=1"]),
    ("client", "F", f"11=A6|41=ZZ|{WHO}", ["9 11=A6 41=ZZ 37=NONE 39=8 102=1 434=1"]),
]  # fmt: skip

FIX_42_STORY = [
    (
        "client", "D", f"11=A1|21=1|{WHO}|38=1000|40=2|44=1005",
        ["8 11=A1 37=1 20=0 150=0 39=0 38=1000 14=0 151=1000 32=0 6=0"],
    ),
    ("venue", "8", f"11=R1|17=E1|20=0|150=0|39=0|151=1000|14=0|6=0|{OF_ROUTE}", []),
    (
        "venue", "8", f"11=R1|17=E2|20=0|150=1|39=1|151=600|14=400|6=0|32=400|31=1004.5|{OF_ROUTE}",
        ["8 11=A1 37=1 20=0 150=1 39=1 38=1000 14=400 151=600 32=400 31=1004.5 6=1004.5"],
    ),
    (
        "venue", "8", f"11=R1|17=E3|19=E2|20=2|150=1|39=1|151=500|14=500|6=0|32=500|31=1004|{OF_ROUTE}",
        ["8 11=A1 37=1 20=2 150=1 39=1 38=1000 14=500 151=500 32=500 31=1004 6=1004 19=2"],
    ),
    (
        "client", "G", f"11=A2|41=A1|21=1|{WHO}|38=400|40=2|44=1005",
        ["8 11=A2 41=A1 37=1 20=0 150=E 39=E 38=1000 14=500 151=500 32=0 6=1004"],
    ),
    (
        "venue", "8", f"11=R1-1|41=R1|17=E4|20=0|150=5|39=5|151=0|14=500|6=0|38=500|{OF_ROUTE}",
        ["8 11=A2 41=A1 37=1 20=0 150=5 39=2 38=500 14=500 151=0 32=0 6=1004"],
    ),
    ("client", "H", f"11=A2|{ON}", ["8 11=A2 37=1 20=3 150=2 39=2 38=500 14=500 151=0 6=1004"]),
    ("client", "H", f"11=Q|{ON}", ["8 11=Q 37=NONE 20=3 150=8 39=8 38=0 14=0 151=0 6=0 103=5"]),
    (
        "venue", "8", f"11=R1-1|17=E5|19=E3|20=1|150=1|39=0|151=500|14=0|6=0|{OF_ROUTE}",
        ["8 11=A2 37=1 20=1 150=1 39=0 38=500 14=0 151=500 32=0 6=0 19=3"],
    ),
    (
        "venue", "8", f"11=R1-1|17=E6|20=0|150=C|39=C|151=0|14=0|6=0|{OF_ROUTE}",
        ["8 11=A2 37=1 20=0 150=C 39=C 38=500 14=0 151=0 32=0 6=0"],
    ),
]  # fmt: skip


def told(report: str) -> str:
    """`8 11=A1 37=1 ...`: the fields of the story, in its order."""
    msg_type, body = report.split(" ", 1)
    fields = dict(field.split("=", 1) for field in body.split("|"))
    return " ".join([msg_type, *(f"{tag}={fields[tag]}" for tag in STORY if tag in fields)])


@pytest.mark.parametrize(("begin_string", "story"), [(FIX_44, FIX_44_STORY), (FIX_42, FIX_42_STORY)])
def test_the_life_of_an_order(begin_string: str, story: list[tuple[str, str, str, list[str]]]) -> None:
    desk = MappingDesk(begin_string)
    for who, msg_type, fields, expected in story:
        heard = desk.client(msg_type, fields, begin_string) if who == "client" else desk.venue(msg_type, fields)
        assert [told(report) for report in heard] == expected, f"{who}: {msg_type} {fields}"
    for _session, msg_type, body in desk.to_client:
        assert ascending(body)
        assert complaint(framed(begin_string, msg_type, body), begin_string) == ""
    for msg_type, body in desk.to_venue:
        assert ascending(body)
        assert complaint(framed(begin_string, msg_type, body), begin_string) == ""


def test_client_and_venue_need_not_speak_the_same_version() -> None:
    desk = MappingDesk(venue_version=FIX_42)
    desk.client("D", f"11=A1|{WHO}|38=1000|40=2|44=1005", FIX_44)
    heard = desk.venue("8", f"11=R1|17=E2|20=0|150=2|39=2|151=0|14=1000|6=0|32=1000|31=1004|{OF_ROUTE}")
    assert [told(report) for report in heard] == [
        "8 11=A1 37=1 150=F 39=2 38=1000 14=1000 151=0 32=1000 31=1004 6=1004"
    ]
