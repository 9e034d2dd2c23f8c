"""The course of a demo: open the house, trade, let things happen, wind up, close the house, count.

However it ends, by itself, by Ctrl-C or by an error, the house is closed in order and its processes are gone.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from kairos.demo.algo import trade_by_algo
from kairos.demo.cast import cast_of
from kairos.demo.desk import DeskHand
from kairos.demo.habits import trade
from kairos.demo.link_watch import LinkWatch
from kairos.demo.report import print_report
from kairos.demo.screen import Progress, progress
from kairos.demo.serving import DemoError, Serving
from kairos.demo.setup import Course, House, make_folder, write_house
from kairos.demo.summary import Summary, as_json, summarize
from kairos.demo.trader import Trader
from kairos.demo.view import View
from kairos.model.enums import OrdType, TimeInForce

INTERRUPTED: Final = 130
NOT_IN_ORDER: Final = 1
SHOW_S: Final = 0.2
LOGON_TIMEOUT_S: Final = 15.0
# After the market's end: cancels are answered, a restarted engine or exchange is back, UNKNOWN is asked about.
SETTLE_TIMEOUT_S: Final = 40.0
SETTLE_LOOK_S: Final = 0.1
CANCEL_AGAIN_S: Final = 1.0
# Shares of the whole course at which things happen.
CUT_OFF_AT, COME_BACK_AT = 0.35, 0.45
MASS_STATUS_AT: Final = 0.55
KILL_AT, RELEASE_AT = 0.70, 0.80
LAST_ORDER_AT: Final = 0.92


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for."""

    course: Course
    clients: int
    folder: Path | None
    headless: bool
    as_json: bool


async def run_demo(wishes: Wishes, console: Console) -> int:
    """Returns the exit code: 0 when every check holds, 130 after Ctrl-C."""
    folder = make_folder(wishes.folder)
    try:
        house = write_house(folder, wishes.course, cast_of(wishes.clients, wishes.course.speed))
        demo = Demo(house, progress(wishes.headless, wishes.as_json, console))
        summary = await demo.run()
        if summary is None:
            return INTERRUPTED
        if wishes.as_json:
            click.echo(json.dumps(as_json(summary), ensure_ascii=False))
        else:
            print_report(summary, console)
            if wishes.folder is not None:
                console.print(f"Kept in {folder}: look into data/journal.db with `kairos journal`")
        if summary.interrupted:
            return INTERRUPTED
        return 0 if summary.holds else NOT_IN_ORDER
    finally:
        if wishes.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


