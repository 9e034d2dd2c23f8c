"""What an operator asks of a running simulated exchange: how its markets stand, halts, busts, corrections, faults.

Questions come over a link of the exchange's own (`ASK` in `link_frames`), and answers are plain values for JSON. Who
changes something says who he is, and for halts why; it is logged. A wish that can't be granted is an `AskError`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from kairos.adapters.link_frames import AskError
from kairos.market.phases import PhaseSpan
from kairos.model.numbers import NumberError, format_price, parse_price, parse_qty
from kairos.ports import Log
from kairos.simulator.simulation import Simulation
from kairos.venue.changes import free_levels
from kairos.venue.faults import MILLISECOND_NS, FaultPlan
from kairos.venue.market import Market
from kairos.venue.tape_side import TapeSide

Ask = Mapping[str, object]

SHARES: Final = (
    "reject", "lose", "silent", "late_ack", "fill_before_ack", "late_fill", "fill_after_cancel", "duplicate",
    "bust", "slow", "dead", "disconnect", "logout",
)  # fmt: skip
"""Faults by their share of a thousand."""
TIMES: Final = ("delay", "bust_after", "slow", "dead")
"""Times of faults, asked for in milliseconds as `slow_ms`."""
MAX_DEPTH: Final = 10


class VenueOperator:
    """`asks` answer the questions, by their names."""

    def __init__(self, simulation: Simulation, log: Log) -> None:
        self._simulation: Final = simulation
        self._log: Final = log
        self.asks: Final[dict[str, Callable[[str, Ask], Awaitable[object]]]] = {
            "venue.phases": self._phases,
            "venue.book": self._book,
            "venue.auction": self._auction,
            "venue.faults": self._faults,
            "venue.halt": self._halt,
            "venue.resume": self._resume,
            "venue.bust": self._bust,
            "venue.correct": self._correct,
            "venue.fault": self._fault,
        }

    # How it stands

    async def _phases(self, user_id: str, ask: Ask) -> object:
        now = self._simulation.now()
        markets = self._simulation.exchange.markets.values()
        return {"market_ns": now.market_ns, "markets": [standing(market) for market in markets]}

    async def _book(self, user_id: str, ask: Ask) -> object:
        market = self._market(ask)
        self._simulation.now()
        return {"instrument": market.listing.instrument, "clients": clients_book(market), "tape": tape_book(market)}

    async def _auction(self, user_id: str, ask: Ask) -> object:
        market = self._market(ask)
        self._simulation.now()
        found = market.indication()
        return {
            "instrument": market.listing.instrument,
            "phase": market.day.phase(),
            "px": format_price(found.px) if found.px else "",
            "paired_qty": int(found.volume),
            "imbalance_qty": int(found.imbalance),
            "orders": len(market.auction.orders()),
            "by_tape": market.listing.rules.tape_auctions,
        }

    async def _faults(self, user_id: str, ask: Ask) -> object:
        return shown_plan(self._simulation.orders.faults.plan)

    # What he does

    async def _halt(self, user_id: str, ask: Ask) -> object:
        instrument, reason = self._instrument(ask, all_too=True), needed(ask, "reason", "say why trading halts")
        exchange = self._simulation.exchange
        self._do("halt", user_id, lambda now_ns: exchange.halt(instrument, reason, now_ns), instrument, reason)
        return {"halted": instrument or "all"}

    async def _resume(self, user_id: str, ask: Ask) -> object:
        instrument, reason = self._instrument(ask, all_too=True), needed(ask, "reason", "say why trading goes on")
        exchange = self._simulation.exchange
        self._do("resume", user_id, lambda now_ns: exchange.resume(instrument, reason, now_ns), instrument, reason)
        return {"resumed": instrument or "all"}

    async def _bust(self, user_id: str, ask: Ask) -> object:
        exec_id, reason = needed(ask, "exec_id", "name the ExecID(17)"), needed(ask, "reason", "say why")
        exchange = self._simulation.exchange
        self._do("bust", user_id, lambda now_ns: exchange.bust(exec_id, now_ns), exec_id, reason)
        return {"busted": exec_id}

    async def _correct(self, user_id: str, ask: Ask) -> object:
        exec_id, reason = needed(ask, "exec_id", "name the ExecID(17)"), needed(ask, "reason", "say why")
        try:
            qty, px = parse_qty(str(ask.get("qty", ""))), parse_price(str(ask.get("px", "")))
        except NumberError as error:
            raise AskError(f"a correction needs LastQty(32) and LastPx(31): {error}") from None
        exchange = self._simulation.exchange
        self._do("correct", user_id, lambda now_ns: exchange.correct(exec_id, qty, px, now_ns), exec_id, reason)
        return {"corrected": exec_id, "qty": qty, "px": format_price(px)}

    async def _fault(self, user_id: str, ask: Ask) -> object:
        name, value = str(ask.get("name", "")), ask.get("value")
        if not isinstance(value, int):
            raise AskError("a fault's value is a whole number")
        faults = self._simulation.orders.faults
        faults.plan = changed_plan(faults.plan, name, value)
        self._log.info("operator set a fault", user=user_id, fault=name, value=value)
        return shown_plan(faults.plan)

    def _do(self, what: str, user_id: str, do: Callable[[int], str], about: str, reason: str) -> None:
        if not user_id:
            raise AskError("say who you are: --user NAME (or KAIROS_USER)")
        why_not = self._simulation.act(do)
        outcome = {"refused": why_not} if why_not else {}
        self._log.info(f"operator: {what}", user=user_id, about=about or "all", why=reason, **outcome)
        if why_not:
            raise AskError(why_not)

    def _market(self, ask: Ask) -> Market:
        return self._simulation.exchange.markets[self._instrument(ask)]

    def _instrument(self, ask: Ask, all_too: bool = False) -> str:
        """The listed instrument that is named, with its market or without; empty for all where that is meant."""
        named = str(ask.get("instrument", ""))
        if all_too and not named:
            return ""
        instrument = self._simulation.symbols.instrument(named, "")
        if not self._simulation.symbols.is_listed(instrument):
            listed = ", ".join(self._simulation.exchange.markets)
            raise AskError(f"{named or 'nothing'} is not listed here; what is: {listed}")
        return instrument


def needed(ask: Ask, name: str, remedy: str) -> str:
    """A text that must not be empty."""
    text = str(ask.get(name, ""))
    if not text:
        raise AskError(f"{name} is missing; {remedy}")
    return text


def standing(market: Market) -> dict[str, object]:
    """Where a market is in its day, and what its day is."""
    day = market.day
    return {
        "instrument": market.listing.instrument,
        "phase": day.phase(),
        "halted": day.halt_reason,
        "takes_orders": day.takes_orders(),
        "takes_cancels": day.takes_cancels(),
        "last_px": format_price(market.book.last_px) if market.book.last_px else "",
        "day": [span_shown(span) for span in market.listing.spans],
    }


def span_shown(span: PhaseSpan) -> dict[str, object]:
    return {
        "phase": span.phase.value,
        "name": span.name,
        "starts_ns": int(span.starts_ns),
        "ends_ns": int(span.ends_ns),
    }


def clients_book(market: Market) -> dict[str, list[dict[str, object]]]:
    """Clients' resting orders by price, the best first."""
    sides: dict[str, list[dict[str, object]]] = {}
    for name, queue in (("bids", market.book.bids), ("asks", market.book.asks)):
        rows: list[dict[str, object]] = []
        for level in queue.levels_from_best():
            sizes = []
            order = level.head
            while order is not None:
                sizes.append(int(order.shown_qty))
                order = order.next_order
            rows.append({"px": format_price(level.px), "size": sum(sizes), "orders": len(sizes)})
        sides[name] = rows
    return sides


