"""What clients are told: golden reports, the order state matrices, and every event judged by both dictionaries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.adapters import mapping_events as ev
from tests.adapters.mapping_desk import FIX_42, FIX_44, ascending, complaint, framed, session_of, shown

from kairos.adapters.fix_mapping.client_out import ClientReports
from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.model.enums import ExecType, MassCancelRequestType, OrdStatus, TimeInForce
from kairos.model.events import (
    Event,
    MassCancelReported,
    OrderCanceled,
    OrderEvent,
    OrderHeld,
    OrderRestated,
    OrderSnapshot,
    RequestSnapshot,
    TradeAcknowledged,
    TradeBooked,
    TradeDisputed,
    TradeSnapshot,
)
from kairos.model.numbers import PRICE_SCALE
from kairos.model.refusals import REFUSAL_RULES, RefusalCode
from kairos.model.values import Standing, Terms

QTY = 1000
VERSIONS = [FIX_42, FIX_44]
SILENT = {
    TradeDisputed,
    TradeAcknowledged,
    OrderSnapshot,
    RequestSnapshot,
    TradeSnapshot,
}  # told to people of the desk, or to nobody


def reports(session: str, terms: Terms | None = None) -> ClientReports:
    directory = InstrumentDirectory()
    directory.note(ev.INSTRUMENT)
    return ClientReports(ev.OneOrderBook(session, terms or ev.terms_of(QTY)), directory)


def told(event: Event, begin_string: str, terms: Terms | None = None) -> dict[str, str]:
    """The fields of the one report of an event, after the dictionary's judgement; MsgType(35) among them."""
    session = session_of(begin_string)
    report = reports(session, terms).reports_of(event)
    assert report is not None
    assert report[0] == session
    assert ascending(report[2])
    assert complaint(framed(begin_string, report[1], report[2]), begin_string) == ""
    return {"35": report[1], **dict(field.split("=", 1) for field in shown(report[2]).split("|"))}


def standing(status: OrdStatus, cum: int = 0, leaves: int = QTY) -> Standing:
    return Standing(status, cum, leaves, 1004 * PRICE_SCALE if cum else 0)


def every_event(session: str) -> Iterator[Event]:
    terms = ev.terms_of(QTY)
    for exec_type in "03456789CDEFGHI":
        status = OrdStatus.REJECTED if exec_type == "8" else OrdStatus.PARTIALLY_FILLED
        yield ev.execution(exec_type, session, standing(status, 400, 600), terms, "Y", "X", 400)
    yield from ev.newer_events(session, standing(OrdStatus.PENDING_REPLACE, 400, 600), terms)
    for code in RefusalCode:
        yield ev.refused(session, standing(OrdStatus.REJECTED, 0, 0), terms, 0, code)
        yield ev.request_refused(session, 0, code)
        yield ev.request_refused(session, 1, code)
        yield ev.request_rejected(session, "Y", code)
    for status in OrdStatus:
        yield ev.status_reported(session, standing(status), terms, False)
        yield ev.status_reported(session, standing(status), terms, True)


@pytest.mark.parametrize("begin_string", VERSIONS)
def test_every_report_is_valid_by_its_dictionary_and_ascends(begin_string: str) -> None:
    for event in every_event(session_of(begin_string)):
        told(event, begin_string)


def test_every_event_of_an_order_is_told_or_silent_by_name() -> None:
    kinds = {type(event) for event in every_event("")} | {type(ev.mass_canceled("", True))}
    assert kinds | SILENT == set(OrderEvent.__subclasses__())


@pytest.mark.parametrize("begin_string", VERSIONS)
def test_an_order_that_waits_for_a_second_person_is_pending_new(begin_string: str) -> None:
    held = OrderHeld(ev.NOW_NS, 1, 9, "X", ev.terms_of(QTY), RefusalCode.MAX_ORDER_QTY, ())
    report = told(held, begin_string)
    assert (report["11"], report["150"], report["39"], report["151"]) == ("X", "A", "A", str(QTY))
    assert report["58"].startswith("waits for approval: MAX_ORDER_QTY")


