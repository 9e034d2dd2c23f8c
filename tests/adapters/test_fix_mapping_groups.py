"""Lists, crosses and acknowledgements on FIX: what is read of each message, what is told, what is refused by name."""

from __future__ import annotations

import pytest
from tests.adapters.groups_desk import VERSIONS, GroupsDesk

from kairos.adapters.fix_mapping.parts import group_in
from kairos.adapters.fix_mapping.rejection import Rejection
from kairos.adapters.fix_mapping.rules import HEADER_AND_TRAILER, Treatment
from kairos.adapters.fix_mapping.rules_groups import ALONE, GROUP_RULES, rule_in_group
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.specs import BODY, Members
from kairos.model.commands import AcknowledgeTrade, DisputeTrade, ExecuteCross, SubmitCross, SubmitList, SubmitOrder
from kairos.model.enums import DKReason, ExecAckStatus, HandlInst, ListExecInstType, Side
from kairos.model.nested import decode_commands
from kairos.model.numbers import PRICE_SCALE

AT = "60=20261122-08:00:00.000"
WITH_GROUPS = VERSIONS[2:]
WITH_CROSSES = VERSIONS[3:]


def entry(version: str, cl_ord_id: str, seq: int, rest: str = "40=2|44=1000") -> str:
    """One order of a list, its fields in the order of the version's group."""
    return f"11={cl_ord_id}|67={seq}|1=ACC|21=1|55=2330|207=XTAI|54=1|38=100|{rest}"


def a_list(version: str, *orders: str, total: int = 0, head: str = "394=3|433=1") -> str:
    return f"66=P1|{head}|68={total or len(orders)}|73={len(orders)}|" + "|".join(orders)


def two(version: str) -> str:
    return a_list(version, entry(version, "A", 1), entry(version, "B", 2))


@pytest.mark.parametrize("version", WITH_GROUPS)
def test_each_order_of_a_list_is_read_as_a_new_order(version: str) -> None:
    desk = GroupsDesk(version)
    command = desk.read("E", a_list(version, entry(version, "A", 1), head="394=3|433=2|69=with care"))
    assert isinstance(command, SubmitList)
    assert (command.list_id, command.tot_no_orders, command.text) == ("P1", 1, "with care")
    assert command.exec_inst_type is ListExecInstType.WAIT_FOR_EXECUTE
    (order,) = decode_commands(command.orders)
    alone = desk.read("D", f"{entry(version, 'A', 1).replace('67=1|', '')}|{AT}")
    assert isinstance(order, SubmitOrder) and isinstance(alone, SubmitOrder)
    differing = [name for name in order.names() if getattr(order, name) != getattr(alone, name)]
    assert differing == ["transact_time_ns"]


@pytest.mark.parametrize("version", WITH_GROUPS)
def test_the_life_of_a_list(version: str) -> None:
    desk = GroupsDesk(version)
    told = desk.says("E", two(version))
    assert [line[0] for line in told] == ["8", "8", "N"]
    assert all("|66=P1|" in line for line in told[:2])
    status = told[2]
    for field in ("66=P1", "68=2", "73=2", "82=1", "83=1", "429=1", "431=3"):
        assert f"|{field}|" in f"|{status[2:]}|"
    assert "11=A|14=0|39=0|151=100|84=0|6=0|11=B" in status
    assert len(desk.to_venue) == 2
    canceled = desk.says("K", f"66=P1|{AT}")
    assert "431=4" in canceled[0]
    assert desk.venue("8", "37=V1|17=F1|150=4|39=4|11=R1-1|41=R1|55=2330|54=1|151=0|14=0|6=0")
    told_before = len(desk.to_client)
    desk.venue("8", "37=V2|17=F2|150=4|39=4|11=R2-1|41=R2|55=2330|54=1|151=0|14=0|6=0")
    last = desk.to_client[told_before:][-1]
    assert last[1] == "N"
    assert b"429=5" in last[2] and b"431=6" in last[2] and b"151=0\x0184=100" in last[2]


