"""The market's own rules in the gate: halts, hours, lists of compliance, limits of the day, short sales, old marks.

Each check is one pure function that says None, or a refusal with what it saw. Ticks and lots are terms of the order
itself (`engine.terms`). What nobody has said of a market or an instrument refuses nothing: the rules are data
(`state.trading_rules`), set each day from the market's profile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from kairos.model.enums import NodeKind, Side
from kairos.model.market_enums import ReferencePrice, RestrictionKind, ShortSaleRule
from kairos.model.numbers import format_price
from kairos.model.refusals import Refusal, RefusalCode
from kairos.risk.subject import Subject
from kairos.state.cells import Cell
from kairos.state.places import strategy_node
from kairos.state.positions import Position
from kairos.state.reference import Instrument
from kairos.state.trading_rules import Listed, TradingRules, takes_kind
from kairos.state.tree import cells_of

WHOLE_BPS: Final = 10_000
MILLISECOND_NS: Final = 1_000_000


def market_refusal(s: Subject) -> Refusal | None:
    """The first of all checks here but that of the reference price, in order of precedence."""
    refusal = halted(s) or closed(s) or phase(s) or restricted(s) or close_only(s)
    if refusal is not None or s.instrument.rules is None:
        return refusal
    return (
        max_qty(s)
        or price_limit(s)
        or short_sale_forbidden(s)
        or short_sale_marking(s)
        or locate(s)
        or short_sale_price(s)
    )


def market_verdicts(s: Subject) -> list[Refusal]:
    """Every one that refuses, not only the first."""
    found = [check(s) for check in CHECKS]
    return [refusal for refusal in found if refusal is not None]


# Whether the market takes orders now


def halted(s: Subject) -> Refusal | None:
    """Trading in the instrument, or on its market, is halted (SEC 15c3-5(c)(2)(i); MiFID II article 48(5); HKEX
    Listing Rules chapter 6; NYSE Rule 7.13)."""
    if not s.to_market:
        return None
    if s.instrument.halt is not None:
        return _halted(s.instrument.instrument_id, s.instrument.halt.text)
    halt = s.instrument.market.halt
    return None if halt is None else _halted(s.instrument.market.mic, halt.text)


def _halted(what: str, text: str) -> Refusal:
    return Refusal(RefusalCode.HALTED, (("halted", what), ("why", text)) if text else (("halted", what),))


def closed(s: Subject) -> Refusal | None:
    """Outside of the market's hours, unless the venue keeps what comes before they begin (hours: the market's profile,
    as TWSE Operating Rules art. 58, HKEX Rule 501, NYSE Rule 7.34)."""
    market = s.instrument.market
    if market.day is None or not s.to_market or market.span_at(s.now_ns) is not None or market.is_early(s.now_ns):
        return None
    return Refusal(RefusalCode.MARKET_CLOSED, (("market", market.mic),))


def phase(s: Subject) -> Refusal | None:
    """The market takes no orders of this kind at this hour of its day (as `closed`)."""
    market = s.instrument.market
    if market.day is None or not s.to_market:
        return None
    span = market.span_at(s.now_ns)
    terms = s.terms
    if span is None or takes_kind(span, terms.ord_type, terms.time_in_force):
        return None
    kind = f"{terms.ord_type.name}/{terms.time_in_force.name}".lower()  # as profiles write it
    seen = (("market", market.mic), ("phase", span.name or span.phase.name), ("kind", kind))
    return Refusal(RefusalCode.PHASE, seen)


# Lists of compliance


def restricted(s: Subject) -> Refusal | None:
    """The restricted lists (SEC 15c3-5(c)(2)(ii); FINRA Rule 5280; MAR article 16)."""
    if s.instrument.restricted:
        return Refusal(RefusalCode.RESTRICTED, (("instrument", s.instrument.instrument_id),))
    for listed in s.instrument.listed:
        if listed.kind is RestrictionKind.RESTRICTED and binds(listed, s):
            return Refusal(RefusalCode.RESTRICTED, _on_list(listed, s.instrument))
    return None


def close_only(s: Subject) -> Refusal | None:
    """A list of instruments in which positions may only be reduced (as `restricted`)."""
    if s.added_qty == 0:
        return None
    for listed in s.instrument.listed:
        if listed.kind is RestrictionKind.CLOSE_ONLY and binds(listed, s) and not s.only_closes():
            held = (("held", str(s.position.qty)),)
            return Refusal(RefusalCode.CLOSE_ONLY, (*_on_list(listed, s.instrument), *held))
    return None


def watched(s: Subject) -> list[Listed]:
    """The watch lists that the order is told to; they refuse nothing."""
    return [on for on in s.instrument.listed if on.kind is RestrictionKind.WATCH and binds(on, s)]


def binds(listed: Listed, s: Subject) -> bool:
    """Whether a list is of a node that the order belongs to."""
    node, node_id = listed.node, listed.node_id
    if node is NodeKind.FIRM:
        return True
    defined = s.account.defined
    if node is NodeKind.ACCOUNT:
        return defined.account_id == node_id
    if node is NodeKind.CLIENT:
        return defined.client_id == node_id
    if node is NodeKind.DESK:
        return defined.desk_id == node_id
    if node is NodeKind.TRADER:
        return s.trader_id == node_id
    return bool(s.strategy_id) and strategy_node(defined.account_id, s.strategy_id) == node_id


def _on_list(listed: Listed, instrument: Instrument) -> tuple[tuple[str, str], ...]:
    of = (("instrument", instrument.instrument_id),)
    if listed.node is NodeKind.FIRM:
        return of
    return (*of, ("of", f"{listed.node.name.lower()} {listed.node_id}"))


# What the market takes of the instrument


def max_qty(s: Subject) -> Refusal | None:
    """Largest OrderQty(38) of one order on the market (TWSE: 499 lots; SSE and SZSE: 1,000,000 shares; TAIFEX: 100
    contracts)."""
    rules = s.instrument.rules
    if rules is None or rules.max_qty == 0 or s.terms.order_qty <= rules.max_qty:
        return None
    seen = (("qty", str(s.terms.order_qty)), ("limit", str(rules.max_qty)))
    return Refusal(RefusalCode.MARKET_MAX_QTY, seen)


def price_limit(s: Subject) -> Refusal | None:
    """The limits of the day, up and down from the previous close (TWSE Operating Rules art. 63; SSE and SZSE Trading
    Rules; MiFID II RTS 6 article 15(1)(a))."""
    rules = s.instrument.rules
    if rules is None or s.instrument.is_spread:
        return None
    return _within(rules, "price", s.terms.price) or _within(rules, "stop_px", s.terms.stop_px)


def _within(rules: TradingRules, name: str, px: i64) -> Refusal | None:
    if px == 0 or (px >= rules.low_px and (rules.high_px == 0 or px <= rules.high_px)):
        return None
    high = format_price(rules.high_px) if rules.high_px else "none"
    seen = ((name, format_price(px)), ("low", format_price(rules.low_px)), ("high", high))
    return Refusal(RefusalCode.PRICE_LIMIT, seen)


# Short sales


def is_short(s: Subject) -> bool:
    """Marked as one, exempt or not."""
    return s.side is Side.SELL_SHORT or s.side is Side.SELL_SHORT_EXEMPT


def short_sale_forbidden(s: Subject) -> Refusal | None:
    """The market does not let the instrument be sold short (HKEX Eleventh Schedule: designated securities only; SSE and
    SZSE: securities of margin trading only)."""
    rules = s.instrument.rules
    if rules is None or rules.given.short_sale is not ShortSaleRule.FORBIDDEN or not is_short(s):
        return None
    return Refusal(RefusalCode.SHORT_SALE_FORBIDDEN, (("instrument", s.instrument.instrument_id),))


def short_sale_marking(s: Subject) -> Refusal | None:
    """A sale of more than the account holds must say that it is short (Regulation SHO, 17 CFR 242.200(g); SFO section
    172). Sales already marked as short sell nothing that is held."""
    rules = s.instrument.rules
    if rules is None or not rules.given.marking or s.side is not Side.SELL or s.added_qty == 0:
        return None
    held = max(s.position.qty, 0)
    selling = s.open_sell() - s.position.short_open
    if selling <= held:
        return None
    return Refusal(RefusalCode.SHORT_SALE_MARKING, (("selling", str(selling)), ("held", str(held))))


def locate(s: Subject) -> Refusal | None:
    """A short sale needs units that were located before: of those of the day, what works and what was executed is used
    (Regulation SHO, 17 CFR 242.203(b)(1); SFO section 170; EU 236/2012 article 12)."""
    rules = s.instrument.rules
    if rules is None or not rules.given.locate or not is_short(s):
        return None
    left = locates_left(s.position)
    if s.added_qty <= left:
        return None
    seen = (("qty", str(s.added_qty)), ("left", str(left)), ("located", str(s.position.locate_qty)))
    return Refusal(RefusalCode.NO_LOCATE_LEFT, seen)


def locates_left(position: Position) -> i64:
    """Units that may still be sold short today; none when more are used than are located."""
    return max(position.locate_qty - position.short_open - position.short_done, 0)


def short_sale_price(s: Subject) -> Refusal | None:
    """The lowest price of a short sale that is not exempt (Rule 201, 17 CFR 242.201; HKEX Eleventh Schedule: tick rule;
    SSE and SZSE rules of margin trading: not below the last). An order without a limit could trade below it."""
    rules = s.instrument.rules
    if rules is None or s.side is not Side.SELL_SHORT:
        return None
    bound = short_sale_bound(s.instrument, rules)
    price: i64 = s.terms.price
    if bound == 0 or price >= bound:
        return None
    told = format_price(price) if price else s.terms.ord_type.name.lower()
    seen = (("rule", rules.given.short_sale.name), ("price", told), ("lowest", format_price(bound)))
    return Refusal(RefusalCode.UPTICK, seen)


def short_sale_bound(instrument: Instrument, rules: TradingRules) -> i64:
    """The lowest price at which it may be sold short now; 0 where any will do."""
    rule = rules.given.short_sale
    if rule is ShortSaleRule.ANY_PRICE or rule is ShortSaleRule.FORBIDDEN:
        return 0
    if rules.given.after_fall_bps and not (instrument.fell or instrument.fell_before):
        return 0
    last = instrument.last_px if instrument.last_px else instrument.close_px()
    if rule is ShortSaleRule.NOT_BELOW_LAST:
        return last
    if rule is ShortSaleRule.NOT_BELOW_PREVIOUS_CLOSE:
        return instrument.close_px()
    if rule is ShortSaleRule.NOT_BELOW_BEST_ASK:
        return instrument.ask_px if instrument.ask_px else last
    bid = instrument.bid_px if instrument.bid_px else last
    return 0 if bid == 0 else bid + 1  # above it; whether that is on a tick is another check's


# The reference of price collars


def stale_reference(s: Subject) -> Refusal | None:
    """A mark that is too old to hold a price against (SEC 15c3-5(c)(1)(ii); MiFID II RTS 6 article 15(1)(a)). The
    previous close does not age."""
    rules = s.instrument.rules
    if rules is None or rules.given.max_mark_age_ns == 0 or rules.given.reference is ReferencePrice.CLOSE:
        return None
    marked = s.instrument.marked_at_ns
    if marked and s.now_ns - marked <= rules.given.max_mark_age_ns:
        return None
    age = str((s.now_ns - marked) // MILLISECOND_NS) if marked else "never_marked"
    seen = (("age_ms", age), ("limit_ms", str(rules.given.max_mark_age_ns // MILLISECOND_NS)))
    return Refusal(RefusalCode.STALE_REFERENCE, seen)


# The share of the market's volume


def adv_seen(s: Subject, cell: Cell) -> int:
    """What the cell's node has traded of the instrument today, works and would work with the order, in basis points of
    the average daily volume, rounded up; -1 when that is unknown."""
    adv = s.instrument.history.adv
    if adv <= 0:
        return -1
    units = int(s.added_qty)
    for position in _positions_of(s, cell):
        units += int(position.day_qty) + int(position.open_buy) + int(position.open_sell)
    return (units * WHOLE_BPS + int(adv) - 1) // int(adv)


def _positions_of(s: Subject, cell: Cell) -> list[Position]:
    """The cell's, in the order's instrument."""
    node, instrument_id = cell.node, s.instrument.instrument_id
    of_books = node is NodeKind.TRADER or node is NodeKind.STRATEGY
    holders = s.desk.tree.holders if of_books else s.desk.holders
    return [position for position in holders.get(instrument_id, []) if cell in cells_of(position)]


CHECKS: Final[tuple[Callable[[Subject], Refusal | None], ...]] = (
    halted,
    closed,
    phase,
    restricted,
    close_only,
    max_qty,
    price_limit,
    short_sale_forbidden,
    short_sale_marking,
    locate,
    short_sale_price,
    stale_reference,
)
"""All of them, in order of precedence."""
