"""The kinds of reference data: which fields each has, what they must be, and the commands that they become.

A kind's value is its table's name in TOML; its CSV files are named for the plural, as `instruments.csv`. Fields are
those of the commands (model/messages.schema), save that an instrument's id is its symbol and MIC, and that times are
milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import (
    a_code,
    a_count,
    a_flag,
    a_member,
    a_price,
    a_price_above_0,
    a_text,
    an_id,
    one_of,
    some_money,
)
from kairos.adapters.reference_class import ClassDefaults, class_defaults
from kairos.adapters.reference_entry import THE_HOUSE, Entry, Kind
from kairos.adapters.reference_tree import read_desk, read_entitlement, read_firm, read_limit
from kairos.market.codes import CodeError, parse_cfi, parse_currency, parse_isin, parse_mic
from kairos.market.mic_registry import refuse_unlisted
from kairos.model.commands import (
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineUser,
    DefineVenue,
    SetLimits,
    SetRestriction,
)
from kairos.model.enums import AckPolicy, NodeKind, Role, SecondReplace, Side, VenueKind
from kairos.model.market_enums import RestrictionKind
from kairos.model.numbers import MAX_QTY
from kairos.model.values import Leg, Limits

T = TypeVar("T")

MILLISECOND_NS: Final = 1_000_000
# Gateways answer within milliseconds; after three seconds without a word a person should know.
DEFAULT_ACK_TIMEOUT_MS: Final = 3_000
MAX_ACK_TIMEOUT_MS: Final = 3_600_000  # an hour: beyond it UNKNOWN would never be seen within the day
MAX_MULTIPLIER: Final = 1_000_000_000  # the largest contract unit listed is some millions (JPY futures: 12,500,000)
MAX_RATE: Final = 1_000_000  # the engine's own bound (engine/controls.py)
MAX_BPS: Final = 1_000_000  # a hundred times the price: as good as no collar, if one insists
LEG_SIDES: Final = {"buy": Side.BUY, "sell": Side.SELL}


def read_entry(kind: Kind, row: Row) -> Entry:
    """Read one row; its errors go to the row's `Problems`."""
    entry = READERS[kind](row)
    row.finish()
    return entry


def _user(row: Row) -> Entry:
    user_id = row.need("user_id", an_id, "")
    name = row.get("name", a_text, "")
    role = row.need("role", a_member(Role), Role.TRADER)
    active = row.get("active", a_flag, True)
    desk_id = row.get("desk_id", an_id, "")
    command = DefineUser(user_id, name, role, active, THE_HOUSE, desk_id)
    return Entry(Kind.USER, row, "user_id", user_id, (("desk_id", Kind.DESK, desk_id),), (command,))


def _client(row: Row) -> Entry:
    client_id = row.need("client_id", an_id, "")
    command = DefineClient(
        client_id=client_id,
        name=row.get("name", a_text, ""),
        active=row.get("active", a_flag, True),
        user_id=THE_HOUSE,
        ack=row.get("ack", a_member(AckPolicy), AckPolicy.ON_RECEIPT),
        second_replace=row.get("second_replace", a_member(SecondReplace), SecondReplace.IN_TURN),
    )
    return Entry(Kind.CLIENT, row, "client_id", client_id, (), (command,))


def _account(row: Row) -> Entry:
    account_id = row.need("account_id", an_id, "")
    client_id = row.need("client_id", an_id, "")
    defined = DefineAccount(
        account_id=account_id,
        client_id=client_id,
        name=row.get("name", a_text, ""),
        currency=row.need("currency", a_code(parse_currency), ""),
        cash=row.need("cash", some_money, 0),
        active=row.get("active", a_flag, True),
        user_id=THE_HOUSE,
        desk_id=row.get("desk_id", an_id, ""),
        trader_id=row.get("trader_id", an_id, ""),
    )
    limits = _limits(row)
    commands = (defined,) if limits is None else (defined, SetLimits(account_id, limits, THE_HOUSE))
    names = (
        ("client_id", Kind.CLIENT, client_id),
        ("desk_id", Kind.DESK, defined.desk_id),
        ("trader_id", Kind.USER, defined.trader_id),
    )
    return Entry(Kind.ACCOUNT, row, "account_id", account_id, names, commands)