def tape_book(market: Market) -> dict[str, list[dict[str, object]]]:
    """What the tape shows, less what clients have taken of it."""
    return {"bids": tape_levels(market.book.tape_bid), "asks": tape_levels(market.book.tape_ask)}


def tape_levels(tape: TapeSide) -> list[dict[str, object]]:
    levels = sorted(free_levels(tape).items(), reverse=tape.sign > 0)
    return [{"px": format_price(px), "size": size} for px, size in levels[:MAX_DEPTH]]


def shown_plan(plan: FaultPlan) -> dict[str, int]:
    """A plan by the names of the configuration."""
    shares = {name: int(getattr(plan, name)) for name in SHARES}
    return shares | {f"{name}_ms": int(getattr(plan, f"{name}_ns")) // MILLISECOND_NS for name in TIMES}


def changed_plan(plan: FaultPlan, name: str, value: int) -> FaultPlan:
    """The plan with one share or time changed."""
    shown = shown_plan(plan)
    if name not in shown:
        raise AskError(f"{name!r} is no fault; there is {', '.join(shown)}")
    shown[name] = value
    times = {f"{time}_ns": shown.pop(f"{time}_ms") * MILLISECOND_NS for time in TIMES}
    try:
        return FaultPlan(**shown, **times)
    except ValueError as error:
        raise AskError(str(error)) from None
