"""What most orders never have, apart from them: a live order stays small, and is made quickly.

`Order` has these as attributes like its own. The object behind them is made when the first of them is set.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import RequestKind
from kairos.model.values import NO_ORDER_DETAILS, OrderDetails, Terms
from kairos.state.positions import Position
from kairos.state.route import Route


@mypyc_attr(acyclic=True)
class Request:
    """A cancel or replace that waits for the venue, or a replace that waits for the one before it. `cl_ord_id` is empty
    when the desk itself asked; `told` says whether the client knows it as pending."""

    def __init__(
        self,
        kind: RequestKind,
        session: str,
        cl_ord_id: str,
        new_terms: Terms,
        reserve_px: i64,
        text: str,
        told: bool = True,
        new_details: OrderDetails = NO_ORDER_DETAILS,
    ) -> None:
        self.kind: Final[RequestKind] = kind
        self.session: Final[str] = session
        self.cl_ord_id: Final[str] = cl_ord_id
        self.new_terms: Final[Terms] = new_terms
        self.reserve_px: Final[i64] = reserve_px
        self.text: Final[str] = text
        self.told: Final[bool] = told
        self.new_details: Final[OrderDetails] = new_details


@mypyc_attr(acyclic=True)
class OrderExtras:
    """
    cl_ord_ids: every ClOrdID that named the order, when there were more or fewer than the one it came with
    cancel, replace: what is pending, and `queue`: replaces that wait for `replace`, in the order in which they came
    earlier_qty, earlier_notional: what executions of earlier days added to CumQty(14) and `notional`
    split_qty:  what corporate actions added to CumQty(14) beyond the executions, the last as report `split_exec_id`
    list_id, cross_id: the list or the cross that it is in
    later_routes: those after its first
    strategy_id, trader_id: in whose books it is, and `strategy_position`, `trader_position` there
    reason: why it may pass soft limits
    """

    def __init__(self) -> None:
        self.orig_cl_ord_id: str = ""
        self.cl_ord_ids: tuple[str, ...] | None = None
        self.canceled_as: str = ""
        self.cancel: Request | None = None
        self.replace: Request | None = None
        self.queue: tuple[Request, ...] = ()
        self.earlier_qty: i64 = 0
        self.earlier_notional: int = 0
        self.split_qty: i64 = 0
        self.split_exec_id: i64 = 0
        self.list_id: str = ""
        self.cross_id: str = ""
        self.cash_qty: int = 0
        self.verbal_cl_ord_id: str = ""
        self.later_routes: list[Route] = []
        self.strategy_id: str = ""
        self.trader_id: str = ""
        self.reason: str = ""
        self.strategy_position: Position | None = None
        self.trader_position: Position | None = None

    def books(self) -> list[Position]:
        """The positions of its trader's and its strategy's book."""
        books: list[Position] = []
        if self.trader_position is not None:
            books.append(self.trader_position)
        if self.strategy_position is not None:
            books.append(self.strategy_position)
        return books

    def replaces(self) -> list[Request]:
        """Every replace that is still to be answered, the pending one first."""
        return list(self.queue) if self.replace is None else [self.replace, *self.queue]


@mypyc_attr(acyclic=True)
class HasExtras:
    """Gives an order its seldom attributes. Nothing is made for one that is set to what it is without extras."""

    __slots__ = ("extras",)

    def __init__(self) -> None:
        self.extras: OrderExtras | None = None

    def more(self) -> OrderExtras:
        """The extras, made now if need be."""
        if self.extras is None:
            self.extras = OrderExtras()
        return self.extras

    @property
    def orig_cl_ord_id(self) -> str:
        return "" if self.extras is None else self.extras.orig_cl_ord_id

    @orig_cl_ord_id.setter
    def orig_cl_ord_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().orig_cl_ord_id = value

    @property
    def canceled_as(self) -> str:
        return "" if self.extras is None else self.extras.canceled_as

    @canceled_as.setter
    def canceled_as(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().canceled_as = value

    @property
    def cancel(self) -> Request | None:
        return None if self.extras is None else self.extras.cancel

    @cancel.setter
    def cancel(self, value: Request | None) -> None:
        if value is not None or self.extras is not None:
            self.more().cancel = value

    @property
    def replace(self) -> Request | None:
        return None if self.extras is None else self.extras.replace

    @replace.setter
    def replace(self, value: Request | None) -> None:
        if value is not None or self.extras is not None:
            self.more().replace = value

    @property
    def earlier_qty(self) -> i64:
        return 0 if self.extras is None else self.extras.earlier_qty

    @earlier_qty.setter
    def earlier_qty(self, value: i64) -> None:
        if value or self.extras is not None:
            self.more().earlier_qty = value

    @property
    def earlier_notional(self) -> int:
        return 0 if self.extras is None else self.extras.earlier_notional

    @earlier_notional.setter
    def earlier_notional(self, value: int) -> None:
        if value or self.extras is not None:
            self.more().earlier_notional = value

    @property
    def split_qty(self) -> i64:
        return 0 if self.extras is None else self.extras.split_qty

    @split_qty.setter
    def split_qty(self, value: i64) -> None:
        if value or self.extras is not None:
            self.more().split_qty = value

    @property
    def split_exec_id(self) -> i64:
        return 0 if self.extras is None else self.extras.split_exec_id

    @split_exec_id.setter
    def split_exec_id(self, value: i64) -> None:
        if value or self.extras is not None:
            self.more().split_exec_id = value

    @property
    def list_id(self) -> str:
        return "" if self.extras is None else self.extras.list_id

    @list_id.setter
    def list_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().list_id = value

    @property
    def cross_id(self) -> str:
        return "" if self.extras is None else self.extras.cross_id

    @cross_id.setter
    def cross_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().cross_id = value

    @property
    def cash_qty(self) -> int:
        return 0 if self.extras is None else self.extras.cash_qty

    @cash_qty.setter
    def cash_qty(self, value: int) -> None:
        if value or self.extras is not None:
            self.more().cash_qty = value

    @property
    def verbal_cl_ord_id(self) -> str:
        return "" if self.extras is None else self.extras.verbal_cl_ord_id

    @verbal_cl_ord_id.setter
    def verbal_cl_ord_id(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().verbal_cl_ord_id = value

    @property
    def strategy_id(self) -> str:
        return "" if self.extras is None else self.extras.strategy_id

    @property
    def trader_id(self) -> str:
        return "" if self.extras is None else self.extras.trader_id

    @property
    def reason(self) -> str:
        return "" if self.extras is None else self.extras.reason

    @reason.setter
    def reason(self, value: str) -> None:
        if value or self.extras is not None:
            self.more().reason = value

    @property
    def strategy_position(self) -> Position | None:
        return None if self.extras is None else self.extras.strategy_position

    @property
    def trader_position(self) -> Position | None:
        return None if self.extras is None else self.extras.trader_position
