"""NewOrderMultileg(AB) and its replace on FIX: a spread that the exchange lists, named by Symbol(55) or by its legs."""

from __future__ import annotations

import pytest
from tests.adapters.groups_desk import VERSIONS, GroupsDesk

from kairos.adapters.fix_mapping.parts import group_in
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.rules import HEADER_AND_TRAILER, Treatment
from kairos.adapters.fix_mapping.rules_groups import rule_in_group
from kairos.adapters.fix_mapping.rules_legs import LEG_RULES
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.specs import BODY
from kairos.model.commands import DefineInstrument, DefineVenue, ReplaceOrder, SetVenueState, SubmitOrder
from kairos.model.enums import Side, VenueKind
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Leg

AT = "60=20261122-08:00:00.000"
WITH_MULTILEG = VERSIONS[3:]
CALENDAR = (Leg("FAR.XTAF", 1, Side.BUY), Leg("NEAR.XTAF", 1, Side.SELL))
BUTTERFLY = (Leg("NEAR.XTAF", 1, Side.BUY), Leg("MID.XTAF", 2, Side.SELL), Leg("FAR.XTAF", 1, Side.BUY))


def future(symbol: str, *legs: Leg) -> DefineInstrument:
    px = (10 if legs else 20_000) * PRICE_SCALE
    return DefineInstrument(
        f"{symbol}.XTAF", symbol, "XTAF", symbol, "TWD", "", "", PRICE_SCALE, 1, 200, px, "", tuple(legs)
    )


def a_desk(version: str = "FIX.4.4") -> GroupsDesk:
    desk = GroupsDesk(version)
    for define in (future("NEAR"), future("MID"), future("FAR"), future("CAL", *CALENDAR), future("FLY", *BUTTERFLY)):
        desk.do(define)
    desk.do(DefineVenue("XTAI", VenueKind.EXCHANGE, "Taiwan", "XTAF", 5_000_000_000, "", "", "", False))
    desk.do(SetVenueState("XTAI", True))
    return desk


FAR = "600=FAR|616=XTAF|623=1|624=1"
NEAR = "600=NEAR|616=XTAF|623=1|624=2"
HEAD = "11=A|21=1|55=CAL|54=1"
TAIL = f"{AT}|38=3|40=2|44=12"


def order(head: str = HEAD, legs: tuple[str, ...] = (FAR, NEAR), tail: str = TAIL) -> str:
    group = f"|555={len(legs)}|" + "|".join(legs) if legs else ""
    return f"{head}{group}|{tail}"


BY_LEGS = HEAD.replace("55=CAL", "55=[N/A]")


@pytest.mark.parametrize("version", WITH_MULTILEG)
@pytest.mark.parametrize("head", [HEAD, BY_LEGS], ids=["by symbol", "by legs"])
def test_it_is_the_order_that_a_new_order_single_on_the_spread_would_be(version: str, head: str) -> None:
    desk = a_desk(version)
    for legs in ((FAR, NEAR), (NEAR, FAR)):
        command, alone = desk.read("AB", order(head, legs)), desk.read("D", order(legs=()))
        assert isinstance(command, SubmitOrder) and command == alone
        assert (command.instrument_id, command.side) == ("CAL.XTAF", Side.BUY)


def test_legs_find_a_spread_by_instrument_ratio_and_side() -> None:
    mid, wing = "600=MID.XTAF|623=2|624=2", "600=NEAR.XTAF|624=1"
    command = a_desk().read("AB", order(BY_LEGS, (FAR, mid, wing)))
    assert isinstance(command, SubmitOrder) and command.instrument_id == "FLY.XTAF"


