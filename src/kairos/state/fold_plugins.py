"""Folds which checks of the firm's own decide."""

from __future__ import annotations

from mypy_extensions import i64

from kairos.model.events import CheckPluginLoaded, CheckPluginRemoved, Event, RiskEvent
from kairos.state.desk import Desk


def apply_plugin_event(desk: Desk, event: RiskEvent) -> bool:
    """Fold one; False for an event of another matter."""
    if isinstance(event, CheckPluginLoaded):
        desk.plugins.known[event.plugin.name] = event.plugin
    elif isinstance(event, CheckPluginRemoved):
        del desk.plugins.known[event.name]
    else:
        return False
    return True


def snapshot_plugins(desk: Desk, at_ns: i64, events: list[Event]) -> None:
    """The events that rebuild it."""
    for plugin in desk.plugins.known.values():
        events.append(CheckPluginLoaded(at_ns, plugin, ""))
