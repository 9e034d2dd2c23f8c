"""Questions: every check answers at every level, the binding one first, and headroom is exact."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.gate_help import DESKS, FIRM, OF_ACCOUNT, SECOND, code_of, place, subject, submit, world_of

from kairos.model.commands import AskWhatIf
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity, Side
from kairos.model.events import OrderAccepted, OrderRefused, WhatIfReported
from kairos.model.nested import encode_commands
from kairos.model.refusals import RefusalCode
from kairos.model.values import Place, Verdict
from kairos.risk.gate import PRECEDENCE, first_refusal
from kairos.risk.verdicts import all_verdicts, with_qty
from kairos.scenario.world import ACCOUNT, CLIENT, INSTRUMENT, MONEY, World

K = LimitKind
NODES = (
    FIRM,
    Place(NodeKind.DESK, "EQ", ScopeKind.ALL, ""),
    Place(NodeKind.CLIENT, CLIENT, ScopeKind.INSTRUMENT, INSTRUMENT),
    OF_ACCOUNT,
)
UNITS = (K.ORDER_QTY, K.POSITION)
MONEYS = (
    K.ORDER_NOTIONAL,
    K.OPEN_NOTIONAL,
    K.GROSS_EXPOSURE,
    K.NET_EXPOSURE,
    K.CREDIT,
    K.DAY_NOTIONAL,
    K.LONG_EXPOSURE,
)
COUNTS = (K.OPEN_ORDERS, K.COLLAR_TICKS, K.SELF_MATCH)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A desk on which things have happened, with limits near what they have come to."""
    steps = []
    for n in range(draw(st.integers(0, 4))):
        side, lots, px = (
            draw(st.sampled_from(["BUY", "SELL"])),
            draw(st.integers(1, 3)),
            draw(st.integers(199, 201)) * 5,
        )
        steps.append(f"submit O{n} {side} {lots}000 @ {px}")
        if draw(st.booleans()):
            steps.append(f"venue fill R{n + 1} 1000 @ {px}")
    world = world_of(DESKS + "\n".join([*steps, "clock +1s"]))
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(UNITS + MONEYS + COUNTS))
        lots = draw(st.integers(0, 6))
        value = lots if kind in COUNTS else lots * 1000 + draw(st.integers(-1, 1))
        scale = 1000 * MONEY if kind in MONEYS else 1
        severity = draw(st.sampled_from([Severity.HARD, Severity.HARD, Severity.REASON, Severity.APPROVAL]))
        place(world, kind, max(value, 0) * scale, draw(st.sampled_from(NODES)), severity)
    return world


@settings(max_examples=40)
@given(worlds(), st.sampled_from([Side.BUY, Side.SELL]), st.integers(1, 7000), st.integers(198, 202))
def test_the_gate_refuses_exactly_what_a_hard_verdict_refuses(world: World, side: Side, qty: int, px: int) -> None:
    """With a reason given, only hard limits refuse; and the one told is that which stands first."""
    s = subject(world, side, qty, px * 5, reason="asked")
    refusing = [v for v in all_verdicts(s) if not v.passes and v.severity is Severity.HARD]
    refusal = first_refusal(s)
    assert code_of(refusal) is (refusing[0].code if refusing else RefusalCode.NONE)
    if refusal is not None and refusing[0].context and refusing[0].place != OF_ACCOUNT:
        assert refusal.context == refusing[0].context


@settings(max_examples=40)
@given(worlds(), st.sampled_from([Side.BUY, Side.SELL]), st.integers(1, 7000))
def test_a_verdicts_largest_quantity_passes_and_one_unit_more_does_not(world: World, side: Side, qty: int) -> None:
    for at, verdict in enumerate(by_place(subject(world, side, qty))):
        if verdict.max_qty > 0:
            assert by_place(with_qty(subject(world, side, qty), verdict.max_qty))[at].passes
            assert not by_place(with_qty(subject(world, side, qty), verdict.max_qty + 1))[at].passes
        elif verdict.max_qty == 0:
            assert not by_place(with_qty(subject(world, side, qty), 1))[at].passes


def by_place(s: object) -> list[Verdict]:
    """Verdicts of limits in an order that does not depend on what they say."""
    from kairos.risk.subject import Subject  # noqa: PLC0415

    assert isinstance(s, Subject)
    limits = [v for v in all_verdicts(s) if v.what]
    return sorted(limits, key=lambda v: (str(v.place), v.code.value, v.what, v.limit, v.unit, v.severity))


def test_verdicts_stand_with_what_binds_first_then_by_precedence_and_level() -> None:
    world = world_of(DESKS)
    place(world, K.POSITION, 10, OF_ACCOUNT)
    place(world, K.ORDER_QTY, 10, severity=Severity.REASON)
    place(world, K.GROSS_EXPOSURE, 10**18)
    verdicts = all_verdicts(subject(world))
    assert [(v.code.value, v.place.node.name, v.passes) for v in verdicts[:2]] == [
        ("MAX_POSITION", "ACCOUNT", False),
        ("MAX_ORDER_QTY", "FIRM", False),
    ]
    rest = [PRECEDENCE[v.code] for v in verdicts[2:]]
    assert rest == sorted(rest)
    assert all(v.passes for v in verdicts[2:])


def test_headroom_is_limit_less_seen() -> None:
    world = world_of(DESKS)
    place(world, K.GROSS_EXPOSURE, 5_000_000 * MONEY)
    (verdict,) = [v for v in all_verdicts(subject(world, qty=2000)) if v.place == FIRM]
    assert (verdict.seen, verdict.headroom) == (2_000_000 * MONEY, 3_000_000 * MONEY)
    assert (verdict.max_qty, verdict.unit, verdict.what) == (5000, "TWD", "gross")


def test_a_question_sends_reserves_and_counts_nothing() -> None:
    world = world_of(DESKS)
    place(world, K.RATE, 1, window_ns=SECOND, burst=1)
    place(world, K.DUPLICATE_ORDER, 1, window_ns=SECOND)
    before = world.picture(world.engine)
    for _ in range(3):
        (answer,) = world.give(AskWhatIf(encode_commands([submit(1000, 1000)]), "Q7", "rita"))
        assert isinstance(answer, WhatIfReported)
        assert (answer.code, answer.question_id, answer.user_id) == (RefusalCode.NONE, "Q7", "rita")
        assert len(answer.verdicts) > 8
    assert world.picture(world.engine) == before


def test_the_answer_is_what_then_becomes_of_the_order() -> None:
    world = world_of(DESKS)
    place(world, K.ORDER_QTY, 1000, OF_ACCOUNT)
    for qty, kind in ((2000, OrderRefused), (1000, OrderAccepted)):
        order = submit(qty, 1000, cl_ord_id=f"Q{qty}")
        (answer,) = world.give(AskWhatIf(encode_commands([order]), "", ""))
        first = world.give(order)[0]
        assert isinstance(answer, WhatIfReported)
        assert isinstance(first, kind)
        code = first.code if isinstance(first, OrderRefused) else RefusalCode.NONE
        assert answer.code is code


def test_what_the_door_refuses_is_told_without_verdicts() -> None:
    world = world_of(DESKS)
    (answer,) = world.give(AskWhatIf(encode_commands([submit(0, 1000)]), "", ""))
    assert isinstance(answer, WhatIfReported)
    assert (answer.code, answer.verdicts) == (RefusalCode.QTY_NOT_POSITIVE, ())
    assert answer.account_id == ACCOUNT