def test_a_mass_cancel_beyond_what_was_agreed_is_refused_by_name() -> None:
    kind, code = MassCancelRequestType.ALL_ORDERS, RefusalCode.NOT_ENTITLED
    refused = told(
        MassCancelReported(ev.NOW_NS, session_of(FIX_44), "C1", "MC", kind, "", 9, False, code, 0, ""), FIX_44
    )
    assert (refused["531"], refused["532"]) == ("0", "99")
    assert refused["58"].startswith("NOT_ENTITLED")


def test_both_answers_to_a_mass_cancel_are_valid() -> None:
    session = session_of(FIX_44)
    taken = told(ev.mass_canceled(session, True), FIX_44)
    assert (taken["530"], taken["531"], taken["533"]) == ("1", "1", "2")
    refused = told(ev.mass_canceled(session, False), FIX_44)
    assert (refused["530"], refused["531"], refused["532"]) == ("1", "0", "1")


@pytest.mark.parametrize(
    ("exec_type", "status", "in_44", "in_42"),
    [
        ("F", OrdStatus.PARTIALLY_FILLED, ("F", None), ("1", "0")),
        ("F", OrdStatus.PENDING_CANCEL, ("F", None), ("1", "0")),
        ("G", OrdStatus.PARTIALLY_FILLED, ("G", None), ("1", "2")),
        ("H", OrdStatus.NEW, ("H", None), ("1", "1")),
        ("I", OrdStatus.PENDING_CANCEL, ("I", None), ("6", "3")),
        ("D", OrdStatus.NEW, ("D", None), ("D", "0")),
        ("5", OrdStatus.NEW, ("5", None), ("5", "0")),
    ],
)
def test_exec_type_and_exec_trans_type_in_the_words_of_each_version(
    exec_type: str, status: OrdStatus, in_44: tuple[str, str | None], in_42: tuple[str, str | None]
) -> None:
    for begin_string, (code, trans_type) in ((FIX_44, in_44), (FIX_42, in_42)):
        event = ev.execution(
            exec_type, session_of(begin_string), standing(status, 400, 600), ev.terms_of(QTY), "Y", "X", 400
        )
        fields = told(event, begin_string)
        assert (fields["150"], fields.get("20"), fields["39"]) == (code, trans_type, status.value)


def test_a_last_fill_is_exec_type_2_in_fix_4_2() -> None:
    event = ev.execution("F", session_of(FIX_42), standing(OrdStatus.FILLED, QTY, 0), ev.terms_of(QTY), "", "", 600)
    assert told(event, FIX_42)["150"] == "2"


GOLDEN = [
    (
        FIX_44,
        ev.execution(
            "F", session_of(FIX_44), standing(OrdStatus.PARTIALLY_FILLED, 400, 600), ev.terms_of(QTY), "", "", 400
        ),
        "1=ACC|6=1004|11=X|14=400|17=9|22=4|31=1004|32=400|37=1|38=1000|39=1|40=2|44=1005|48=TW0002330008|54=1|55=2330|"
        "59=0|60=20261122-08:00:00.000|150=F|151=600|207=XTAI",
    ),
    (
        FIX_42,
        ev.execution(
            "F", session_of(FIX_42), standing(OrdStatus.PARTIALLY_FILLED, 400, 600), ev.terms_of(QTY), "", "", 400
        ),
        "1=ACC|6=1004|11=X|14=400|17=9|20=0|22=4|31=1004|32=400|37=1|38=1000|39=1|40=2|44=1005|48=TW0002330008|54=1|"
        "55=2330|59=0|60=20261122-08:00:00.000|150=1|151=600|207=XTAI",
    ),
    (
        FIX_44,
        ev.execution("H", session_of(FIX_44), standing(OrdStatus.NEW), ev.terms_of(QTY), "", ""),
        "1=ACC|6=0|11=X|14=0|17=9|19=3|22=4|32=0|37=1|38=1000|39=0|40=2|44=1005|48=TW0002330008|54=1|55=2330|59=0|"
        "60=20261122-08:00:00.000|150=H|151=1000|207=XTAI",
    ),
    (
        FIX_44,
        ev.execution("4", session_of(FIX_44), standing(OrdStatus.CANCELED, 0, 0), ev.terms_of(QTY), "Y", "X"),
        "1=ACC|6=0|11=Y|14=0|17=9|22=4|32=0|37=1|38=1000|39=4|40=2|41=X|44=1005|48=TW0002330008|54=1|55=2330|59=0|"
        "60=20261122-08:00:00.000|150=4|151=0|207=XTAI",
    ),
    (
        FIX_42,
        ev.refused(session_of(FIX_42), standing(OrdStatus.REJECTED, 0, 0), ev.terms_of(QTY), 0, RefusalCode.RATE),
        "1=ACC|6=0|11=X|14=0|17=9|20=0|22=4|32=0|37=NONE|38=1000|39=8|40=2|44=1005|48=TW0002330008|54=1|55=2330|"
        "58=RATE: too many requests a second|59=0|60=20261122-08:00:00.000|103=3|150=8|151=0|207=XTAI",
    ),
    (
        FIX_44,
        ev.request_refused(session_of(FIX_44), 0, RefusalCode.UNKNOWN_ORDER),
        "11=Y|37=NONE|39=0|41=X|58=UNKNOWN_ORDER: order is unknown|60=20261122-08:00:00.000|102=1|434=1",
    ),
    (
        FIX_44,
        ev.mass_canceled(session_of(FIX_44), True),
        "11=MC|22=4|37=9|48=TW0002330008|55=2330|60=20261122-08:00:00.000|207=XTAI|530=1|531=1|533=2",
    ),
]


