"""`kairos fix parse`: read any FIX log."""

from __future__ import annotations

import json
import lzma
import sys
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from kairos.fix.errors import LocalError
from kairos.fix_tools.analysis import Analyzer, LogMessage
from kairos.fix_tools.as_json import message_as_json, summary_as_json
from kairos.fix_tools.chains import Chain
from kairos.fix_tools.describe import Line, brief, full, sums
from kairos.fix_tools.dictionaries import Dictionaries
from kairos.fix_tools.fields import FieldList
from kairos.fix_tools.log_reader import FoundMessage, LogReader
from kairos.fix_tools.sources import Sources, shown_name
from kairos.fix_tools.summary import Summary

_LOOK: Final[dict[str, dict[str, object]]] = {
    "": {},
    "head": {"bold": True},
    "faint": {"dim": True},
    "name": {"fg": "cyan"},
    "meaning": {"fg": "yellow"},
    "bad": {"fg": "magenta", "bold": True},
    "good": {"fg": "blue"},
}
_DAMAGED: Final = (OSError, EOFError, lzma.LZMAError, zlib.error, tarfile.TarError)

XML = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message, then one with the sums.")
@click.option("--brief", "is_brief", is_flag=True, help="One line a message.")
@click.option("--summary", "only_sums", is_flag=True, help="The sums only.")
@click.option(
    "--only", "types", metavar="TYPE", multiple=True, help="Messages of this MsgType(35), such as D; may be repeated."
)
@click.option("--problems", "only_broken", is_flag=True, help="Messages with problems only.")
@click.option(
    "--order",
    "orders",
    metavar="ID",
    multiple=True,
    help="Messages of the order with this ClOrdID or OrderID, and of what it replaced or was replaced by.",
)
@click.option("--dictionary", type=XML, help="A house's own dictionary, in QuickFIX's XML layout.")
@click.option("--transport-dictionary", type=XML, help="The FIXT dictionary that goes with it.")
def parse(
    files: tuple[str, ...],
    as_json: bool,
    is_brief: bool,
    only_sums: bool,
    types: tuple[str, ...],
    only_broken: bool,
    orders: tuple[str, ...],
    dictionary: Path | None,
    transport_dictionary: Path | None,
) -> None:
    """Find the FIX messages in logs of any kind, explain them, and say what is wrong with the broken ones.

    FILE may be compressed (gz, xz, bz2), a tar of logs, or - for standard input. Fields may be parted by SOH, |, ^A,
    ; or anything else; what stands around the messages does not matter. Passwords are masked.

    The exit code is 0 when every message shown is valid, 1 when one is not.
    """
    if transport_dictionary is not None and dictionary is None:
        raise click.UsageError("--transport-dictionary goes with --dictionary: give both")
    try:
        dictionaries = Dictionaries(dictionary, transport_dictionary)
    except LocalError as error:
        raise click.UsageError(str(error)) from error
    printer = _Printer(dictionaries, as_json, is_brief, only_sums, alone=files)
    try:
        with Sources(files, again=bool(orders)) as sources:
            wanted = _Wanted(types, only_broken, _chain(sources, orders))
            summary = _read(sources, Analyzer(dictionaries), wanted, printer)
    except BrokenPipeError:
        raise  # whoever reads our output has seen enough; click knows
    except _DAMAGED as error:
        raise click.ClickException(f"can't read the log to its end: {error}") from error
    printer.show_sums(summary)
    sys.exit(1 if summary.all.valid < summary.all.total else 0)


def _read(sources: Sources, analyzer: Analyzer, wanted: _Wanted, printer: _Printer) -> Summary:
    summary = Summary()
    for found in _found(sources):
        message = analyzer.take(found)
        summary.pass_by(message)
        if wanted.takes(message):
            summary.take(message)
            printer.show(message)
    return summary


def _found(sources: Sources) -> Iterator[FoundMessage]:
    for log in sources.logs():
        yield from LogReader(log.name).messages(log.chunks())


def _chain(sources: Sources, orders: tuple[str, ...]) -> Chain | None:
    """What belongs to the orders, known in full before the first message is shown."""
    if not orders:
        return None
    chain = Chain(orders)
    while chain.follow(FieldList(found.frame) for found in _found(sources)):
        pass
    return chain


class _Wanted:
    """What the user asked to see."""

    def __init__(self, types: Iterable[str], only_broken: bool, chain: Chain | None) -> None:
        self._types: Final = frozenset(types)
        self._only_broken: Final = only_broken
        self._chain: Final = chain

    def takes(self, message: LogMessage) -> bool:
        if self._types and message.msg_type not in self._types:
            return False
        if self._only_broken and not message.problems:
            return False
        return self._chain is None or self._chain.concerns(message.fields)


class _Printer:
    """Writes to standard output; colours go to a terminal only."""

    def __init__(
        self, dictionaries: Dictionaries, as_json: bool, is_brief: bool, only_sums: bool, alone: tuple[str, ...]
    ) -> None:
        # One log needs no name above its messages.
        self._source = shown_name(alone[0]) if len(alone) == 1 else ""
        self._meanings: Final = dictionaries.meanings
        self._as_json: Final = as_json
        self._only_sums: Final = only_sums
        self._lines: Final[Callable[..., Iterator[Line]]] = brief if is_brief else full
        self._colours: Final = sys.stdout.isatty()

    def show(self, message: LogMessage) -> None:
        if self._only_sums:
            return
        if self._as_json:
            click.echo(json.dumps(message_as_json(message, self._meanings), ensure_ascii=False))
        else:
            if message.found.source != self._source:
                self._source = message.found.source
                self._write([[(f"=== {self._source}", "head")]])
            self._write(self._lines(message, self._meanings))

    def show_sums(self, summary: Summary) -> None:
        if self._as_json:
            click.echo(json.dumps(summary_as_json(summary), ensure_ascii=False))
        else:
            self._write(sums(summary))

    def _write(self, lines: Iterable[Line]) -> None:
        for line in lines:
            click.echo("".join(self._styled(text, style) for text, style in line).rstrip())

    def _styled(self, text: str, style: str) -> str:
        return click.style(text, **_LOOK[style]) if self._colours and style else text  # type: ignore[arg-type]
