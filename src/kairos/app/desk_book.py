"""The live desk as adapters may read it."""

from __future__ import annotations

from kairos.ports import Book, ListBook, ListView, OrderView, RouteView, StandingView
from kairos.state.desk import Desk
from kairos.state.lists import group_key


class DeskBook(Book, ListBook):
    """Fulfils `ports.Book` and `ports.ListBook`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def order(self, order_id: int) -> OrderView:
        return self._desk.orders[order_id]

    def route(self, route_id: int) -> RouteView:
        return self._desk.routes[route_id]

    def order_list(self, client_id: str, list_id: str) -> ListView | None:
        return self._desk.lists.get(group_key(client_id, list_id))

    def listed_order(self, order_id: int) -> StandingView | None:
        return self._desk.orders.get(order_id)