@pytest.mark.parametrize(("begin_string", "event", "expected"), GOLDEN)
def test_golden_reports(begin_string: str, event: Event, expected: str) -> None:
    report = reports(session_of(begin_string)).reports_of(event)
    assert report is not None
    assert shown(report[2]) == expected


def test_a_fill_carries_the_venues_time_and_ours_where_it_gave_none() -> None:
    stands, px = standing(OrdStatus.PARTIALLY_FILLED, 400, 600), 1004 * PRICE_SCALE
    for transact_time_ns, shows in ((ev.NOW_NS - 10**9, "07:59:59.000"), (0, "08:00:00.000")):
        trade = TradeBooked(
            ev.NOW_NS, 1, 9, 1, "XTAI", "V1", 400, px, ev.terms_of(QTY), stands, "", transact_time_ns, ""
        )
        assert told(trade, FIX_44)["60"] == f"20261122-{shows}"


@pytest.mark.parametrize(
    ("reason", "in_42", "in_44"), [("5", "5", "5"), ("8", "4", "8"), ("", "4", "99"), ("halt", "4", "99")]
)
def test_a_restatement_always_has_a_reason_that_the_version_knows(reason: str, in_42: str, in_44: str) -> None:
    event = OrderRestated(ev.NOW_NS, 1, 9, ExecType.RESTATED, ev.terms_of(QTY), standing(OrdStatus.NEW), reason, "")
    assert told(event, FIX_42)["378"] == in_42
    assert told(event, FIX_44)["378"] == in_44


def test_the_refusal_of_a_repeated_cl_ord_id_tells_where_the_first_order_stands() -> None:
    """Matrix F.1.a."""
    event = ev.refused(
        session_of(FIX_44),
        standing(OrdStatus.PARTIALLY_FILLED, 400, 600),
        ev.terms_of(7),
        1,
        RefusalCode.DUPLICATE_CL_ORD_ID,
    )
    fields = told(event, FIX_44)
    assert [fields[tag] for tag in ("150", "39", "38", "14", "151", "103", "37")] == [
        "8", "1", "1000", "400", "600", "6", "1",
    ]  # fmt: skip


def test_the_desks_own_cancel_goes_by_the_orders_cl_ord_id() -> None:
    event = ev.execution("6", session_of(FIX_44), standing(OrdStatus.PENDING_CANCEL), ev.terms_of(QTY), "", "X")
    fields = told(event, FIX_44)
    assert fields["11"] == "X"
    assert "41" not in fields


def test_a_desks_cancel_that_a_venue_refused_is_told_and_one_that_came_too_late_is_not() -> None:
    fields = told(ev.request_rejected("", "", RefusalCode.VENUE_REFUSED), FIX_44)
    assert (fields["35"], fields["11"], fields["41"], fields["39"]) == ("9", "X", "X", "0")
    assert reports(session_of(FIX_44)).reports_of(ev.request_rejected("", "", RefusalCode.ORDER_ENDED)) is None