@pytest.mark.parametrize("version", WITH_MULTILEG)
def test_the_life_of_an_order_on_a_spread(version: str) -> None:
    desk = a_desk(version)
    (told,) = desk.says("AB", order())
    assert "|55=CAL|" in told and "|442=3" in told and "|555=" not in told
    assert "|55=CAL|" in desk.asked() and "|44=12|" in desk.asked()
    desk.venue("8", "37=V1|17=E1|11=R1|150=0|39=0|55=CAL|54=1|151=3|14=0|6=0")
    replaced = order("41=A|11=B|21=1|55=CAL|54=1", tail=f"{AT}|38=2|40=2|44=11")
    assert isinstance(desk.read("AC", replaced), ReplaceOrder)
    (pending,) = desk.says("AC", replaced)
    assert "|150=E|" in pending and "|442=3" in pending
    (told,) = desk.venue("8", "37=V1|17=E2|11=R1-1|41=R1|150=5|39=0|55=CAL|54=1|151=2|14=0|6=0|38=2|44=11")
    assert "|38=2|" in told and "|44=11|" in told
    leg = "37=V1|17=E3|11=R1-1|150=F|39=1|55=FAR|54=1|151=1|14=1|6=0|32=1|31=20100|442=2"
    assert desk.venue("8", leg) == []
    (filled,) = desk.venue("8", "37=V1|17=E4|11=R1-1|150=F|39=1|55=CAL|54=1|151=1|14=1|6=0|32=1|31=0|442=3")
    assert "|31=0|" in filled and "|6=0|" in filled
    (negative,) = desk.venue("8", "37=V1|17=E5|11=R1-1|150=F|39=2|55=CAL|54=1|151=0|14=2|6=0|32=1|31=-4|442=3")
    assert "|31=-4|" in negative and "|6=-2|" in negative
    for session_version, kind, body in desk.to_client:
        assert session_version and kind == "8" and body
    assert [msg_type for msg_type, _ in desk.to_venue] == ["D", "G"]


@pytest.mark.parametrize("version", WITH_MULTILEG)
def test_it_is_canceled_asked_about_and_canceled_with_all_by_the_usual_messages(version: str) -> None:
    desk = a_desk(version)
    desk.says("AB", order(BY_LEGS))
    assert "|39=0|" in desk.says("H", "11=A|54=1|55=CAL")[0]
    assert "|150=6|" in desk.says("F", f"41=A|11=C|54=1|55=[N/A]|38=3|{AT}")[0]
    assert desk.says("q", f"11=Q|530=1|55=CAL|{AT}")[-1].startswith("r ")


REFUSED = [
    (order(BY_LEGS, (FAR, NEAR.replace("624=2", "624=1"))), t.NO_LEGS, "no listed spread has these legs"),
    (order(BY_LEGS, (FAR.replace("624=1", "624=2"), NEAR.replace("624=2", "624=1"))), t.NO_LEGS, "no listed spread"),
    (order(BY_LEGS, (FAR.replace("623=1", "623=2"), NEAR)), t.NO_LEGS, "no listed spread"),
    (order(BY_LEGS, (FAR,)), t.NO_LEGS, "no listed spread"),
    (order(BY_LEGS, (FAR, FAR)), t.NO_LEGS, "no listed spread"),
    (order(BY_LEGS, (FAR.replace("|624=1", ""), NEAR)), t.LEG_SIDE, "LegSide(624) is required in each leg"),
    (order(legs=(FAR,)), t.NO_LEGS, "CAL.XTAF has 2 legs"),
    (order(legs=(FAR, FAR)), t.LEG_SYMBOL, "CAL.XTAF has other legs"),
    (order(legs=(FAR, NEAR.replace("NEAR", "MID"))), t.LEG_SYMBOL, "LegSymbol(600) 'MID' is not supported"),
    (order(legs=(FAR, NEAR.replace("624=2", "624=1"))), t.LEG_SIDE, "for a buyer of CAL.XTAF it is 2"),
    (order(legs=(FAR, NEAR.replace("623=1", "623=2"))), t.LEG_RATIO_QTY, "in CAL.XTAF it is 1"),
    (order(legs=(FAR, NEAR.replace("623=1", "623=0.5"))), t.LEG_RATIO_QTY, "quantities are whole numbers"),
    (order(legs=(FAR, NEAR.replace("623=1", "623=0"))), t.LEG_RATIO_QTY, "it must be above 0"),
    (order(HEAD.replace("55=CAL", "55=NEAR")), t.SYMBOL, "NEAR.XTAF is no spread: send a NewOrderSingle(D)"),
    (order(tail=f"{AT}|38=3|40=2|44=0"), t.PRICE, "Price(44) '0' is not supported: we take orders on spreads"),
    (order(tail=f"{AT}|38=3|40=2|44=-5"), t.PRICE, "Price(44) '-5'"),
    (order(legs=(FAR + "|566=5", NEAR)), 566, "LegPrice(566) '5' is not supported: a spread trades at one net price"),
    (order(legs=("600=FAR|610=202707|624=1", NEAR)), 610, "name the contract by its LegSymbol(600)"),
    (order(tail=f"{TAIL}|563=1"), t.MULTI_LEG_RPT_TYPE_REQ, "reports and the position are of the spread"),
    (order(tail=TAIL.replace("40=2", "40=P")), t.ORD_TYPE, "OrdType(40) 'P'"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "tag", "words"), REFUSED, ids=[f"{row[1]} {row[2]}" for row in REFUSED])