class Demo:
    """One run."""

    def __init__(self, house: House, screen: Progress) -> None:
        self.house = house
        self.serving = Serving(house)
        self.watch = LinkWatch(house)
        self.traders = [Trader(member, house, number) for number, member in enumerate(house.members)]
        self.desk = DeskHand(house, self.watch)
        self.view = View(house, self.traders, self.watch)
        self.screen = screen
        self._began_ns = time.time_ns()
        self._opened = False

    async def run(self) -> Summary | None:
        """None: interrupted before anything was there to tell of."""
        interrupted = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, interrupted.set)
        self.screen.start()
        showing = asyncio.create_task(self._show())
        play = asyncio.create_task(self._play())
        stop = asyncio.create_task(interrupted.wait())
        try:
            await asyncio.wait({play, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end(play, stop)
            await self._close()
            await _end(showing)
            self.screen.stop()
        for task in (play, showing):
            if not task.cancelled():
                task.result()
        if not self._opened:
            return None
        return await asyncio.to_thread(summarize, self.house, self.traders, self._began_ns, play.cancelled())

    async def _play(self) -> None:
        await self._open()
        course = asyncio.create_task(self._go_through_the_day())
        watch = asyncio.create_task(self.serving.watch())
        try:
            done, _ = await asyncio.wait({course, watch}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await _end(course, watch)

    async def _go_through_the_day(self) -> None:
        self.view.phase = "trading"
        await self._trade()
        self.view.phase = "winding up"
        await self._wind_up()

    async def _open(self) -> None:
        await self.serving.start()
        await self.serving.wait_until_ready()
        self.watch.start()
        self._opened = True
        for trader in self.traders:
            trader.client.start()
        try:
            async with asyncio.timeout(LOGON_TIMEOUT_S):
                while not all(trader.client.logged_on for trader in self.traders):
                    await asyncio.sleep(SHOW_S / 4)
        except TimeoutError:
            raise DemoError(f"the clients can't log on at port {self.house.config.fix.port}") from None

    async def _trade(self) -> None:
        """Everybody acts until the last order; meanwhile things happen."""
        acting = [
            asyncio.create_task(trade_by_algo(one) if one.member.strategy_id else trade(one)) for one in self.traders
        ]
        acting.append(asyncio.create_task(self.desk.work()))
        happening = [asyncio.create_task(self._at(share, what)) for share, what in self._happenings()]
        try:
            await asyncio.sleep(LAST_ORDER_AT * self.house.course.seconds)
            await asyncio.gather(*happening)
        finally:
            await _end(*acting, *happening)
        for task in acting:
            if not task.cancelled():
                task.result()

    def _happenings(self) -> list[tuple[float, Callable[[], Awaitable[None]]]]:
        return [
            (CUT_OFF_AT, self._cut_off),
            (COME_BACK_AT, self._come_back),
            (MASS_STATUS_AT, self._ask_for_all),
            (KILL_AT, self._kill),
            (RELEASE_AT, self._release),
        ]

    async def _at(self, share: float, what: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(share * self.house.course.seconds)
        await what()

    async def _cut_off(self) -> None:
        trader = self._second()
        trader.client.cut_off()
        self.view.say(f"the line of {trader.member.client_id} is cut; its orders keep working")

    async def _come_back(self) -> None:
        trader = self._second()
        trader.client.come_back()
        self.view.say(f"{trader.member.client_id} comes back, and asks for what it missed")

    async def _ask_for_all(self) -> None:
        for trader in self.traders:
            trader.ask_for_all()

    async def _kill(self) -> None:
        """Its trader has not heard of it, and sends another order."""
        await self.desk.stop_account(self._last_account())
        trader = self._last_person()
        trader.enter(trader.pick(trader.member.accounts[0].currency), trader.side(), OrdType.MARKET, TimeInForce.DAY)

    async def _release(self) -> None:
        await self.desk.let_account_in(self._last_account())

    def _second(self) -> Trader:
        return self.traders[1 % len(self.traders)]

    def _last_person(self) -> Trader:
        return [trader for trader in self.traders if not trader.member.strategy_id][-1]

    def _last_account(self) -> str:
        return self._last_person().member.accounts[0].account_id

    async def _wind_up(self) -> None:
        """Let orders be canceled or end with the market; cancel what still works after it until all has ended."""
        await self.desk.finish()
        for trader in self.traders:
            trader.wind_up()
        again = time.monotonic() + (1 - LAST_ORDER_AT) * self.house.course.seconds + CANCEL_AGAIN_S
        deadline = again + SETTLE_TIMEOUT_S
        while not all(trader.settled for trader in self.traders) and time.monotonic() < deadline:
            await asyncio.sleep(SETTLE_LOOK_S)
            if time.monotonic() > again:
                again += CANCEL_AGAIN_S
                for trader in self.traders:
                    trader.cancel_each()

    async def _close(self) -> None:
        """Clients log out, the house stops, whatever came before."""
        self.view.phase = "the house is being closed"
        if self._opened:
            await asyncio.gather(*(trader.client.stop() for trader in self.traders))
            await asyncio.to_thread(self.watch.stop)
        await self.serving.stop()

    async def _show(self) -> None:
        while True:
            self.view.refresh()
            self.screen.show(self.view)
            await asyncio.sleep(SHOW_S)


def _day_of(trader: Trader) -> Coroutine[None, None, None]:
    return trade_by_algo(trader) if trader.member.strategy_id else trade(trader)


async def _end(*tasks: asyncio.Task[None] | asyncio.Task[bool]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
