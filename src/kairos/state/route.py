"""Routes: the instructions at venues for a client order, and what we have asked of them."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import OrdStatus, Side, TimeInForce
from kairos.model.values import Terms
from kairos.state.transitions import is_open

MAX_DIGITS: Final = 18  # of a number in 63 bits
_ZERO: Final = 48
_NINE: Final = 57
_HYPHEN: Final = 45


def outlives_day(terms: Terms) -> bool:
    """Whether orders under these terms live on over the end of the day."""
    tif = terms.time_in_force
    return tif is TimeInForce.GOOD_TILL_CANCEL or tif is TimeInForce.GOOD_TILL_DATE


def is_asleep(base: OrdStatus, terms: Terms) -> bool:
    """Done for the day, and to be restated by its venue on another."""
    return base is OrdStatus.DONE_FOR_DAY and outlives_day(terms)


def shared_terms(terms: Terms, known: Terms) -> Terms:
    """The known terms where these are the same, so that both are kept once."""
    same = terms is known or (
        terms.order_qty == known.order_qty
        and terms.price == known.price
        and terms.stop_px == known.stop_px
        and terms.expire_at_ns == known.expire_at_ns
        and terms.max_floor == known.max_floor
        and terms.ord_type is known.ord_type
        and terms.time_in_force is known.time_in_force
    )
    return known if same else terms


def first_id(route_id: i64) -> str:
    """The ClOrdID(11) under which a route is sent."""
    return f"R{route_id}"


def number_in(cl_ord_id: str) -> i64:
    """The route that one of our ClOrdIDs is of, `R17` or `R17-2`; 0 for what can't be one."""
    if not len(cl_ord_id) > 1 or cl_ord_id[0] != "R" or cl_ord_id[1] == "0":
        return 0
    number: i64 = 0
    end: i64 = len(cl_ord_id)
    at: i64 = 1
    while at < end:
        character: i64 = ord(cl_ord_id[at])
        if character == _HYPHEN:
            break
        if character < _ZERO or character > _NINE or at > MAX_DIGITS:
            return 0
        number = number * 10 + character - _ZERO
        at += 1
    return number


@mypyc_attr(acyclic=True)
class RouteExtras:
    """
    cl_ord_ids:  every ClOrdID that we used for it at the venue; `cl_ord_id` is the last accepted one
    by_hand_qty: what people's busts and corrections added to CumQty(14), of which its venue knows nothing
    copied_ids:  ExecID(17) of each report that a drop copy told before the venue's own session
    former_venue_ids: each OrderID(37) that its venue gave it before the last
    lost_venue_ids: those that its venue gave to another route since, by mistake
    resent_at_ns: when it was sent once more, its venue having said that it never saw it; 0 for never
    queried:     how many ClOrdIDs it had used when its venue was first asked for the status that is awaited; 0 for none
    """

    def __init__(self, cl_ord_id: str) -> None:
        self.cl_ord_id: str = cl_ord_id
        self.cl_ord_ids: tuple[str, ...] = (cl_ord_id,)
        self.by_hand_qty: i64 = 0
        self.copied_ids: dict[str, None] = {}
        self.queried: i64 = 0
        self.resent_at_ns: i64 = 0
        self.cancel_id: str = ""
        self.cancel_orig_id: str = ""
        self.replace_id: str = ""
        self.replace_terms: Terms | None = None
        self.former_venue_ids: list[str] = []
        self.lost_venue_ids: list[str] = []


