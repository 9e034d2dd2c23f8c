"""Reference data: instruments, clients, accounts, users, venues; an account's mandatory limits; marks."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import (
    DefineAccount,
    DefineClient,
    DefineInstrument,
    DefineUser,
    DefineVenue,
    SetLimits,
    SetVenueState,
    UpdateMark,
)
from kairos.model.enums import AckPolicy, Role, SecondReplace, Side, VenueKind
from kairos.model.events import Event
from kairos.model.values import Leg, Limits
from kairos.scenario.steps import BY, Action, StepParser
from kairos.scenario.venue_steps import set_state
from kairos.scenario.words import (
    Option,
    Options,
    Words,
    collar,
    constant,
    duration,
    member,
    money,
    name,
    price,
    qty,
    quoted,
    read_options,
    whole,
)
from kairos.scenario.world import ACK_TIMEOUT_NS, CLIENT, GENEROUS, KIND_OF_VENUE, MONEY, World


def legs(words: Words) -> tuple[Leg, ...]:
    """`legs BUY 1 TXFF7.XTAF SELL 1 TXFE7.XTAF`."""
    found: list[Leg] = []
    while words.ahead(1) in (Side.BUY.name, Side.SELL.name):
        side = member(words, Side)
        ratio = whole(words)
        found.append(Leg(name(words, "an instrument"), ratio, side))
    return tuple(found)


NAME: Final[dict[str, Option]] = {"name": ("name", quoted)}
INACTIVE: Final[dict[str, Option]] = {"inactive": ("inactive", constant(True))}
INSTRUMENT: Final[dict[str, Option]] = {
    "tick": ("tick_size", price),
    "lot": ("lot_size", qty),
    "ref": ("reference_px", price),
    "multiplier": ("multiplier", whole),
    "in": ("currency", name),
    "mic": ("mic", name),
    "isin": ("isin", name),
    "cfi": ("cfi", name),
    "legs": ("legs", legs),
    **NAME,
    **BY,
}
PERSON: Final[dict[str, Option]] = {**NAME, **INACTIVE, **BY}
OF_DESK: Final[dict[str, Option]] = {"desk": ("desk_id", name)}
CLIENT_WORDS: Final[dict[str, Option]] = {
    **{policy.name: ("ack", constant(policy)) for policy in AckPolicy},
    **{policy.name: ("second_replace", constant(policy)) for policy in SecondReplace},
    **PERSON,
}
ACCOUNT: Final[dict[str, Option]] = {
    "of": ("client_id", name),
    "cash": ("cash", money),
    "in": ("currency", name),
    "trader": ("trader_id", name),
    **OF_DESK,
    **PERSON,
}
VENUE: Final[dict[str, Option]] = {
    "mic": ("mic", name),
    "timeout": ("timeout", duration),
    "exec_inst": ("exec_inst", name),
    "settl_types": ("settl_types", name),
    "min_qty": ("min_qty", constant(True)),
    **{word: ("kind", constant(kind)) for word, kind in KIND_OF_VENUE.items()},
    **NAME,
    **BY,
}
LIMITS: Final[dict[str, Option]] = {
    "qty": ("max_order_qty", whole),
    "notional": ("max_order_notional", money),
    "collar": ("collar_bps", collar),
    "position": ("max_position", whole),
    "gross": ("max_gross_exposure", money),
    "net": ("max_net_exposure", money),
    "rate": ("rate_per_s", whole),
    "burst": ("rate_burst", whole),
    **BY,
}
MARK: Final[dict[str, Option]] = {"bid": ("bid_px", price), "ask": ("ask_px", price), "last": ("last_px", price)}


def instrument(words: Words) -> Action:
    """instrument SYMBOL.MIC [tick PRICE] [lot QTY] [ref PRICE] ..."""
    instrument_id = name(words, "an instrument, as 2330.XTAI")
    o = read_options(words, INSTRUMENT)
    symbol, _, mic = instrument_id.rpartition(".")
    command = DefineInstrument(
        instrument_id=instrument_id,
        symbol=symbol,
        mic=o.get("mic", mic),
        name=o.get("name", symbol),
        currency=o.get("currency", "TWD"),
        isin=o.get("isin", ""),
        cfi=o.get("cfi", "ESVUFR"),
        tick_size=o.get("tick_size", 5 * MONEY),
        lot_size=o.get("lot_size", 1000),
        multiplier=o.get("multiplier", 1),
        reference_px=o.get("reference_px", 1000 * MONEY),
        user_id=o.get("user_id", ""),
        legs=o.get("legs", ()),
    )
    return lambda world: world.give(command)


def client(words: Words) -> Action:
    """client ID [ON_VENUE_ACK] [AT_ONCE|REFUSED] ...: how its orders are acknowledged, and second replaces taken."""
    client_id = name(words, "a client")
    o = read_options(words, CLIENT_WORDS)
    command = DefineClient(
        client_id=client_id,
        name=o.get("name", client_id),
        active=not o.has("inactive"),
        user_id=o.get("user_id", ""),
        ack=o.get("ack", AckPolicy.ON_RECEIPT),
        second_replace=o.get("second_replace", SecondReplace.IN_TURN),
    )
    return lambda world: world.give(command)


def account(words: Words) -> Action:
    """account ID [of CLIENT] [cash MONEY] [desk DESK] [trader USER] ...; a new one gets the default limits."""
    account_id = name(words, "an account")
    o = read_options(words, ACCOUNT)
    command = DefineAccount(
        account_id=account_id,
        client_id=o.get("client_id", CLIENT),
        name=o.get("name", account_id),
        currency=o.get("currency", "TWD"),
        cash=o.get("cash", 900_000_000 * MONEY),
        active=not o.has("inactive"),
        user_id=o.get("user_id", ""),
        desk_id=o.get("desk_id", ""),
        trader_id=o.get("trader_id", ""),
    )

    def play(world: World) -> list[Event]:
        is_new = account_id not in world.desk.accounts
        events = world.give(command)
        if is_new and account_id in world.desk.accounts:
            events += world.give(SetLimits(account_id, GENEROUS, ""))
        return events

    return play


def user(words: Words) -> Action:
    """user ID ROLE [desk DESK] ..."""
    user_id = name(words, "a user")
    role = member(words, Role)
    o = read_options(words, {**PERSON, **OF_DESK})
    by, desk_id = o.get("user_id", ""), o.get("desk_id", "")
    command = DefineUser(user_id, o.get("name", user_id), role, not o.has("inactive"), by, desk_id)
    return lambda world: world.give(command)


def venue(words: Words) -> Action:
    """venue ID [mic MIC] [broker] ...: defined and its session up; venue ID up|down: only its session."""
    venue_id = name(words, "a venue")
    if words.take("up"):
        words.end()
        return set_state(venue_id, True)
    if words.take("down"):
        words.end()
        return set_state(venue_id, False)
    o = read_options(words, VENUE)
    kind = o.get("kind", VenueKind.EXCHANGE)
    command = DefineVenue(
        venue_id=venue_id,
        kind=kind,
        name=o.get("name", venue_id),
        mic=o.get("mic", venue_id if kind is VenueKind.EXCHANGE else ""),
        ack_timeout_ns=o.get("timeout", ACK_TIMEOUT_NS),
        user_id=o.get("user_id", ""),
        exec_inst=o.get("exec_inst", ""),
        settl_types=o.get("settl_types", ""),
        min_qty=o.get("min_qty", False),
    )

    def play(world: World) -> list[Event]:
        events = world.give(command)
        return events + world.give(SetVenueState(venue_id, True)) if venue_id in world.desk.venues else events

    return play


def limits(words: Words) -> Action:
    """limits ACCOUNT [qty N] [notional MONEY] ...: what is not said stays."""
    account_id = name(words, "an account")
    o = read_options(words, LIMITS)

    def play(world: World) -> list[Event]:
        known = world.desk.accounts.get(account_id)
        return world.give(SetLimits(account_id, _limits(o, GENEROUS if known is None else known.limits), _user(o)))

    return play


def _limits(o: Options, now: Limits) -> Limits:
    return Limits(
        max_order_qty=o.get("max_order_qty", int(now.max_order_qty)),
        max_order_notional=o.get("max_order_notional", now.max_order_notional),
        collar_bps=o.get("collar_bps", int(now.collar_bps)),
        max_position=o.get("max_position", int(now.max_position)),
        max_gross_exposure=o.get("max_gross_exposure", now.max_gross_exposure),
        max_net_exposure=o.get("max_net_exposure", now.max_net_exposure),
        rate_per_s=o.get("rate_per_s", int(now.rate_per_s)),
        rate_burst=o.get("rate_burst", int(now.rate_burst)),
    )


def _user(o: Options) -> str:
    return o.get("user_id", "")


def mark(words: Words) -> Action:
    """mark INSTRUMENT [bid PRICE] [ask PRICE] [last PRICE]"""
    instrument_id = name(words, "an instrument")
    o = read_options(words, MARK)
    command = UpdateMark(instrument_id, o.get("bid_px", 0), o.get("ask_px", 0), o.get("last_px", 0))
    return lambda world: world.give(command)


REFERENCE_STEPS: Final[dict[str, StepParser]] = {
    "instrument": instrument,
    "client": client,
    "account": account,
    "user": user,
    "venue": venue,
    "limits": limits,
    "mark": mark,
}
