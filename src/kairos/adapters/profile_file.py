"""Market profiles in TOML: each table of rules read into the types of `kairos.market.profile`.

A rule's table is repeated for each span of dates, with the fields of `dated_file` beside its own; tables by class list
`classes` (interruptions: `tiers`). Errors name file, line, field and remedy, and one reading finds all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from kairos.adapters.dated_file import put_together, read_provenance
from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.adapters.file_rows import Row
from kairos.adapters.file_values import a_code, a_count, a_flag, a_member, a_text, an_id
from kairos.adapters.profile_values import (
    MAX_BPS,
    a_band_step,
    a_lot_tier,
    a_tick_band,
    a_time_of_day,
    an_array_of,
    an_order_kind,
)
from kairos.adapters.toml_file import read_toml
from kairos.market.auction_rule import AuctionRule, AuctionStep
from kairos.market.codes import parse_currency, parse_mic
from kairos.market.dated import DatedRow, DatedRows
from kairos.market.phases import MAIN_BOARD
from kairos.market.price_limits import InterruptionRule, LimitRounding, PriceLimitRule
from kairos.market.profile import LotRule, MarketProfile, Settlement, ShortSales
from kairos.market.ticks import TickTable, TickTableError, single_tick
from kairos.market.timetable import SECOND_NS, Anchor, DayKind, OrderKind, SpanRule, Timetable
from kairos.model.market_enums import OddLots, ShortSaleRule, TradingPhase
from kairos.model.numbers import MAX_QTY

T = TypeVar("T")


class BandEnd(Enum):
    """Which of its two ends belongs to a tick band."""

    FROM = "from"
    TO = "to"


OrderKinds = dict[str, tuple[OrderKind, ...]]
A_DAY_S: Final = 86_400
MAX_SETTLEMENT_DAYS: Final = 30  # no market settles later; more is a typing error
MAX_FREE_DAYS: Final = 250  # a year of trading days
NO_TICKS: Final = single_tick(1)


def read_profile(path: Path, problems: Problems) -> MarketProfile | None:
    """The profile of a file; None, with the reasons in `problems`, when it can't be used."""
    top = read_toml(path, problems)
    if top is None:
        return None
    mic = top.need("mic", a_code(parse_mic), "")
    kinds = _order_kinds(top)
    profile = MarketProfile(
        mic=mic,
        name=top.need("name", a_text, ""),
        time_zone=top.need("time_zone", a_time_zone, "UTC"),
        calendar=top.need("calendar", an_id, ""),
        currency=top.need("currency", a_code(parse_currency), ""),
        isin_countries=top.texts("isin_countries", a_text, ()),
        timetables=_timetables(top, mic, kinds),
        ticks=_by_class(top, mic, "ticks", "classes", _ticks),
        lots=_by_class(top, mic, "lots", "classes", _lots),
        price_limits=_by_class(top, mic, "price_limits", "classes", _price_limits),
        interruptions=_by_class(top, mic, "interruptions", "tiers", _interruption),
        short_sales=_by_class(top, mic, "short_sales", "classes", _short_sales),
        settlement=_by_class(top, mic, "settlement", "classes", _settlement),
        auctions=_by_class(top, mic, "auctions", "classes", _auction),
    )
    top.finish()
    return profile


def a_time_zone(raw: object) -> str:
    """A name of the IANA time zone database."""
    name = a_text(raw)
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:  # not found, a folder's name, no relative path
        raise ValueError(f"{name!r} is not a time zone; use a name of the IANA database, as Asia/Taipei") from error
    return name


def _order_kinds(top: Row) -> OrderKinds:
    """Named lists of order kinds, so that a timetable can say which one holds in a line."""
    kinds: OrderKinds = {}
    for row in top.tables("order_kinds"):
        name = row.need("name", an_id, "")
        kinds[name] = _need_all(row, "takes", an_order_kind)
        row.finish()
    return kinds


def _timetables(top: Row, mic: str, kinds: OrderKinds) -> dict[tuple[str, DayKind], DatedRows[Timetable]]:
    found: dict[tuple[str, DayKind], list[tuple[Row, DatedRow[Timetable]]]] = {}
    for row in top.tables("timetable"):
        board = row.get("board", an_id, MAIN_BOARD)
        for day in _need_all(row, "days", a_member(DayKind)):
            spans = tuple(_span(span, kinds) for span in row.tables("spans"))
            _refuse_disorder(row, spans)
            timetable = Timetable(board, day, spans)
            found.setdefault((board, day), []).append((row, DatedRow(timetable, read_provenance(row))))
        row.finish()
    tables = {key: put_together(f"{mic} timetable of {key[0]} on {key[1]} days", rows) for key, rows in found.items()}
    return {key: table for key, table in tables.items() if table is not None}


