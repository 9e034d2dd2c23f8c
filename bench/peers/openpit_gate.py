"""openpit at the work of `bench.risk_gate_work`: its five built-in policies, reserve and commit, and the fill's report.

    python -m bench.peers.openpit_gate clean|tenth check|whole

It keeps no journal, and its engine is the one without locks (`no_sync`).
"""

from __future__ import annotations

from datetime import timedelta

import openpit
from openpit.param import (
    AccountId,
    AdjustmentAmount,
    Fee,
    Pnl,
    PositionSize,
    Price,
    Quantity,
    Side,
    Trade,
    TradeAmount,
    Volume,
)
from openpit.pretrade import policies

from bench import risk_gate_work as given

ACCOUNT = AccountId.from_int(1)
CURRENCY = "USD"


def make_engine() -> openpit.Engine:
    limit = policies.OrderSizeLimit(
        max_quantity=Quantity(str(given.MAX_QTY)), max_notional=Volume(str(given.MAX_NOTIONAL))
    )
    rate = policies.RateLimit(max_orders=given.RATE, window=timedelta(seconds=1))
    loss = policies.PnlBoundsBrokerBarrier(settlement_asset=CURRENCY, lower_bound=Pnl(str(-given.MAX_LOSS)))
    engine = (
        openpit.Engine.builder()
        .no_sync()
        .builtin(policies.build_order_validation())
        .builtin(policies.build_order_size_limit().broker_barrier(policies.OrderSizeBrokerBarrier(limit=limit)))
        .builtin(policies.build_rate_limit().broker_barrier(policies.RateLimitBrokerBarrier(limit=rate)))
        .builtin(policies.build_pnl_bounds_killswitch().broker_barriers(loss))
        .builtin(policies.build_spot_funds())
        .build()
    )
    seed(engine, CURRENCY, given.CASH)
    for n in range(given.SYMBOLS):
        seed(engine, given.symbol(n), given.HELD)
    return engine


def seed(engine: openpit.Engine, asset: str, amount: int) -> None:
    balance = AdjustmentAmount.absolute(PositionSize(str(amount)))
    adjustment = openpit.AccountAdjustment(
        operation=openpit.AccountAdjustmentBalanceOperation(asset=asset),
        amount=openpit.AccountAdjustmentAmount(balance=balance),
    )
    if not engine.apply_account_adjustment(account_id=ACCOUNT, adjustments=[adjustment]).ok:
        raise SystemExit(f"{asset}: its balance was not taken")


def make_order(n: int, work: str) -> openpit.Order:
    return openpit.Order(
        operation=openpit.OrderOperation(
            instrument=openpit.Instrument(given.symbol(n), CURRENCY),
            account_id=ACCOUNT,
            side=Side.BUY if given.is_buy(n) else Side.SELL,
            trade_amount=TradeAmount.quantity(given.qty(n, work)),
            price=Price(given.PRICE),
        )
    )


def checked(engine: openpit.Engine, order: openpit.Order) -> openpit.pretrade.Lock | None:
    """The committed reservation's lock; None for a refused order."""
    result = engine.execute_pre_trade(order=order)
    if not result:
        return None
    lock = result.reservation.lock
    result.reservation.commit()
    return lock


def book_fill(engine: openpit.Engine, n: int, lock: openpit.pretrade.Lock) -> None:
    report = openpit.ExecutionReport(
        operation=openpit.ExecutionReportOperation(
            instrument=openpit.Instrument(given.symbol(n), CURRENCY),
            account_id=ACCOUNT,
            side=Side.BUY if given.is_buy(n) else Side.SELL,
        ),
        financial_impact=openpit.FinancialImpact(pnl=Pnl(0), fee=Fee(0)),
        fill=openpit.ExecutionReportFillDetails(
            last_trade=Trade(price=Price(given.PRICE), quantity=Quantity(given.QTY)),
            remaining_reserved_quantity=Quantity(0),
            lock=lock,
            is_final=True,
        ),
    )
    if engine.apply_execution_report(report=report).account_blocks:
        raise SystemExit(f"order {n}: its fill was not booked")


def prepare(work: str, timed: str) -> given.Act:
    engine = make_engine()
    ready = [make_order(n, work) for n in range(given.ORDERS)] if timed == "check" else []

    def check(n: int) -> bool:
        result = engine.execute_pre_trade(order=ready[n])
        if not result:
            return False
        result.reservation.commit()
        return True

    def whole(n: int) -> bool:
        lock = checked(engine, make_order(n, work))
        if lock is None:
            return False
        book_fill(engine, n, lock)
        return True

    return check if timed == "check" else whole


if __name__ == "__main__":
    given.run(prepare)
