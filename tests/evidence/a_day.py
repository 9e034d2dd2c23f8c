"""A short journal in which each thing happens that the report tells of, at times that are known."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.model.enums import (
    ApprovalKind,
    ApprovalOutcome,
    CxlRejResponseTo,
    HandlInst,
    LimitKind,
    NodeKind,
    OrdStatus,
    OrdType,
    ReleaseKind,
    ResponseKind,
    Role,
    ScopeKind,
    Severity,
    Side,
    TimeInForce,
)
from kairos.model.events import (
    AccountDefined,
    ApprovalDecided,
    ApprovalRequested,
    CheckPluginLoaded,
    CommandRefused,
    Event,
    KillCompleted,
    KillEngaged,
    KillReleased,
    LimitPlaced,
    LimitsSet,
    OrderAccepted,
    OrderRefused,
    RequestRefused,
    ResponseCompleted,
    ResponseReleased,
    ResponseTaken,
    RuleDefined,
    SoftLimitPassed,
    TradingDayStarted,
    UserDefined,
)
from kairos.model.indicators import Indicator
from kairos.model.refusals import RefusalCode
from kairos.model.values import CheckPlugin, Limit, Limits, OrderRef, Place, RuleAction, RuleLevel, Standing, Terms
from kairos.model.wire import encode_events
from kairos.ports import Batch

SECOND: Final = 1_000_000_000
START: Final = 1_795_420_800 * SECOND  # 2026-11-23T08:00:00Z
NEXT_DAY: Final = START + 86_400 * SECOND
MONEY: Final = 100_000_000
WRITTEN_AFTER: Final = 250_000  # nanoseconds from an event to its batch being written, of a new one each
LIMITS: Final = Limits(1000, 500_000 * MONEY, 500, 5000, 10**7 * MONEY, 10**7 * MONEY, 10, 20)
TIGHTER: Final = Limits(500, 500_000 * MONEY, 500, 5000, 10**7 * MONEY, 10**7 * MONEY, 10, 20)
DESK_ON_2330: Final = Place(NodeKind.DESK, "EQ", ScopeKind.INSTRUMENT, "2330.XTAI")
OF_ACCOUNT: Final = Place(NodeKind.ACCOUNT, "A1", ScopeKind.ALL, "")
TERMS: Final = Terms(2000, OrdType.LIMIT, 100 * MONEY, 0, TimeInForce.DAY, 0, 0)


def accepted(at_ns: int, order_id: int) -> Event:
    return OrderAccepted(
        at_ns,
        order_id,
        order_id,
        "S1",
        "ACME",
        f"C{order_id}",
        "A1",
        "2330.XTAI",
        Side.BUY,
        HandlInst.AUTOMATED_NO_INTERVENTION,
        TERMS,
        "XTAI",
        "",
        at_ns,
        "",
        TERMS.price,
    )


def refused(at_ns: int, code: RefusalCode, account_id: str = "A1", client_id: str = "ACME") -> Event:
    return OrderRefused(
        at_ns,
        0,
        9,
        "S1",
        client_id,
        "X",
        account_id,
        "2330.XTAI",
        Side.BUY,
        TERMS,
        code,
        (),
        Standing(OrdStatus.REJECTED, 0, 0, 0),
        "",
        "",
    )


def replace_refused(at_ns: int, of: CxlRejResponseTo, code: RefusalCode) -> Event:
    return RequestRefused(at_ns, 1, "S1", "ACME", "C9", "C1", of, code, (), OrdStatus.NEW, "")


def the_day() -> list[Event]:
    """In order; the second trading day begins with the last four."""
    a_limit = Limit(LimitKind.DAY_NOTIONAL, Severity.REASON, 250_000 * MONEY, "TWD", 0, 0, False)
    slow = RuleAction(ResponseKind.SLOW, 0, 5 * SECOND, "")
    level = RuleLevel(1000 * MONEY, 500 * MONEY, (slow,), ReleaseKind.PERSON, 0, 0)
    at = START
    return [
        TradingDayStarted(at, 20261123),
        UserDefined(at, "rita", "Rita", Role.RISK, True, ""),
        AccountDefined(at, "A1", "ACME", "", "TWD", 10**8 * MONEY, True, ""),
        LimitsSet(at, "A1", LIMITS, ""),
        CheckPluginLoaded(at, CheckPlugin("late_selling", "1.0.0", "house rule 12", "no late sale"), ""),
        LimitPlaced(at + 1 * SECOND, DESK_ON_2330, a_limit, "wild market", "rita"),
        RuleDefined(
            at + 2 * SECOND, "R1", Indicator.LOSS, OF_ACCOUNT, False, True, (level,), False, "stop loss", "rita"
        ),
        LimitsSet(at + 3 * SECOND, "A1", TIGHTER, "rita"),
        accepted(at + 4 * SECOND, 1),
        refused(at + 5 * SECOND, RefusalCode.MAX_ORDER_QTY),
        refused(at + 6 * SECOND, RefusalCode.MAX_ORDER_QTY),
        refused(at + 7 * SECOND, RefusalCode.PRICE_COLLAR, "B1", "BETA"),
        replace_refused(at + 8 * SECOND, CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST, RefusalCode.PRICE_COLLAR),
        replace_refused(at + 8 * SECOND, CxlRejResponseTo.ORDER_CANCEL_REQUEST, RefusalCode.TOO_LATE),
        SoftLimitPassed(
            at + 9 * SECOND, 1, RefusalCode.MAX_DAY_NOTIONAL, (("day_value", "260000"),), "客戶 <急單>", "tina"
        ),
        ApprovalRequested(at + 10 * SECOND, 1, ApprovalKind.LIMIT, "rita", "raise A1", 0, b"", "", at + 70 * SECOND),
        ApprovalDecided(at + 12 * SECOND, 1, ApprovalKind.LIMIT, ApprovalOutcome.APPROVED, "rita", "otto", "seen", 0),
        ApprovalRequested(at + 13 * SECOND, 2, ApprovalKind.ORDER, "", "buy 2000", 7, b"", "", at + 73 * SECOND),
        ResponseTaken(
            at + 14 * SECOND,
            "R1",
            OF_ACCOUNT,
            Indicator.LOSS,
            1,
            1200 * MONEY,
            1000 * MONEY,
            (slow,),
            False,
            (OrderRef(1),),
            "MarkUpdated 2330.XTAI",
            at + 14 * SECOND - 900,
        ),
        ResponseCompleted(at + 15 * SECOND, "R1", OF_ACCOUNT, 1, 1, 1 * SECOND + 900),
        KillEngaged(at + 20 * SECOND, "A1", "fat finger", "tina"),
        KillCompleted(at + 21 * SECOND, "A1", 3, 1, 1 * SECOND),
        CommandRefused(at + 22 * SECOND, "ReleaseKill", "A1", RefusalCode.NOT_ENTITLED, (), "tina"),
        TradingDayStarted(NEXT_DAY, 20261124),
        KillReleased(NEXT_DAY + 1, "A1", "checked", "rita"),
        ResponseReleased(
            NEXT_DAY + 2, "R1", OF_ACCOUNT, 1, 100 * MONEY, ReleaseKind.PERSON, SECOND, "", "rita", "", Indicator.LOSS
        ),
        refused(NEXT_DAY + 3, RefusalCode.MAX_ORDER_QTY),
    ]


def write_journal(path: Path) -> list[Event]:
    """Each event a batch of its own, written `WRITTEN_AFTER` later."""
    events = the_day()
    clock = iter([START, *(event.at_ns + WRITTEN_AFTER for event in events)])
    journal = SqliteJournal.open(path, synchronous="OFF", clock_ns=lambda: next(clock))
    for event in events:
        journal.append(Batch(journal.next_seq(), 1, encode_events([event])))
    journal.close()
    return events
