"""Fees and taxes from dated rows: the worked examples, to the last cent, and the errors of what no row covers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.adapters.profiles import load_profile, profile_paths
from kairos.market.charge_files import charges_of, read_charges, shipped_charges
from kairos.market.charges import (
    Basis,
    ChargeError,
    ChargeRow,
    ChargeSchedule,
    DayTrade,
    Fill,
    PaidBy,
    Rounding,
    RoundingBasis,
    amount_of,
    net_amount,
    round_to,
    total,
)
from kairos.market.commissions import read_commissions
from kairos.model.enums import Side
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import format_money, parse_money, parse_price

BUY, SELL = Side.BUY, Side.SELL
SHIPPED = shipped_charges()

HK_FEES = ["stamp_duty", "sfc_transaction_levy", "afrc_transaction_levy", "trading_fee", "settlement_fee"]
US_FEES = ["sec_section_31_fee", "finra_trading_activity_fee", "cat_fee"]


def fill(side: Side, qty: int, px: str, order_id: int = 0) -> Fill:
    return Fill(side, qty, parse_price(px), order_id)


def charged(
    mic: str,
    date: int,
    fills: list[Fill],
    instrument_class: str = "stock",
    day_trade: bool = False,
    multiplier: int = 1,
) -> dict[str, str]:
    found = charges_of(mic, SHIPPED).charges(mic, instrument_class, date, fills, day_trade, multiplier)
    return {charge.name: format_money(charge.amount) for charge in found}


def net(mic: str, date: int, fills: list[Fill], instrument_class: str = "stock", day_trade: bool = False) -> str:
    found = charges_of(mic, SHIPPED).charges(mic, instrument_class, date, fills, day_trade)
    return format_money(net_amount(fills, found))


@pytest.mark.parametrize("mic", ["XTAI", "ROCO"])
@pytest.mark.parametrize(
    ("side", "qty", "px", "instrument_class", "day_trade", "amount"),
    [
        (BUY, 2000, "1085", "stock", False, "2173092"),
        (SELL, 2000, "1090", "stock", False, "2170354"),
        (SELL, 2000, "1090", "stock", True, "2173624"),
        (SELL, 3000, "62.35", "etf", False, "186597"),
        (SELL, 1, "100", "stock", False, "80"),  # the least commission is 20; the tax of 0.3 is dropped
        (SELL, 10_000, "40", "bond_etf", False, "399430"),  # 570 of commission, and no tax
        (SELL, 1000, "1.5", "warrant", False, "1479"),
        (SELL, 1000, "20", "reit", False, "19972"),
    ],
)
def test_what_taiwan_charges(
    mic: str, side: Side, qty: int, px: str, instrument_class: str, day_trade: bool, amount: str
) -> None:
    """Securities Transaction Tax Act, articles 2, 2-1 and 2-2 (law.dot.gov.tw): 0.3 % of shares, 0.15 % of day trades,
    0.1 % of other securities, none of bond funds and bonds. The amounts are ours: no official example was found."""
    assert net(mic, 20261123, [fill(side, qty, px)], instrument_class, day_trade) == amount


def test_what_hong_kong_charges() -> None:
    """hkex.com.hk, Fees, Securities, Trading, Transaction: 0.0027 %, 0.00015 % and 0.00565 %, each to the nearest cent;
    HKEX on 2025-02-21: 0.0042 % of each trade; Cap. 117: 0.1 %, a part of a dollar as a dollar. The amounts are
    ours."""
    fills = [fill(SELL, 400, "381.4")]
    amounts = ["153", "4.12", "0.23", "8.62", "6.41"]
    assert charged("XHKG", 20261123, fills) == dict(zip(HK_FEES, amounts, strict=True))
    assert charged("XHKG", 20261123, [fill(BUY, 400, "381.4")]) == dict(zip(HK_FEES, amounts, strict=True))
    assert net("XHKG", 20261123, fills) == "152387.62"


@pytest.mark.parametrize("instrument_class", ["reit", "etf", "structured"])
def test_what_hong_kong_exempts_pays_no_stamp_but_the_rest(instrument_class: str) -> None:
    amounts = ["0", "4.12", "0.23", "8.62", "6.41"]
    fills = [fill(BUY, 400, "381.4")]
    assert charged("XHKG", 20261123, fills, instrument_class) == dict(zip(HK_FEES, amounts, strict=True))


@pytest.mark.parametrize(
    ("date", "instrument_class", "stamp"),
    [
        (20231117, "stock", "153"),
        (20231116, "stock", "199"),  # 0.13 %: 198.328, to the dollar above
        (20210801, "stock", "199"),
        (20210731, "stock", "153"),
        (20241221, "reit", "0"),
        (20241220, "reit", "153"),
    ],
)
def test_the_stamp_duty_is_that_of_the_day(date: int, instrument_class: str, stamp: str) -> None:
    """ird.gov.hk, Budget 2021/22: 0.13 % on every sold note or bought note from 2021-08-01; HKEX circular CT/152/23:
    0.1 % from 2023-11-17. The amounts are ours."""
    assert charged("XHKG", date, [fill(BUY, 400, "381.4")], instrument_class)["stamp_duty"] == stamp


def test_the_settlement_fee_of_hong_kong_lost_floor_and_cap() -> None:
    """HKEX on 2025-02-21: 0.0042 % of each trade in place of at least 2 and at most 100 dollars (0.002 %). It told its
    readers that small trades gain: of 1,000 dollars 0.042 and not 2, as the press reckoned. The larger one is ours."""
    small, large = [fill(BUY, 100, "10")], [fill(BUY, 100_000, "381.4")]
    assert charged("XHKG", 20250629, small)["settlement_fee"] == "2"
    assert charged("XHKG", 20250629, large)["settlement_fee"] == "100"
    assert charged("XHKG", 20250630, small)["settlement_fee"] == "0.04"
    assert charged("XHKG", 20250630, large)["settlement_fee"] == "1601.88"


def test_a_fee_that_was_not_yet_or_no_more_levied_is_not_told() -> None:
    fills = [fill(BUY, 400, "381.4")]
    assert "afrc_transaction_levy" not in charged("XHKG", 20211231, fills)
    assert charged("XHKG", 20221230, fills)["trading_tariff"] == "0.5"
    assert "trading_tariff" not in charged("XHKG", 20230103, fills)


@pytest.mark.parametrize(
    ("date", "qty", "px", "amounts"),
    [
        (20260915, 10_000, "52.37", ["10.79", "1.95", "0.03"]),
        (20261120, 10_000, "52.37", ["10.79", "0", "0.03"]),
        (20260316, 10_000, "52.37", ["0", "1.95", "0"]),
        (20260915, 100_000, "5", ["10.3", "9.79", "0.3"]),
    ],
)
def test_what_the_united_states_charge(date: int, qty: int, px: str, amounts: list[str]) -> None:
    """The SEC's orders (91 FR 10643), FINRA's By-Laws, Schedule A, section 1, and FINRA Rule 6897, whose rates were
    read where others tell them, as each row says. The amounts are ours: rounding to the cent above is brokers'
    practice."""
    assert charged("XNYS", date, [fill(SELL, qty, px)]) == dict(zip(US_FEES, amounts, strict=True))
    assert charged("XNAS", date, [fill(SELL, qty, px)]) == dict(zip(US_FEES, amounts, strict=True))


def test_a_buyer_in_the_united_states_pays_for_the_audit_trail_alone() -> None:
    assert charged("XNYS", 20260915, [fill(BUY, 10_000, "52.37")]) == {"cat_fee": "0.03"}


def test_the_sec_rate_turns_on_its_days() -> None:
    """27.80 a million until 2025-05-13, nothing until 2026-04-03, 20.60 since: of a million sold."""
    schedule = SHIPPED["XNYS"]
    sec = next(fee for fee in schedule.fees if fee.name == "sec_section_31_fee")
    fills = [fill(SELL, 20_000, "50")]
    days = (20250513, 20250514, 20260403, 20260404)
    rows = [sec.row_of("stock", day, False) for day in days]
    assert [format_money(amount_of(row, fills, 1)) for row in rows if row] == ["27.8", "0", "0", "20.6"]


def test_what_shanghai_and_shenzhen_charge() -> None:
    """Of 100,000 sold: stamp duty 50, handling 3.41, management 2, transfer 1; a buyer pays no stamp. Rates as in the
    notices that the rows name; the amounts are ours."""
    amounts = {"handling_fee": "3.41", "securities_management_fee": "2", "transfer_fee": "1"}
    assert charged("XSHG", 20261123, [fill(SELL, 10_000, "10")]) == {"stamp_duty": "50", **amounts}
    assert charged("XSHE", 20261123, [fill(BUY, 10_000, "10")]) == amounts


def test_taifex_is_taxed_a_contract_at_a_time() -> None:
    """Futures Transaction Tax Act, article 2, and the Ministry of Finance's order of 2018-12-28: 0.002 % and 0.1 %. The
    amounts are brokers' worked examples: 7,888 points at 200 are 31.552, so 32 a contract; 30.5 at 50 are 1.525, so
    2."""
    future, option = [fill(BUY, 3, "7888")], [fill(SELL, 3, "30.5")]
    assert charged("XTAF", 20261123, future, "taiex_future", multiplier=200) == {"futures_transaction_tax": "96"}
    assert charged("XTAF", 20261123, option, "index_option", multiplier=50) == {"futures_transaction_tax": "6"}


@pytest.mark.parametrize(
    ("mic", "date", "instrument_class", "words"),
    [
        ("XNYS", 20240521, "stock", "sec_section_31_fee: no row for stock on XNYS at 2024-05-21; look the rate up"),
        ("XTAI", 20270104, "bond_etf", "transaction_tax: no row for bond_etf on XTAI at 2027-01-04"),
        ("XHKG", 20261123, "bond", "stamp_duty: no row for bond on XHKG at 2026-11-23; the classes of HK.toml are"),
        ("XLON", 20261123, "stock", "no charges are known of market 'XLON'; those known: ARCX"),
    ],
)
def test_a_day_class_or_market_without_a_row_is_an_error(
    mic: str, date: int, instrument_class: str, words: str
) -> None:
    with pytest.raises(ChargeError, match=words):
        charged(mic, date, [fill(SELL, 100, "10")], instrument_class)


def test_a_day_trade_after_its_law_ends_is_an_error() -> None:
    with pytest.raises(ChargeError, match="transaction_tax: no row for stock on XTAI at 2028-01-03, sold the day"):
        charged("XTAI", 20280103, [fill(SELL, 1000, "10")], day_trade=True)


def test_every_shipped_row_says_where_it_is_from_and_what_was_not_read() -> None:
    for schedule in SHIPPED.values():
        for fee in schedule.fees:
            for row in fee.rows:
                assert row.source, (schedule.file, fee.name, row.from_date)
                assert row.checked or row.note, (schedule.file, fee.name, row.from_date)


@pytest.mark.parametrize("mic", sorted(profile_paths()))
def test_the_shares_and_funds_of_a_profile_have_their_charges(mic: str) -> None:
    """What only some markets' rows leave out is told as an error: bonds, B shares, funds of the mainland."""
    without = {"fund", "b_share", "convertible_bond", "bond"}
    for name in set(load_profile(mic).classes()) - without:
        assert SHIPPED[mic].charges(mic, name, 20261123, [fill(SELL, 1000, "10")])


