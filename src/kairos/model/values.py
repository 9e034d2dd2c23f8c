"""Values that commands and events carry whole.

Generated from messages.schema by tools/generate_model.py: edit the table, not this file.
"""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import OrdStatus, OrdType, TimeInForce
from kairos.model.wire_types import Record, put_money


@mypyc_attr(acyclic=True)
class Terms(Record):
    """What may change by a replace: the conditions under which an order trades.

    order_qty: OrderQty(38), total over the life of the order
    price: Price(44); 0 where the type has none
    stop_px: StopPx(99); 0 where the type has none
    expire_at_ns: ExpireTime(126); 0 unless GOOD_TILL_DATE
    max_floor: MaxFloor(111), the displayed part; 0 shows all
    """

    def __init__(
        self,
        order_qty: i64,
        ord_type: OrdType,
        price: i64,
        stop_px: i64,
        time_in_force: TimeInForce,
        expire_at_ns: i64,
        max_floor: i64,
    ) -> None:
        self.order_qty: Final[i64] = order_qty
        self.ord_type: Final[OrdType] = ord_type
        self.price: Final[i64] = price
        self.stop_px: Final[i64] = stop_px
        self.time_in_force: Final[TimeInForce] = time_in_force
        self.expire_at_ns: Final[i64] = expire_at_ns
        self.max_floor: Final[i64] = max_floor

    def names(self) -> tuple[str, ...]:
        return ("order_qty", "ord_type", "price", "stop_px", "time_in_force", "expire_at_ns", "max_floor")

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.order_qty)
        w.append(ord(self.ord_type))
        write_i64_le(w, self.price)
        write_i64_le(w, self.stop_px)
        w.append(ord(self.time_in_force))
        write_i64_le(w, self.expire_at_ns)
        write_i64_le(w, self.max_floor)


@mypyc_attr(acyclic=True)
class Standing(Record):
    """Where an order stands, as an ExecutionReport(8) says it.

    cum_qty: CumQty(14)
    leaves_qty: LeavesQty(151)
    avg_px: AvgPx(6), rounded half up to 10**-8
    """

    def __init__(self, ord_status: OrdStatus, cum_qty: i64, leaves_qty: i64, avg_px: i64) -> None:
        self.ord_status: Final[OrdStatus] = ord_status
        self.cum_qty: Final[i64] = cum_qty
        self.leaves_qty: Final[i64] = leaves_qty
        self.avg_px: Final[i64] = avg_px

    def names(self) -> tuple[str, ...]:
        return ("ord_status", "cum_qty", "leaves_qty", "avg_px")

    def put(self, w: BytesWriter) -> None:
        w.append(ord(self.ord_status))
        write_i64_le(w, self.cum_qty)
        write_i64_le(w, self.leaves_qty)
        write_i64_le(w, self.avg_px)


@mypyc_attr(acyclic=True)
class Limits(Record):
    """What one account may do. A limit that nobody set is zero: it blocks.

    collar_bps: how far from the reference price a limit price may be, in basis points
    max_position: largest long or short position, working orders counted in the worst direction
    rate_per_s: new and replace requests a second, sustained
    rate_burst: new and replace requests at once
    """

    def __init__(
        self,
        max_order_qty: i64,
        max_order_notional: int,
        collar_bps: i64,
        max_position: i64,
        max_gross_exposure: int,
        max_net_exposure: int,
        rate_per_s: i64,
        rate_burst: i64,
    ) -> None:
        self.max_order_qty: Final[i64] = max_order_qty
        self.max_order_notional: Final[int] = max_order_notional
        self.collar_bps: Final[i64] = collar_bps
        self.max_position: Final[i64] = max_position
        self.max_gross_exposure: Final[int] = max_gross_exposure
        self.max_net_exposure: Final[int] = max_net_exposure
        self.rate_per_s: Final[i64] = rate_per_s
        self.rate_burst: Final[i64] = rate_burst

    def names(self) -> tuple[str, ...]:
        return (
            "max_order_qty",
            "max_order_notional",
            "collar_bps",
            "max_position",
            "max_gross_exposure",
            "max_net_exposure",
            "rate_per_s",
            "rate_burst",
        )

    def put(self, w: BytesWriter) -> None:
        write_i64_le(w, self.max_order_qty)
        put_money(w, self.max_order_notional)
        write_i64_le(w, self.collar_bps)
        write_i64_le(w, self.max_position)
        put_money(w, self.max_gross_exposure)
        put_money(w, self.max_net_exposure)
        write_i64_le(w, self.rate_per_s)
        write_i64_le(w, self.rate_burst)
