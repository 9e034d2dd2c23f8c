"""What a kept journal is read for: its events as JSON lines, and the desk that comes of them, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kairos.adapters.journal_sqlite import SqliteJournal
from kairos.adapters.sent_messages import SentMessages
from kairos.cli.words import event_as_json, terms_in_words
from kairos.model.numbers import format_money, format_price
from kairos.model.wire import decode_events
from kairos.state.desk import Desk
from kairos.state.order import Order
from kairos.state.parties import Client
from kairos.state.route import Route

HERE = Path(__file__).resolve().parent
SCENARIO = HERE / "day.scn"
FORMATS = ("v1",)
SESSIONS = ("FIX.4.4:KAIROS->ACME", "FIX.4.4:KAIROS->SIM")


def journal_of(version: str) -> Path:
    return HERE / f"journal_{version}.db"


def snapshot_of(version: str) -> Path:
    return HERE / f"snapshot_{version}.snapshot"


def expectation_of(version: str) -> Path:
    return HERE / f"expected_{version}.jsonl"


def told(journal: SqliteJournal, desk: Desk, sent: SentMessages) -> list[object]:
    """All of it, as it is kept in `expected_*.jsonl`."""
    lines = [*events_told(journal), *desk_told(desk), *sent_told(sent)]
    return [json.loads(json.dumps(line)) for line in lines]


def events_told(journal: SqliteJournal) -> Iterator[object]:
    for batch in journal.read():
        for place, event in enumerate(decode_events(batch.body)):
            yield {"seq": batch.first_seq + place, **event_as_json(event)}


def desk_told(desk: Desk) -> Iterator[object]:
    yield {"day": desk.trading_date, "next": [desk.next_order_id, desk.next_route_id, desk.next_exec_id]}
    for order in desk.orders.values():
        yield {"order": order.order_id, **_order_told(order)}
        yield from ({"route": route.route_id, **_route_told(route)} for route in order.routes)
        yield from (
            {"trade": trade.trade_id, "qty": trade.last_qty, "px": format_price(trade.last_px), "busted": trade.busted}
            for trade in order.trades
        )
    for account in desk.accounts.values():
        money = {"cash": format_money(account.cash), "reserved": format_money(account.reserved)}
        yield {"account": account.account_id, **money, "killed": desk.kills.is_engaged(account.account_id)}
        for position in desk.positions.get(account.account_id, {}).values():
            yield {
                "position": position.instrument.instrument_id,
                "qty": position.qty,
                "cost": format_money(position.cost),
                "realized": format_money(position.realized),
            }
    for name, numbers in desk.sessions.items():
        yield {"session": name, "numbers": [numbers.next_in, numbers.next_out], "logged_on": numbers.logged_on}
    for order_list in desk.lists.values():
        yield {"list": order_list.list_id, "status": order_list.status.name}
    yield from ({"cross": cross.cross_id, "buy": cross.buy_order_id} for cross in desk.crosses.values())
    yield {"names": {client.client_id: _names_told(client) for client in desk.clients.values()}}


def _names_told(client: Client) -> dict[str, int]:
    return {cl_ord_id: order.order_id for cl_ord_id, order in client.orders.items()}


def _order_told(order: Order) -> dict[str, object]:
    pending = [request.cl_ord_id for request in (order.cancel, *order.replaces()) if request is not None]
    return {
        "ids": order.cl_ord_ids,
        "terms": terms_in_words(order.terms),
        "status": order.ord_status().name,
        "cum": order.cum_qty,
        "leaves": order.leaves_qty(),
        "avg": format_price(order.avg_px()),
        "pending": pending,
        "group": order.list_id or order.cross_id,
        "held": format_money(order.held),
    }


def _route_told(route: Route) -> dict[str, object]:
    return {"ids": route.cl_ord_ids, "venue_id": route.venue_order_id, "status": route.base.name, "cum": route.cum_qty}


def sent_told(sent: SentMessages) -> Iterator[object]:
    for session in SESSIONS:
        yield {"resent": session, "messages": [[m.seq, m.body.decode()] for m in sent.read(session, 1, 0)]}