@pytest.mark.parametrize("version", WITH_GROUPS)
def test_a_waiting_list_begins_with_list_execute(version: str) -> None:
    desk = GroupsDesk(version)
    told = desk.says("E", a_list(version, entry(version, "A", 1), head="394=3|433=2"))
    assert "431=2" in told[-1] and not desk.to_venue
    assert "429=2" in desk.says("M", "66=P1")[0]
    assert "429=4" in desk.says("L", f"66=P1|{AT}")[0]
    assert len(desk.to_venue) == 1
    assert "LIST_NOT_WAITING" in desk.says("L", f"66=P1|{AT}")[0]


@pytest.mark.parametrize("version", VERSIONS[:2])
def test_before_fix_4_2_each_message_has_one_order_and_the_list_waits(version: str) -> None:
    desk = GroupsDesk(version)
    order = "21=1|55=2330.XTAI|54=1|38=100|40=2|44=1000"
    assert desk.says("E", f"66=P1|67=1|68=2|11=A|{order}") == []
    told = desk.says("E", f"66=P1|67=2|68=2|11=B|{order}")
    assert [line[0] for line in told] == ["8", "8", "N"]
    assert not desk.to_venue
    assert desk.says("L", "66=P1")[0].startswith("N ")
    assert len(desk.to_venue) == 2
    assert desk.says("M", "66=P1")[0].startswith("N ")
    assert desk.says("K", "66=P1")[0].startswith("N ")


@pytest.mark.parametrize("version", VERSIONS)
def test_an_unknown_list_is_told_as_rejected(version: str) -> None:
    when = "" if version in VERSIONS[:2] else f"|{AT}"
    for msg_type, fields in (("M", "66=NO"), ("K", f"66=NO{when}"), ("L", f"66=NO{when}")):
        (told,) = GroupsDesk(version).says(msg_type, fields)
        assert "|11=NONE|" in told
        assert ("431=7" in told) == (version not in VERSIONS[:2])


def test_one_refused_order_leaves_the_rest_and_a_repeated_list_is_refused() -> None:
    desk = GroupsDesk()
    told = desk.says("E", a_list("FIX.4.4", entry("", "A", 1), entry("", "B", 2, "40=2")))
    assert "150=8" in told[1] and "66=P1" in told[1]
    assert "11=B|14=0|39=8|151=0|84=0|6=0|103=11|58=PRICE_REQUIRED" in told[2]
    (again,) = desk.says("E", two("FIX.4.4"))
    assert "431=7" in again and "DUPLICATE_LIST_ID" in again and "11=A|" in again and "11=B|" in again
    assert "429=2" in desk.says("E", two("FIX.4.4"), "97=Y")[0]


def test_a_long_list_is_told_in_several_messages() -> None:
    desk = GroupsDesk()
    told = desk.says("E", a_list("FIX.4.4", *(entry("", f"A{i}", i) for i in range(1, 251))))
    parts = [line for line in told if line.startswith("N ")]
    assert [line.split("|82=")[1].split("|429")[0] for line in parts] == ["3|83=1", "3|83=2", "3|83=3"]
    assert [line.count("|11=") for line in parts] == [100, 100, 50]
    assert [line.endswith("893=Y") for line in parts] == [False, False, True]


LIST_REFUSALS = [
    (a_list("", entry("", "A", 1), head="394=1"), "j", 394, "BidType(394) '1' is not supported: we take lists to work"),
    (a_list("", entry("", "A", 1), head="394=3|433=3"), "j", 433, "ListExecInstType(433) '3'"),
    (a_list("", entry("", "A", 1), head="394=3|414=2"), "j", 414, "ProgRptReqs(414) '2'"),
    (a_list("", entry("", "A", 1), head="394=3|415=5"), "j", 415, "ProgPeriodInterval(415)"),
    (a_list("", entry("", "A", 1), head="390=B|394=3"), "j", 390, "BidID(390)"),
    (a_list("", entry("", "A", 2), entry("", "B", 2)), "j", 67, "2 comes after 2"),
    (a_list("", entry("", "A", 1, "40=P")), "j", 40, "OrdType(40) 'P'"),
    (a_list("", entry("", "A", 1, "40=1|211=1")), "j", 211, "PegOffsetValue(211)"),
    (a_list("", entry("", "A", 1), total=0, head="394=3").replace("68=1", "68=-1"), "j", 68, "TotNoOrders(68)"),
]