def test_what_an_order_on_a_spread_may_not_say_is_refused_by_name(fields: str, tag: int, words: str) -> None:
    rejection = a_desk().read_unchecked("AB", fields)
    assert isinstance(rejection, Rejection)
    assert (rejection.kind.value, rejection.ref_tag, rejection.ref_id) == ("j", tag, "A")
    assert words in rejection.text


def test_two_spreads_of_the_same_legs_must_be_named() -> None:
    desk = a_desk()
    desk.do(future("CAL2", *CALENDAR))
    rejection = desk.read("AB", order(BY_LEGS))
    assert isinstance(rejection, Rejection) and "several listed spreads have these legs" in rejection.text
    assert isinstance(desk.read("AB", order()), SubmitOrder)


def test_a_spread_that_is_defined_anew_has_its_new_legs() -> None:
    desk = a_desk()
    desk.do(future("CAL", Leg("MID.XTAF", 1, Side.BUY), Leg("NEAR.XTAF", 1, Side.SELL)))
    assert isinstance(desk.read("AB", order(BY_LEGS)), Rejection)
    assert isinstance(desk.read("AB", order(BY_LEGS, (FAR.replace("FAR", "MID"), NEAR))), SubmitOrder)


def test_an_unknown_symbol_is_refused_by_the_desk_in_its_own_words() -> None:
    (told,) = a_desk().says("AB", order(HEAD.replace("55=CAL", "55=TX")))
    assert "|150=8|" in told and "UNKNOWN_INSTRUMENT" in told


@pytest.mark.parametrize("version", VERSIONS[:3])
def test_versions_without_it_refuse_the_message(version: str) -> None:
    rejection = a_desk(version).read_unchecked("AB", order())
    assert isinstance(rejection, Rejection)
    assert (rejection.kind.value, rejection.ref_tag) == ("j", t.MSG_TYPE)


@pytest.mark.parametrize("version", WITH_MULTILEG)
def test_each_field_that_an_order_or_its_legs_may_not_have_is_refused_and_named(version: str) -> None:
    desk = a_desk(version)
    spec = load_dictionary(version).message("AB")
    group = group_in(version, "AB", t.NO_LEGS)
    assert spec is not None and group is not None
    outer = [m.tag for m in spec.members.order if m.region == BODY and m.group is None]
    for tag in sorted(set(outer) - HEADER_AND_TRAILER):
        if rule_in_group("AB", tag).treatment is Treatment.REFUSED:
            rejection = desk.read_unchecked("AB", order(tail=f"{TAIL}|{tag}=1"))
            assert isinstance(rejection, Rejection) and rejection.ref_tag == tag, tag
    for tag in sorted(m.tag for m in group.members.order if m.tag != t.LEG_SYMBOL):
        rule = LEG_RULES.get(tag)
        if rule is None or rule.treatment is Treatment.REFUSED:
            rejection = desk.read_unchecked("AB", order(legs=(f"{FAR}|{tag}=1", NEAR)))
            assert isinstance(rejection, Rejection) and rejection.ref_tag == tag, tag