@pytest.mark.parametrize(
    ("basis", "amount"),
    [
        (RoundingBasis.FILL, "0.06"),  # three times 0.0151, each 0.02
        (RoundingBasis.ORDER, "0.06"),  # 0.0302 is 0.04, and 0.0151 is 0.02
        (RoundingBasis.CONTRACT_NOTE, "0.05"),  # 0.0453
    ],
)
def test_the_rounding_basis_says_what_is_summed_first(basis: RoundingBasis, amount: str) -> None:
    row = a_row("0.000151", Rounding.CEIL, basis)
    fills = [fill(SELL, 100, "1", 1), fill(SELL, 100, "1", 1), fill(SELL, 100, "1", 2)]
    assert format_money(amount_of(row, fills, 1)) == amount


def test_minimum_and_maximum_hold_for_what_is_rounded() -> None:
    fills = [fill(SELL, 100, "1", 1), fill(SELL, 100, "1", 2)]
    assert format_money(amount_of(a_row("0.001", Rounding.FLOOR, RoundingBasis.ORDER, "2", "0"), fills, 1)) == "4"
    assert format_money(amount_of(a_row("0.5", Rounding.FLOOR, RoundingBasis.FILL, "0", "3"), fills, 1)) == "6"


@pytest.mark.parametrize(("rounding", "whole"), [(Rounding.FLOOR, 2), (Rounding.CEIL, 3), (Rounding.HALF_UP, 3)])
def test_a_half_is_rounded_as_the_row_says(rounding: Rounding, whole: int) -> None:
    assert round_to(25, 10, rounding) == whole


