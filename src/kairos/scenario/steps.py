"""What all kinds of steps share: the words for terms and for who did it, and how they become values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.model.enums import OrdType, Side, TimeInForce
from kairos.model.events import Event
from kairos.model.values import Terms
from kairos.scenario.moments import Moment
from kairos.scenario.words import Option, Options, Words, constant, moment, name, price, qty, quoted
from kairos.scenario.world import World

Action = Callable[[World], list[Event]]  # plays a step; a check of state raises Mismatch and gives no events
StepParser = Callable[[Words], Action]

TIMES_IN_FORCE: Final[dict[str, TimeInForce]] = {
    "DAY": TimeInForce.DAY,
    "GTC": TimeInForce.GOOD_TILL_CANCEL,
    "GTD": TimeInForce.GOOD_TILL_DATE,
    "IOC": TimeInForce.IMMEDIATE_OR_CANCEL,
    "FOK": TimeInForce.FILL_OR_KILL,
    "OPG": TimeInForce.AT_THE_OPENING,
    "CLS": TimeInForce.AT_THE_CLOSE,
}
TERMS: Final[dict[str, Option]] = {
    "@": ("price", price),
    "stop": ("stop_px", price),
    "qty": ("order_qty", qty),
    "show": ("max_floor", qty),
    "until": ("until", moment),
    **{kind.name: ("ord_type", constant(kind)) for kind in OrdType},
    **{word: ("time_in_force", constant(tif)) for word, tif in TIMES_IN_FORCE.items()},
}
BY: Final[dict[str, Option]] = {"by": ("user_id", name)}
TEXT: Final[dict[str, Option]] = {"text": ("text", quoted)}
SAID: Final[dict[str, Option]] = {**TEXT, **BY}
"""Why, and by whom."""
ASKER: Final[dict[str, Option]] = {"from": ("client_id", name), "via": ("session", name)}
INSTRUMENT_WORD: Final[dict[str, Option]] = {"of": ("instrument_id", name)}
ORDER_ID: Final[dict[str, Option]] = {"order": ("order_id", name)}
NO_TERMS: Final = Terms(0, OrdType.LIMIT, 0, 0, TimeInForce.DAY, 0, 0)


def new_terms(options: Options, order_qty: int, now_ns: int) -> Terms:
    """Terms from nothing: the type follows from the prices that are there, unless it is said."""
    has_price, has_stop = options.has("price"), options.has("stop_px")
    kinds = {
        (False, False): OrdType.MARKET,
        (True, False): OrdType.LIMIT,
        (False, True): OrdType.STOP,
        (True, True): OrdType.STOP_LIMIT,
    }
    start = Terms(order_qty, kinds[has_price, has_stop], 0, 0, TimeInForce.DAY, 0, 0)
    return changed_terms(options, start, now_ns)


def changed_terms(options: Options, terms: Terms, now_ns: int) -> Terms:
    """The same terms but for what the step says."""
    until: Moment | None = options.get("until", None)
    dated = TimeInForce.GOOD_TILL_DATE if until is not None else terms.time_in_force
    return Terms(
        options.get("order_qty", int(terms.order_qty)),
        options.get("ord_type", terms.ord_type),
        options.get("price", int(terms.price)),
        options.get("stop_px", int(terms.stop_px)),
        options.get("time_in_force", dated),
        int(terms.expire_at_ns) if until is None else until.resolve(now_ns),
        options.get("max_floor", int(terms.max_floor)),
    )


def side(words: Words) -> Side:
    word = words.next("one of " + " ".join(Side.__members__))
    if word.text not in Side.__members__:
        words.at -= 1
        raise words.problem("one of " + " ".join(Side.__members__))
    return Side[word.text]


def optional_name(words: Words, known: dict[str, Option], default: str) -> str:
    """A name that may be left out, when the next word is none of the step's options."""
    word = words.peek()
    if word is None or word.text in known:
        return default
    return words.next("a name").text
