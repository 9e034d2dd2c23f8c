"""The facts of a demo once it has ended: for people as tables, for programs as one JSON object."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass

from kairos.adapters.journal_verify import VerifyReport, verify
from kairos.demo.audit import Check, Sums, checks_of, sums_of
from kairos.demo.market_vwap import market_vwap
from kairos.demo.records import EngineRecord, engine_record, exchange_executions
from kairos.demo.risk_told import RiskTold
from kairos.demo.serving import MarketTime, exchange_runs
from kairos.demo.setup import House, order_session_of_exchange
from kairos.demo.trader import Trader
from kairos.model.enums import Side
from kairos.model.numbers import average_price, format_money, format_price

PERCENTILES = (50, 90, 99)
BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Traded:
    """Executions of one side of an instrument. `slippage_bps` above 0: worse than the market, of the side's view."""

    instrument_id: str
    currency: str
    side: str
    qty: int
    notional: int
    avg_px: int
    market_vwap: int
    market_qty: int

    @property
    def slippage_bps(self) -> str:
        """To a tenth of a basis point."""
        if not self.market_vwap:
            return ""
        worse = self.avg_px - self.market_vwap if self.side == "BUY" else self.market_vwap - self.avg_px
        tenths = round(worse * BASIS_POINTS * 10 / self.market_vwap)
        return f"{'-' if tenths < 0 else '+'}{abs(tenths) // 10}.{abs(tenths) % 10}"


@dataclass(frozen=True, slots=True)
class Summary:
    interrupted: bool
    seconds: float
    market_seconds: int
    orders_sent: int
    orders_accepted: int
    refused: Counter[str]
    requests_refused: Counter[str]
    rejected_by_venue: Counter[str]
    fills: int
    traded: list[Traded]
    ack_ns: list[int]  # ascending
    logons: dict[str, int]
    routes_unknown: int
    exchange_lives: int
    events: int
    marks: int
    journal: VerifyReport
    journal_bytes: int
    sums: list[Sums]
    checks: list[Check]
    risk: RiskTold

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


def summarize(house: House, traders: list[Trader], began_ns: int, interrupted: bool) -> Summary:
    """Read both journals and the tapes; everything has been stopped."""
    journal = house.config.journal.file
    clients = {trader.member.client_id: trader.orders for trader in traders}
    engine = engine_record(journal)
    exchange = exchange_executions(house.exchange_journal, engine.order_of_route_id)
    windows = played(house)
    report = verify(journal)
    return Summary(
        interrupted=interrupted,
        seconds=(time.time_ns() - began_ns) / 1e9,
        market_seconds=sum(until - since for since, until in windows) // 1_000_000_000,
        orders_sent=sum(len(orders.by_cl_ord_id) for orders in clients.values()),
        orders_accepted=engine.accepted,
        refused=engine.refused,
        requests_refused=engine.requests_refused,
        rejected_by_venue=engine.rejected_by_venue,
        fills=len(engine.executions),
        traded=traded(house, engine, windows),
        ack_ns=sorted(ns for orders in clients.values() for ns in orders.ack_ns),
        logons={trader.member.client_id: trader.client.logons for trader in traders},
        routes_unknown=engine.unknown_routes,
        exchange_lives=len(windows),
        events=engine.events,
        marks=engine.marks,
        journal=report,
        journal_bytes=sum(file.stat().st_size for file in journal.parent.glob(journal.name + "*")),
        sums=sums_of(clients, engine, exchange),
        checks=checks_of(clients, engine, exchange, report),
        risk=engine.risk,
    )


def played(house: House) -> list[tuple[int, int]]:
    """From when to when the market was played, in its own time: once for each life of the exchange."""
    assert house.config.log.file is not None
    market = MarketTime(house.course, house.listed[0].tape)
    runs = exchange_runs(house.config.log.file, order_session_of_exchange(house))
    return [(market.start_ns, market.at(run, time.time_ns())) for run in runs if run.began_ns]


def traded(house: House, engine: EngineRecord, windows: list[tuple[int, int]]) -> list[Traded]:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for execution in engine.executions.values():
        side = "BUY" if engine.side_of(execution) is Side.BUY else "SELL"
        total = sums[engine.blotter.rows[execution.order_id].instrument_id, side]
        total[0] += execution.qty
        total[1] += execution.qty * execution.px
    rows = []
    for one in house.listed:
        vwap, volume = market_vwap(one, house.listed[0].tape.open_ns, windows)
        for side in ("BUY", "SELL"):
            if (one.instrument_id, side) in sums:
                qty, notional = sums[one.instrument_id, side]
                px = average_price(notional, qty)
                rows.append(Traded(one.instrument_id, one.tape.currency, side, qty, notional, px, vwap, volume))
    return rows


def percentile_us(ascending_ns: list[int], percent: int) -> int:
    """The smallest that at least so many percent do not exceed (nearest rank), in microseconds; 0 of none."""
    if not ascending_ns:
        return 0
    rank = -(-len(ascending_ns) * percent // 100)
    return ascending_ns[max(rank, 1) - 1] // 1000


def latency_us(summary: Summary) -> dict[str, int]:
    """From a client's send to the first ExecutionReport(8) that it reads, both in the client's process."""
    figures = {f"p{percent}": percentile_us(summary.ack_ns, percent) for percent in PERCENTILES}
    return {**figures, "max": percentile_us(summary.ack_ns, 100)}


def as_json(summary: Summary) -> dict[str, object]:
    """Every fact; prices and money as decimal text."""
    return {
        "ok": summary.holds and not summary.interrupted,
        "interrupted": summary.interrupted,
        "seconds": round(summary.seconds, 1),
        "market_seconds": summary.market_seconds,
        "orders": {
            "sent": summary.orders_sent,
            "accepted": summary.orders_accepted,
            "refused": dict(summary.refused.most_common()),
            "rejected_by_venue": dict(summary.rejected_by_venue.most_common()),
            "requests_refused": dict(summary.requests_refused.most_common()),
        },
        "fills": summary.fills,
        "traded": [
            {
                "instrument_id": row.instrument_id,
                "side": row.side,
                "qty": row.qty,
                "notional": format_money(row.notional),
                "currency": row.currency,
                "avg_px": format_price(row.avg_px),
                "market_vwap": format_price(row.market_vwap),
                "market_qty": row.market_qty,
                "slippage_bps": row.slippage_bps,
            }
            for row in summary.traded
        ],
        "ack_latency_us": {**latency_us(summary), "samples": len(summary.ack_ns)},
        "logons": summary.logons,
        "routes_unknown": summary.routes_unknown,
        "exchange_lives": summary.exchange_lives,
        "journal": {
            "verified": summary.journal.ok,
            "bytes": summary.journal_bytes,
            "batches": summary.journal.batches,
            "events": summary.journal.events,
            "market_data_events": summary.marks,
            "last_hash": summary.journal.last_hash,
            "problem": summary.journal.problem,
        },
        "sums": [
            {
                **asdict(one),
                "notional_by_fix": format_money(one.notional_by_fix),
                "notional_of_engine": format_money(one.notional_of_engine),
            }
            for one in summary.sums
        ],
        "risk": {"levels": summary.risk.levels, "acts": [f"{at} {line}" for at, line in summary.risk.lines]},
        "checks": [asdict(check) for check in summary.checks],
    }
