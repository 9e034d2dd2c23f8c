"""Errors that a person can mend are told in a sentence, without a traceback."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from kairos.adapters.file_errors import FileErrors
from kairos.adapters.link_frames import LinkError
from kairos.history.bar_queries import NoBars
from kairos.history.writers import MissingPackage
from kairos.market.calendar import CalendarError
from kairos.market.charges import ChargeError
from kairos.market.dated import NoRowError
from kairos.model.errors import ReferenceDataError
from kairos.model.numbers import NumberError
from kairos.ports import JournalError

P = ParamSpec("P")
R = TypeVar("R")

TOLD = (
    CalendarError,
    ChargeError,
    FileErrors,
    JournalError,
    LinkError,
    MissingPackage,
    NoBars,
    NoRowError,
    NumberError,
    OSError,
    ReferenceDataError,
)


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors above into `Error: what, where, what to do` and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:  # whoever read our output has seen enough; click ends quietly
            raise
        except TOLD as error:
            raise click.ClickException(str(error)) from error

    return run
