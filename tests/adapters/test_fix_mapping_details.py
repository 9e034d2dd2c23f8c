"""What an order says beside its terms: from the client's message to the venue and back, in every version."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.mapping_desk import FIX_42, FIX_44, MappingDesk, complaint, framed, shown, written

from kairos.adapters.fix_mapping.capacity import capacity_of, rule_80a_of
from kairos.adapters.fix_mapping.details import TEXT_DETAILS, message_fields, put_details, read_details
from kairos.adapters.fix_mapping.rules import Agreement, is_custom
from kairos.adapters.fix_mapping.venue_details import PASSABLE, VenueAgreement
from kairos.fix.dictionary import load_dictionary
from kairos.fix.writer import BodyWriter
from kairos.model.enums import Side
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Party, PreAlloc

OLD_VERSIONS = ["FIX.4.0", "FIX.4.1", "FIX.4.2"]
VERSIONS = [*OLD_VERSIONS, "FIX.4.3", "FIX.4.4", "FIX.5.0", "FIX.5.0SP1", "FIX.5.0SP2"]
AT = "60=20261122-08:00:00.000"
ORDER = f"11=A1|21=1|55=2330|207=XTAI|54=1|{AT}|38=1000|40=2|44=1005|59=0"
OLDEST_ORDER = "11=A1|21=1|55=2330.XTAI|54=1|38=1000|40=2|44=1005|59=0"
REPLACE = f"41=A1|11=A2|21=1|55=2330|207=XTAI|54=1|{AT}|38=1000|40=2|44=1004|59=0"

CODES = {
    "account_type": "1",
    "order_capacity": "A",
    "order_restrictions": "1 2",
    "cust_order_capacity": "4",
    "exec_inst": "6 G",
    "position_effect": "O",
    "covered_or_uncovered": "0",
    "settl_type": "6",
    "settl_date": "20261201",
    "locate_reqd": "N",
    "solicited_flag": "Y",
    "trade_date": "20261122",
    "trade_origination_date": "20261121",
    "acct_id_source": "99",
}
IDS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="="), min_size=1, max_size=20)
ROLES = st.sampled_from(["1", "3", "4", "12", "36"])
PARTY = st.builds(
    Party, IDS, st.sampled_from(["D", "B"]), ROLES, st.lists(st.tuples(IDS, st.just("10")), max_size=2).map(tuple)
)
PARTIES = st.lists(PARTY, max_size=3, unique_by=lambda party: party.role).map(tuple)
ALLOC = st.builds(PreAlloc, IDS, st.just("99"), st.just("TWD"), IDS, st.integers(1, 10**9), PARTIES)
DETAILS = st.builds(
    OrderDetails,
    **{name: st.sampled_from(["", code]) for name, code in CODES.items() if name not in ("settl_date", "settl_type")},
    settl_type=st.just("6"),
    settl_date=st.sampled_from(["", "20261201"]),
    secondary_cl_ord_id=st.just("") | IDS,
    cl_ord_link_id=st.just("") | IDS,
    min_qty=st.integers(0, 10**9),
    parties=PARTIES,
    allocs=st.lists(ALLOC, max_size=2).map(tuple),
)


def in_version(details: OrderDetails, version: str) -> OrderDetails:
    """As much of it as a NewOrderSingle(D) of FIX 4.3 and later can say."""
    fields = message_fields(version, "D")
    names = list(TEXT_DETAILS)
    has = {names[place] for place, _tag in fields.texts}
    typed = load_dictionary(version).field(803) is not None
    sourced = load_dictionary(version).field(661) is not None

    def party(p: Party) -> Party:
        subs = p.sub_ids if typed else tuple((sub_id, "") for sub_id, _ in p.sub_ids[:1])
        return Party(p.party_id, p.source, p.role, subs)

    allocs = tuple(
        PreAlloc(
            a.account,
            a.source if sourced else "",
            a.currency if sourced else "",
            a.individual_id,
            a.qty,
            tuple(map(party, a.parties)),
        )
        for a in details.allocs
    )
    return OrderDetails(
        *[getattr(details, name) if name in has else "" for name in TEXT_DETAILS],
        "",
        details.min_qty,
        tuple(map(party, details.parties)),
        allocs,
        (),
    )


def as_written(details: OrderDetails, version: str) -> bytes:
    w = BodyWriter()
    put_details(w, details, Side.BUY, version, "D")
    return w.body()


@pytest.mark.parametrize("version", ["FIX.4.3", "FIX.4.4", "FIX.5.0", "FIX.5.0SP1", "FIX.5.0SP2"])
def test_what_we_write_of_details_we_read_as_the_same_details(version: str) -> None:
    @settings(max_examples=40)
    @given(DETAILS)
    def check(details: OrderDetails) -> None:
        message = framed(version, "D", as_written(details, version))
        assert read_details(message, version, is_custom) == in_version(details, version)

    check()


@pytest.mark.parametrize("version", VERSIONS)
def test_no_version_is_told_a_field_that_it_does_not_have(version: str) -> None:
    @settings(max_examples=40)
    @given(DETAILS)
    def check(details: OrderDetails) -> None:
        has = set(load_dictionary(version).message("D").allowed_tags())  # type: ignore[union-attr]
        tags = {int(field.split(b"=")[0]) for field in as_written(details, version).split(b"\x01")[:-1]}
        assert tags <= has | nested_tags(version)

    check()


def nested_tags(version: str) -> set[int]:
    fields = message_fields(version, "D")
    found: set[int] = set()
    groups = [group for group in (fields.parties, fields.allocs, fields.nested_parties) if group is not None]
    for group in groups:
        for member in group.members.order:
            found.add(member.tag)
            if member.group is not None:
                found |= {inner.tag for inner in member.group.members.order}
    return found


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_versions_without_parties_have_a_field_for_some_roles(version: str) -> None:
    has = message_fields(version, "D").tags
    sent = "109=ME|76=YOU|439=CLR|440=ACC9" if 439 in has else "109=ME|76=YOU"
    parties = [Party("YOU", "D", "1", ()), Party("ME", "D", "3", ())]
    if 439 in has:
        parties.append(Party("CLR", "D", "4", (("ACC9", "10"),)))
    details = read_details(written(version, "D", sent), version, is_custom)
    assert details == OrderDetails(parties=tuple(parties))
    assert sorted(shown(as_written(details, version)).split("|")) == sorted(sent.split("|"))


@pytest.mark.parametrize("code", list("ABCDEFHIJKLMNOPRSTUWXYZ"))
def test_each_rule_80a_has_a_capacity_and_comes_back(code: str) -> None:
    """Of a short exempt sale with Side(54) 6, which says so in both."""
    capacity, restrictions = capacity_of(code)
    side = Side.SELL_SHORT_EXEMPT if code in "BEFHLXZ" else Side.BUY
    assert capacity in "AIPW" and rule_80a_of(capacity, restrictions, side) == code


def test_capacities_that_rule_80a_lacks_become_the_nearest_or_none() -> None:
    assert (rule_80a_of("G", "", Side.BUY), rule_80a_of("R", "", Side.BUY)) == ("P", "P")
    assert rule_80a_of("A", "7", Side.BUY) == "A"
    assert rule_80a_of("", "", Side.BUY) == ""


FILL = "37=V1|11=R1|17=E1|150=F|39=2|55=2330|54=1|38=1000|32=1000|31=1005|151=0|14=1000|6=1005"
TRADE = "30=XTAI|29=1|851=2|75=20261122|64=20261124|382=1|375=BRK|337=TRD|437=1000|438=20261122-08:00:01"
TOLD_44 = "660=99|581=1|528=A|529=1 2|582=4|18=6 G|377=Y|75=20261122|229=20261121|526=MINE|583=LINK"
PARTIES_44 = "453=2|448=FUND|447=D|452=3|448=CLR|447=D|452=4|802=1|523=ACC9|803=10"


@pytest.mark.parametrize("venue_version", [FIX_42, FIX_44])
def test_details_go_to_the_venue_and_come_back_in_reports(venue_version: str) -> None:
    desk = MappingDesk(venue_version)
    said = f"{TOLD_44}|110=100|{PARTIES_44}"
    (new,) = desk.client("D", f"{ORDER}|{said}")
    for field in said.split("|"):
        assert f"|{field}" in new, field
    asked = desk.asked()
    if venue_version == FIX_44:
        for field in f"581=1|528=A|529=1 2|582=4|18=6 G|110=100|{PARTIES_44}".split("|"):
            assert f"|{field}" in asked, field
        for kept in ("|660=", "|377=", "|75=", "|229=", "|526=", "|583=", "|58="):
            assert kept not in asked
    else:
        for field in ("18=6 G", "110=100", "47=U", "109=FUND", "439=CLR", "440=ACC9"):
            assert f"|{field}" in asked, field
    kind = "150=2|20=0" if venue_version == FIX_42 else "150=F"
    (fill,) = desk.venue("8", FILL.replace("150=F", kind))
    assert "|528=A" in fill and "|448=FUND" in fill


SAID_IN: dict[str, str] = {
    "FIX.4.0": "76=YOU|109=FUND|47=A|18=6 G|110=100|63=1",
    "FIX.4.1": "76=YOU|109=FUND|47=A|18=6 G|110=100|63=1|203=0",
    FIX_42: "76=YOU|109=FUND|439=CLR|440=ACC9|47=A|18=6 G|110=100|63=1|203=0|377=Y",
    "FIX.4.3": "528=A|529=1 2|582=4|581=1|18=6 G|203=0|63=1|377=Y|229=20261121|526=MINE|583=LINK|110=100"
    "|453=1|448=FUND|447=D|452=3|523=DESK",
    FIX_44: f"{TOLD_44}|110=100|{PARTIES_44}",
}


@pytest.mark.parametrize("version", SAID_IN)
def test_an_order_goes_round_in_its_version_and_every_message_is_valid(version: str) -> None:
    """Client, desk and venue in one version, with all that may be passed on."""
    desk = MappingDesk(version, venue_agreement=VenueAgreement(PASSABLE))
    said = SAID_IN[version]
    desk.client("D", f"{OLDEST_ORDER if version < FIX_42 else ORDER}|{said}", version)
    asked = desk.asked()
    for field in said.split("|"):
        assert f"|{field}" in asked, field
    for _session, msg_type, body in desk.to_client:
        assert complaint(framed(version, msg_type, body), version) == ""
    assert complaint(framed(version, *desk.to_venue[-1]), version) == ""


@pytest.mark.parametrize("begin_string", [FIX_42, FIX_44])
def test_reports_with_details_are_valid_by_their_dictionary(begin_string: str) -> None:
    desk = MappingDesk()
    parties = "109=FUND|439=CLR|440=ACC9|47=A" if begin_string == FIX_42 else f"{PARTIES_44}|528=A"
    desk.client("D", f"{ORDER}|{parties}|18=6|110=100|63=1|78=2|79=ACC|80=600|79=ACC2|80=400", begin_string)
    desk.venue("8", f"{FILL}|{TRADE}")
    assert len(desk.to_client) == 2
    for _session, msg_type, body in desk.to_client:
        assert complaint(framed(begin_string, msg_type, body), begin_string) == ""
    assert complaint(framed(FIX_44, *desk.to_venue[-1]), FIX_44) == ""


@pytest.mark.parametrize("begin_string", [FIX_42, FIX_44])
def test_what_the_venue_says_of_a_trade_reaches_the_client(begin_string: str) -> None:
    desk = MappingDesk()
    desk.client("D", ORDER, begin_string)
    (fill,) = desk.venue("8", f"{FILL}|{TRADE}")
    for field in TRADE.split("|"):
        has_it = begin_string == FIX_44 or not field.startswith("851=")
        assert (f"|{field}" in fill) == has_it, field


def test_a_venue_is_told_what_was_agreed_with_it() -> None:
    agreed = VenueAgreement(("Text", "Allocs", "Parties"), {9001: 9101}, "KAIR")
    desk = MappingDesk(agreement=Agreement([9001, 5001]), venue_agreement=agreed)
    (new,) = desk.client("D", f"{ORDER}|58=note|528=A|{PARTIES_44}|78=1|79=ACC|80=1000|5001=mine|9001=X")
    assert "|5001=mine|9001=X" in new
    asked = desk.asked()
    for field in ("58=note", "453=3|448=KAIR|447=D|452=1|448=FUND", "78=1|79=ACC|80=1000", "9101=X"):
        assert f"|{field}" in asked, field
    for withheld in ("528=", "5001=", "9001="):
        assert f"|{withheld}" not in asked


def test_our_own_firm_is_told_of_an_order_without_details_and_takes_the_place_of_the_clients() -> None:
    desk = MappingDesk(venue_agreement=VenueAgreement((), None, "KAIR"))
    desk.client("D", ORDER)
    assert desk.asked().endswith("|453=1|448=KAIR|447=D|452=1")
    desk = MappingDesk(venue_agreement=VenueAgreement(PASSABLE, None, "KAIR"))
    desk.client("D", f"{ORDER}|453=1|448=US|447=D|452=1")
    assert desk.asked().endswith("|453=1|448=KAIR|447=D|452=1")


def test_a_replace_says_all_of_its_details_anew() -> None:
    desk = MappingDesk()
    desk.client("D", f"{ORDER}|18=6|528=A")
    desk.venue("8", "37=V1|11=R1|17=E1|150=0|39=0|55=2330|54=1|38=1000|151=1000|14=0|6=0")
    desk.client("G", f"{REPLACE}|528=P")
    assert "|528=P" in desk.asked() and "|18=" not in desk.asked()
    fields = "37=V1|11=R1-1|41=R1|17=E2|150=5|39=0|55=2330|54=1|38=1000|151=1000|14=0|6=0"
    (replaced,) = desk.venue("8", fields)
    assert "|528=P" in replaced and "|18=" not in replaced


@pytest.mark.parametrize("field", ["1=ACC2", "21=3", "100=XNYS"])
def test_what_a_replace_cant_change_is_refused_by_name_and_equal_values_pass(field: str) -> None:
    desk = MappingDesk()
    desk.client("D", ORDER)
    desk.venue("8", "37=V1|11=R1|17=E1|150=0|39=0|55=2330|54=1|38=1000|151=1000|14=0|6=0")
    changed = REPLACE.replace("|21=1", "") if field.startswith("21=") else REPLACE
    (refused,) = desk.client("G", f"{changed}|{field}")
    tag, _, _value = field.partition("=")
    assert refused.startswith("9 ") and "NOT_CHANGEABLE" in refused and f"({tag})" in refused
    assert desk.client("G", f"{REPLACE}|1=ACC|100=XTAI")[0].startswith("8 ")


def test_encoded_text_is_decoded_and_kept() -> None:
    text = "台積電"
    data = text.encode("utf-8")
    body = ORDER.replace("|", "\x01").encode() + b"\x01354=%d\x01355=%s\x01" % (len(data), data)
    details = read_details(framed(FIX_44, "D", body), FIX_44, is_custom)
    assert details == OrderDetails(encoded_text=text)


@pytest.mark.parametrize("encoding", ["UTF-8", "Big5", "GB18030", "Shift_JIS"])
def test_encoded_text_is_read_in_each_encoding_that_the_session_reads(encoding: str) -> None:
    data = "委託".encode(encoding)
    named = f"347={encoding}|{ORDER}".replace("|", "\x01").encode()
    body = named + b"\x01354=%d\x01355=%s\x01" % (len(data), data)
    assert read_details(framed(FIX_44, "D", body), FIX_44, is_custom) == OrderDetails(encoded_text="委託")


def test_a_short_sale_says_that_its_stock_was_located_where_that_was_agreed() -> None:
    desk = MappingDesk(agreement=Agreement(needs_locate=True))
    short = ORDER.replace("|54=1|", "|54=5|")
    with pytest.raises(AssertionError, match=r"LocateReqd\(114\) is required in a short sale"):
        desk.client("D", short)
    assert "|39=0|" in desk.client("D", f"{short}|114=N")[0]
    assert "NO_LOCATE" in desk.client("D", f"{short.replace('A1', 'A2')}|114=Y")[0]


def test_unknown_fields_of_agreements_are_kept_where_that_was_agreed() -> None:
    desk = MappingDesk(agreement=Agreement(keeps_unknown=True))
    assert desk.client("D", f"{ORDER}|9001=X")[0].endswith("|9001=X")
    assert "9001" not in desk.asked()


def test_an_order_without_details_shares_the_one_that_says_nothing() -> None:
    message = written(FIX_44, "D", ORDER)
    assert read_details(message, FIX_44, is_custom) is NO_ORDER_DETAILS
    assert as_written(NO_ORDER_DETAILS, FIX_44) == b""
