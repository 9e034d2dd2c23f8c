"""What a market says of an instrument on a day, and of its own hours; journaled, since the core reads no file."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.market.ticks import TickBand, TickTable
from kairos.model.enums import NodeKind, OrdType, TimeInForce
from kairos.model.events import HaltChanged, MarketDaySet, MarketFiguresSet, RestrictionSet, TradingRulesSet
from kairos.model.market_enums import OddLots, RestrictionKind, TradingPhase
from kairos.model.values import MarketSpan, PriceBand


@mypyc_attr(acyclic=True)
class TradingRules:
    """An instrument's, on one day. `ticks` is None where the instrument's own tick holds at every price."""

    def __init__(self, given: TradingRulesSet) -> None:
        self.given: Final[TradingRulesSet] = given
        self.low_px: Final[i64] = given.low_px
        self.high_px: Final[i64] = given.high_px
        self.max_qty: Final[i64] = given.max_qty
        self.ticks: Final[TickTable | None] = tick_table(given.bands, given.holds_end) if given.bands else None

    def step(self, lot_size: i64) -> i64:
        """Of which OrderQty(38) is a multiple."""
        return self.given.qty_step if self.given.qty_step else lot_size

    def takes_qty(self, qty: i64, lot_size: i64, held: i64, is_sell: bool) -> bool:
        """Whether one order may be for so many units; `held` are those that a seller has."""
        step = self.step(lot_size)
        least = self.given.min_qty if self.given.min_qty else step
        if qty >= least and qty % step == 0:
            return True
        if self.given.odd_lots is OddLots.ALLOWED:
            return True
        if self.given.odd_lots is not OddLots.SELL_REMAINDER or not is_sell or qty > held:
            return False
        rest = held % step
        return qty == held or (rest > 0 and qty % step == rest)


def tick_table(bands: tuple[PriceBand, ...], holds_end: bool) -> TickTable:
    """Raises `TickTableError` for bands that are none."""
    return TickTable(tuple([TickBand(band.from_px, band.to_px, band.tick) for band in bands]), holds_end)


@mypyc_attr(acyclic=True)
class Figures:
    """What the past days of an instrument come to; 0 is not known."""

    def __init__(self, close_px: i64, adv: i64, volatility_bps: i64) -> None:
        self.close_px: Final[i64] = close_px
        self.adv: Final[i64] = adv
        self.volatility_bps: Final[i64] = volatility_bps

    def as_event(self, at_ns: i64, instrument_id: str) -> MarketFiguresSet:
        return MarketFiguresSet(at_ns, instrument_id, self.close_px, self.adv, self.volatility_bps, "")


NO_FIGURES: Final = Figures(0, 0, 0)


@mypyc_attr(acyclic=True)
class Market:
    """A market's hours of the day, shared by its instruments. Without a day nobody knows them, and nothing is refused
    for the time."""

    def __init__(self, mic: str) -> None:
        self.mic: Final[str] = mic
        self.day: MarketDaySet | None = None
        self.halt: HaltChanged | None = None

    def span_at(self, now_ns: i64) -> MarketSpan | None:
        """The stretch of the day that holds the instant; None while the market is closed."""
        day = self.day
        if day is not None:
            for span in day.spans:
                if now_ns < span.ends_ns:
                    return span if now_ns >= span.starts_ns else None
        return None

    def is_early(self, now_ns: i64) -> bool:
        """Before a session opens, and the venue keeps what comes then; a break within the session is not early."""
        day = self.day
        if day is None or not day.takes_early:
            return False
        is_first = True
        for span in day.spans:
            if now_ns < span.starts_ns:
                return is_first or span.phase in OPENING
            is_first = False
        return False


OPENING: Final = (TradingPhase.PRE_TRADING, TradingPhase.OPENING_AUCTION)


def takes_kind(span: MarketSpan, ord_type: OrdType, time_in_force: TimeInForce) -> bool:
    """Whether orders of a kind may be entered in a stretch."""
    return span.takes_orders and (not span.kinds or ord_type.value + time_in_force.value in span.kinds)


@mypyc_attr(acyclic=True)
class Listed:
    """An instrument on a list of compliance: what kind of list, and whom it binds."""

    def __init__(self, given: RestrictionSet) -> None:
        self.given: Final[RestrictionSet] = given
        self.kind: Final[RestrictionKind] = given.kind
        self.node: Final[NodeKind] = given.node
        self.node_id: Final[str] = given.node_id

    def is_of(self, kind: RestrictionKind, node: NodeKind, node_id: str) -> bool:
        return self.kind is kind and self.node is node and self.node_id == node_id
