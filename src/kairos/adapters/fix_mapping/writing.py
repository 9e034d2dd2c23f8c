"""Writing what several messages share; the callers see to the ascending order of tags.

No text of an order makes a writer fail: what FIX's ISO-8859-1 can't spell is told with `?` in it, rather than not.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.adapters.fix_mapping.instruments import ISIN, Listing
from kairos.adapters.fix_mapping.versions import LIMIT_ON_CLOSE, MARKET_ON_CLOSE, Dialect
from kairos.fix import tags as t
from kairos.fix.errors import LocalError
from kairos.fix.writer import BodyWriter
from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.numbers import PRICE_DECIMALS
from kairos.model.values import Terms

NONE: Final = "NONE"
"""What FIX writes into a required id that nobody gave (FIX 4.4 volume 6, OrderCancelReject)."""


def put_text(w: BodyWriter, tag: i64, text: str) -> None:
    """A text of any origin; left out when it is empty."""
    if text:
        try:
            w.put_str(tag, text)
        except LocalError:  # FIX can't carry it as it is, and nothing of it was written
            w.put_bytes(tag, text.encode("iso-8859-1", "replace").replace(b"\x01", b" "))


def put_price(w: BodyWriter, tag: i64, px: i64) -> None:
    """Left out when 0, which is how an order says that it has none."""
    if px:
        w.put_decimal(tag, px, PRICE_DECIMALS)


def put_id_source(w: BodyWriter, listing: Listing) -> None:
    """SecurityIDSource(22), which goes with `put_security`'s SecurityID(48)."""
    if listing.isin:
        w.put_str(t.SECURITY_ID_SOURCE, ISIN)


def put_security(w: BodyWriter, listing: Listing, side: Side) -> None:
    """48, 54, 55."""
    put_text(w, t.SECURITY_ID, listing.isin)
    w.put_str(t.SIDE, side)
    put_text(w, t.SYMBOL, listing.symbol)


def put_ord_type(w: BodyWriter, terms: Terms, dialect: Dialect) -> None:
    """OrdType(40), in which FIX 4.2 also says "on close"."""
    if dialect.has_trans_type and terms.time_in_force is TimeInForce.AT_THE_CLOSE:
        w.put_str(t.ORD_TYPE, MARKET_ON_CLOSE if terms.ord_type is OrdType.MARKET else LIMIT_ON_CLOSE)
    else:
        w.put_str(t.ORD_TYPE, terms.ord_type)


def put_time_in_force(w: BodyWriter, terms: Terms, dialect: Dialect) -> None:
    """TimeInForce(59), left out where OrdType(40) has said it."""
    if not dialect.has_trans_type or terms.time_in_force is not TimeInForce.AT_THE_CLOSE:
        w.put_str(t.TIME_IN_FORCE, terms.time_in_force)


def put_max_floor(w: BodyWriter, terms: Terms) -> None:
    if terms.max_floor:
        w.put_int(t.MAX_FLOOR, terms.max_floor)


def put_expiry(w: BodyWriter, terms: Terms) -> None:
    if terms.expire_at_ns:
        w.put_utc(t.EXPIRE_TIME, terms.expire_at_ns)