@pytest.mark.parametrize(("fields", "kind", "tag", "words"), LIST_REFUSALS, ids=[row[3] for row in LIST_REFUSALS])
def test_what_a_list_may_not_say_is_refused_by_name(fields: str, kind: str, tag: int, words: str) -> None:
    rejection = GroupsDesk().read("E", fields)
    assert isinstance(rejection, Rejection)
    assert (rejection.kind.value, rejection.ref_tag) == (kind, tag)
    assert words in rejection.text
    assert rejection.ref_id in ("P1", "A")


def side(code: str, cl_ord_id: str, account: str, qty: int = 100) -> str:
    return f"54={code}|11={cl_ord_id}|1={account}|38={qty}"


CROSS_TAIL = f"55=2330|207=XTAI|21=3|{AT}|40=2|44=1000"
CROSS = f"548=K1|549=1|550=0|552=2|{side('1', 'A', 'ACC')}|{side('2', 'B', 'ACC2')}|{CROSS_TAIL}"


@pytest.mark.parametrize("version", WITH_CROSSES)
def test_the_life_of_a_cross(version: str) -> None:
    desk = GroupsDesk(version)
    command = desk.read("s", CROSS)
    assert isinstance(command, SubmitCross)
    orders = [order for order in decode_commands(command.orders) if isinstance(order, SubmitOrder)]
    assert [(order.side, order.account_id, order.terms.price) for order in orders] == [
        (Side.BUY, "ACC", 1000 * PRICE_SCALE),
        (Side.SELL, "ACC2", 1000 * PRICE_SCALE),
    ]
    assert all(order.handl_inst is HandlInst.MANUAL for order in orders)
    told = desk.says("s", CROSS)
    assert len(told) == 2 and all("150=0" in line and "|548=K1|549=1" in line for line in told)
    orig_a, orig_b = ("", "") if version in VERSIONS[4:6] else ("41=A|", "41=B|")
    sides = f"552=2|54=1|{orig_a}11=A2|1=ACC|38=200|54=2|{orig_b}11=B2|1=ACC2|38=200"
    told = desk.says("t", f"548=K2|551=K1|549=1|550=0|{sides}|{CROSS_TAIL}")
    assert [line.split("150=")[1][0] for line in told] == ["E", "5", "E", "5"]
    assert "|548=K2|" in told[-1]
    filled = desk.hears(ExecuteCross("K2", "", 1000 * PRICE_SCALE, ""))
    assert len(filled) == 2 and all("39=2" in line and "|548=K2|" in line for line in filled)


@pytest.mark.parametrize("version", WITH_CROSSES)
def test_a_cross_is_canceled_as_one(version: str) -> None:
    desk = GroupsDesk(version)
    desk.says("s", CROSS)
    sides = "552=2|54=1|41=A|11=A2|38=100|54=2|41=B|11=B2|38=100"
    told = desk.says("u", f"548=K2|551=K1|549=1|550=0|{sides}|55=2330|{AT}")
    assert [line.split("150=")[1][0] for line in told] == ["6", "4", "6", "4"]
    (one, other) = desk.says(
        "u", f"548=K4|551=K3|549=1|550=0|{sides.replace('A2', 'A3').replace('B2', 'B3')}|55=2330|{AT}"
    )
    assert one.startswith("9 ") and other.startswith("9 ") and "UNKNOWN_CROSS" in one


CROSS_REFUSALS = [
    (CROSS.replace("549=1", "549=2"), 549, "CrossType(549) '2' is not supported: a cross trades all"),
    (CROSS.replace("550=0", "550=1"), 550, "CrossPrioritization(550) '1'"),
    (CROSS.replace("21=3", "21=1"), 21, "HandlInst(21) '1' is not supported: a person"),
    (CROSS.replace("552=2", "552=1").replace(f"|{side('2', 'B', 'ACC2')}", ""), 552, "a cross has two sides"),
    (CROSS.replace("40=2", "40=P"), 40, "OrdType(40) 'P'"),
]