def test_unknown_never_goes_on_the_wire() -> None:
    event = ev.status_reported(session_of(FIX_44), standing(OrdStatus.UNKNOWN), ev.terms_of(QTY), False)
    assert told(event, FIX_44)["39"] == "A"


def test_on_close_is_an_ord_type_in_fix_4_2_and_a_time_in_force_in_fix_4_4() -> None:
    terms = ev.terms_of(QTY, TimeInForce.AT_THE_CLOSE)
    in_42 = told(ev.accepted(session_of(FIX_42), terms), FIX_42)
    assert (in_42["40"], in_42.get("59")) == ("B", None)
    in_44 = told(ev.accepted(session_of(FIX_44), terms), FIX_44)
    assert (in_44["40"], in_44["59"]) == ("2", "7")


def test_text_that_fix_cant_spell_does_not_stop_a_report() -> None:
    terms = ev.terms_of(QTY)
    event = OrderCanceled(ev.NOW_NS, 1, 9, "X", "", terms, standing(OrdStatus.CANCELED, 0, 0), "風控 stop\x01now")
    assert told(event, FIX_44)["58"] == "?? stop now"


@pytest.mark.parametrize("session", ["", "link:anna", "FIX.4.9:KAIROS->C1"])
def test_sessions_that_are_not_fix_as_we_speak_it_are_told_by_other_means(session: str) -> None:
    for event in every_event(session):
        assert reports(session).reports_of(event) is None
    assert reports(session).reports_of(ev.mass_canceled(session, True)) is None


@pytest.mark.parametrize("code", list(RefusalCode))
def test_reasons_follow_the_table_of_refusals_in_fix_4_4(code: RefusalCode) -> None:
    fields = told(ev.refused(session_of(FIX_44), standing(OrdStatus.REJECTED, 0, 0), ev.terms_of(QTY), 0, code), FIX_44)
    assert fields["103"] == REFUSAL_RULES[code].ord_rej_reason
    assert told(ev.request_rejected("", "Y", code), FIX_44)["102"] == REFUSAL_RULES[code].cxl_rej_reason


STOPPED_AS_A_FILL = "D37"  # FIX 4.2 tells a guarantee as ExecType 1 with a LastShares; we tell it as 7, as FIX 4.4 does


def steps(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for scenario in json.loads(path.read_text("utf-8")):
        for step in scenario["steps"]:
            has_quantities = step["dir"] == "out" and step["msg"] == "8" and step["qty"] is not None
            if has_quantities and scenario["ref42"] != STOPPED_AS_A_FILL:
                yield f"{scenario['id']} t={step['t']}", step


def exec_type_44(step: dict[str, object]) -> str:
    """A step's ExecType(150) in FIX 4.4's words."""
    trans_type = step.get("exectranstype", "0")
    if trans_type == "0":
        return "F" if step["exectype"] in ("1", "2") else str(step["exectype"])
    return {"1": "H", "2": "G", "3": "I"}[str(trans_type)]


@pytest.mark.parametrize(
    ("file", "begin_string"), [("order_state_scenarios.json", FIX_44), ("order_state_scenarios_42.json", FIX_42)]
)
def test_reports_say_what_the_order_state_matrices_show(
    file: str, begin_string: str, shared_data: Callable[[str], Path]
) -> None:
    seen = 0
    for name, step in steps(shared_data("fix_order_states") / file):
        qty, cum, leaves = (int(str(step[key])) for key in ("qty", "cum", "leaves"))
        last = step.get("last")
        stands = Standing(OrdStatus(str(step["ordstatus"])), cum, leaves, 0)
        terms = ev.terms_of(qty)
        cl, orig = str(step["cl"]), str(step["orig"] or "")
        kind = exec_type_44(step)
        event = ev.execution(kind, session_of(begin_string), stands, terms, cl, orig, int(str(last or 0)))
        fields = told(event, begin_string, terms)
        shows = [fields.get(tag) for tag in ("150", "20", "39", "38", "14", "151")]
        wanted = [step["exectype"], step.get("exectranstype"), step["ordstatus"], str(qty), str(cum), str(leaves)]
        assert shows == wanted, name
        assert fields.get("32", "0") == str(last or 0), name
        if kind in "456E":
            assert (fields["11"], fields.get("41", "")) == (cl, orig), name
        seen += 1
    assert seen > 100
