"""Reference data from files: exact, whole or not at all, and each error told with its place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from librt.strings import BytesWriter

from kairos.adapters.file_errors import MAX_ERRORS, FileErrors
from kairos.adapters.reference_entry import Kind
from kairos.adapters.reference_files import ReferenceFile, load_reference
from kairos.model.commands import (
    Command,
    DefineAccount,
    DefineDesk,
    DefineInstrument,
    DefineVenue,
    PlaceLimit,
    SetEntitlement,
    SetLimits,
    SetRestriction,
)
from kairos.model.enums import LimitKind, NodeKind, ScopeKind, Severity, Side, VenueKind
from kairos.model.values import Leg, Limit, Place
from kairos.model.wire import encode_command

LIMITS = """\
[account.limits]
max_order_qty = 100
max_order_notional = "1000.5"
collar_bps = 500
max_position = 200
max_gross_exposure = 3000
max_net_exposure = 3000
rate_per_s = 5
rate_burst = 10
"""
CLIENT = '[[client]]\nclient_id = "C"\n'
ACCOUNT = '[[account]]\naccount_id = "A"\nclient_id = "C"\ncurrency = "USD"\ncash = "1000000.25"\n'
INSTRUMENT = '[[instrument]]\nsymbol = "XXX"\nmic = "XNYS"\ncurrency = "USD"\ntick_size = "0.01"\n'
VENUE = '[[venue]]\nvenue_id = "SIM"\nmic = "XNYS"\n'


def load(folder: Path, **files: str) -> list[Command]:
    """Load files named by keyword, as `ref_toml="..."`."""
    paths = []
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, encoding="utf-8")
        paths.append(ReferenceFile(path))
    return load_reference(paths)


def encoded(commands: list[Command]) -> bytes:
    writer = BytesWriter()
    for command in commands:
        encode_command(writer, command)
    return writer.getvalue()


def errors_of(folder: Path, **files: str) -> list[str]:
    """The errors as people see them, without the folder."""
    with pytest.raises(FileErrors) as caught:
        load(folder, **files)
    assert str(caught.value).startswith("\n".join(str(error) for error in caught.value.errors))
    return [str(error).replace(f"{folder}/", "") for error in caught.value.errors]


def test_files_become_commands_in_an_order_that_the_engine_can_take(tmp_path: Path) -> None:
    text = 'restricted = ["XXX.XNYS"]\n' + INSTRUMENT + ACCOUNT + LIMITS + VENUE + CLIENT
    text += '[[user]]\nuser_id = "u"\nrole = "risk"\n[[broker]]\nvenue_id = "BRK"\n'
    commands = load(tmp_path, ref_toml=text)
    names = [type(command).__name__ for command in commands]
    assert names == [
        "DefineUser", "DefineClient", "DefineAccount", "SetLimits", "DefineVenue", "DefineVenue", "DefineInstrument",
        "SetRestriction",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), [(VENUE, "venue"), (INSTRUMENT, "instrument")])
def test_a_mic_that_the_list_does_not_have_is_an_error_unless_the_file_knows_better(
    tmp_path: Path, text: str, kind: str
) -> None:
    wrong = text.replace("XNYS", "XNYZ")
    (told,) = errors_of(tmp_path, ref_toml=wrong)
    assert f"{kind}.mic: 'XNYZ' is not active in ISO 10383 as of " in told
    assert "; did you mean 'XN" in told and "unlisted_mic = true" in told
    (command,) = load(tmp_path, ref_toml=wrong + "unlisted_mic = true\n")
    assert isinstance(command, DefineVenue | DefineInstrument) and command.mic == "XNYZ"


def test_numbers_are_exact_and_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    commands = load(tmp_path, ref_toml=CLIENT + ACCOUNT + LIMITS + INSTRUMENT + VENUE)
    _, account, limits, venue, instrument = commands
    assert isinstance(account, DefineAccount) and isinstance(limits, SetLimits)
    assert isinstance(venue, DefineVenue) and isinstance(instrument, DefineInstrument)
    assert (account.cash, account.active, account.user_id) == (1_000_000_25000000, True, "")
    assert (limits.limits.max_order_notional, limits.limits.rate_burst) == (1000_50000000, 10)
    assert (venue.kind, venue.ack_timeout_ns) == (VenueKind.EXCHANGE, 3_000_000_000)
    assert (instrument.instrument_id, instrument.tick_size) == ("XXX.XNYS", 1_000_000)
    assert (instrument.lot_size, instrument.multiplier, instrument.reference_px) == (1, 1, 0)


def test_an_account_without_limits_gets_no_limits_command(tmp_path: Path) -> None:
    assert not any(isinstance(command, SetLimits) for command in load(tmp_path, ref_toml=CLIENT + ACCOUNT))


def test_csv_says_the_same_as_toml(tmp_path: Path) -> None:
    restricted = '[[restricted]]\ninstrument_id = "XXX.XNYS"\ntext = "closed, period"\n'
    toml = CLIENT + ACCOUNT + LIMITS + INSTRUMENT + VENUE + restricted
    limits = dict(line.replace('"', "").split(" = ") for line in LIMITS.splitlines()[1:])
    in_csv = load(
        tmp_path,
        clients_csv="client_id,name,active\nC,,true\n",
        accounts_csv=f"account_id,client_id,currency,cash,{','.join(limits)}\n"
        f"A,C,USD,1000000.25,{','.join(limits.values())}\n\n",
        instruments_csv="\ufeffsymbol,mic,currency,tick_size,isin\r\nXXX,XNYS,USD,0.01,\r\n",
        venues_csv="venue_id,mic\nSIM,XNYS\n",
        restricted_csv='instrument_id,text\nXXX.XNYS,"closed, period"\n',
    )
    in_toml = load(tmp_path, ref_toml=toml)
    assert encoded(in_csv) == encoded(in_toml)


def test_a_csv_file_of_any_name_is_read_as_the_kind_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "export-7.csv"
    path.write_text("client_id\nC\n", encoding="utf-8")
    assert len(load_reference([ReferenceFile(path, Kind.CLIENT)])) == 1
    with pytest.raises(FileErrors, match=r"does not tell what it holds; name it one of firms\.csv"):
        load_reference([ReferenceFile(path)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            INSTRUMENT.replace('"0.01"', "0.01"),
            'line 5: instrument.tick_size: 0.01 would be a binary float, which is not exact; write it in quotes: "0.01',
        ),
        (INSTRUMENT.replace('"0.01"', '"0"'), "line 5: instrument.tick_size: 0 must be more than 0"),
        (INSTRUMENT.replace('"0.01"', '"1e-2"'), "line 5: instrument.tick_size: '1e-2' is not a decimal number"),
        (INSTRUMENT.replace('"0.01"', "true"), "line 5: instrument.tick_size: True is not a number; "),
        (INSTRUMENT + "lot_size = 0\n", "line 6: instrument.lot_size: 0 must be from 1 to 9999999999"),
        (INSTRUMENT + "reference_px = -1\n", "line 6: instrument.reference_px: -1 must not be negative"),
        (INSTRUMENT + 'instrument_id = "YYY.XNYS"\n', "line 6: instrument.instrument_id: must be 'XXX.XNYS'"),
        (INSTRUMENT + 'isin = "US0378331006"\n', "line 6: instrument.isin: 'US0378331006' is not an ISIN"),
        (INSTRUMENT.replace("XNYS", "nyse"), "line 3: instrument.mic: 'nyse' is not a MIC (ISO 10383)"),
        (INSTRUMENT.replace("XXX", "A B"), "line 2: instrument.symbol: 'A B' must be 1 to 64 printable ASCII"),
        (INSTRUMENT.replace("tick_size", "tick_szie"), "line 1: instrument.tick_size: is missing; add it"),
        (INSTRUMENT + "tik_size = 1\n", "line 6: instrument.tik_size: is not known here; did you mean 'tick_size'?"),
        ("\n[[instruments]]\n", "line 2: instruments: is not known here; did you mean 'instrument'?"),
        ("[instrument]\n", "line 1: instrument: {} must be an array of tables: [[instrument]]"),
        ('client = ["C"]\n', "line 1: client: 'C' must be a table"),
        (CLIENT + 'active = "yes"\n', "line 3: client.active: 'yes' must be true or false"),
        (CLIENT + "name = 5\n", "line 3: client.name: 5 is not a text; put it in quotes"),
        (CLIENT + 'name = "a\\nb"\n', "line 3: client.name: 'a\\nb' must be at most 200 characters, all printable"),
        (CLIENT + ACCOUNT + "limits = 5\n", "line 8: account.limits: 5 must be a table: [limits]"),
        (CLIENT + ACCOUNT + "[account.limits]\n", "line 8: account.limits.max_order_qty: is missing; add it"),
        (CLIENT + ACCOUNT + LIMITS + "x = 1\n", "line 17: account.limits.x: is not known here"),
        (ACCOUNT, "line 3: account.client_id: 'C' is no client of these files"),
        (CLIENT + CLIENT, "line 4: client.client_id: 'C' is defined twice, first in "),
        (VENUE + '[[broker]]\nvenue_id = "SIM"\n', "line 5: broker.venue_id: 'SIM' is defined twice"),
        (VENUE + VENUE.replace("SIM", "TWO"), "line 6: venue.mic: 'XNYS' is already that of 'SIM'"),
        (INSTRUMENT + '[[restricted]]\ninstrument_id = "XXX.XNAS"', "did you mean 'XXX.XNYS'?"),
        ('[[user]]\nuser_id = "u"\nrole = "boss"\n', "line 3: user.role: 'boss' must be 'trader' or 'risk' or"),
        ("a = 1\nb = \n", "line 2: TOML: Invalid value"),
        ("a = [", "line 1: TOML: "),
        ("a = " + "[" * 10_000, "line 1: TOML: "),
        ("a = " + "9" * 5_000, "line 1: TOML: "),
    ],
)
def test_each_error_names_line_field_value_and_remedy(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in errors_of(tmp_path, ref_toml=text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("client_id,nmae\nC,x\n", "clients.csv: line 2: nmae: is not known here; did you mean 'name'?"),
        ('client_id,name\nC,"two\nlines"\n', "clients.csv: line 2: name: 'two\\nlines' must be at most 200 characters"),
        ('client_id,name\nC,"a"\nD\n', "clients.csv: line 3: cells: are 1, but the header has 2; a comma or quote?"),
        ('client_id,name\nC,"a\n', "clients.csv: line 2: CSV: unexpected end of data"),
        ("client_id,client_id\n", "clients.csv: line 1: header: must name each column once"),
        ("client_id,\n", "clients.csv: line 1: header: must name each column once"),
        ("name\nx\n", "clients.csv: line 2: client_id: is missing; add it"),
    ],
)
def test_each_error_of_csv_names_its_line_too(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in errors_of(tmp_path, clients_csv=text)[0]


def test_several_errors_in_several_files_are_told_at_once(tmp_path: Path) -> None:
    told = errors_of(tmp_path, clients_csv="client_id\nC\nC\n", ref_toml=ACCOUNT.replace("USD", "USS"), x_txt="")
    assert [line.split(": ")[:3] for line in told] == [
        ["ref.toml", "line 4", "account.currency"],
        ["x.txt", "file", "name"],
        ["clients.csv", "line 3", "client_id"],
    ]


def test_a_file_full_of_errors_is_told_up_to_a_bound(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("client_id,active\n" + "C,maybe\n" * 1_000, encoding="utf-8")
    with pytest.raises(FileErrors, match="there may be more") as caught:
        load_reference([ReferenceFile(path)])
    assert len(caught.value.errors) == MAX_ERRORS


def test_a_file_that_cannot_be_read_or_decoded_is_an_error_with_its_place(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b'a = "x"\nb = "\xff"\n')
    with pytest.raises(FileErrors) as caught:
        load_reference([ReferenceFile(bad), ReferenceFile(tmp_path / "none.toml")])
    assert [(error.place, error.problem) for error in caught.value.errors] == [
        ("line 2", "byte 0xff is not UTF-8; save it as UTF-8"),
        ("file", "can't be read: No such file or directory"),
    ]


def test_a_restricted_instrument_becomes_a_restriction_with_its_text(tmp_path: Path) -> None:
    text = 'restricted = ["XXX.XNYS", { instrument_id = "YYY.XNYS", text = "own deal" }]\n'
    commands = load(tmp_path, ref_toml=text + INSTRUMENT + INSTRUMENT.replace("XXX", "YYY"))
    found = [(c.instrument_id, c.restricted, c.text) for c in commands if isinstance(c, SetRestriction)]
    assert found == [("XXX.XNYS", True, "restricted list"), ("YYY.XNYS", True, "own deal")]


def future(symbol: str, more: str = "") -> str:
    return f'[[instrument]]\nsymbol = "{symbol}"\nmic = "XTAF"\ncurrency = "TWD"\ntick_size = "1"\n{more}\n'


def leg(instrument_id: str, side: str, more: str = "") -> str:
    return f'{{ instrument_id = "{instrument_id}", side = "{side}"{more} }}'


def test_a_spread_comes_after_its_legs(tmp_path: Path) -> None:
    legs = f"legs = [{leg('FAR.XTAF', 'buy')}, {leg('NEAR.XTAF', 'sell', ', ratio = 2')}]"
    commands = load(tmp_path, ref_toml=future("CAL", legs) + future("NEAR") + future("FAR"))
    assert [getattr(command, "symbol", "") for command in commands] == ["NEAR", "FAR", "CAL"]
    spread = commands[-1]
    assert isinstance(spread, DefineInstrument)
    assert spread.legs == (Leg("FAR.XTAF", 1, Side.BUY), Leg("NEAR.XTAF", 2, Side.SELL))


@pytest.mark.parametrize(
    ("legs", "problem"),
    [
        (leg("FAR.XTAF", "buy"), "instrument.legs: must be two or more, each of another instrument"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('FAR.XTAF', 'sell')}", "must be two or more, each of another"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('CAL.XTAF', 'sell')}", "must be two or more, each of another"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('NER.XTAF', 'sell')}", "'NER.XTAF' is no instrument of these files"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('OLD.XTAF', 'sell')}", "'OLD.XTAF' is a spread itself"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('NEAR.XTAF', 'short')}", "'short' must be 'buy' or 'sell'"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('NEAR.XTAF', 'sell', ', ratio = 0')}", "instrument.legs[2].ratio: 0 must be"),
        (f"{leg('FAR.XTAF', 'buy')}, {leg('NEAR.XTAF', 'sell', ', px = 1')}", "instrument.legs[2].px: is not known"),
        ('"FAR.XTAF", "NEAR.XTAF"', "must be a table"),
    ],
)
def test_what_is_wrong_with_the_legs_of_a_spread_is_told(tmp_path: Path, legs: str, problem: str) -> None:
    others = future("NEAR") + future("FAR")
    old = future("OLD", f"legs = [{leg('NEAR.XTAF', 'buy')}, {leg('FAR.XTAF', 'sell')}]")
    errors = errors_of(tmp_path, ref_toml=others + old + future("CAL", f"legs = [{legs}]"))
    assert any(problem in error for error in errors), errors


TREE = """\
[[limit]]
account = "A"
instrument = "XXX.XNYS"
kind = "order_qty"
value = 50
exempt_closing = true
[[limit]]
firm = true
kind = "gross_exposure"
value = "5000.5"
in = "USD"
severity = "approval"
text = "for the night"
[[limit]]
strategy = "A/ALPHA"
kind = "rate"
value = 10
window = "500ms"
burst = 20
[[entitlement]]
user_id = "u"
desk = "EQ"
[[entitlement]]
session = "FIX.4.4:KAIROS->C"
client = "C"
asset_class = "E"
[[firm]]
name = "Harbor"
currency = "TWD"
[[desk]]
desk_id = "EQ"
name = "Equities"
currency = "USD"
[[user]]
user_id = "u"
role = "trader"
desk_id = "EQ"
"""


def test_the_tree_comes_in_an_order_that_the_engine_can_take(tmp_path: Path) -> None:
    account = ACCOUNT + 'desk_id = "EQ"\ntrader_id = "u"\n'
    commands = load(tmp_path, ref_toml=TREE + CLIENT + account + INSTRUMENT)
    assert [type(command).__name__ for command in commands] == [
        "DefineDesk", "DefineDesk", "DefineUser", "DefineClient", "DefineAccount", "DefineInstrument", "PlaceLimit",
        "PlaceLimit", "PlaceLimit", "SetEntitlement", "SetEntitlement",
    ]  # fmt: skip
    assert commands[0] == DefineDesk("", "Harbor", True, "", "TWD")
    assert commands[1] == DefineDesk("EQ", "Equities", True, "", "USD")
    defined = commands[4]
    assert isinstance(defined, DefineAccount)
    assert (defined.desk_id, defined.trader_id) == ("EQ", "u")


def test_limits_and_entitlements_say_what_the_file_says(tmp_path: Path) -> None:
    commands = load(tmp_path, ref_toml=TREE + CLIENT + ACCOUNT + INSTRUMENT)
    hung = [c for c in commands if isinstance(c, PlaceLimit)]
    assert [(c.place, c.limit, c.text) for c in hung] == [
        (
            Place(NodeKind.ACCOUNT, "A", ScopeKind.INSTRUMENT, "XXX.XNYS"),
            Limit(LimitKind.ORDER_QTY, Severity.HARD, 50, "", 0, 0, True),
            "",
        ),
        (
            Place(NodeKind.FIRM, "", ScopeKind.ALL, ""),
            Limit(LimitKind.GROSS_EXPOSURE, Severity.APPROVAL, 5000_50000000, "USD", 0, 0, False),
            "for the night",
        ),
        (
            Place(NodeKind.STRATEGY, "A/ALPHA", ScopeKind.ALL, ""),
            Limit(LimitKind.RATE, Severity.HARD, 10, "", 500_000_000, 20, False),
            "",
        ),
    ]
    granted = [(c.holder_id, c.session, c.place, c.granted) for c in commands if isinstance(c, SetEntitlement)]
    assert granted == [
        ("u", "", Place(NodeKind.DESK, "EQ", ScopeKind.ALL, ""), True),
        ("", "FIX.4.4:KAIROS->C", Place(NodeKind.CLIENT, "C", ScopeKind.ASSET_CLASS, "E"), True),
    ]


LIMIT = '[[limit]]\nkind = "order_qty"\nvalue = 50\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LIMIT, "line 1: limit.firm: name one of firm, desk, trader, client, account, strategy"),
        (LIMIT + 'firm = true\ndesk = "EQ"\n', "line 5: limit.desk: firm and desk are too many; name one of"),
        (LIMIT + "firm = false\n", "line 4: limit.firm: must be true, or left out"),
        (LIMIT + 'firm = true\nmarket = "XTAI"\ncurrency_ = ""\n', "limit.currency_: is not known here"),
        (
            LIMIT + 'firm = true\nmarket = "XTAI"\ninstrument = "XXX.XNYS"\n',
            "does not go with instrument: one scope at a time",
        ),
        (LIMIT.replace("50", "-1") + "firm = true\n", "line 3: limit.value: -1 must be from 0 to"),
        (LIMIT.replace("50", '"1.5"') + "firm = true\n", "line 3: limit.value: '1.5' has more than 0 decimals"),
        (LIMIT.replace("order_qty", "size") + "firm = true\n", "line 2: limit.kind: 'size' must be 'order_qty' or"),
        (LIMIT + "firm = true\nwindow = 5\n", 'line 5: limit.window: 5 must be a time, as "500ms"'),
        (LIMIT + 'firm = true\nseverity = "soft"\n', "line 5: limit.severity: 'soft' must be 'hard' or"),
        (LIMIT + "firm = true\n" + LIMIT + "firm = true\n", "is defined twice, first in ref.toml, line 2"),
        (CLIENT + LIMIT + 'client = "D"\n', "limit.client: 'D' is no client of these files; allowed: C"),
        ("[[entitlement]]\nfirm = true\n", "line 1: entitlement.user_id: name either a user_id or a session"),
        ('[[firm]]\nname = "X"\n', "line 1: firm.currency: is missing; add it"),
        ('[[firm]]\ncurrency = "TWD"\n[[firm]]\ncurrency = "USD"\n', "'the firm' is defined twice"),
        (CLIENT + ACCOUNT + 'desk_id = "EQ"\n', "account.desk_id: 'EQ' is no desk of these files"),
        (CLIENT + ACCOUNT + 'trader_id = "t"\n', "account.trader_id: 't' is no user of these files"),
    ],
)
def test_each_error_of_the_tree_names_its_place_and_remedy(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in "\n".join(errors_of(tmp_path, ref_toml=text))


def test_limits_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    """For an engine that knows the account, and says if it does not."""
    (command,) = load(tmp_path, ref_toml=LIMIT + 'account = "ELSEWHERE"\n')
    assert isinstance(command, PlaceLimit)


def test_the_tree_can_come_from_csv(tmp_path: Path) -> None:
    text = "kind,value,client,window\nrate,5,C,1s\n"
    (_, command) = load(tmp_path, clients_csv="client_id\nC\n", limits_csv=text)
    assert isinstance(command, PlaceLimit)
    assert (command.place.node_id, command.limit.window_ns) == ("C", 1_000_000_000)
