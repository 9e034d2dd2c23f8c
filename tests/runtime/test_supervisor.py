"""The supervisor starts a fallen process again, and knows when to give up."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from kairos.supervisor import MAX_FALLS, SUPERVISOR_PID, Child, Supervisor, is_orphaned


class Notes:
    """A log that remembers its events."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def info(self, event: str, **fields: object) -> None:
        self.events.append(event)

    warning = info
    error = info


def test_a_process_that_says_it_cannot_start_is_not_started_again() -> None:
    log = Notes()
    code = asyncio.run(Supervisor([Child("none", ["no-such-command"])], log).run())
    assert code == 1
    assert log.events.count("process started") == 1


def test_the_house_goes_on_without_what_it_can_do_without() -> None:
    log = Notes()
    supervisor = Supervisor([Child("none", ["no-such-command"], vital=False)], log)

    async def until_given_up() -> int:
        running = asyncio.create_task(supervisor.run())
        while not any("goes on without" in event for event in log.events):
            await asyncio.sleep(0.01)
        assert not running.done()
        supervisor.stop()
        return await running

    assert asyncio.run(asyncio.wait_for(until_given_up(), 30)) == 0
    assert log.events.count("process started") == 1


@pytest.mark.slow
def test_a_process_that_keeps_falling_is_given_up(tmp_path: Path) -> None:
    no_journal = tmp_path / "journal.db"
    no_journal.write_text("not a journal")
    log = Notes()
    code = asyncio.run(Supervisor([Child("verify", ["journal", "verify", str(no_journal)])], log).run())
    assert code == 1
    assert log.events.count("process started") == MAX_FALLS


def test_a_process_knows_when_its_supervisor_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SUPERVISOR_PID, raising=False)
    assert not is_orphaned()
    monkeypatch.setenv(SUPERVISOR_PID, str(os.getppid()))
    assert not is_orphaned()
    monkeypatch.setenv(SUPERVISOR_PID, "1" if os.getppid() != 1 else "2")
    assert is_orphaned()
