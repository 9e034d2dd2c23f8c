"""Reference files held against the public registries and the rules of their markets (`kairos refdata check`).

What `kairos serve` would refuse is found by the same reader. Beyond it: is a price on a tick, do tick and
lot fit the market's profile, does the ISIN's country fit the market. Where a market has no profile, or an instrument no
class, the reader's checks are all there are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kairos.adapters.file_errors import FileErrors, Problems
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import an_id
from kairos.adapters.profiles import UnknownMarketError, load_profile
from kairos.adapters.refdata_findings import MAX_FINDINGS, Findings
from kairos.adapters.refdata_masters import check_master
from kairos.adapters.reference_entry import Entry
from kairos.adapters.reference_files import ReferenceFile, kind_of_csv, read_entries
from kairos.market.dated import NoRowError
from kairos.market.profile import MarketProfile
from kairos.model.commands import DefineInstrument
from kairos.model.numbers import format_price

ANY_COUNTRY: Final = frozenset(("XS", "EU"))  # Euroclear and Clearstream; the European Union


def check_files(paths: Iterable[Path], date: datetime.date, house: Path | None = None) -> Findings:
    """Check reference files (TOML, or CSV named for its kind) together, and any other CSV as an instrument master."""
    findings = Findings()
    given = list(paths)
    reference = [path for path in given if path.suffix == ".toml" or kind_of_csv(path) is not None]
    masters = [path for path in given if path not in reference]
    entries = _read(reference, findings)
    checker = _Checker(findings, date, house)
    for entry in entries:
        checker.check(entry)
    for path in masters:
        check_master(path, findings)
    return findings


def _read(paths: list[Path], findings: Findings) -> list[Entry]:
    problems = Problems(limit=MAX_FINDINGS)
    entries: list[Entry] = []
    try:
        entries = read_entries([ReferenceFile(path) for path in paths], problems)
        problems.raise_if_any()
    except FileErrors as errors:
        findings.add_all(errors.errors)
    return entries


class _Checker:
    """Holds entries against registries and profiles; each profile is read once."""

    def __init__(self, findings: Findings, date: datetime.date, house: Path | None) -> None:
        self._findings: Final = findings
        self._date: Final = date
        self._house: Final = house
        self._profiles: Final[dict[str, MarketProfile | None]] = {}

    def check(self, entry: Entry) -> None:
        for command in entry.commands:
            if isinstance(command, DefineInstrument) and command.mic:
                self._check_instrument(entry.row, command)

    def _error(self, row: Row, field: str, problem: str) -> None:
        self._findings.error(row.file, row.place(field), field, problem)

    def _warning(self, row: Row, field: str, problem: str) -> None:
        self._findings.warning(row.file, row.place(field), field, problem)

    def _check_instrument(self, row: Row, instrument: DefineInstrument) -> None:
        tick = instrument.tick_size
        reference_px = instrument.reference_px
        if tick > 0 and reference_px % tick:
            shown = f"{format_price(reference_px)} is no multiple of tick_size {format_price(tick)}"
            self._error(row, "reference_px", f"{shown}; correct one of them")
        profile = self._profile(instrument.mic)
        if profile is None:
            return
        self._check_country(row, instrument, profile)
        if instrument.currency not in ("", "XXX", profile.currency):
            shown = f"{instrument.currency} is not the currency of {profile.mic}, {profile.currency}"
            self._warning(row, "currency", f"{shown}; right only for a counter in another currency")
        name = row.get("class", an_id, "")
        if name in profile.ticks:
            self._check_class(row, instrument, profile, name)

    def _check_country(self, row: Row, instrument: DefineInstrument, profile: MarketProfile) -> None:
        country = instrument.isin[:2]
        if country and profile.isin_countries and country not in ANY_COUNTRY | set(profile.isin_countries):
            usual = ", ".join(profile.isin_countries)
            shown = f"{instrument.isin} is of {country}, while shares of {profile.mic} are mostly of {usual}"
            self._warning(row, "isin", f"{shown}; see that it is the right one")

    def _check_class(self, row: Row, instrument: DefineInstrument, profile: MarketProfile, name: str) -> None:
        try:
            ticks = profile.ticks_at(name, self._date).value
            lots = profile.lots_at(name, self._date).value
        except NoRowError as error:
            self._error(row, "class", str(error))
            return
        known = [band.tick for band in ticks.bands]
        if "tick_size" in row and instrument.tick_size not in known:
            shown = ", ".join(format_price(tick) for tick in known)
            self._error(row, "tick_size", f"{format_price(instrument.tick_size)} is no tick of {name}; use {shown}")
        reference_px = instrument.reference_px
        if reference_px and not ticks.is_on_tick(reference_px):
            near = f"{format_price(ticks.round_down(reference_px))} or {format_price(ticks.round_up(reference_px))}"
            self._error(row, "reference_px", f"{format_price(reference_px)} is on no tick of {profile.mic}; try {near}")
        if lots.step and instrument.lot_size % lots.step:
            shown = f"{instrument.lot_size} is no multiple of the lot of {name} at {profile.mic}"
            self._error(row, "lot_size", f"{shown}; use {lots.step}")

    def _profile(self, mic: str) -> MarketProfile | None:
        if mic not in self._profiles:
            try:
                self._profiles[mic] = load_profile(mic, self._house)
            except UnknownMarketError:
                self._profiles[mic] = None
        return self._profiles[mic]
