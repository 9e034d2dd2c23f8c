"""Which checks of the firm's own the gate asks: what the engine started with, and what changed since it last did."""

from __future__ import annotations

from kairos.engine.core import Core
from kairos.model.commands import LoadCheckPlugins
from kairos.model.events import CheckPluginLoaded, CheckPluginRemoved
from kairos.model.refusals import Refusal, RefusalCode


def load_check_plugins(core: Core, c: LoadCheckPlugins) -> Refusal | None:
    """Told only where it differs from what the journal says, so that a replay can see who decided when."""
    if c.user_id:  # only the start of the engine knows what is installed
        return Refusal(RefusalCode.NOT_ENTITLED, (("user", c.user_id),))
    known = core.desk.plugins.known
    names = [plugin.name for plugin in c.plugins]
    if len(set(names)) < len(names):
        return Refusal(RefusalCode.INVALID_VALUE, (("field", "plugins"), ("twice", ", ".join(names))))
    for name in [name for name in known if name not in names]:
        core.emit(CheckPluginRemoved(core.now_ns, name, c.user_id))
    for plugin in c.plugins:
        if known.get(plugin.name) != plugin:
            core.emit(CheckPluginLoaded(core.now_ns, plugin, c.user_id))
    return None