@given(st.integers(0, 10**40), st.integers(1, 10**20))
def test_rounding_never_moves_further_than_a_unit(value: int, unit: int) -> None:
    down, half, up = (round_to(value, unit, rounding) for rounding in (Rounding.FLOOR, Rounding.HALF_UP, Rounding.CEIL))
    assert down * unit <= value <= up * unit
    assert up - down <= 1 and half in (down, up)
    assert abs(2 * (half * unit - value)) <= unit


@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 10**16)), min_size=1, max_size=5))
def test_the_net_amount_is_the_notional_and_the_charges(parts: list[tuple[int, int]]) -> None:
    for side in (BUY, SELL):
        fills = [Fill(side, qty, px) for qty, px in parts]
        worth = sum(qty * px for qty, px in parts)
        found = SHIPPED["XHKG"].charges("XHKG", "stock", 20261123, fills)
        signed = total(found) if side is BUY else -total(found)
        assert net_amount(fills, found) == worth + signed


@pytest.mark.parametrize(
    ("fills", "words"),
    [
        ([], "at least one fill"),
        ([fill(BUY, 1, "1"), fill(SELL, 1, "1")], "is of one side"),
        ([Fill(BUY, 0, 1)], "at least one unit, not 0"),
    ],
)
def test_what_is_no_contract_note_is_refused(fills: list[Fill], words: str) -> None:
    with pytest.raises(ChargeError, match=words):
        charged("XTAI", 20261123, fills)


