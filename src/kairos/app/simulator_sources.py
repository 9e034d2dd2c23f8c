"""What a simulated exchange lists, as its configuration says: tapes, and instruments that clients trade themselves."""

from __future__ import annotations

import datetime
from typing import Final

from kairos.adapters.calendars import load_calendars
from kairos.adapters.config import Config, SimulatorConfig, TapeConfig
from kairos.adapters.profiles import load_profile
from kairos.adapters.reference_files import load_reference
from kairos.market.calendar import TradingCalendar
from kairos.market.profile import MarketProfile
from kairos.market.shipped import shipped_tapes
from kairos.model.commands import DefineInstrument
from kairos.model.errors import ReferenceDataError
from kairos.simulator.market_rules import session_date, terms_of, terms_on
from kairos.simulator.tape_source import TapeSource, own_source, shipped_source, tapeless_source, tapeless_under
from kairos.venue.listing import SECOND_NS

A_DAY_NS: Final = 86_400 * SECOND_NS


def sources_of(config: Config, simulator: SimulatorConfig, now_ns: int) -> list[TapeSource]:
    """All that is listed, the tapes first. Instruments without a tape have the day of `trade_date`; without it the
    first tape's, or the present one."""
    lots = _Lots(config)
    tapes = [_tape(tape, lots) for tape in simulator.tapes]
    if not simulator.market:
        return tapes + [_plain(one, lots, _plain_day_ns(simulator.trade_date, now_ns)) for one in simulator.instruments]
    profile = load_profile(simulator.market)
    calendar = load_calendars().get(profile.calendar)
    played = [
        source.under(
            terms_of(
                profile, calendar, source.open_ns, tape.instrument_class, tape.reference_px,
                simulator.clients_auctions, simulator.seed,
            )
        )
        for source, tape in zip(tapes, simulator.tapes, strict=True)
    ]  # fmt: skip
    date = simulator.trade_date or session_at(profile, calendar, tapes[0].open_ns if tapes else now_ns)
    return played + [
        tapeless_under(
            one.instrument_id,
            terms_on(profile, calendar, date, one.instrument_class, one.reference_px, True, simulator.seed),
        )
        for one in simulator.instruments
    ]


def session_at(profile: MarketProfile, calendar: TradingCalendar, now_ns: int) -> datetime.date:
    """The session that is on (a night is the next day's), else the last before."""
    today = session_date(profile, calendar, now_ns)
    return today if calendar.is_session(today) else calendar.previous_session(today)


class _Lots:
    """Ticks and lots from the reference data."""

    def __init__(self, config: Config) -> None:
        self._config: Final = config
        self._defined: Final = {
            c.instrument_id: c for c in load_reference(config.reference) if isinstance(c, DefineInstrument)
        }

    def of(self, instrument: str) -> tuple[int, int]:
        """Tick and lot. A market's profile has its own, so there the reference data need not know the instrument."""
        found = self._defined.get(instrument)
        if found is not None:
            return found.tick_size, found.lot_size
        simulator = self._config.simulator
        if simulator is None or not simulator.market:
            problem = "is not in the reference data, which gives its tick_size and lot_size; add it there"
            raise ReferenceDataError(str(self._config.file), "[simulator]", instrument, problem)
        return 1, 1


def _tape(tape: TapeConfig, lots: _Lots) -> TapeSource:
    """A shipped tape by its name, or a file."""
    if tape.file is None:
        return shipped_source({shipped.instrument: shipped for shipped in shipped_tapes()}[tape.instrument_id])
    tick, lot = lots.of(tape.instrument_id)
    return own_source(tape.file, tape.instrument_id, tick, lot)


def _plain(one: TapeConfig, lots: _Lots, opens_ns: int) -> TapeSource:
    """Without a market's rules its day is all of a day, UTC."""
    tick, lot = lots.of(one.instrument_id)
    return tapeless_source(one.instrument_id, tick, lot, opens_ns, opens_ns + A_DAY_NS)


def _plain_day_ns(date: datetime.date | None, now_ns: int) -> int:
    if date is None:
        return now_ns - now_ns % A_DAY_NS
    return int(datetime.datetime.combine(date, datetime.time(), datetime.UTC).timestamp()) * SECOND_NS
