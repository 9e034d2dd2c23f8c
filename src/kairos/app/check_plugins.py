"""The firm's own checks: found among the installed packages by the entry point group `kairos.risk.checks`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Final, NamedTuple

from kairos.app.errors import Unstartable
from kairos.model.commands import LoadCheckPlugins
from kairos.model.values import CheckPlugin
from kairos.ports import Log, Writer
from kairos.risk.plugins import RiskCheck
from kairos.state.check_plugins import CheckFunction
from kairos.state.desk import Desk

GROUP: Final = "kairos.risk.checks"


class FoundCheck(NamedTuple):
    """A check of an installed package: what the journal keeps of it, and its function."""

    plugin: CheckPlugin
    function: CheckFunction


def find_checks() -> list[FoundCheck]:
    """Those that are installed, by name. Raises `Unstartable` for one that can't be used: to start without a control
    that the firm has installed would be to trade without it."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    names = [point.name for point in points]
    for name in names:
        if names.count(name) > 1:
            raise Unstartable(f"two packages have a check called {name!r}; uninstall one of them")
    return [_found(point) for point in points]


def _found(point: EntryPoint) -> FoundCheck:
    try:
        check = point.load()
    except Exception as error:  # whatever a package of theirs raises
        raise Unstartable(f"the check {point.name!r} ({point.value}) can't be loaded: {error}") from error
    if not isinstance(check, RiskCheck):
        raise Unstartable(f"the check {point.name!r}: {point.value} must be a kairos.risk.plugins.RiskCheck")
    version = point.dist.version if point.dist is not None else ""
    return FoundCheck(CheckPlugin(point.name, version, check.clause, check.text), check.check)


def load_checks(desk: Desk, writer: Writer, log: Log) -> None:
    """Give a desk the functions; the journal is told when they are not those of the last start."""
    found = find_checks()
    desk.plugins.functions.clear()
    for check in found:
        desk.plugins.functions[check.plugin.name] = check.function
    if found or desk.plugins.known:
        writer.submit(LoadCheckPlugins(tuple(check.plugin for check in found), ""))
        log.info("own checks loaded", names=[check.plugin.name for check in found])
