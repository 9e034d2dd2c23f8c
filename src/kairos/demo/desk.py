"""What people of the desk do in the demo, over the link: work the care orders, and throw a kill switch."""

from __future__ import annotations

import asyncio
from typing import Final

from kairos.adapters.link_frames import LinkError
from kairos.demo.cast import RISK_OFFICER, SECOND_OFFICER, TRADER
from kairos.demo.link_watch import LinkWatch, open_link
from kairos.demo.setup import VENUE, House
from kairos.desk.blotter import OrderRow
from kairos.model.commands import Command, EngageKill, FinishOrder, RecordTrade, ReleaseKill, RouteOrder
from kairos.model.enums import HandlInst, OrdType, TimeInForce
from kairos.model.values import Terms

LOOK_S: Final = 0.25
TRY_AGAIN_S: Final = 0.5
BY_PHONE: Final = "Oak Brokers, by phone"


class DeskHand:
    """A trader of the desk with the care orders, and a risk officer."""

    def __init__(self, house: House, watch: LinkWatch) -> None:
        self._house = house
        self._watch = watch
        self._routed: set[int] = set()
        self._traded: set[int] = set()

    async def work(self) -> None:
        """Half of each care order goes to the exchange; a quarter is done by phone. Until canceled."""
        while True:
            await asyncio.sleep(LOOK_S)
            for row in self._inbox():
                if row.order_id not in self._routed:
                    self._routed.add(row.order_id)
                    await self._give(self._half_to_the_exchange(row))
                elif row.order_id not in self._traded:
                    self._traded.add(row.order_id)
                    await self._give(self._quarter_by_phone(row))

    async def finish(self) -> None:
        """Close what has nothing working; the rest is for its client to cancel."""
        for row in self._inbox():
            await self._give(FinishOrder(row.order_id, "no more of it today", TRADER))

    async def stop_account(self, account_id: str) -> None:
        await self._insist(EngageKill(account_id, "orders look wrong", RISK_OFFICER), RISK_OFFICER)

    async def let_account_in(self, account_id: str) -> None:
        """Who stopped it may not, and the word is the account's name."""
        why = "its owner has explained them"
        await self._insist(ReleaseKill(account_id, why, SECOND_OFFICER, word=account_id), SECOND_OFFICER)

    def _inbox(self) -> list[OrderRow]:
        rows = self._watch.blotter.rows.values()
        return [row for row in rows if row.handl_inst is HandlInst.MANUAL and row.is_open]

    def _half_to_the_exchange(self, row: OrderRow) -> Command:
        terms = Terms(max(row.terms.order_qty // 2, 1), OrdType.LIMIT, row.terms.price, 0, TimeInForce.DAY, 0, 0)
        return RouteOrder(row.order_id, VENUE, terms, TRADER)

    def _quarter_by_phone(self, row: OrderRow) -> Command:
        return RecordTrade(row.order_id, max(row.terms.order_qty // 4, 1), row.terms.price, BY_PHONE, TRADER)

    async def _give(self, command: Command, user: str = TRADER) -> bool:
        """False when the engine is away: what may have been taken is not given a second time."""
        try:
            await asyncio.to_thread(give, self._house, command, user)
        except (LinkError, OSError):
            return False
        return True

    async def _insist(self, command: Command, officer: str) -> None:
        """A risk officer's: it does no harm when it is given twice."""
        while not await self._give(command, officer):
            await asyncio.sleep(TRY_AGAIN_S)


def give(house: House, command: Command, user: str) -> None:
    """Over a link of its own, which waits until the command's events are durable."""
    with open_link(house, user) as link:
        link.command(command)
