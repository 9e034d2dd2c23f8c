"""The part of `kairos.toml` about the markets' own rules: `[trading_rules]`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kairos.adapters.config_values import a_path_from
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_count, a_flag, a_member, a_text
from kairos.model.market_enums import ReferencePrice

MAX_MARK_AGE_S: Final = 86_400  # a day; who wants an older mark leaves the bound out


@dataclass(frozen=True, slots=True)
class TradingRulesConfig:
    """What the gate asks of the markets' profiles.

    Ticks, lots, limits of the day and short sales hold for every instrument that names its class. The hours are another
    matter: a desk that plays a tape of another day must not ask for them.
    """

    instruments: bool = True
    hours: bool = False
    takes_early: bool = True  # orders before the market's day are passed to the venue; False: refused
    reference: ReferencePrice = ReferencePrice.LAST
    max_mark_age_s: int = 0  # 0: a mark of any age is a reference for price collars
    profiles: Path | None = None  # a folder of the house's own
    calendars: tuple[Path, ...] = ()


def read_trading_rules(row: Row, folder: Path) -> TradingRulesConfig:
    """The table; without it the defaults."""
    default = TradingRulesConfig()
    parse = a_path_from(folder)
    config = TradingRulesConfig(
        instruments=row.get("instruments", a_flag, default.instruments),
        hours=row.get("hours", a_flag, default.hours),
        takes_early=row.get("takes_early", a_flag, default.takes_early),
        reference=row.get("reference", a_member(ReferencePrice), default.reference),
        max_mark_age_s=row.get("max_mark_age_s", a_count(0, MAX_MARK_AGE_S), default.max_mark_age_s),
        profiles=row.get("profiles", parse, None),
        calendars=tuple(parse(name) for name in row.texts("calendars", a_text, ())),
    )
    row.finish()
    return config