LIMIT_FIELDS: Final = (
    "max_order_qty",
    "max_order_notional",
    "collar_bps",
    "max_position",
    "max_gross_exposure",
    "max_net_exposure",
    "rate_per_s",
    "rate_burst",
)


def _limits(row: Row) -> Limits | None:
    """An account's limits: in TOML its table `limits`, in CSV columns of its own. None when the file sets none.

    Who sets one sets all: one left out would be zero, and block every order of the account.
    """
    if any(field in row for field in LIMIT_FIELDS):
        return _read_limits(row)
    table = row.table("limits")
    if "limits" not in row:
        return None
    limits = _read_limits(table)
    table.finish()
    return limits


def _read_limits(row: Row) -> Limits:
    quantity = a_count(0, MAX_QTY)
    return Limits(
        max_order_qty=row.need("max_order_qty", quantity, 0),
        max_order_notional=row.need("max_order_notional", some_money, 0),
        collar_bps=row.need("collar_bps", a_count(0, MAX_BPS), 0),
        max_position=row.need("max_position", quantity, 0),
        max_gross_exposure=row.need("max_gross_exposure", some_money, 0),
        max_net_exposure=row.need("max_net_exposure", some_money, 0),
        rate_per_s=row.need("rate_per_s", a_count(0, MAX_RATE), 0),
        rate_burst=row.need("rate_burst", a_count(0, MAX_RATE), 0),
    )


def _venue(row: Row) -> Entry:
    return _destination(row, Kind.VENUE, VenueKind.EXCHANGE, row.need("mic", _mic_of(row), ""))


def _broker(row: Row) -> Entry:
    return _destination(row, Kind.BROKER, VenueKind.BROKER, row.get("mic", _mic_of(row), ""))


def _mic_of(row: Row) -> Callable[[object], str]:
    """A MIC of the list that ships; any other where the row says that it knows better: the list grows every month."""
    is_unlisted = row.get("unlisted_mic", a_flag, False)

    def parse(raw: object) -> str:
        mic = a_code(parse_mic)(raw)
        try:
            if not is_unlisted:
                refuse_unlisted(mic)
        except CodeError as error:
            raise CodeError(f"{error} (one newer than the list needs unlisted_mic = true)") from error
        return mic

    return parse


def _destination(row: Row, kind: Kind, venue_kind: VenueKind, mic: str) -> Entry:
    venue_id = row.need("venue_id", an_id, "")
    name = row.get("name", a_text, "")
    timeout_ms = row.get("ack_timeout_ms", a_count(1, MAX_ACK_TIMEOUT_MS), DEFAULT_ACK_TIMEOUT_MS)
    command = DefineVenue(
        venue_id=venue_id,
        kind=venue_kind,
        name=name,
        mic=mic,
        ack_timeout_ns=timeout_ms * MILLISECOND_NS,
        user_id=THE_HOUSE,
        exec_inst=row.get("exec_inst", a_text, ""),
        settl_types=row.get("settl_types", a_text, ""),
        min_qty=row.get("min_qty", a_flag, False),
    )
    return Entry(kind, row, "venue_id", venue_id, (), (command,))


