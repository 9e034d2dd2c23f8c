"""An order's terms as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from kairos.model.enums import OrdType, TimeInForce
from kairos.model.numbers import parse_price, parse_qty
from kairos.model.values import Terms

TIF = {
    "day": TimeInForce.DAY,
    "gtc": TimeInForce.GOOD_TILL_CANCEL,
    "gtd": TimeInForce.GOOD_TILL_DATE,
    "ioc": TimeInForce.IMMEDIATE_OR_CANCEL,
    "fok": TimeInForce.FILL_OR_KILL,
    "opg": TimeInForce.AT_THE_OPENING,
    "cls": TimeInForce.AT_THE_CLOSE,
}


def read_terms(qty: str, limit: str = "", stop: str = "", tif: str = "day", expire: str = "", show: str = "") -> Terms:
    """Terms from their texts; an empty one was not given. Without a limit and a stop it is a market order."""
    return Terms(
        order_qty=parse_qty(qty),
        ord_type=_ord_type(limit, stop),
        price=parse_price(limit) if limit else 0,
        stop_px=parse_price(stop) if stop else 0,
        time_in_force=TIF[tif],
        expire_at_ns=_read_time(expire) if expire else 0,
        max_floor=parse_qty(show) if show else 0,
    )


def changed_terms(old: Terms, qty: str, limit: str, stop: str) -> Terms:
    """The same terms but for what was given."""
    return Terms(
        order_qty=parse_qty(qty) if qty else old.order_qty,
        ord_type=old.ord_type,
        price=parse_price(limit) if limit else old.price,
        stop_px=parse_price(stop) if stop else old.stop_px,
        time_in_force=old.time_in_force,
        expire_at_ns=old.expire_at_ns,
        max_floor=old.max_floor,
    )


def _ord_type(limit: str, stop: str) -> OrdType:
    if stop:
        return OrdType.STOP_LIMIT if limit else OrdType.STOP
    return OrdType.LIMIT if limit else OrdType.MARKET


def _read_time(text: str) -> int:
    """`2026-11-30T13:30:00+08:00`; a time without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a time such as 2026-11-30T13:30:00+08:00") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1_000_000_000
