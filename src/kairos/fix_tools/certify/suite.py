"""Runs the cases against one client, in their order or as the client's orders call for them."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from typing import Final

from kairos.fix.writer import BodyWriter
from kairos.fix_tools.certify.broker import Broker, Down
from kairos.fix_tools.certify.cases import Case
from kairos.fix_tools.certify.steps import Steps
from kairos.fix_tools.certify.watch import StepFailed, fits

# After a case that went wrong, what the client still has under way is not the next case's fault.
SETTLE_S: Final = 0.5


class Result:
    """`findings` is empty when the case passed; `step` is the one that failed, if one did."""

    __slots__ = ("case", "findings", "seconds", "skipped", "step")

    def __init__(
        self, case: Case, findings: list[str], step: str = "", seconds: float = 0.0, skipped: str = ""
    ) -> None:
        self.case: Final = case
        self.findings: Final = findings
        self.step: Final = step
        self.seconds: Final = seconds
        self.skipped: Final = skipped

    @property
    def outcome(self) -> str:
        if self.skipped:
            return "skipped"
        return "failed" if self.findings else "passed"


class Suite:
    """`told` is called with what the client is to do next; `announce` tells the client too, by News(B)."""

    def __init__(
        self, broker: Broker, cases: list[Case], timeout_s: float, told: Callable[[str], None], announce: bool = False
    ) -> None:
        self.results: list[Result] = []
        self.on_result: Callable[[Result], None] = lambda _: None
        self._broker = broker
        self._cases = cases
        self._timeout_s = timeout_s
        self._told = told
        self._announce = announce
        numbers = itertools.count(1)
        prefix = f"{time.time_ns() // 1_000_000:x}-"  # no report of an earlier run is taken for one of this
        self._serial: Callable[[], str] = lambda: f"{prefix}{next(numbers)}"

    async def run(self) -> list[Result]:
        """The cases in their order."""
        for case in self._cases:
            await self._run_case(case)
        return self.results

    async def run_as_called(self) -> list[Result]:
        """First those that the broker begins; then each order of the client's calls for the case that it fits.

        An order that the broker is to miss can't call for anything: those cases come with the first ones, in order.
        """
        open_cases = []
        for case in self._cases:
            if case.begins_with_order():
                open_cases.append(case)
            else:
                await self._run_case(case)
        while open_cases:
            called = await self._called_for(open_cases)
            if called is None:
                break
            open_cases.remove(called)
            await self._run_case(called)
        for case in open_cases:
            self._add(Result(case, [f"no order came that fits: {case.ask}"]))
        return self.results

    async def _called_for(self, cases: list[Case]) -> Case | None:
        """The case that the next order fits; the order is put back for its first step."""
        inbox = self._broker.inbox
        end = time.monotonic() + self._timeout_s
        while (left := end - time.monotonic()) > 0:
            try:
                arrival = await asyncio.wait_for(inbox.get(), left)
            except TimeoutError:
                return None
            if isinstance(arrival, Down) or arrival.msg_type != "D":
                continue
            for case in cases:
                if fits(arrival, case.steps[0]):
                    inbox.put_nowait(arrival)
                    return case
            self._broker.conduct.add(f"an order that fits no case: ClOrdID(11)={arrival.get(11)}")
        return None

    async def _run_case(self, case: Case) -> None:
        version = self._broker.config.begin_string
        if case.versions and version not in case.versions:
            self._add(Result(case, [], skipped=f"not in {version}"))
            return
        self._told(f"{case.name}: {case.ask}")
        started = time.monotonic()
        steps = Steps(self._broker, self._timeout_s, self._serial)
        at, findings = "", []
        try:
            await self._await_logon()
            self._announce_case(case)
            for step in case.steps:
                at = step.text
                await steps.run(step)
            at = ""
        except StepFailed as failure:
            findings.append(str(failure))
        if findings:
            await self._settle(steps)
        findings += dict.fromkeys(self._broker.conduct.take())
        self._add(Result(case, findings, at, time.monotonic() - started))

    def _add(self, result: Result) -> None:
        self.results.append(result)
        self.on_result(result)

    async def _await_logon(self) -> None:
        end = time.monotonic() + self._timeout_s
        while not self._broker.logged_on:
            if time.monotonic() > end:
                raise StepFailed("expected Logon(A), the client is not logged on")
            await asyncio.sleep(0.02)

    def _announce_case(self, case: Case) -> None:
        if not self._announce:
            return
        body = BodyWriter()
        body.put_int(33, 1)
        body.put_str(58, case.ask)
        headline = BodyWriter()
        headline.put_str(148, case.name)
        self._broker.line.send("B", headline.body() + body.body())

    async def _settle(self, steps: Steps) -> None:
        """Close what is open, and forget what still comes."""
        await steps.close()
        await asyncio.sleep(SETTLE_S)
        inbox = self._broker.inbox
        while not inbox.empty():
            inbox.get_nowait()