def _instrument(row: Row) -> Entry:
    symbol = row.need("symbol", an_id, "")
    mic = row.need("mic", _mic_of(row), "")
    instrument_id = f"{symbol}.{mic}"
    if row.get("instrument_id", an_id, instrument_id) != instrument_id:
        row.problem("instrument_id", f"must be {instrument_id!r}, symbol and MIC; it may be left out")
    reference_px = row.get("reference_px", a_price, 0)
    instrument_class = row.get("class", an_id, "")
    given = class_defaults(row, instrument_class, mic, reference_px)
    command = DefineInstrument(
        instrument_id=instrument_id,
        symbol=symbol,
        mic=mic,
        name=row.get("name", a_text, ""),
        currency=_need_unless(given.currency, row, "currency", a_code(parse_currency), ""),
        isin=row.get("isin", a_code(parse_isin), ""),
        cfi=row.get("cfi", a_code(parse_cfi), ""),
        tick_size=_need_unless(given.tick_size, row, "tick_size", a_price_above_0, 0),
        lot_size=_lot_size(row, given),
        multiplier=row.get("multiplier", a_count(1, MAX_MULTIPLIER), 1),
        reference_px=reference_px,
        user_id=THE_HOUSE,
        legs=_legs(row, instrument_id),
        instrument_class=instrument_class,
    )
    names = tuple(("legs", Kind.INSTRUMENT, leg.instrument_id) for leg in command.legs)
    return Entry(Kind.INSTRUMENT, row, "symbol", instrument_id if symbol and mic else "", names, (command,))


def _need_unless(given: T, row: Row, field: str, parse: Callable[[object], T], stand_in: T) -> T:
    """A field that may be left out only where the instrument's class gives it."""
    return row.get(field, parse, given) if given else row.need(field, parse, stand_in)


def _lot_size(row: Row, given: ClassDefaults) -> int:
    """One, unless the class says otherwise; where each instrument of a class has its own, it must be given."""
    lot = a_count(1, MAX_QTY)
    if "class" in row and given.currency and not given.lot_size:
        return row.need("lot_size", lot, 1)
    return row.get("lot_size", lot, given.lot_size or 1)


def _legs(row: Row, instrument_id: str) -> tuple[Leg, ...]:
    """Those of a spread that its exchange lists."""
    legs = []
    for table in row.tables("legs"):
        of = table.need("instrument_id", an_id, "")
        ratio = table.get("ratio", a_count(1, MAX_QTY), 1)
        legs.append(Leg(of, ratio, LEG_SIDES[table.need("side", one_of(*LEG_SIDES), "buy")]))
        table.finish()
    others = {leg.instrument_id for leg in legs} - {instrument_id}
    if legs and (len(legs) < 2 or len(others) < len(legs)):
        row.problem("legs", "must be two or more, each of another instrument")
    return tuple(legs)


def _restricted(row: Row) -> Entry:
    instrument_id = row.need("instrument_id", an_id, "")
    command = SetRestriction(
        instrument_id=instrument_id,
        restricted=True,
        text=row.get("text", a_text, "restricted list"),
        user_id=THE_HOUSE,
        kind=row.get("list", a_member(RestrictionKind), RestrictionKind.RESTRICTED),
        node=row.get("node", a_member(NodeKind), NodeKind.FIRM),
        node_id=row.get("node_id", a_text, ""),
    )
    if (command.node is NodeKind.FIRM) != (not command.node_id):
        row.problem("node_id", "names whom the list binds: the firm has none, every other node must have one")
    others = () if command.kind is RestrictionKind.RESTRICTED else (command.kind.name,)
    entry_id = "/".join([instrument_id, *others, *((command.node_id,) if command.node_id else ())])
    names = (("instrument_id", Kind.INSTRUMENT, instrument_id),)
    return Entry(Kind.RESTRICTED, row, "instrument_id", entry_id, names, (command,))


READERS: Final[dict[Kind, Callable[[Row], Entry]]] = {
    Kind.FIRM: read_firm,
    Kind.DESK: read_desk,
    Kind.USER: _user,
    Kind.CLIENT: _client,
    Kind.ACCOUNT: _account,
    Kind.VENUE: _venue,
    Kind.BROKER: _broker,
    Kind.INSTRUMENT: _instrument,
    Kind.RESTRICTED: _restricted,
    Kind.LIMIT: read_limit,
    Kind.ENTITLEMENT: read_entitlement,
}
