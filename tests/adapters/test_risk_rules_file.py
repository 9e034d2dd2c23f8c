"""Rules of risk in a file: exact, whole or not at all, and each error told with its line, field and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from kairos.adapters.file_errors import FileErrors
from kairos.adapters.risk_rules_file import read_rules
from kairos.engine.engine import Engine
from kairos.model.commands import DefineRule
from kairos.model.enums import NodeKind, ReleaseKind, ResponseKind, ScopeKind
from kairos.model.events import RuleDefined
from kairos.model.indicators import Indicator
from kairos.model.values import Place, RuleAction, RuleLevel

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "risk_rules.toml"
MONEY = 10**8
SECOND = 10**9
HEAD = '[[rule]]\nid = "R"\nindicator = "loss"\naccount = "A1"\n'
LEVEL = '[[rule.level]]\nat = 100\nactions = ["alert"]\n'


def read(tmp_path: Path, text: str) -> list[DefineRule]:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return read_rules(path)


def errors_of(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(FileErrors) as caught:
        read(tmp_path, text)
    return [str(error).replace(f"{tmp_path}/", "") for error in caught.value.errors]


def test_a_rule_with_all_that_it_can_say(tmp_path: Path) -> None:
    text = """
[[rule]]
id = "STOP"
text = "too much lost"
indicator = "day_pnl"
strategy = "A1/ALPHA"
market = "XTAI"
when = "below"
dry_run = true

[[rule.level]]
at = "-1000.5"
release_at = -800
actions = ["alert", "slow every 500ms", "shrink to 12.5%", "throttle to 0%", "ask", "passive"]
after = "5m"
cool_off = "1h"

