"""What the commands of `kairos journal` ask in the same way: which journal, which stretch of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import click

from kairos.history.moments import parse_moment
from kairos.history.span import END, Span

F = TypeVar("F", bound=Callable[..., object])

JOURNAL: Final = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def moment(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Callback of an option that is a time: nanoseconds since 1970 UTC."""
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def sequence_or_moment(context: click.Context, parameter: click.Parameter, text: str | None) -> tuple[bool, int] | None:
    """Callback: whether it is a sequence number, and the number or the nanoseconds."""
    if text is not None and text.isdigit() and len(text) < len(str(END)):
        return True, int(text)
    at_ns = moment(context, parameter, text)
    return None if at_ns is None else (False, at_ns)


def span_options(command: F) -> F:
    """`--from` and `--to`, both included."""
    first = "First sequence number, or time: UTC where no zone is said."
    last = "Last sequence number, or time."
    command = click.option("--to", "to", metavar="SEQ|TIME", callback=sequence_or_moment, help=last)(command)
    return click.option("--from", "from_", metavar="SEQ|TIME", callback=sequence_or_moment, help=first)(command)


def span_of(from_: tuple[bool, int] | None, to: tuple[bool, int] | None) -> Span:
    """The stretch that the two options name."""
    span = Span()
    if from_ is not None:
        span = span._replace(**{"from_seq" if from_[0] else "from_ns": from_[1]})
    if to is not None:
        span = span._replace(**{"to_seq" if to[0] else "to_ns": to[1]})
    return span