@pytest.mark.parametrize(("fields", "tag", "words"), CROSS_REFUSALS, ids=[row[2] for row in CROSS_REFUSALS])
def test_what_a_cross_may_not_say_is_refused_by_name(fields: str, tag: int, words: str) -> None:
    rejection = GroupsDesk().read("s", fields)
    assert isinstance(rejection, Rejection)
    assert rejection.ref_tag == tag and words in rejection.text and rejection.ref_id in ("K1", "A")


@pytest.mark.parametrize("version", VERSIONS[5:])
def test_an_acknowledged_trade_is_recorded_and_an_unknown_one_disputed(version: str) -> None:
    desk = GroupsDesk(version)
    fields = "37=12|1036={}|17=99|127=B|55=2330|54=1|38=100|58=why"
    session = f"{version}:KAIROS->C1"
    assert desk.read("BN", fields.format(1)) == AcknowledgeTrade(session, 12, 99, ExecAckStatus.ACCEPTED, "why")
    assert desk.read("BN", fields.format(2)) == DisputeTrade(session, 12, 99, DKReason.WRONG_SIDE, "why")


@pytest.mark.parametrize("msg_type", ["k", "l", "m"])
def test_messages_that_we_refuse_as_such_say_why(msg_type: str) -> None:
    rejection = GroupsDesk().read_unchecked(msg_type, "11=A")
    assert isinstance(rejection, Rejection)
    assert (rejection.kind.value, rejection.reason, rejection.ref_id) == ("j", 3, "A")
    assert rejection.text.startswith(f"MsgType(35) '{msg_type}' is not supported: ")


def fields_of(members: Members) -> set[int]:
    """Every field, those inside of groups too."""
    found: set[int] = set()
    for member in members.order:
        if member.region == BODY:
            found.add(member.tag)
            found |= fields_of(member.group.members) if member.group is not None else set()
    return found


THERE_ARE = [
    (version, msg_type)
    for version in VERSIONS
    for msg_type in sorted(GROUP_RULES)
    if load_dictionary(version).message(msg_type) is not None
]


@pytest.mark.parametrize(("version", "msg_type"), THERE_ARE)
def test_every_field_of_every_version_is_decided(version: str, msg_type: str) -> None:
    spec = load_dictionary(version).message(msg_type)
    assert spec is not None
    for tag in fields_of(spec.members) - HEADER_AND_TRAILER:
        rule = rule_in_group(msg_type, tag)
        assert rule.note, tag
        assert rule.treatment is not Treatment.FIXED or rule.values, tag


@pytest.mark.parametrize("version", WITH_GROUPS)
def test_each_field_that_a_list_may_not_have_is_refused_and_named(version: str) -> None:
    """Field by field, at its place in the message: of the whole, and of its first order."""
    desk = GroupsDesk(version)
    spec = load_dictionary(version).message("E")
    group = group_in(version, "E", t.NO_ORDERS)
    assert spec is not None and group is not None
    whole = {m.tag for m in spec.members.order if m.region == BODY and m.group is None}
    own = {m.tag for m in group.members.order if m.group is None}
    for tag in sorted(whole | own):
        if rule_in_group("E", tag).treatment is not Treatment.REFUSED:
            continue
        where = f"|394=3|{tag}=1" if tag in whole else "|394=3"
        order = f"11=A|67=1|55=2330|54=1|38=100|40=1|{tag}=1" if tag in own and tag not in whole else entry("", "A", 1)
        rejection = desk.read_unchecked("E", f"66=P1{where}|68=1|73=1|{order}")
        assert isinstance(rejection, Rejection), tag
        assert rejection.ref_tag == tag, rejection


def test_each_order_in_a_message_has_the_rules_of_the_message_that_it_would_be_alone() -> None:
    assert set(ALONE) < set(GROUP_RULES)
    assert rule_in_group("E", t.PRICE) is rule_in_group("s", t.PRICE)