[[rule.level]]
at = -2000
release = "two_people"
actions = ["pause", "reduce_only", "cancel", "halt", "flatten", ]
"""
    (rule,) = read(tmp_path, text)
    k = ResponseKind
    mild = RuleLevel(
        -1000 * MONEY - MONEY // 2,
        -800 * MONEY,
        (
            RuleAction(k.ALERT, 0, 0, ""),
            RuleAction(k.SLOW, 0, SECOND // 2, ""),
            RuleAction(k.SHRINK, 1250, 0, ""),
            RuleAction(k.THROTTLE, 0, 0, ""),
            RuleAction(k.ASK, 0, 0, ""),
            RuleAction(k.PASSIVE, 0, 0, ""),
        ),
        ReleaseKind.AUTOMATIC,
        300 * SECOND,
        3_600 * SECOND,
    )
    last = [RuleAction(kind, 0, 0, "") for kind in (k.PAUSE, k.REDUCE_ONLY, k.CANCEL, k.HALT)]
    severe = RuleLevel(
        -2000 * MONEY, -2000 * MONEY, (*last, RuleAction(k.FLATTEN, 0, 0, "AT_MARKET")), ReleaseKind.TWO_PEOPLE, 0, 0
    )
    place = Place(NodeKind.STRATEGY, "A1/ALPHA", ScopeKind.MARKET, "XTAI")
    assert rule == DefineRule("STOP", Indicator.DAY_PNL, place, False, False, (mild, severe), True, "too much lost", "")


@pytest.mark.parametrize(
    ("indicator", "above", "at", "threshold"),
    [
        ("loss", True, "100", 100 * MONEY),
        ("day_pnl", False, "-100", -100 * MONEY),
        ("win_rate_bps", False, '"40%"', 4_000),
        ("concentration_bps", True, '"33.25%"', 3_325),
        ("order_burst", True, "500", 500),
    ],
)
def test_an_indicator_tells_the_unit_and_the_direction(
    tmp_path: Path, indicator: str, above: bool, at: str, threshold: int
) -> None:
    text = HEAD.replace("loss", indicator) + LEVEL.replace("100", at)
    (rule,) = read(tmp_path, text)
    assert (rule.above, rule.levels[0].threshold, rule.levels[0].release_at) == (above, threshold, threshold)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("firm = true", (NodeKind.FIRM, "", False)),
        ('each = "client"', (NodeKind.CLIENT, "", True)),
        ('desk = "EQ"', (NodeKind.DESK, "EQ", False)),
        ('trader = "tina"', (NodeKind.TRADER, "tina", False)),
    ],
)
def test_where_it_hangs(tmp_path: Path, place: str, told: tuple[NodeKind, str, bool]) -> None:
    (rule,) = read(tmp_path, HEAD.replace('account = "A1"', place) + LEVEL)
    assert (rule.place.node, rule.place.node_id, rule.each) == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "line 1: rule.level: there must be 1 to 10 levels, not 0"),
        (HEAD.replace("loss", "lost") + LEVEL, "line 3: rule.indicator: 'lost' must be 'realized_pnl' or"),
        (HEAD.replace('account = "A1"\n', "") + LEVEL, "line 1: rule.each: is missing; name one of each, firm, desk,"),
        (HEAD + 'desk = "D"\n' + LEVEL, "rule.each: desk and account are too many; name one of"),
        (HEAD.replace('account = "A1"', 'each = "firm"') + LEVEL, "line 4: rule.each: 'firm' must be 'desk' or"),
        (
            HEAD.replace('account = "A1"', "firm = false") + LEVEL,
            "line 4: rule.firm: False must be true, or be left out",
        ),
        (HEAD + 'market = "XTAI"\ncurrency = "TWD"\n' + LEVEL, "rule.currency: does not go with market"),
        (HEAD + 'when = "over"\n' + LEVEL, "line 5: rule.when: 'over' must be 'above' or 'below'"),
        (HEAD + 'wen = "above"\n' + LEVEL, "line 5: rule.wen: is not known here; did you mean 'when'?"),
        (
            HEAD + LEVEL + "[[rule.level]]\nat = 90\nactions = ['halt']\n",
            "line 9: rule.level.at: must be above the level",
        ),
        (HEAD + LEVEL + "release_at = 101\n", "line 8: rule.level.release_at: is beyond 'at'"),
        (HEAD + LEVEL.replace("100", "1.5"), "line 6: rule.level.at: 1.5 would be a binary float"),
        (HEAD.replace("loss", "win_rate_bps") + LEVEL, 'at: 100 must be a percentage in quotes, as "12.5%"'),
        (
            HEAD + LEVEL.replace('"alert"', '"alarm"'),
            "line 7: rule.level.actions: 'alarm' is no action; did you mean 'alert'?",
        ),
        (HEAD + LEVEL.replace('"alert"', '"shrink"'), "actions: 'shrink' must be written as 'shrink to 50%'"),
        (HEAD + LEVEL.replace('"alert"', '"shrink to 100%"'), "level.to: of shrink must be from 0 to below 1"),
        (HEAD + LEVEL.replace('"alert"', '"slow to 5s"'), "actions: 'slow to 5s' must be written as 'slow every 5s'"),
        (HEAD + LEVEL.replace('"alert"', '"slow every 0s"'), "level.every: of slow must be above 0"),
        (HEAD + LEVEL.replace('"alert"', '"halt now"'), "actions: 'halt now': halt stands alone"),
        (HEAD + LEVEL.replace('"alert"', '"flatten by VWAP"'), "level.by: of flatten must be AT_MARKET"),
        (HEAD + LEVEL.replace('"alert"', '"halt", "halt"'), "actions: halt is named twice"),
        (HEAD + LEVEL.replace('["alert"]', "[]"), "actions: must name at least one"),
        (
            HEAD + LEVEL + 'after = "5 minutes"\n',
            'line 8: rule.level.after: \'5 minutes\' must be a time, as "500ms", "5s"',
        ),
        (HEAD + LEVEL + 'after = "31d"\n', "after: must be from 0 to 30 days"),
        (HEAD + LEVEL + 'release = "timed"\ncool_off = "5s"\n', "after: is missing; a timed release needs it"),
        (HEAD + LEVEL + 'release = "timed"\nafter = "5s"\n', "cool_off: is missing; a timed release needs it"),
        (HEAD + LEVEL + 'release = "person"\nafter = "5s"\n', "after: does not go with a release by people"),
        (HEAD + LEVEL + 'release = "rule_changed"\n', "release: 'rule_changed' must be 'automatic' or"),
        (HEAD.replace("account", "trader") + LEVEL.replace("alert", "flatten"), "a trader's book is of many accounts"),
        (HEAD + LEVEL + HEAD + LEVEL, "line 9: rule.id: 'R' is defined twice; take one away"),
        ("rule = 5\n", "line 1: rule: 5 must be an array of tables"),
        (HEAD + LEVEL + "[rule\n", "TOML: "),
    ],
)
def test_an_error_names_line_field_and_remedy(tmp_path: Path, text: str, words: str) -> None:
    told = errors_of(tmp_path, text)
    assert any(words in error and error.startswith("rules.toml") for error in told), told


def test_all_errors_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = (HEAD + LEVEL).replace("loss", "lost").replace("alert", "alarm") + 'after = "x"\n'
    assert len(errors_of(tmp_path, text)) == 3


def test_examples_in_the_file_are_left_to_their_reader(tmp_path: Path) -> None:
    assert len(read(tmp_path, HEAD + LEVEL + '[[example]]\nsays = "anything"\n')) == 1


def test_the_example_that_ships_is_taken_by_an_engine_rule_by_rule() -> None:
    engine = Engine()
    rules = read_rules(EXAMPLE)
    for rule in rules:
        assert isinstance(engine.handle(rule, 1)[0], RuleDefined)
    kinds = {action.kind for rule in rules for level in rule.levels for action in level.actions}
    assert kinds == set(ResponseKind)
