"""Reference data from files: all of it, checked across files and in an order that suits the engine, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.adapters.reference_csv import read_reference_csv
from kairos.adapters.reference_entry import Entry, Kind
from kairos.adapters.reference_toml import read_reference_toml
from kairos.model.commands import Command, DefineInstrument, DefineVenue
from kairos.model.values import Leg


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A file and, for CSV whose name does not tell (`instruments.csv`, `accounts.csv`, ...), what it holds."""

    path: Path
    kind: Kind | None = None


def load_reference(files: Iterable[ReferenceFile]) -> list[Command]:
    """The commands that define what the files say, in dependency order. Raises `FileErrors`."""
    problems = Problems()
    entries = read_entries(files, problems)
    problems.raise_if_any()
    order = list(Kind)
    in_order = sorted(entries, key=lambda e: (order.index(e.kind), bool(_legs_of(e))))
    return [command for entry in in_order for command in entry.commands]


def read_entries(files: Iterable[ReferenceFile], problems: Problems) -> list[Entry]:
    """Everything that the files define, checked across them; what is wrong goes to `problems`."""
    entries = [entry for file in files for entry in _read(file, problems)]
    by_id = _refuse_duplicates(entries)
    _refuse_dangling(entries, by_id)
    _refuse_shared_mics(entries)
    _refuse_spreads_in_spreads(entries)
    return entries


def kind_of_csv(path: Path) -> Kind | None:
    """The kind that a CSV file's name tells."""
    return {_plural(kind): kind for kind in Kind}.get(path.stem)


def _plural(kind: Kind) -> str:
    return kind.value if kind is Kind.RESTRICTED else f"{kind.value}s"


def _read(file: ReferenceFile, problems: Problems) -> list[Entry]:
    suffix = file.path.suffix.lower()
    if suffix == ".toml":
        return read_reference_toml(file.path, problems)
    if suffix != ".csv":
        problems.add(str(file.path), "file", "name", "must end in .toml or .csv")
        return []
    kind = file.kind or kind_of_csv(file.path)
    if kind is None:
        names = ", ".join(f"{_plural(kind)}.csv" for kind in Kind)
        problems.add(
            str(file.path), "file", "name", f"does not tell what it holds; name it one of {names}, or say kind"
        )
        return []
    return read_reference_csv(file.path, kind, problems)


def _space(kind: Kind) -> Kind:
    """Venues and brokers share their ids: both are where a route can go."""
    return Kind.VENUE if kind is Kind.BROKER else kind


def _refuse_duplicates(entries: list[Entry]) -> dict[tuple[Kind, str], Entry]:
    by_id: dict[tuple[Kind, str], Entry] = {}
    for entry in entries:
        first = by_id.setdefault((_space(entry.kind), entry.id), entry)
        if first is not entry and entry.id:
            where = f"{first.row.file}, {first.row.place(first.id_field)}"
            entry.row.problem(entry.id_field, f"{entry.id!r} is defined twice, first in {where}; take one away")
    return by_id


def _refuse_dangling(entries: list[Entry], by_id: dict[tuple[Kind, str], Entry]) -> None:
    """What hangs on the tree may stand in files of its own, for an engine that knows the rest."""
    kinds = {kind for kind, _ in by_id}
    for entry in entries:
        hangs = entry.kind in (Kind.LIMIT, Kind.ENTITLEMENT)
        for field, kind, name in entry.names:
            if name and (kind, name) not in by_id and not (hangs and kind not in kinds):
                known = [known for of_kind, known in by_id if of_kind is kind and known]
                entry.row.problem(field, f"{name!r} is no {kind.value} of these files; {did_you_mean(name, known)}")


def _refuse_shared_mics(entries: list[Entry]) -> None:
    """Orders for a market go to the venue that has its MIC, so only one may."""
    owners: dict[str, str] = {}
    for entry in entries:
        for command in entry.commands:
            if isinstance(command, DefineVenue) and command.mic:
                owner = owners.setdefault(command.mic, command.venue_id)
                if owner != command.venue_id:
                    entry.row.problem("mic", f"{command.mic!r} is already that of {owner!r}; give one of them another")


def _legs_of(entry: Entry) -> tuple[Leg, ...]:
    """Of a spread; it comes after the instruments that are its legs."""
    return tuple(leg for command in entry.commands if isinstance(command, DefineInstrument) for leg in command.legs)


def _refuse_spreads_in_spreads(entries: list[Entry]) -> None:
    spreads = {entry.id for entry in entries if _legs_of(entry)}
    for entry in entries:
        for leg in _legs_of(entry):
            if leg.instrument_id in spreads and leg.instrument_id != entry.id:
                entry.row.problem("legs", f"{leg.instrument_id!r} is a spread itself; name the instruments in it")
