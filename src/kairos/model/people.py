"""Which person gave a command."""

from __future__ import annotations

from collections.abc import Callable

from kairos.model.commands import Command

_GIVERS = ("by_user_id", "user_id")  # where a command has both, the first gave it and the second is whom it is about


def takes_giver(command: Command) -> bool:
    """Whether this kind of command names the person who gives it."""
    return _giver_field(command) != ""


def giver_of(command: Command) -> str:
    """The person who gave it; empty for the house itself."""
    field = _giver_field(command)
    return str(getattr(command, field)) if field else ""


def given_by(command: Command, user_id: str) -> Command:
    """The same command, given by this person; one that names nobody stays as it is."""
    field = _giver_field(command)
    if not field:
        return command
    values = [user_id if name == field else getattr(command, name) for name in command.names()]
    make: Callable[..., Command] = type(command)
    return make(*values)


def _giver_field(command: Command) -> str:
    names = command.names()
    for field in _GIVERS:
        if field in names:
            return field
    return ""
