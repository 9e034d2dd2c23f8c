"""Would the order trade with one of the own orders?

Whose orders are own, is where the limit hangs: an account's, a strategy's, a client's, or the whole firm's.
"""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.enums import NodeKind, OrdType
from kairos.risk.subject import Leg, Subject
from kairos.state.cells import Cell
from kairos.state.order import Order
from kairos.state.positions import Position, is_buy


def self_match(s: Subject, of_node: list[Position], leg: Leg, cell: Cell) -> int:
    """Units of the node's own working orders that the order could trade with (MAR article 12; FINRA rule 5210.02).
    Where nothing works on the other side, which its positions know, no order is looked at."""
    if _on_other_side(s, of_node) == 0 or not _has_a_price(s.terms.ord_type):
        return 0
    own: i64 = 0
    for held in s.holders():
        if held.open_sell if s.is_buy else held.open_buy:
            for order in s.desk.working_orders(held):
                if _meets(s, order) and _is_of_node(order, leg, cell):
                    own += order.working
    return own


def _on_other_side(s: Subject, of_node: list[Position]) -> i64:
    against: i64 = 0
    for held in of_node:
        against += held.open_sell if s.is_buy else held.open_buy
    return against


def _has_a_price(ord_type: OrdType) -> bool:
    """Whether an order of this type can trade as it is; a stop waits for its price."""
    return ord_type is OrdType.LIMIT or ord_type is OrdType.MARKET


def _meets(s: Subject, order: Order) -> bool:
    """Whether an order is on the other side, at a price that crosses, and at a venue."""
    if is_buy(order.side) == s.is_buy or order.route is None or not _has_a_price(order.terms.ord_type):
        return False
    if s.terms.ord_type is OrdType.MARKET or order.terms.ord_type is OrdType.MARKET:
        return True
    return s.terms.price >= order.terms.price if s.is_buy else s.terms.price <= order.terms.price


def _is_of_node(order: Order, leg: Leg, cell: Cell) -> bool:
    node, node_id = cell.node, cell.place.node_id
    if node is NodeKind.FIRM:
        return True
    if node is NodeKind.TRADER:
        return order.trader_id == node_id
    if node is NodeKind.STRATEGY:
        return order.strategy_position is leg.position
    defined = order.position.account.defined
    if node is NodeKind.DESK:
        return defined.desk_id == node_id
    return defined.client_id == node_id if node is NodeKind.CLIENT else order.position is leg.position
