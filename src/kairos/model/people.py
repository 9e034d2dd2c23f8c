"""Which person gave a command."""

from __future__ import annotations

from collections.abc import Callable

from kairos.model.commands import Command

_GIVER = ("user_id", "by_user_id")


def takes_giver(command: Command) -> bool:
    """Whether this kind of command names the person who gives it: always in its last field."""
    names = command.names()
    return bool(names) and names[-1] in _GIVER


def giver_of(command: Command) -> str:
    """The person who gave it; empty for the house itself."""
    return str(getattr(command, command.names()[-1])) if takes_giver(command) else ""


def given_by(command: Command, user_id: str) -> Command:
    """The same command, given by this person; one that names nobody stays as it is."""
    if not takes_giver(command):
        return command
    names = command.names()
    values = [getattr(command, name) for name in names[:-1]]
    make: Callable[..., Command] = type(command)
    return make(*values, user_id)