A_FILE = """
mics = ["XTST"]
currency = "EUR"
classes = ["stock"]
[[fee]]
name = "levy"
side = "both"
rounding = "ceil"
unit = "0.01"
rounding_basis = "fill"
rate = "0.001"
source = "a rule"
checked = true
  [[fee.row]]
  from = "2020-01-01"
  until = 2020-12-31
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('rate = "0.001"', 'rate = "a lot"', "fee 'levy', row from 2020-01-01: value: 'a lot' is not a decimal number"),
        ('rate = "0.001"', "", "rate: is missing"),
        ('rate = "0.001"', 'rate = "-1"', "none below 0"),
        ('unit = "0.01"', 'unit = "0"', "unit above 0"),
        ('rounding = "ceil"', 'rounding = "up"', "'up' is not a valid Rounding"),
        ('"2020-01-01"', '"2021-01-01"', "until: is before from"),
        ('"2020-01-01"', '"1 January"', "from: Invalid isoformat"),
        ("checked = true", "", "note: a row that was not checked says"),
        ("checked = true", "chekced = true", "chekced: is unknown"),
        ('name = "levy"', "", "name: each fee has one"),
        ('currency = "EUR"', "", "currency: must be a text"),
        ('mics = ["XTST"]', "mics = []", "mics: must be a list"),
        ('side = "both"', 'side = "both"\nclasses = ["bond"]', "'bond' is none of stock"),
        (
            "until = 2020-12-31",
            'until = 2020-12-31\n[[fee.row]]\nfrom = "2020-12-31"',
            "overlaps the row from 20200101",
        ),
    ],
)
def test_a_file_that_is_wrong_is_told_by_place_and_field(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "T.toml"
    path.write_text(A_FILE.replace(old, new, 1), "utf-8")
    with pytest.raises(ReferenceDataError, match=words):
        read_charges(path)


def test_a_file_that_is_right_is_read(tmp_path: Path) -> None:
    path = tmp_path / "T.toml"
    path.write_text(A_FILE, "utf-8")
    found = read_charges(path)
    assert isinstance(found, ChargeSchedule)
    assert [found.fees[0].rows[0].from_date, found.fees[0].rows[0].until_date] == [20200101, 20201231]


def test_two_files_of_one_market_are_an_error(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(A_FILE, "utf-8")
    with pytest.raises(ReferenceDataError, match=r"XTST is in a\.toml already"):
        shipped_charges(tmp_path)


HOUSE = """
[[commission]]
market = "XTAI"
rate = "0.000855"
rounding = "floor"
unit = "1"
minimum = "20"

