"""The lines of an example: the language of scenarios, and two sentences of its own.

    BUY 2000 2330.XTAI @ 1100 for ACME-1 by tina      an order; its client is the account's
    hold ACME-1 5000 2330.XTAI @ 980                  a position that the account has, and what a unit of it cost

An order takes every word that `submit` of a scenario takes. All other lines are steps of scenarios: `mark 2330.XTAI
last 1000`, `limits ACME-1 qty 500`, `clock +5s`, `restrict 2330.XTAI`.
"""

from __future__ import annotations

from typing import Final

from kairos.model.enums import Side
from kairos.model.events import Event, PositionSnapshot
from kairos.model.numbers import notional_of
from kairos.scenario.client_steps import new_order
from kairos.scenario.errors import Mismatch
from kairos.scenario.parser import parse_scenario
from kairos.scenario.steps import Action
from kairos.scenario.words import Option, Words, money, name, price, read_options, split, whole
from kairos.scenario.world import World

HOLD: Final = "hold"
HELD: Final[dict[str, Option]] = {"@": ("cost_px", price), "realized": ("realized", money)}


def parse_step(line: str, number: int) -> Action:
    """What plays a line. Raises `SyntaxProblem`."""
    words = split(line, number)
    first = words.peek()
    if first is not None and first.text in Side.__members__:
        return _order(words, number)
    if words.take(HOLD):
        return _hold(words)
    steps = parse_scenario(line).steps
    if len(steps) != 1:
        raise words.problem("one step")
    return steps[0].action


def _order(words: Words, number: int) -> Action:
    """An order of the account's client, under a ClOrdID(11) of its own."""
    account = _word_behind(words, "for")
    asker = "" if _word_behind(words, "from") else " from {client}"
    text = words.text()
    new_order(split(f"E {text}", number))  # what is wrong with the words is told before anything is played

    def play(world: World) -> list[Event]:
        account_id = account or _only_account(world)
        known = world.desk.accounts.get(account_id)
        client = asker.format(client="?" if known is None else known.defined.client_id)
        behind = "" if account else f" for {account_id}"
        return world.give(new_order(split(f"E{len(world.commands)} {text}{behind}{client}", number))(world))

    return play


def _only_account(world: World) -> str:
    accounts = list(world.desk.accounts)
    if len(accounts) != 1:
        raise Mismatch("an order for one account", "no `for ACCOUNT`, and the files define several")
    return accounts[0]


def _word_behind(words: Words, word: str) -> str:
    texts = [each.text for each in words.words if not each.quoted]
    return texts[texts.index(word) + 1] if word in texts[:-1] else ""


def _hold(words: Words) -> Action:
    account_id, units, instrument_id = name(words, "an account"), whole(words), name(words, "an instrument")
    options = read_options(words, HELD)

    def play(world: World) -> list[Event]:
        instrument = world.desk.instruments.get(instrument_id)
        if instrument is None or account_id not in world.desk.accounts:
            raise Mismatch(f"{account_id} and {instrument_id}", "the files define no such account or instrument")
        unit_px = options.get("cost_px", int(instrument.mark_px()))
        cost = notional_of(units, unit_px, instrument.multiplier)
        realized = options.get("realized", 0)
        world.engine.recover([PositionSnapshot(world.now_ns, account_id, instrument_id, units, cost, realized)])
        return []

    return play