@mypyc_attr(acyclic=True)
class Route:
    """An instruction at a venue for a client order, with its own ClOrdID and state.

    Its first ClOrdID is `R` and its number, and is kept as such. What most routes never have is in `extras`, made when
    the first of it is set.
    """

    __slots__ = (
        "base",
        "cum_qty",
        "extras",
        "order_id",
        "route_id",
        "sent_at_ns",
        "side",
        "terms",
        "venue_id",
        "venue_order_id",
    )

    def __init__(self, route_id: i64, order_id: i64, venue_id: str, side: Side, terms: Terms, sent_at_ns: i64) -> None:
        self.route_id: Final[i64] = route_id
        self.order_id: Final[i64] = order_id
        self.venue_id: Final[str] = venue_id
        self.side: Final[Side] = side
        self.venue_order_id: str = ""
        self.terms: Terms = terms
        self.base: OrdStatus = OrdStatus.PENDING_NEW
        self.cum_qty: i64 = 0
        self.sent_at_ns: Final[i64] = sent_at_ns
        self.extras: RouteExtras | None = None

    def more(self) -> RouteExtras:
        """The extras, made now if need be."""
        if self.extras is None:
            self.extras = RouteExtras(first_id(self.route_id))
        return self.extras

    @property
    def cl_ord_ids(self) -> tuple[str, ...]:
        """Every ClOrdID that we used for it at the venue."""
        return (first_id(self.route_id),) if self.extras is None else self.extras.cl_ord_ids

    def has_used(self, cl_ord_id: str) -> bool:
        """Whether a ClOrdID with its number is one of its own."""
        return "-" not in cl_ord_id or cl_ord_id in self.cl_ord_ids

    @property
    def cl_ord_id(self) -> str:
        """The last that was accepted."""
        return first_id(self.route_id) if self.extras is None else self.extras.cl_ord_id

    @property
    def by_hand_qty(self) -> i64:
        return 0 if self.extras is None else self.extras.by_hand_qty

    @by_hand_qty.setter
    def by_hand_qty(self, value: i64) -> None:
        if value or self.extras is not None:
            self.more().by_hand_qty = value

    @property
    def queried(self) -> i64:
        return 0 if self.extras is None else self.extras.queried

    @queried.setter
    def queried(self, value: i64) -> None:
        if value or self.extras is not None:
            self.more().queried = value

    @property
    def resent_at_ns(self) -> i64:
        return 0 if self.extras is None else self.extras.resent_at_ns

    @resent_at_ns.setter
    def resent_at_ns(self, value: i64) -> None:
        if value or self.extras is not None:
            self.more().resent_at_ns = value

    def last_sent_ns(self) -> i64:
        again = self.resent_at_ns
        return again if again else self.sent_at_ns

    @property
    def cancel_id(self) -> str:
        return "" if self.extras is None else self.extras.cancel_id

    @cancel_id.setter
    def cancel_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().cancel_id = value

    @property
    def cancel_orig_id(self) -> str:
        return "" if self.extras is None else self.extras.cancel_orig_id

    @cancel_orig_id.setter
    def cancel_orig_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().cancel_orig_id = value

    @property
    def replace_id(self) -> str:
        return "" if self.extras is None else self.extras.replace_id

    @replace_id.setter
    def replace_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().replace_id = value

    @property
    def replace_terms(self) -> Terms | None:
        return None if self.extras is None else self.extras.replace_terms

    @replace_terms.setter
    def replace_terms(self, value: Terms | None) -> None:
        if value is not None or self.extras is not None:
            self.more().replace_terms = value

    def keep_former_venue_id(self, venue_order_id: str) -> None:
        former = self.more().former_venue_ids
        if venue_order_id not in former:
            former.append(venue_order_id)

    def venue_order_ids(self) -> list[str]:
        """Each OrderID(37) that its venue ever gave it, the last behind all others."""
        former = [] if self.extras is None else self.extras.former_venue_ids
        last = self.venue_order_id
        return [*[known for known in former if known != last], last] if last else []

    def named_by(self) -> list[str]:
        """Each OrderID(37) that names it now."""
        ids = self.venue_order_ids()
        lost = [] if self.extras is None else self.extras.lost_venue_ids
        return [known for known in ids if known not in lost] if lost else ids

    def lose_venue_id(self, venue_order_id: str) -> None:
        """Its venue has given this OrderID(37) to another."""
        self.more().lost_venue_ids.append(venue_order_id)

    def take_venue_id(self, venue_order_id: str) -> None:
        """Its venue calls it so from now on."""
        if self.venue_order_id:
            self.keep_former_venue_id(self.venue_order_id)
        self.venue_order_id = venue_order_id
        if self.extras is not None and venue_order_id in self.extras.lost_venue_ids:
            self.extras.lost_venue_ids.remove(venue_order_id)

    def awaits_something(self) -> bool:
        """Whether its venue may execute it, now or on another day, or owes us an answer."""
        extras = self.extras
        if self.is_live() or self.is_asleep():
            return True
        return extras is not None and (bool(extras.cancel_id) or bool(extras.replace_id) or extras.queried != 0)

    def was_copied(self, exec_id: str) -> bool:
        """Whether a drop copy told this report before the venue's own session."""
        return self.extras is not None and exec_id in self.extras.copied_ids

    def is_live(self) -> bool:
        """Whether the venue may still execute it, as far as we know."""
        return is_open(self.base)

    def is_asleep(self) -> bool:
        return is_asleep(self.base, self.terms)

    def leaves_qty(self) -> i64:
        return max(self.terms.order_qty - self.cum_qty, 0) if self.is_live() else 0

    def venue_cum_qty(self) -> i64:
        """CumQty(14) as its venue counts it."""
        return self.cum_qty - self.by_hand_qty

    def is_over_at_venue(self) -> bool:
        """Live only since a person took back what its venue had filled: there it is done, and no word will come."""
        return self.is_live() and self.by_hand_qty < 0 and self.venue_cum_qty() >= self.terms.order_qty

    def ord_status(self) -> OrdStatus:
        extras = self.extras
        if extras is not None and extras.cancel_id:
            return OrdStatus.PENDING_CANCEL
        if extras is not None and extras.replace_id:
            return OrdStatus.PENDING_REPLACE
        return self.base

    def next_cl_ord_id(self) -> str:
        """The ClOrdID for its next request."""
        return f"R{self.route_id}-{len(self.cl_ord_ids)}"