def _span(row: Row, kinds: OrderKinds) -> SpanRule:
    takes = row.get("orders", an_id, "")
    if takes and takes not in kinds:
        row.problem("orders", f"{takes!r} is none of the order_kinds; {did_you_mean(takes, kinds)}")
    span = SpanRule(
        name=row.need("name", an_id, ""),
        phase=row.need("phase", a_member(TradingPhase), TradingPhase.CONTINUOUS),
        at_s=row.need("at", a_time_of_day, 0),
        to_s=row.need("to", a_time_of_day, 1),
        kinds=kinds.get(takes, ()),
        takes_cancels=row.get("cancels", a_flag, False),
        uncrosses=row.get("uncrosses", a_flag, False),
        random_end_s=row.get("random_end_s", a_count(0, A_DAY_S), 0),
        anchor=row.get("anchor", a_member(Anchor), Anchor.SESSION),
        limit_bps=row.get("limit_bps", a_count(0, MAX_BPS), 0),
        every_s=row.get("every_s", a_count(0, A_DAY_S), 0),
    )
    if span.to_s <= span.at_s:
        row.problem("to", "must be after at; a time of the next morning is written with 24 hours more, as 29:00")
    if span.random_end_s > span.to_s - span.at_s:
        row.problem("random_end_s", f"is longer than the stretch, {span.to_s - span.at_s} s")
    row.finish()
    return span


def _refuse_disorder(row: Row, spans: tuple[SpanRule, ...]) -> None:
    if not spans:
        row.problem("spans", "is missing; add the stretches of the day")
    for before, span in pairwise(spans):
        if span.anchor is before.anchor and span.at_s < before.to_s:
            row.problem("spans", f"{span.name!r} begins before {before.name!r} ends")


def _by_class(top: Row, mic: str, field: str, key_field: str, read: Callable[[Row], T]) -> dict[str, DatedRows[T]]:
    """The dated rows of a table for each class that they list."""
    found: dict[str, list[tuple[Row, DatedRow[T]]]] = {}
    for row in top.tables(field):
        dated = DatedRow(read(row), read_provenance(row))
        for name in _need_all(row, key_field, an_id):
            found.setdefault(name, []).append((row, dated))
        row.finish()
    tables = {name: put_together(f"{mic} {field} of {name}", rows) for name, rows in found.items()}
    return {name: table for name, table in tables.items() if table is not None}


def _need_all(row: Row, field: str, parse: Callable[[object], T]) -> tuple[T, ...]:
    """An array that must be there; empty after an error."""
    stand_in: tuple[T, ...] = ()
    return row.need(field, an_array_of(parse), stand_in)


def _ticks(row: Row) -> TickTable:
    bands = _need_all(row, "bands", a_tick_band)
    includes_to = row.get("band_includes", a_member(BandEnd), BandEnd.FROM) is BandEnd.TO
    try:
        return TickTable(bands, includes_to) if bands else NO_TICKS
    except TickTableError as error:
        row.problem("bands", str(error))
        return NO_TICKS


def _lots(row: Row) -> LotRule:
    quantity = a_count(0, MAX_QTY)
    lot = row.need("lot", quantity, 0)
    return LotRule(
        lot=lot,
        min_qty=row.get("min_qty", quantity, lot),
        step=row.get("step", quantity, lot),
        max_qty=row.get("max_qty", quantity, 0),
        odd_lots=row.need("odd_lots", a_member(OddLots), OddLots.REFUSED),
        tiers=row.get("tiers", an_array_of(a_lot_tier), ()),
    )


def _price_limits(row: Row) -> PriceLimitRule:
    return PriceLimitRule(
        row.need("up_bps", a_count(0, MAX_BPS), 0),
        row.need("down_bps", a_count(0, MAX_BPS), 0),
        row.get("rounding", a_member(LimitRounding), LimitRounding.INWARDS),
        row.get("free_days", a_count(0, MAX_FREE_DAYS), 0),
    )


def _interruption(row: Row) -> InterruptionRule:
    def seconds(field: str) -> int:
        return row.get(field, a_count(0, A_DAY_S), 0) * SECOND_NS

    steps = _need_all(row, "steps", a_band_step)
    if not steps and "steps" in row:
        row.problem("steps", "is empty; add the band")
    return InterruptionRule(
        steps,
        look_back_ns=seconds("look_back_s"),
        pause_ns=seconds("pause_s"),
        limit_state_ns=seconds("limit_state_s"),
        skip_first_ns=seconds("skip_first_s"),
        skip_last_ns=seconds("skip_last_s"),
        ends_in_auction=row.get("ends_in_auction", a_flag, False),
        trades_in_pause=row.get("trades_in_pause", a_flag, False),
        late_steps=row.get("late_steps", an_array_of(a_band_step), ()),
        late_ns=seconds("late_s"),
        once_a_session=row.get("once_a_session", a_flag, False),
    )


def _short_sales(row: Row) -> ShortSales:
    rule = row.need("rule", a_member(ShortSaleRule), ShortSaleRule.FORBIDDEN)
    return ShortSales(
        rule,
        row.get("after_fall_bps", a_count(0, MAX_BPS), 0),
        row.get("marking", a_flag, False),
        row.get("locate", a_flag, False),
    )


def _settlement(row: Row) -> Settlement:
    return Settlement(row.need("days", a_count(0, MAX_SETTLEMENT_DAYS), 0))


def _auction(row: Row) -> AuctionRule:
    return AuctionRule(_need_all(row, "steps", a_member(AuctionStep)), row.get("any_price", a_flag, False))
