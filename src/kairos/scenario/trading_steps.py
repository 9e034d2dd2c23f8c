"""What a market allows: its rules for an instrument, the stretches of its day, halts, figures, locates; and the lists
of compliance."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import (
    SetHalt,
    SetLocate,
    SetMarketDay,
    SetMarketFigures,
    SetRestriction,
    SetTradingRules,
)
from kairos.model.enums import NodeKind
from kairos.model.events import Event
from kairos.model.market_enums import OddLots, ReferencePrice, RestrictionKind, ShortSaleRule, TradingPhase
from kairos.model.values import MarketSpan, PriceBand
from kairos.scenario.moments import Moment
from kairos.scenario.places import place
from kairos.scenario.steps import BY, SAID, Action, StepParser
from kairos.scenario.words import (
    Option,
    Words,
    basis_points,
    constant,
    duration,
    member,
    moment,
    name,
    price,
    qty,
    read_options,
    whole,
)
from kairos.scenario.world import World


def bands(words: Words) -> tuple[PriceBand, ...]:
    """`ticks 0 to 10 by 0.01, 10 to 50 by 0.05, 50 by 0.1`; a band without an end is the last."""
    found: list[PriceBand] = []
    while True:
        from_px = price(words)
        to_px = price(words) if words.take("to") else 0
        words.require("by")
        tick = words.next("a tick")
        last = not tick.text.endswith(",")
        tick.text = tick.text.removesuffix(",")
        words.at -= 1
        found.append(PriceBand(from_px, to_px, price(words)))
        if last:
            return tuple(found)


RULES: Final[dict[str, Option]] = {
    "ticks": ("bands", bands),
    "holds_end": ("holds_end", constant(True)),
    "low": ("low_px", price),
    "high": ("high_px", price),
    "min": ("min_qty", qty),
    "step": ("qty_step", qty),
    "max": ("max_qty", qty),
    "odd": ("odd_lots", lambda words: member(words, OddLots)),
    "short": ("short_sale", lambda words: member(words, ShortSaleRule)),
    "fall": ("after_fall_bps", basis_points),
    "marking": ("marking", constant(True)),
    "locate": ("locate", constant(True)),
    "reference": ("reference", lambda words: member(words, ReferencePrice)),
    "age": ("max_mark_age_ns", duration),
    "on": ("trading_date", whole),
    **BY,
}
FIGURES: Final[dict[str, Option]] = {
    "close": ("close_px", price),
    "adv": ("adv", qty),
    "volatility": ("volatility_bps", basis_points),
    **BY,
}
DAY: Final[dict[str, Option]] = {"early": ("takes_early", constant(True)), "on": ("trading_date", whole), **BY}
RESTRICT: Final[dict[str, Option]] = {
    **{kind.name: ("kind", constant(kind)) for kind in RestrictionKind},
    "for": ("place", place),
    **SAID,
}


def rules(words: Words) -> Action:
    """rules INSTRUMENT [ticks ...] [low P] [high P] [min N] [step N] [max N] [odd ...] [short ...] ..."""
    instrument_id = name(words, "an instrument")
    o = read_options(words, RULES)

    def play(world: World) -> list[Event]:
        return world.give(
            SetTradingRules(
                instrument_id=instrument_id,
                trading_date=o.get("trading_date", int(world.desk.trading_date)),
                bands=o.get("bands", ()),
                holds_end=o.has("holds_end"),
                low_px=o.get("low_px", 0),
                high_px=o.get("high_px", 0),
                min_qty=o.get("min_qty", 0),
                qty_step=o.get("qty_step", 0),
                max_qty=o.get("max_qty", 0),
                odd_lots=o.get("odd_lots", OddLots.REFUSED),
                short_sale=o.get("short_sale", ShortSaleRule.ANY_PRICE),
                after_fall_bps=o.get("after_fall_bps", 0),
                marking=o.has("marking"),
                locate=o.has("locate"),
                reference=o.get("reference", ReferencePrice.LAST),
                max_mark_age_ns=o.get("max_mark_age_ns", 0),
                user_id=o.get("user_id", ""),
            )
        )

    return play


class _Span:
    """A stretch of the day as the file has it, its times still leaning on the clock."""

    def __init__(self, words: Words) -> None:
        """span PHASE FROM TO [no_orders] [no_cancels] [kinds "20 23"]"""
        self.phase: Final = member(words, TradingPhase)
        self.starts: Final[Moment] = moment(words)
        self.ends: Final[Moment] = moment(words)
        self.takes_orders: Final = not words.take("no_orders")
        self.takes_cancels: Final = not words.take("no_cancels")
        self.kinds: Final = name(words, "kinds of orders") if words.take("kinds") else ""

    def at(self, now_ns: int) -> MarketSpan:
        return MarketSpan(
            self.phase.name.lower(), self.phase, self.starts.resolve(now_ns), self.ends.resolve(now_ns),
            self.takes_orders, self.takes_cancels, self.kinds,
        )  # fmt: skip


def market(words: Words) -> Action:
    """market MIC [span PHASE FROM TO ...] ... [early]: the stretches of its day; none: no session today."""
    mic = name(words, "a market's MIC")
    spans: list[_Span] = []
    while words.take("span"):
        spans.append(_Span(words))
    o = read_options(words, {"span": ("", name), **DAY})

    def play(world: World) -> list[Event]:
        date = o.get("trading_date", int(world.desk.trading_date))
        of_day = tuple([span.at(world.now_ns) for span in spans])
        return world.give(SetMarketDay(mic, date, of_day, o.has("takes_early"), o.get("user_id", "")))

    return play


def halt(halted: bool) -> StepParser:
    """halt INSTRUMENT|MIC ... and resume ..."""

    def parse(words: Words) -> Action:
        where = name(words, "an instrument or a market's MIC")
        o = read_options(words, SAID)
        instrument_id, mic = (where, "") if "." in where else ("", where)
        command = SetHalt(instrument_id, mic, halted, o.get("text", ""), o.get("user_id", ""))
        return lambda world: world.give(command)

    return parse


def figures(words: Words) -> Action:
    """figures INSTRUMENT [close P] [adv N] [volatility 2%]"""
    instrument_id = name(words, "an instrument")
    o = read_options(words, FIGURES)
    command = SetMarketFigures(
        instrument_id, o.get("close_px", 0), o.get("adv", 0), o.get("volatility_bps", 0), o.get("user_id", "")
    )
    return lambda world: world.give(command)


def locate(words: Words) -> Action:
    """locate ACCOUNT INSTRUMENT QTY [text "who lends"]"""
    account_id, instrument_id = name(words, "an account"), name(words, "an instrument")
    units = qty(words)
    o = read_options(words, SAID)
    command = SetLocate(account_id, instrument_id, units, o.get("text", ""), o.get("user_id", ""))
    return lambda world: world.give(command)


def restriction(restricted: bool) -> StepParser:
    """restrict INSTRUMENT [CLOSE_ONLY|WATCH] [for PLACE] ... and unrestrict ..."""

    def parse(words: Words) -> Action:
        instrument_id = name(words, "an instrument")
        o = read_options(words, RESTRICT)
        at = o.get("place", None)
        command = SetRestriction(
            instrument_id=instrument_id,
            restricted=restricted,
            text=o.get("text", ""),
            user_id=o.get("user_id", ""),
            kind=o.get("kind", RestrictionKind.RESTRICTED),
            node=NodeKind.FIRM if at is None else at.node,
            node_id="" if at is None else at.node_id,
        )
        return lambda world: world.give(command)

    return parse


TRADING_STEPS: Final[dict[str, StepParser]] = {
    "rules": rules,
    "market": market,
    "halt": halt(True),
    "resume": halt(False),
    "figures": figures,
    "locate": locate,
    "restrict": restriction(True),
    "unrestrict": restriction(False),
}