[[commission]]
market = "XTAI"
client = "ALPHA"
rate = "0.0005"
unit = "1"

[[commission]]
market = "XTAI"
client = "ALPHA"
notional_from = "1000000"
rate = "0.0004"
unit = "1"

[[commission]]
market = "XTAI"
account = "A1"
classes = ["etf"]
basis = "quantity"
rate = "0.01"
unit = "1"
"""


@pytest.mark.parametrize(
    ("client", "account", "instrument_class", "qty", "amount"),
    [
        ("BETA", "B1", "stock", 1000, "427"),  # 427.5, down
        ("BETA", "B1", "stock", 10, "20"),
        ("ALPHA", "A1", "stock", 1000, "250"),
        ("ALPHA", "A1", "stock", 2000, "400"),  # the tier of a million, on all of it
        ("ALPHA", "A1", "etf", 2000, "20"),  # its account's own, a unit
    ],
)
def test_a_house_has_commissions_of_its_own(
    tmp_path: Path, client: str, account: str, instrument_class: str, qty: int, amount: str
) -> None:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, "utf-8")
    fills = [fill(BUY, qty, "500")]
    row = read_commissions(path).row_for("XTAI", instrument_class, 20261123, client, account, fills)
    found = SHIPPED["XTAI"].charges("XTAI", instrument_class, 20261123, fills, commission=row)
    assert [(charge.name, format_money(charge.amount)) for charge in found] == [("commission", amount)]


def test_a_house_without_a_row_for_the_market_leaves_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, "utf-8")
    assert read_commissions(path).row_for("ROCO", "stock", 20261123, "ALPHA", "A1", [fill(BUY, 1, "1")]) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[commission]]\nrate = "1"\nunit = "1"', "commission 1: market: is missing"),
        ('[[commission]]\nmarket = "X"\nrate = "1"', "commission 1: unit: is missing"),
        ('[[commission]]\nmarket = "X"\nunit = "1"\nrate = "1"\n' * 2, "commission 2: market: is for the same as"),
        ('[[commission]]\nmarket = "X"\nunit = "1"\nrate = "1"\nnotional_from = "x"', "notional_from: 'x' is not"),
        ('[[comission]]\nmarket = "X"', "comission: is unknown"),
    ],
)
def test_a_house_file_that_is_wrong_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "house.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ReferenceDataError, match=words):
        read_commissions(path)


def a_row(rate: str, rounding: Rounding, basis: RoundingBasis, minimum: str = "0", maximum: str = "0") -> ChargeRow:
    return ChargeRow(
        fee="levy",
        paid_by=PaidBy.BOTH,
        classes=("stock",),
        day_trade=DayTrade.ANY,
        basis=Basis.NOTIONAL,
        rate=int(parse_money(rate)) * 10_000,
        rounding=rounding,
        unit=parse_money("0.01"),
        rounding_basis=basis,
        minimum=parse_money(minimum),
        maximum=parse_money(maximum),
        from_date=0,
        until_date=99991231,
        source="a rule",
        checked=True,
        note="",
    )
