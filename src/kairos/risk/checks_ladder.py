"""What responses have set at the cells of the order's path: the first that speaks against it."""

from __future__ import annotations

from kairos.model.enums import OrdType, TimeInForce
from kairos.model.refusals import Refusal, RefusalCode
from kairos.model.wire_types import Pairs
from kairos.risk.places import at_place
from kairos.risk.subject import Leg, Subject
from kairos.state.cells import Cell


def constraint(s: Subject, leg: Leg, cell: Cell) -> Refusal | None:
    """Halt, pause, reduce-only, passive, slow (SEC 15c3-5(c)(1); MiFID II RTS 6 articles 15 and 16). The desk's own
    response to a breach passes, where it only closes."""
    if s.is_response and leg.only_closes(s.side):
        return None
    if cell.halted:
        return _refused(RefusalCode.RULE_HALTED, cell, ())
    if s.added_qty > 0 and cell.paused:
        return _refused(RefusalCode.RULE_PAUSED, cell, ())
    if s.added_qty > 0 and cell.reduce_only and not leg.only_closes(s.side):
        return _refused(RefusalCode.RULE_REDUCE_ONLY, cell, (("position", str(leg.position.qty)),))
    if cell.passive and takes(s):
        return _refused(RefusalCode.RULE_PASSIVE, cell, (("ord_type", s.terms.ord_type.name),))
    if s.order is None and s.now_ns < cell.last_order_ns + cell.spacing_ns:
        return _refused(RefusalCode.RULE_SLOWED, cell, (("spacing_ms", str(cell.spacing_ns // 1_000_000)),))
    if s.added_qty > 0 and cell.rate_bps == 0:
        return _refused(RefusalCode.RATE, cell, (("share_bps", "0"),))
    return None


def asks(s: Subject, leg: Leg, cell: Cell) -> Refusal | None:
    """Whether a rule asks for a second person before the order may open risk."""
    if not cell.asks or s.added_qty == 0 or leg.only_closes(s.side):
        return None
    return _refused(RefusalCode.RULE_ASKS, cell, (("severity", "APPROVAL"),))


def takes(s: Subject) -> bool:
    """Whether the order would, or could, trade at once."""
    terms = s.terms
    if terms.ord_type is not OrdType.LIMIT and terms.ord_type is not OrdType.STOP_LIMIT:
        return True
    in_force = terms.time_in_force
    if in_force is TimeInForce.IMMEDIATE_OR_CANCEL or in_force is TimeInForce.FILL_OR_KILL:
        return True
    ask, bid = s.instrument.ask_px, s.instrument.bid_px
    return 0 < ask <= terms.price if s.is_buy else bid > 0 and terms.price <= bid


def _refused(code: RefusalCode, cell: Cell, seen: Pairs) -> Refusal:
    return Refusal(code, (*at_place(cell.place), *seen))
