"""Corporate actions: splits and dividends, applied on the morning of their ex date."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import ApplyCorporateAction
from kairos.model.events import Event
from kairos.model.market_enums import CorporateActionKind, OrderTreatment
from kairos.scenario.steps import BY, TEXT, Action, StepParser
from kairos.scenario.words import Option, Words, constant, member, name, price, read_options, whole
from kairos.scenario.world import World


def ratio(words: Words) -> tuple[int, int]:
    """`ratio 3 for 2`: three new units for two old."""
    numerator = whole(words)
    words.require("for")
    return numerator, whole(words)


ACTION: Final[dict[str, Option]] = {
    "ratio": ("ratio", ratio),
    "cash": ("cash", price),
    "in": ("currency", name),
    "ex": ("ex_date", whole),
    "ref": ("reference_px", price),
    "unit": ("reference_unit", price),
    "leave_live": ("leave_live", constant(True)),
    **{treatment.name: ("orders", constant(treatment)) for treatment in OrderTreatment},
    **TEXT,
    **BY,
}


def corporate_action(words: Words) -> Action:
    """corporate action ID KIND INSTRUMENT [ratio 3 for 2] [cash PRICE] [ADJUST|ADJUST_ALL|CANCEL|LEAVE] ..."""
    action_id = name(words, "the action's id")
    kind = member(words, CorporateActionKind)
    instrument_id = name(words, "an instrument")
    o = read_options(words, ACTION)
    numerator, denominator = o.get("ratio", (1, 1))

    def play(world: World) -> list[Event]:
        command = ApplyCorporateAction(
            action_id=action_id,
            instrument_id=instrument_id,
            kind=kind,
            ex_date=o.get("ex_date", int(world.desk.trading_date)),
            numerator=numerator,
            denominator=denominator,
            cash=o.get("cash", 0),
            currency=o.get("currency", "TWD"),
            orders=o.get("orders", OrderTreatment.ADJUST),
            reference_px=o.get("reference_px", 0),
            reference_unit=o.get("reference_unit", 0),
            leave_live=o.has("leave_live"),
            text=o.get("text", ""),
            user_id=o.get("user_id", ""),
        )
        return world.give(command)

    return play


ACTION_STEPS: Final[dict[str, StepParser]] = {"corporate action": corporate_action}
